"""XLSX from the document tree: each table on a sheet of its own, the plan first, the text of the document on the last.

Text is never a formula: what begins with "=", "+", "-", "@" or a tab is stored as text and marked so (OWASP, CSV injection),
so that it stays text when someone edits the cell.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from caitien.writing.document import Cell, Document, Letterhead, Table, Title, plain_lines, text_width
from caitien.writing.grid import place
from caitien.writing.layout import share

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FACE = "Times New Roman"
MONEY_FORMAT = "#,##0"
MM_PER_CHARACTER = 1.95  # Excel counts a column's width in digits of its standard letter
MOST_CHARACTERS = 32_767  # of a cell: https://support.microsoft.com "Excel specifications and limits"
TEXT_SHEET = "Thuyết minh"
_FORMULA = re.compile(r"^\s*[=+\-@]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")


def render(document: Document) -> bytes:
    """The document as an XLSX file."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    tables = sorted(document.tables(), key=lambda table: not table.main)
    for table in tables:
        _table_sheet(book.create_sheet(_sheet_name(table.name, book.sheetnames)), document, table)
    _text_sheet(book.create_sheet(_sheet_name(TEXT_SHEET, book.sheetnames)), document)
    book.properties.title = document.title
    book.properties.subject = document.subject
    book.properties.creator = document.author
    book.properties.language = document.language
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _table_sheet(sheet: Worksheet, document: Document, table: Table) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    columns = len(table.widths)
    widths = share(text_width("landscape", document.margins), table.widths)
    for n, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = round(max(width / MM_PER_CHARACTER, 5), 1)
    top = _titles(sheet, document, table, columns)
    thin = Side(style="thin")
    border = Border(left=thin, right=thin, top=thin, bottom=thin)
    looks: dict[tuple[str, str, bool], tuple[Any, Any]] = {}
    for rows, first, is_header in ((table.header, top, True), (table.rows, top + len(table.header), False)):
        for r, line in enumerate(place(rows, columns), start=first):
            for placed in line:
                cell = placed.cell
                look = (cell.align, cell.valign, cell.bold or is_header)
                if look not in looks:
                    vertical = "center" if cell.valign == "middle" else "top"
                    horizontal = "left" if cell.align == "justify" else cell.align
                    looks[look] = (
                        Font(name=FACE, size=11, bold=look[2]),
                        Alignment(horizontal=horizontal, vertical=vertical, wrap_text=True),
                    )
                font, alignment = looks[look]
                for c in range(placed.column + 1, placed.column + placed.colspan + 1):
                    target = sheet.cell(r, c)
                    target.border, target.font, target.alignment = border, font, alignment
                if not placed.part:
                    _put(sheet, r, placed.column + 1, cell)
                    if placed.rowspan > 1 or placed.colspan > 1:
                        sheet.merge_cells(
                            start_row=r,
                            end_row=r + placed.rowspan - 1,
                            start_column=placed.column + 1,
                            end_column=placed.column + placed.colspan,
                        )
    last = top + len(table.header) + len(table.rows) - 1
    letter = get_column_letter(columns)
    sheet.freeze_panes = f"A{top + len(table.header)}"
    sheet.auto_filter.ref = f"A{top + len(table.header) - 1}:{letter}{last}"
    _print_setup(sheet, document)
    sheet.print_title_rows = f"{top}:{top + len(table.header) - 1}"
    sheet.print_area = f"A1:{letter}{last}"


def _titles(sheet: Worksheet, document: Document, table: Table, columns: int) -> int:
    """Who issues it, what it is, above the table; the row where the table begins (1 is the first)."""
    from openpyxl.styles import Alignment, Font

    lines: list[tuple[str, int, str]] = []
    for block in document.blocks:
        if isinstance(block, Letterhead):
            lines.append((block.issuer, 12, "left"))
        if isinstance(block, Title):
            lines.append((f"{block.kind} {block.subject}".replace("\n", " "), 14, "center"))
    if not table.main:
        lines.append((table.name, 12, "center"))
    for r, (text, size, align) in enumerate(lines, start=1):
        target = sheet.cell(r, 1)
        _put_text(target, text)
        target.font = Font(name=FACE, size=size, bold=True)
        target.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
        sheet.merge_cells(start_row=r, end_row=r, start_column=1, end_column=columns)
        sheet.row_dimensions[r].height = 22
    return len(lines) + 2


def _text_sheet(sheet: Worksheet, document: Document) -> None:
    """The words around the tables, a line a row."""
    from openpyxl.styles import Alignment, Font

    without_tables = Document(document.title, tuple(b for b in document.blocks if not isinstance(b, Table)))
    sheet.column_dimensions["A"].width = 110
    for r, line in enumerate((text for text in plain_lines(without_tables) if text), start=1):
        target = sheet.cell(r, 1)
        _put_text(target, line)
        target.font = Font(name=FACE, size=12)
        target.alignment = Alignment(vertical="top", wrap_text=True)
    _print_setup(sheet, document)


def _print_setup(sheet: Worksheet, document: Document) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = document.margins
    sheet.page_margins.left, sheet.page_margins.right = margins.left / 25.4, margins.right / 25.4
    sheet.page_margins.top, sheet.page_margins.bottom = margins.top / 25.4, margins.bottom / 25.4


def _put(sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
    target = sheet.cell(row, column)
    if cell.number is not None:
        target.value = cell.number
        target.number_format = MONEY_FORMAT
    elif cell.text.isdecimal() and cell.text.isascii() and len(cell.text) < 6 and str(int(cell.text)) == cell.text:
        target.value = int(cell.text)
    elif cell.text:
        _put_text(target, cell.text)


def _put_text(target: Any, text: str) -> None:
    """Text as text, whatever it begins with."""
    if len(text) > MOST_CHARACTERS:
        text = text[: MOST_CHARACTERS - 1] + "…"
    target.value = text
    target.data_type = "s"
    if _FORMULA.match(text):
        target.quotePrefix = True


def _sheet_name(name: str, taken: list[str]) -> str:
    """A name that Excel takes: at most 31 characters, none of []:*?/\\, not used yet."""
    base = _NOT_IN_SHEET_NAMES.sub(" ", name)[:31].strip() or "Trang"
    made, n = base, 2
    while made in taken:
        made, n = f"{base[:28]} {n}", n + 1
    return made
