"""When what has to be done is due: groups by day, words for the days left, the first line of the page. No query here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from caitien.web.plans.overview import FINISHED, Row
from caitien.web.reminders.current import is_over

SUNDAY = 6
DECEMBER = 12


class When(StrEnum):
    """The groups, in the order in which they are read."""

    LATE = "late"
    THIS_WEEK = "week"
    THIS_MONTH = "month"
    LATER = "later"
    NO_DATE = "no-date"
    PAST_YEAR = "past-year"
    DONE = "done"


LABELS = {
    When.LATE: gettext_lazy("Quá hạn"),
    When.THIS_WEEK: gettext_lazy("Tuần này"),
    When.THIS_MONTH: gettext_lazy("Tháng này"),
    When.LATER: gettext_lazy("Sau này"),
    When.NO_DATE: gettext_lazy("Chưa có hạn"),
    When.PAST_YEAR: gettext_lazy("Của năm học đã qua, chưa báo xong"),
    When.DONE: gettext_lazy("Đã xong"),
}


@dataclass(slots=True)
class Job:
    """An action in which somebody has a part. `row`: the action as it stands today.

    `responsible`: hers to do; else she helps. `through`: the groups by which she has her part, [] when she is named.
    """

    row: Row
    plan: Any
    responsible: bool
    through: list[str]
    when: When
    days: int | None  # until the last day; negative when it is past; None without one

    @property
    def action(self) -> Any:
        return self.row.action

    @property
    def urgent(self) -> bool:
        """Late, or due within fourteen days: what a reminder speaks of."""
        return self.when not in (When.PAST_YEAR, When.DONE) and (self.row.overdue or self.row.soon)


def when(row: Row, today: date, *, past_year: bool = False) -> When:
    """The group of an action. A week ends on Sunday, and goes before the month. `past_year`: its school year is over, so
    that nobody is pressed for it any more."""
    last = row.action.ends_on
    if row.status in FINISHED:
        return When.DONE
    if past_year:
        return When.PAST_YEAR
    if row.overdue:
        return When.LATE
    if last is None:
        return When.NO_DATE
    if last <= end_of_week(today):
        return When.THIS_WEEK
    return When.THIS_MONTH if last <= end_of_month(today) else When.LATER


def job(row: Row, plan: Any, today: date, *, responsible: bool, through: Iterable[str] = ()) -> Job:
    """What somebody has to do, placed by its day."""
    last = row.action.ends_on
    group = when(row, today, past_year=is_over(plan, today))
    return Job(row, plan, responsible, list(through), group, (last - today).days if last else None)


def in_order(jobs: Iterable[Job]) -> list[Job]:
    """By day, the longest late first; what has no day at the end, in the order of the plan."""
    return sorted(
        jobs,
        key=lambda one: (
            list(When).index(one.when),
            one.action.ends_on or date.max,
            one.action.position,
            str(one.action.pk),
        ),
    )


def grouped(jobs: Iterable[Job]) -> list[tuple[When, Any, list[Job]]]:
    """(group, its label, its jobs in order), groups in order, none empty."""
    by_group: dict[When, list[Job]] = {}
    for one in in_order(jobs):
        by_group.setdefault(one.when, []).append(one)
    return [(group, LABELS[group], by_group[group]) for group in When if group in by_group]


def days_words(one: Job) -> str:
    """How many days are left, as one says it: "trễ 12 ngày", "đến hạn hôm nay", "còn 3 ngày"; "" when nothing is due."""
    if one.when in (When.PAST_YEAR, When.DONE) or one.days is None:
        return ""
    if one.days < 0:
        return ngettext("trễ %(n)d ngày", "trễ %(n)d ngày", -one.days) % {"n": -one.days}
    if one.days == 0:
        return _("đến hạn hôm nay")
    if one.days == 1:
        return _("đến hạn ngày mai")
    return ngettext("còn %(n)d ngày", "còn %(n)d ngày", one.days) % {"n": one.days}


def first_line(jobs: Sequence[Job]) -> str:
    """What must I do this week? "3 việc quá hạn, 2 việc trong tuần này." What one helps with is said after it."""
    own, helped = [one for one in jobs if one.responsible], [one for one in jobs if not one.responsible]
    said = _counted(own)
    beside = _counted(helped)
    if said and beside:
        return _("%(own)s; phối hợp: %(helped)s.") % {"own": said, "helped": beside}
    if said:
        return f"{said}."
    if beside:
        return _("Phối hợp: %(helped)s.") % {"helped": beside}
    coming = [one for one in in_order(jobs) if one.when in (When.THIS_MONTH, When.LATER)]
    if coming:
        return _("Tuần này không có việc nào đến hạn. Hạn gần nhất: %(day)s.") % {
            "day": f"{coming[0].action.ends_on:%d/%m/%Y}"
        }
    if any(one.when == When.NO_DATE for one in jobs):
        return _("Không có việc nào quá hạn; những việc còn lại chưa ghi hạn.")
    if past := sum(one.when == When.PAST_YEAR for one in jobs):
        return ngettext(
            "Năm học này chưa có việc nào giao cho bạn; %(n)d việc của năm học đã qua chưa báo xong.",
            "Năm học này chưa có việc nào giao cho bạn; %(n)d việc của năm học đã qua chưa báo xong.",
            past,
        ) % {"n": past}
    return _("Mọi việc của bạn đã xong.") if jobs else _("Hiện không có việc nào giao cho bạn.")


def _counted(jobs: Sequence[Job]) -> str:
    late = sum(one.when == When.LATE for one in jobs)
    week = sum(one.when == When.THIS_WEEK for one in jobs)
    parts = []
    if late:
        parts.append(ngettext("%(n)d việc quá hạn", "%(n)d việc quá hạn", late) % {"n": late})
    if week:
        parts.append(ngettext("%(n)d việc trong tuần này", "%(n)d việc trong tuần này", week) % {"n": week})
    return ", ".join(parts)


def end_of_week(today: date) -> date:
    """The Sunday of the week."""
    return today + timedelta(days=SUNDAY - today.weekday())


def end_of_month(today: date) -> date:
    """The last day of the month."""
    if today.month == DECEMBER:
        return date(today.year, DECEMBER, 31)
    return date(today.year, today.month + 1, 1) - timedelta(days=1)
