"""A date of a past school year: what copying last year's file leaves behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from caitien.checking.left_behind import left_behind
from caitien.checking.rule import Context, Rule, finding, where
from caitien.plan.days import first_day, last_day
from caitien.plan.model import Action, Finding, Fix
from caitien.plan.periods import FIRST_MONTH_OF_PLAN, parse_period
from caitien.plan.text import one_space

_FEW = 5  # more rows than this are said in one sentence
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
# A plan to be made for a year that has passed. Reports on it, results of it and comparisons with it are in order.
_TO_BE_MADE = re.compile(
    r"\b(?:xây dựng|lập|ban hành)\s(?:\w+\s){0,3}?kế hoạch\b[^.;:]{0,60}?\bnăm học\s*(20\d\d)\s*[-–—/]\s*(20\d\d)",
    re.IGNORECASE,
)


def _find(context: Context) -> Iterator[Finding]:
    plan, years = context.plan, context.years
    if years is None:
        return
    begins = date(years[0], FIRST_MONTH_OF_PLAN, 1)
    issued = first_day(plan.document.date)
    if issued is not None and issued < date(years[0], 1, 1):
        yield finding(
            RULE.id,
            RULE.severity,
            f"Ngày ban hành {issued:%d/%m/%Y} là của năm trước, trong khi kế hoạch cho năm học {plan.school_year}.",
            field="document.date",
            quote=plan.document.date,
        )
    yield from _rows_left_behind(context)
    for i, action in enumerate(plan.actions):
        ended = last_day(action.period.end or action.period.start)
        text = action.period.text or ""
        if ended is not None and ended < begins and _YEAR.search(text):
            yield finding(
                RULE.id,
                RULE.severity,
                f"{where(plan, i)}: thời gian “{text}” đã qua trước khi năm học {plan.school_year} bắt đầu.",
                action=i,
                field="period",
                quote=text,
                fixes=_fixes(i, action, years, plan.school_year or "", begins),
            )
        for name, said in _texts(action):
            for match in _TO_BE_MADE.finditer(said):
                if int(match[1]) < years[0] and int(match[2]) == int(match[1]) + 1:
                    yield finding(
                        RULE.id,
                        "hint",
                        f"{where(plan, i)}: “{match[0]}” nói đến năm học đã qua trong kế hoạch năm học {plan.school_year}.",
                        action=i,
                        field=name,
                        quote=match[0],
                    )


def _rows_left_behind(context: Context) -> Iterator[Finding]:
    """The second copies of rows that are still last year's: each by itself when they are few, else in one sentence."""
    plan, found = context.plan, left_behind(context.plan)
    if len(found) > _FEW:
        named = ", ".join(where(plan, i).removeprefix("Mục ").split(" (")[0] for i in list(found)[:_FEW])
        yield finding(
            RULE.id,
            "warning",
            f"{len(found)} mục có dòng in lặp còn ghi thời gian của năm học trước "
            f"(mục {named} và {len(found) - _FEW} mục khác); thời gian mới hơn được giữ.",
            field="period",
            quote=next(iter(found.values())),
        )
        return
    for i, text in found.items():
        kept = plan.actions[i].period.text
        yield finding(
            RULE.id,
            "warning",
            f"{where(plan, i)}: dòng in lặp còn ghi thời gian của năm học trước, “{text}”"
            + (f"; đã giữ “{kept}”." if kept else "."),
            action=i,
            field="period",
            quote=text,
            fixes=[Fix(label=f"Chỉ giữ “{kept}”", path=f"/actions/{i}/period/text", value=kept)] if kept else [],
        )


def _texts(action: Action) -> Iterator[tuple[str, str]]:
    yield "content", one_space(action.content)
    yield "objective", one_space(action.objective)
    for measure in action.measures:
        yield "measures", one_space(measure)


def _fixes(index: int, action: Action, years: tuple[int, int], school_year: str, begins: date) -> list[Fix]:
    """The same words with their years moved into the school year, where that gives a period of it."""
    text = action.period.text or ""
    first = first_day(action.period.start or action.period.end)
    if first is None:
        return []
    shift = years[0] - (first.year if first.month >= FIRST_MONTH_OF_PLAN else first.year - 1)
    moved = _YEAR.sub(lambda m: str(int(m[0]) + shift), text)
    period = parse_period(moved, school_year)
    ended = last_day(period.end or period.start)
    if ended is None or not begins <= ended <= date(years[1], 12, 31):
        return []
    return [Fix(label=f"Đổi thành “{moved}”", path=f"/actions/{index}/period/text", value=moved)]


RULE = Rule(
    id="stale-date",
    severity="error",
    title="Ngày tháng của năm học đã qua",
    explanation="Thời gian thực hiện nằm trước năm học của kế hoạch: dòng này chép từ năm trước mà chưa sửa ngày.",
    source="Thông tư 57/2026/TT-BGDĐT, Điều 10: kế hoạch cải tiến lập cho từng năm học; Biểu 2 cột 6",
    find=_find,
)
