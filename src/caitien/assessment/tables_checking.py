"""School data checked: what is missing, absurd, or does not agree with other numbers is a finding.

Numbers warn, they never decide (Điều 27 khoản 4,
Thông tư 57/2026).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from caitien.assessment.findings import Finding, Place
from caitien.assessment.model import TableData
from caitien.assessment.tables_filling import Cell, Filled, Number, filled, total
from caitien.assessment.tables_loading import parted
from caitien.assessment.tables_model import SchoolTables, Table, TableRow
from caitien.assessment.tables_numbers import shown, typed
from caitien.plan.days import last_day
from caitien.plan.model import Severity

_Said = Callable[[str, Severity, str], Finding]

ROUNDED_PERCENT = 0.5  # a typed share may be rounded to whole percents
MOST = 1_000_000  # of anything a school counts
JUMP, JUMP_FROM = 3.0, 20  # a number that is three times last year's, or a third of it, is asked about


def slack(row: TableRow, computed: Number) -> float:
    """How far a typed number may be from the computed one: nothing for counts, what rounding does for shares."""
    if row.kind == "percent":
        return ROUNDED_PERCENT
    return 0.05 * abs(computed) + 0.005 if row.kind == "decimal" else 0


def table_findings(tables: SchoolTables, school_year: str, data: Sequence[TableData]) -> list[Finding]:
    """What is doubtful in the numbers, table by table, row by row."""
    sheet = filled(tables, school_year, data)
    found: list[Finding] = []
    if not tables.known:
        found.append(Finding("tables-not-known", "hint", f"{tables.title}: {tables.note or tables.source}"))
    found += _strangers(sheet)
    for table in tables.tables:
        own = sheet.data.get(table.id)
        if own is None or not (own.cells or own.texts):
            found.append(_at("table-empty", "hint", table, None, None, f"Bảng {_name(table)} chưa có số liệu nào."))
            continue
        found += _row_findings(sheet, table)
        found += _limit_findings(sheet, table)
        found += _date_findings(sheet, table, own)
    return found


def _row_findings(sheet: Filled, table: Table) -> Iterator[Finding]:
    columns = sheet.columns(table)
    started = {c for c in columns if any(sheet.cell(table.id, row.id, c).origin == "typed" for row in table.rows)}
    for row in table.rows:
        missing = []
        for column in columns:
            cell = sheet.cell(table.id, row.id, column)
            if cell.value is None and not cell.text:
                if not row.optional and row.kind != "flag" and not _is_computed(row) and (column in started):
                    missing.append(column if table.by_year else _column(sheet, table, column))
                continue
            yield from _cell_findings(sheet, table, row, column, cell)
        if missing and table.by_year:
            said = f"{_place(table, row)}: chưa có số của năm học {', '.join(missing)}."
            yield _at("number-missing", "hint", table, row, None, said)
        elif missing:
            yield _at(
                "number-missing", "hint", table, row, None, f"{_place(table, row)}: chưa ghi {', '.join(missing)}."
            )
        yield from _jumps(sheet, table, row)


def _cell_findings(sheet: Filled, table: Table, row: TableRow, column: str, cell: Cell) -> Iterator[Finding]:
    where = f"{_place(table, row)}, {_column(sheet, table, column)}"

    def said(rule: str, severity: Severity, words: str) -> Finding:
        return _at(rule, severity, table, row, column, f"{where}: {words}.")

    if row.kind == "text":
        if cell.text and typed(cell.text, row).doubt:
            yield said("not-a-number", "warning", typed(cell.text, row).doubt or "")
        return
    if cell.text:
        doubt = typed(cell.text, row).doubt
        if doubt:
            yield said("not-a-number", "warning", f"“{cell.text[:60]}” {doubt}; hãy ghi lại")
    value = cell.value
    if value is None:
        return
    number = shown(value, row.kind)
    if value < 0:
        yield said("negative", "error", f"{number} là số âm")
        return
    if row.kind == "flag" and value not in (0, 1):
        yield said("not-a-flag", "warning", f"{number} không phải Có (1) hay Không (0)")
        return
    if row.kind == "integer" and value != int(value):
        yield said("not-whole", "warning", f"{number} không phải số nguyên{_thousand(value)}")
        return
    most = 100 if row.kind == "percent" else MOST
    if value > most:
        what = "tỉ lệ không thể quá 100%" if row.kind == "percent" else "số quá lớn, hãy xem lại"
        yield said("too-much", "error", f"{number}: {what}")
    elif row.usual and not row.usual[0] <= value <= row.usual[1]:
        low, high = (shown(bound) for bound in row.usual)
        yield said("unusual", "warning", f"{number} khác thường (thường từ {low} đến {high}); hãy xem lại")
    if cell.differs and abs((cell.computed or 0) - value) > slack(row, cell.computed or 0):
        how = {"sum": "cộng các phần", "quotient": "tính từ các số khác", "same": "số đã ghi ở bảng khác"}
        origin = sheet.computed(table, row, column)[1]
        yield said(
            f"{origin}-differs",
            "warning",
            f"đã ghi {number} nhưng {how.get(origin, 'tính lại')} là {shown(cell.computed, row.kind)}; hãy sửa một trong hai",
        )
    yield from _half_sums(sheet, table, row, column, value, said)
    for reference in row.at_most:
        other = sheet.at(reference, table.id, column)
        if other is not None and value > other:
            yield said("more-than", "warning", f"{number} lớn hơn {_named(sheet, reference, table)} ({shown(other)})")
    line = next((line for line in table.columns if line.id == column), None)
    for name in line.at_most if line else ():
        other = sheet.cell(table.id, row.id, name).value
        if other is not None and value > other:
            yield said("more-than", "warning", f"{number} lớn hơn {_column(sheet, table, name)} ({shown(other)})")


def _half_sums(
    sheet: Filled, table: Table, row: TableRow, column: str, value: Number, said: _Said
) -> Iterator[Finding]:
    """A typed total whose known parts are already more, while some part is not known."""
    parts = [sheet.at(reference, table.id, column) for reference in row.sum_of]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) and sum(known) > value:
        yield said(
            "sum-differs", "warning", f"đã ghi {shown(value)} nhưng riêng các phần đã có là {shown(total(known))}"
        )


def _limit_findings(sheet: Filled, table: Table) -> Iterator[Finding]:
    for limit in table.limits:
        lines: Sequence[tuple[str, str]]
        if limit.axis == "rows":
            lines = [("", column) for column in sheet.columns(table)]
        else:
            lines = [(row.id, "") for row in table.rows if row.kind not in ("text", "flag")]
        for row, column in lines:
            parts = [_across(sheet, table, row, column, part) for part in limit.sum_of]
            known = [part for part in parts if part is not None]
            bound = limit.at_most
            most = bound if isinstance(bound, int | float) else _across(sheet, table, row, column, bound)
            loose = ROUNDED_PERCENT if isinstance(bound, int | float) else 0
            if most is None or not known or sum(known) <= most + loose:
                continue
            line = next((r for r in table.rows if r.id == row), None)
            where = _place(table, line) if line else f"Bảng {_name(table)}, {_column(sheet, table, column)}"
            said = f"{where}: {limit.said} cộng lại là {shown(total(known))}, quá {shown(most)}."
            yield _at("more-than", "warning", table, line, column or None, said)


def _across(sheet: Filled, table: Table, row: str, column: str, other: str) -> Number | None:
    return sheet.cell(table.id, row or other, column or other).value


def _jumps(sheet: Filled, table: Table, row: TableRow) -> Iterator[Finding]:
    """A count that is three times that of the year before, or a third: a slip of the finger, or worth a word."""
    if not table.by_year or row.kind != "integer" or row.sum_of:
        return
    columns = sheet.columns(table)
    for before, now in pairwise(columns):
        old, new = sheet.cell(table.id, row.id, before).value, sheet.cell(table.id, row.id, now).value
        if old is None or new is None or max(old, new) < JUMP_FROM or min(old, new) < 0:
            continue
        if new > JUMP * old or old > JUMP * new:
            yield _at(
                "sudden-change",
                "hint",
                table,
                row,
                now,
                f"{_place(table, row)}: từ {shown(old)} ({before}) thành {shown(new)} ({now}); hãy xem lại có gõ nhầm không.",
            )


def _date_findings(sheet: Filled, table: Table, own: TableData) -> Iterator[Finding]:
    if own.as_of is not None and (len(own.as_of) < 10 or last_day(own.as_of) is None):
        said = f"Bảng {_name(table)}: “{own.as_of[:40]}” không phải ngày lấy số liệu; hãy ghi ngày/tháng/năm."
        yield _at("no-date", "warning", table, None, None, said)
    elif not table.by_year and table.carry == "keep" and any(own.cells.values()):
        day = last_day(own.as_of)
        start = int(sheet.school_year[:4])
        if day is not None and (day.year, day.month) < (start, 7):
            said = (
                f"Bảng {_name(table)}: số liệu ngày {day.day:02d}/{day.month:02d}/{day.year}, "
                f"trước năm học {sheet.school_year}; hãy cập nhật."
            )
            yield _at("old-numbers", "warning", table, None, None, said)


def _strangers(sheet: Filled) -> Iterator[Finding]:
    """Numbers in tables, rows and columns that the form does not have: kept, not printed."""
    for name, own in sheet.data.items():
        table = sheet.tables.table(name)
        if table is None:
            yield Finding(
                "not-in-form", "warning", f"Bảng “{name}” không có trong mẫu nên không được in ra.", Place(table=name)
            )
            continue
        rows = {row.id for row in table.rows}
        columns = set(sheet.columns(table))
        for row in dict.fromkeys([*own.cells, *own.texts]):
            values = {**own.cells.get(row, {}), **own.texts.get(row, {})}
            if row not in rows:
                said = f"Bảng {_name(table)}: dòng “{row}” không có trong mẫu nên không được in ra."
                yield Finding("not-in-form", "warning", said, Place(table=name, row=row))
                continue
            for column in values:
                if column not in columns and not (table.by_year and _is_year(column)):
                    said = f"Bảng {_name(table)}: cột “{column}” không có trong mẫu nên không được in ra."
                    yield Finding("not-in-form", "warning", said, Place(table=name, row=row, column=column))


def _is_year(column: str) -> bool:
    first, dash, second = column.partition("-")
    return bool(dash) and first.isdecimal() and second.isdecimal() and int(second) == int(first) + 1


def _is_computed(row: TableRow) -> bool:
    return bool(row.sum_of or row.quotient or (row.same_as and row.same_as.column is None))


def _thousand(value: Number) -> str:
    """Excel set to English reads "1.234" as 1.234."""
    thousand = round(value * 1000)
    is_slip = isinstance(value, float) and 1 <= value < 1000 and abs(value * 1000 - thousand) < 1e-6
    return f"; có phải là {shown(thousand)}?" if is_slip else ""


def _at(rule: str, severity: Severity, table: Table, row: TableRow | None, column: str | None, message: str) -> Finding:
    return Finding(rule, severity, message, Place(table=table.id, row=row.id if row else None, column=column))


def _name(table: Table) -> str:
    return f"{table.number} “{table.title}”" if table.number else f"“{table.title}”"


def _place(table: Table, row: TableRow) -> str:
    above = row.title
    if row.depth:
        at = table.rows.index(row)
        parent = next((r for r in reversed(table.rows[:at]) if r.depth < row.depth), None)
        above = f"{parent.title} – {row.title}" if parent else row.title
    return f"Bảng {table.number or table.title}, {above}"


def _column(sheet: Filled, table: Table, column: str) -> str:
    if table.by_year:
        return f"năm học {column}"
    return next((f"cột {line.title}" for line in table.columns if line.id == column), column)


def _named(sheet: Filled, reference: str, table: Table) -> str:
    other, line, _ = parted(reference, table.id)
    target = sheet.tables.table(other)
    row = next((row for row in target.rows if row.id == line), None) if target else None
    name = row.title if row else line
    return f"“{name}”" if other == table.id else f"“{name}” của bảng {target.number if target else other}"
