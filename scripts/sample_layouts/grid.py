"""A table as its author thinks of it: rows of cells with spans, the same for Word, Excel and PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class C:
    """A cell. `lines` are paragraphs. `bullets`: Word draws the marks ("bullet", "number"), the text does not hold them.

    `value`: what Excel stores (a number, a date) with its number format; `text` is then what Excel shows.
    """

    text: str = ""
    rowspan: int = 1
    colspan: int = 1
    bold: bool = False
    centred: bool = False
    lines: tuple[str, ...] = ()
    bullets: str | None = None
    soft: bool = False  # lines are parted by a line break (Shift+Enter), not by a paragraph
    value: object = None
    number_format: str | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return self.lines or (self.text,)


Row = Sequence[C]


def h(text: str, rowspan: int = 1, colspan: int = 1) -> C:
    """A header cell."""
    return C(text, rowspan, colspan, bold=True, centred=True)


def band(text: str, columns: int) -> list[C]:
    """A row of one cell over the whole width: a standard or a criterion."""
    return [C(text, colspan=columns, bold=True)]


def dashes(values: Iterable[str], mark: str = "- ", end: str = ";") -> C:
    """A list typed by hand: a dash before, a semicolon behind."""
    items = list(values)
    lines = [f"{mark}{v}{end if i < len(items) - 1 else '.'}" for i, v in enumerate(items)]
    return C(lines=tuple(lines) or ("",))


def placed(rows: Sequence[Row]) -> tuple[list[tuple[int, int, C]], int]:
    """Each cell with the row and column where it stands, and the number of columns."""
    taken: set[tuple[int, int]] = set()
    found: list[tuple[int, int, C]] = []
    width = 0
    for r, row in enumerate(rows):
        column = 0
        for cell in row:
            while (r, column) in taken:
                column += 1
            found.append((r, column, cell))
            taken |= {(r + i, column + j) for i in range(cell.rowspan) for j in range(cell.colspan)}
            column += cell.colspan
            width = max(width, column)
    return found, width
