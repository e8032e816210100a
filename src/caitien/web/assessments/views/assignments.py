"""Ai viết tiêu chí nào: a table of criteria and groups (or people) to be ticked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caitien.plan.text import sort_key
from caitien.web.assessments import council_editing
from caitien.web.assessments.editing import address
from caitien.web.assessments.models import Assessment, CouncilMember, WorkingGroup
from caitien.web.assessments.views.context import assessment_of, framework_of
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability, may

BY_PERSON = "nguoi"


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.VIEW_ASSESSMENT, post=Capability.LEAD_ASSESSMENT)
def assignments(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """By group (what is printed and checked), or by person (`?theo=nguoi`). A tick of a whole standard ticks its criteria."""
    found = assessment_of(request, assessment)
    framework = framework_of(found)
    by_person = request.GET.get("theo") == BY_PERSON
    groups = list(WorkingGroup.objects.for_school(request.school).filter(assessment=found))
    members = list(CouncilMember.objects.for_school(request.school).filter(assessment=found)) if by_person else []
    reviews = list(found.criteria.filter(school=request.school))
    columns: list[Any] = members if by_person else groups
    if request.method == "POST":
        whole = {tuple(one.split(":", 1)) for one in request.POST.getlist("ca") if ":" in one}
        ticked = _pairs(request.POST.getlist("o"))
        ticked |= {(key, review.code) for review in reviews for key, standard in whole if review.standard == standard}
        save = council_editing.name_writers if by_person else council_editing.assign
        changed = save(found, _pairs(request.POST.getlist("da-tick")), ticked, request.user)
        if changed:
            messages.success(request, _("Đã lưu phân công (%s chỗ đổi).") % changed)
        else:
            messages.info(request, _("Không có gì thay đổi."))
        return redirect(address(found, "assignments") + (f"?theo={BY_PERSON}" if by_person else ""))
    standards = []
    for standard in framework.standards:
        rows = [_row(review, framework, columns, by_person) for review in reviews if review.standard == standard.code]
        standards.append({"standard": standard, "rows": rows})
    items = [_row(review, framework, columns, by_person) for review in reviews if not review.standard]
    if items:
        standards.append({"standard": None, "rows": items})
    unknown = {name for review in reviews for name in review.writers} - {one.name for one in members}
    context = {
        "assessment": found,
        "tab": "council",
        "by_person": by_person,
        "columns": columns,
        "standards": standards,
        "none": [review.code for review in reviews if not any(name.strip() for name in review.writers)],
        "others": sorted(unknown, key=sort_key) if by_person else [],
        "may_lead": may(request.membership.role, Capability.LEAD_ASSESSMENT) and found.state == Assessment.State.WORKING,
    }  # fmt: skip
    return render(request, "assessments/assignments.html", context)


def _pairs(sent: list[str]) -> set[tuple[str, str]]:
    found = (one.partition(":") for one in sent)
    return {(key, code) for key, colon, code in found if colon}


def _row(review: Any, framework: Any, columns: list[Any], by_person: bool) -> dict[str, Any]:
    criterion = framework.criterion(review.code)
    cells = [
        {
            "column": one,
            "value": f"{one.pk}:{review.code}",
            "ticked": one.name in review.writers if by_person else review.code in one.criteria,
        }
        for one in columns
    ]
    return {"review": review, "title": criterion.title if criterion else "", "cells": cells}
