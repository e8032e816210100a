"""Which plans of a school somebody can have something to do in."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from caitien.web.reminders.current import current, is_over


def plan(year: str | None, state: str = "in_force"):
    return SimpleNamespace(state=state, year=SimpleNamespace(name=year) if year else None)


def years(plans, today: date) -> list[str | None]:
    return [one.year.name if one.year else None for one in current(plans, today)]


AUTUMN, SUMMER = date(2026, 11, 18), date(2026, 7, 10)
LAST, NOW, NEXT = "2025-2026", "2026-2027", "2027-2028"


def test_the_plan_of_this_school_year_counts():
    assert years([plan(LAST), plan(NOW)], AUTUMN) == [NOW]


@pytest.mark.parametrize("state", ["draft", "submitted", "approved", "in_force"])
def test_in_every_state_but_closed(state):
    assert years([plan(NOW, state)], AUTUMN) == [NOW]
    assert years([plan(NOW, "closed")], AUTUMN) == []


def test_in_summer_the_year_that_ends_and_the_year_that_begins_count():
    assert years([plan(LAST), plan(NOW, "draft")], SUMMER) == [LAST, NOW]


def test_until_the_last_day_of_august_and_not_a_day_longer():
    both = [plan(LAST), plan(NOW)]
    assert years(both, date(2026, 8, 31)) == [LAST, NOW]
    assert years(both, date(2026, 9, 1)) == [NOW]


def test_a_year_that_is_over_counts_while_there_is_no_later_plan():
    assert years([plan("2024-2025"), plan(LAST)], AUTUMN) == [LAST]
    assert is_over(plan(LAST), AUTUMN)
    assert not is_over(plan(NOW), AUTUMN)


def test_a_later_plan_that_is_closed_is_a_later_plan():
    assert years([plan(LAST), plan(NOW, "closed")], AUTUMN) == []


def test_a_draft_for_next_year_waits_for_its_year_and_an_approved_one_does_not():
    april = date(2027, 4, 5)
    assert years([plan(NOW), plan(NEXT, "draft")], april) == [NOW]
    assert years([plan(NOW), plan(NEXT, "approved")], april) == [NOW, NEXT]


def test_a_year_that_nobody_said_is_this_one():
    assert years([plan(None), plan("năm nay")], AUTUMN) == [None, "năm nay"]


def test_a_draft_beside_an_approved_plan_of_the_same_year_does_not_count():
    draft, approved = plan(NOW, "draft"), plan(NOW, "approved")
    assert current([draft, approved], AUTUMN) == [approved]
    assert len(current([plan(NOW, "draft"), plan(NOW, "draft")], AUTUMN)) == 2
