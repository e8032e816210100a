"""The line of one action over the years, for its page."""

from __future__ import annotations

from typing import Any

from django import template

from caitien.planning import years_of_action
from caitien.web.plans.models import Action
from caitien.web.plans.values import action_value

register = template.Library()


@register.simple_tag
def line_of(action: Action) -> list[dict[str, Any]]:
    """The years of an action, the first first, its own last; [] when it continues none. At most one query."""
    year = action.plan.year.name if action.plan.year else None
    told = [_said(one) for one in years_of_action(action_value(action), year)]
    if len(told) == 1 and action.continues_id:
        before = _before(action)
        if before is not None:
            year = before.plan.year.name if before.plan.year else None
            told = [*(_said(one) for one in years_of_action(action_value(before), year)), *told]
    return told if len(told) > 1 else []


def _before(action: Action) -> Action | None:
    """The action that this one continues; the page of an action has it at hand already."""
    if Action._meta.get_field("continues").is_cached(action):
        return action.continues
    rows = Action.everything.for_school(action.school_id).select_related("plan__year")
    return rows.filter(pk=action.continues_id).first()


def _said(one: Any) -> dict[str, Any]:
    return {"year": one.school_year or "", "status": one.status, "percent": one.percent, "text": one.text, "result": one.result}  # fmt: skip
