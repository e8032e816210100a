"""The legal calendar of a self-assessment: what is due when in a school year, and how many days are left.

Dates are data (`calendar.yaml`, with source and confidence) because the signed circular has not been seen and provinces
move the end of terms; a school changes a date for itself by its id.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, RootModel

from caitien.plan.periods import DEFAULT_TERMS, TermDates, term_bounds, years_of
from caitien.standards import marked_yaml
from caitien.standards.parts import Code, Mark, Part, Text
from caitien.standards.problems import FrameworkFileError, Problem
from caitien.standards.validating import build_value

FIRST_MONTH = 8  # August begins a school year; what is due in June and July is due in its second calendar year
FILE = Path(__file__).parent / "calendar.yaml"
State = Literal["done", "overdue", "today", "soon", "later"]
_TERMS = {"term-1-end": (1, 1), "term-2-end": (2, 1), "year-start": (0, 0), "year-end": (0, 1)}
_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})")


class Event(Part):
    """A date of the calendar. `on`: "06-15", or a part of the year ("term-1-end"); `before`: that day is too late.

    `window`: so many days before it is time to begin; `monitoring`: one of the reviews of the improvement plan.
    """

    id: Code
    title: Text
    on: Annotated[str, Field(pattern=r"^(\d{2}-\d{2}|term-1-end|term-2-end|year-start|year-end)$")]
    before: bool = False
    window: Annotated[int, Field(ge=0, le=200)] = 14
    monitoring: bool = False
    mark: Mark
    source: Text


class Calendar(Part):
    """The events of a family of frameworks. `monitoring_at_least`: reviews of the plan in a school year."""

    monitoring_at_least: Annotated[int, Field(ge=0, le=12)]
    monitoring_source: Text
    monitoring_mark: Mark
    events: Annotated[tuple[Event, ...], Field(min_length=1)]


class _Families(RootModel[dict[str, Calendar]]):
    pass


@dataclass(frozen=True, slots=True)
class Due:
    """An event of a school year. `last_day`: the last day on which it is in time; `days_left` to it, negative when over.

    `changed`: the school set another date. `words`: "còn 5 ngày", "quá hạn 3 ngày".
    """

    id: str
    title: str
    last_day: date
    days_left: int
    state: State
    words: str
    changed: bool
    monitoring: bool
    mark: Mark
    source: str


def calendar_of(framework: str) -> Calendar | None:
    """The calendar of a framework's family (its id); None for one of no known family."""
    return next((found for prefix, found in _families(FILE).items() if framework.startswith(prefix)), None)


def dues(
    framework: str,
    school_year: str,
    on: date,
    *,
    changed: Mapping[str, date] | None = None,
    done: Mapping[str, date] | None = None,
    terms: TermDates = DEFAULT_TERMS,
) -> tuple[Due, ...]:
    """What is due in a school year, in order of its dates, as it stands on a day.

    `changed`: event id -> the last day that the school set itself. `done`: event id -> the day on which it was done.
    `terms`: the province's. Raises ValueError when `school_year` is none; () for a framework without a calendar.
    """
    calendar = calendar_of(framework)
    years = years_of(school_year)
    if years is None:
        raise ValueError(f"“{school_year}” không phải năm học, như 2025-2026.")
    if calendar is None:
        return ()
    found = []
    for event in calendar.events:
        own = (changed or {}).get(event.id)
        last = own or _last_day(event, years, terms)
        left = (last - on).days
        state, words = _state(left, event.window, (done or {}).get(event.id), last)
        found.append(
            Due(
                event.id,
                event.title,
                last,
                left,
                state,
                words,
                own is not None,
                event.monitoring,
                "proposed" if own else event.mark,
                event.source,
            )
        )
    return tuple(sorted(found, key=lambda due: due.last_day))


def monitoring_left(framework: str, held: int) -> int:
    """How many reviews of the improvement plan the year still lacks, of `held` ones."""
    calendar = calendar_of(framework)
    return max(0, calendar.monitoring_at_least - held) if calendar else 0


def _last_day(event: Event, years: tuple[int, int], terms: TermDates) -> date:
    found = _MONTH_DAY.fullmatch(event.on)
    if found:
        month, day = int(found[1]), int(found[2])
        at = date(years[0] if month >= FIRST_MONTH else years[1], month, day)
    else:
        term, end = _TERMS[event.on]
        at = term_bounds(term, years, terms)[end]
    return at - timedelta(days=1) if event.before else at


def _state(left: int, window: int, done: date | None, last: date) -> tuple[State, str]:
    if done is not None:
        late = (done - last).days
        said = f"đã xong ngày {done.day:02d}/{done.month:02d}/{done.year}"
        return "done", f"{said}, muộn {late} ngày" if late > 0 else said
    if left < 0:
        return "overdue", f"quá hạn {-left} ngày"
    if left == 0:
        return "today", "hôm nay là ngày cuối"
    return ("soon" if left <= window else "later"), f"còn {left} ngày"


@cache
def _families(file: Path) -> dict[str, Calendar]:
    """Every family of the file. Raises FrameworkFileError with file, line and field."""
    try:
        raw = marked_yaml.read(file)
    except marked_yaml.YamlProblem as error:
        raise FrameworkFileError([Problem(str(file), error.line, "", error.message)]) from error
    families = build_value(_Families, raw, str(file)).root
    problems = []
    for name, calendar in families.items():
        ids = [event.id for event in calendar.events]
        for n, event in enumerate(calendar.events):
            where = marked_yaml.place_of(raw, (name, "events", n))
            field = f"{name}.events[{n}]"
            line = where.line if where else None
            if ids.index(event.id) != n:
                problems.append(Problem(str(file), line, f"{field}.id", f"mã “{event.id}” dùng hai lần."))
            found = _MONTH_DAY.fullmatch(event.on)
            if found and not _is_day(int(found[1]), int(found[2])):
                problems.append(Problem(str(file), line, f"{field}.on", f"“{event.on}” không phải tháng-ngày."))
    if problems:
        raise FrameworkFileError(problems)
    return families


def _is_day(month: int, day: int) -> bool:
    try:
        date(2001, month, day)
    except ValueError:
        return False
    return True
