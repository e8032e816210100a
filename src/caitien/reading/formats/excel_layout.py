"""A sheet as blocks: the lines above, between and below tables as paragraphs, each table with its blank columns gone.

A sheet has no paragraphs, only rows. A row with one text is a line of the letterhead, a title or a signature when it
stands apart from a table, and a band of the table (a standard, a total) when it stands inside one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from caitien.plan.lists import starts_item
from caitien.reading.formats.excel_sheet import Sheet, Value
from caitien.reading.refusals import refuse
from caitien.reading.source import Block, Cell, Paragraph, Table

_Span = tuple[int, int]  # rows, columns
_HEADER_LETTERS = 80  # the longest wording of a column header


def blocks_of(sheet: Sheet, page: int, cell_limit: int) -> list[Block]:
    """Paragraphs and tables of a sheet, top to bottom. Raises ReadingError("too_many_cells")."""
    layout = _Layout(sheet)
    pieces: list[list[int] | int] = []  # a table's rows, or a line
    for run in layout.runs():
        _add_run(layout, run, pieces)
    return [
        block
        for piece in pieces
        for block in ([layout.table(piece, page, cell_limit)] if isinstance(piece, list) else layout.lines(piece, page))
    ]


def _add_run(layout: _Layout, run: list[int], pieces: list[list[int] | int]) -> None:
    """Put the next rows without a blank one between them: as lines, as a table, or as more of the table before."""
    first, last = 0, len(run)
    while first < last and layout.is_line(run[first]):
        first += 1
    while last > first and layout.is_line(run[last - 1]) and not layout.is_item(run[last - 1], run[first:last]):
        last -= 1
    body = run[first:last]
    previous = pieces[-1] if pieces and isinstance(pieces[-1], list) else None
    if body and previous is not None and layout.goes_on(previous, body):
        previous += run[:last]
    else:
        pieces += run[:first]
        if body:
            pieces.append(body)
    pieces += run[last:]


@dataclass(slots=True)
class _Layout:
    sheet: Sheet
    spans: dict[tuple[int, int], _Span] = field(default_factory=dict)
    by_row: dict[int, list[int]] = field(default_factory=dict)  # row -> columns with text of its own
    covered: set[int] = field(default_factory=set)  # rows that a merged cell with text from above covers

    def __post_init__(self) -> None:
        for r, c in sorted(self.sheet.values):
            self.by_row.setdefault(r, []).append(c)
        last_row = max(self.by_row, default=0)
        last_column = max((c for _, c in self.sheet.values), default=0)
        for r0, c0, r1, c1 in self.sheet.merged:
            r1, c1 = min(r1, last_row), min(c1, max(last_column, c0))
            self.spans[(r0, c0)] = (r1 - r0 + 1, c1 - c0 + 1)
            self.covered.update(range(r0 + 1, r1 + 1))

    def runs(self) -> list[list[int]]:
        """Rows with text, in groups without a blank row between."""
        runs: list[list[int]] = []
        before = -2
        for r in sorted(set(self.by_row) | self.covered):
            if r != before + 1:
                runs.append([])
            runs[-1].append(r)
            before = r
        return runs

    def is_line(self, r: int) -> bool:
        """Whether a row is one text alone, in no merged cell that goes on from above or below."""
        columns = self.by_row.get(r, [])
        return len(columns) == 1 and r not in self.covered and self.spans.get((r, columns[0]), (1, 1))[0] == 1

    def is_item(self, r: int, rows: list[int]) -> bool:
        """Whether a lone text is one more item of the list in the cell above: "- …", inside the table's columns."""
        (column,) = self.by_row[r]
        return self._extent(rows)[0] < column and starts_item(self.sheet.values[(r, column)].text)

    def goes_on(self, above: list[int], below: list[int]) -> bool:
        """Whether rows after a blank one are more of the table above: in its columns, and not under a new header."""
        left, right = self._extent(above)
        new_left, new_right = self._extent(below)
        if right - left < 2 or new_left < left or new_right > right:
            return False
        return not self._looks_like_header(below[0]) and new_right - new_left >= (right - left) / 2

    def _extent(self, rows: list[int]) -> tuple[int, int]:
        columns = [c for r in rows for c in self.by_row.get(r, [])]
        return min(columns), max(columns)

    def _looks_like_header(self, r: int) -> bool:
        values = [self.sheet.values[(r, c)] for c in self.by_row.get(r, [])]
        words = all(v.number is None and len(v.text) <= _HEADER_LETTERS for v in values)
        return words and len(values) >= 3 and all(v.bold for v in values)

    def lines(self, r: int, page: int) -> list[Block]:
        made: list[Block] = []
        for c in self.by_row.get(r, []):
            value: Value = self.sheet.values[(r, c)]
            centred = self.spans.get((r, c), (1, 1))[1] > 1
            if value.text:
                made.append(Paragraph(value.text, page=page, bold=value.bold, centred=centred))
        return made

    def table(self, rows: list[int], page: int, cell_limit: int) -> Table:
        """The rows as a table; columns in which none of them has text are left out."""
        columns = sorted({c for r in rows for c in self.by_row.get(r, [])})
        if len(rows) * len(columns) > cell_limit:
            raise refuse("too_many_cells", limit=f"{cell_limit:,}".replace(",", "."))
        row_at, column_at = {r: i for i, r in enumerate(rows)}, {c: i for i, c in enumerate(columns)}
        cells: list[Cell] = []
        taken: set[tuple[int, int]] = set()
        for r in rows:
            for c in columns:
                place = (row_at[r], column_at[c])
                if place in taken:
                    continue
                height, width = self.spans.get((r, c), (1, 1))
                rowspan = sum(x in row_at for x in range(r, r + height)) if height > 1 else 1
                colspan = sum(x in column_at for x in range(c, c + width)) if width > 1 else 1
                value = self.sheet.values.get((r, c))
                taken.update((place[0] + i, place[1] + j) for i in range(rowspan) for j in range(colspan))
                cells.append(
                    Cell(
                        *place,
                        text=value.text if value else "",
                        rowspan=rowspan,
                        colspan=colspan,
                        page=page,
                        bold=bool(value and value.bold),
                        number=value.number if value else None,
                    )
                )
        return Table(len(rows), len(columns), cells, page=page, title=self.sheet.name)
