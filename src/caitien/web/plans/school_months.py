"""The months of a school year, its terms, and how much of a plan runs and falls due in each. Values in, values out."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from caitien.plan.periods import FIRST_MONTH_OF_PLAN, term_bounds, years_of
from caitien.web.plans.overview import Row

FIRST_MONTH = 8  # a school year begins in August
MONTHS_OF_YEAR = 12
YEARS = range(1990, 2100)  # years that a plan can be about; a date of any other is a slip


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of the calendar."""

    year: int
    number: int

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    @property
    def iso(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    def moved(self, by: int) -> Month:
        """The month so many months later; beyond the years that a calendar has, the last it has."""
        whole = min(max(self.year * 12 + self.number - 1 + by, 12 * date.min.year), 12 * date.max.year + 11)
        return Month(whole // 12, whole % 12 + 1)

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


@dataclass(frozen=True, slots=True)
class Term:
    """Học kỳ 1 or 2, first and last day."""

    number: int
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Load:
    """Of a month: how many actions run in it, and how many of them have their last day in it."""

    month: Month
    runs: int
    due: int


def month_of(day: date) -> Month:
    return Month(day.year, day.month)


def school_years(named: str | None, rows: Iterable[Row], today: date) -> tuple[int, int]:
    """The two years of a plan: those of its school year, else those in which most of its deadlines lie, else today's."""
    if found := years_of(named):
        return found
    ends = Counter(
        _first_year(row.action.ends_on) for row in rows if row.action.ends_on and row.action.ends_on.year in YEARS
    )
    first = max(ends, key=lambda year: (ends[year], year)) if ends else _first_year(today)
    return first, first + 1


def months_of(years: tuple[int, int], rows: Iterable[Row] = ()) -> list[Month]:
    """August to July; from June or July on when an action of the plan begins that early (a plan may: see `periods`)."""
    august = Month(years[0], FIRST_MONTH)
    early = date(years[0], FIRST_MONTH_OF_PLAN, 1)
    begins = [
        row.action.starts_on or row.action.ends_on
        for row in rows
        if (row.action.starts_on or row.action.ends_on) and (row.action.ends_on or date.max) >= early
    ]
    before = [month_of(max(day, early)) for day in begins if early <= day < august.first]
    start = min([august, *before])
    count = MONTHS_OF_YEAR + (FIRST_MONTH - start.number if start < august else 0)
    return [start.moved(step) for step in range(count)]


def terms_of(year: Any, years: tuple[int, int]) -> list[Term]:
    """The terms of a SchoolYear (None: of most provinces' calendar); one that ends before it begins is left out."""
    found = []
    for number, (first, last) in enumerate(
        (("first_term_start", "first_term_end"), ("second_term_start", "second_term_end")), 1
    ):
        start, end = term_bounds(number, years)
        term = Term(number, getattr(year, first, None) or start, getattr(year, last, None) or end)
        if term.start <= term.end:
            found.append(term)
    return found


def loads(rows: Sequence[Row], months: Sequence[Month]) -> list[Load]:
    """What runs and what falls due in each month. What is given up counts in neither; a deadline alone runs in its month."""
    spans = [_span(row) for row in rows if row.status != "dropped"]
    known = [span for span in spans if span is not None]
    ends = Counter(month_of(end) for _, end in known)
    return [
        Load(month, sum(start <= month.last and end >= month.first for start, end in known), ends[month])
        for month in months
    ]


def heaviest(found: Sequence[Load]) -> tuple[list[Month], int]:
    """The months with the most deadlines, and how many; no month when there is no deadline."""
    most = max((load.due for load in found), default=0)
    return ([load.month for load in found if load.due == most] if most else []), most


def _span(row: Row) -> tuple[date, date] | None:
    start, end = row.action.starts_on, row.action.ends_on
    return (start or end, end) if end is not None and (start is None or start <= end) else None


def _first_year(day: date) -> int:
    return day.year if day.month >= FIRST_MONTH_OF_PLAN else day.year - 1
