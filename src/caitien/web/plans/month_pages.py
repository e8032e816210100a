"""A month of a plan as weeks from Monday to Sunday: what falls due on each day, where terms begin and end. Pure."""

from __future__ import annotations

import re
from calendar import MONDAY, Calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caitien.web.plans.overview import Row
from caitien.web.plans.school_months import YEARS, Month, Term, month_of

WEEKDAYS = (
    gettext_lazy("Thứ Hai"),
    gettext_lazy("Thứ Ba"),
    gettext_lazy("Thứ Tư"),
    gettext_lazy("Thứ Năm"),
    gettext_lazy("Thứ Sáu"),
    gettext_lazy("Thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)
ASKED_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
AT_ONCE = 4  # deadlines of a day shown before "và … mục nữa"


@dataclass(frozen=True, slots=True)
class Day:
    """`inside`: of the month itself. `notes`: what is said of the day besides deadlines."""

    on: date
    inside: bool
    today: bool
    notes: list[str] = field(default_factory=list)
    due: list[Row] = field(default_factory=list)

    @property
    def weekday(self) -> Any:
        return WEEKDAYS[self.on.weekday()]

    @property
    def first(self) -> list[Row]:
        return self.due[:AT_ONCE] if len(self.due) > AT_ONCE + 1 else self.due

    @property
    def rest(self) -> list[Row]:
        return self.due[AT_ONCE:] if len(self.due) > AT_ONCE + 1 else []


def asked_month(text: str) -> Month | None:
    """ "2026-11" as a month; None when it is none."""
    found = ASKED_MONTH.fullmatch(text.strip())
    if not found or int(found[1]) not in YEARS or not 1 <= int(found[2]) <= 12:
        return None
    return Month(int(found[1]), int(found[2]))


def first_seen(rows: Iterable[Row], months: Sequence[Month], today: date) -> Month:
    """The month to begin with: today's when it is of the school year; else that of the next deadline, else of the last."""
    if month_of(today) in months:
        return month_of(today)
    ends = sorted(row.action.ends_on for row in rows if row.action.ends_on and row.action.ends_on.year in YEARS)
    coming = next((day for day in ends if day >= today), ends[-1] if ends else months[0].first)
    return month_of(coming)


def weeks(rows: Iterable[Row], month: Month, terms: Iterable[Term], today: date) -> list[list[Day]]:
    """The weeks of a month. Days of its neighbours stand there empty: their deadlines are on their own pages."""
    due: dict[date, list[Row]] = {}
    for row in rows:
        end = row.action.ends_on
        if end is not None and month_of(end) == month:
            due.setdefault(end, []).append(row)
    notes: dict[date, list[str]] = {}
    for term in terms:
        notes.setdefault(term.start, []).append(_("Bắt đầu học kỳ %s") % _roman(term.number))
        notes.setdefault(term.end, []).append(_("Kết thúc học kỳ %s") % _roman(term.number))
    return [
        [
            Day(
                day,
                month_of(day) == month,
                day == today,
                notes.get(day, []) if month_of(day) == month else [],
                sorted(due.get(day, []), key=lambda row: row.action.position),
            )
            for day in week
        ]
        for week in Calendar(MONDAY).monthdatescalendar(month.year, month.number)
    ]


def _roman(number: int) -> str:
    return "I" * number
