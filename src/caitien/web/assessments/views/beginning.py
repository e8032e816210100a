"""Tự đánh giá: where one lands; how a new year begins: from the framework, from last year, from a file; all years."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caitien.assessment.carrying import PARTS
from caitien.errors import CaiTienError
from caitien.standards import load
from caitien.web.assessments import beginning, from_file
from caitien.web.assessments.editing import address
from caitien.web.assessments.models import Assessment, AssessmentEvent
from caitien.web.assessments.views.context import assessment_of
from caitien.web.plans.frameworks import framework
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability, may
from caitien.web.sent import storable

USUAL = ("council", "words", "tables", "weaknesses")
"""What comes over when nobody chose: texts are written anew beside last year's."""


@require_safe
@school_view(Capability.VIEW_ASSESSMENT)
def home(request: SchoolRequest) -> HttpResponse:
    """The newest year's board; in a school without one, how to begin."""
    found = beginning.newest(request.school)
    if found is not None:
        return redirect(_board(found))
    return _page(request)


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.LEAD_ASSESSMENT)
def new(request: SchoolRequest) -> HttpResponse:
    """GET shows what would begin, and stores nothing; POST makes it."""
    if request.method != "POST":
        return _page(request)
    rows = Assessment.objects.for_school(request.school).filter(year__name=storable(request.POST.get("nam", "")))
    there = rows.select_related("year", "school").first()
    if there is not None:
        return _is_there(request, there)
    context = _context(request)
    chosen = context["framework"]
    if context["year"] != request.POST.get("nam") or chosen is None:
        return _page(request, problem=_("Hãy chọn lại năm học và khung tiêu chuẩn."), status=422)
    made, is_new = beginning.begin(
        request.school,
        context["year"],
        load(chosen.id),
        request.user,
        before=context["before"],
        parts=context["parts"],
    )
    if not is_new:
        return _is_there(request, made)
    messages.success(request, _("Đã lập bản tự đánh giá năm học %s.") % made.year)
    return redirect(address(made, "beginning") if context["before"] is not None else _board(made))


@require_POST
@school_view(Capability.LEAD_ASSESSMENT)
def begin_from_file(request: SchoolRequest) -> HttpResponse:
    """A self-assessment out of an uploaded JSON. Nothing is stored when it cannot be read, or the year has one."""
    upload = request.FILES.get("tep")
    if upload is None:
        return _page(request, problem=_("Chưa chọn tệp. Hãy chọn tệp JSON của bản tự đánh giá."), status=422)
    try:
        value, found = from_file.read(upload.read(from_file.MOST_BYTES + 1))
        year = request.POST.get("nam-tep") or from_file.year_of(value)
        if year is None or (request.POST.get("nam-tep") and year not in _open_years(request)):
            raise CaiTienError(_("Tệp không ghi năm học, hoặc ghi không rõ. Hãy chọn năm học bên dưới rồi tải lại."))
        made, told = from_file.begin_from(request.school, value, found, year, request.user, upload.name or "")
    except CaiTienError as error:
        return _page(request, problem=str(error), status=422)
    messages.success(request, _("Đã nhập bản tự đánh giá năm học %s.") % made.year)
    return redirect(address(made, "beginning") if told else _board(made))


@require_safe
@school_view(Capability.VIEW_ASSESSMENT)
def years(request: SchoolRequest) -> HttpResponse:
    """Every year's self-assessment."""
    rows = list(Assessment.everything.for_school(request.school).select_related("year").defer("approved_value"))
    listed = [{"row": row, "framework": framework(row.framework)} for row in rows]
    context = {"listed": listed, "may_lead": may(request.membership.role, Capability.LEAD_ASSESSMENT)}
    return render(request, "assessments/years.html", context)


@require_safe
@school_view(Capability.VIEW_ASSESSMENT)
def begun(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """How the self-assessment began: what came over from the year before or a file, and what did not."""
    found = assessment_of(request, assessment)
    events = AssessmentEvent.objects.for_school(request.school).filter(assessment=found)
    event = events.filter(kind=AssessmentEvent.Kind.CREATED).select_related("by").first()
    lines = [line for line in (event.note if event else "").splitlines() if line]
    return render(request, "assessments/begun.html", {"assessment": found, "event": event, "lines": lines, "tab": ""})


def _is_there(request: SchoolRequest, found: Assessment) -> HttpResponse:
    messages.info(request, _("Năm học %s đã có bản tự đánh giá rồi; đây là bản đó.") % found.year)
    return redirect(_board(found))


def _open_years(request: SchoolRequest) -> list[str]:
    taken = Assessment.objects.for_school(request.school).values_list("year__name", flat=True)
    return beginning.years_open(timezone.localdate(), set(taken))


def _context(request: SchoolRequest) -> dict[str, Any]:
    asked = request.POST if request.method == "POST" else request.GET
    there = list(Assessment.objects.for_school(request.school).select_related("year"))
    for one in there:
        one.school = request.school
    open_years = beginning.years_open(timezone.localdate(), {one.year.name for one in there})
    year = asked.get("nam") if asked.get("nam") in open_years else (open_years[0] if open_years else None)
    choices = beginning.framework_choices(request.school.level or None, year or "")
    chosen = next((one for one in choices if one.id == asked.get("khung")), choices[0] if choices else None)
    earlier = [one for one in there if year and one.year.name < year]
    before = next((one for one in earlier if str(one.pk) == asked.get("tu")), None)
    if before is None and asked.get("tu") is None and earlier:
        before = earlier[0]
    parts = [part for part in PARTS if part in asked.getlist("mang")] if "da-chon" in asked else list(USUAL)
    return {
        "years": open_years, "year": year, "frameworks": choices, "framework": chosen,
        "earlier": earlier, "before": before, "parts": parts,
    }  # fmt: skip


def _page(request: SchoolRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    context = _context(request)
    before, chosen, year = context["before"], context["framework"], context["year"]
    if before is not None and chosen is not None and year is not None:
        context["whole"] = beginning.carried_over(before, load(chosen.id), year, PARTS)
        old = framework(before.framework)
        context["old_framework"] = old
        context["same"] = chosen.id == before.framework
    context["problem"] = problem
    context["is_first"] = not context["earlier"]
    context["may_lead"] = may(request.membership.role, Capability.LEAD_ASSESSMENT)
    return render(request, "assessments/begin.html", context, status=status)


def _board(found: Assessment) -> str:
    try:
        return address(found)
    except NoReverseMatch:
        return address(found, "council")
