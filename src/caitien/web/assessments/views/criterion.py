"""Một tiêu chí: is it met, and how do we know?"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caitien.web.assessments.models import CriterionReview
from caitien.web.assessments.views.context import assessment_of, framework_of
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability


@require_safe
@school_view(Capability.VIEW_ASSESSMENT)
def criterion(request: SchoolRequest, assessment: UUID, code: str) -> HttpResponse:
    """The page of a criterion."""
    found = assessment_of(request, assessment)
    about = framework_of(found).criterion(code)
    review = CriterionReview.objects.for_school(request.school).filter(assessment=found, code=code).first()
    if about is None or review is None:
        raise Http404
    return render(request, "assessments/criterion.html", {"assessment": found, "review": review, "criterion": about})
