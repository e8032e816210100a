"""Changing a plan: every change goes through here, so that each has a version, a line of history and loses no word.

A change of content is refused when the plan's state forbids it (`PlanLocked`, see `states.py`). Changes made by one
request are one *batch*: they are undone together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from caitien.web.ids import new_id
from caitien.web.plans.fields import Columns
from caitien.web.plans.following import following
from caitien.web.plans.involved import PARTS, relink
from caitien.web.plans.merge import Clash, merge
from caitien.web.plans.models import POSITION_STEP, Action, Amendment, Plan
from caitien.web.plans.recorded import RECORDED
from caitien.web.plans.states import AMENDABLE, PlanLocked, changes_content, why_locked
from caitien.web.plans.values import derived
from caitien.web.schools.models import School


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edit. With clashes nothing was saved; `row` is the action as it is now."""

    row: Action
    changed: list[str] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    record: UUID | None = None  # of the history, for undoing
    batch: UUID | None = None


def new_batch() -> UUID:
    """A name for the changes of one request."""
    return new_id()


def save_edit(
    school: School,
    key: UUID,
    wanted: Mapping[str, Columns],
    *,
    base: Any,
    user: Any,
    reason: str = "",
    batch: UUID | None = None,
) -> Outcome:
    """Saves the edit that somebody made of `base` (field name to columns): what others changed meanwhile is joined.

    When another changed the same field to something else, nothing is saved and the clashes are returned.
    Raises PlanLocked when the edit changes content that is frozen.
    """
    with transaction.atomic():
        row = _locked(school, key)
        names = list(wanted)
        joined = merge(
            {name: RECORDED[name].of(base) for name in names}, wanted, {name: RECORDED[name].of(row) for name in names}
        )
        if joined.clashes:
            return Outcome(row, clashes=joined.clashes)
        columns = {column: value for part in joined.changes.values() for column, value in part.items()}
        record = _write(row, columns, user, reason, batch)
        return Outcome(row, changed=list(joined.changes), record=record, batch=batch)


def set_columns(
    school: School, key: UUID, columns: Columns, *, user: Any, reason: str, batch: UUID | None = None
) -> Outcome:
    """Sets columns of an action whatever they were, as a progress report or a fix does. Raises PlanLocked."""
    return change(school, key, lambda _row: columns, user=user, reason=reason, batch=batch)


def change(
    school: School,
    key: UUID,
    how: Callable[[Action], Columns],
    *,
    user: Any,
    reason: str = "",
    batch: UUID | None = None,
) -> Outcome:
    """Changes an action by what it is now: `how` gets the row, held, and gives the columns to set (a tick in a list,
    so that two people who tick different lines never clash). Raises PlanLocked."""
    with transaction.atomic():
        row = _locked(school, key)
        changed = {column: value for column, value in how(row).items() if getattr(row, column) != value}
        record = _write(row, changed, user, reason, batch)
        return Outcome(row, changed=list(changed), record=record, batch=batch)


def create_actions(
    plan: Plan,
    rows: Sequence[Columns],
    *,
    after: Action | None = None,
    user: Any,
    reason: str = "",
    batch: UUID | None = None,
) -> list[Action]:
    """New actions of the plan, in order, after an action (None: at the end). Raises PlanLocked."""
    with transaction.atomic():
        plan = _held(plan)
        amendment = permitted(plan, content=True)
        places = _places_after(plan, after, len(rows))
        made = []
        for columns, place in zip(rows, places, strict=True):
            action = Action(school=plan.school, plan=plan, position=place, **columns)
            for name, value in derived(columns).items():
                setattr(action, name, value)
            _save(action, user, reason, batch, amendment)
            made.append(action)
        relink(plan.school, made)
        return made


def remove_actions(
    plan: Plan, keys: Iterable[UUID], *, user: Any, reason: str = "", batch: UUID | None = None
) -> list[Action]:
    """Takes actions out of the plan. They stay in the table with all that was reported, so that it can be undone."""
    with transaction.atomic():
        plan = _held(plan)
        amendment = permitted(plan, content=True)
        rows = list(Action.objects.for_school(plan.school).filter(plan=plan, pk__in=list(keys)))
        for row in rows:
            row.plan, row.removed_at = plan, timezone.now()
            row.version += 1
            _save(row, user, reason, batch, amendment)
        return rows


def move_action(
    plan: Plan, key: UUID, *, after: UUID | None, user: Any, reason: str = "", batch: UUID | None = None
) -> Action | None:
    """Puts an action after another (None: before all). The other rows stay as they are. None when it is not there.

    Order is no content: rows can be moved in every state but closed. Raises PlanLocked.
    """
    with transaction.atomic():
        plan = _held(plan)
        amendment = permitted(plan, content=False)
        rows = list(Action.objects.for_school(plan.school).filter(plan=plan))
        row = next((one for one in rows if one.pk == key), None)
        others = [one for one in rows if one.pk != key]
        before = next((place for place, one in enumerate(others) if one.pk == after), None)
        if row is None or (after is not None and before is None):
            return None
        row.plan = plan
        row.position = _places(plan, others, 0 if before is None else before + 1, 1)[0]
        row.version += 1
        _save(row, user, reason, batch, amendment)
        return row


def set_head(
    school: School,
    key: UUID,
    head: dict[str, Any],
    columns: Columns,
    *,
    user: Any,
    reason: str,
    batch: UUID | None = None,
) -> UUID:
    """Replaces the head of a plan (and title, framework). Returns the record of the history. Raises PlanLocked."""
    with transaction.atomic():
        plan = Plan.objects.select_for_update().get(school=school, pk=key)
        amendment = permitted(plan, content=True)
        plan.head = head
        for column, value in columns.items():
            setattr(plan, column, value)
        plan.version += 1
        _save(plan, user, reason, batch, amendment)
        return plan.history.latest().pk


def permitted(plan: Plan, *, content: bool) -> Amendment | None:
    """The amendment under which a change would be made (None: none is needed, or open). Raises PlanLocked.

    One query, and only for a plan that can be amended.
    """
    amendment = open_amendment(plan) if plan.state in AMENDABLE else None
    if sentence := why_locked(plan.state, amendment_open=amendment is not None, content=content):
        raise PlanLocked(
            sentence, ((_("Về kế hoạch"), address(plan)), (_("Trạng thái của kế hoạch"), address(plan, "life")))
        )
    return amendment


def address(plan: Plan, name: str = "plan") -> str:
    """The address of a page of a plan."""
    return reverse(f"plans:{name}", kwargs={"school": plan.school.slug, "plan": plan.pk})


def open_amendment(plan: Plan) -> Amendment | None:
    """The amendment that is under way."""
    return Amendment.objects.for_school(plan.school_id).filter(plan=plan, closed_at=None).first()


def version_of(row: Action, version: int | None) -> Any:
    """The action as it was at a version: from its history. A version that is not known any more is the oldest there is,
    so that all that differs from it is looked at."""
    if version == row.version:
        return row
    records = Action.history.filter(id=row.pk, school_id=row.school_id)
    return records.filter(version=version).first() or records.order_by("version").first() or row


def _held(plan: Plan) -> Plan:
    """The plan as it is now, held until the transaction ends."""
    held = Plan.objects.select_for_update(no_key=True).get(school=plan.school_id, pk=plan.pk)
    held.school = plan.school
    return held


def _locked(school: School, key: UUID) -> Action:
    """The row and its plan, held until the transaction ends (SQLite: the transaction itself is alone, it began IMMEDIATE)."""
    held = Action.everything.select_for_update(of=("self", "plan")).select_related("plan")
    row: Action = held.get(school=school, pk=key)
    row.school = row.plan.school = school
    return row


def _write(row: Action, columns: Columns, user: Any, reason: str, batch: UUID | None) -> UUID | None:
    if not columns:
        return None
    columns = {**columns, **following(row, columns)}
    content = changes_content({column: getattr(row, column) for column in columns}, columns)
    amendment = permitted(row.plan, content=content)
    for column, value in {**columns, **derived(columns)}.items():
        setattr(row, column, value)
    row.version += 1
    record = _save(row, user, reason, batch, amendment)
    if columns.keys() & PARTS.keys():
        relink(row.school, [row])
    return record


def _save(row: Any, user: Any, reason: str, batch: UUID | None, amendment: Amendment | None) -> UUID:
    """Saves a row with its line of history; gives that line's key."""
    row._change_reason, row._history_user = (str(reason) or "")[:100] or None, user
    row._batch, row._amendment = batch, amendment.pk if amendment else None
    row.save()
    return row._record


def _places_after(plan: Plan, after: Action | None, count: int) -> list[int]:
    rows = list(Action.objects.for_school(plan.school).filter(plan=plan))
    before = next((place for place, row in enumerate(rows) if after is not None and row.pk == after.pk), len(rows) - 1)
    return _places(plan, rows, before + 1, count)


def _places(plan: Plan, rows: list[Action], at: int, count: int) -> list[int]:
    """Positions for `count` new rows before `rows[at]`. Where there is no room, all rows get new positions first."""
    low = rows[at - 1].position if at else 0
    high = rows[at].position if at < len(rows) else low + (count + 1) * POSITION_STEP
    if high - low <= count:
        for place, row in enumerate(rows, 1):
            row.position = place * POSITION_STEP * (count + 1)
        Action.objects.bulk_update(rows, ["position"])  # no word changes: nothing for the history
        return _places(plan, rows, at, count)
    gap = (high - low) // (count + 1)
    return [low + gap * number for number in range(1, count + 1)]
