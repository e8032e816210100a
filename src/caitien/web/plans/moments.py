"""The plan as it was at a moment, from the lines of its history; and the moments worth opening. Read only.

Every change of a plan is a line of history written while the plan was held, so that lines are in the order of their
times: the newest line of each row up to a moment is the row as it was then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from caitien.plan import ImprovementPlan
from caitien.web.accounts.models import User
from caitien.web.plans.models import Action, Issue, Plan, PlanEvent
from caitien.web.plans.values import to_value
from caitien.web.schools.reasons import said

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
    """A moment worth opening: a step of the plan's life (`event`), or the end of a sitting in which people changed it.

    `began`: when the sitting began; `people`: (user or None, how many changes), the busiest first; `first`: in it the plan
    was made.
    """

    at: datetime
    event: PlanEvent | None = None
    began: datetime | None = None
    people: list[tuple[Any, int]] = field(default_factory=list)
    first: bool = False

    @property
    def name(self) -> str:
        return name_of_moment(self.at)

    @property
    def day(self) -> date:
        return timezone.localtime(self.at).date()

    @property
    def count(self) -> int:
        """How many changes were made in the sitting."""
        return sum(lines for _user, lines in self.people)


SITTING = timedelta(minutes=20)
"""Changes with less than this between them were made in one sitting."""
MAKING = timedelta(seconds=5)
"""The lines of a plan that is made come closer together than this: the plan as it came in is a moment of its own."""


def moments(plan: Plan) -> list[Moment]:
    """All moments of a plan, the newest first. Five queries."""
    events = PlanEvent.objects.for_school(plan.school_id).filter(plan=plan).select_related("by")
    found = [Moment(event.at, event=event) for event in events]
    lines: list[tuple[datetime, Any]] = []
    for model in (Action, Issue, Plan):
        lines += _lines(model, plan).values_list("history_date", "history_user").order_by()
    names = User.objects.in_bulk({user for _at, user in lines if user is not None})
    return sorted([*found, *sittings(lines, names)], key=lambda one: (one.at, one.event is not None), reverse=True)


def sittings(lines: Iterable[tuple[datetime, Any]], names: Mapping[Any, Any]) -> list[Moment]:
    """Changes (when, key of who) put together: in one sitting there is no long pause and no midnight. Values only."""
    found: list[Moment] = []
    counted: list[Counter[Any]] = []
    for at, user in sorted(lines, key=lambda one: one[0]):
        day = timezone.localtime(at).date()
        made = bool(found) and found[-1].first and at - found[-1].at > MAKING
        if not found or made or at - found[-1].at >= SITTING or found[-1].day != day:
            found.append(Moment(at, began=at, first=not found))
            counted.append(Counter())
        found[-1].at = at
        counted[-1][user] += 1
    for moment, people in zip(found, counted, strict=True):
        moment.people = [(names.get(user), lines) for user, lines in people.most_common()]
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """One line of history: when, who, about what, why. `name`: of the moment just after it."""

    at: datetime
    who: Any
    about: str
    reason: str

    @property
    def name(self) -> str:
        return name_of_moment(self.at)


MOST_STEPS = 400


def steps_between(plan: Plan, began: datetime, ended: datetime) -> list[Step]:
    """Every change of a sitting, the newest first, at most `MOST_STEPS`. Three queries."""
    found = []
    for model in (Action, Issue, Plan):
        lines = _lines(model, plan).filter(history_date__gte=began, history_date__lte=ended)
        for line in lines.select_related("history_user").order_by("-history_date")[:MOST_STEPS]:
            about = "" if model is Plan else str(line.instance_type.__str__(line))
            found.append(Step(line.history_date, line.history_user, about, said(line.history_change_reason)))
    return sorted(found, key=lambda one: one.at, reverse=True)[:MOST_STEPS]


def _lines(model: Any, plan: Plan) -> Any:
    lines = model.history.filter(school=plan.school_id)
    return lines.filter(id=plan.pk) if model is Plan else lines.filter(plan=plan)


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
    lines = model.history.filter(school=plan.school_id, plan=plan, history_date__lte=at)
    numbered = lines.order_by().annotate(newer=Window(RowNumber(), partition_by="id", order_by=F("version").desc()))
    newest: Iterable[Any] = model.history.filter(pk__in=numbered.filter(newer=1).values("pk"), school=plan.school_id)
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
