"""A word too long for its column runs over the rule and touches the next cell's first word: they stay two words."""

from __future__ import annotations

from pathlib import Path

from caitien.reading.opening import open_source
from reading.formats.pdf_files import made, table

HEADINGS = ("STT", "Việc cần làm", "Kinh phí", "Biên bản, minh chứng")
ROWS = (
    ("1", "Sửa nhà vệ sinh", "15.000.000đ", "Biên bản nghiệm thu"),
    ("2", "Mua máy tính", "12.500.000đ", "Hợp đồng"),
)


def test_a_word_that_runs_over_the_rule_does_not_swallow_the_next_cell(tmp_path: Path) -> None:
    cells = [text for row in (HEADINGS, *ROWS) for text in row]
    file = made(tmp_path / "tran-o.pdf", table(*cells, columns="(0.7cm, 1fr, 1.9cm, 1fr)"))
    (read,) = open_source(file).tables()
    grid = [[cell.text if cell else None for cell in row] for row in read.grid()]
    assert grid == [list(HEADINGS), *map(list, ROWS)]
