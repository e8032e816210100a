"""A table that fell out of a PDF: heading found, lines aligned in passes that learn, rows and labels put together."""

from __future__ import annotations

from collections.abc import Callable

from caitien.reading.fallen_text.alignment import BAND, align
from caitien.reading.fallen_text.heading import Heading, repeated_headings
from caitien.reading.fallen_text.lines import Line
from caitien.reading.fallen_text.model import first_model, learn
from caitien.reading.fallen_text.rows import Row, RowCell, label_groups, rows_of
from caitien.reading.source import Cell, Table

_LEARNING_LINES = 600  # the first pages teach the widths; all lines are aligned once
_LEARNING_PASSES = 2


def read_table(
    lines: list[Line], heading: Heading, on_line: Callable[[int], None] | None = None
) -> tuple[Table, int] | None:
    """The table under a heading and the line after its last; None when no row could be told.

    `lines` is changed: headings printed again at the top of pages are taken out.
    """
    _take_out_repeats(lines, heading)
    begin, end = heading.end, len(lines)
    if begin >= end:
        return None
    model = first_model(heading.columns, lines, begin, end)
    for _ in range(_LEARNING_PASSES):
        path = align(lines, begin, min(end, begin + _LEARNING_LINES), model, on_line)
        if not path:
            return None
        model = learn(model, path, lines)
    path = align(lines, begin, end, model, on_line)
    rows, stop = rows_of(path, lines)
    if not rows:
        return None
    return _build(rows, heading, model.kinds), end if stop is None else stop


def _take_out_repeats(lines: list[Line], heading: Heading) -> None:
    for first, last in reversed(repeated_headings(lines, heading, heading.end)):
        if last < len(lines):
            lines[last].new_page = True
        del lines[first:last]


def _build(rows: list[Row], heading: Heading, kinds: list[str]) -> Table:
    count = len(heading.columns)
    page = rows[0].cells[min(rows[0].cells)].page
    cells = [Cell(0, c, column.heading, page=page) for c, column in enumerate(heading.columns)]
    groups = label_groups(rows, kinds)
    for r, row in enumerate(rows, start=1):
        if row.is_band:
            first_own = min((c for c in row.cells if c >= 0), default=count)
            cells.append(_cell(r, 0, row.cells[BAND], colspan=first_own))
            cells.extend(_cell(r, c, cell) for c, cell in sorted(row.cells.items()) if c >= 0)
            continue
        cells.extend(_cell(r, c, cell) for c, cell in sorted(row.cells.items()) if c not in groups)
    for column, spans in groups.items():
        for group in spans:
            cells.extend(_spanned(group.start, group.end, column, group.cell, rows))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Table(row_count=len(rows) + 1, column_count=count, cells=cells, page=page)


def _cell(row: int, column: int, cell: RowCell, *, rowspan: int = 1, colspan: int = 1) -> Cell:
    return Cell(row, column, cell.text, rowspan=rowspan, colspan=colspan, page=cell.page)


def _spanned(start: int, end: int, column: int, cell: RowCell, rows: list[Row]) -> list[Cell]:
    """The merged cell, cut where a band goes through it."""
    out: list[Cell] = []
    first = start
    for r in range(start, end + 1):
        if r == end or rows[r].is_band:
            if r > first:
                out.append(_cell(first + 1, column, cell, rowspan=r - first))
            first = r + 1
    return out
