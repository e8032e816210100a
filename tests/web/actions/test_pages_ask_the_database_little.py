"""The page of an action with everything on it asks as often as an empty one; so do its forms."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from caitien.web.ids import new_id
from caitien.web.plans.editing import set_columns
from caitien.web.plans.models import Amendment, Comment, Issue, ProgressPhoto
from caitien.web.plans.reporting import report
from caitien.web.plans.values import store
from web.invented import plan_value

MOST = 12


def asked(client, url: str) -> list[str]:
    client.get(url)  # the first visit may fill caches
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in queries]


def fill(action, user, times: int) -> None:
    for number in range(times):
        entry = report(
            action, key=new_id(), user=user, status="in_progress", on=date(2025, 11, 20), text=f"lần {number}"
        )
        for one in range(3):
            ProgressPhoto.objects.create(
                school=action.school, entry=entry, content="x", content_type="image/jpeg", size=1,
                sha256=f"{number}{one}", width=3, height=4,
            )  # fmt: skip
        Comment.objects.create(school=action.school, action=action, author=user, text=f"lời {number}")
        set_columns(
            action.school, action.pk, {"responsible": [f"Người {n}" for n in range(number + 2)]}, user=user, reason=""
        )


@pytest.fixture
def full(plan, action, secretary, school):
    """The action has an issue, a year before and a year after; its plan is in force and being amended."""
    before, after = (store(school, plan_value(2), secretary).actions.first() for _ in range(2))
    issue = Issue.objects.create(school=school, plan=plan, position=1, weakness="x")
    set_columns(school, action.pk, {"issue_id": issue.pk, "continues_id": before.pk}, user=secretary, reason="")
    set_columns(school, after.pk, {"continues_id": action.pk}, user=secretary, reason="")
    Amendment.objects.create(school=school, plan=plan, number=1, reason="r", opened_at=timezone.now())
    plan.state = "in_force"
    plan.save()
    return action


def test_the_page_with_everything_on_it(browser, full, secretary, at):
    fill(full, secretary, 1)
    few = asked(browser, at("action"))
    fill(full, secretary, 6)
    many = asked(browser, at("action"))
    assert len(few) == len(many), "\n".join(many)
    assert len(many) <= MOST, "\n".join(many)


@pytest.mark.parametrize("name", ["progress", "indicator_values", "budget_lines", "links", "action_edit"])
def test_its_forms(browser, full, secretary, at, name):
    fill(full, secretary, 1)
    few = asked(browser, at(name))
    fill(full, secretary, 4)
    assert len(few) == len(asked(browser, at(name)))
    assert len(few) <= MOST


def test_a_tick_asks_little_too(teacher, full, secretary, at):
    fill(full, secretary, 3)
    words = full.measures[0]
    teacher.post(at("tick"), {"dong": words, "xong": "1"}, headers={"HX-Request": "true"})
    with CaptureQueriesContext(connection) as queries:
        teacher.post(at("tick"), {"dong": words, "xong": "0"}, headers={"HX-Request": "true"})
    statements = [query["sql"] for query in queries if not query["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE"))]
    assert len(statements) <= 14, "\n".join(statements)
