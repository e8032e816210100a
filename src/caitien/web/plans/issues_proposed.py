"""Vấn đề trọng tâm proposed from the weaknesses of actions that answer none, and an action made from an issue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from caitien.planning.issues import propose_issues
from caitien.web.plans.editing import change, create_actions, new_batch
from caitien.web.plans.issue_editing import coverage, create_issues
from caitien.web.plans.models import Action, Issue, Plan
from caitien.web.plans.values import to_value


def proposals(plan: Plan, rows: Sequence[Action], issues: Sequence[Issue]) -> list[Any]:
    """The issues that the library would make of the actions that answer none (issue values, `from_actions` in them).

    None for a framework whose form has no list of issues. No query.
    """
    free = coverage(issues, rows)[1]
    value = to_value(plan, free, [])
    return list(propose_issues(value, value, value.school_year or "", []).issues)


def take_proposals(plan: Plan, user: Any) -> tuple[list[Issue], UUID]:
    """Stores what is proposed now and links the actions to it; the batch undoes all of it. Raises PlanLocked."""
    batch = new_batch()
    with transaction.atomic():
        Plan.objects.select_for_update(no_key=True).get(school=plan.school_id, pk=plan.pk)
        rows = list(Action.objects.for_school(plan.school_id).filter(plan=plan))
        issues = list(Issue.objects.for_school(plan.school_id).filter(plan=plan))
        free = coverage(issues, rows)[1]
        found = proposals(plan, rows, issues)
        columns = [
            {name: getattr(value, name) for name in ("criteria", "standard", "current_state", "weakness", "cause")}
            for value in found
        ]
        reason = gettext_noop("Đề xuất từ điểm yếu của các mục")
        made = create_issues(plan, columns, user=user, reason=reason, batch=batch)
        for issue, value in zip(made, found, strict=True):
            for place in (value.model_extra or {}).get("from_actions", []):
                answer(plan, free[place].pk, issue.pk, user=user, batch=batch)
    return made, batch


def answer(plan: Plan, action: UUID, issue: UUID | None, *, user: Any, batch: UUID | None = None) -> None:
    """Says which issue an action answers (None: none). Raises PlanLocked for a closed plan."""
    reason = gettext_noop("Gắn với vấn đề trọng tâm") if issue else gettext_noop("Gỡ khỏi vấn đề trọng tâm")
    change(plan.school, action, lambda row: {"issue_id": issue}, user=user, reason=reason, batch=batch)


def action_from(plan: Plan, issue: Issue, *, user: Any, batch: UUID | None = None) -> Action:
    """A new action at the end of the plan that answers the issue, with its criteria, weakness and cause. Raises PlanLocked."""
    numbers = Action.objects.for_school(plan.school_id).filter(plan=plan).values_list("number", flat=True)
    last = max((n for n in numbers if isinstance(n, int)), default=len(numbers))
    columns = {
        "number": last + 1,
        "criteria": list(issue.criteria),
        "current_state": issue.current_state,
        "weakness": issue.weakness,
        "cause": issue.cause,
        "issue_id": issue.pk,
        "progress_status": "not_started",
    }
    reason = gettext_noop("Lập từ vấn đề trọng tâm")
    return create_actions(plan, [columns], user=user, reason=reason, batch=batch)[0]
