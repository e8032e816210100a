"""Lịch: what is due when in the year, how many days are left; dates are changed and put back, what is done is marked."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from caitien.web.assessments import dates
from caitien.web.assessments.editing import address
from caitien.web.assessments.models import Assessment, AssessmentEvent
from caitien.web.assessments.views.context import assessment_of
from caitien.web.frameworks.words import MARKS
from caitien.web.plans.fields import NotADay, iso_day, plain
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability, may

TONES = {
    "done": ("success", "check"),
    "overdue": ("error", "alert"),
    "today": ("warning", "clock"),
    "soon": ("warning", "clock"),
    "later": ("muted", "calendar"),
}
WIDEST = 400  # days that a date may lie before or after the legal one
LONGEST_REASON = 500


@require_safe
@school_view(Capability.VIEW_ASSESSMENT)
def calendar(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """The events in order of their dates."""
    return _page(request, assessment_of(request, assessment))


@require_POST
@school_view(Capability.LEAD_ASSESSMENT)
def calendar_date(request: SchoolRequest, assessment: UUID, event: str) -> HttpResponse:
    """`lam`: doi (another date, with a reason), tra-lai (the legal one again), xong (done on a day), chua-xong."""
    found = assessment_of(request, assessment)
    if not dates.knows(found, event):
        raise Http404
    what, sent = request.POST.get("lam", ""), request.POST
    errors: dict[str, str] = {}
    day = None
    if what in ("doi", "xong"):
        day, errors["ngay"] = _day(sent.get("ngay", ""))
        legal = dates.legal_day(found, event)
        if day is not None and what == "doi" and legal is not None and abs((day - legal).days) > WIDEST:
            errors["ngay"] = _("Ngày này không thuộc năm học %s. Hãy xem lại năm.") % found.year
        if day is not None and what == "xong" and day > timezone.localdate():
            errors["ngay"] = _("Ngày này chưa tới, nên chưa ghi là xong được.")
    reason = plain(sent.get("ly-do", ""))[:LONGEST_REASON]
    if what == "doi" and not reason:
        errors["ly-do"] = _("Hãy ghi vì sao đổi, ví dụ theo văn bản nào của Sở.")
    if any(errors.values()):
        asked = {
            "event": event, "what": what, "sent": sent, "errors": errors,
            "reason": sent.get("ly-do", ""), "reason_error": errors.get("ly-do", ""),
        }  # fmt: skip
        return _page(request, found, asked=asked, status=422)
    if what in ("doi", "tra-lai"):
        seen = _seen(sent.get("dang-thay", ""), found, event)
        dates.set_date(found, event, day, reason, seen=seen, user=request.user)
        messages.success(request, _("Đã đổi mốc.") if day else _("Mốc trở lại ngày theo quy định."))
    elif what in ("xong", "chua-xong"):
        dates.set_done(found, event, day, request.user)
        messages.success(request, _("Đã ghi là xong.") if day else _("Đã ghi là chưa xong."))
    return redirect(f"{address(found, 'calendar')}#{event}")


def _day(text: str) -> tuple[date | None, str]:
    """The day that was written, and what is wrong with it."""
    try:
        return date.fromisoformat(iso_day(text)), ""
    except (NotADay, ValueError):
        if not text.strip():
            return None, _("Hãy ghi ngày, ví dụ 15/06/2027.")
        return None, _("“%s” không phải là một ngày. Hãy ghi như 15/06/2027.") % text.strip()[:40]


def _seen(text: str, found: Assessment, event: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        due = dates.due_of(found, event, timezone.localdate())
        return due.last_day if due else timezone.localdate()


def _page(
    request: SchoolRequest, found: Assessment, *, asked: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    events = list(
        AssessmentEvent.objects.for_school(request.school)
        .filter(assessment=found, kind__in=[dates.CHANGED, dates.DONE])
        .select_related("by")
        .order_by("-at")[:20]
    )
    shown = []
    for due in dates.dues_of(found, today):
        tone, drawing = TONES[due.state]
        mine = asked if asked is not None and asked["event"] == due.id else None
        shown.append(
            {
                "due": due, "tone": tone, "icon": drawing, "sure": MARKS[due.mark][0], "asked": mine,
                "done_on": dates.days_of(found.dates_done).get(due.id),
                "legal": dates.legal_day(found, due.id) if due.changed else None,
            }
        )  # fmt: skip
    late = [one["due"] for one in shown if one["due"].state == "overdue"]
    ahead = next((one["due"] for one in shown if one["due"].state in ("today", "soon", "later")), None)
    context = {
        "assessment": found, "shown": shown, "late": late, "next": ahead, "events": events, "today": today, "tab": "calendar",
        "may_lead": may(request.membership.role, Capability.LEAD_ASSESSMENT),
    }  # fmt: skip
    return render(request, "assessments/calendar.html", context, status=status)
