"""What every format reader gives, and all that the rest of reading knows: paragraphs and tables of cells, in order.

From here on nothing knows whether the file was DOCX, PDF, XLSX or plain text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Format = Literal["docx", "pdf", "xlsx", "txt"]

AUTHOR_BREAK = "\u2029"
"""Stands before the "\\n" of a wrapped text where the break is surely the author's: the page did not need it."""


@dataclass(slots=True)
class Box:
    """A rectangle on a page, in points from the top left corner; page 1 is the first."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class Cell:
    """One cell of a table. A merged cell stands once, at its top left place, with its spans.

    `text`: Unicode NFC; "\\n" between lines. Whether a line break is the author's or the page's: `SourceDocument.wrapped`.
    A bullet or number that Word draws itself is put before the text ("- ", "1. ").
    """

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    page: int = 1
    boxes: list[Box] = field(default_factory=list)  # more than one when a page break cuts the cell
    bold: bool = False
    number: float | int | None = None  # XLSX: the number that stands behind the text, when it is one


@dataclass(slots=True)
class Table:
    """A grid. `continues`: the reader knows that this table goes on from the table before (a page break in a PDF)."""

    row_count: int
    column_count: int
    cells: list[Cell]
    page: int = 1
    continues: bool = False
    title: str = ""  # XLSX: the sheet's name
    doubts: dict[int, str] = field(default_factory=dict)  # row -> why it is doubtful, in Vietnamese

    def grid(self) -> list[list[Cell | None]]:
        """Rows of the cell that covers each place: a merged cell stands at every place it covers; None is no cell."""
        rows: list[list[Cell | None]] = [[None] * self.column_count for _ in range(self.row_count)]
        for cell in self.cells:
            for r in range(cell.row, min(cell.row + cell.rowspan, self.row_count)):
                for c in range(cell.column, min(cell.column + cell.colspan, self.column_count)):
                    rows[r][c] = cell
        return rows


@dataclass(slots=True)
class Paragraph:
    text: str
    page: int = 1
    box: Box | None = None
    bold: bool = False
    centred: bool = False


Block = Paragraph | Table


@dataclass(slots=True)
class FileSignature:
    """An electronic signature found in the file or printed by a signing service."""

    name: str
    time: str | None = None
    reason: str | None = None


@dataclass(slots=True)
class SourceDocument:
    """A file as read, before anyone asks what it means.

    `wrapped`: True when line breaks inside a text are those of the page (PDF, text out of a PDF), False when
    they are the author's (DOCX, XLSX). `pages`: at least 1. `page_sizes`: width, height in points, by page.
    """

    format: Format
    blocks: list[Block]
    name: str = ""
    pages: int = 1
    page_sizes: list[tuple[float, float]] = field(default_factory=list)
    wrapped: bool = False
    signatures: list[FileSignature] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # Vietnamese sentences for the user: what was left out, and why

    def tables(self) -> Iterator[Table]:
        return (b for b in self.blocks if isinstance(b, Table))

    def paragraphs(self) -> Iterator[Paragraph]:
        return (b for b in self.blocks if isinstance(b, Paragraph))
