"""Rows of last year that stand beside their newer copy: the paper prints two times for one action, one of them past."""

from __future__ import annotations

import re
from datetime import date

from caitien.plan.days import last_day
from caitien.plan.model import ImprovementPlan
from caitien.plan.periods import FIRST_MONTH_OF_PLAN, years_of

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def left_behind(plan: ImprovementPlan) -> dict[int, str]:
    """Index of each action whose second copy has a time before the plan's school year, with that time as printed."""
    years = years_of(plan.school_year)
    if years is None:
        return {}
    begins = date(years[0], FIRST_MONTH_OF_PLAN, 1)
    found: dict[int, str] = {}
    for index, action in enumerate(plan.actions):
        for alternative in action.alternatives:
            period = alternative.values.get("period") or {}
            text, ended = str(period.get("text") or ""), last_day(period.get("end") or period.get("start"))
            if ended is not None and ended < begins and _YEAR.search(text):
                found[index] = text
    return found
