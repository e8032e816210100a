"""School data as a workbook that comes back: a sheet a table, headings protected, computed cells grey.

Text is never a formula. What a cell is stands in hidden cells (`caitien.assessment.tables_sheets`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from caitien.assessment.model import TableData
from caitien.assessment.tables_filling import Cell, Filled, filled
from caitien.assessment.tables_model import SchoolTables, Table, TableRow
from caitien.assessment.tables_sheets import (
    AS_OF,
    COLUMNS,
    COMPUTED,
    GUIDE,
    SOURCE,
    computed_key,
    day_shown,
    sheet_key,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FACE = "Times New Roman"
GREY, PALE = "EDEDED", "F7F7F7"
MARKS = {
    "confirmed": "hai nguồn", "single": "một nguồn", "inferred": "suy ra", "recalled": "chưa đối chiếu",
    "gap": "chưa biết mẫu", "proposed": "đề xuất", "conflict": "nguồn khác nhau",
}  # fmt: skip
HOW = (
    "Mỗi bảng là một trang tính. Chỉ ghi vào các ô trắng; ô xám được tính khi nhập lại tệp, không cần sửa.",
    "Ô chưa có số thì để trống; “0” nghĩa là không có. Số thập phân dùng dấu phẩy: 12,5. Tỉ lệ ghi 98,5 (không cần %).",
    "Được đổi tên trang tính, chèn dòng; không xóa cột A và các dòng đang ẩn, vì đó là chỗ phần mềm nhận ra từng ô.",
    "Nộp lại tệp này vào phần mềm: mỗi ô trở về đúng chỗ; chỗ nào không đọc được sẽ được nêu ra, không mất gì.",
)
_FORMULA = re.compile(r"^\s*[=+\-@]")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")


def tables_workbook(
    tables: SchoolTables,
    school_year: str,
    data: Sequence[TableData],
    school: str = "",
    stamps: Mapping[str, str] | None = None,
) -> bytes:
    """An XLSX with a sheet for each table of a school year. `school`: the name over each. Raises ValueError: no school year.

    `stamps`: by table, what the reader is told again (`TablesRead.stamps`), to know which numbers the file began from.
    """
    from openpyxl import Workbook

    sheet = filled(tables, school_year, data)
    book = Workbook()
    book.remove(book.worksheets[0])
    _guide(book.create_sheet("Hướng dẫn"), tables, school_year, school)
    for table in tables.tables:
        name = f"{table.number} {table.title}" if table.number else table.title
        _table_sheet(
            book.create_sheet(_sheet_name(name, book.sheetnames)),
            sheet,
            table,
            school,
            (stamps or {}).get(table.id, ""),
        )
    if len(book.worksheets) > 1:
        book.active = 1
    book.properties.title = f"{tables.title}, năm học {school_year}"
    book.properties.creator = school
    book.properties.language = "vi-VN"
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _guide(sheet: Worksheet, tables: SchoolTables, school_year: str, school: str) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.column_dimensions["A"].hidden = True
    sheet.column_dimensions["B"].width = 110
    _text(sheet.cell(1, 1), sheet_key(GUIDE, school_year))
    lines = [school, f"{tables.title}, năm học {school_year}", f"Theo {tables.source}", *HOW]
    if tables.note:
        lines.append(f"Lưu ý: {tables.note}")
    for r, line in enumerate(filter(None, lines), start=1):
        cell = sheet.cell(r, 2)
        _text(cell, line)
        cell.font = Font(name=FACE, size=13 if r <= 2 else 12, bold=r <= 2)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.sheet_properties.tabColor = "999999"


def _table_sheet(sheet: Worksheet, values: Filled, table: Table, school: str, stamp: str) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    columns = values.columns(table)
    first, last = 4, 3 + len(columns)  # A keys, B TT, C name, then the numbers
    _text(sheet.cell(1, 1), sheet_key(table.id, values.school_year, stamp))
    title = f"{table.number}. {table.title}" if table.number else table.title
    source = f"{table.where} ({MARKS[table.mark]})" + (f". {table.note}" if table.note else "")
    for r, (line, size) in enumerate(((school or " ", 11), (title, 14), (source, 10)), start=1):
        cell = sheet.cell(r, 2)
        _text(cell, line)
        cell.font = Font(name=FACE, size=size, bold=size == 14, italic=size == 10)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.merge_cells(start_row=r, end_row=r, start_column=2, end_column=max(last, 6))
    sheet.row_dimensions[2].height = 36 if len(title) > 60 else 20
    sheet.row_dimensions[3].height = 15 * (1 + len(source) // 95)
    own = values.data.get(table.id) or TableData(table=table.id)
    for r, key, label, text in (
        (4, AS_OF, "Số liệu tính đến ngày", day_shown(own.as_of)),
        (5, SOURCE, "Nguồn số liệu", own.source or ""),
    ):
        _text(sheet.cell(r, 1), key)
        _text(sheet.cell(r, 3), label)
        sheet.cell(r, 3).font = Font(name=FACE, size=11)
        _input(sheet.cell(r, first), text=text)
    head = _headings(sheet, table, columns, 7)
    _text(sheet.cell(head + 1, 1), COLUMNS)
    for n, column in enumerate(columns):
        _text(sheet.cell(head + 1, first + n), column)
    _text(sheet.cell(head + 1, last + 1), COMPUTED)
    sheet.row_dimensions[head + 1].hidden = True
    for r, row in enumerate(table.rows, start=head + 2):
        _row(sheet, r, values, table, row, columns)
    sheet.column_dimensions["A"].hidden = True
    sheet.column_dimensions["B"].width = 6
    sheet.column_dimensions["C"].width = 52
    for n in range(len(columns)):
        sheet.column_dimensions[get_column_letter(first + n)].width = 40 if len(columns) == 1 else 15
    sheet.column_dimensions[get_column_letter(last + 1)].hidden = True
    sheet.freeze_panes = sheet.cell(head + 2, first).coordinate
    _protect(sheet)
    _print_setup(sheet, f"{7}:{head}", f"B1:{get_column_letter(last)}{head + 1 + len(table.rows)}")


def _headings(sheet: Worksheet, table: Table, columns: Sequence[str], top: int) -> int:
    """Headings of the columns, on two lines when some stand in a group; the last line."""
    groups = {column.id: column.group for column in table.columns}
    titles = {column.id: column.title for column in table.columns}
    bottom = top + 1 if any(groups.values()) else top
    for c, words in ((2, "TT"), (3, table.first)):
        _heading(sheet, top, c, words)
        if bottom > top:
            sheet.merge_cells(start_row=top, end_row=bottom, start_column=c, end_column=c)
    begun: dict[str, int] = {}
    for c, column in enumerate(columns, start=4):
        words = f"Năm học {column}" if table.by_year else titles[column]
        group = groups.get(column)
        if group is None:
            _heading(sheet, top, c, words)
            if bottom > top:
                sheet.merge_cells(start_row=top, end_row=bottom, start_column=c, end_column=c)
            continue
        _heading(sheet, bottom, c, words)
        _heading(sheet, top, c, group if group not in begun else "")
        begun.setdefault(group, c)
        is_last = c - 3 == len(columns) or groups.get(columns[c - 3]) != group
        if is_last and c > begun[group]:
            sheet.merge_cells(start_row=top, end_row=top, start_column=begun[group], end_column=c)
    return bottom


def _heading(sheet: Worksheet, row: int, column: int, words: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = sheet.cell(row, column)
    if words:
        _text(cell, words)
    cell.font = Font(name=FACE, size=11, bold=True)
    cell.fill = PatternFill("solid", fgColor=GREY)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = _border()


def _row(sheet: Worksheet, r: int, values: Filled, table: Table, row: TableRow, columns: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Font

    is_sum = bool(row.sum_of)
    _text(sheet.cell(r, 1), row.id)
    unit = f" ({row.unit})" if row.unit and row.kind in ("percent", "decimal") else ""
    for c, words in ((2, row.number or ""), (3, f"{row.title}{unit}")):
        cell = sheet.cell(r, c)
        _text(cell, words)
        cell.font = Font(name=FACE, size=11, bold=is_sum or not row.depth)
        cell.alignment = Alignment(
            horizontal="center" if c == 2 else "left",
            vertical="center",
            wrap_text=True,
            indent=row.depth if c == 3 else 0,
        )
        cell.border = _border()
    computed: dict[str, int | float] = {}
    for c, column in enumerate(columns, start=4):
        found = values.cell(table.id, row.id, column)
        if found.value is not None and found.origin != "typed" and not found.text:
            computed[column] = found.value
        _number(sheet.cell(r, c), found, row, follows=bool(row.sum_of or row.quotient))
    if computed:
        _text(sheet.cell(r, 4 + len(columns)), computed_key(computed))


def _number(cell: Any, found: Cell, row: TableRow, *, follows: bool) -> None:
    from openpyxl.styles import PatternFill

    is_computed = follows or found.origin in ("sum", "quotient", "same")
    if row.kind == "flag" and found.value in (0, 1):
        _input(cell, text="Có" if found.value else "Không")
    elif found.text and found.origin != "typed":
        _input(cell, text=found.text)
    else:
        _input(cell, number=found.value)
        if row.kind == "integer":
            whole = found.value is None or found.value == int(found.value)
            cell.number_format = "#,##0" if whole else "General"
    if is_computed:
        cell.fill = PatternFill("solid", fgColor=GREY)


def _input(cell: Any, *, number: int | float | None = None, text: str = "") -> None:
    """A cell to be filled in: not locked."""
    from openpyxl.styles import Alignment, Font, Protection

    if number is not None:
        cell.value = number
    elif text:
        _text(cell, text)
    cell.font = Font(name=FACE, size=11)
    cell.alignment = Alignment(horizontal="left" if text else "right", vertical="center", wrap_text=True)
    cell.protection = Protection(locked=False)
    cell.border = _border()


def _border() -> Any:
    from openpyxl.styles import Border, Side

    thin = Side(style="thin", color="999999")
    return Border(left=thin, right=thin, top=thin, bottom=thin)


def _protect(sheet: Worksheet) -> None:
    """Headings cannot be written over by accident; there is no password, and rows may be put in."""
    sheet.protection.sheet = True
    sheet.protection.insertRows = False  # False: not forbidden
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    sheet.protection.formatCells = False


def _print_setup(sheet: Worksheet, titles: str, area: str) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = titles
    sheet.print_area = area


def _text(cell: Any, text: str) -> None:
    """Text as text, whatever it begins with."""
    clean = _ESCAPE.sub("_x005F_", _ILLEGAL.sub("", text))[:32_767]
    if not clean:
        return
    cell.value = clean
    cell.data_type = "s"
    if _FORMULA.match(clean):
        cell.quotePrefix = True


def _sheet_name(name: str, taken: Sequence[str]) -> str:
    base = _NOT_IN_SHEET_NAMES.sub(" ", name)[:31].strip().strip("'") or "Bảng"
    made, n = base, 2
    while made.casefold() in {other.casefold() for other in taken}:
        made, n = f"{base[:28]} {n}", n + 1
    return made
