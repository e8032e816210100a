"""Which months a plan has, what runs and falls due in them, where bars stand: from rows and a day, whatever the dates are."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caitien.web.plans import timelines
from caitien.web.plans.boards import board
from caitien.web.plans.month_pages import first_seen, weeks
from caitien.web.plans.overview import Group, rows_of
from caitien.web.plans.school_months import Month, heaviest, loads, months_of, school_years, terms_of

TODAY = date(2025, 11, 20)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(date(2025, 5, 1), date(2026, 9, 1))
STATUSES = st.sampled_from([None, "done", "in_progress", "not_started", "overdue", "dropped", "???"])


def action(start=None, end=None, status=None, position=0, **more):
    return SimpleNamespace(
        pk=position, position=position, starts_on=start, ends_on=end, progress_status=status, period_text="", period_kind="none",
        period_start=start and start.isoformat(), period_end=end and end.isoformat(), criteria=[], responsible=[], standard="", **more,
    )  # fmt: skip


def rows(*actions):
    return rows_of(actions, TODAY)


def months_named(found) -> list[str]:
    return [str(month) for month in found]


# --- which months


def test_a_school_year_is_august_to_july():
    assert months_named(months_of((2025, 2026))) == [
        *(f"{n}/2025" for n in range(8, 13)),
        *(f"{n}/2026" for n in range(1, 8)),
    ]


def test_what_begins_in_the_summer_before_brings_its_month():
    assert months_of((2025, 2026), rows(action(date(2025, 6, 10), date(2025, 9, 30))))[0] == Month(2025, 6)
    assert months_of((2025, 2026), rows(action(date(2025, 7, 1), date(2025, 9, 30))))[0] == Month(2025, 7)
    assert months_of((2025, 2026), rows(action(date(2025, 3, 1), date(2025, 4, 30))))[0] == Month(2025, 8)


@pytest.mark.parametrize(
    ("named", "years"),
    [("2025-2026", (2025, 2026)), (None, (2023, 2024)), ("năm nay", (2023, 2024))],
)
def test_without_a_school_year_most_deadlines_decide(named, years):
    found = rows(action(end=date(2023, 10, 1)), action(end=date(2024, 2, 1)), action(end=date(2021, 1, 1)))
    assert school_years(named, found, TODAY) == years


def test_without_any_day_it_is_the_year_of_today():
    assert school_years(None, rows(action()), TODAY) == (2025, 2026)
    assert school_years(None, [], date(2026, 3, 1)) == (2025, 2026)


def test_terms_are_those_of_the_school_else_those_of_most_provinces():
    assert [(term.start, term.end) for term in terms_of(None, (2025, 2026))] == [
        (date(2025, 9, 5), date(2026, 1, 17)),
        (date(2026, 1, 19), date(2026, 5, 31)),
    ]
    year = SimpleNamespace(first_term_start=date(2025, 9, 8), first_term_end=None, second_term_start=date(2027, 1, 1))
    assert [term.start for term in terms_of(year, (2025, 2026))] == [
        date(2025, 9, 8)
    ]  # the second would end before it begins


# --- what runs and falls due


def test_an_action_runs_in_all_its_months_and_falls_due_in_the_last():
    found = {
        str(one.month): (one.runs, one.due)
        for one in loads(rows(action(date(2025, 9, 1), date(2025, 11, 30))), months_of((2025, 2026)))
    }
    assert found["8/2025"] == (0, 0)
    assert (found["9/2025"], found["10/2025"], found["11/2025"]) == ((1, 0), (1, 0), (1, 1))
    assert found["12/2025"] == (0, 0)


def test_what_is_given_up_counts_in_no_month():
    months = months_of((2025, 2026))
    found = loads(rows(action(end=date(2025, 11, 30), status="dropped"), action(end=date(2025, 12, 1))), months)
    assert heaviest(found) == ([Month(2025, 12)], 1)


def test_no_deadline_no_heaviest_month():
    assert heaviest(loads(rows(action()), months_of((2025, 2026)))) == ([], 0)


# --- where bars stand


def drawn(*actions):
    found = rows(*actions)
    months = months_of((2025, 2026), found)
    return timelines.timeline([Group("", "", found)], loads(found, months), terms_of(None, (2025, 2026)), TODAY)


def test_months_are_equally_wide_and_days_lie_within_them():
    bar = drawn(action(date(2025, 9, 1), date(2025, 9, 30))).groups[0].bars[0]
    assert (bar.start, bar.end) == (100, 200)
    bar = drawn(action(date(2025, 8, 1), date(2026, 7, 31))).groups[0].bars[0]
    assert (bar.start, bar.end) == (0, 1200)


def test_a_deadline_alone_is_a_point():
    bar = drawn(action(end=date(2025, 9, 15))).groups[0].bars[0]
    assert (bar.start, bar.end) == (None, 150)


def test_what_goes_on_beyond_the_months_says_so():
    bar = drawn(action(date(2025, 1, 1), date(2027, 1, 1))).groups[0].bars[0]
    assert (bar.before, bar.after) == (True, True)


def test_what_is_late_is_late_until_today():
    late, done = (
        drawn(action(end=date(2025, 10, 15)), action(end=date(2025, 10, 15), status="done", position=1)).groups[0].bars
    )
    assert late.late_to == drawn().today
    assert done.late_to is None


@settings(deadline=None)
@given(st.lists(st.tuples(st.none() | DAYS, st.none() | DAYS, STATUSES), max_size=12), DAYS)
def test_no_row_is_lost_and_nothing_stands_outside_whatever_the_days_are(found, today):
    actions = [action(start, end, status, place) for place, (start, end, status) in enumerate(found)]
    seen = rows_of(actions, today)
    years = school_years(None, seen, min(max(today, date(1990, 9, 1)), date(2090, 1, 1)))
    months = months_of(years, seen)
    made = timelines.timeline([Group("", "", seen)], loads(seen, months), terms_of(None, years), today)
    bars = [bar for group in made.groups for bar in group.bars]
    assert len(bars) + len(made.left_out) == len(seen)
    assert all(why for _row, why in made.left_out)
    assert all(0 <= (bar.start or 0) <= bar.end <= made.width for bar in bars)
    assert sum(len(column.cards) for column in board(seen, today).columns) == len(seen)
    month = first_seen(seen, months, today)
    days = [day for week in weeks(seen, month, [], today) for day in week]
    assert len(days) % 7 == 0
    assert sum(len(day.due) for day in days) == sum(one.ends_on is not None and Month(one.ends_on.year, one.ends_on.month) == month for one in actions)  # fmt: skip
