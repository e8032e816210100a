"""Word documents as schools type them: letterhead as a table without borders, tables with merged cells, signature blocks."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from .grid import C, Row, placed
from .packing import settled


def new(*, landscape: bool = False, size: float = 13) -> Any:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(size)
    style.paragraph_format.space_after = Pt(4)
    return document


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.core_properties.author = "Cải Tiến"
    document.save(buffer)
    return settled(buffer.getvalue())


def letterhead(document: Any, left: Sequence[str], right: Sequence[str]) -> None:
    """Two columns without borders: who issues, and the national title."""
    table = document.add_table(rows=1, cols=2)
    for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
        cell.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)
        for i, paragraph in enumerate(cell.paragraphs):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            for run in paragraph.runs:
                run.bold = i == 1 or cell is table.rows[0].cells[1]


def para(
    document: Any,
    text: str,
    *,
    bold: bool = False,
    centred: bool = False,
    italic: bool = False,
    style: str | None = None,
) -> None:
    paragraph = document.add_paragraph(style=style)
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def title(document: Any, *lines: str) -> None:
    for line in lines:
        para(document, line, bold=True, centred=True)


def table(
    document: Any,
    rows: Sequence[Row],
    widths: Sequence[float] | None = None,
    *,
    headers: int = 1,
    size: float = 10,
) -> Any:
    """A ruled table; the first `headers` rows are repeated by Word on every page."""
    cells, width = placed(rows)
    grid = document.add_table(rows=len(rows), cols=width)
    grid.style = "Table Grid"
    grid.autofit = False
    places = [list(r.cells) for r in grid.rows]
    for r, c, cell in cells:
        place = places[r][c]
        if cell.rowspan > 1 or cell.colspan > 1:
            place = place.merge(places[r + cell.rowspan - 1][c + cell.colspan - 1])
        _fill(place, cell, size)
    for i in range(headers):
        properties = grid.rows[i]._tr.get_or_add_trPr()
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        properties.append(mark)
    if widths:
        for column, cm in enumerate(widths):
            grid.columns[column].width = Cm(cm)
            for cell_ in grid.columns[column].cells:
                cell_.width = Cm(cm)
    document.add_paragraph("")
    return grid


def signature(document: Any, left: Sequence[str], right: Sequence[str]) -> None:
    """Recipients on the left, the signer on the right, in a table without borders."""
    block = document.add_table(rows=1, cols=2)
    for cell, lines in zip(block.rows[0].cells, (left, right), strict=True):
        cell.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)
    for paragraph in block.rows[0].cells[1].paragraphs:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _fill(place: Any, cell: C, size: float) -> None:
    style = {"bullet": "List Bullet", "number": "List Number"}.get(cell.bullets or "")
    lines = cell.paragraphs
    if cell.soft:
        paragraph = place.paragraphs[0]
        for i, line in enumerate(lines):
            run = paragraph.add_run(line)
            run.font.size = Pt(size)
            run.bold = cell.bold
            if i < len(lines) - 1:
                run.add_break()
        return
    for i, line in enumerate(lines):
        paragraph = place.paragraphs[0] if i == 0 else place.add_paragraph()
        if style:
            paragraph.style = style
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(line)
        run.font.size = Pt(size)
        run.bold = cell.bold
        if cell.centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
