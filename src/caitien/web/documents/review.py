"""What is doubtful about a plan that was read: the questions a reviewer settles, and the state of every row.

Values in, values out: nothing here knows the database, the page or who asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caitien.plan.periods import FIRST_MONTH_OF_PLAN, years_of
from caitien.web.documents import decisions as deciding
from caitien.web.documents.fields import (
    BY_NAME,
    ROW_FIELDS,
    both,
    derived,
    field_called,
    is_known,
    same,
    text_of,
    typed,
    value_of,
)
from caitien.web.documents.mends import mended
from caitien.web.ui.differences import Parts, differences

QuestionKind = Literal["facts", "choose", "fill", "check", "column"]

ASKED_WHEN_DIFFERENT = ("responsible", "collaborators", "period", "budget", "criteria")
"""Fields over which two printed rows may not disagree without a person deciding."""

ASKED_WHEN_MISSING = {
    "responsible": gettext_lazy("Ai phụ trách mục này?"),
    "period": gettext_lazy("Khi nào làm, khi nào xong?"),
}
ASKED_RULES = ("lost-letters",)
"""Findings that are only hints, and yet nobody but a person can settle."""

SAID_BY_ANSWERS = ("two-owners", "two-periods", "duplicate-row")

FIRST_SHOWN = 160  # characters of an action's content in a title


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen. `values`: what it sets in the action; empty means: as read."""

    key: str
    text: str
    derived: str = ""
    why: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    parts: Parts = ()  # the text cut up, with what sets it apart from the other answers


@dataclass(frozen=True, slots=True)
class Question:
    """One doubtful thing. `id` is stable as long as the file was not read anew."""

    id: str
    kind: QuestionKind
    title: str
    action: int | None = None
    name: str | None = None  # of the row field
    options: tuple[Option, ...] = ()
    text: str = ""  # what the text box begins with
    can_type: bool = True
    findings: tuple[dict[str, Any], ...] = ()
    settled: str | None = None  # how it was answered
    sure: bool = False  # there is an answer that nobody would doubt: "keep"

    @property
    def is_open(self) -> bool:
        return self.settled is None and not self.sure

    @property
    def told(self) -> tuple[dict[str, Any], ...]:
        """The findings that say more than the title and the answers do."""
        return tuple(f for f in self.findings if self.kind != "choose" or f.get("rule") not in SAID_BY_ANSWERS)

    @property
    def label(self) -> str:
        """The field's name on the page."""
        return BY_NAME[self.name].label if self.name else ""


@dataclass(frozen=True, slots=True)
class ShownField:
    name: str
    label: str
    kind: str
    value: Any
    text: str
    derived: str
    changed: bool  # differs from what was read
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """An action as it will enter the plan. `state`: open, sure, seen, dropped."""

    index: int
    state: Literal["open", "sure", "seen", "dropped"]
    action: dict[str, Any]
    questions: tuple[Question, ...]

    @property
    def number(self) -> int:
        return self.index + 1

    @property
    def title(self) -> str:
        words = (
            self.action.get("content")
            or self.action.get("weakness")
            or text_of("measures", self.action.get("measures"))
        )
        words = " ".join((words or _("Mục chưa có nội dung")).split())
        return words if len(words) <= FIRST_SHOWN else words[:FIRST_SHOWN].rsplit(" ", 1)[0] + "…"


@dataclass(frozen=True, slots=True)
class Review:
    """All that the review page says of one import."""

    rows: tuple[Row, ...]
    questions: tuple[Question, ...]
    notes: tuple[dict[str, Any], ...]  # findings about the plan as a whole

    @property
    def open(self) -> tuple[Question, ...]:
        return tuple(q for q in self.questions if q.is_open)

    @property
    def sure(self) -> tuple[Row, ...]:
        """Rows without an open question that nobody has looked at yet."""
        return tuple(row for row in self.rows if row.state == "sure")

    def question(self, key: str | None) -> Question | None:
        return next((q for q in self.questions if q.id == key), None)

    def beside(self, key: str) -> tuple[Question | None, Question | None]:
        """The questions before and after this one, settled or not."""
        ids = [q.id for q in self.questions]
        at = ids.index(key)
        return (self.questions[at - 1] if at else None, self.questions[at + 1] if at + 1 < len(ids) else None)

    def next_open(self, after: str | None = None) -> Question | None:
        """The open question that comes next after this one, the first when there is none behind it."""
        ids = [q.id for q in self.questions]
        at = ids.index(after) + 1 if after in ids else 0
        return next((q for q in (*self.questions[at:], *self.questions[:at]) if q.is_open), None)


def review(plan_value: dict[str, Any], decisions: dict[str, Any] | None = None) -> Review:
    """The review of a plan value (as JSON) under the decisions made so far."""
    decided = decisions or {}
    settled = decided.get("settled", {})
    dropped, seen = set(decided.get("dropped", [])), set(decided.get("seen", []))
    by_question = _findings_by_question(plan_value)
    facts = _facts(by_question.get(deciding.FACTS, []), settled)
    columns = _columns(by_question, settled)
    filled = _fields_the_file_has(plan_value.get("actions", []))
    rows, questions = [], [facts, *columns]
    year = decided.get("facts", {}).get("school_year", plan_value.get("school_year"))
    actions = deciding.actions_after(plan_value.get("actions", []), decided, year, plan_value.get("school_year"))
    for index, read in enumerate(plan_value.get("actions", [])):
        asked = () if index in dropped else tuple(_of_row(index, read, by_question, settled, filled, year))
        questions += [q for q in asked if not q.sure]
        state = "dropped" if index in dropped else _state(index in seen, asked)
        rows.append(Row(index, state, actions[index], asked))
    return Review(tuple(rows), tuple(questions), tuple(by_question.get(deciding.FACTS, [])))


def settled_by_seeing(rows: Iterable[Row]) -> list[str]:
    """The sure questions of rows that are taken as they are: by taking them a person settles these too."""
    return [q.id for row in rows for q in row.questions if q.sure and q.settled is None]


def _state(seen: bool, asked: tuple[Question, ...]) -> Literal["open", "sure", "seen"]:
    if any(q.is_open for q in asked):
        return "open"
    return "seen" if seen or any(not q.sure for q in asked) else "sure"


def shown_fields(row: Row, read: dict[str, Any]) -> list[ShownField]:
    """The fields of a row that hold something, or about which something is asked; the doubtful ones on top."""
    questions = {q.name: q for q in row.questions if q.name}
    shown = []
    for spec in ROW_FIELDS:
        value, question = value_of(row.action, spec.name), questions.get(spec.name)
        text = text_of(spec.name, value)
        changed = not same(spec.name, value, value_of(read, spec.name))
        if text or question or changed:
            words = derived(spec.name, value)
            shown.append(ShownField(spec.name, spec.label, spec.kind, value, text, words, changed, question))
    return sorted(shown, key=lambda one: one.question is None or not one.question.is_open)


def answered(question: Question, choice: str, text: str, school_year: str | None) -> dict[int, dict[str, Any]] | None:
    """What an answer sets: {action: {field: value}}; {} when all stays as read; None when it is not an answer.

    `choice` is an option's key or "typed"; `text` is what was typed.
    """
    if question.action is None:
        return None
    if choice == "typed":
        if not question.name or not text.strip():
            return None
        return {question.action: {question.name: typed(question.name, text, school_year)}}
    option = next((o for o in question.options if o.key == choice), None)
    if option is None:
        return None
    return {question.action: option.values} if option.values else {}


def _findings_by_question(plan_value: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for number, finding in enumerate(plan_value.get("findings", [])):
        found.setdefault(deciding.question_of(finding, number), []).append(finding)
    return found


def _facts(findings: list[dict[str, Any]], settled: dict[str, str]) -> Question:
    return Question(
        deciding.FACTS,
        "facts",
        _("Kế hoạch này của trường nào, năm học nào, theo khung nào?"),
        findings=tuple(findings),
        settled=settled.get(deciding.FACTS),
    )


def _columns(by_question: dict[str, list[dict[str, Any]]], settled: dict[str, str]) -> list[Question]:
    options = tuple(Option(f.name, f.label) for f in ROW_FIELDS if f.name != "number")
    return [
        Question(
            key,
            "column",
            _("Cột “%(name)s” ghi điều gì?") % {"name": findings[0].get("quote") or _("không tên")},
            options=(*options, Option("ignore", _("Không đưa vào kế hoạch"))),
            can_type=False,
            findings=tuple(findings),
            settled=settled.get(key),
        )
        for key, findings in by_question.items()
        if key.startswith("cot.")
    ]


def _fields_the_file_has(actions: list[dict[str, Any]]) -> set[str]:
    """Fields that at least one row fills: what no row has was not a column of the file, and is not asked row by row."""
    return {name for name in ASKED_WHEN_MISSING for action in actions if text_of(name, value_of(action, name))}


def _of_row(
    index: int,
    read: dict[str, Any],
    by_question: dict[str, list[dict[str, Any]]],
    settled: dict[str, str],
    filled: set[str],
    year: str | None,
) -> list[Question]:
    """The questions about one row, in the order of its fields."""
    questions = []
    for spec in ROW_FIELDS:
        key = f"{index}.{spec.name}"
        findings = _each_once(by_question.get(key, []))
        value = value_of(read, spec.name)
        common = {"action": index, "name": spec.name, "findings": findings, "settled": settled.get(key)}
        others = _other_values(read, spec.name) if spec.name in ASKED_WHEN_DIFFERENT else []
        if others:
            title = _("Hai dòng ghi khác nhau: %(field)s nào đúng?") % {"field": str(spec.label).lower()}
            options = _choices(spec.name, value, others)
            sure = spec.name == "period" and _left_from_before(value, [other for other, _why in others], year)
            questions.append(Question(key, "choose", title, options=options, sure=sure, **common))
        elif spec.name in ASKED_WHEN_MISSING and spec.name in filled and not is_known(spec.name, value):
            printed = text_of(spec.name, value)
            asked = str(ASKED_WHEN_MISSING[spec.name])
            title = (
                _("Chưa hiểu “%(printed)s”: %(asked)s") % {"printed": printed, "asked": asked[0].lower() + asked[1:]}
                if printed
                else asked
            )
            keep = Option(
                "keep", _("Giữ “%(printed)s”") % {"printed": printed} if printed else _("Để trống, bổ sung sau")
            )
            questions.append(Question(key, "fill", title, options=(keep,), text=printed, **common))
        elif any(f.get("severity") != "hint" or f.get("rule") in ASKED_RULES for f in findings):
            keep = Option("keep", _("Giữ như đã đọc"), derived(spec.name, value))
            options = (*_lost_letters(findings, spec.name, value), keep, *_fixes(findings, spec.name))
            title = _("%(field)s: đọc thế này có đúng không?") % {"field": spec.label}
            questions.append(Question(key, "check", title, options=options, text=text_of(spec.name, value), **common))
    loose = tuple(f for f in by_question.get(f"{index}.", []) if f.get("severity") == "error")
    if loose:
        questions.append(
            Question(
                f"{index}.",
                "check",
                _("Mục này có chỗ đáng ngờ: giữ lại chứ?"),
                action=index,
                options=(Option("keep", _("Giữ như đã đọc")),),
                can_type=False,
                findings=loose,
                settled=settled.get(f"{index}."),
            )
        )
    return questions


def _each_once(findings: list[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Findings that say the same are shown once."""
    return tuple({finding.get("message"): finding for finding in findings}.values())


def _other_values(read: dict[str, Any], name: str) -> list[tuple[Any, str]]:
    """What duplicate rows say of this field instead, each once: (value, why the other row won)."""
    value, found = value_of(read, name), []
    for alternative in read.get("alternatives") or []:
        said = alternative.get("values") or {}
        said_fields = {field_called(key) for key in said} | (
            {"budget", "funding_sources"} if "resources" in said else set()
        )
        if name not in said_fields:
            continue
        other = value_of({"resources": {}} | said, name)
        if not text_of(name, other) or same(name, value, other) or any(same(name, other, o) for o, _why in found):
            continue
        found.append((other, alternative.get("reason") or ""))
    return found


def _left_from_before(value: dict[str, Any], others: list[dict[str, Any]], year: str | None) -> bool:
    """Whether all other rows name times wholly before the plan's school year, and this one does not: last year's words."""
    years = years_of(year)
    if years is None:
        return False
    first_month = f"{years[0]}-{FIRST_MONTH_OF_PLAN:02d}"

    def is_past(period: dict[str, Any]) -> bool:
        last = (period or {}).get("end") or (period or {}).get("start")
        return bool(last) and last[:7] < first_month

    return not is_past(value) and all(is_past(other) for other in others)


def _choices(name: str, value: Any, others: list[tuple[Any, str]]) -> tuple[Option, ...]:
    first = text_of(name, value) or _("(để trống)")
    choices = [Option("keep", first, derived(name, value), others[0][1] or _("Dòng mới hơn, đầy đủ hơn."))]
    for number, (other, _why) in enumerate(others, start=1):
        choices.append(
            Option(
                f"other{number}",
                text_of(name, other),
                derived(name, other),
                _("Dòng in lặp ghi thế này."),
                {name: other},
            )
        )
    marked = differences([choice.text for choice in choices], items=BY_NAME[name].kind in ("people", "criteria"))
    choices = [replace(choice, parts=parts) for choice, parts in zip(choices, marked, strict=True)]
    if BY_NAME[name].kind in ("people", "criteria"):
        together = value
        for other, _why in others:
            together = both(name, together, other)
        if not any(same(name, together, one) for one in (value, *(other for other, _why in others))):
            choices.append(Option("both", text_of(name, together), "", _("Lấy cả hai."), {name: together}))
    return tuple(choices)


def _lost_letters(findings: tuple[dict[str, Any], ...], name: str, value: Any) -> list[Option]:
    """The word that must have stood there, when letters were lost and only one word fits."""
    if not any(finding.get("rule") == "lost-letters" for finding in findings):
        return []
    found = mended(name, value)
    return (
        []
        if found is None
        else [Option("mend", _("Sửa thành %(words)s") % {"words": found[0]}, "", "", {name: found[1]})]
    )


def _fixes(findings: tuple[dict[str, Any], ...], name: str) -> list[Option]:
    """The mends that reading offers for this field."""
    options = []
    for finding in findings:
        for fix in finding.get("fixes") or []:
            path = re.match(r"/actions/\d+/(.+)", fix.get("path") or "")
            if not path or field_called(path[1]) != name:
                continue
            value = fix.get("value")
            value = typed(name, value) if isinstance(value, str) else value
            key = f"fix{len(options) + 1}"
            options.append(
                Option(key, fix.get("label") or text_of(name, value), derived(name, value), "", {name: value})
            )
    return options
