"""A pasted block as the preview shows it: what a person asked, which rows are in the plan already, what is to be created.

Nothing is stored here, and nothing between two requests: the page carries the block along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caitien.plan import Action as ActionValue
from caitien.plan.text import lines_of, one_space
from caitien.reading.pasted import CellFinding, Pasted, PastedRow, read_pasted
from caitien.reading.pasted_columns import COLUMN_FIELDS, SURE, PastedColumn
from caitien.web.plans.frameworks import framework as framework_of
from caitien.web.plans.models import Action
from caitien.web.plans.pasting_asked import Asked, mark_of
from caitien.web.plans.pasting_known import Twin, criteria_findings, people_findings, twins_of
from caitien.web.plans.values import columns_of
from caitien.web.schools.people import Directory
from caitien.web.ui.vietnamese import derived_period, money, names_day

MOST_INPUTS = 3_000  # doubtful cells of a page with an input each; what is beyond is corrected in the plan
MOST_OPEN = 50  # rows shown with all their inputs
ADDED = ("criteria", "responsible", "period", "budget")
"""Fields that can be written in a row though no column holds them: what a plan's row should not be without."""


LABELS: dict[str, Any] = {
    "number": gettext_lazy("Số thứ tự"),
    "standard": gettext_lazy("Tiêu chuẩn"),
    "criteria": gettext_lazy("Tiêu chí"),
    "current_state": gettext_lazy("Hiện trạng"),
    "strength": gettext_lazy("Điểm mạnh"),
    "weakness": gettext_lazy("Điểm yếu, hạn chế"),
    "cause": gettext_lazy("Nguyên nhân"),
    "content": gettext_lazy("Nội dung cải tiến"),
    "objective": gettext_lazy("Mục tiêu"),
    "measures": gettext_lazy("Giải pháp, biện pháp"),
    "indicators": gettext_lazy("Chỉ số đánh giá kết quả"),
    "period": gettext_lazy("Thời gian, hạn"),
    "period_start": gettext_lazy("Bắt đầu"),
    "period_end": gettext_lazy("Kết thúc"),
    "responsible": gettext_lazy("Người phụ trách"),
    "collaborators": gettext_lazy("Người phối hợp"),
    "resources": gettext_lazy("Nguồn lực"),
    "budget": gettext_lazy("Kinh phí"),
    "funding_sources": gettext_lazy("Nguồn kinh phí"),
    "expected_evidence": gettext_lazy("Minh chứng, sản phẩm dự kiến"),
    "progress": gettext_lazy("Tiến độ"),
    "result": gettext_lazy("Kết quả"),
    "note": gettext_lazy("Ghi chú"),
}
"""The fields of `COLUMN_FIELDS`, said in the reader's language."""


@dataclass(slots=True)
class Cell:
    """One value of a row as the preview shows it. `name`: of its input; `read`: what the program understood."""

    label: str
    field: str
    name: str
    text: str
    read: str
    findings: list[CellFinding]
    corrected: bool = False
    spare: bool = False  # nothing stands there: only offered for writing

    @property
    def doubtful(self) -> bool:
        return any(f.severity != "hint" or f.suggestion for f in self.findings)

    @property
    def long(self) -> bool:
        return self.field in ("content", "weakness", "measures", "current_state", "cause", "objective")

    @property
    def place(self) -> str:
        """The input's name without the mark of its words."""
        return "-".join(self.name.split("-")[:3])

    @property
    def rows(self) -> int:
        """Height of the text box."""
        return min(8, max(1, sum(1 + len(line) // 60 for line in self.text.split("\n"))))


@dataclass(slots=True)
class Line:
    """One action that may be created. `key`: the row of the block where it begins."""

    key: int
    row: PastedRow
    cells: list[Cell]
    taken: bool
    twin: Twin | None
    others: list[CellFinding]  # findings of no cell that is shown
    has_room: bool = True  # whether the page has room for the inputs of its doubtful cells
    is_open: bool = False  # shown with all its inputs
    is_new: bool = False  # opened just now

    @property
    def doubtful(self) -> list[Cell]:
        """The cells to look at: each is shown with its input."""
        return [cell for cell in self.cells if cell.doubtful and self.has_room]

    @property
    def notes(self) -> list[CellFinding]:
        """What else is to be known about the row."""
        return [f for cell in self.cells if not (cell.doubtful and self.has_room) for f in cell.findings] + self.others

    @property
    def name(self) -> str:
        action = self.row.action
        return one_space(action.content or action.weakness or action.objective or " ".join(action.measures))[:80]


@dataclass(slots=True)
class Choice:
    """One column of the block and where it can go."""

    column: PastedColumn
    name: str
    value: str
    options: list[tuple[str, str]]

    @property
    def sure(self) -> bool:
        return self.column.how in ("chosen", "heading") or self.column.sure >= SURE

    @property
    def guessed(self) -> bool:
        return self.column.field is not None and self.column.how == "content"


@dataclass(slots=True)
class Preview:
    """All that the page shows of a block."""

    asked: Asked
    pasted: Pasted
    choices: list[Choice]
    lines: list[Line]
    carried: list[tuple[str, str]]  # inputs of cells that are not shown now, so that no word is lost

    @property
    def chosen(self) -> list[Line]:
        return [line for line in self.lines if line.taken]

    @property
    def known(self) -> int:
        return sum(line.twin is not None for line in self.lines)

    @property
    def doubtful(self) -> int:
        return sum(cell.doubtful for line in self.lines if line.taken for cell in line.cells)


def preview(
    asked: Asked,
    *,
    school_year: str | None,
    actions: Sequence[Action],
    people: Directory,
    framework: str | None = None,
) -> Preview:
    """The block read as the form asks. `actions`: those of the plan, `framework`: its id. Raises ReadingError with a sentence."""
    columns = [asked.columns.get(index) for index in range(max(asked.columns, default=-1) + 1)]

    def read(corrections: Mapping[tuple[int, str], str]) -> Pasted:
        return read_pasted(
            asked.text, asked.html, school_year=school_year, columns=columns, first_row_is_heading=asked.heading, corrections=corrections,
        )  # fmt: skip

    as_it_is = read({})
    fields = {column.index: column.field for column in as_it_is.columns if column.field}
    corrections = _corrections(asked, fields)
    pasted = read(corrections) if corrections else as_it_is
    before = {row.key: row.texts for row in as_it_is.rows}
    stale = {place for place, row in enumerate(pasted.rows) if any(f.rule == "other-year" for f in row.findings)}
    twins = twins_of([row.action for row in pasted.rows], actions, stale)
    lines: list[Line] = []
    goes_by = framework_of(framework)
    told: set[str] = set()  # names of new people: each is told once
    for row, twin in zip(pasted.rows, twins, strict=True):
        row.findings += [
            f for f in people_findings(row, people) if f.suggestion or f.severity != "hint" or f.quote not in told
        ]
        row.findings += criteria_findings(row, goes_by)
        told |= {f.quote for f in row.findings if f.rule == "unknown-person"}
        cells = _cells(row, pasted.columns, before.get(row.key, {}), asked)
        if twin is not None and twin.row is not None:
            twin.row = pasted.rows[twin.row].key
        taken = row.key in asked.taken if row.key in asked.shown else twin is None
        named = {cell.field for cell in cells}
        lines.append(Line(row.key, row, cells, taken, twin, [f for f in row.findings if f.field not in named]))
    room = MOST_INPUTS
    for line in lines:
        line.is_open = line.key in asked.opened[-MOST_OPEN:]
        line.is_new = asked.opened[-1:] == [line.key]
        room -= len(line.doubtful)
        line.has_room = room >= 0
    shown = {cell.place for line in lines for cell in (line.cells if line.is_open else line.doubtful)}
    carried = [(name, words) for place, name, words in asked.inputs() if place not in shown]
    return Preview(asked, pasted, [_choice(c, pasted.columns) for c in pasted.columns], lines, carried)


def to_create(preview: Preview, actions: Iterable[Action]) -> list[dict[str, Any]]:
    """The columns of the actions that were chosen. A number that the plan has already is left out: one action, one number."""
    numbers = {str(action.number) for action in actions if action.number is not None}
    rows = []
    for line in preview.chosen:
        value = line.row.action.model_copy(deep=True)
        if value.number is not None and str(value.number) in numbers:
            value.number = None
        rows.append(columns_of(value))
    return rows


# --- cells


def _cells(row: PastedRow, columns: Sequence[PastedColumn], before: Mapping[str, str], asked: Asked) -> list[Cell]:
    made: list[Cell] = []
    for column in columns:
        name = column.field
        if name is None or name.startswith("time:") or any(cell.field == name for cell in made):
            continue
        words = "\n".join(lines_of(row.texts.get(name)))
        original = "\n".join(lines_of(before.get(name)))
        made.append(
            Cell(
                label_of(name), name, f"sua-{row.key}-{column.index}-{mark_of(original)}", words,
                _read(name, row.action, words), [f for f in row.findings if f.field == name], corrected=words != original,
            )
        )  # fmt: skip
    for name in ADDED:
        held = {cell.field for cell in made}
        if name in held or (name == "period" and held & {"period_start", "period_end"}) or any(c.field and c.field.startswith(("part:", "time:")) for c in columns if name in ("budget", "period")):  # fmt: skip
            continue
        words = asked.added.get((row.key, name), "")
        findings = [f for f in row.findings if f.field == name]
        made.append(
            Cell(label_of(name), name, f"them-{row.key}-{name}", words, _read(name, row.action, words), findings, corrected=bool(words), spare=not words)
        )  # fmt: skip
    return made


def label_of(name: str) -> str:
    """What a field is called on screen."""
    if name.startswith("part:"):
        return _("Kinh phí: %s") % name.removeprefix("part:")
    return str(LABELS.get(name, name))


def _read(name: str, action: ActionValue, words: str) -> str:
    """What was understood of a cell, where that is more than its words."""
    if not words:
        return ""
    period, vnd = action.period, action.resources.budget_vnd
    if name in ("period", "period_end"):
        said = [day for day in (period.start, period.end) if day and not names_day(words, day)]
        return derived_period(period.start, period.end) if said else ""
    if name == "budget" and vnd is not None:
        return "" if re.sub(r"\D", "", words) == str(vnd) else money(vnd)
    if name == "criteria":
        said = ", ".join(action.criteria)
        return "" if said == words else said
    return ""


def _corrections(asked: Asked, fields: Mapping[int, str]) -> dict[tuple[int, str], str]:
    """(row, field) to words, of the columns that go somewhere. Two columns of one field are one text."""
    found: dict[tuple[int, str], str] = {}
    for (row, column), (words, _mark) in sorted(asked.cells.items()):
        if name := fields.get(column):
            found[row, name] = f"{found[row, name]}\n{words}" if found.get((row, name)) else words
    held = set(fields.values())
    return found | {(row, name): words for (row, name), words in asked.added.items() if name not in held}


def _choice(column: PastedColumn, columns: Sequence[PastedColumn]) -> Choice:
    special = [c.field for c in columns if c.field and c.field not in COLUMN_FIELDS]
    options = [("", _("Không lấy cột này")), *((name, str(label)) for name, label in LABELS.items())]
    options += [(name, label_of(name)) for name in dict.fromkeys(special) if name]
    return Choice(column, f"cot-{column.index}", column.field or "", options)
