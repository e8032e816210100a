"""Fills a database with invented schools, each with a plan of sixty actions: `many_schools.py SCHOOLS` after the first.

Run with the settings' environment. Prints, as JSON, where the first school's plan is and a session that may see it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

ACTIONS = 60
USERNAME = "thu-ky-do"
SCHOOLS_A_TURN = 50


def main(schools: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caitien.web.settings")
    import django

    django.setup()
    from caitien.web.plans.models import Plan

    plan = Plan.objects.filter(school__slug="th-do-dac").first() or first_school()
    copy_schools(plan, schools)
    print(json.dumps({"plan": address(plan), "cookie": session()} | counted(plan)))


def first_school() -> Any:
    from caitien.web.accounts.models import User
    from caitien.web.plans.values import store
    from caitien.web.schools.models import Membership, School
    from plan_value import big_plan

    school = School.objects.create(slug="th-do-dac", name="Trường Tiểu học Đo Đạc", level="tieu_hoc")
    user = User.objects.create(username=USERNAME, full_name="Lò Thị Đo", is_staff=True, is_superuser=True)
    Membership.objects.create(school=school, user=user, role="secretary")
    return store(school, big_plan(ACTIONS), user)


def copy_schools(plan: Any, schools: int) -> None:
    """Other schools with the same rows under other keys, their people and their history."""
    from caitien.web.ids import new_id
    from caitien.web.plans.models import Action, Involvement, Plan
    from caitien.web.schools.models import Membership, Person, School

    there = School.objects.count() - 1
    actions = list(Action.objects.filter(plan=plan))
    people = list(Person.objects.filter(school=plan.school))
    parts = list(Involvement.objects.filter(school=plan.school))
    secretary = Membership.objects.get(school=plan.school)
    for start in range(there, schools, SCHOOLS_A_TURN):
        rows: dict[type, list[Any]] = {model: [] for model in (School, Person, Plan, Action, Involvement)}
        for number in range(start, min(start + SCHOOLS_A_TURN, schools)):
            school = School(slug=f"th-do-dac-{number}", name=f"Trường Tiểu học Đo Đạc {number}", level="tieu_hoc")
            rows[School].append(school)
            keys = {row.pk: new_id() for row in (plan, *actions, *people)}
            rows[Plan].append(copied(plan, school, keys, year_id=None))
            rows[Person] += [copied(row, school, keys) for row in people]
            rows[Action] += [copied(row, school, keys, plan_id=keys[plan.pk]) for row in actions]
            rows[Involvement] += [
                copied(row, school, {row.pk: new_id()}, action_id=keys[row.action_id], person_id=keys[row.person_id])
                for row in parts
            ]
        for model, made in rows.items():
            model._default_manager.model._base_manager.bulk_create(made, batch_size=400)
        for model in (Plan, Action):
            model.history.bulk_history_create(rows[model], batch_size=400)
        Membership.objects.bulk_create(
            Membership(school=school, user_id=secretary.user_id, role="viewer") for school in rows[School][:1]
        )


def copied(row: Any, school: Any, keys: dict[Any, Any], **links: Any) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**values | {"id": keys[row.pk], "school_id": school.pk} | links)


def address(plan: Any) -> str:
    from django.urls import reverse

    return str(reverse("plans:plan", args=[plan.school.slug, plan.pk]))


def session() -> str:
    """The cookie of a session in which the secretary has signed in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from caitien.web.accounts.models import User

    user = User.objects.get(username=USERNAME)
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def counted(plan: Any) -> dict[str, Any]:
    """How many queries the plan page asks, and one of its actions."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS.append("testserver")
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session()
    client.get(address(plan))
    with CaptureQueriesContext(connection) as queries:
        if client.get(address(plan)).status_code != 200:
            raise SystemExit("trang kế hoạch không mở được")
    return {"queries": len(queries), "action": str(plan.actions.first().pk), "id": str(plan.pk)}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
