"""What the pages of a self-assessment begin with: the assessment that the address names, its year, its framework."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from caitien.standards.model import Framework
from caitien.web.assessments.models import Assessment
from caitien.web.plans.frameworks import framework
from caitien.web.schools.guard import SchoolRequest


def assessment_of(request: SchoolRequest, key: UUID) -> Assessment:
    """The assessment of the address (one query); its year and state stand at the top of the page. Http404 when not ours.

    The other years are asked for when the page shows them: same page, other year (one query).
    """
    found = Assessment.everything.for_school(request.school).select_related("year").filter(pk=key).first()
    if found is None:
        raise Http404
    found.school = request.school
    request.assessment = found  # type: ignore[attr-defined]
    request.assessment_years = SimpleLazyObject(lambda: _years(request, found))  # type: ignore[attr-defined]
    return found


def framework_of(assessment: Assessment) -> Framework:
    """Its framework. Http404 when this installation has it no more."""
    found = framework(assessment.framework)
    if found is None:
        raise Http404
    return found


def _years(request: SchoolRequest, shown: Assessment) -> list[dict[str, Any]]:
    """Assessments of other years, each with the address of the same page there."""
    match = request.resolver_match
    every = Assessment.objects.for_school(request.school).select_related("year")
    found = []
    for one in every:
        kwargs = {**(match.kwargs if match else {}), "assessment": one.pk}
        name = match.view_name if match and set(kwargs) <= {"school", "assessment", "code"} else "assessments:board"
        if match and "table" in match.kwargs:  # another year may have other tables: to all of them
            name = "assessments:data"
        if name in ("assessments:board", "assessments:data"):
            kwargs = {"school": request.school.slug, "assessment": one.pk}
        found.append({"label": one.year.name, "url": reverse(name, kwargs=kwargs), "current": one.pk == shown.pk})
    return found
