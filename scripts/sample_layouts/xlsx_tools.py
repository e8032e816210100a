"""Excel sheets as schools make them: title rows above the header, merged cells, hidden rows, dates and amounts as numbers."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from .grid import Row, placed
from .packing import settled

_THIN = Side(style="thin")


def new(sheet: str) -> Workbook:
    book = Workbook()
    book.active.title = sheet
    book.properties.creator = "Cải Tiến"
    book.properties.created = dt.datetime(2026, 1, 1)
    return book


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return settled(buffer.getvalue())


def line(sheet: Any, row: int, column: int, text: str, *, until: int | None = None, bold: bool = False) -> None:
    """One line of text, merged to column `until`."""
    sheet.cell(row, column, text).font = Font(name="Times New Roman", bold=bold)
    if until:
        sheet.merge_cells(start_row=row, start_column=column, end_row=row, end_column=until)
        sheet.cell(row, column).alignment = Alignment(horizontal="center", wrap_text=True)


def table(
    sheet: Any, rows: Sequence[Row], top: int, left: int = 1, *, widths: Sequence[float] = (), bordered: bool = True
) -> int:
    """Write the rows from (top, left); returns the first row below."""
    cells, _ = placed(rows)
    for r, c, cell in cells:
        place = sheet.cell(top + r, left + c)
        place.value = cell.value if cell.value is not None else ("\n".join(cell.paragraphs) or None)
        if cell.number_format:
            place.number_format = cell.number_format
        place.font = Font(name="Times New Roman", size=11, bold=cell.bold)
        place.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center" if cell.centred else None)
        if bordered:
            place.border = Border(_THIN, _THIN, _THIN, _THIN)
        if cell.rowspan > 1 or cell.colspan > 1:
            sheet.merge_cells(
                start_row=top + r,
                start_column=left + c,
                end_row=top + r + cell.rowspan - 1,
                end_column=left + c + cell.colspan - 1,
            )
    for i, width in enumerate(widths):
        sheet.column_dimensions[get_column_letter(left + i)].width = width
    return top + len(rows)
