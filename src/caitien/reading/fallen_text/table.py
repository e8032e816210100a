"""A table that fell out of a PDF: heading found, lines aligned in passes that learn, rows and labels put together."""

from __future__ import annotations

from collections.abc import Callable

from caitien.reading.fallen_text.alignment import BEAM, Pieces, align
from caitien.reading.fallen_text.doubts import doubts_of
from caitien.reading.fallen_text.heading import Heading, repeated_headings
from caitien.reading.fallen_text.lines import Line
from caitien.reading.fallen_text.model import first_model, learn
from caitien.reading.fallen_text.rows import Row, RowCell, label_groups, rows_of
from caitien.reading.fallen_text.ways import BAND
from caitien.reading.source import Cell, Table

_LEARNING_LINES = (350, 600)  # the first pages teach the widths; all lines are aligned once
_WELL = 1.2  # a score a line from which the columns are clear, and a narrower search loses nothing
_NARROW_BEAM = 10.0
_TRIAL_LINES = 60
_TRIAL_BEAM = 8.0


def read_table(
    lines: list[Line], heading: Heading, on_line: Callable[[int], None] | None = None
) -> tuple[Table, int] | None:
    """The table under a heading and the line after its last; None when no row could be told.

    `lines` is changed: headings printed again at the top of pages are taken out.
    """
    end = _take_out_repeats(lines, heading)
    begin = heading.end + (1 if heading.end_word else 0)
    if begin >= end:
        return None
    pieces: Pieces = {}
    _choose_order(lines, heading, begin, end, pieces)
    model = first_model(heading.columns, lines, begin, end)
    well = False
    for count in _LEARNING_LINES:
        path = align(lines, begin, min(end, begin + count), model, pieces, on_line, _NARROW_BEAM if well else BEAM)
        if not path:
            return None
        model = learn(model, path, lines)
        well = path[-1].score > _WELL * min(count, end - begin)
    path = align(lines, begin, end, model, pieces, on_line, _NARROW_BEAM if well else BEAM)
    rows, stop = rows_of(path, lines)
    if not rows:
        return None
    table = _build(rows, heading, model.kinds)
    table.doubts = doubts_of(table, model.fields)
    return table, end if stop is None else stop


def _choose_order(lines: list[Line], heading: Heading, begin: int, end: int, pieces: Pieces) -> None:
    """Where headings of two levels leave the order of the columns open, the order that the first rows fit best."""
    orders = heading.orders()
    if len(orders) == 1:
        return
    scores = []
    for columns in orders:
        model = first_model(columns, lines, begin, end)
        path = align(lines, begin, min(end, begin + _TRIAL_LINES), model, pieces, beam=_TRIAL_BEAM)
        scores.append(path[-1].score if path else -1e9)
    scores[0] += 2.0
    heading.columns = orders[scores.index(max(scores))]


def _take_out_repeats(lines: list[Line], heading: Heading) -> int:
    """Takes the heading's repetitions out of the lines; returns where the lines of this table end at the latest."""
    repeats, end = repeated_headings(lines, heading, heading.end)
    for first, last in reversed(repeats):
        if last < len(lines):
            lines[last].new_page = True
        del lines[first:last]
        end -= last - first
    return end


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
    for column, spans in groups.items():  # repeated in every row: no cell here is cut by a page any more
        for group in spans:
            places = (r for r in range(group.start, group.end) if not rows[r].is_band)
            cells.extend(_cell(r + 1, column, group.cell) for r in places)
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Table(row_count=len(rows) + 1, column_count=count, cells=cells, page=page)


def _cell(row: int, column: int, cell: RowCell, *, colspan: int = 1) -> Cell:
    return Cell(row, column, cell.text, colspan=colspan, page=cell.page)
