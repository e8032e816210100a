"""Groups by day, words for the days left, and the first line of the page."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from caitien.web.plans.overview import rows_of
from caitien.web.reminders.due import When, days_words, end_of_month, end_of_week, first_line, grouped, job

WEDNESDAY = date(2026, 11, 18)
PLAN = SimpleNamespace(year=SimpleNamespace(name="2026-2027"), state="in_force")


def placed(
    last: date | None, status: str | None = None, today: date = WEDNESDAY, *, responsible: bool = True, plan=PLAN
):
    action = SimpleNamespace(pk="a", position=1, progress_status=status, ends_on=last)
    (row,) = rows_of([action], today)
    return job(row, plan, today, responsible=responsible)


def after(days: int, **more):
    return placed(WEDNESDAY + timedelta(days=days), **more)


@pytest.mark.parametrize(
    ("days", "group"),
    [
        (-400, When.LATE), (-1, When.LATE), (0, When.THIS_WEEK), (4, When.THIS_WEEK), (5, When.THIS_MONTH),
        (12, When.THIS_MONTH), (13, When.LATER), (200, When.LATER),
    ],
)  # fmt: skip
def test_groups(days, group):
    assert after(days).when == group


def test_a_week_goes_over_the_end_of_a_month_and_of_a_year():
    monday = date(2026, 11, 30)
    assert placed(date(2026, 12, 6), today=monday).when == When.THIS_WEEK
    assert placed(date(2026, 12, 7), today=monday).when == When.LATER
    assert end_of_week(date(2026, 12, 31)) == date(2027, 1, 3)
    assert end_of_week(date(2026, 11, 22)) == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "last"),
    [((2026, 11, 30), (2026, 11, 30)), ((2026, 12, 1), (2026, 12, 31)), ((2028, 2, 1), (2028, 2, 29)), ((2027, 2, 28), (2027, 2, 28))],
)  # fmt: skip
def test_ends_of_months(day, last):
    assert end_of_month(date(*day)) == date(*last)


def test_what_is_finished_is_never_late():
    assert after(-10, status="done").when == When.DONE
    assert after(-10, status="dropped").when == When.DONE


def test_what_is_said_to_be_late_is_late_whatever_its_day():
    assert placed(None, "overdue").when == When.LATE
    assert after(30, status="overdue").when == When.LATE


def test_without_a_day():
    assert placed(None).when == When.NO_DATE
    assert days_words(placed(None)) == ""


def test_nobody_is_pressed_for_a_year_that_is_over():
    old = SimpleNamespace(year=SimpleNamespace(name="2025-2026"), state="in_force")
    found = after(-200, plan=old)
    assert (found.when, found.urgent, days_words(found)) == (When.PAST_YEAR, False, "")
    assert after(-200, plan=old, status="done").when == When.DONE


@pytest.mark.parametrize(
    ("days", "words"),
    [(-12, "trễ 12 ngày"), (-1, "trễ 1 ngày"), (0, "đến hạn hôm nay"), (1, "đến hạn ngày mai"), (2, "còn 2 ngày"), (45, "còn 45 ngày")],
)  # fmt: skip
def test_days_as_words(days, words):
    assert days_words(after(days)) == words


@pytest.mark.parametrize(("days", "urgent"), [(-1, True), (0, True), (14, True), (15, False)])
def test_urgent_is_late_or_within_fourteen_days(days, urgent):
    assert after(days).urgent == urgent


def test_the_first_line_says_what_must_be_done_this_week():
    assert first_line([after(-1), after(-2), after(-3), after(0), after(4)]) == "3 việc quá hạn, 2 việc trong tuần này."
    assert first_line([after(2)]) == "1 việc trong tuần này."


def test_what_one_helps_with_is_said_apart():
    helped = after(-1, responsible=False)
    assert first_line([after(-1), helped]) == "1 việc quá hạn; phối hợp: 1 việc quá hạn."
    assert first_line([helped]) == "Phối hợp: 1 việc quá hạn."


def test_a_calm_week_says_the_next_day():
    assert first_line([after(40), after(20)]) == "Tuần này không có việc nào đến hạn. Hạn gần nhất: 08/12/2026."


def test_first_lines_of_nothing():
    assert first_line([]) == "Hiện không có việc nào giao cho bạn."
    assert first_line([after(-3, status="done")]) == "Mọi việc của bạn đã xong."
    assert "chưa ghi hạn" in first_line([placed(None)])


def test_the_longest_late_comes_first_and_no_group_is_empty():
    late, later, today = after(-2), after(-30), after(0)
    groups = grouped([today, late, later])
    assert [(group, jobs) for group, _label, jobs in groups] == [
        (When.LATE, [later, late]),
        (When.THIS_WEEK, [today]),
    ]
