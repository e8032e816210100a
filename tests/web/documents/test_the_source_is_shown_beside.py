"""The left half of the review shows where a row stood: the table's part with the row marked, or boxes on the page."""

from __future__ import annotations

from caitien.reading.source import Box, Cell, Paragraph, SourceDocument, Table
from caitien.web.documents import source_view


def word_file(rows: int = 30) -> SourceDocument:
    cells = [Cell(0, column, head) for column, head in enumerate(("Tiêu chí", "Nội dung", "Thời gian"))]
    for row in range(1, rows):
        cells += [Cell(row, 1, f"Việc {row}"), Cell(row, 2, f"Tháng {row}")]
    cells.append(Cell(1, 0, "1.1", rowspan=rows - 1))
    return SourceDocument("docx", [Paragraph("KẾ HOẠCH"), Table(rows, 3, cells)])


def pdf_file() -> SourceDocument:
    return SourceDocument("pdf", [Table(2, 2, [])], pages=2, page_sizes=[(595, 842), (842, 595)])


def texts(view, mark: str | None = None) -> list[str]:
    return [cell.text for row in view.rows for cell in row.cells if mark is None or cell.mark == mark]


def test_only_the_head_and_the_rows_around_are_shown():
    view = source_view.table_view(word_file(), {"table": 0, "rows": [20]})
    assert [row.number for row in view.rows] == [1, 2, 3, 17, 18, 19, 20, 21, 22, 23, 24, 25]
    assert [row.number for row in view.rows if row.gap] == [17]


def test_the_row_is_marked_and_the_cell_asked_about_more_strongly():
    view = source_view.table_view(word_file(), {"table": 0, "rows": [20]}, "period", "Tháng 20")
    assert texts(view, "cell") == ["Tháng 20"]
    assert texts(view, "row") == ["1.1", "Việc 20"]


def test_a_merged_cell_spans_the_rows_that_are_shown_and_no_more():
    view = source_view.table_view(word_file(), {"table": 0, "rows": [20]})
    merged = next(cell for row in view.rows for cell in row.cells if cell.text == "1.1")
    assert merged.rowspan == 11


def test_a_duplicate_row_is_marked_too():
    action = {"provenance": {"table": 0, "rows": [5]}, "alternatives": [{"provenance": {"table": 0, "rows": [6]}}]}
    view = source_view.table_view(word_file(), source_view.with_duplicates(action))
    assert texts(view, "row") == ["1.1", "Việc 5", "Tháng 5", "Việc 6", "Tháng 6"]


def test_a_table_that_is_not_there_shows_nothing():
    assert source_view.table_view(word_file(), {"table": 7, "rows": [1]}) is None


def test_boxes_lie_on_the_page_of_the_cell_asked_about():
    cells = {
        "content": [{"page": 1, "x0": 50, "top": 60, "x1": 150, "bottom": 80}],
        "period": [{"page": 2, "x0": 10, "top": 20, "x1": 60, "bottom": 40}],
    }
    view = source_view.page_view(pdf_file(), {"page": 1, "cells": cells}, "period", None)
    assert (view.number, view.count, view.pages_of_row) == (2, 2, (1, 2))
    assert [(r.x, r.y, r.width, r.height, r.kind) for r in view.rectangles] == [(10, 20, 50, 20, "cell")]


def test_one_can_turn_the_pages_but_not_beyond_the_last():
    view = source_view.page_view(pdf_file(), {"page": 1}, None, 99)
    assert (view.number, view.width) == (2, 842)


def test_a_word_file_has_no_pages_to_show():
    assert source_view.page_view(word_file(), {"page": 1}, None, None) is None


def test_the_cell_of_a_pdf_table_is_found_by_its_place():
    table = Table(
        1, 2, [Cell(0, 0, "x", boxes=[Box(1, 0, 0, 50, 20)]), Cell(0, 1, "x", boxes=[Box(1, 50, 0, 100, 20)])]
    )
    where = {"table": 0, "rows": [0], "cells": {"note": [{"page": 1, "x0": 55, "top": 2, "x1": 90, "bottom": 12}]}}
    view = source_view.table_view(SourceDocument("pdf", [table]), where, "note", "x")
    assert [cell.mark for cell in view.rows[0].cells] == ["row", "cell"]


def test_a_source_of_another_version_shows_nothing_rather_than_fail():
    assert source_view.source_of({"blocks": "?"}) is None
