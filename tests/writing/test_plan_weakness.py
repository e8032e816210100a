"""The older layout of ten columns that starts from weaknesses."""

from __future__ import annotations

from io import BytesIO

import docx

from caitien import writing
from writing.sample_plan import sample_plan


def main_table():
    document = docx.Document(BytesIO(writing.write(sample_plan(), "plan-weakness", "docx")))
    return document.tables[1]


def test_it_has_ten_columns_and_a_row_for_each_action():
    table = main_table()
    assert len(table.columns) == 10
    assert len(table.rows) == 1 + 13


def test_standards_are_roman_numerals_merged_down():
    tables = list(writing.build(sample_plan(), "plan-weakness").tables())
    first_cells = [(row.cells[0].text, row.cells[0].rowspan) for row in tables[0].rows if len(row.cells) == 10]
    assert first_cells == [("I", 4), ("II", 2), ("III", 3), ("IV", 3), ("Mức 4", 1)]
