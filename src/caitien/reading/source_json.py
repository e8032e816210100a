"""A SourceDocument as compact JSON and back, so that a child process can read a file and hand over what it saw."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from caitien.reading.source import Block, Box, Cell, FileSignature, Paragraph, SourceDocument, Table


def source_to_json(document: SourceDocument) -> str:
    """Compact JSON text; what is at its default value is left out."""
    plain = {
        "format": document.format,
        "name": document.name,
        "pages": document.pages,
        "page_sizes": document.page_sizes,
        "wrapped": document.wrapped,
        "signatures": [asdict(s) for s in document.signatures],
        "notes": document.notes,
        "blocks": [_plain_block(b) for b in document.blocks],
    }
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def source_from_json(text: str) -> SourceDocument:
    """The document that `source_to_json` wrote. Raises ValueError or KeyError for anything else."""
    plain = json.loads(text)
    return SourceDocument(
        format=plain["format"],
        blocks=[_block(b) for b in plain["blocks"]],
        name=plain["name"],
        pages=plain["pages"],
        page_sizes=[(w, h) for w, h in plain["page_sizes"]],
        wrapped=plain["wrapped"],
        signatures=[FileSignature(**s) for s in plain["signatures"]],
        notes=plain["notes"],
    )


def _plain_block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        made: dict[str, Any] = {"text": block.text, "page": block.page}
        if block.box:
            made["box"] = _plain_box(block.box)
        if block.bold:
            made["bold"] = True
        if block.centred:
            made["centred"] = True
        return made
    return {
        "table": [block.row_count, block.column_count],
        "page": block.page,
        "continues": block.continues,
        "title": block.title,
        "cells": [_plain_cell(c) for c in block.cells],
        **({"doubts": {str(row): why for row, why in block.doubts.items()}} if block.doubts else {}),
    }


def _plain_cell(cell: Cell) -> list[Any]:
    """Row, column, text, spans, page; then only when there is any: boldness, number, boxes."""
    made: list[Any] = [cell.row, cell.column, cell.text, cell.rowspan, cell.colspan, cell.page]
    rest: list[Any] = [int(cell.bold), cell.number, [_plain_box(b) for b in cell.boxes]]
    while rest and (rest[-1] is None or rest[-1] == []):
        rest.pop()
    return made + rest


def _plain_box(box: Box) -> list[float]:
    return [box.page, box.x0, box.top, box.x1, box.bottom]


def _block(plain: dict[str, Any]) -> Block:
    if "table" not in plain:
        box = _box(plain["box"]) if "box" in plain else None
        return Paragraph(plain["text"], plain["page"], box, plain.get("bold", False), plain.get("centred", False))
    rows, columns = plain["table"]
    cells = [_cell(c) for c in plain["cells"]]
    doubts = {int(row): why for row, why in plain.get("doubts", {}).items()}
    return Table(rows, columns, cells, plain["page"], plain["continues"], plain["title"], doubts)


def _cell(plain: list[Any]) -> Cell:
    row, column, text, rowspan, colspan, page, *rest = plain
    bold = bool(rest and rest[0])
    number = rest[1] if len(rest) > 1 else None
    boxes = rest[2] if len(rest) > 2 else []
    return Cell(row, column, text, rowspan, colspan, page, [_box(b) for b in boxes], bold, number)


def _box(plain: list[float]) -> Box:
    return Box(int(plain[0]), *plain[1:])
