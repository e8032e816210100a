"""Scanned pages and photographs: read by Tesseract where it is installed, a note on how to install it where it is not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from caitien.plan.text import fold
from caitien.reading import tesseract
from caitien.reading.recognising import is_shaded
from caitien.reading.words import file_words

SAMPLE = Path(__file__).parents[3] / "samples" / "thcs-phu-luong-thuong-2025-2026.pdf"
installed = pytest.mark.skipif(
    tesseract.state() != "ready",
    reason="Tesseract with Vietnamese data is not here (Debian: apt install tesseract-ocr tesseract-ocr-vie)",
)


@pytest.fixture(scope="module")
def paper() -> Any:
    """The first page of a real document, as a scanner sees it."""
    with pypdfium2.PdfDocument(SAMPLE) as document:
        return document[0].render(scale=200 / 72, grayscale=True).to_pil()


@installed
def test_a_scanned_pdf_gives_the_words_on_its_pages(paper: Any, tmp_path: Path) -> None:
    paper.save(tmp_path / "scan.pdf", save_all=True, append_images=[Image.new("L", (800, 1100), 255)], resolution=200)
    heard: list[str] = []
    found = file_words(tmp_path / "scan.pdf", on_progress=lambda _, phrase: heard.append(phrase))
    assert (found.kind, found.pages, found.recognised, found.note) == ("pdf", 2, 2, "")
    assert "ke hoach cai tien chat luong giao duc" in fold(found.text)
    assert "\f" not in found.text.strip("\f")  # the second page is blank
    assert "Đang nhận dạng chữ trang quét 2/2" in heard


@installed
@pytest.mark.parametrize("degrees", [90, 180])
def test_a_photograph_that_lies_on_its_side_is_read_all_the_same(paper: Any, tmp_path: Path, degrees: int) -> None:
    paper.rotate(degrees, expand=True).save(tmp_path / "a.jpg")
    found = file_words(tmp_path / "a.jpg")
    assert (found.kind, found.code) == ("picture", "")
    assert "phu luong thuong" in fold(found.text)


@installed
def test_the_pages_of_a_scanners_tiff_are_all_read(paper: Any, tmp_path: Path) -> None:
    sheet = paper.convert("1")
    sheet.save(tmp_path / "a.tif", save_all=True, append_images=[sheet], compression="group4")
    found = file_words(tmp_path / "a.tif")
    assert (found.pages, found.recognised) == (2, 2)
    assert fold(found.text).count("ke hoach cai tien chat luong giao duc") == 2


@installed
def test_a_picture_without_writing_has_no_words(tmp_path: Path) -> None:
    picture = Image.new("RGB", (1600, 1200), "lightblue")
    draw = ImageDraw.Draw(picture)
    for i in range(40):
        draw.ellipse((i * 37, (i * 71) % 900, i * 37 + 200, (i * 71) % 900 + 150), fill=(i * 6, 255 - i * 5, 90))
    picture.save(tmp_path / "a.png")
    found = file_words(tmp_path / "a.png")
    assert (found.text, found.note, found.recognised) == ("", "", 1)


@installed
def test_what_there_is_no_time_for_is_told(paper: Any, tmp_path: Path) -> None:
    paper.save(tmp_path / "scan.pdf", save_all=True, append_images=[paper] * 4)
    found = file_words(tmp_path / "scan.pdf", recognising_seconds=6.0)
    assert found.recognised < 5
    assert found.code == "not_all_recognised"
    assert "trang quét" in found.note
    assert "–5" in found.note or " 5" in found.note


def test_without_tesseract_the_note_says_how_to_install_it(
    paper: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CAITIEN_TESSERACT", "there-is-no-such-program")
    paper.save(tmp_path / "scan.pdf")
    found = file_words(tmp_path / "scan.pdf")
    assert (found.code, found.recognised, found.scans) == ("no_tesseract", 0, (1,))
    assert "sudo apt install tesseract-ocr tesseract-ocr-vie" in found.note
    assert "Windows" in found.note
    assert found.waits_for_tesseract


def test_without_its_vietnamese_data_the_note_says_that(
    paper: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "tesseract"
    program.write_text(f"#!{sys.executable}\nprint('List of available languages (2):\\neng\\nosd')\n")
    program.chmod(0o755)
    monkeypatch.setenv("CAITIEN_TESSERACT", str(program))
    paper.save(tmp_path / "a.png")
    found = file_words(tmp_path / "a.png")
    assert found.code == "no_vietnamese"
    assert "sudo apt install tesseract-ocr-vie" in found.note


def test_a_program_that_fails_leaves_the_file_without_words(
    paper: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "tesseract"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nif '--list-langs' in sys.argv: print('List\\nvie')\nelse: sys.exit(1)\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("CAITIEN_TESSERACT", str(program))
    paper.save(tmp_path / "a.png")
    found = file_words(tmp_path / "a.png")
    assert (found.text, found.code) == ("", "not_all_recognised")


def test_a_page_with_words_is_not_taken_for_a_scan() -> None:
    assert file_words(SAMPLE, recognise=False).scans == ()


def test_a_stamp_over_a_scan_does_not_hide_that_it_is_one(paper: Any, tmp_path: Path) -> None:
    paper.save(tmp_path / "scan.pdf")
    with pypdfium2.PdfDocument(tmp_path / "scan.pdf") as document:
        import pypdfium2.raw as raw

        page = document[0]
        stamp = raw.FPDFPageObj_NewTextObj(document.raw, b"Helvetica", 10.0)
        words = "Nguoi ky: UBND xa; 12/10/2025\x00".encode("utf-16-le")
        raw.FPDFText_SetText(stamp, raw.cast(words, raw.FPDF_WIDESTRING) if hasattr(raw, "cast") else _wide(words))
        raw.FPDFPage_InsertObject(page.raw, stamp)
        page.gen_content()
        document.save(tmp_path / "stamped.pdf")
    found = file_words(tmp_path / "stamped.pdf", recognise=False)
    assert "Nguoi ky" in found.text
    assert found.scans == (1,)


def _wide(words: bytes) -> Any:
    import ctypes

    return ctypes.cast(ctypes.c_char_p(words), ctypes.POINTER(ctypes.c_ushort))


def test_a_photograph_in_a_shadow_is_told_from_a_scan(paper: Any) -> None:
    from PIL import ImageChops

    shadow = Image.linear_gradient("L").resize(paper.size).point(lambda level: 110 + level * 145 // 255)
    assert not is_shaded(paper)
    assert is_shaded(ImageChops.multiply(paper, shadow))
