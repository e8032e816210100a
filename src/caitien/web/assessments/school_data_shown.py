"""A table of school data as a page shows it: every cell with its words, what it computes to, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from caitien.assessment.findings import Finding
from caitien.assessment.model import TableData
from caitien.assessment.tables_filling import Cell, Filled
from caitien.assessment.tables_loading import parted
from caitien.assessment.tables_merging import CellClash
from caitien.assessment.tables_model import Table, TableRow
from caitien.assessment.tables_numbers import shown
from caitien.web.assessments.school_data_writing import pair, words_of
from caitien.web.ui.templatetags.ui import icon

SEPARATOR = "/"  # between row and column in names of inputs
LinkTo = Callable[[str], str]  # table -> address of its page


@dataclass(frozen=True, slots=True)
class CellShown:
    """`words`: what was typed; `computed`: what follows from other cells, shown while nothing was typed.

    `note`: what is said in the cell; `css`: classes of the cell; `label`: what a screen reader says it is.
    """

    row: str
    column: str
    kind: str
    words: str
    computed: str
    note: SafeString
    css: str
    label: str
    is_wrong: bool = False

    @property
    def key(self) -> str:
        return f"{self.row}{SEPARATOR}{self.column}"

    @property
    def id(self) -> str:
        return cell_id(self.row, self.column)

    @property
    def input_mode(self) -> str:
        return {"integer": "numeric", "decimal": "decimal", "percent": "decimal"}.get(self.kind, "text")

    @property
    def choices(self) -> list[tuple[str, bool]]:
        """Of a yes-or-no cell: what can be chosen, and what was typed that is neither."""
        found = ["", "Có", "Không"]
        return [(one, one == self.words) for one in ([*found, self.words] if self.words not in found else found)]

    def as_json(self) -> dict[str, str]:
        """What the script of the sheet puts into the cell."""
        return {"w": self.words, "p": self.computed, "n": str(self.note), "k": self.css}


@dataclass(frozen=True, slots=True)
class RowShown:
    """`how`: how its numbers come, when nobody has to type them."""

    id: str
    number: str
    title: str
    unit: str
    depth: int
    is_strong: bool
    how: str
    note: str
    cells: list[CellShown]


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """`carried`: from which year's report its numbers are."""

    id: str
    title: str
    carried: str = ""


@dataclass(slots=True)
class TableShown:
    """`groups`: headings over columns, (title, how many), "" where there is none; [] when no column has one."""

    columns: list[ColumnShown] = field(default_factory=list)
    groups: list[tuple[str, int]] = field(default_factory=list)
    rows: list[RowShown] = field(default_factory=list)

    def cells(self) -> dict[str, CellShown]:
        return {cell.key: cell for row in self.rows for cell in row.cells}


@dataclass(frozen=True, slots=True)
class Around:
    """What the cells of a table are seen with. `before`: last year's report of it; `typed`: words not taken yet, by key."""

    before_year: str = ""
    before: TableData | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)  # by key: why words were not taken
    clashes: tuple[CellClash, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)  # table -> its number or title
    link: LinkTo | None = None


def table_shown(
    sheet: Filled, table: Table, data: TableData, findings: Iterable[Finding], around: Around | None = None
) -> TableShown:
    """The table with every cell. `data`: what was typed into it."""
    around = around or Around()
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        if one.place.row and one.place.column:
            by_cell.setdefault((one.place.row, one.place.column), []).append(one)
    columns = sheet.columns(table)
    made = TableShown(columns_shown(sheet, table, data, around), groups_of(table))
    for row in table.rows:
        cells = [
            _cell(sheet, table, row, column, data, by_cell.get((row.id, column), []), around) for column in columns
        ]
        made.rows.append(
            RowShown(
                row.id, row.number or "", row.title, row.unit or "", row.depth,
                bool(row.sum_of) or not row.depth, how_computed(table, row, around), row.note or "", cells,
            )
        )  # fmt: skip
    return made


def columns_shown(sheet: Filled, table: Table, data: TableData, around: Around) -> list[ColumnShown]:
    """The columns; of a year whose numbers all stand in last year's report too, that it is so."""
    if not table.by_year:
        return [ColumnShown(line.id, line.title) for line in table.columns]
    found = []
    for year in sheet.columns(table):
        carried = (
            around.before_year if year != sheet.school_year and _is_carried(table, data, around.before, year) else ""
        )
        found.append(ColumnShown(year, year, carried))
    return found


def groups_of(table: Table) -> list[tuple[str, int]]:
    """Headings over the columns."""
    if not any(line.group for line in table.columns):
        return []
    made: list[tuple[str, int]] = []
    for line in table.columns:
        if made and line.group and made[-1][0] == line.group:
            made[-1] = (line.group, made[-1][1] + 1)
        else:
            made.append((line.group or "", 1))
    return made


def how_computed(table: Table, row: TableRow, around: Around) -> str:
    """How the numbers of a row come about, "" when somebody types them."""
    if row.sum_of:
        return _("tự cộng")
    if row.quotient:
        return _("tự tính")
    if row.same_as and row.same_as.column is None:
        other = parted(row.same_as.cell, table.id)[0]
        return _("lấy từ bảng %(table)s") % {"table": around.names.get(other, other)}
    return ""


def column_title(table: Table, column: str) -> str:
    """What a column is called: "năm học 2025-2026", "Tổng số"."""
    if table.by_year:
        return _("năm học %(year)s") % {"year": column}
    return next((line.title for line in table.columns if line.id == column), column)


def row_title(table: Table, row: TableRow) -> str:
    """A row with the one it stands beneath: "Phòng học – Phòng kiên cố"."""
    if not row.depth:
        return row.title
    at = table.rows.index(row)
    above = next((one for one in reversed(table.rows[:at]) if one.depth < row.depth), None)
    return f"{above.title} – {row.title}" if above else row.title


def cell_id(row: str, column: str) -> str:
    """The id of a cell's input; links to a cell end in it. Ids of rows have no double hyphen."""
    return f"o-{row}--{column}"


def _is_carried(table: Table, data: TableData, before: TableData | None, year: str) -> bool:
    if before is None:
        return False
    pairs = [(pair(data, row.id, year), pair(before, row.id, year)) for row in table.rows]
    return any(now != (None, None) for now, _old in pairs) and all(
        now == old or now == (None, None) for now, old in pairs
    )


def _cell(
    sheet: Filled, table: Table, row: TableRow, column: str, data: TableData, findings: list[Finding], around: Around
) -> CellShown:
    found = sheet.cell(table.id, row.id, column)
    words = words_of(data, row, column)
    computed = shown(found.computed, row.kind) if found.computed is not None else ""
    key = f"{row.id}{SEPARATOR}{column}"
    notes: list[SafeString] = []
    css = []
    wrong = [one for one in findings if one.severity != "hint"]
    if key in around.typed:
        words = around.typed[key]
    if key in around.said:
        notes.append(_warning(around.said[key], "error"))
    for clash in around.clashes:
        if (clash.row, clash.column) == (row.id, column):
            theirs = shown(clash.theirs, row.kind) if isinstance(clash.theirs, int | float) else clash.theirs
            notes.append(_warning(_clash_words(theirs), "error"))
    if not words and computed:
        css.append("is-computed")
        notes += _whence(table, row, column, around, found)
    if words and found.computed is not None and shown(found.computed, row.kind) != words:
        loud = any(one.rule.endswith("-differs") for one in findings)
        notes.append(_differs(found, table, row, around, computed, loud=loud))
    notes += [_warning(_phrase(one, row), one.severity) for one in findings if _phrase(one, row)]
    if words and (last := _last_year(row, column, data, around)):
        notes.append(_soft(last))
    if wrong or key in around.said:
        css.append("is-wrong")
    return CellShown(
        row.id, column, row.kind, words, computed,
        format_html_join("", "<span>{}</span>", ((note,) for note in notes)),
        " ".join(css), f"{row_title(table, row)}, {column_title(table, column)}", bool(wrong or key in around.said),
    )  # fmt: skip


def _phrase(finding: Finding, row: TableRow) -> str:
    """What is said in the cell itself; the whole sentence stands in the list of findings."""
    if finding.rule == "not-a-number":
        return _("dài quá") if row.kind == "text" else _("chưa phải số")
    return {
        "negative": _("số âm"),
        "not-a-flag": _("cần Có hoặc Không"),
        "not-whole": _("không phải số nguyên"),
        "too-much": _("quá lớn"),
        "unusual": _("khác thường"),
        "more-than": _("lớn hơn tổng"),
        "sudden-change": _("đổi nhiều"),
    }.get(finding.rule, "")


def _clash_words(theirs: Any) -> str:
    if theirs is None:
        return _("người khác vừa xóa ô này; lưu lần nữa thì giữ của bạn")
    return _("người khác vừa ghi %(theirs)s; lưu lần nữa thì giữ của bạn") % {"theirs": theirs}


def _differs(found: Cell, table: Table, row: TableRow, around: Around, computed: str, *, loud: bool) -> SafeString:
    if row.sum_of:
        said = _("cộng ra %(number)s") % {"number": computed}
    elif row.same_as:
        other = parted(row.same_as.cell, table.id)[0]
        said = _("bảng %(table)s ghi %(number)s") % {"table": around.names.get(other, other), "number": computed}
    else:
        said = _("tính ra %(number)s") % {"number": computed}
    return _warning(said, "warning") if loud else _soft(said)


def _whence(table: Table, row: TableRow, column: str, around: Around, found: Cell) -> list[SafeString]:
    if found.origin != "same" or row.same_as is None:
        return []
    other, line, across = parted(row.same_as.cell, table.id)
    said = _("từ bảng %(table)s") % {"table": around.names.get(other, other)}
    if around.link is None or other == table.id:
        return [_soft(said)]
    address = f"{around.link(other)}#{cell_id(line, across or column)}"
    return [format_html('<a class="link" href="{}">{}</a>', address, said)]


def _last_year(row: TableRow, column: str, data: TableData, around: Around) -> str:
    """What last year's report says of the same year, when it says something else."""
    if around.before is None:
        return ""
    old, now = pair(around.before, row.id, column), pair(data, row.id, column)
    if old in ((None, None), now) or not _is_year(column):
        return ""
    said = shown(old[0], row.kind) if old[0] is not None else old[1] or ""
    return _("báo cáo %(year)s ghi %(number)s") % {"year": around.before_year, "number": said}


def _is_year(column: str) -> bool:
    return column[:4].isdecimal()


def _warning(words: str, severity: str) -> SafeString:
    tone = {"error": "error", "warning": "warning"}.get(severity, "info")
    drawing = "hint" if tone == "info" else "warning"
    return format_html('<span class="toned tone-{}">{} {}</span>', tone, icon(drawing), words)


def _soft(words: str) -> SafeString:
    return format_html('<span class="muted">{}</span>', words)


def spoken_findings(findings: Iterable[Finding], table: Table) -> list[tuple[Finding, str]]:
    """Findings with the id of the cell they speak of ("" for the whole table), what may be wrong before what is missing."""
    found = [(one, _target(one, table)) for one in findings]
    return sorted(
        found, key=lambda pair: (("error", "warning", "hint").index(pair[0].severity), pair[0].rule == "number-missing")
    )


def _target(finding: Finding, table: Table) -> str:
    place = finding.place
    rows = {row.id: row for row in table.rows}
    if place.row in rows:
        column = place.column or (table.columns[-1].id if table.columns else "")
        return cell_id(place.row, column) if column else f"dong-{place.row}"
    if place.column and not place.row and table.rows:
        return cell_id(table.rows[0].id, place.column)
    return ""
