"""The plan as it was at a moment, from the lines of its history; and the moments worth opening. Read only.

Every change of a plan is a line of history written while the plan was held, so that lines are in the order of their
times: the newest line of each row up to a moment is the row as it was then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, OuterRef, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone

from caitien.plan import ImprovementPlan
from caitien.web.plans.models import Action, Issue, Plan, PlanEvent
from caitien.web.plans.values import to_value

READ_FROM_THE_FILE = ("provenance", "alternatives")
"""Columns of an action that the history leaves out: nobody changes them."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """The plan at a moment. `line`: the plan's own line of history; `rows`, `issues`: in order, those that were in it,
    as rows that are not to be saved; `everything`: key of any action there was by then to its row, taken away or not."""

    at: datetime
    line: Any
    rows: list[Action]
    issues: list[Issue]
    everything: dict[UUID, Action]
    every_issue: dict[UUID, Issue]

    def value(self, *, ids: bool = True) -> ImprovementPlan:
        """The plan value of that moment."""
        return to_value(self.line, self.rows, self.issues, ids=ids)


def as_of(plan: Plan, at: datetime, *, read: bool = False) -> AsOf | None:
    """The plan at the end of a moment; None before it was there. Three queries (with `read`, what was read from the
    file is there too, for one more)."""
    lines = Plan.history.filter(school=plan.school_id, id=plan.pk, history_date__lte=at)
    line = lines.order_by("-version", "-history_date").first()
    if line is None:
        return None
    line.school_id, line.school = plan.school_id, plan.school
    kept = {}
    if read:
        found = Action.everything.for_school(plan.school_id).filter(plan=plan)
        kept = {row["pk"]: row for row in found.values("pk", *READ_FROM_THE_FILE)}
    actions = {one.id: _row(Action, one, plan, kept.get(one.id)) for one in _newest(Action, plan, at)}
    issues = {one.id: _row(Issue, one, plan, None) for one in _newest(Issue, plan, at)}
    return AsOf(at, line, _present(actions.values()), _present(issues.values()), actions, issues)


def name_of_moment(at: datetime) -> str:
    """A moment as part of an address: "20261122T140507-123456", in UTC."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%S-%f")


def moment_named(name: str) -> datetime | None:
    """The moment of an address; None when it is none."""
    try:
        return datetime.strptime(name, "%Y%m%dT%H%M%S-%f").replace(tzinfo=UTC)
    except ValueError:
        return None


@dataclass(slots=True)
class Moment:
    """A moment worth opening. `kind`: "event" (a step of the plan's life) or "day" (what was changed on a day).
    `people`: (user key, lines of history) of a day, the busiest first."""

    at: datetime
    kind: str
    event: PlanEvent | None = None
    day: date | None = None
    people: list[tuple[Any, int]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return name_of_moment(self.at)

    @property
    def count(self) -> int:
        """How many changes were made on the day."""
        return sum(lines for _user, lines in self.people)


def moments(plan: Plan) -> list[Moment]:
    """All moments of a plan, the newest first. Five queries."""
    from caitien.web.accounts.models import User

    events = PlanEvent.objects.for_school(plan.school_id).filter(plan=plan).select_related("by")
    found = [Moment(event.at, "event", event=event) for event in events]
    days: dict[date, Moment] = {}
    users: set[Any] = set()
    for model in (Action, Issue, Plan):
        lines = model.history.filter(school=plan.school_id)
        lines = lines.filter(id=plan.pk) if model is Plan else lines.filter(plan=plan)
        counted = (
            lines.annotate(day=TruncDate("history_date", tzinfo=timezone.get_current_timezone()))
            .values("day", "history_user")
            .order_by()
            .annotate(lines=Count("history_id"), last=Max("history_date"))
        )
        for one in counted:
            moment = days.setdefault(one["day"], Moment(one["last"], "day", day=one["day"]))
            moment.at = max(moment.at, one["last"])
            moment.people.append((one["history_user"], one["lines"]))
            users.add(one["history_user"])
    names = User.objects.in_bulk([key for key in users if key is not None])
    for moment in days.values():
        summed: dict[Any, int] = {}
        for key, lines in moment.people:
            summed[key] = summed.get(key, 0) + lines
        moment.people = [(names.get(key), lines) for key, lines in sorted(summed.items(), key=lambda one: -one[1])]
    return sorted([*found, *days.values()], key=lambda one: one.at, reverse=True)


@dataclass(frozen=True, slots=True)
class Now:
    """The plan as it is. `mark`: what is another as soon as anybody changes anything in it."""

    plan: Plan
    rows: list[Action]
    issues: list[Issue]
    mark: str

    def value(self, *, ids: bool = True) -> ImprovementPlan:
        return to_value(self.plan, self.rows, self.issues, ids=ids)


def now_of(plan: Plan) -> Now:
    """The plan as it is (two queries). `mark`: every change makes one version more of something."""
    every = [list(model.everything.for_school(plan.school_id).filter(plan=plan)) for model in (Action, Issue)]
    for rows in every:
        for row in rows:
            row.plan, row.school = plan, plan.school
    mark = str(plan.version + sum(row.version for rows in every for row in rows))
    return Now(plan, _present(every[0]), _present(every[1]), mark)


def _newest(model: Any, plan: Plan, at: datetime) -> Iterable[Any]:
    """The newest line of each row of the plan up to a moment (one query)."""
    of_row = model.history.filter(id=OuterRef("id"), history_date__lte=at).order_by("-version")
    lines = model.history.filter(school=plan.school_id, plan=plan, history_date__lte=at)
    newest: Iterable[Any] = lines.filter(version=Subquery(of_row.values("version")[:1])).order_by("position", "id")
    return newest


def _row(model: Any, line: Any, plan: Plan, read: dict[str, Any] | None) -> Any:
    """A row as its line of history says, with what the history leaves out."""
    names = [one.attname for one in model._meta.concrete_fields if one.name not in READ_FROM_THE_FILE]
    row = model(**{name: getattr(line, name) for name in names})
    if read is not None:
        for name in READ_FROM_THE_FILE:
            setattr(row, name, read[name])
    row.plan, row.school = plan, plan.school
    return row


def _present(rows: Iterable[Any]) -> list[Any]:
    return sorted((row for row in rows if row.removed_at is None), key=lambda row: (row.position, row.pk))
