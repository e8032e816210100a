"""Viết: Biểu 2 với 30 mục."""

from __future__ import annotations

import io

from plan_value import big_plan
from timing import Figure, compared, paired_seconds

AIMS = {"pdf": "≤ 0,3 s", "docx": "≤ 0,5 s"}


def measure() -> dict[str, Figure]:
    """Time of Biểu 2 in each format; the alternative writes the same cells as one bare table."""
    from caitien import writing

    plan = big_plan()
    rows = [_cells(a) for a in plan.actions]
    figures: dict[str, Figure] = {}
    for extension, (against, bare) in BARE.items():
        ours, theirs = paired_seconds(
            lambda extension=extension: writing.write(plan, "tt57-bieu-2", extension),
            lambda bare=bare: bare(rows),
        )
        figures[f"viết {extension}"] = compared(ours, theirs, against, aim=AIMS.get(extension))
    return figures


def _cells(action: object) -> list[str]:
    values = [getattr(action, f) for f in ("number", "content", "objective", "measures", "indicators", "responsible")]
    return ["\n".join(v) if isinstance(v, list) else str(v) for v in values] + ["", "", "", ""]


def _docx(rows: list[list[str]]) -> bytes:
    import docx

    document = docx.Document()
    table = document.add_table(rows=len(rows), cols=10)
    for line, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, cells, strict=True):
            cell.text = text
    document.save(out := io.BytesIO())
    return out.getvalue()


def _pdf(rows: list[list[str]]) -> bytes:
    import json

    import typst

    cells = ", ".join(json.dumps(text, ensure_ascii=False) for row in rows for text in row)
    return bytes(typst.compile(f"#table(columns: 10, {cells})".encode()))


def _xlsx(rows: list[list[str]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(out := io.BytesIO())
    return out.getvalue()


BARE = {
    "docx": ("python-docx: một bảng trơn", _docx),
    "pdf": ("typst: một bảng trơn", _pdf),
    "xlsx": ("openpyxl: một bảng trơn", _xlsx),
}
