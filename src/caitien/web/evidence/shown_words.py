"""A file's paragraphs and tables for the screen, cut into parts that a phone can open. Values in, values out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from caitien.reading.source import AUTHOR_BREAK, Block, Cell, SourceDocument, Table

MOST_LETTERS = 30_000  # of a part
MOST_CELLS = 1_500
_BLANK_LINES = re.compile(r"\n\s*\n+")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph."""

    text: str
    bold: bool = False
    centred: bool = False
    is_table: bool = False


@dataclass(frozen=True, slots=True)
class ShownCell:
    text: str
    rowspan: int = 1
    colspan: int = 1
    bold: bool = False
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, or some of its rows. `first`: the number of its first row in the whole table, 1 is the first."""

    rows: list[list[ShownCell]]
    title: str = ""
    first: int = 1
    is_table: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """What one page of ours shows."""

    blocks: list[Line | Grid]


def parts_of(source: SourceDocument) -> list[Part]:
    """A Word or Excel file in parts; none is empty."""
    return _cut(piece for block in source.blocks for piece in _shown(block))


def parts_of_lines(text: str) -> list[Part]:
    """Plain text in parts, its paragraphs by blank lines."""
    long = (piece for paragraph in _BLANK_LINES.split(text.strip()) for piece in _in_pieces(paragraph))
    return _cut((Line(piece), len(piece), 0) for piece in long if piece.strip())


def parts_of_rows(rows: Sequence[Sequence[str]]) -> list[Part]:
    """A table of plain cells in parts."""
    return _cut(_grids([[ShownCell(text) for text in row] for row in rows], ""))


def _shown(block: Block) -> Iterator[tuple[Line | Grid, int, int]]:
    """A block, or a table in several, each with its letters and cells."""
    if not isinstance(block, Table):
        for piece in _in_pieces(_plain(block.text)):
            yield Line(piece, block.bold, block.centred), len(piece), 0
        return
    rows: list[list[ShownCell]] = [[] for _ in range(block.row_count)]
    taken = [[False] * block.column_count for _ in range(block.row_count)]
    for cell in sorted(block.cells, key=lambda one: (one.row, one.column)):
        _place(cell, rows, taken)
    for row, line in enumerate(rows):  # places that no cell covers
        line += [ShownCell("")] * sum(not is_taken for is_taken in taken[row])
    yield from _grids(rows, block.title)


def _place(cell: Cell, rows: list[list[ShownCell]], taken: list[list[bool]]) -> None:
    """Puts a cell into its row, with empty ones before it where no cell stands."""
    if not (0 <= cell.row < len(rows) and 0 <= cell.column < len(taken[cell.row])) or taken[cell.row][cell.column]:
        return
    line = taken[cell.row]
    for column in range(cell.column):
        if not line[column]:
            rows[cell.row].append(ShownCell(""))
            line[column] = True
    width = 0
    while width < max(1, cell.colspan) and cell.column + width < len(line) and not line[cell.column + width]:
        width += 1
    height = min(max(1, cell.rowspan), len(rows) - cell.row)
    for row in range(cell.row, cell.row + height):
        for column in range(cell.column, cell.column + width):
            taken[row][column] = True
    rows[cell.row].append(ShownCell(_plain(cell.text), height, width, cell.bold, cell.number is not None))


def _grids(rows: list[list[ShownCell]], title: str) -> Iterator[tuple[Grid, int, int]]:
    """The rows in tables that each fit into a part; never cut where a cell reaches over the cut."""
    some: list[list[ShownCell]] = []
    first, letters, cells, reach = 1, 0, 0, 0
    for number, row in enumerate(rows, start=1):
        some.append(row)
        letters += sum(len(cell.text) for cell in row)
        cells += len(row)
        reach = max([reach, *(number + cell.rowspan - 1 for cell in row)])
        if (letters > MOST_LETTERS or cells > MOST_CELLS) and (reach <= number or cells > 4 * MOST_CELLS):
            yield Grid(some, title, first), letters, cells
            some, first, letters, cells = [], number + 1, 0, 0
    if some:
        yield Grid(some, title, first), letters, cells


def _cut(blocks: Iterable[tuple[Line | Grid, int, int]]) -> list[Part]:
    made: list[Part] = []
    letters = cells = 0
    for block, its_letters, its_cells in blocks:
        if not made or letters + its_letters > MOST_LETTERS or cells + its_cells > MOST_CELLS:
            made.append(Part([]))
            letters = cells = 0
        made[-1].blocks.append(block)
        letters, cells = letters + its_letters, cells + its_cells
    return made


def _in_pieces(text: str) -> Iterator[str]:
    """A paragraph that is no paragraph (a whole book without a break) in pieces."""
    for start in range(0, len(text), MOST_LETTERS):
        yield text[start : start + MOST_LETTERS]


def _plain(text: str) -> str:
    return text.replace(AUTHOR_BREAK, "")
