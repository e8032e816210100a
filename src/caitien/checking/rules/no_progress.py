"""A row that should have begun and does not say how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caitien.checking.rule import Context, Rule, finding, where
from caitien.plan.days import first_day, last_day
from caitien.plan.model import Action, Finding
from caitien.plan.periods import DEFAULT_TERMS


def _find(context: Context) -> Iterator[Finding]:
    plan, years, today = context.plan, context.years, context.today
    without = [i for i, a in enumerate(plan.actions) if not a.progress.text and a.progress.status is None]
    if not without:
        return
    if len(without) == len(plan.actions):
        # Nothing says how far the plan is: before the end of the first term that is no wonder.
        if years and today > date(years[1], *DEFAULT_TERMS.first_end):
            yield finding(
                RULE.id,
                RULE.severity,
                f"Kế hoạch không ghi mức độ thực hiện của mục nào, trong khi học kỳ I năm học {plan.school_year} đã qua.",
                field="progress",
            )
        return
    for i in without:
        action = plan.actions[i]
        end = last_day(action.period.end)
        if _has_begun(action, years, today) and not (end and end < today):  # past its end: overdue says so
            yield finding(
                RULE.id, RULE.severity, f"{where(plan, i)}: chưa ghi mức độ thực hiện.", action=i, field="progress"
            )


def _has_begun(action: Action, years: tuple[int, int] | None, today: date) -> bool:
    start = first_day(action.period.start) or (date(years[0], *DEFAULT_TERMS.first_start) if years else None)
    return start is not None and start <= today


RULE = Rule(
    id="no-progress",
    severity="hint",
    title="Chưa ghi mức độ thực hiện",
    explanation="Việc đã đến lúc làm thì cần biết đã làm đến đâu: hoàn thành, đang thực hiện, chưa hoàn thành.",
    source="Thông tư 57/2026/TT-BGDĐT, Biểu 2 cột 10: mức độ thực hiện; mục VI: rà soát cuối học kỳ I và cuối năm học",
    find=_find,
)
