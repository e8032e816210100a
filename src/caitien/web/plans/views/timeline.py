"""The plan as bars over the months of its school year: when is it heavy?"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caitien.web.plans import timelines
from caitien.web.plans.frameworks import standard_titles
from caitien.web.plans.overview import grouped
from caitien.web.plans.school_months import heaviest, loads
from caitien.web.plans.views.context import plan_of
from caitien.web.plans.views.seen import seen
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability


@require_safe
@school_view(Capability.VIEW_PLAN)
def timeline(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """A bar an action, by standard; beneath, what has no bar and why."""
    found = seen(request, plan_of(request, plan))
    by_month = loads(found.shown, found.months)
    busiest, most = heaviest(by_month)
    groups = grouped(found.shown, standard_titles(found.plan.framework))
    context = {
        "timeline": timelines.timeline(groups, by_month, found.terms, found.today),
        "busiest": busiest,
        "most": most,
    }
    return render(request, "plans/timeline.html", found.context | context)
