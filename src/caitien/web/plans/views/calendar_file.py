"""The deadlines of a plan as a calendar file, to be opened in the calendar of a phone or a computer."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from caitien.plan.text import fold
from caitien.web.plans.values import to_value
from caitien.web.plans.views.context import plan_of, rows_of_plan
from caitien.web.reminders.feed import link_to_action
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability

LONGEST = 300  # letters of a name that are looked at


@require_safe
@school_view(Capability.VIEW_PLAN)
def plan_ics(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Every deadline of the plan; with `?nguoi=` those of one person, by the name as the plan writes it."""
    from caitien.writing.deadlines_calendar import calendar_of

    found = plan_of(request, plan, years=False)
    rows = rows_of_plan(found)
    person = request.GET.get("nguoi", "").strip()[:LONGEST] or None
    links = [link_to_action(found, row, request) for row in rows]
    content = calendar_of(
        to_value(found, rows, [], ids=True), person, today=timezone.localdate(), link=lambda index: links[index] or None
    )
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    name = "-".join(["han-ke-hoach", found.year.name if found.year else "", *fold(person or "").split()]).strip("-")
    answer["Content-Disposition"] = f'attachment; filename="{"".join(c for c in name if c.isalnum() or c == "-")}.ics"'
    return answer
