"""Phê duyệt: is the report ready, what is not, and the three steps of its life: approved, published, reopened."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caitien.web.assessments import approving
from caitien.web.assessments.editing import address
from caitien.web.assessments.models import Assessment, AssessmentEvent, ReportCitation
from caitien.web.assessments.views.calendar import _day
from caitien.web.assessments.views.context import assessment_of, framework_of
from caitien.web.plans.fields import plain, vietnamese_day
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability, may
from caitien.web.sent import storable

LONGEST = 1_000
NUMBER = 120
KINDS = ("report_approved", "report_published", "report_reopened", "created")


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.VIEW_ASSESSMENT, post=Capability.APPROVE_ASSESSMENT)
def approval(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """GET: what is ready and what is not; POST: the chair approves what she saw."""
    found = assessment_of(request, assessment)
    if request.method != "POST":
        return _page(request, found)
    framework = framework_of(found)
    day, wrong = _past_day(request.POST.get("ngay", ""))
    number, reason = _words(request, "so")[:NUMBER], _words(request, "ly-do")
    errors = {"ngay": wrong} if wrong else {}
    if found.state == Assessment.State.WORKING and not errors and day is not None:
        seen = approving.report_of(found, framework)
        left = approving.obstacles(found, framework, seen, timezone.localdate())
        if seen.mark != request.POST.get("dang-thay"):
            errors["chung"] = _("Bản tự đánh giá vừa có người sửa từ lúc bạn mở trang. Hãy xem lại rồi phê duyệt.")
        elif left and left[0].impossible:
            errors["chung"] = _("Chưa phê duyệt được: %s") % left[0].sentence
        elif left and not reason:
            errors["ly-do"] = _("Còn chỗ chưa xong ở trên. Hãy ghi lý do vẫn phê duyệt.")
    if errors or day is None:
        return _page(request, found, errors=errors, status=409 if "chung" in errors else 422)
    approving.approve(
        found, framework, day=day, number=number, reason=reason, mark=request.POST.get("dang-thay", ""), user=request.user
    )  # fmt: skip
    messages.success(request, _("Đã phê duyệt báo cáo. Từ nay văn bản in ra đúng như bản này."))
    return redirect(address(found, "approval"))


@require_POST
@school_view(Capability.APPROVE_ASSESSMENT)
def publish(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """The approved report was made public."""
    found = assessment_of(request, assessment)
    day, wrong = _past_day(request.POST.get("ngay", ""))
    if day is None:
        return _page(request, found, errors={"cong-khai": wrong}, status=422)
    approving.publish(found, day=day, where=_words(request, "o-dau"), user=request.user)
    messages.success(request, _("Đã ghi là đã công khai."))
    return redirect(address(found, "approval"))


@require_POST
@school_view(Capability.APPROVE_ASSESSMENT)
def reopen(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """The report can be changed again; a reason is said."""
    found = assessment_of(request, assessment)
    reason = _words(request, "ly-do")
    if not reason:
        return _page(request, found, errors={"mo-lai": _("Hãy ghi vì sao mở lại.")}, status=422)
    approving.reopen(found, reason=reason, user=request.user)
    messages.success(request, _("Đã mở lại báo cáo."))
    return redirect(address(found, "approval"))


def _words(request: SchoolRequest, name: str) -> str:
    return plain(storable(request.POST.get(name, "")))[:LONGEST]


def _past_day(text: str) -> tuple[date | None, str]:
    day, wrong = _day(text)
    if day is not None and day > timezone.localdate():
        return None, _("Ngày này chưa tới.")
    return day, wrong


def _page(
    request: SchoolRequest, found: Assessment, *, errors: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    framework = framework_of(found)
    events = AssessmentEvent.objects.for_school(request.school).filter(assessment=found, kind__in=KINDS)
    context: dict[str, Any] = {
        "assessment": found,
        "events": list(events.select_related("by").order_by("-at")),
        "may_approve": may(request.membership.role, Capability.APPROVE_ASSESSMENT),
        "errors": errors or {},
        "sent": {name: request.POST[name] for name in ("ngay", "so") if name in request.POST},
        "reason": request.POST.get("ly-do", ""),
        "where": request.POST.get("o-dau", ""),
        "today_words": vietnamese_day(timezone.localdate().isoformat()),
        "reason_error": (errors or {}).get("ly-do", ""),
        "publish_error": (errors or {}).get("cong-khai", ""),
        "reopen_error": (errors or {}).get("mo-lai", ""),
        "today": timezone.localdate(),
        "tab": "report",
        "number": ((found.head or {}).get("document") or {}).get("number") or "",
        "day": vietnamese_day(((found.head or {}).get("document") or {}).get("date")),
    }
    if found.state == Assessment.State.WORKING:
        report = approving.report_of(found, framework)
        context["obstacles"] = approving.obstacles(found, framework, report, timezone.localdate())
        context["mark"] = report.mark
        context["impossible"] = any(one.impossible for one in context["obstacles"])
    else:
        context["held"] = ReportCitation.objects.for_school(request.school).filter(assessment=found).count()
    return render(request, "assessments/approval.html", context, status=status)
