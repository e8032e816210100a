"""The plan value and its rows: `store` and `to_value` are each other's inverse, nothing is lost on the way.

Columns hold what pages search and sort by; what a newer plan format brings, or what does not fit a column, is kept in
`Action.extra` and comes back. Findings name their action by key while they are stored, by index in the value.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_noop

from caitien.plan import Action as ActionValue
from caitien.plan import ImprovementPlan
from caitien.plan import Issue as IssueValue
from caitien.web.ids import new_id
from caitien.web.plans.involved import relink
from caitien.web.plans.models import POSITION_STEP, Action, Issue, Plan
from caitien.web.schools.models import School, SchoolYear

SCHOOL_YEAR = re.compile(r"\d{4}-\d{4}")

# (part of the action value, its field) -> column
COLUMNS: dict[tuple[str, str], str] = {
    **{
        ("", name): name
        for name in (
            "number", "criteria", "current_state", "weakness", "cause", "content", "objective", "measures", "indicators",
            "responsible", "collaborators", "expected_evidence", "result", "note", "provenance", "alternatives",
            "measures_done", "indicator_values", "evidence_at_hand",
        )
    },
    ("period", "text"): "period_text",
    ("period", "kind"): "period_kind",
    ("period", "start"): "period_start",
    ("period", "end"): "period_end",
    ("period", "recurrence"): "recurrence",
    ("resources", "text"): "resources_text",
    ("resources", "budget_vnd"): "budget_vnd",
    ("resources", "budget_text"): "budget_text",
    ("resources", "funding_sources"): "funding_sources",
    ("resources", "lines"): "budget_lines",
    ("progress", "text"): "progress_text",
    ("progress", "status"): "progress_status",
    ("progress", "percent"): "progress_percent",
}  # fmt: skip
PARTS = ("period", "resources", "progress")
ISSUE_COLUMNS = ("number", "standard", "criteria", "current_state", "weakness", "cause")
AS_READ = "_as_read"  # in a stored finding: what its field said when the file was read


@transaction.atomic
def store(
    school: School,
    value: ImprovementPlan,
    user: Any,
    *,
    state: str = Plan.State.DRAFT,
    reason: str = gettext_noop("Nhập từ tài liệu"),
    prepare: Callable[[Plan, list[Issue], list[Action]], None] | None = None,
) -> Plan:
    """A new plan of the school with all that the value says, in one transaction. The school year is made when it is new.

    `reason`: what the history says of its rows; `prepare`: gets the plan and its rows, in the order of the value, before
    anything is stored (to link them to those of another year).
    """
    head = _without_nul(value.to_dict())
    keys = [new_id() for _ in head.pop("actions")]
    issues = head.pop("issues")
    plan = Plan(
        school=school,
        year=_school_year(school, value),
        title=head.pop("title"),
        framework=head.pop("framework"),
        state=state,
        created_by=user,
    )
    rows = [
        Action(id=key, school=school, plan=plan, position=place * POSITION_STEP, **columns_of(action))
        for place, (key, action) in enumerate(zip(keys, value.actions, strict=True), 1)
    ]
    head["findings"] = [_renamed(finding, rows) for finding in head["findings"]]
    plan.head = head
    answered = [_issue_row(plan, place, issue) for place, issue in enumerate(issues, 1)]
    if prepare is not None:
        prepare(plan, answered, rows)
    plan.save()
    _create_with_history(answered, user, reason)
    _create_with_history(rows, user, reason)
    relink(school, rows)
    return plan


def to_value(
    plan: Plan, actions: Iterable[Action] | None = None, issues: Iterable[Issue] | None = None, *, ids: bool = False
) -> ImprovementPlan:
    """The plan as a value. `actions`, `issues`: its rows in order, when the caller has them already (else one query each).

    `ids`: every action and issue says its key as `id`, and an action the key of its `issue`, so that two values of one
    plan are compared, merged and written to a calendar row by row. Without them a value stored is the value got back.
    """
    rows = list(plan.actions.filter(school_id=plan.school_id)) if actions is None else list(actions)
    answered = list(plan.issues.filter(school_id=plan.school_id)) if issues is None else list(issues)
    findings = [placed for finding in plan.head.get("findings", []) if (placed := _placed(finding, rows)) is not None]
    return ImprovementPlan.model_validate(
        {
            **plan.head,
            "title": plan.title,
            "framework": plan.framework,
            "findings": findings,
            "issues": [issue_value(row, ids=ids) for row in answered],
            "actions": [action_value(row, ids=ids) for row in rows],
        }
    )


def head_value(plan: Any) -> ImprovementPlan:
    """The plan value of a plan's row (or of a row of its history) alone: without actions, issues and findings."""
    return ImprovementPlan.model_validate(
        {**plan.head, "title": plan.title, "framework": plan.framework, "findings": [], "issues": [], "actions": []}
    )


def issue_value(row: Any, *, ids: bool = False) -> IssueValue:
    """The issue value of a row (or of a row of its history)."""
    said = {**(row.extra or {}), **{name: getattr(row, name) for name in ISSUE_COLUMNS}}
    return IssueValue.model_validate(said | {"id": str(row.id)} if ids else said)


def columns_of(action: ActionValue) -> dict[str, Any]:
    """The columns of an action value, the derived ones (`standard`, `starts_on`, `ends_on`) with them."""
    given: dict[str, Any] = _without_nul(action.model_dump(mode="json", by_alias=True))
    parts = {part: given.pop(part) for part in PARTS} | {"": given}
    columns = {}
    for (part, name), column in COLUMNS.items():
        if fits(column, parts[part][name]):
            columns[column] = parts[part].pop(name)
    extra = {part: rest for part, rest in parts.items() if rest}
    return {**columns, "extra": extra, **derived(columns)}


def action_value(row: Any, *, ids: bool = False) -> ActionValue:
    """The action value of a row (or of a row of its history). `ids`: with its key, and that of its issue."""
    parts: dict[str, dict[str, Any]] = {part: {} for part in ("", *PARTS)}
    for (part, name), column in COLUMNS.items():
        parts[part][name] = getattr(row, column, None) if column not in ("provenance", "alternatives") else None
    for name in ("measures_done", "indicator_values", "evidence_at_hand"):
        parts[""][name] = parts[""][name] or []
    parts["resources"]["lines"] = parts["resources"]["lines"] or []
    parts[""]["provenance"] = getattr(row, "provenance", None) or {}
    parts[""]["alternatives"] = getattr(row, "alternatives", None) or []
    parts["period"]["kind"] = parts["period"]["kind"] or "none"
    for part, rest in (row.extra or {}).items():
        parts[part].update(rest)
    if ids:
        parts[""] |= {"id": str(row.id), "issue": str(row.issue_id) if row.issue_id else None}
    return ActionValue.model_validate({**parts.pop(""), **parts})


def derived(columns: dict[str, Any]) -> dict[str, Any]:
    """The columns that follow from others among `columns`: the standard from the criteria, days from the period."""
    found: dict[str, Any] = {}
    if "criteria" in columns:
        found["standard"] = standard_of(columns["criteria"])
    if "period_start" in columns:
        found["starts_on"] = first_day(columns["period_start"])
    if "period_end" in columns:
        found["ends_on"] = last_day(columns["period_end"])
    return found


def standard_of(criteria: list[str]) -> str:
    """The standard of an action: "1" of ["1.2", "3.1"], "M4" of ["M4.1"], "" of none."""
    return criteria[0].rsplit(".", 1)[0][:8] if criteria else ""


def first_day(text: str | None) -> date | None:
    """The first day of an ISO date ("2025-10-15") or month ("2025-10"); None when it is neither."""
    return _day(text, last=False)


def last_day(text: str | None) -> date | None:
    """The last day of an ISO date or month; None when it is neither."""
    return _day(text, last=True)


def fits(column: str, value: Any) -> bool:
    """Whether the database can keep the value in this column (a number too great for it is kept in `extra`)."""
    field = Action._meta.get_field(column)
    if isinstance(value, str) and isinstance(field, models.CharField):
        return len(value) <= (field.max_length or len(value))
    if isinstance(value, int) and isinstance(field, models.IntegerField):
        bits = 63 if isinstance(field, models.BigIntegerField) else 31
        return -(2**bits) <= value < 2**bits
    return True


def _day(text: str | None, *, last: bool) -> date | None:
    if not text or not re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", text):
        return None
    year, month, *day = map(int, text.split("-"))
    try:
        return date(year, month, day[0] if day else monthrange(year, month)[1] if last else 1)
    except ValueError:
        return None


def _school_year(school: School, value: ImprovementPlan) -> SchoolYear | None:
    if not value.school_year or not SCHOOL_YEAR.fullmatch(value.school_year):
        return None
    framework = value.framework if value.framework and len(value.framework) <= 80 else ""
    year, _ = SchoolYear.objects.get_or_create(school=school, name=value.school_year, defaults={"framework": framework})
    return year


def shape_rows(value: ImprovementPlan) -> tuple[list[Issue], list[Action]]:
    """The rows that a value would become, stored nowhere and of no school: to look at, as a preview does."""
    issues = [_issue_row(Plan(), place, issue.model_dump(mode="json")) for place, issue in enumerate(value.issues, 1)]
    return issues, [Action(id=new_id(), **columns_of(action)) for action in value.actions]


def _issue_row(plan: Plan, place: int, value: dict[str, Any]) -> Issue:
    known = {name: value[name] for name in ISSUE_COLUMNS}
    extra = {name: part for name, part in value.items() if name not in ISSUE_COLUMNS}
    owner = {"school": plan.school, "plan": plan} if plan.school_id else {}
    return Issue(**owner, position=place * POSITION_STEP, extra=extra, **known)


def _create_with_history(rows: list[Any], user: Any, reason: str) -> None:
    """Like saving each row, in two statements instead of two a row."""
    if rows:
        type(rows[0]).objects.bulk_create(rows)
        type(rows[0]).history.bulk_history_create(rows, default_user=user, default_change_reason=reason[:100])


def about(row: Action, field: str | None) -> list[Any] | None:
    """What a field of a finding ("responsible", "period", "resources.budget_vnd") holds in a row; None when it names none."""
    first = (field or "").split(".")[0]
    columns = [column for (part, name), column in COLUMNS.items() if first and (part or name) == first]
    return [getattr(row, column) for column in columns] or None


def _renamed(finding: dict[str, Any], rows: list[Action]) -> dict[str, Any]:
    """A finding that names its action, and the places of its fixes, by key: it stays true when rows move.

    What its field said is kept beside it: when somebody changes that, the finding is settled.
    """
    index = finding.get("action")
    if isinstance(index, int) and 0 <= index < len(rows):
        finding = {**finding, "action": str(rows[index].pk), AS_READ: about(rows[index], finding.get("field"))}
    by_index = {str(index): str(row.pk) for index, row in enumerate(rows)}
    return {**finding, "fixes": [_moved(fix, by_index) for fix in finding.get("fixes", [])]}


def _placed(finding: dict[str, Any], rows: list[Action]) -> dict[str, Any] | None:
    """The finding with its action's index; None when that action is gone or the words it was about have changed."""
    places = {str(row.pk): index for index, row in enumerate(rows)}
    key, as_read = finding.get("action"), finding.get(AS_READ)
    if isinstance(key, str):
        if key not in places or (as_read is not None and as_read != about(rows[places[key]], finding.get("field"))):
            return None
        finding = {**{name: part for name, part in finding.items() if name != AS_READ}, "action": places[key]}
    by_key = {key: str(index) for key, index in places.items()}
    fixes = [_moved(fix, by_key) for fix in finding.get("fixes", [])]
    return {**finding, "fixes": [fix for fix in fixes if not _names_a_key(fix["path"])]}


def _moved(fix: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    parts = fix["path"].split("/")
    if len(parts) > 2 and parts[:2] == ["", "actions"] and parts[2] in names:
        return {**fix, "path": "/".join(["", "actions", names[parts[2]], *parts[3:]])}
    return fix


def _names_a_key(path: str) -> bool:
    parts = path.split("/")
    if len(parts) < 3 or parts[1] != "actions":
        return False
    try:
        return bool(UUID(parts[2])) and len(parts[2]) == 36
    except ValueError:
        return False


def _without_nul(value: Any) -> Any:
    """The same JSON value without the character U+0000, which is no text and which PostgreSQL does not store."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [_without_nul(part) for part in value]
    if isinstance(value, dict):
        return {_without_nul(key): _without_nul(part) for key, part in value.items()}
    return value
