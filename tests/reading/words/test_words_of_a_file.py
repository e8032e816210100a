"""`file_words`: what is written in a file comes back for searching; what cannot be read has a note that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from caitien.reading import words
from caitien.reading.limits import Limits
from caitien.reading.words import MOST_LETTERS, WORD_LIMITS, FileWords, bounded, file_words, pages
from reading.bad_input import bad_files as bad

SAMPLES = Path(__file__).parents[3] / "samples"
FOOTER = f"""<w:ftr {bad.W}><w:p><w:r><w:t>Lưu hành nội bộ trường Khe Mây</w:t></w:r></w:p></w:ftr>"""


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("thcs-bau-sen-2026-2027.docx", "docx", "TRƯỜNG THCS BÀU SEN"),
        ("thpt-nam-hai-2025-2026.pdf", "pdf", "TRƯỜNG THPT NAM HẢI"),
        ("mn-hoa-ban-2025-2026.xlsx", "xlsx", "TRƯỜNG MẦM NON HOA BAN"),
        ("doi-thong-2023-2024.txt", "txt", "TRƯỜNG TIỂU HỌC ĐỒI THÔNG"),
    ],
)
def test_each_kind_of_file_gives_its_words(name: str, kind: str, words: str) -> None:
    found = file_words(SAMPLES / name)
    assert (found.kind, found.note, found.code) == (kind, "", "")
    assert words in found.text


def test_the_pages_of_a_pdf_are_told_apart() -> None:
    found = file_words((SAMPLES / "thpt-nam-hai-2025-2026.pdf").read_bytes())
    assert found.pages == 3 == len(found.text.split("\f"))


def test_heads_feet_notes_and_text_boxes_of_word_are_words_too(tmp_path: Path) -> None:
    box = (
        "<w:p><w:r><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        "<mc:Choice><w:txbxContent><w:p><w:r><w:t>Khung chữ</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>Khung chữ</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    body = bad.PARAGRAPH + box + "<w:p><w:del><w:r><w:delText>đã xoá</w:delText></w:r></w:del></w:p>"
    found = file_words(bad.docx(tmp_path / "a.docx", body, extra={"word/footer1.xml": FOOTER.encode()}))
    assert "Lưu hành nội bộ" in found.text
    assert found.text.count("Khung chữ") == 1
    assert "đã xoá" not in found.text


def test_an_empty_word_file_has_no_words_and_nothing_to_complain_of(tmp_path: Path) -> None:
    assert file_words(bad.docx(tmp_path / "a.docx", "<w:p/>")) == FileWords("docx")


def test_a_sheet_with_more_cells_than_a_plan_may_have_gives_its_strings(tmp_path: Path) -> None:
    book = Workbook()
    for row in range(120):
        book.active.append([f"học sinh {row}-{column}" for column in range(10)])
    book.save(tmp_path / "a.xlsx")
    found = file_words(tmp_path / "a.xlsx", limits=Limits(cells=1000))
    assert "học sinh 119-9" in found.text
    assert found.note == ""


def test_a_very_long_text_is_cut_and_that_is_said() -> None:
    found = file_words(("Nghị quyết hội đồng trường. " * 30_000).encode())
    assert len(found.text) <= MOST_LETTERS
    assert found.code == "cut"
    assert "500.000" in found.note


@pytest.mark.parametrize(
    ("name", "make", "code", "said"),
    [
        ("a.pdf", lambda p: bad.locked_pdf(p, "mat-khau"), "encrypted", "bỏ mật khẩu"),
        ("a.docx", lambda p: bad.compound(p, ["EncryptedPackage"]), "encrypted", "bỏ mật khẩu"),
        ("a.doc", lambda p: bad.compound(p, ["WordDocument"]), "old_word", ".docx"),
        ("a.pdf", lambda p: p.write_bytes(b"%PDF-1.7\ncut off"), "damaged", "hỏng"),
        ("a.docx", lambda p: p.write_bytes(b"PK\x03\x04 cut off"), "damaged", "hỏng"),
        ("a.txt", lambda p: p.write_bytes(b""), "empty", "trống"),
        ("a.docx", lambda p: bad.big_zip_member(p, "word/document.xml", 500), "zip_bomb", "bất thường"),
        ("a.zip", lambda p: bad.zip_of(p, {"b.zip": b"PK"}), "archive", "giải nén"),
        ("a.bin", lambda p: p.write_bytes(bytes(range(256)) * 40), "unknown_type", "không đọc được"),
        ("a.jpg", lambda p: p.write_bytes(b"\xff\xd8\xff" + b"x" * 500), "damaged", "hỏng"),
        ("a.heic", lambda p: p.write_bytes(b"\x00\x00\x00\x20ftypheic" + bytes(500)), "heic", "JPEG"),
        ("a.docx", lambda p: None, "missing", "không đọc được"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_has_a_note_and_no_words(
    tmp_path: Path, name: str, make, code: str, said: str
) -> None:  # type: ignore[no-untyped-def]
    make(tmp_path / name)
    found = file_words(tmp_path / name)
    assert (found.code, found.text) == (code, "")
    assert said in found.note


def test_a_file_that_is_too_heavy_is_not_even_opened() -> None:
    found = file_words(b"x" * 3_000_000, limits=Limits(file_bytes=2_000_000))
    assert found.code == "too_large"
    assert "1 MB" in found.note


def test_a_child_that_dies_is_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "MEMORY_BYTES", 8 * 1024 * 1024)
    found = file_words(b"x" * 100)
    assert found.code in ("crashed", "too_much_memory")
    assert found.note


def test_pages_after_the_bound_are_told(tmp_path: Path) -> None:
    found = file_words(bad.pdf_of_many_pages(tmp_path / "a.pdf", 12), limits=Limits(pages=5))
    assert (found.pages, found.code) == (12, "many_pages")
    assert "5 trang đầu" in found.note


def test_text_is_as_a_database_may_keep_it() -> None:
    assert bounded("a\x00b\ud800c\u0301\f\x07") == "abć\f"


def test_page_numbers_read_as_a_sentence() -> None:
    assert pages([3]) == "3"
    assert pages([1, 2, 3, 5, 7, 8]) == "1–3, 5 và 7–8"


def test_words_are_bounded_more_widely_than_plans() -> None:
    assert WORD_LIMITS.pages > Limits().pages
