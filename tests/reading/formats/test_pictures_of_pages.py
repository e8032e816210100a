"""`page_image`: a page of a PDF as a PNG for the review screen."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from caitien.errors import ReadingError
from caitien.reading.pages import page_image
from reading.bad_input.bad_files import locked_pdf, pdf, pdf_page_of


def test_a_page_is_drawn_at_the_scale_asked_for(tmp_path: Path) -> None:
    content = pdf_page_of(tmp_path / "a.pdf", b"0 0 200 842 re f").read_bytes()
    drawn = Image.open(io.BytesIO(page_image(content, 1, scale=2))).convert("L")
    assert drawn.size == (1190, 1684)
    assert drawn.getpixel((10, 800)) == 0
    assert drawn.getpixel((1000, 800)) == 255


def test_a_page_of_the_size_of_a_wall_is_drawn_smaller(tmp_path: Path) -> None:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 14000 14000] >>",
    ]
    drawn = Image.open(io.BytesIO(page_image(pdf(tmp_path / "a.pdf", objects).read_bytes(), 1, scale=3)))
    assert max(drawn.size) <= 4001


def test_a_page_that_is_not_there_is_an_index_error(tmp_path: Path) -> None:
    content = pdf_page_of(tmp_path / "a.pdf", b"").read_bytes()
    for page in (0, 2):
        with pytest.raises(IndexError):
            page_image(content, page)


def test_a_locked_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(ReadingError) as refused:
        page_image(locked_pdf(tmp_path / "a.pdf", "x").read_bytes(), 1)
    assert refused.value.code == "encrypted"
