"""The legal calendar of a school year: dates are data, days left are counted, a school sets its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caitien.assessment.calendar import calendar_of, dues, monitoring_left
from caitien.plan.periods import TermDates
from caitien.standards import available

TT57 = "tt57-2026-pho-thong"


def test_the_dates_of_a_school_year() -> None:
    last = {due.id: due.last_day for due in dues(TT57, "2026-2027", date(2026, 9, 5))}
    assert last["review-1"] == date(2027, 1, 17)
    assert last["review-2"] == date(2027, 5, 31)
    assert last["report"] == date(2027, 6, 14)  # before 15/6: the 15th is too late
    assert last["publication"] == date(2027, 6, 29)
    assert last["council"] == date(2026, 10, 15)


@pytest.mark.parametrize(
    ("on", "state", "words"),
    [
        (date(2027, 5, 1), "later", "còn 44 ngày"),
        (date(2027, 6, 1), "soon", "còn 13 ngày"),
        (date(2027, 6, 14), "today", "hôm nay là ngày cuối"),
        (date(2027, 6, 15), "overdue", "quá hạn 1 ngày"),
    ],
)
def test_days_left_are_counted_to_the_last_day_in_time(on: date, state: str, words: str) -> None:
    report = next(due for due in dues(TT57, "2026-2027", on) if due.id == "report")
    assert (report.state, report.words) == (state, words)


def test_a_school_sets_its_own_date_and_says_what_is_done() -> None:
    found = {
        due.id: due
        for due in dues(
            TT57, "2026-2027", date(2027, 7, 1),
            changed={"report": date(2027, 6, 5)}, done={"report": date(2027, 6, 8), "review-1": date(2027, 1, 10)},
        )
    }  # fmt: skip
    assert found["report"].changed
    assert found["report"].mark == "proposed"
    assert found["report"].words == "đã xong ngày 08/06/2027, muộn 3 ngày"
    assert found["review-1"].words == "đã xong ngày 10/01/2027"
    assert found["publication"].state == "overdue"


def test_terms_of_the_province_move_the_reviews() -> None:
    terms = TermDates(first_end=(1, 10), second_end=(5, 25))
    last = {due.id: due.last_day for due in dues(TT57, "2026-2027", date(2026, 9, 5), terms=terms)}
    assert (last["review-1"], last["review-2"]) == (date(2027, 1, 10), date(2027, 5, 25))


def test_two_reviews_a_year_at_least() -> None:
    assert [monitoring_left(TT57, held) for held in (0, 1, 2, 3)] == [2, 1, 0, 0]
    assert sum(due.monitoring for due in dues(TT57, "2026-2027", date(2026, 9, 5))) == 2


def test_every_framework_has_a_calendar_whose_dates_say_where_they_come_from() -> None:
    for info in available():
        calendar = calendar_of(info.id)
        assert calendar is not None, info.id
        assert all(event.source and event.mark for event in calendar.events)


def test_what_is_no_school_year_is_refused() -> None:
    with pytest.raises(ValueError, match="không phải năm học"):
        dues(TT57, "2026", date(2026, 9, 5))


@given(st.integers(2020, 2060), st.integers(0, 800))
def test_the_state_agrees_with_the_days_left_and_dates_are_in_order(year: int, after: int) -> None:
    on = date(year, 6, 1) + timedelta(days=after)
    found = dues(TT57, f"{year}-{year + 1}", on)
    assert [due.last_day for due in found] == sorted(due.last_day for due in found)
    for due in found:
        assert due.days_left == (due.last_day - on).days
        assert (due.state == "overdue") == (due.days_left < 0)
        assert date(year, 8, 1) <= due.last_day < date(year + 1, 8, 1)
