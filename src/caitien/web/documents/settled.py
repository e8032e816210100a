"""What was decided in the review is not asked again in the plan: the same doubt, found anew, is left with that reason."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop

from caitien.web.documents.fields import field_called
from caitien.web.documents.models import Import
from caitien.web.documents.review import review
from caitien.web.plans.findings import checked
from caitien.web.plans.models import Action, DismissedFinding, Plan

ANSWERED = ("two-owners", "two-periods")
"""Findings that ask what a question of the review asked. Any other finding of the same cell is another matter."""


def carry(imported: Import, plan: Plan, user: Any) -> int:
    """Leaves the findings of a new plan that the reviewer answered, or that nobody would doubt. Returns how many stay open."""
    state = review(imported.plan_value, imported.decisions)
    taken = [row for row in state.rows if row.state != "dropped"]
    answered = {
        (place, question.name)
        for place, row in enumerate(taken)
        for question in row.questions
        if question.kind == "choose" and not question.is_open
    }
    rows = list(Action.objects.for_school(plan.school_id).filter(plan=plan))
    still_open = 0
    for shown in checked(plan, rows, timezone.localdate()).open:
        finding = shown.finding
        if finding.rule not in ANSWERED or (finding.action, field_called(finding.field)) not in answered:
            still_open += 1
            continue
        DismissedFinding.objects.get_or_create(
            school=plan.school,
            plan=plan,
            fingerprint=shown.fingerprint,
            defaults={
                "action": shown.row,
                "rule": finding.rule,
                "message": shown.message,
                "reason": gettext_noop("Đã quyết định khi duyệt tệp “%(name)s”.") % {"name": imported.file.name},
                "dismissed_by": user,
            },
        )
    return still_open
