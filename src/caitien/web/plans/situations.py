"""The pictures of a plan: by standard, by month, money by source and by standard; each with its numbers as a table. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from caitien.drawing import (
    BarPicture,
    BarRow,
    Key,
    MonthPicture,
    Segment,
    Track,
    draw_bars,
    draw_months,
    in_unit,
    unit_for,
)
from caitien.drawing import Month as DrawnMonth
from caitien.plan.summary import NO_SOURCE, SourceMoney, money_by_source
from caitien.web.plans.boards import STATUSES, UNSAID
from caitien.web.plans.overview import FINISHED, UNKNOWN, Group, Row, grouped, spent_vnd
from caitien.web.plans.school_months import Load, heaviest, month_of
from caitien.web.plans.values import action_value
from caitien.web.ui.vietnamese import STATUS_WORDS, money_short, number

WIDE, NARROW, ALONE = 460.0, 320.0, 760.0
"""Widths: half a page on a laptop, a phone, a page of a report."""


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a picture. The last row is the sum when `summed`; cells of numbers are words already."""

    heads: list[str]
    rows: list[tuple[str, list[str]]]
    summed: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the plan. `slug` names it in addresses; `answer` is its first line; `draw` makes the SVG at a width."""

    slug: str
    title: str
    answer: str
    table: Table
    draw: Callable[..., str]
    empty: bool = False  # nothing to draw: the answer says so

    @property
    def wide(self) -> str:
        return self.draw(f"{self.slug}-w", WIDE)

    @property
    def narrow(self) -> str:
        return self.draw(f"{self.slug}-n", NARROW)

    @property
    def alone(self) -> str:
        """The picture as a file of its own."""
        return self.draw(self.slug, ALONE, alone=True)


def pictures(rows: Sequence[Row], titles: Mapping[str, str], loads: Sequence[Load], today: Any) -> list[Picture]:
    """The pictures of some rows of a plan. `titles`: of its standards; `loads`: of the months of its school year."""
    groups = grouped(rows, dict(titles))
    return [
        _by_standard(groups),
        _by_month(loads, today),
        _by_source(rows),
        _money_by_standard(groups),
    ]


def _by_standard(groups: Sequence[Group]) -> Picture:
    words = [str(STATUS_WORDS.get(status, UNSAID)[0]) for status in ORDER]
    counted = [(standard_name(group), _statuses(group.rows)) for group in groups]
    title = _("Tiến độ theo tiêu chuẩn")
    answer = _answer_by_standard(groups)
    drawn = [
        BarRow(
            name,
            [
                Track(
                    [Segment(INKS[status], count, str(count)) for status, count in zip(ORDER, counts, strict=True)],
                    f"{counts[0]}/{sum(counts)}",
                )
            ],
        )
        for name, counts in counted
    ]
    used = [place for place in range(len(ORDER)) if any(counts[place] for _name, counts in counted)]
    picture = partial(
        BarPicture,
        title=title,
        description=answer,
        rows=drawn,
        keys=[Key(INKS[ORDER[place]], words[place]) for place in used],
        unit=_("số mục (sau mỗi thanh: hoàn thành/tổng số)"),
        nothing=_("Chưa có mục nào."),
    )
    sums = [sum(counts[place] for _name, counts in counted) for place in range(len(ORDER))]
    table = Table(
        [_("Tiêu chuẩn"), *(words[place] for place in used), _("Cộng")],
        [
            (name, [number(counts[place]) for place in used] + [number(sum(counts))])
            for name, counts in [*counted, (_("Cộng"), sums)]
        ],
    )
    return Picture("theo-tieu-chuan", title, answer, table, _drawer(draw_bars, picture))


def _answer_by_standard(groups: Sequence[Group]) -> str:
    rows = [row for group in groups for row in group.rows]
    done = sum(row.status == "done" for row in rows)
    if not rows:
        return _("Chưa có mục nào.")
    left = [(sum(row.status not in FINISHED for row in group.rows), group) for group in groups]
    most = max(count for count, _group in left)
    first = _("%(done)s trong %(all)s mục đã hoàn thành.") % {"done": done, "all": len(rows)}
    if not most:
        return first
    names = [short_name(group) for count, group in left if count == most]
    return f"{first} " + _("Còn nhiều mục chưa xong nhất: %(names)s (%(n)s mục).") % {
        "names": ", ".join(names),
        "n": most,
    }


def _by_month(loads: Sequence[Load], today: Any) -> Picture:
    title = _("Khối lượng và hạn theo tháng")
    busiest, most = heaviest(loads)
    answer = (
        _("Tháng nhiều hạn nhất: %(months)s, %(n)s mục đến hạn.") % {"months": ", ".join(map(str, busiest)), "n": most}
        if busiest
        else _("Chưa mục nào có hạn trong năm học này.")
    )
    runs, due = _("mục đang trong thời gian thực hiện"), _("mục đến hạn trong tháng")
    this_month = month_of(today)
    picture = partial(
        MonthPicture,
        title=title,
        description=answer,
        months=[
            DrawnMonth(
                pgettext("tháng", "T") + str(load.month.number),
                str(load.month.number),
                str(load.month.year),
                (load.runs, load.due),
                load.month == this_month,
            )
            for load in loads
        ],
        keys=(Key("load", runs), Key("due", due)),
        unit=_("số mục"),
    )
    table = Table(
        [_("Tháng"), _("Đang thực hiện"), _("Đến hạn")],
        [(str(load.month), [number(load.runs), number(load.due)]) for load in loads],
        summed=False,
    )
    return Picture("theo-thang", title, answer, table, _drawer(draw_months, picture))


def _by_source(rows: Sequence[Row]) -> Picture:
    found = money_by_source(
        [action_value(row.action) for row in rows if row.action.budget_vnd or row.action.budget_lines]
    )
    amounts = [(_source(part), part.planned_vnd, part.spent_vnd) for part in found]
    title = _("Kinh phí theo nguồn")
    return _money("nguon-kinh-phi", title, _("Nguồn"), amounts, _("Nguồn lớn nhất: %(name)s, %(amount)s."))


def _money_by_standard(groups: Sequence[Group]) -> Picture:
    amounts = [
        (
            standard_name(group),
            sum(row.action.budget_vnd or 0 for row in group.rows),
            sum(spent_vnd(row.action) or 0 for row in group.rows),
        )
        for group in groups
    ]
    known = [amount for amount in amounts if amount[1] or amount[2]]
    title = _("Kinh phí theo tiêu chuẩn")
    return _money(
        "kinh-phi-theo-tieu-chuan", title, _("Tiêu chuẩn"), known, _("Cần nhiều kinh phí nhất: %(name)s, %(amount)s.")
    )


def _money(slug: str, title: str, head: str, amounts: Sequence[tuple[str, int, int]], largest: str) -> Picture:
    """Planned and spent side by side. `largest`: the sentence about the greatest of them."""
    planned, spent = sum(amount[1] for amount in amounts), sum(amount[2] for amount in amounts)
    nothing = _("Chưa mục nào ghi số tiền.")
    answer = nothing
    if amounts:
        name, most, _spent = max(amounts, key=lambda amount: amount[1])
        answer = _("Dự kiến %(planned)s, đã chi %(spent)s.") % {"planned": money_short(planned), "spent": _spent_words(spent)}  # fmt: skip
        if most > 0 and len(amounts) > 1:
            answer = f"{answer} {largest % {'name': name, 'amount': money_short(most)}}"
    divisor, unit = unit_for(max([max(map(abs, amount[1:])) for amount in amounts], default=0))
    said = partial(in_unit, unit=divisor)
    picture = partial(
        BarPicture,
        title=title,
        description=answer,
        rows=[
            BarRow(
                name,
                [
                    Track([Segment("planned", first)], said(first)),
                    Track([Segment("spent", second)], said(second)),
                ],
            )
            for name, first, second in amounts
        ],
        keys=[Key("planned", _("dự kiến")), Key("spent", _("đã chi"))],
        unit=UNIT_WORDS[unit]() if unit in UNIT_WORDS else unit,
        nothing=nothing,
        said=said,
    )
    table = Table(
        [head, _("Dự kiến (đồng)"), _("Đã chi (đồng)")],
        [(name, [number(first), number(second)]) for name, first, second in [*amounts, (_("Cộng"), planned, spent)]],
    )
    return Picture(slug, title, answer, table, _drawer(draw_bars, picture), empty=not amounts)


def standard_name(group: Group) -> str:
    """ "Tiêu chuẩn 1. Tổ chức và quản lý nhà trường"."""
    if group.code == "M4":
        return group.title or _("Các mục của Mức 4")
    if not group.code:
        return _("Chưa gắn tiêu chí")
    name = _("Tiêu chuẩn %s") % group.code
    return f"{name}. {group.title}" if group.title else name


def short_name(group: Group) -> str:
    """ "tiêu chuẩn 1", within a sentence."""
    return _("tiêu chuẩn %s") % group.code if group.code and group.code != "M4" else standard_name(group).lower()


ORDER = ("done", "in_progress", "overdue", "not_started", "dropped", UNKNOWN)
"""Statuses from the left to the right of a bar: from the finished on."""
INKS = {status: status for status in STATUSES} | {UNKNOWN: "unsaid"}
UNIT_WORDS: dict[str, Callable[[], str]] = {
    "đồng": lambda: _("đồng"),
    "nghìn đồng": lambda: _("nghìn đồng"),
    "triệu đồng": lambda: _("triệu đồng"),
    "tỷ đồng": lambda: _("tỷ đồng"),
    "nghìn tỷ đồng": lambda: _("nghìn tỷ đồng"),
}


def _statuses(rows: Sequence[Row]) -> list[int]:
    found = [row.status if row.status in INKS else UNKNOWN for row in rows]
    return [found.count(status) for status in ORDER]


def _drawer(draw: Callable[..., str], picture: Callable[..., Any]) -> Callable[..., str]:
    def drawn(name: str, width: float, *, alone: bool = False) -> str:
        return draw(picture(name=name), width, alone=alone)

    return drawn


def _source(part: SourceMoney) -> str:
    return _("Chưa rõ nguồn") if part.source == NO_SOURCE else part.source


def _spent_words(amount: int) -> str:
    return money_short(amount) if amount else _("0 đồng")
