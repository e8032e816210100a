"""From a weakness to action: what does the plan do about it? An issue made, or chosen; an action made of the issue; undone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caitien.web.assessments import answering
from caitien.web.assessments.editing import address
from caitien.web.assessments.models import Assessment, Weakness
from caitien.web.assessments.views.context import assessment_of, framework_of
from caitien.web.assessments.views.weaknesses import weakness_of, where
from caitien.web.plans.models import Action, Issue, Plan
from caitien.web.plans.views.frozen import why_not
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.roles import Capability, may
from caitien.web.sent import whole

JUST_DONE = "vua"
MANY = 10**6  # more actions than any issue has


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.VIEW_ASSESSMENT, post=Capability.EDIT_PLAN)
def weakness(request: SchoolRequest, assessment: UUID, weakness: UUID) -> HttpResponse:
    """One weakness, the issue that answers it and its actions. POST: an issue made or chosen, an action made."""
    found = assessment_of(request, assessment)
    row = weakness_of(request, found, weakness)
    if request.method == "POST":
        return answered(request, found, [row], address(found, "weakness", weakness=row.pk))
    issue = (
        Issue.objects.for_school(request.school).filter(pk=row.issue_id).select_related("plan__year").first()
        if row.issue_id
        else None
    )
    actions = list(Action.objects.for_school(request.school).filter(issue=issue)) if issue else []
    plans = answering.plans_for(found)
    may_edit = may(request.membership.role, Capability.EDIT_PLAN)
    titles = {one.code: one.title for one in framework_of(found).criteria}
    return render(
        request,
        "assessments/weakness.html",
        {
            "assessment": found,
            "row": row,
            "criteria": [(code, titles.get(code, "")) for code in row.criteria or ([row.criterion] if row.criterion else [])],
            "back": where(row),
            "issue": issue,
            "issue_locked": why_not(issue.plan)[0] if issue else None,
            "actions": actions,
            "plans": choices(found, plans) if may_edit else [],
            "new_plan_url": reverse("plans:new", args=[request.school.slug]),
            "may_edit": may_edit,
            "may_write": may(request.membership.role, Capability.WRITE_ASSESSMENT) and found.state == "working",
            "just": just_done(request),
        },
    )  # fmt: skip


def choices(assessment: Assessment, plans: list[Plan]) -> list[dict[str, Any]]:
    """The plans to choose from, each with its issues and the sentence when it is locked (two queries)."""
    issues: dict[Any, list[Issue]] = {}
    for one in Issue.objects.for_school(assessment.school).filter(plan__in=plans):
        issues.setdefault(one.plan_id, []).append(one)
    return [{"plan": plan, "locked": why_not(plan)[0], "issues": issues.get(plan.pk, [])} for plan in plans]


def answered(request: SchoolRequest, assessment: Assessment, rows: list[Weakness], back: str) -> HttpResponse:
    """Does what was asked for weaknesses, and goes back, offering to undo it. Raises PlanLocked (409 with its sentence)."""
    do = request.POST.get("do", "")
    if do == "action":
        return action_made(
            request, own(Issue.objects.select_related("plan__year"), request, key_of(request.POST.get("issue")))
        )
    if do == "none":
        batch = answering.choose_issue(assessment, None, rows, user=request.user)
        messages.success(request, _("Đã gỡ khỏi vấn đề trọng tâm; vấn đề và các mục của kế hoạch vẫn còn."))
        return redirect(f"{back}?{JUST_DONE}={batch}")
    if not rows:
        messages.error(request, _("Chưa chọn hạn chế nào. Hãy đánh dấu các hạn chế rồi làm lại."))
        return redirect(back)
    if do == "choose":
        issue = own(Issue.objects.select_related("plan"), request, key_of(request.POST.get("issue")))
        batch = answering.choose_issue(assessment, issue, rows, user=request.user)
        messages.success(request, _("Đã gắn với vấn đề “%s”.") % str(issue)[:80])
        return redirect(f"{back}?{JUST_DONE}={batch}")
    if do == "issue":
        plan = own(Plan.objects.select_related("year"), request, key_of(request.POST.get("plan")))
        plan.school = request.school
        made = answering.make_issue(assessment, plan, rows, user=request.user)
        if not made.fresh:
            messages.info(request, _("Kế hoạch %(year)s đã có vấn đề trọng tâm này.") % {"year": plan.year or ""})
            return redirect(back)
        messages.success(
            request,
            _("Đã lập vấn đề trọng tâm trong kế hoạch %(year)s. Hãy lập mục giải quyết vấn đề này.")
            % {"year": plan.year or ""},
        )
        return redirect(f"{back}?{JUST_DONE}={made.batch}")
    return redirect(back)


def action_made(request: SchoolRequest, issue: Issue) -> HttpResponse:
    """An action of the issue's plan that answers it; on to the page on which it is written."""
    plan = issue.plan
    plan.school = request.school
    seen = whole(request.POST.get("da-co"), MANY)
    made = answering.make_action(plan, issue, user=request.user, seen=seen)
    if made.fresh:
        messages.success(request, _("Đã lập một mục mới cho vấn đề này. Hãy ghi việc cần làm, ai làm, khi nào."))
    else:
        messages.info(request, _("Vấn đề này vừa có một mục mới; đây là mục đó."))
    return redirect(reverse("plans:action_edit", args=[request.school.slug, plan.pk, made.action.pk]))  # type: ignore[union-attr]


@require_POST
@school_view(Capability.EDIT_PLAN)
def answer_undo(request: SchoolRequest, assessment: UUID, batch: UUID) -> HttpResponse:
    """Takes back what was just made or chosen."""
    found = assessment_of(request, assessment)
    done = answering.take_back(found, batch, user=request.user)
    if done:
        messages.success(request, _("Đã hoàn tác."))
    else:
        messages.info(request, _("Không còn gì để hoàn tác: việc đó đã được hoàn tác, hoặc có người đã sửa tiếp."))
    back = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    if not allowed or not back.startswith("/"):  # a bare word would be taken for the name of a page
        back = address(found, "coverage")
    return redirect(back)


def just_done(request: SchoolRequest) -> UUID | None:
    """The batch that the page offers to undo, from its address."""
    try:
        return UUID(request.GET.get(JUST_DONE, ""))
    except ValueError:
        return None


def key_of(text: str | None) -> UUID:
    """The key that a form sent. Http404 for what is none."""
    try:
        return UUID(text or "")
    except ValueError:
        raise Http404 from None
