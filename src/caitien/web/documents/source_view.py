"""What stands in the file where a row came from: a part of the table with the row marked, or a page with rectangles.

Values in (the source document as JSON, a provenance as JSON), values out, for the left half of the review page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from caitien.plan.text import squash
from caitien.reading.source import Box, Cell, SourceDocument, Table
from caitien.reading.source_json import source_from_json
from caitien.web.documents.fields import field_called

ROWS_AROUND = 4  # rows shown before and after the marked ones
HEAD_ROWS = 3  # rows of the table's head that are shown whatever row is marked
MOST_LOOSE_TEXT = 4000  # characters of text outside tables that are shown


@dataclass(frozen=True, slots=True)
class ShownCell:
    text: str
    rowspan: int
    colspan: int
    mark: str = ""  # "row", "cell", or nothing


@dataclass(frozen=True, slots=True)
class ShownRow:
    number: int  # 1 is the first of the table
    cells: tuple[ShownCell, ...]
    gap: bool = False  # rows were left out before this one


@dataclass(frozen=True, slots=True)
class TableView:
    """A part of a table. `title` is the sheet's name, when there is one."""

    rows: tuple[ShownRow, ...]
    title: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Rectangle:
    x: float
    y: float
    width: float
    height: float
    kind: str  # "cell" or "row"


@dataclass(frozen=True, slots=True)
class PageView:
    """A page of a PDF: its size in points, rectangles on it, and on which pages the row stands."""

    number: int
    count: int
    width: float
    height: float
    rectangles: tuple[Rectangle, ...] = ()
    pages_of_row: tuple[int, ...] = ()

    @property
    def before(self) -> int:
        return self.number - 1

    @property
    def after(self) -> int:
        return self.number + 1


def source_of(kept: dict[str, Any]) -> SourceDocument | None:
    """The source document that an import keeps as JSON; None when there is none or another version wrote it."""
    try:
        return source_from_json(json.dumps(kept))
    except (KeyError, ValueError, TypeError):
        return None


def with_duplicates(action: dict[str, Any]) -> dict[str, Any]:
    """The provenance of an action together with that of the duplicate rows that were set against it."""
    own = action.get("provenance") or {}
    rows, cells = list(own.get("rows") or []), {name: list(boxes) for name, boxes in (own.get("cells") or {}).items()}
    for alternative in action.get("alternatives") or []:
        other = alternative.get("provenance") or {}
        if other.get("table") == own.get("table"):
            rows += other.get("rows") or []
        for name, boxes in (other.get("cells") or {}).items():
            cells.setdefault(name, []).extend(boxes)
    return own | {"rows": sorted(set(rows)), "cells": cells}


def table_view(
    source: SourceDocument, provenance: dict[str, Any], name: str | None = None, words: str = ""
) -> TableView | None:
    """The part of the table around a row, its row marked, and the cell of the field `name` marked more strongly.

    `words`: what was read for that field; it finds the cell in files whose cells have no place on a page.
    """
    number, found = provenance.get("table"), list(source.tables())
    if number is None or number >= len(found):
        return None
    table = found[number]
    marked = set(provenance.get("rows") or [])
    columns = _columns_of(table, provenance, name, words) if name else set()
    shown = _rows_to_show(table.row_count, marked)
    by_row: dict[int, list[Cell]] = {}
    for cell in table.cells:  # a merged cell stands in the first of its rows that is shown
        covered = range(cell.row, cell.row + cell.rowspan)
        if (first := next((row for row in shown if row in covered), None)) is not None:
            by_row.setdefault(first, []).append(cell)
    rows, before = [], -1
    for row in shown:
        cells = [_shown(cell, shown, marked, columns) for cell in sorted(by_row.get(row, []), key=lambda c: c.column)]
        rows.append(ShownRow(row + 1, tuple(cells), gap=row != before + 1))
        before = row
    return TableView(tuple(rows), table.title, provenance.get("page"))


def page_view(
    source: SourceDocument, provenance: dict[str, Any], name: str | None, wanted: int | None
) -> PageView | None:
    """The page of a PDF where a row (or its field `name`) stands; `wanted` turns to another page."""
    if source.format != "pdf" or not source.page_sizes:
        return None
    boxes = list(_boxes(provenance, name))
    on_cell = [box["page"] for box, kind in boxes if kind == "cell"]
    number = wanted or (on_cell[0] if on_cell else provenance.get("page") or 1)
    number = min(max(1, number), len(source.page_sizes))
    width, height = source.page_sizes[number - 1]
    rectangles = tuple(
        Rectangle(
            round(b["x0"], 1), round(b["top"], 1), round(b["x1"] - b["x0"], 1), round(b["bottom"] - b["top"], 1), kind
        )
        for b, kind in boxes
        if b["page"] == number
    )
    pages = tuple(sorted({box["page"] for box, _ in boxes}))
    return PageView(number, len(source.page_sizes), width, height, rectangles, pages)


def text_view(source: SourceDocument, page: int | None) -> str:
    """The loose text of a page (None: of the file's beginning), for what stands in no table."""
    texts = [p.text for p in source.paragraphs() if page is None or p.page == page]
    return "\n".join(texts)[:MOST_LOOSE_TEXT]


def _rows_to_show(count: int, marked: set[int]) -> list[int]:
    if not marked:
        return list(range(min(count, HEAD_ROWS + 2 * ROWS_AROUND)))
    near = range(max(0, min(marked) - ROWS_AROUND), min(count, max(marked) + ROWS_AROUND + 1))
    return sorted({*range(min(count, HEAD_ROWS)), *near})


def _shown(cell: Cell, shown: list[int], marked: set[int], columns: set[int]) -> ShownCell:
    covered = range(cell.row, cell.row + cell.rowspan)
    rowspan = sum(1 for row in shown if row in covered)
    mark = ""
    if marked.intersection(covered):
        mark = "cell" if columns.intersection(range(cell.column, cell.column + cell.colspan)) else "row"
    return ShownCell(cell.text, max(1, rowspan), cell.colspan, mark)


def _columns_of(table: Table, provenance: dict[str, Any], name: str, words: str) -> set[int]:
    """The columns of a field: those whose cells stand where provenance says the field's text stands."""
    wanted = [box for box, kind in _boxes(provenance, name) if kind == "cell"]
    rows = set(provenance.get("rows") or [])
    in_rows = [cell for cell in table.cells if cell.row in rows]
    columns = {cell.column for cell in in_rows if any(_meet(box, mine) for box in wanted for mine in cell.boxes)}
    if columns or not (said := squash(words)):
        return columns
    exact = {cell.column for cell in in_rows if squash(cell.text) == said}
    return exact or {cell.column for cell in in_rows if said in squash(cell.text)}


def _boxes(provenance: dict[str, Any], name: str | None) -> Iterator[tuple[dict[str, Any], str]]:
    """Every box of a row with its kind; the cells of the field asked about come last, so that they are drawn on top."""
    cells = provenance.get("cells") or {}
    for wanted in (False, True):
        for place, boxes in cells.items():
            is_cell = name is not None and field_called(place) == name
            if is_cell == wanted:
                yield from ((box, "cell" if is_cell else "row") for box in boxes)


def _meet(one: dict[str, Any], other: Box) -> bool:
    return (
        one["page"] == other.page
        and min(one["x1"], other.x1) - max(one["x0"], other.x0) > 1
        and min(one["bottom"], other.bottom) - max(one["top"], other.top) > 1
    )
