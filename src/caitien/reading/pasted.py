"""A block pasted from Excel, Word, Google Sheets, LibreOffice or plain text, read as rows of the plan.

The clipboard's text becomes the same table value that file readers give; headings, merged cells, rows that go on and values are
then read by the same code. Nothing that was pasted is dropped unsaid: each cell is in an action, in a column that is
left out, or in a finding.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from caitien.errors import ReadingError
from caitien.plan.model import Action
from caitien.plan.text import fold, lines_of, one_space
from caitien.reading.actions import Draft, draft_action
from caitien.reading.headers import TIME, Header, repeats_header
from caitien.reading.interpret import band_paragraph, criteria_by_order
from caitien.reading.limits import PASTE_LIMITS, Limits, Watch
from caitien.reading.pasted_block import BAND, as_html, cells, one_table, words_of
from caitien.reading.pasted_columns import PastedColumn, name_columns
from caitien.reading.pasted_doubts import (
    CellFinding,
    criteria_doubt,
    criteria_title,
    excel_slip,
    money_doubt,
    period_doubt,
    short,
)
from caitien.reading.refusals import refuse
from caitien.reading.rows import Context, Row, read_rows
from caitien.reading.source import Table

__all__ = ["CellFinding", "LeftOut", "Pasted", "PastedColumn", "PastedRow", "cells", "read_pasted"]


@dataclass(slots=True)
class PastedRow:
    """One action that the block makes. `key`: the row of the block where it begins; `texts`: its cells by field, as pasted."""

    key: int
    rows: list[int]
    action: Action
    texts: dict[str, str]
    findings: list[CellFinding] = field(default_factory=list)


@dataclass(slots=True)
class LeftOut:
    """A column that goes nowhere, and what stands in it: (row of the block, text)."""

    column: PastedColumn
    cells: list[tuple[int, str]]


@dataclass(slots=True)
class Pasted:
    """What a pasted block says. `heading`: how many rows at its top are headings (and what stands above them)."""

    columns: list[PastedColumn]
    rows: list[PastedRow]
    left_out: list[LeftOut]
    findings: list[CellFinding]  # of the block, and of rows that are no action
    heading: int
    width: int
    block: str  # the same block as a small HTML table: reading it again gives the same

    @property
    def actions(self) -> list[Action]:
        """The actions as plan values, in order."""
        return [row.action for row in self.rows]


def read_pasted(
    text: str | None,
    html: str | None,
    *,
    school_year: str | None,
    columns: Sequence[str | None] | None = None,
    first_row_is_heading: bool | None = None,
    corrections: Mapping[tuple[int, str], str] | None = None,
    limits: Limits = PASTE_LIMITS,
) -> Pasted:
    """The actions of a block from the clipboard (`text`: text/plain, `html`: text/html; either may be missing).

    `school_year` ("2026-2027") gives months their years. `columns`: by place, a field of `COLUMN_FIELDS`, "" for a column that
    is left out, None where the program shall say. `corrections`: (key of a row, field) to the words that a person wrote
    instead. Raises ReadingError with one Vietnamese sentence.
    """
    watch = Watch(limits)
    try:
        table, extra = one_table(text, html, watch)
        header, named = name_columns(table, columns, first_row_is_heading=first_row_is_heading)
        return _read(table, header, named, extra, school_year, corrections or {}, watch)
    except ReadingError as error:
        if error.code == "too_slow":
            raise refuse("paste_too_slow", seconds=round(limits.seconds)) from None
        raise


# --- rows


def _read(
    table: Table,
    header: Header,
    columns: list[PastedColumn],
    told: list[CellFinding],
    school_year: str | None,
    corrections: Mapping[tuple[int, str], str],
    watch: Watch,
) -> Pasted:
    watch.check()
    fields = {column.index: column.field for column in header.columns if column.field}
    body = header.end
    _excel_slips(table, body)
    context = Context()
    for cell in table.cells:
        if cell.row < header.first:
            band_paragraph(cell.text, context)
    got = read_rows(table, 0, header, context, body=body)
    rows, drafts = [], []
    for row in got.rows:
        watch.check()
        _join_fields(row)
        _correct(row, corrections)
        draft = draft_action(row, school_year, wrapped=False)
        _keep_lines(draft)
        drafts.append(draft)
        texts = {name: text for name, text in row.texts.items() if not name.startswith(TIME)}
        rows.append(PastedRow(row.rows[0], sorted(set(row.rows)), draft.action, texts))
    criteria_by_order(drafts)
    for made, draft in zip(rows, drafts, strict=True):
        made.findings = _findings(draft, school_year)
        _keep_unread_criteria(made)
        made.action.provenance.table = None
        made.action.provenance.rows = []
    findings = told + _of_columns(columns, rows)
    findings += _rows_left_out(table, header, rows)
    _told_cells(table, fields, rows, body, corrections.keys())
    left = [_left_out(table, column, body) for column in columns if column.field is None]
    return Pasted(columns, rows, left, findings, body, table.column_count, as_html(table, told))


def _keep_lines(draft: Draft) -> None:
    """Line breaks in a cell are the author's: words that are one text keep them."""
    for name in ("content", "weakness", "current_state", "cause", "objective", "result", "note"):
        if len(lines := lines_of(draft.row.texts.get(name))) > 1:
            setattr(draft.action, name, "\n".join(lines))


def _join_fields(row: Row) -> None:
    """Two columns of one field ("note", "note#1") are one text, a line each."""
    for name in [n for n in row.texts if "#" in n and n.rsplit("#", 1)[1].isdecimal()]:
        first = name.rsplit("#", 1)[0]
        more = row.texts.pop(name)
        row.texts[first] = f"{row.texts[first]}\n{more}" if row.texts.get(first) else more
        row.numbers.pop(first, None)
        row.headings.setdefault(first, row.headings.get(name, ""))
        row.units.setdefault(first, row.units.get(name, 1))


def _correct(row: Row, corrections: Mapping[tuple[int, str], str]) -> None:
    for (key, name), words in corrections.items():
        if key != row.rows[0]:
            continue
        row.numbers.pop(name, None)
        row.carried.discard(name)
        if words.strip():
            row.texts[name] = words
        else:
            row.texts.pop(name, None)


def _excel_slips(table: Table, body: int) -> None:
    """A narrow cell ("####") of which the number came along says its number."""
    for cell in table.cells:
        if cell.row >= body and cell.number is not None and re.fullmatch(r"#{3,}", cell.text):
            cell.text = str(cell.number)


def _findings(draft: Draft, school_year: str | None) -> list[CellFinding]:
    action, row = draft.action, draft.row
    found: list[CellFinding] = []

    def add(name: str, doubt: CellFinding | None) -> None:
        if doubt is not None and not any(f.field == name for f in found):
            doubt.field, doubt.row = name, row.rows[0]
            found.append(doubt)

    for name, text in row.texts.items():
        add(name, excel_slip(text))
    time = "period" if "period" in row.texts else "period_end" if "period_end" in row.texts else "period_start"
    add(time, period_doubt(action.period, school_year))
    understood = not any(f.rule == "unread-amount" for f in draft.findings)
    money = "budget" if "budget" in row.texts else "resources"
    if money == "budget" or not understood:
        printed = action.resources.budget_text or action.resources.text
        add(money, money_doubt(printed, action.resources.budget_vnd, row.units.get("budget", 1), understood=understood))
    for finding in draft.findings:
        if finding.rule == "unread-criterion":
            add("criteria", criteria_doubt(row.texts["criteria"]))
        elif finding.rule in ("criterion-by-order", "lost-letters"):
            add(finding.field or "", CellFinding(finding.rule, finding.severity, finding.message, finding.quote or ""))
    progress = action.progress
    if progress.text and progress.status is None and re.search(r"\w", progress.text):
        message = f"Chưa rõ mức độ từ “{short(progress.text)}”; chữ được giữ nguyên, hãy ghi Hoàn thành, Đang thực hiện hoặc Chưa thực hiện."
        add("progress", CellFinding("unread-progress", "hint", message, progress.text))
    return found


def _keep_unread_criteria(row: PastedRow) -> None:
    """Words in the column of criteria that are no code stay with the action, in its note."""
    if any(f.rule == "unread-criterion" for f in row.findings):
        said = f"Tiêu chí ghi: {one_space(row.texts['criteria'])}"
        row.action.note = f"{row.action.note}\n{said}" if row.action.note else said


def _of_columns(columns: list[PastedColumn], rows: list[PastedRow]) -> list[CellFinding]:
    found = []
    named = [r for r in rows if criteria_title(r.texts.get("criteria", ""))]
    if named:
        column = next((c.index for c in columns if c.field == "criteria"), None)
        quote = "\n".join(r.texts["criteria"] for r in named)
        found.append(
            CellFinding("criterion-names", "hint", "Cột tiêu chí: chỉ mã được giữ lại, tên tiêu chí lấy theo khung tiêu chuẩn.", quote, column=column, field="criteria")
        )  # fmt: skip
    if not rows:
        asked = "Chưa có mục nào: không cột nào được nhận là nội dung, điểm yếu hay biện pháp. Hãy chọn cột cho đúng."
        found.append(CellFinding("no-action", "error", asked))
    return found


def _rows_left_out(table: Table, header: Header, rows: list[PastedRow]) -> list[CellFinding]:
    """Rows of the block that are no action, and why: what stands above the headings, bands, totals, the rest."""
    used = {r for row in rows for r in row.rows}
    texts: dict[int, list[str]] = {}
    for cell in table.cells:
        if cell.text:
            texts.setdefault(cell.row, []).append(cell.text)
    grid = table.grid()
    found = []
    for r in sorted(texts):
        if r in used or header.first <= r < header.end:
            continue
        words = " | ".join(one_space(t) for t in texts[r])
        folded = fold(words)
        if r < header.first:
            rule, why = "above-heading", "nằm trên dòng tiêu đề"
        elif repeats_header(header, grid[r]):
            rule, why = "heading-again", "lặp lại dòng tiêu đề"
        elif BAND.match(folded) or re.match(r"\W*muc 4\b", folded):
            rule, why = "band", "là tên tiêu chuẩn, tiêu chí; các dòng bên dưới lấy theo đó"
        elif re.match(r"\W*(tong|cong)\b", folded):
            rule, why = "total", "là dòng cộng"
        elif all(re.fullmatch(r"[\W\d]*", one_space(t)) for t in texts[r]):
            rule, why = "numbering", "chỉ có số, không có chữ"
        else:
            rule, why = "row-set-aside", "không có nội dung, điểm yếu hay biện pháp; hãy xem lại các cột"
        severity = "warning" if rule == "row-set-aside" else "hint"
        message = f"Dòng {r + 1} không thành một mục, vì {why}: “{short(words, 90)}”."
        found.append(CellFinding(rule, severity, message, "\n".join(texts[r]), row=r))  # type: ignore[arg-type]
    return found


def _told_cells(
    table: Table, fields: dict[int, str], rows: list[PastedRow], body: int, corrected: Collection[tuple[int, str]]
) -> None:
    """A cell whose words are in no field of its action ("Không" as the owner) is told beside that action."""
    by_row = {r: row for row in rows for r in row.rows}
    said = {row.key: words_of(" ".join(_strings(row.action.model_dump()))) for row in rows}
    for cell in table.cells:
        row = by_row.get(cell.row)
        name = fields.get(cell.column, "").split("#")[0]
        if row is None or not name or not cell.text or cell.row < body or (row.key, name) in corrected:
            continue
        told = [f for f in row.findings if f.field == name and f.row == row.key]
        if name in ("criteria", "standard") and (row.action.criteria or row.action.model_dump().get("standard")):
            continue
        if (
            name.startswith(TIME)
            or words_of(cell.text) <= said[row.key]
            or any(words_of(cell.text) <= words_of(f.quote) for f in told)
        ):
            continue
        lost = one_space(cell.text)
        row.findings.append(
            CellFinding("not-kept", "hint", f"“{short(lost)}” không thành giá trị nào của mục này; nếu cần, hãy ghi lại ở đây.", lost, row=row.key, column=cell.column, field=name)
        )  # fmt: skip


def _left_out(table: Table, column: PastedColumn, body: int) -> LeftOut:
    found = [(c.row, c.text) for c in table.cells if c.column == column.index and c.row >= body and c.text]
    return LeftOut(column, sorted(found))


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [s for v in value.values() for s in _strings(v)]
    if isinstance(value, list | tuple):
        return [s for v in value for s in _strings(v)]
    return [str(value)] if isinstance(value, int | float) and not isinstance(value, bool) else []
