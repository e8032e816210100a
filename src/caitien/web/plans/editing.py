"""Changing a plan: every change goes through here, so that each has a version, a line of history and loses no word.

A change of content is refused when the plan's state forbids it (`PlanLocked`, see `states.py`). Changes made by one
request are one *batch*: they are undone together. Who writes holds the plan, then looks at the row as it is: writers of
one plan come one after the other, and none waits for a second thing while holding a first that another waits for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from caitien.web.ids import new_id
from caitien.web.plans.fields import Columns
from caitien.web.plans.following import OWNED, following
from caitien.web.plans.involved import PARTS, relink
from caitien.web.plans.merge import Clash, merge
from caitien.web.plans.models import Action, Amendment, Plan
from caitien.web.plans.places import numbered_anew, places_between
from caitien.web.plans.recorded import RECORDED
from caitien.web.plans.states import AMENDABLE, PlanLocked, changes_content, why_locked
from caitien.web.plans.values import derived
from caitien.web.schools.models import School
from caitien.web.schools.not_now import NotNow


class RowGone(NotNow):
    """The row was taken out of the plan while somebody was writing in it."""


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

    When another changed the same field to something else, nothing is saved and the clashes are returned. So it is when
    what follows from the edit (the amount of budget lines) was meanwhile written by another.
    Raises PlanLocked when the edit changes content that is frozen, RowGone when the row was taken out of the plan.
    """
    with transaction.atomic():
        row = _locked(school, key, gone_too="removed" in wanted)
        names = list(wanted)
        joined = merge(
            {name: RECORDED[name].of(base) for name in names}, wanted, {name: RECORDED[name].of(row) for name in names}
        )
        clashes = joined.clashes or _follow_over_another(row, base, joined.changes)
        if clashes:
            return Outcome(row, clashes=clashes)
        columns = {column: value for part in joined.changes.values() for column, value in part.items()}
        record = _write(row, columns, user, reason, batch)
        return Outcome(row, changed=list(joined.changes), record=record, batch=batch)


def set_columns(
    school: School, key: UUID, columns: Columns, *, user: Any, reason: str, batch: UUID | None = None
) -> Outcome:
    """Sets columns of an action whatever they were, as a progress report or a fix does. Raises PlanLocked, RowGone."""
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
    """Changes an action by what it is now: `how` gets the row, held, and gives the columns to set (a tick in a list, so that
    two people who tick different lines never clash). Raises PlanLocked, RowGone."""
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
        plan = held(plan)
        amendment = permitted(plan, content=True)
        made = []
        for columns, place in zip(rows, _places_after(plan, after, len(rows), user), strict=True):
            action = Action(school=plan.school, plan=plan, position=place, **columns)
            for name, value in derived(columns).items():
                setattr(action, name, value)
            saved(action, user, reason, batch, amendment)
            made.append(action)
        relink(plan.school, made)
        return made


def remove_actions(
    plan: Plan, keys: Iterable[UUID], *, user: Any, reason: str = "", batch: UUID | None = None
) -> list[Action]:
    """Takes actions out of the plan. They stay in the table with all that was reported, so that it can be undone."""
    with transaction.atomic():
        plan = held(plan)
        amendment = permitted(plan, content=True)
        rows = list(Action.objects.for_school(plan.school).filter(plan=plan, pk__in=list(keys)))
        for row in rows:
            row.plan, row.school, row.removed_at = plan, plan.school, timezone.now()
            row.version += 1
            saved(row, user, reason, batch, amendment, columns=["removed_at"])
        return rows


def move_action(
    plan: Plan, key: UUID, *, after: UUID | None, user: Any, reason: str = "", batch: UUID | None = None
) -> Action | None:
    """Puts an action after another (None: before all). The other rows stay as they are. None when it is not there.

    Order is no content: rows can be moved in every state but closed. Raises PlanLocked.
    """
    with transaction.atomic():
        plan = held(plan)
        amendment = permitted(plan, content=False)
        order = _order(plan)
        keys = [one for one, _position in order]
        if key not in keys or (after is not None and after not in keys) or after == key:
            return None
        order.pop(keys.index(key))
        before = next((place for place, (one, _position) in enumerate(order) if one == after), -1)
        place = _places(plan, order, before + 1, 1, user)[0]
        row: Action = Action.objects.for_school(plan.school).get(plan=plan, pk=key)
        row.plan, row.school, row.position = plan, plan.school, place
        row.version += 1
        saved(row, user, reason, batch, amendment, columns=["position"])
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
        plan = Plan.objects.select_for_update(no_key=True).get(school=school, pk=key)
        plan.school = school
        amendment = permitted(plan, content=True)
        plan.head = head
        for column, value in columns.items():
            setattr(plan, column, value)
        plan.version += 1
        return saved(plan, user, reason, batch, amendment, columns=["head", *columns])


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
    found = Amendment.objects.for_school(plan.school_id).filter(plan=plan, closed_at=None)
    return found.select_related("opened_by").first()


def version_of(row: Any, version: int | None) -> Any:
    """The row as it was at a version: from its history. A version that is not known any more is the oldest there is,
    so that all that differs from it is looked at."""
    if version == row.version:
        return row
    records = type(row).history.filter(id=row.pk, school_id=row.school_id)
    return records.filter(version=version).first() or records.order_by("version").first() or row


def held(plan: Plan) -> Plan:
    """The plan as it is now, held until the transaction ends: nobody else writes in it meanwhile."""
    found = Plan.objects.select_for_update(no_key=True).get(school=plan.school_id, pk=plan.pk)
    found.school = plan.school
    return found


def saved(
    row: Any,
    user: Any,
    reason: str,
    batch: UUID | None,
    amendment: Amendment | None,
    *,
    columns: Iterable[str] | None = None,
) -> UUID:
    """Saves a row with its line of history; gives that line's key. `columns`: those that changed (None: a new row, or all)."""
    row._change_reason, row._history_user = (str(reason) or "")[:100] or None, user
    row._batch, row._amendment = batch, amendment.pk if amendment else None
    row.save(update_fields=None if columns is None else {*columns, "version", "changed_at"})
    return row._record


def _locked(school: School, key: UUID, *, gone_too: bool = False) -> Action:
    """The action as it is now, its plan held until the transaction ends (SQLite: the transaction is alone, it began IMMEDIATE).

    Http404 when the school has no such action.
    """
    plan = Plan.objects.select_for_update(no_key=True, of=("self",)).for_school(school).filter(actions__pk=key).first()
    row = Action.everything.for_school(school).filter(pk=key).first()
    if row is None or plan is None:
        raise Http404
    row.plan = plan
    row.school = plan.school = school
    if row.removed_at is not None and not gone_too:
        raise RowGone(_gone(row), ((_("Về kế hoạch"), address(plan)),))
    return row


def _gone(row: Action) -> str:
    lines = Action.history.filter(id=row.pk, school_id=row.school_id).select_related("history_user")
    last = lines.latest("version")
    return _(
        "“%(row)s” vừa được %(who)s bỏ khỏi kế hoạch lúc %(when)s, nên chưa lưu. Muốn giữ, hãy hoàn tác việc bỏ đó rồi lưu lại."
    ) % {
        "row": str(row)[:80],
        "who": last.history_user or _("người khác"),
        "when": f"{timezone.localtime(row.removed_at):%H:%M %d/%m/%Y}",
    }


def _follow_over_another(row: Action, base: Any, changes: Mapping[str, Columns]) -> list[Clash]:
    """Clashes of what follows from an edit with what another wrote there since `base`."""
    columns = {column: value for part in changes.values() for column, value in part.items()}
    clashes = []
    for name in dict.fromkeys(OWNED[column] for column in following(row, columns) if column in OWNED):
        before, now = RECORDED[name].of(base), RECORDED[name].of(row)
        follows = {**now, **{c: v for c, v in following(row, columns).items() if c in now}}
        if now not in (before, follows):
            clashes.append(Clash(name, before, follows, now))
    return clashes


def _write(row: Action, columns: Columns, user: Any, reason: str, batch: UUID | None) -> UUID | None:
    if not columns:
        return None
    columns = {**columns, **following(row, columns)}
    content = changes_content({column: getattr(row, column) for column in columns}, columns)
    amendment = permitted(row.plan, content=content)
    people = any(column in PARTS and getattr(row, column) != value for column, value in columns.items())
    columns = {**columns, **derived(columns)}
    for column, value in columns.items():
        setattr(row, column, value)
    row.version += 1
    record = saved(row, user, reason, batch, amendment, columns=columns)
    if people:
        relink(row.school, [row])
    return record


def _order(plan: Plan) -> list[tuple[UUID, int]]:
    """Keys and positions of the actions in order."""
    return list(Action.objects.for_school(plan.school).filter(plan=plan).values_list("pk", "position"))


def _places_after(plan: Plan, after: Action | None, count: int, user: Any) -> list[int]:
    order = _order(plan)
    before = next((place for place, (key, _) in enumerate(order) if after and key == after.pk), len(order) - 1)
    return _places(plan, order, before + 1, count, user)


def _places(plan: Plan, order: list[tuple[UUID, int]], at: int, count: int, user: Any) -> list[int]:
    """Positions for `count` actions before `order[at]`. Where there is no room, all are numbered anew first."""
    found = places_between([position for _key, position in order], at, count)
    if found is None:
        anew = numbered_anew(Action, plan, count, user)
        return _places(plan, [(key, anew[key]) for key, _position in order], at, count, user)
    return found
