"""How an action stands on its page: its fields, what who asks may do with it now, and a panel of it alone for htmx."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from caitien.plan.money import format_vnd
from caitien.plan.money_words import amount_in_words
from caitien.web.plans import action_page
from caitien.web.plans.changes import LONGEST_LIST, changes_of
from caitien.web.plans.fields import FIELDS
from caitien.web.plans.involved import PARTS as PEOPLE
from caitien.web.plans.models import Action, Plan
from caitien.web.plans.overview import rows_of
from caitien.web.plans.views.context import locked
from caitien.web.schools.guard import SchoolRequest
from caitien.web.schools.roles import Capability, may

PANELS = {
    "why": ("criteria", "content", "current_state", "weakness", "cause", "objective"),
    "who": ("responsible", "collaborators", "period"),
    "money": ("budget", "funding_sources", "resources_text"),
    "far": ("progress_status", "progress_percent", "progress_text", "result", "note"),
}
"""The fields of the page that stand as words, panel by panel; measures, indicators and evidence have panels of their own."""

LISTS = ("measures", "indicators", "expected_evidence")
"""Fields that are a panel: their lines have ticks and values of their own."""
REPORTED_FIELDS = ("progress_status", "progress_percent", "progress_text", "result", "note")
LONG_HISTORY = 6  # changes shown at once; the others are one click away

ALWAYS_SHOWN = ("criteria", "content", "responsible", "period", "progress_status")  # their being empty is news


def shown_field(row: Action, name: str, people: dict[str, list[action_page.Name]] | None = None) -> dict[str, Any]:
    """A field of the action page: its name, label, and how its value is shown. `people`: whom its names mean."""
    field = FIELDS[name]
    kind = name if name in ("period", "budget", "criteria", "progress_status", "progress_percent", *LISTS) else "text"
    value = getattr(row, field.columns[0])
    if kind == "text" and isinstance(value, list):
        kind = "people" if name in PEOPLE else "lines"
    empty = name not in ALWAYS_SHOWN and all(getattr(row, column) in (None, "", [], "none") for column in field.columns)
    return {
        "name": name,
        "label": field.label,
        "kind": kind,
        "value": value,
        "names": (people or action_page.people_of(row))[name] if name in PEOPLE else None,
        "meant": _meant(row) if name == "budget" else "",
        "empty": empty,
        "reported": name in REPORTED_FIELDS,
    }


def part_saved(request: SchoolRequest, plan: Plan, row: Action, template: str, **more: Any) -> HttpResponse:
    """A panel of the action's page as it is now, with what follows from it: the answer at the top, the history."""
    row.plan, row.school = plan, request.school
    context = {**part_context(request, plan, row), "part": template, "saved_at": timezone.localtime(), **more}
    return render(request, "plans/_part_saved.html", context)


def part_context(request: SchoolRequest, plan: Plan, row: Action) -> dict[str, Any]:
    """What a fragment of the page needs."""
    today = timezone.localdate()
    return {
        **action_context(request, plan, row),
        "seen": rows_of([row], today)[0],
        **days_of(row, today),
        **history_context(row),
    }


def _meant(row: Action) -> str:
    """What an amount in words would be in figures ("một triệu rưỡi" is "1.500.000 đồng"), for a person to confirm."""
    if row.budget_vnd is not None or not row.budget_text:
        return ""
    return format_vnd(amount_in_words(row.budget_text))


def action_context(request: SchoolRequest, plan: Plan, row: Action) -> dict[str, Any]:
    """The action with its fields, its lists and what who asks may do with it now."""
    role = request.membership.role
    closed, frozen = locked(plan, content=False), locked(plan)
    people = action_page.people_of(row)
    evidence, other_evidence = action_page.evidence_of(row)
    return {
        "plan": plan,
        "action": row,
        "panels": {key: [shown_field(row, name, people) for name in names] for key, names in PANELS.items()},
        "measures": action_page.measures_of(row),
        "indicators": action_page.indicators_of(row),
        "evidence": evidence,
        "other_evidence": other_evidence,
        "may_prove": may(role, Capability.SUBMIT_EVIDENCE) and not closed,
        "may_choose_evidence": may(role, Capability.EDIT_EVIDENCE) and not closed,
        "money": action_page.money_of(row),
        "people": people,
        "locked": frozen,
        "is_editor": may(role, Capability.EDIT_PLAN),
        "may_edit": may(role, Capability.EDIT_PLAN) and not frozen,
        "may_edit_reported": may(role, Capability.EDIT_PLAN) and not closed,
        "may_report": may(role, Capability.REPORT_PROGRESS) and not closed,
        "may_comment": may(role, Capability.COMMENT) and not closed,
        "may_amend": may(role, Capability.AMEND_PLAN),
    }


def history_context(row: Action, *, all_of_it: bool = False) -> dict[str, Any]:
    """The newest changes, or as many as a page can hold; whether there are more before them."""
    most = LONGEST_LIST if all_of_it else LONG_HISTORY
    changes = changes_of(row, most)
    return {"changes": changes, "has_earlier_changes": not all_of_it and not (changes and changes[-1].first)}


def days_of(row: Action, today: date) -> dict[str, int | None]:
    """How many days are left, and how many it is late."""
    days = (row.ends_on - today).days if row.ends_on else None
    return {"days": days, "late": -days if days is not None and days < 0 else None}
