"""A plan as bars over the months of its school year: where each begins and ends, and why some have no bar. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from caitien.web.plans.overview import UNKNOWN, Group, Row
from caitien.web.plans.school_months import Load, Month, Term, month_of
from caitien.web.ui.vietnamese import derived_period

UNIT = 100  # a month's width
LOOKS = {"done", "in_progress", "overdue", "not_started", "dropped"}


@dataclass(frozen=True, slots=True)
class Bar:
    """An action's bar, in units of which a month has UNIT. `start` is None for a deadline alone: a point at `end`.

    `before`, `after`: it goes on beyond the months shown. `late_to`: until where it is late (today).
    """

    row: Row
    look: str
    start: int | None
    end: int
    before: bool = False
    after: bool = False
    late_to: int | None = None


@dataclass(frozen=True, slots=True)
class BarGroup:
    code: str
    title: str
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Head:
    """A month above the bars. `term`: the number of the term that begins in it."""

    month: Month
    due: int
    now: bool
    term: int | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """`today`: where the line of today stands; None when it is not of these months. `left_out`: (row, why no bar)."""

    heads: list[Head]
    groups: list[BarGroup]
    terms: list[tuple[int, int, int]]  # number, start, end
    today: int | None
    left_out: list[tuple[Row, str]]

    @property
    def width(self) -> int:
        return UNIT * len(self.heads)

    @property
    def lines(self) -> list[int]:
        """Where a month ends and the next begins."""
        return [UNIT * place for place in range(1, len(self.heads))]


def timeline(groups: Iterable[Group], loads: Sequence[Load], terms: Iterable[Term], today: date) -> Timeline:
    """The bars of rows already grouped. `loads`: the months to show, in order, with what falls due in each."""
    months = [load.month for load in loads]
    first, last = months[0].first, months[-1].last
    drawn: list[BarGroup] = []
    left_out: list[tuple[Row, str]] = []
    for group in groups:
        bars = []
        for row in group.rows:
            why = _no_bar(row.action, first, last)
            if why:
                left_out.append((row, why))
            else:
                bars.append(_bar(row, first, last, today))
        if bars:
            drawn.append(BarGroup(group.code, group.title, sorted(bars, key=_order)))
    known = [term for term in terms if term.start <= last and term.end >= first]
    begins = {month_of(max(term.start, first)): term.number for term in known}
    return Timeline(
        [Head(load.month, load.due, load.month == month_of(today), begins.get(load.month)) for load in loads],
        drawn,
        [(term.number, _place(term.start, first, last), _place(term.end, first, last, end=True)) for term in known],
        _place(today, first, last) if first <= today <= last else None,
        left_out,
    )


def _bar(row: Row, first: date, last: date, today: date) -> Bar:
    start, end = row.action.starts_on, row.action.ends_on
    at_end = _place(end or last, first, last, end=True)
    late = row.overdue and end is not None and first <= end < min(today, last)
    return Bar(
        row,
        row.status if row.status in LOOKS else UNKNOWN,
        None if start is None else _place(start, first, last),
        at_end,
        before=start is not None and start < first,
        after=end is None or end > last,
        late_to=_place(min(today, last), first, last) if late else None,
    )


def _no_bar(action: Any, first: date, last: date) -> str:
    """Why an action has no bar; "" when it has one."""
    start, end = action.starts_on, action.ends_on
    if start is None and end is None:
        if action.period_kind in ("ongoing", "yearly"):
            return _("“%s”: không có ngày bắt đầu, không có hạn") % action.period_text
        if not (action.period_text or "").strip():
            return _("chưa ghi thời gian")
        return _("chưa hiểu thời gian “%s”") % action.period_text
    if start is not None and end is not None and start > end:
        return _("ngày bắt đầu sau ngày kết thúc: %s") % derived_period(action.period_start, action.period_end)
    if (end is not None and end < first) or ((start or end) > last):
        return _("nằm ngoài các tháng này: %s") % derived_period(action.period_start, action.period_end)
    return ""


def _place(day: date, first: date, last: date, *, end: bool = False) -> int:
    """Where a day begins (`end`: where it ends), months being equally wide; days outside stand at the edge."""
    day = min(max(day, first), last)
    month = month_of(day)
    whole = (month.year - first.year) * 12 + month.number - first.month
    return round(UNIT * (whole + (day.day - (0 if end else 1)) / month.last.day))


def _order(bar: Bar) -> tuple[int, int]:
    return bar.end if bar.start is None else bar.start, bar.end
