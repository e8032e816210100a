"""The lines of a circular out of a file's blocks, in reading order, where a table has a column for each level too.

Blocks are those of `caitien.reading` (a paragraph has `text`, a table has `grid()` of cells); only their shape is known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

_LEVEL_HEAD = re.compile(r"^(?:yêu\s+cầu\s+)?mức\s+(?:độ\s+)?([1-9])\.?$", re.IGNORECASE)
_CODE = re.compile(r"^(?:tiêu\s+chí\s+)?\d{1,2}\.\d{1,2}\.?$", re.IGNORECASE)
_HEAD_ROWS = 3


def lines_of(blocks: Iterable[Any]) -> list[str]:
    """Lines of all blocks. In a table with columns "Mức 1", "Mức 2", "Mức 1:" is put before the words of such a cell."""
    found: list[str] = []
    for block in blocks:
        if hasattr(block, "grid"):
            found += _table(block.grid())
        else:
            found += str(block.text).splitlines()
    return found


def _table(rows: list[list[Any]]) -> Iterator[str]:
    levels: dict[int, str] = {}
    for number, row in enumerate(rows):
        cells = [(column, cell) for column, cell in enumerate(row) if cell is not None and _begins(cell, row, column)]
        heads = {
            column: found[1] for column, cell in cells if (found := _LEVEL_HEAD.match(" ".join(cell.text.split())))
        }
        if heads and number < _HEAD_ROWS:
            levels |= heads
            yield from (line for column, cell in cells if column not in heads for line in cell.text.splitlines())
            continue
        code = ""
        for column, cell in cells:
            if getattr(cell, "row", number) != number and column in levels:
                continue  # the words of a cell that reaches down stand once
            lines = cell.text.splitlines()
            if len(lines) == 1 and _CODE.match(lines[0].strip()):
                code = lines[0].strip()
                continue
            if column in levels and cell.text.strip():
                yield f"Mức {levels[column]}:"
            if code and lines:
                lines[0] = f"{code} {lines[0]}"
                code = ""
            yield from lines
        if code:
            yield code


def _begins(cell: Any, row: list[Any], column: int) -> bool:
    """A merged cell stands at every place that it covers; only its first place in a row is read."""
    return column == 0 or row[column - 1] is not cell
