"""A way to read the lines so far: what each piece did, as a chain from the last piece to the first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from caitien.reading.fallen_text.evidence import Piece

BAND, AFTER, NOWHERE = -2, -9, -1  # places that are no column


class Step(Enum):
    """What a piece does."""

    GO_ON = 1  # the next line of the cell
    NEXT = 2  # begins a cell further right in the row
    ROW = 3  # begins a row
    RESUME = 4  # goes on with a cell that the page's end cut
    LABEL = 5  # a label of merged cells, printed somewhere among its rows
    BAND = 6  # begins a band over the whole width
    AFTER = 7  # the table is over


@dataclass(slots=True)
class Way:
    """One way to read everything so far. `cells`: the last piece of every column in the row."""

    score: float
    before: Way | None
    step: Step
    piece: Piece | None
    column: int
    resuming: bool
    label: bool
    far: int  # the furthest column of the row
    cells: tuple[Piece | None, ...]
    widest: float  # widest line of the cell so far, in em
    number: int | None  # of the row, as its TT column says

    def text_of(self, column: int) -> str:
        """What the row's cell in a column says so far."""
        text = ""
        node: Way | None = self
        while node is not None and node.piece is not None:
            if node.column == column:
                text = f"{node.piece.text} {text}"
            if node.step in (Step.ROW, Step.BAND):
                break
            node = node.before
        return text
