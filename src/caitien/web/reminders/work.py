"""What people have to do: from memberships to the actions in which each has a part. As many queries for one as for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from caitien.web.plans.models import Action, Involvement, Plan
from caitien.web.plans.overview import rows_of
from caitien.web.reminders.current import current
from caitien.web.reminders.due import Job, When, in_order, job
from caitien.web.schools.models import Membership, Person

SHOWN = (
    "id", "school_id", "plan_id", "position", "criteria", "content", "weakness", "measures", "measures_done", "period_text",
    "period_end", "ends_on", "responsible", "progress_status", "progress_percent", "removed_at", "changed_at",
)  # fmt: skip
"""The columns of an action that a list of work needs."""


@dataclass(slots=True)
class Work:
    """What one user has to do, in all her schools. `unjoined`: memberships in whose school she is nobody's name yet."""

    memberships: list[Membership]
    plans: list[Plan] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    unjoined: list[Membership] = field(default_factory=list)

    @property
    def several_schools(self) -> bool:
        return len(self.memberships) > 1


@dataclass(slots=True)
class _Part:
    responsible: bool = False
    through: list[str] = field(default_factory=list)
    named: bool = False


def work_of(memberships: Iterable[Membership], today: date, *, whole: bool = False) -> dict[UUID, Work]:
    """User key -> her work, for users and schools of the memberships (which know their schools): four queries.

    A person who has left the school has no work there. `whole`: actions with all their columns.
    """
    by_user: dict[UUID, Work] = {}
    for membership in memberships:
        by_user.setdefault(membership.user_id, Work([])).memberships.append(membership)
    schools = {m.school_id: m.school for work in by_user.values() for m in work.memberships}
    plans = current_plans(schools, today)
    names = _names_of(set(by_user), set(schools), today)
    people = {person for mine in names.values() for person in mine}
    parts = _parts(set(schools), plans, people)
    actions = _actions(set(schools), {key for of_one in parts.values() for key in of_one}, whole=whole)
    for action in actions:
        action.plan = plans[action.plan_id]  # its year tells a deadline from a date left over
    rows = {row.action.pk: row for row in rows_of(actions, today)}
    for user, work in by_user.items():
        mine = {m.school_id for m in work.memberships}
        work.plans = [plan for plan in plans.values() if plan.school_id in mine]
        work.unjoined = [m for m in work.memberships if (user, m.school_id) not in names]
        own: dict[UUID, _Part] = defaultdict(_Part)
        for school in mine:
            for person, group in names.get((user, school), {}).items():
                _join(own, parts.get(person, {}), group)
        work.jobs = in_order(
            job(
                rows[key], plans[rows[key].action.plan_id], today,
                responsible=part.responsible, through=[] if part.named else part.through,
            )
            for key, part in own.items()
            if key in rows
        )  # fmt: skip
    return by_user


def work_of_user(user: Any, today: date, *, whole: bool = False) -> Work:
    """The work of one user: five queries."""
    memberships = list(memberships_of([user.pk]))
    return work_of(memberships, today, whole=whole).get(user.pk, Work([]))


def has_work(memberships: Iterable[Membership], today: date) -> bool:
    """Whether these memberships of one user come with anything that is not finished (four queries)."""
    return any(one.when != When.DONE for work in work_of(memberships, today).values() for one in work.jobs)


def memberships_of(users: Iterable[UUID]) -> Any:
    return Membership.objects.filter(user__in=list(users)).select_related("school").order_by("school__name", "id")


def current_plans(schools: dict[UUID, Any], today: date) -> dict[UUID, Plan]:
    """The plans of the schools that count today, by key (one query); each knows its school."""
    of_school: dict[UUID, list[Plan]] = defaultdict(list)
    found = Plan.objects.filter(school__in=list(schools)).select_related("year")
    for plan in found.only("school_id", "title", "state", "changed_at", "year__name", "year__school_id"):
        plan.school = schools[plan.school_id]
        of_school[plan.school_id].append(plan)
    return {plan.pk: plan for plans in of_school.values() for plan in current(plans, today)}


def _names_of(users: set[UUID], schools: set[UUID], today: date) -> dict[tuple[UUID, UUID], dict[UUID, str]]:
    """(user, school) -> the people that she is there: herself -> "", a group that she is in -> its name (one query)."""
    found: dict[tuple[UUID, UUID], dict[UUID, str]] = {}
    here = Q(left_on=None) | Q(left_on__gt=today)
    rows = Person.objects.filter(here, school__in=schools, user__in=users, merged_into=None)
    for key, user, school, group, name in rows.values_list(
        "id", "user_id", "school_id", "in_groups__group_id", "in_groups__group__name"
    ):
        mine = found.setdefault((user, school), {key: ""})
        if group is not None:
            mine[group] = name
    return found


def _parts(schools: set[UUID], plans: Iterable[UUID], people: set[UUID]) -> dict[UUID, dict[UUID, bool]]:
    """Person -> action -> whether she is responsible for it (one query)."""
    found: dict[UUID, dict[UUID, bool]] = defaultdict(dict)
    rows = Involvement.objects.filter(school__in=schools, person__in=people, action__plan__in=list(plans))
    for person, action, part in rows.values_list("person_id", "action_id", "part"):
        found[person][action] = found[person].get(action, False) or part == Involvement.Part.RESPONSIBLE
    return found


def _actions(schools: set[UUID], keys: set[UUID], *, whole: bool) -> list[Action]:
    rows = Action.objects.filter(school__in=schools, pk__in=keys)
    return list(rows if whole else rows.only(*SHOWN))


def _join(own: dict[UUID, _Part], parts: dict[UUID, bool], group: str) -> None:
    for action, responsible in parts.items():
        part = own[action]
        part.responsible = part.responsible or responsible
        if group:
            part.through.append(group)
        else:
            part.named = True
