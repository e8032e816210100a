"""The plan as a calendar: what falls due in this month?"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caitien.web.plans.month_pages import WEEKDAYS, asked_month, first_seen, weeks
from caitien.web.plans.school_months import YEARS, loads, month_of
from caitien.web.plans.views.context import plan_of
from caitien.web.plans.views.seen import seen
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability


@require_safe
@school_view(Capability.VIEW_PLAN)
def calendar(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """One month, `?thang=2026-11`. A month that is none is said, and the first one shown."""
    found = seen(request, plan_of(request, plan))
    asked = request.GET.get("thang", "")
    month = asked_month(asked) or first_seen(found.shown, found.months, found.today)
    ends = [row for row in found.shown if row.action.ends_on and month_of(row.action.ends_on) == month]
    due = [row for row in ends if row.status != "dropped"]  # what is given up stands in the calendar and is not counted
    this_month = month_of(found.today)
    context = {
        "month": month,
        "filter_also": [("thang", month.iso)],
        "unreadable": asked[:20] if asked and asked_month(asked) is None else "",
        "before": before if (before := month.moved(-1)).year in YEARS else None,
        "after": after if (after := month.moved(1)).year in YEARS else None,
        "this_month": this_month,
        "is_this_month": month == this_month,
        "weeks": weeks(found.shown, month, found.terms, found.today),
        "weekdays": WEEKDAYS,
        "due": due,
        "open": sum(row.status != "done" for row in due),
        "late": sum(row.overdue for row in due),
        "loads": loads(found.shown, found.months),
        "undated": sum(row.action.ends_on is None for row in found.shown),
    }
    return render(request, "plans/calendar.html", found.context | context)
