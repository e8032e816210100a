"""What an amendment changed: what, from, to, who, when; taken from the lines of history that were written under it.

Content can change only under an amendment, so what stood before its first line and what stands after its last is all
there is to say: a change that was taken back within the amendment is none. Reported things (progress, values reached,
money spent) and the order of rows are no content and not told here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from caitien.plan import ImprovementPlan
from caitien.plan.comparing import Change, compare
from caitien.plan.fields import fields_of
from caitien.web.plans.head_editing import REPORTED_OF_MONITORING
from caitien.web.plans.models import Action, Amendment, Issue, Plan
from caitien.web.plans.values import action_value, head_value, issue_value

REPORTED_FIELDS = frozenset(
    {"progress.status", "progress.text", "result", "note", "measures_done", "evidence_at_hand", "issue", "continues"}
)
"""Fields of an action value that are no content (`states.REPORTED`, and its links)."""
FOLLOWS = {"resources.funding_sources": "resources.lines"}
"""A field that only repeats what another says: told only when that one did not change."""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """One thing changed under an amendment. `who`: a user, or None; `key`: of the row, None for the head of the plan."""

    change: Change
    who: Any
    when: datetime
    key: UUID | None


@dataclass(slots=True)
class _Touched:
    """A row under an amendment: as it was before (None: not there), and the lines written since, the oldest first."""

    before: Any
    lines: list[Any] = field(default_factory=list)


def adjusted(plan: Plan, amendments: Iterable[Amendment] | None = None) -> dict[UUID, list[Adjusted]]:
    """Key of an amendment to what it changed, rows in the order of the plan. `amendments`: only of these.

    Seven queries, however many amendments and changes there are.
    """
    wanted = None if amendments is None else {one.pk for one in amendments}
    touched = {
        "actions": _touched(Action, plan, wanted),
        "issues": _touched(Issue, plan, wanted),
        "plan": _touched(Plan, plan, wanted),
    }
    numbers = _numbers(plan) if touched["actions"] else {}
    found: dict[UUID, list[Adjusted]] = defaultdict(list)
    for record, by_amendment in touched.items():
        for amendment, rows in by_amendment.items():
            for key, row in sorted(rows.items(), key=lambda one: numbers.get(one[0], (len(numbers), ""))[0]):
                found[amendment] += _of_row(record, key, row, numbers.get(key, (0, ""))[1])
    return {key: sorted(of_one, key=_order_of_record) for key, of_one in found.items() if of_one}


def _touched(model: Any, plan: Plan, wanted: set[UUID] | None) -> dict[UUID, dict[UUID, _Touched]]:
    """Amendment -> row -> what happened to it (two queries)."""
    lines = model.history.filter(school=plan.school_id, amendment__isnull=False)
    lines = lines.filter(id=plan.pk) if model is Plan else lines.filter(plan=plan)
    if wanted is not None:
        lines = lines.filter(amendment__in=wanted)
    found: dict[UUID, dict[UUID, _Touched]] = defaultdict(dict)
    for line in lines.select_related("history_user").order_by("version"):
        rows = found[line.amendment]
        if line.id not in rows:
            rows[line.id] = _Touched(None)
        rows[line.id].lines.append(line)
    first = {(key, row.lines[0].version - 1) for rows in found.values() for key, row in rows.items()}
    if first:
        keys, versions = {key for key, _version in first}, {version for _key, version in first}
        befores = model.history.filter(school=plan.school_id, id__in=keys, version__in=versions)
        known = {(one.id, one.version): one for one in befores}
        for rows in found.values():
            for key, row in rows.items():
                row.before = known.get((key, row.lines[0].version - 1))
    return found


def _numbers(plan: Plan) -> dict[UUID, tuple[int, str]]:
    """Key of an action to its place, and to what stands for it in documents: its number, or its place."""
    rows = list(
        Action.everything.for_school(plan.school_id).filter(plan=plan).order_by("position", "id").values_list(
            "pk", "number", "removed_at"
        )
    )  # fmt: skip
    own = [str(number).strip() for _key, number, removed in rows if removed is None and number not in (None, "")]
    present = sum(removed is None for _key, _number, removed in rows)
    each_has_one = len(own) == present and len(set(own)) == len(own)
    found, place = {}, 0
    for at, (key, number, removed) in enumerate(rows):
        place += removed is None
        found[key] = (at, str(number).strip() if each_has_one and number not in (None, "") else str(place))
    return found


def _of_row(record: str, key: UUID, row: _Touched, number: str) -> list[Adjusted]:
    states = [row.before, *row.lines]
    if record == "plan":
        changes = compare(head_value(row.before), head_value(row.lines[-1])) if row.before is not None else []
        changes = [one for one in changes if one.record != "actions" and _is_head_content(one)]
        return [
            Adjusted(one, line.history_user, line.history_date, None)
            for one in changes
            for line in [_last_of_head(states, one)]
        ]
    before, after = (_present(record, one, number) for one in (row.before, row.lines[-1]))
    changes = compare(_alone(record, before), _alone(record, after))
    told = {one.field for one in changes}
    wanted = [
        one
        for one in changes
        if one.record == record and _is_content(one) and FOLLOWS.get(one.field or "", "") not in told
    ]
    return [
        Adjusted(one, line.history_user, line.history_date, key)
        for one in wanted
        for line in [_last_that_changed(record, states, one, number)]
    ]


def _present(record: str, line: Any, number: str) -> Any:
    """The value of a row in the plan, numbered as it is named on paper; None when it was not in the plan."""
    if line is None or line.removed_at is not None:
        return None
    made = _approved(line) if record == "actions" else issue_value(line, ids=True)
    return made.model_copy(update={"number": number}) if number else made


def _alone(record: str, value: Any) -> ImprovementPlan:
    return ImprovementPlan.model_validate({record: [] if value is None else [value.model_dump(by_alias=True)]})


def _is_content(change: Change) -> bool:
    return change.kind != "moved" and (change.record != "actions" or change.field not in REPORTED_FIELDS)


def _approved(line: Any) -> Any:
    """The action value of a line without what is reported within its entries (values reached, money spent)."""
    made = action_value(line, ids=True)
    for entries, part in ((made.indicator_values, "actual"), (made.resources.lines, "spent_vnd")):
        for entry in entries:
            setattr(entry, part, None)
    made.indicator_values = [one for one in made.indicator_values if one.baseline or one.target or one.unit]
    made.resources.lines = [one for one in made.resources.lines if one.source or one.note or one.amount_vnd is not None]
    return made


def _is_head_content(change: Change) -> bool:
    return change.record != "monitoring" or (change.kind != "moved" and change.field not in REPORTED_OF_MONITORING)


def _last_that_changed(record: str, states: Sequence[Any], change: Change, number: str) -> Any:
    """The newest line that made the change: that set its field, or took the row out or brought it in."""
    values = [_present(record, one, number) for one in states]
    for at in range(len(states) - 1, 0, -1):
        before, after = values[at - 1], values[at]
        if (before is None) != (after is None):
            return states[at]
        if change.field is None or before is None or after is None:
            continue
        was, now = (fields_of(one.model_dump(by_alias=True), record) for one in (before, after))
        if was.get(change.field) != now.get(change.field):
            return states[at]
    return states[-1]


def _last_of_head(states: Sequence[Any], change: Change) -> Any:
    for at in range(len(states) - 1, 0, -1):
        made = compare(head_value(states[at - 1]), head_value(states[at]))
        if any((one.record, one.field) == (change.record, change.field) for one in made):
            return states[at]
    return states[-1]


def _order_of_record(one: Adjusted) -> int:
    return {"actions": 1, "issues": 2}.get(one.change.record, 0)
