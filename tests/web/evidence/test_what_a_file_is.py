"""What a file is, is told by its content: what schools send is taken, what can harm is refused with a sentence."""

from __future__ import annotations

import io
import random
import tracemalloc
import zipfile
from contextlib import suppress

import pytest

from caitien.web.evidence.kinds import (
    HEAD,
    KINDS,
    MEGABYTE,
    MOST_BYTES,
    Family,
    check_said,
    first_look,
    kind_of,
    looks_cut,
)
from caitien.web.evidence.refusals import SENTENCES, RefusedFile
from web.evidence import files

CSV = "Lớp,Sĩ số\n1A,32\n".encode()


def kind(content: bytes, name: str = "tep") -> str:
    return kind_of(io.BytesIO(content), len(content), name).name


def refusal(content: bytes, name: str = "tep") -> RefusedFile:
    with pytest.raises(RefusedFile) as caught:
        kind(content, name)
    return caught.value


TAKEN = {
    "pdf": files.pdf,
    "docx": files.docx,
    "xlsx": files.xlsx,
    "pptx": files.presentation,
    "doc": lambda: files.written("bien-ban.doc"),
    "odt": lambda: files.written("bien-ban.odt"),
    "xls": lambda: files.compound("Workbook"),
    "ppt": lambda: files.compound("PowerPoint Document", "Pictures"),
    "jpg": files.picture,
    "png": lambda: files.picture("PNG"),
    "gif": lambda: files.picture("GIF"),
    "webp": lambda: files.picture("WEBP"),
    "tif": lambda: files.picture("TIFF"),
    "bmp": lambda: files.picture("BMP"),
    "avif": lambda: files.picture("AVIF"),
    "heic": lambda: files.film(b"heic"),
    "mp4": files.film,
    "mov": lambda: files.film(b"qt  "),
    "3gp": lambda: files.film(b"3gp4"),
    "m4a": lambda: files.film(b"M4A "),
    "webm": lambda: b"\x1aE\xdf\xa3\x9fB\x86\x81\x01" + bytes(64),
    "avi": lambda: b"RIFF\x00\x00\x00\x00AVI LIST" + bytes(64),
    "wav": lambda: b"RIFF\x00\x00\x00\x00WAVEfmt " + bytes(64),
    "mp3": lambda: b"ID3\x04\x00\x00\x00\x00\x00\x00\xff\xfb\x90\x00" + bytes(64),
    "amr": lambda: b"#!AMR\n\x3c" + bytes(64),
    "txt": lambda: "Biên bản họp ngày 30/11/2026\n".encode(),
    "zip": lambda: files.archive({"ảnh/1.jpg": files.picture(), "ảnh/2.png": files.picture("PNG"), "ds.csv": CSV}),
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_schools_send_is_taken_whatever_it_is_called(name):
    content = TAKEN[name]()
    assert kind(content, f"tep.{name}") == name
    assert kind(content, "tep.pdf") == name  # the name says another kind
    assert kind(content, "tep") == name


def test_letters_in_utf16_and_tables_are_text():
    assert kind("Danh sách lớp 5A".encode("utf-16"), "ds.txt") == "txt"
    assert kind(CSV, "ds.csv") == "csv"


HARMFUL = {
    "web_as_other": [
        (b"<!DOCTYPE html><html><script>fetch('/')</script></html>", "quyet-dinh.pdf"),
        (b"\xef\xbb\xbf \r\n<HTML><body onload=x()>", "quyet-dinh.pdf"),
        ("<html><body>Biên bản</body></html>".encode("utf-16"), "quyet-dinh.doc"),
        (b"<html>%PDF-1.4</html>", "quyet-dinh.pdf"),  # both at once: a browser would choose the page
        (b"<!-- x --><iframe src=//x></iframe>", "anh.jpg"),
        (b"Ghi chu\n<script>alert(1)</script>", "ghi-chu.txt"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "bao-cao.doc"),
    ],
    "web": [(b"<html>", "trang.html"), (b"<p>khong co the html</p>", "trang.htm")],
    "web_as_sheet": [(b"<table><tr><td>1A</td></tr></table>", "hoc-sinh.xls")],
    "svg": [(b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "logo.svg"), (b"<?xml version='1.0'?><svg/>", "logo.png")],
    "xml": [(b"<?xml version='1.0'?><hoa-don/>", "hoa-don.xml")],
    "office_xml": [(b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w/>", "bien-ban.doc")],
    "program": [
        (b"MZ\x90\x00\x03\x00\x00\x00" + bytes(60), "anh.jpg"),
        (b"\x7fELF" + bytes(60), "bao-cao.pdf"),
        (b"#!/bin/sh\nrm -rf /\n", "ghi-chu.txt"),
        (b"WScript.Echo 1", "chay.vbs"),
        (b"@echo off", "chay.BAT"),
        (files.archive({"META-INF/MANIFEST.MF": b"Main-Class: X"}), "cong-cu.zip"),
    ],
    "macro": [(files.macro_workbook(), "diem.xlsx"), (files.compound("Workbook", "_VBA_PROJECT_CUR"), "diem.xls")],
    "password": [
        (files.compound("EncryptionInfo", "EncryptedPackage"), "mat.docx"),
        (files.written("co-mat-khau.pdf"), "mat.pdf"),
    ],
    "archive": [(b"Rar!\x1a\x07\x01\x00", "anh.rar"), (b"7z\xbc\xaf\x27\x1c", "anh.7z"), (b"\x1f\x8b\x08", "anh.gz")],
    "shortcut": [
        (b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(60), "bao-cao.pdf.lnk"),
        (b"[InternetShortcut]\nURL=https://example.edu.vn", "trang.txt"),
        (b'{"doc_id": "x"}', "Bien ban.gdoc"),
    ],
    "rtf": [(b"{\\rtf1 Bien ban}", "bien-ban.doc")],
    "mail": [(b"From: a@example.edu.vn\nSubject: x", "thu.eml"), (files.compound("__substg1.0_001A"), "thu.msg")],
    "office_other": [(files.compound("VisioDocument"), "so-do.vsd")],
    "apple": [(files.archive({"Index/Document.iwa": b"x"}), "bao-cao.pages")],
    "book": [(files.archive({"mimetype": b"application/epub+zip"}), "sach.epub")],
    "damaged": [(files.docx()[:-200], "bien-ban.docx"), (b"PK\x03\x04 cut", "bien-ban.docx")],
    "zip_empty": [(files.archive({}), "rong.zip"), (files.archive({"__MACOSX/._a.jpg": b"x"}), "rong.zip")],
    "zip_names": [(files.archive({"../../etc/cron.d/x": CSV}), "a.zip"), (files.archive({"C:\\Windows\\x.csv": CSV}), "a.zip")],
    "zip_method": [(files.archive({"a.csv": CSV}, zipfile.ZIP_LZMA), "a.zip")],
    "zip_part": [(files.archive({"anh.jpg": b"MZ\x90\x00" + bytes(60)}), "a.zip"), (files.archive({"a.js": b"x=1"}), "a.zip")],
    "empty": [(b"", "a.pdf"), (b" \r\n\t ", "a.txt")],
    "zeros": [(bytes(3000), "anh.jpg")],
    "leftover": [(b"x", "Thumbs.db"), (b"x", "~$bien-ban.docx"), (b"x", ".DS_Store"), (b"x", "desktop.ini")],
    "unknown": [(bytes(range(1, 32)) * 40, "ban-ve.dwg"), (b"van ban" * 20_000 + b"\x00\x01", "ghi-chu.txt")],
}  # fmt: skip


@pytest.mark.parametrize(("code", "content", "name"), [(code, *one) for code, ones in HARMFUL.items() for one in ones])
def test_what_is_not_taken_is_told_what_to_do(code, content, name):
    refused = refusal(content, name)
    assert refused.code == code, str(refused)
    assert "%(" not in str(refused)
    assert "ãy " in str(refused) or code == "leftover"  # "hãy …"


def test_every_refusal_is_made_by_some_file():
    made = {
        *HARMFUL,
        "zip_in_zip",
        "zip_too_much",
        "too_large",
        "film_too_large",
        "zip_password",
        "sheet_binary",
        "infected",
    }
    assert made == set(SENTENCES)


def test_a_zip_inside_a_zip_is_refused_with_its_name():
    inner = files.archive({"a.csv": CSV})
    refused = refusal(files.archive({"anh.jpg": files.picture(), "them.zip": inner}), "tat-ca.zip")
    assert refused.code == "zip_in_zip"
    assert "“them.zip”" in str(refused)
    assert refusal(files.archive({"bang.xlsx": inner}), "tat-ca.zip").code == "zip_in_zip"  # whatever it is called
    assert refusal(files.archive({"a.rar": b"Rar!\x1a\x07\x01\x00"}), "tat-ca.zip").code == "zip_in_zip"


def test_office_files_inside_a_zip_are_no_archives():
    assert kind(files.archive({"a.docx": files.docx(), "b.xlsx": files.xlsx(), "c.pdf": files.pdf()}), "a.zip") == "zip"


def test_a_zip_of_zips_of_zips_is_not_followed():
    content = files.archive({"a.csv": CSV})
    for _ in range(50):
        content = files.archive({"a.zip": content})
    assert refusal(content, "a.zip").code == "zip_in_zip"


def test_a_zip_that_asks_for_a_password_is_refused():
    content = bytearray(files.archive({"a.csv": CSV}))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1  # the flag of the list of parts
    content[6] |= 1
    assert refusal(bytes(content), "a.zip").code == "zip_password"


def test_a_binary_workbook_is_refused():
    types = b"<Types><Override ContentType='application/vnd.ms-excel.sheet.binary.macroEnabled.main'/></Types>"
    assert (
        refusal(files.archive({"[Content_Types].xml": types, "xl/workbook.bin": b"x"}), "a.xlsx").code == "sheet_binary"
    )


def test_a_zip_that_unpacks_to_much_more_is_refused_before_it_is_unpacked():
    bomb = files.archive({f"{number}.txt": b"a" * 30_000_000 for number in range(14)})
    tracemalloc.start()
    refused = refusal(bomb, "bom.zip")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.code == "zip_too_much"
    assert peak < 5 * MEGABYTE


def test_a_zip_that_is_only_a_list_of_parts_is_refused_unread():
    record = b"PK\x01\x02" + bytes(42)
    listed = record * 200_000
    end = (
        b"PK\x05\x06"
        + bytes(4)
        + b"\xff\xff\xff\xff"
        + len(listed).to_bytes(4, "little")
        + b"\x04\x00\x00\x00"
        + b"\x00\x00"
    )
    content = b"PK\x03\x04" + listed + end
    tracemalloc.start()
    refused = refusal(content, "a.docx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.code == "zip_too_much"
    assert peak < 5 * MEGABYTE  # besides the file itself, which the test holds


def test_a_pdf_that_only_forbids_printing_is_taken():
    assert b"/Encrypt" in files.written("cam-in.pdf")
    assert kind(files.written("cam-in.pdf"), "quyet-dinh.pdf") == "pdf"


def test_a_file_of_300_mb_is_refused_by_what_is_said_of_it():
    for name in ("quay-le-khai-giang.mp4", "ho-so.pdf", "khong-duoi"):
        with pytest.raises(RefusedFile) as caught:
            check_said(name, 300 * MEGABYTE)
        assert "300 MB" in str(caught.value)
        assert "Drive" in str(caught.value)
    check_said("quay-le-khai-giang.mp4", 150 * MEGABYTE)
    with pytest.raises(RefusedFile, match="100 MB"):
        check_said("ho-so.pdf", 150 * MEGABYTE)


def test_its_first_bytes_are_enough_to_refuse_what_says_it_is_a_film():
    with pytest.raises(RefusedFile) as caught:
        first_look(files.pdf()[:HEAD], 150 * MEGABYTE, "khong-phai-phim.mp4")
    assert caught.value.code == "too_large"
    assert first_look(files.film(), 150 * MEGABYTE, "phim.mp4") is KINDS["mp4"]
    with pytest.raises(RefusedFile):
        first_look(b"<html><script>", 90 * MEGABYTE, "quyet-dinh.pdf")
    assert first_look(files.docx()[:HEAD], 90 * MEGABYTE, "a.docx") is None  # its end must be seen


def test_a_scan_that_was_cut_is_doubted_not_refused():
    whole, cut = files.pdf(), files.pdf()[:-60]
    assert kind(cut, "a.pdf") == "pdf"
    assert looks_cut(io.BytesIO(cut), len(cut), KINDS["pdf"])
    assert not looks_cut(io.BytesIO(whole), len(whole), KINDS["pdf"])


def test_a_large_old_word_file_is_looked_through_with_little_memory(tmp_path):
    file = tmp_path / "lon.doc"
    with file.open("wb") as target:
        target.write(files.compound("WordDocument"))
        for _ in range(80):
            target.write(bytes(MEGABYTE))
        target.write("_VBA_PROJECT".encode("utf-16-le"))
    tracemalloc.start()
    with file.open("rb") as stream, pytest.raises(RefusedFile) as caught:
        kind_of(stream, file.stat().st_size, "lon.doc")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.code == "macro"
    assert peak < 8 * MEGABYTE


def test_no_bytes_make_it_fall_over():
    letters = random.Random(20261130)
    seeds = [make() for make in TAKEN.values()]
    for _ in range(1500):
        content = bytearray(letters.choice(seeds)[:6000])
        for _ in range(letters.randint(1, 30)):
            content[letters.randrange(len(content))] = letters.randrange(256)
        cut = bytes(content[: letters.randint(0, len(content))])
        with suppress(RefusedFile):
            assert kind(cut, "tep.pdf") in KINDS


def test_no_kind_is_one_that_a_browser_runs():
    runs = ("html", "svg", "xml", "javascript", "ecmascript")
    assert not [
        one.name
        for one in KINDS.values()
        if any(word in one.content_type.split(";")[0] for word in runs if "openxml" not in one.content_type)
    ]
    assert all(len(one.name) <= 16 and len(one.content_type) <= 120 for one in KINDS.values())
    assert all(one.most_bytes == MOST_BYTES for one in KINDS.values() if one.family is Family.DOCUMENT)
