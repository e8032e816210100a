"""Tình hình thực hiện: the plan as pictures, each with its numbers, and each as a file for a report."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caitien.web.plans.frameworks import standard_titles
from caitien.web.plans.overview import counts
from caitien.web.plans.school_months import loads
from caitien.web.plans.situations import Picture, pictures
from caitien.web.plans.views.context import plan_of
from caitien.web.plans.views.seen import Seen, seen
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability

INERT = {  # an SVG is a document: alone in a tab it may neither run nor fetch anything
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


@require_safe
@school_view(Capability.VIEW_PLAN)
def situation(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Progress by standard, months, money by source and by standard."""
    found = seen(request, plan_of(request, plan))
    context = {"counts": counts(found.shown), "pictures": _pictures(found)}
    return render(request, "plans/situation.html", found.context | context)


@require_safe
@school_view(Capability.VIEW_PLAN)
def picture(request: SchoolRequest, plan: UUID, picture: str) -> HttpResponse:
    """One of the pictures as a file, light and upon white paper. Http404 for a name that none has."""
    found = seen(request, plan_of(request, plan, years=False))
    drawn = next((one for one in _pictures(found) if one.slug == picture), None)
    if drawn is None:
        raise Http404
    year = f"-{found.plan.year}" if found.plan.year else ""
    return HttpResponse(
        drawn.alone,
        content_type="image/svg+xml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{drawn.slug}{year}.svg"', **INERT},
    )


def _pictures(found: Seen) -> list[Picture]:
    titles = standard_titles(found.plan.framework)
    return pictures(found.shown, titles, loads(found.shown, found.months), found.today)
