"""What the views of a plan (board, timeline, calendar, situation) share: its rows today, and which of them were asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from caitien.web.plans.filters import filter_options
from caitien.web.plans.findings import checked
from caitien.web.plans.models import Action, Plan
from caitien.web.plans.overview import Choice, Row, chosen, rows_of
from caitien.web.plans.school_months import Month, Term, months_of, school_years, terms_of
from caitien.web.plans.views.context import link, rows_of_plan
from caitien.web.schools.guard import SchoolRequest

NO_ACTION = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Seen:
    """`rows`: all of the plan; `shown`: those that fit the reader's choice; `months`, `terms`: of its school year."""

    plan: Plan
    actions: list[Action]
    today: date
    rows: list[Row]
    shown: list[Row]
    choice: Choice
    months: list[Month]
    terms: list[Term]

    @property
    def context(self) -> dict[str, Any]:
        """What the head of each view shows."""
        return {
            "plan": self.plan,
            "today": self.today,
            "choice": self.choice,
            "filter": filter_options(self.plan, self.actions, self.choice),
            "total": len(self.rows),
            "shown": self.shown,
            "at_action": _around("action", self.plan),
            "at_progress": _around("progress", self.plan),
        }


def seen(request: SchoolRequest, plan: Plan) -> Seen:
    """The plan as the address asks for it (one query)."""
    actions = rows_of_plan(plan)
    today = timezone.localdate()
    choice = Choice.from_query(request.GET)
    findings = checked(plan, actions, today).by_action() if choice.only == "flagged" else None  # the rest need none
    rows = rows_of(actions, today, findings)
    years = school_years(plan.year.name if plan.year else plan.head.get("school_year"), rows, today)
    return Seen(
        plan, actions, today, rows, chosen(rows, choice), choice, months_of(years, rows), terms_of(plan.year, years)
    )


def _around(name: str, plan: Plan) -> list[str]:
    """The address of an action's page before and after its key: made once a page, not once a row."""
    return link(name, plan, action=NO_ACTION).split(str(NO_ACTION))
