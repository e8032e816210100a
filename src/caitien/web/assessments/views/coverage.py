"""Hạn chế và cải tiến: is every priority weakness answered by the plan, and does every action answer a weakness?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from caitien.web.assessments import answering
from caitien.web.assessments.coverage import cover
from caitien.web.assessments.editing import address
from caitien.web.assessments.models import Weakness
from caitien.web.assessments.views.answers import answered, just_done, key_of
from caitien.web.assessments.views.context import assessment_of, framework_of
from caitien.web.plans.models import Action, Issue, Plan
from caitien.web.plans.views.frozen import why_not
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability, may

PLAN = "ke-hoach"


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.VIEW_ASSESSMENT, post=Capability.EDIT_PLAN)
def coverage(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """What is not answered, each with the one step that mends it. POST: that step, for one or several weaknesses."""
    found = assessment_of(request, assessment)
    framework = framework_of(found)
    if request.method == "POST":
        return answered(request, found, _chosen(request, found), address(found, "coverage"))
    weaknesses = list(Weakness.objects.for_school(request.school).filter(assessment=found))
    plans = answering.plans_for(found)
    linked = {one.issue_id for one in weaknesses if one.issue_id}
    issues = list(
        Issue.objects.for_school(request.school)
        .filter(Q(plan__in=plans) | Q(pk__in=linked))
        .select_related("plan__year")
    )
    plan = _plan(request.GET.get(PLAN, ""), plans) or _most_linked(plans, issues, linked)
    actions = list(
        Action.objects.for_school(request.school)
        .filter(Q(plan=plan) | Q(issue__in=linked))
        .only(
            "id", "school_id", "plan_id", "issue_id", "criteria", "content", "weakness", "progress_status", "position"
        )
    )
    seen = cover(
        [(one, one.standard or _standard(framework, one.criterion)) for one in weaknesses],
        issues,
        actions,
        [(one.code, one.title) for one in framework.standards],
        plan,
    )
    may_edit = may(request.membership.role, Capability.EDIT_PLAN)
    return render(
        request,
        "assessments/coverage.html",
        {
            "assessment": found,
            "seen": seen,
            "plans": plans,
            "plan": plan,
            "locked": why_not(plan)[0] if plan is not None else None,
            "weaknesses": weaknesses,
            "may_edit": may_edit,
            "may_write": may(request.membership.role, Capability.WRITE_ASSESSMENT),
            "new_plan_url": reverse("plans:new", args=[request.school.slug]),
            "just": just_done(request),
        },
    )  # fmt: skip


def _chosen(request: SchoolRequest, assessment: Any) -> list[Weakness]:
    """The weaknesses that the form names: the one whose button was pressed, or those that are ticked."""
    only = request.POST.get("only")
    if only:
        request.POST = request.POST.copy()
        request.POST["do"] = "issue"
    keys = {key_of(text) for text in ([only] if only else request.POST.getlist("weakness")) if text}
    rows = list(Weakness.objects.for_school(request.school).filter(assessment=assessment, pk__in=keys))
    for row in rows:
        row.assessment, row.school = assessment, request.school
    return rows


def _plan(asked: str, plans: list[Plan]) -> Plan | None:
    """The plan that the address names."""
    return next((one for one in plans if str(one.pk) == asked), None)


def _most_linked(plans: list[Plan], issues: list[Issue], linked: set[Any]) -> Plan | None:
    """The plan in which most of the issues stand that answer a weakness; else the most likely; None when there is none."""
    counts = {plan.pk: sum(1 for one in issues if one.plan_id == plan.pk and one.pk in linked) for plan in plans}
    return max(plans, key=lambda plan: counts[plan.pk], default=None)


def _standard(framework: Any, criterion: str) -> str:
    found = framework.standard(criterion) if criterion else None
    return found.code if found else ""
