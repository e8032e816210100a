"""Small Word files with one table, drawn by the tests: rows of texts, a wider cell as (text, columns, rows)."""

from __future__ import annotations

import io

from caitien.plan.model import ImprovementPlan
from caitien.reading import read_plan

DrawnCell = str | tuple[str, int, int]


def word_file(rows: list[list[DrawnCell]], *above: str) -> bytes:
    """A DOCX of paragraphs and one table; "" is an empty cell, a cell under a taller one is left out."""
    from docx import Document

    places: dict[tuple[int, int], tuple[str, int, int]] = {}
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        column = 0
        for cell in row:
            text, wide, tall = cell if isinstance(cell, tuple) else (cell, 1, 1)
            while (r, column) in taken:
                column += 1
            places[r, column] = (text, wide, tall)
            taken |= {(r + i, column + j) for i in range(tall) for j in range(wide)}
    document = Document()
    for text in above:
        document.add_paragraph(text)
    table = document.add_table(len(rows), 1 + max(column for _, column in taken), "Table Grid")
    for (r, c), (text, wide, tall) in places.items():
        drawn = table.cell(r, c)
        if wide > 1 or tall > 1:
            drawn = drawn.merge(table.cell(r + tall - 1, c + wide - 1))
        drawn.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def plan_of(rows: list[list[DrawnCell]], *above: str) -> ImprovementPlan:
    """What is read of such a file of the school year 2025-2026."""
    title = "KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG NĂM HỌC 2025-2026"
    return read_plan(word_file(rows, title, *above), "ke-hoach.docx").plan
