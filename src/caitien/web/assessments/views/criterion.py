"""Một tiêu chí: is it met, and how do we know?"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caitien.web.assessments.views.criterion_shown import page_context, sheet_for
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability


@require_safe
@school_view(Capability.VIEW_ASSESSMENT)
def criterion(request: SchoolRequest, assessment: UUID, code: str) -> HttpResponse:
    """The page of a criterion: requirements, words by level with what they cite, judgement, evidence, flow."""
    sheet = sheet_for(request, assessment, code)
    return render(request, "assessments/criterion.html", page_context(request, sheet))
