"""What stands outside the tables of a PDF: paragraphs, letterhead, signatures, pages that are pictures."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from caitien.reading.formats.pdf_signatures import common_name, iso_time
from caitien.reading.opening import open_source
from caitien.reading.source import AUTHOR_BREAK, FileSignature
from reading.bad_input.bad_files import pdf, pdf_page_of, stream
from reading.formats.pdf_files import made, plan

LETTERHEAD = """#grid(columns: (1fr, 1fr), align: center, row-gutter: 6pt,
  [UBND XÃ SƠN CA], [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM*],
  [*TRƯỜNG THCS SƠN CA*], [*Độc lập - Tự do - Hạnh phúc*],
  [Số: 12/KH-THCSSC], [_Sơn Ca, ngày 10 tháng 9 năm 2025_])
#v(1em)
#align(center)[*KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG*]
"""
SIGNED = """#grid(columns: (1fr, 1fr), [_Nơi nhận:_ \\ \\- Như trên; \\ \\- Lưu: VT.], align(center)[*HIỆU TRƯỞNG* #v(4em) *Lò Thị Mận*])
"""


def test_the_left_side_of_the_letterhead_comes_before_the_right(tmp_path: Path) -> None:
    found = list(open_source(made(tmp_path / "a.pdf", LETTERHEAD + plan() + SIGNED)).paragraphs())
    assert [p.text for p in found] == [
        "UBND XÃ SƠN CA",
        "TRƯỜNG THCS SƠN CA",
        "Số: 12/KH-THCSSC",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Sơn Ca, ngày 10 tháng 9 năm 2025",
        "KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "HIỆU TRƯỞNG",
        "Lò Thị Mận",
    ]
    assert next(p for p in found if p.text.startswith("KẾ HOẠCH")).centred
    assert next(p for p in found if p.text.startswith("HIỆU")).bold


def test_lines_of_a_paragraph_are_put_together_and_items_are_not(tmp_path: Path) -> None:
    long = (
        "Căn cứ Thông tư số 17/2018/TT-BGDĐT ngày 22 tháng 8 năm 2018 của Bộ trưởng Bộ Giáo dục và Đào tạo ban hành quy định. "
        * 3
    )
    body = f"{long}\n\n\\- Mục một;\n\n\\- Mục hai.\n\n*I. MỤC ĐÍCH*\n\nNâng cao chất lượng."
    found = [p.text.replace("\n", " ") for p in open_source(made(tmp_path / "a.pdf", body)).paragraphs()]
    assert found == [long.strip(), "- Mục một;", "- Mục hai.", "I. MỤC ĐÍCH", "Nâng cao chất lượng."]


def test_a_paragraph_knows_its_box(tmp_path: Path) -> None:
    (found,) = open_source(made(tmp_path / "a.pdf", "Kế hoạch")).paragraphs()
    assert found.box is not None
    assert 40 < found.box.x0 < found.box.x1 < 120
    assert 30 < found.box.top < found.box.bottom < 70


def test_every_vietnamese_letter_comes_back(tmp_path: Path) -> None:
    letters = "ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ"
    text = " ".join(letters + letters.upper())
    found = open_source(made(tmp_path / "a.pdf", text)).paragraphs()
    assert " ".join(" ".join(p.text.split()) for p in found) == text


def test_signatures_of_the_file_are_told_with_name_and_time(tmp_path: Path) -> None:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /SigFlags 3 /Fields [6 0 R 8 0 R] >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        stream(b"BT /F1 12 Tf 72 700 Td (Ke hoach) Tj ET"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /FT /Sig /T (S1) /V 7 0 R >>",
        b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /Contents <00> /ByteRange [0 1 2 3]"
        b" /Name <FEFF"
        + "Lò Thị Mận".encode("utf-16-be").hex().encode()
        + b"> /M (D:20251020103005+07'00') /Reason (Ban hanh) >>",
        b"<< /FT /Sig /T (empty) >>",
    ]
    document = open_source(pdf(tmp_path / "a.pdf", objects))
    assert document.signatures == [FileSignature("Lò Thị Mận", "2025-10-20T10:30:05+07:00", "Ban hanh")]


def test_times_of_signatures_are_iso() -> None:
    assert iso_time("D:20251020103005Z") == "2025-10-20T10:30:05+00:00"
    assert iso_time("D:202510201030") == "2025-10-20T10:30:00"
    assert iso_time("hôm qua") is None


def test_a_signature_without_a_name_is_named_by_its_certificate() -> None:
    def name(text: str) -> bytes:
        return b"\x06\x03\x55\x04\x03\x0c" + bytes([len(text.encode())]) + text.encode()

    assert (
        common_name(name("Root CA") + name("Root CA") + name("Trường THCS Sơn Ca") + name("Root CA"))
        == "Trường THCS Sơn Ca"
    )
    assert common_name(b"no name at all") == ""


def test_a_page_that_is_a_picture_among_others_is_said(tmp_path: Path) -> None:
    Image.new("L", (60, 80), 200).save(tmp_path / "scan.png")
    body = f'{"Kế hoạch cải tiến chất lượng. " * 10}\n#pagebreak()\n#image("scan.png")'
    document = open_source(made(tmp_path / "a.pdf", body))
    assert any("Trang 2" in note for note in document.notes)


def test_letters_without_meaning_are_refused_not_guessed(tmp_path: Path) -> None:
    import pytest

    from caitien.errors import ReadingError

    to_unicode = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 beginbfrange <20> <7e> <E100> endbfrange endcmap end"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        stream(b"BT /F1 12 Tf 72 700 Td (Ke hoach cai tien chat luong giao duc) Tj ET"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        stream(b"1 begincodespacerange <00> <ff> endcodespacerange " + to_unicode),
    ]
    with pytest.raises(ReadingError) as refused:
        open_source(pdf(tmp_path / "a.pdf", objects))
    assert refused.value.code == "unreadable_text"


def test_superscripts_stay_on_their_line(tmp_path: Path) -> None:
    content = b"BT /F1 12 Tf 72 700 Td (120 m) Tj /F1 7 Tf 4 Ts (2) Tj 0 Ts /F1 12 Tf ( san choi) Tj ET"
    (found,) = open_source(pdf_page_of(tmp_path / "a.pdf", content)).paragraphs()
    assert found.text == "120 m2 san choi"


def test_a_break_that_the_page_did_not_need_is_marked_as_the_authors(tmp_path: Path) -> None:
    body = "#table(columns: (6cm, 6cm),\n[Rà soát thành viên, đề nghị bổ sung 02 người \\ Gửi tài liệu họp], [Bố trí người dạy thay cho phó hiệu trưởng đi học])"
    (found,) = open_source(made(tmp_path / "a.pdf", body)).tables()
    broken, wrapped = (c.text for c in found.cells)
    assert [" ".join(part.split()) for part in broken.split(AUTHOR_BREAK)] == [
        "Rà soát thành viên, đề nghị bổ sung 02 người",
        "Gửi tài liệu họp",
    ]
    assert "\n" in wrapped
    assert AUTHOR_BREAK not in wrapped
