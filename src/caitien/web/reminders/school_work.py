"""What is late or due soon in whole schools, by who is responsible: for leaders, and for the list of who is to be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from caitien.plan.text import sort_key
from caitien.web.plans.models import Action, Involvement, Plan
from caitien.web.plans.overview import FINISHED, SOON, rows_of
from caitien.web.reminders.current import is_over
from caitien.web.reminders.due import Job, in_order, job
from caitien.web.reminders.work import SHOWN, current_plans
from caitien.web.schools.models import Person


@dataclass(slots=True)
class Owner:
    """A person or group with what is late or due within fourteen days of what she is responsible for."""

    person: Person
    jobs: list[Job] = field(default_factory=list)

    @property
    def late(self) -> list[Job]:
        return [one for one in self.jobs if one.row.overdue]

    @property
    def soon(self) -> list[Job]:
        return [one for one in self.jobs if one.row.soon]

    @property
    def longest(self) -> int:
        """Days by which the longest late is late."""
        return max((-one.days for one in self.jobs if one.days is not None and one.days < 0), default=0)


@dataclass(slots=True)
class SchoolWork:
    """What is urgent in a school. `ownerless`: what nobody is responsible for."""

    school: Any
    plans: list[Plan]
    jobs: list[Job] = field(default_factory=list)
    owners: list[Owner] = field(default_factory=list)
    ownerless: list[Job] = field(default_factory=list)

    @property
    def late(self) -> int:
        return sum(one.row.overdue for one in self.jobs)

    @property
    def soon(self) -> int:
        return sum(one.row.soon for one in self.jobs)


def school_work(schools: Iterable[Any], today: date) -> dict[UUID, SchoolWork]:
    """School key -> what is urgent there: three queries for all schools. Who has most that is late comes first."""
    by_key = {school.pk: school for school in schools}
    plans = {key: plan for key, plan in current_plans(by_key, today).items() if not is_over(plan, today)}
    found = {
        key: SchoolWork(school, [plan for plan in plans.values() if plan.school_id == key])
        for key, school in by_key.items()
    }
    urgent = Q(progress_status="overdue") | Q(ends_on__lte=today + SOON)
    unfinished = Q(progress_status=None) | ~Q(progress_status__in=FINISHED)
    actions = Action.objects.filter(urgent, unfinished, school__in=list(by_key), plan__in=list(plans)).only(*SHOWN)
    actions = list(actions)
    for action in actions:
        action.plan = plans[action.plan_id]
    jobs = {
        row.action.pk: job(row, plans[row.action.plan_id], today, responsible=True)
        for row in rows_of(actions, today)
        if row.overdue or row.soon
    }
    for one in in_order(jobs.values()):
        found[one.plan.school_id].jobs.append(one)
    owners: dict[UUID, Owner] = {}
    owned: dict[UUID, set[UUID]] = defaultdict(set)
    parts = Involvement.objects.filter(
        school__in=list(by_key), action__in=list(jobs), part=Involvement.Part.RESPONSIBLE
    )
    for part in parts.select_related("person__user"):
        if part.action_id not in owned[part.person_id]:
            owned[part.person_id].add(part.action_id)
            owners.setdefault(part.person_id, Owner(part.person)).jobs.append(jobs[part.action_id])
    for owner in owners.values():
        owner.jobs = in_order(owner.jobs)
        found[owner.person.school_id].owners.append(owner)
    with_owner = {key for keys in owned.values() for key in keys}
    for work in found.values():
        work.owners.sort(key=lambda owner: (-len(owner.late), -owner.longest, sort_key(owner.person.name)))
        work.ownerless = [one for one in work.jobs if one.action.pk not in with_owner]
    return found
