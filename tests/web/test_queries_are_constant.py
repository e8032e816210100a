"""A page asks the database as often for 60 actions as for 5."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caitien.web.plans.values import store
from web.invented import plan_value

MOST = 12


def count(browser, url: str) -> int:
    browser.get(url)  # the first visit may fill caches
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert browser.get(url).status_code == 200
    return len(queries)


PAGES = [
    "plan", "plan_json", "board", "timeline", "calendar", "situation", "findings", "action", "action_edit", "progress",
]  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_queries_do_not_grow_with_the_plan(browser, school, secretary, name):
    found = []
    for actions in (5, 60):
        plan = store(school, plan_value(actions), secretary)
        keys = [school.slug, plan.pk]
        if name in ("action", "action_edit", "progress"):
            keys.append(plan.actions.first().pk)
        found.append(count(browser, reverse(f"plans:{name}", args=keys)))
    assert found[0] == found[1]
    assert found[1] <= MOST


def test_the_history_is_one_query_however_long_it_is(browser, plan, secretary):
    from caitien.web.plans.editing import set_columns

    action = plan.actions.first()
    url = reverse("plans:action", args=[plan.school.slug, plan.pk, action.pk])
    before = count(browser, url)
    for number in range(10):
        set_columns(plan.school, action.pk, {"note": f"lần {number}"}, user=secretary, reason="")
    assert count(browser, url) == before
