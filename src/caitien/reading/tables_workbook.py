"""A workbook of school data read back: each cell to its place, what does not fit said and kept.

Our own workbook is known by its hidden cells (`caitien.assessment.tables_sheets`), whatever its sheets are called by
now and wherever its lines stand. The file is bounded like every other that is read.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from caitien.assessment.findings import Finding, Place
from caitien.assessment.model import TableData
from caitien.assessment.tables_model import SchoolTables, Table, TableRow
from caitien.assessment.tables_numbers import Typed, typed
from caitien.assessment.tables_sheets import (
    AS_OF,
    COLUMNS,
    COMPUTED,
    GUIDE,
    SOURCE,
    day_read,
    read_computed_key,
    read_sheet_key,
)
from caitien.plan.text import one_space
from caitien.reading.formats.excel_sheet import S, Sheet, Value, looks, read_sheet
from caitien.reading.limits import DEFAULT_LIMITS, Limits, Watch
from caitien.reading.opening import read_bytes, sniff
from caitien.reading.package import Package
from caitien.reading.refusals import refuse

_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_Key = tuple[str, str, str]
MOST_SAID = 100  # findings of a sheet
MOST_NUMBER = 1e15  # beyond it a number of Excel is none that anybody counted


@dataclass(slots=True)
class TablesRead:
    """`data`: what the file holds. `seen`: the cells it has a place for, also empty ones. `findings`: what does not fit.

    `stamps`: by table, the school year and the stamp that its writer gave the sheet.
    """

    data: list[TableData] = field(default_factory=list)
    seen: set[_Key] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    stamps: dict[str, tuple[str, str]] = field(default_factory=dict)


def read_tables(
    source: Path | str | bytes, tables: SchoolTables, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> TablesRead:
    """The numbers in a workbook that `tables_workbook` wrote and people edited.

    Raises ReadingError for a file that is no XLSX, damaged, locked, too large, or not one of ours ("not_tables").
    """
    content, _ = read_bytes(source, name, limits)
    watch = Watch(limits)
    try:
        if sniff(content) != "xlsx":
            raise refuse("not_tables")
        return _read(Package(content, "xlsx", watch), tables)
    except MemoryError:
        raise refuse("too_much_memory") from None
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise refuse("damaged", program="Excel") from error  # values that no program writes


def taken_over(before: Sequence[TableData], read: TablesRead) -> list[TableData]:
    """What was known, with the cells of the file in it. A cell emptied in the file is emptied; what the file has no
    place for (older years, lines that were deleted in it) stays as it was."""
    result = {one.table: one.model_copy(deep=True) for one in before}
    for new in read.data:
        own = result.setdefault(new.table, TableData(table=new.table))
        for table, row, column in read.seen:
            if table == new.table:
                old = own.cells.get(row, {}).pop(column, None)
                if old is None or old != new.cells.get(row, {}).get(column):
                    own.texts.get(row, {}).pop(
                        column, None
                    )  # words beside an unchanged number: the file had no room for
        for row, numbers in new.cells.items():
            own.cells.setdefault(row, {}).update(numbers)
        for row, words in new.texts.items():
            own.texts.setdefault(row, {}).update(words)
        own.cells = {row: numbers for row, numbers in own.cells.items() if numbers}
        own.texts = {row: words for row, words in own.texts.items() if words}
        for key, attribute in ((AS_OF, "as_of"), (SOURCE, "source")):
            if (new.table, key, "") in read.seen:
                setattr(own, attribute, getattr(new, attribute))
    return [one for one in result.values() if one.cells or one.texts or one.as_of or one.source]


def _read(package: Package, tables: SchoolTables) -> TablesRead:
    main = package.main_part()
    root = package.xml(main)
    relations = package.relations(main)
    properties = root.find(S + "workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    known = looks(package, dict(relations.values()), from_1904)
    made = TablesRead()
    done: dict[str, str] = {}
    ours = 0
    for entry in root.findall(f"{S}sheets/{S}sheet"):
        kind, part = relations.get(entry.get(_R_ID) or "", ("", ""))
        if kind != "worksheet":
            continue
        name = entry.get("name") or ""
        sheet = read_sheet(package, part, name, known, hidden_rows=True)
        key = read_sheet_key(sheet.values.get((0, 0), Value("")).text) or _key_anywhere(sheet)
        if key is None:
            if sheet.values:
                said = f"Trang tính “{name}” không phải trang của tệp số liệu này nên không được đọc."
                made.findings.append(Finding("not-our-sheet", "warning", said, quote=_words_of(sheet)))
            continue
        ours += 1
        table = tables.table(key[0])
        if key[0] == GUIDE:
            continue
        if table is None:
            said = f"Trang tính “{name}” là bảng “{key[0]}”, không có trong mẫu của trường nên không được đọc."
            made.findings.append(Finding("not-in-form", "warning", said, Place(table=key[0]), quote=_words_of(sheet)))
        elif table.id in done:
            said = f"Trang tính “{name}” và “{done[table.id]}” là cùng một bảng; chỉ đọc “{done[table.id]}”."
            made.findings.append(
                Finding("same-table-twice", "warning", said, Place(table=table.id), quote=_words_of(sheet))
            )
        else:
            done[table.id] = name
            made.stamps[table.id] = key[1:]
            _SheetReading(sheet, table, tables, made).read()
    if not ours:
        raise refuse("not_tables")
    return made


def _key_anywhere(sheet: Sheet) -> tuple[str, str, str] | None:
    """The key when lines or columns were put in before it."""
    for (row, column), value in sheet.values.items():
        if row < 20 and column < 5 and (key := read_sheet_key(value.text)):
            return key
    return None


def _words_of(sheet: Sheet) -> str:
    return " | ".join(value.text for _, value in sorted(sheet.values.items(), key=lambda item: item[0]))[:2000]


class _SheetReading:
    """One sheet: where its keys are, then each cell."""

    def __init__(self, sheet: Sheet, table: Table, tables: SchoolTables, made: TablesRead) -> None:
        self.sheet, self.table, self.tables, self.made = sheet, table, tables, made
        self.rows = {row.id: row for row in table.rows}
        self.data = TableData(table=table.id)
        self.lines: dict[int, dict[int, Value]] = {}
        for (r, c), value in sheet.values.items():
            self.lines.setdefault(r, {})[c] = value
        self.said = 0

    def read(self) -> None:
        found = self._column_line()
        if found is None:
            self._say(
                "no-keys",
                f"Trang tính “{self.sheet.name}” đã mất các dòng ẩn nên không đọc được; hãy tải tệp mới rồi chép số sang.",
                None,
                None,
                _words_of(self.sheet),
            )
            return
        line, key_column = found
        columns = {c: value.text for c, value in self.lines[line].items() if c != key_column}
        computed_at = next((c for c, text in columns.items() if text == COMPUTED), None)
        columns = {c: text for c, text in columns.items() if text != COMPUTED and self._known_column(c, text)}
        last = max([*columns, computed_at or 0], default=0)
        read: dict[str, int] = {}
        for r in sorted(self.lines):
            cells = self.lines[r]
            key = cells.get(key_column, Value("")).text
            if key in (AS_OF, SOURCE):
                self._head(key, cells, columns)
            elif r <= line:
                continue
            elif key in self.rows and key not in read:
                read[key] = r
                computed = read_computed_key(cells[computed_at].text) if computed_at in cells else {}
                self._line(self.rows[key], r, cells, columns, computed)
            elif key in self.rows:
                self._again(self.rows[key], read[key], r, cells, columns)
            else:
                self._stranger(r, {c: v for c, v in cells.items() if c != key_column and c != computed_at})
            if r > line and key in self.rows:
                for c, value in cells.items():
                    if c > last and value.text:
                        self._say(
                            "outside",
                            f"{self._at(r, c)}: “{value.text[:60]}” đứng ngoài bảng nên không được đọc.",
                            None,
                            None,
                            value.text,
                        )
        for row in self.table.rows:
            if row.id not in read:
                self._say(
                    "row-gone",
                    f"Bảng {self.table.number or self.table.title}: dòng “{row.title}” không còn trong tệp; số cũ được giữ.",
                    row.id,
                    None,
                    None,
                )
        self.made.data.append(self.data)

    def _column_line(self) -> tuple[int, int] | None:
        for r, cells in sorted(self.lines.items()):
            for c, value in cells.items():
                if value.text == COLUMNS:
                    return r, c
        return None

    def _known_column(self, c: int, text: str) -> bool:
        fixed = {column.id for column in self.table.columns}
        if text in fixed or (self.table.by_year and _is_year(text)):
            return True
        self._say(
            "not-in-form",
            f"Trang tính “{self.sheet.name}”: cột “{text}” không có trong mẫu nên không được đọc.",
            None,
            text,
            text,
        )
        return False

    def _head(self, key: str, cells: dict[int, Value], columns: dict[int, str]) -> None:
        text = one_space(next((cells[c].text for c in sorted(columns) if c in cells), ""))
        self.made.seen.add((self.table.id, key, ""))
        if key == AS_OF:
            self.data.as_of = day_read(text) or None
        else:
            self.data.source = text or None

    def _line(
        self, row: TableRow, r: int, cells: dict[int, Value], columns: dict[int, str], computed: dict[str, float]
    ) -> None:
        for c, column in columns.items():
            self.made.seen.add((self.table.id, row.id, column))
            value = cells.get(c)
            if value is None:
                continue
            entry = _entry(value, row)
            if entry.value is not None and computed.get(column) == entry.value:
                continue  # what we computed when we wrote the file, and nobody typed
            if entry.value is not None:
                self.data.cells.setdefault(row.id, {})[column] = entry.value
            elif entry.text is not None:
                self.data.texts.setdefault(row.id, {})[column] = entry.text
            elif not value.text:
                self._say(
                    "no-result",
                    f"{self._at(r, c)} ({row.title}): công thức chưa có kết quả; hãy mở bằng Excel, lưu lại rồi nộp lại.",
                    row.id,
                    column,
                    None,
                )
            if entry.doubt:
                self._say(
                    "not-a-number",
                    f"{self._at(r, c)} ({row.title}): “{value.text[:60]}” {entry.doubt}; chữ được giữ, hãy ghi lại số.",
                    row.id,
                    column,
                    value.text,
                )

    def _again(self, row: TableRow, first: int, r: int, cells: dict[int, Value], columns: dict[int, str]) -> None:
        before = self.lines[first]
        other = {c: cells[c].text for c in columns if c in cells and cells[c].text != before.get(c, Value("")).text}
        if other:
            said = f"Trang tính “{self.sheet.name}”, hàng {r + 1} lặp lại dòng “{row.title}” với số khác; chỉ đọc hàng {first + 1}."
            self._say("same-row-twice", said, row.id, None, " | ".join(other.values()))

    def _stranger(self, r: int, cells: dict[int, Value]) -> None:
        words = " | ".join(value.text for _, value in sorted(cells.items()) if value.text)
        if words:
            said = f"Trang tính “{self.sheet.name}”, hàng {r + 1}: “{words[:80]}” là dòng thêm vào, mẫu không có nên không được đọc."
            self._say("row-added", said, None, None, words)

    def _at(self, r: int, c: int) -> str:
        letters = ""
        n = c + 1
        while n:
            n, rest = divmod(n - 1, 26)
            letters = chr(65 + rest) + letters
        return f"Trang tính “{self.sheet.name}”, ô {letters}{r + 1}"

    def _say(self, rule: str, message: str, row: str | None, column: str | None, quote: str | None) -> None:
        self.said += 1
        if self.said > MOST_SAID:
            if self.said == MOST_SAID + 1:
                more = f"Trang tính “{self.sheet.name}” còn nhiều chỗ khác không đọc được; hãy sửa các chỗ trên rồi nộp lại."
                self.made.findings.append(Finding("more", "warning", more, Place(table=self.table.id)))
            return
        place = Place(table=self.table.id, row=row, column=column)
        self.made.findings.append(Finding(rule, "warning", message, place, quote))


def _entry(value: Value, row: TableRow) -> Typed:
    """A number of Excel as the number it is; words by how people write numbers."""
    number = value.number
    if number is None or row.kind == "text":
        return typed(value.text, row)
    if not math.isfinite(number) or abs(number) >= MOST_NUMBER:
        return Typed(text=value.text[:40], doubt="không phải là một số của nhà trường")
    if row.kind == "flag" and number not in (0, 1):
        return Typed(number)
    if value.text.endswith("%") and row.kind != "percent":
        return typed(value.text, row)
    if value.text.endswith("%"):
        number = round(number * 100, 10)  # Excel keeps 12,5% as 0.125
    return Typed(int(number) if float(number).is_integer() and abs(number) < 1e15 else number)


def _is_year(text: str) -> bool:
    first, dash, second = text.partition("-")
    return bool(dash) and first.isdecimal() and second.isdecimal() and int(second) == int(first) + 1
