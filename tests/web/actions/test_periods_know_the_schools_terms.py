"""Dates that follow from the words of a period use the school's own terms; what no calendar has is said."""

from __future__ import annotations

from datetime import date

import pytest


def save(browser, action, at, words: str):
    action.refresh_from_db()
    browser.post(at("action_field", field="period"), {"version": action.version, "period": words})
    action.refresh_from_db()
    return action.period_start, action.period_end


@pytest.fixture
def own_terms(plan):
    year = plan.year
    year.first_term_start, year.first_term_end = date(2025, 9, 8), date(2026, 1, 10)
    year.second_term_start, year.second_term_end = date(2026, 1, 12), date(2026, 5, 23)
    year.save()


def test_a_term_is_the_schools_own(browser, action, own_terms, at):
    assert save(browser, action, at, "HK I") == ("2025-09-08", "2026-01-10")
    assert save(browser, action, at, "HK II") == ("2026-01-12", "2026-05-23")
    assert save(browser, action, at, "Cả năm học") == ("2025-09-08", "2026-05-23")


def test_a_school_that_said_none_has_those_of_most_provinces(browser, action, at):
    assert save(browser, action, at, "HK I") == ("2025-09-05", "2026-01-17")


def test_one_day_that_the_school_said_is_taken_and_the_others_are_the_usual(browser, action, plan, at):
    plan.year.second_term_end = date(2026, 5, 25)
    plan.year.save()
    assert save(browser, action, at, "HK II") == ("2026-01-19", "2026-05-25")


def test_months_that_span_the_year(browser, action, at):
    assert save(browser, action, at, "09 – 05") == ("2025-09", "2026-05")


def test_a_day_that_is_in_no_calendar_gives_no_date_and_the_page_says_so(browser, action, at):
    assert save(browser, action, at, "31/02/2026") == (None, None)
    assert action.period_text == "31/02/2026"
    assert "không suy ra được ngày" in browser.get(at("action")).content.decode()
