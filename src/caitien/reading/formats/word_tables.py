"""Places the cells of a Word table on its grid: spans, vertical merges, rows that start late or end early."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from caitien.reading.source import Cell

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

Read = tuple[Any, str, bool, int]
"""A w:tc with its text, whether it is bold, and its page."""

_SNAP = 120  # twips: how far an edge may lie beside the grid and still be on it (2 mm)


@dataclass(slots=True)
class Placed:
    cells: list[Cell] = field(default_factory=list)
    row_count: int = 0
    column_count: int = 0
    hidden_text: bool = False  # a cell swallowed by a vertical merge still held text, which Word does not show


def place_cells(rows: list[tuple[Any, list[Read]]], grid: list[float]) -> Placed:
    """Cells by row and column. `rows`: each w:tr with its cells as read; `grid`: column widths in twips."""
    placed = Placed(row_count=len(rows))
    edges = list(accumulate(grid, initial=0.0))
    above: dict[int, Cell] = {}  # column -> the cell that a vertical merge would go on with
    for r, (row, line) in enumerate(rows):
        before, after = _skipped(row)
        spans = [_span(tc) for tc, *_ in line]
        if grid and before + sum(spans) + after != len(grid):
            spans = _spans_by_width([_width(tc) for tc, *_ in line], before, spans, edges)
        column, reached = before, {}
        for (tc, text, bold, page), span in zip(line, spans, strict=True):
            merge = _merge(tc)
            top = above.get(column)
            if merge == "continue" and top is not None and top.row + top.rowspan == r:
                top.rowspan += 1
                placed.hidden_text |= bool(text)
                reached[column] = top
            elif _is_horizontal_continuation(tc) and placed.cells and placed.cells[-1].row == r:
                placed.cells[-1].colspan += span
            else:
                cell = Cell(row=r, column=column, text=text, colspan=span, page=page, bold=bold)
                placed.cells.append(cell)
                if merge is not None:
                    reached[column] = cell
            column += span
        above = reached
        placed.column_count = max(placed.column_count, column)
    return placed


def _skipped(row: Any) -> tuple[int, int]:
    properties = row.find(W + "trPr")
    if properties is None:
        return 0, 0
    return _whole(properties.find(W + "gridBefore"), 0), _whole(properties.find(W + "gridAfter"), 0)


def _span(tc: Any) -> int:
    properties = tc.find(W + "tcPr")
    return 1 if properties is None else max(1, min(_whole(properties.find(W + "gridSpan"), 1), 64))


def _merge(tc: Any) -> str | None:
    """ "restart", "continue" or None."""
    properties = tc.find(W + "tcPr")
    merge = None if properties is None else properties.find(W + "vMerge")
    return None if merge is None else (merge.get(W + "val") or "continue")


def _is_horizontal_continuation(tc: Any) -> bool:
    properties = tc.find(W + "tcPr")
    merge = None if properties is None else properties.find(W + "hMerge")
    return merge is not None and (merge.get(W + "val") or "continue") == "continue"


def _width(tc: Any) -> float:
    properties = tc.find(W + "tcPr")
    width = None if properties is None else properties.find(W + "tcW")
    if width is None or width.get(W + "type") not in (None, "dxa"):
        return 0.0
    return float(_whole(width, 0, "w"))


def _spans_by_width(widths: list[float], before: int, spans: list[int], edges: list[float]) -> list[int]:
    """Spans of a row that does not fill the grid, from the widths of its cells; as written when widths do not fit it."""
    if not all(widths):
        return spans
    found, at, x = [], before, edges[min(before, len(edges) - 1)]
    for width in widths:
        x += width
        right = bisect_left(edges, x - _SNAP)
        if right >= len(edges) or right <= at or abs(edges[right] - x) > _SNAP:
            return spans
        found.append(right - at)
        at = right
    return found


def _whole(element: Any | None, otherwise: int, attribute: str = "val") -> int:
    try:
        return int(float(element.get(W + attribute))) if element is not None else otherwise
    except (TypeError, ValueError):
        return otherwise
