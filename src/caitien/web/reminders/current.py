"""Which plans of a school are being worked on today, so that somebody can have something to do in them. No query here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from caitien.plan.periods import FIRST_MONTH_OF_PLAN, years_of
from caitien.web.plans.models import Plan

LAST_DAY = (8, 31)  # of a school year: what was left undone is finished in the summer
DECIDED = (Plan.State.APPROVED, Plan.State.IN_FORCE)


def current(plans: Iterable[Any], today: date) -> list[Any]:
    """The plans of one school that count today, out of all of it (objects with `state` and `year`).

    Never one that is closed. Those of the school year that `today` is in: in summer there are two, the one that ends and
    the one that begins. A plan of a year that is over counts as long as the school has no plan of a later year (its next
    plan is not made yet), one of a year to come when it was approved already. A year that is not known is this one.
    Where a plan of a year is approved, drafts of the same year (a file that was imported again) do not count.
    """
    open_plans = [plan for plan in plans if plan.state != Plan.State.CLOSED]
    begun = [years for plan in plans if (years := _years(plan)) and date(years[0], FIRST_MONTH_OF_PLAN, 1) <= today]
    newest = max(begun, default=None)
    found = [plan for plan in open_plans if _is_current(plan, newest, today)]
    decided = {_years(plan) for plan in found if plan.state in DECIDED}
    return [plan for plan in found if plan.state in DECIDED or _years(plan) not in decided]


def is_over(plan: Any, today: date) -> bool:
    """Whether the school year of the plan has ended."""
    years = _years(plan)
    return years is not None and date(years[1], *LAST_DAY) < today


def _is_current(plan: Any, newest: tuple[int, int] | None, today: date) -> bool:
    years = _years(plan)
    if years is None:
        return True
    if is_over(plan, today):
        return years == newest
    return date(years[0], FIRST_MONTH_OF_PLAN, 1) <= today or plan.state in DECIDED


def _years(plan: Any) -> tuple[int, int] | None:
    return years_of(plan.year.name) if plan.year else None
