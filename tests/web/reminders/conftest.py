"""Two schools on a fixed day: a Wednesday in the middle of the school year 2026-2027."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

TODAY = date(2026, 11, 18)  # a Wednesday; the week ends on 22/11, the month on 30/11


def make_plan(school: Any, *, year: str | None = "2026-2027", state: str = "in_force"):
    from caitien.plan import ImprovementPlan
    from caitien.web.plans.values import store

    return store(school, ImprovementPlan(school_year=year), None, state=state)


def make_action(plan: Any, content: str, *, days: int | None = None, to: date | None = None, **columns: Any):
    """An action due so many days from TODAY; its people are found as an edit would find them."""
    from caitien.web.plans.involved import relink
    from caitien.web.plans.models import Action

    last = to or (TODAY + timedelta(days=days) if days is not None else None)
    place = Action.everything.filter(plan=plan).count() + 1
    row = Action.objects.create(
        school=plan.school,
        plan=plan,
        position=place,
        content=content,
        ends_on=last,
        period_end=last.isoformat() if last else None,
        **columns,
    )
    relink(plan.school, [row])
    return row


def join(user: Any, school: Any, name: str, **fields: Any):
    """The person with this name in the school, joined to the user."""
    from caitien.web.schools.models import Person

    person = Person.objects.filter(school=school, name=name).first() or Person(school=school, name=name)
    person.user = user
    for field, value in fields.items():
        setattr(person, field, value)
    person.save()
    return person


def put_in_group(school: Any, person: Any, name: str):
    from caitien.web.schools.models import GroupMember, Person

    group = Person.objects.filter(school=school, name=name).first()
    group = group or Person.objects.create(school=school, name=name, kind="group")
    GroupMember.objects.create(school=school, group=group, person=person)
    return group


@pytest.fixture
def running(school):
    """The plan that is in force in the first school."""
    return make_plan(school)


@pytest.fixture
def teacher(school):
    from web.invented import make_user

    user = make_user("giao-vien", "Hà Thị Pọm", school, "staff")
    user.email = "pom@example.edu.vn"
    user.save()
    join(user, school, "Hà Thị Pọm")
    return user


@pytest.fixture
def today(monkeypatch):
    """The pages believe that it is TODAY."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_a, **_k: TODAY)
    return TODAY
