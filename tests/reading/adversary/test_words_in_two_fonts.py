"""Letters with marks may come from another font than their neighbours: PDFium then ends lines inside words, we do not."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from caitien.reading.opening import open_source
from reading.formats.pdf_files import made, table

TWO_FONTS = '#set text(font: ("Liberation Serif", "DejaVu Serif"))\n'  # the first has not all letters of Vietnamese
CELLS = (
    *("TT", "Điểm yếu", "Thời gian"),
    *("1", "Bếp ăn chưa bố trí đúng quy trình một chiều; tủ hấp sấy bát, tủ cơm còn thiếu", "Cả năm học"),
)


def test_words_set_in_two_fonts_stay_whole(tmp_path: Path) -> None:
    body = TWO_FONTS + "Trang thứ nhất\n#pagebreak()\n" + table(*CELLS, columns="(1cm, 1fr, 4cm)")
    file = made(tmp_path / "hai-phong-chu.pdf", body)
    if "b\r\nố trí" not in pypdfium2.PdfDocument(file)[1].get_textpage().get_text_range():
        pytest.skip("needs the fonts Liberation Serif and DejaVu Serif")
    (read,) = open_source(file).tables()
    assert [cell.text.replace("\n", " ") for row in read.grid() for cell in row if cell] == list(CELLS)
