"""Where each cell of a table stands: rows of cells as written, with their spans, become a full grid."""

from __future__ import annotations

from dataclasses import dataclass

from caitien.writing.document import Cell, Row


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at its top left place, its spans cut to the table; `part` > 0 is its part in a row further down."""

    cell: Cell
    row: int
    column: int
    rowspan: int
    colspan: int
    part: int = 0


EMPTY = Cell(())


def place(rows: tuple[Row, ...], columns: int) -> list[list[Placed]]:
    """Each row's cells from left to right, with the parts of cells that come down from above; every place is covered.

    Spans that would leave the table are cut; places that no cell names hold an empty cell; cells too many are refused.
    """
    coming: dict[tuple[int, int], Placed] = {}
    placed: list[list[Placed]] = []
    for r, row in enumerate(rows):
        line: list[Placed] = []
        waiting = list(row.cells)
        c = 0
        while c < columns:
            above = coming.get((r, c))
            if above:
                here = above
            else:
                cell = waiting.pop(0) if waiting else EMPTY
                width = 1
                while width < min(cell.colspan, columns - c) and (r, c + width) not in coming:
                    width += 1
                here = Placed(cell, r, c, min(cell.rowspan, len(rows) - r), width)
                for down in range(1, here.rowspan):
                    coming[r + down, c] = Placed(cell, r, c, here.rowspan, width, down)
            line.append(here)
            c += here.colspan
        if waiting:
            raise ValueError(f"row {r} has {len(waiting)} cells more than the table has columns")
        placed.append(line)
    return placed
