"""How much is still to be decided in a plan made from last year's."""

from __future__ import annotations

from django import template

from caitien.web.plans.deciding import open_entries
from caitien.web.plans.models import Action, Issue, Plan

register = template.Library()


@register.simple_tag
def open_decisions(plan: Plan) -> int:
    """The number of decisions that are open. Two queries, and only for a plan in which some were never answered."""
    if not any(not entry.get("settled") for entry in plan.to_decide or []):
        return 0
    rows = Action.objects.for_school(plan.school_id).filter(plan=plan)
    return len(open_entries(plan, rows, Issue.objects.for_school(plan.school_id).filter(plan=plan)))
