"""The school year of a plan, for reading periods: its name gives the years, the school's own terms give the days."""

from __future__ import annotations

from typing import Any, NamedTuple

from caitien.plan.periods import DEFAULT_TERMS, TermDates

TERM_PARTS = {
    "first_start": "first_term_start",
    "first_end": "first_term_end",
    "second_start": "second_term_start",
    "second_end": "second_term_end",
}
"""A day of `TermDates` -> the field of a school year that says it."""


class YearOfPlan(NamedTuple):
    """`name`: "2025-2026", None when the plan does not say."""

    name: str | None
    terms: TermDates = DEFAULT_TERMS


def year_of(plan: Any) -> YearOfPlan:
    """The year of a plan (its `year` loaded): as its head prints it, with the terms that the school decided."""
    name = plan.head.get("school_year") or (plan.year.name if plan.year_id else None)
    return YearOfPlan(name, terms_of_year(plan.year) if plan.year_id else DEFAULT_TERMS)


def terms_of_year(year: Any) -> TermDates:
    """The terms of a school year; what the school did not say is as in most provinces."""
    given = {part: (day.month, day.day) for part, column in TERM_PARTS.items() if (day := getattr(year, column, None))}
    return TermDates(**{part: given.get(part, getattr(DEFAULT_TERMS, part)) for part in TERM_PARTS})


def as_year(year: YearOfPlan | str | None) -> YearOfPlan:
    """The same, from a name alone too."""
    return year if isinstance(year, YearOfPlan) else YearOfPlan(year or None)
