"""A file that is not a plan is refused with a stable code and one Vietnamese sentence that says what to do."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from caitien.errors import ReadingError
from caitien.reading.opening import open_source
from caitien.reading.refusals import SENTENCES
from reading.bad_input import bad_files as bad

SECONDS = 10
VIETNAMESE = set("ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")


def picture(path: Path, kind: str) -> Path:
    Image.new("RGB", (60, 40), "white").save(path, kind)
    return path


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def huge(path: Path) -> Path:
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    return path


def scan(path: Path) -> Path:
    Image.new("L", (600, 800), 230).save(path, "PDF")
    return path


def nested_bomb(path: Path) -> Path:
    inner = io.BytesIO()
    bad.zip_of(Path(path).with_suffix(".inner"), {"a": bytes(5_000_000)})
    inner = Path(path).with_suffix(".inner").read_bytes()
    return bad.zip_of(path, {f"{i}.zip": inner for i in range(20)})


def lying_about_its_size(path: Path) -> Path:
    """A part that says it is 64 bytes long and inflates to 20 MB."""
    bad.docx(path, b"<w:document " + bad.W.encode() + b">" + b" " * 20_000_000)
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(b"word/document.xml"))
    content[at + 24 : at + 28] = (64).to_bytes(4, "little")
    path.write_bytes(content)
    return path


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "ha ha ha ha ha ha ha ha ha ha ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
TCVN3 = "KÕ ho¹ch c¶i tiÕn chÊt l­îng gi¸o dôc n¨m häc cña tr­êng tiÓu häc, hiÖu tr­ëng phô tr¸ch."
VNI = "Keá hoaïch caûi tieán chaát löôïng giaùo duïc naêm hoïc cuûa tröôøng tieåu hoïc, hieäu tröôûng phuï traùch."

CASES: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "a file of no bytes": ("empty", lambda p: written(p, b"")),
    "a file of zeros": ("empty", lambda p: written(p, bytes(5000))),
    "a file of 200 MB": ("too_large", huge),
    "a photograph renamed .docx": ("picture", lambda p: picture(p, "JPEG")),
    "a screenshot renamed .docx": ("picture", lambda p: picture(p, "PNG")),
    "a scan as TIFF": ("picture", lambda p: picture(p, "TIFF")),
    "a scan as PDF": ("scanned", scan),
    "a PDF with a password": ("encrypted", lambda p: bad.locked_pdf(p, "matkhau")),
    "a PDF of 5,000 pages": ("too_many_pages", lambda p: bad.pdf_of_many_pages(p, 5000)),
    "a PDF with an empty page": ("no_text", lambda p: bad.pdf_page_of(p, b"")),
    "a PDF cut in half": ("damaged", lambda p: written(p, b"%PDF-1.7\n1 0 obj << /Type /Catalog")),
    "a Word file with a password": ("encrypted", lambda p: bad.compound(p, ["EncryptionInfo", "EncryptedPackage"])),
    "an old Word file": ("old_word", lambda p: bad.compound(p, ["1Table", "WordDocument"])),
    "an old Excel file": ("old_excel", lambda p: bad.compound(p, ["Workbook"])),
    "an old PowerPoint file": ("old_powerpoint", lambda p: bad.compound(p, ["PowerPoint Document"])),
    "a Word file with macros": (
        "macro",
        lambda p: bad.docx(p, type=bad.WORD_MACRO, extra={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
    ),
    "macros under a harmless content type": ("macro", lambda p: bad.docx(p, extra={"word/vbaProject.bin": b"x"})),
    "an Excel file with macros": ("macro", lambda p: bad.xlsx(p, "<sheetData/>", extra={"xl/vbaProject.bin": b"x"})),
    "a Word file with nothing in it": ("no_text", lambda p: bad.docx(p, "<w:p/>")),
    "an Excel file with nothing in it": ("no_text", lambda p: bad.xlsx(p, "<sheetData/>")),
    "a Word file cut in half": ("damaged", lambda p: written(p, bad.docx(p).read_bytes()[:400])),
    "a Word file with broken XML": ("damaged", lambda p: bad.docx(p, "<w:p><w:r>")),
    "entities that multiply, in Word": ("unsafe_xml", lambda p: bad.docx(p, "<w:p/>", prolog=ENTITIES)),
    "entities that multiply, in Excel": ("unsafe_xml", lambda p: bad.xlsx(p, "<sheetData/>", prolog=ENTITIES)),
    "an entity that reads a file": ("unsafe_xml", lambda p: bad.docx(p, "<w:p/>", prolog=OUTSIDE)),
    "a doctype hidden in UTF-16": (
        "unsafe_xml",
        lambda p: bad.docx(
            p, ('<?xml version="1.0" encoding="UTF-16"?>' + ENTITIES + f"<w:document {bad.W}/>").encode("utf-16")
        ),
    ),
    "a zip bomb by ratio": ("zip_bomb", lambda p: bad.docx(p, b"<a>" + b" " * 30_000_000 + b"</a>")),
    "a zip bomb that lies about its size": ("damaged", lambda p: lying_about_its_size(p)),
    "a zip bomb of many members": (
        "zip_bomb",
        lambda p: bad.docx(p, extra={f"word/{i}.bin": b"" for i in range(6000)}),
    ),
    "a zip of zips": ("archive", nested_bomb),
    "a plain zip": ("archive", lambda p: bad.zip_of(p, {"ke-hoach.txt": b"x"})),
    "a RAR": ("archive", lambda p: written(p, b"Rar!\x1a\x07\x01\x00" + bytes(64))),
    "an OpenDocument text": ("odt", lambda p: bad.zip_of(p, {"mimetype": b"application/vnd.oasis.opendocument.text"})),
    "an OpenDocument sheet": (
        "ods",
        lambda p: bad.zip_of(p, {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
    ),
    "a presentation": (
        "presentation",
        lambda p: bad.zip_of(p, {"[Content_Types].xml": b"presentationml", "ppt/presentation.xml": b"<p/>"}),
    ),
    "an RTF": ("rtf", lambda p: written(p, rb"{\rtf1\ansi K\u7871? ho\u7841?ch}")),
    "a web page named .doc": ("html", lambda p: written(p, "<html><body>Kế hoạch</body></html>".encode())),
    "a Word 2003 XML": (
        "word_xml",
        lambda p: written(p, b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>'),
    ),
    "a program": ("unknown_type", lambda p: written(p, b"MZ\x90\x00" + bytes(range(256)) * 8)),
    "random bytes": ("unknown_type", lambda p: written(p, bytes((i * 131 + 17) % 256 for i in range(5000)))),
    "text in no encoding": (
        "bad_encoding",
        lambda p: written(p, b"K\xe9 ho\x81ch c\xf3 \xff\xfe\xfd l\x9di nhi\x8du l\x90n"),
    ),
    "text in TCVN3": ("legacy_font", lambda p: written(p, (TCVN3 * 3).encode("latin-1"))),
    "text in TCVN3 saved as UTF-8": ("legacy_font", lambda p: written(p, (TCVN3 * 3).encode())),
    "text in VNI": ("legacy_font", lambda p: written(p, (VNI * 3).encode())),
    "text in VNI, one byte a letter": ("legacy_font", lambda p: written(p, (VNI * 3).encode("latin-1"))),
    "a Word file in TCVN3": ("legacy_font", lambda p: bad.docx(p, f"<w:p><w:r><w:t>{TCVN3}</w:t></w:r></w:p>")),
    "an Excel file in VNI": (
        "legacy_font",
        lambda p: bad.xlsx(
            p, f'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{VNI}</t></is></c></row></sheetData>'
        ),
    ),
    "a PDF in TCVN3": (
        "legacy_font",
        lambda p: bad.pdf_page_of(
            p, b"BT /F1 9 Tf 20 700 Td (" + TCVN3.encode("latin-1") + b") Tj ET", font=b"/.VnTime"
        ),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_refused_with_one_sentence_in_time(case: str, tmp_path: Path) -> None:
    code, make = CASES[case]
    path = make(tmp_path / "ke-hoach.docx")
    started = time.monotonic()
    with pytest.raises(ReadingError) as refused:
        open_source(path)
    assert time.monotonic() - started < SECONDS
    assert refused.value.code == code
    is_one_vietnamese_sentence(str(refused.value))


def is_one_vietnamese_sentence(text: str) -> None:
    assert "\n" not in text
    assert text.endswith(".")
    assert "{" not in text
    assert VIETNAMESE & set(text.lower())
    assert any(word in text for word in ("hãy", "Hãy"))


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_says_what_to_do(code: str) -> None:
    fields = dict.fromkeys(
        (
            "name",
            "size",
            "limit",
            "pages",
            "seconds",
            "program",
            "extension",
            "kind",
            "encoding",
            "rows",
            "columns",
            "letters",
            "start",
        ),
        "x",
    )
    is_one_vietnamese_sentence(SENTENCES[code].format(**fields))


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ReadingError) as refused:
        open_source(tmp_path / "không-có.docx")
    assert refused.value.code == "missing"
    assert "không-có.docx" in str(refused.value)


def test_a_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(ReadingError) as refused:
        open_source(tmp_path)
    assert refused.value.code == "not_a_file"


def test_the_size_is_asked_before_the_file_is_read(tmp_path: Path) -> None:
    with pytest.raises(ReadingError) as refused:
        open_source(huge(tmp_path / "a.pdf"))
    assert "200 MB" in str(refused.value)
    assert "50 MB" in str(refused.value)


def test_a_file_given_as_bytes_is_bound_too() -> None:
    with pytest.raises(ReadingError) as refused:
        open_source(bytes(51 * 1024 * 1024))
    assert refused.value.code == "too_large"
