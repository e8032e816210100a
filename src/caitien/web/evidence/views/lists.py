"""Lists of evidence in and out: the five columns as a file; a list of another program, or last year's, looked at and taken in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caitien.errors import ReadingError
from caitien.plan.text import one_space
from caitien.reading.limits import DEFAULT_LIMITS
from caitien.standards import available
from caitien.web.assessments.models import Assessment
from caitien.web.evidence.criteria import current
from caitien.web.evidence.jobs_of_lists import CONTENT_TYPES
from caitien.web.evidence.list_import import discard, proposed, receive
from caitien.web.evidence.models import ListImport
from caitien.web.evidence.views.package import EVERYTHING, YEAR, chosen_year
from caitien.web.jobs.asking import enqueue, wait_a_moment
from caitien.web.jobs.views import ready_or_page
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.roles import Capability, may

SHOWN = 300  # lines of a list on its page; the others are counted, and taken in all the same
LINE, ALL_OTHERS = "dong", "con-lai"
FINDINGS = 60
NEWEST_LISTS = 10


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.VIEW_EVIDENCE, post=Capability.EDIT_EVIDENCE)
def lists(request: SchoolRequest) -> HttpResponse:
    """Files to take away; POST brings a list in and leads to its review."""
    if request.method != "POST":
        return _page(request)
    file = request.FILES.get("file")
    framework_id = request.POST.get("khung", "")
    if framework_id not in {one.id for one in available()}:
        return _page(request, _("Hãy chọn khung tiêu chuẩn mà danh mục này theo."), 422)
    if file is None:
        return _page(request, _("Chưa chọn tệp. Hãy thả tệp vào khung, hoặc bấm chọn tệp trên máy."), 422)
    if file.size > DEFAULT_LIMITS.file_bytes:
        most = DEFAULT_LIMITS.file_bytes // 1_000_000
        return _page(
            request, _("Tệp nặng hơn %(most)s MB. Danh mục chỉ cần bảng, hãy bỏ ảnh rồi tải lại.") % {"most": most}, 422
        )
    series = one_space(request.POST.get("nam-hoc", ""))[:40]
    try:
        made = receive(request.school, request.user, file.name, file.read(), framework_id, series)
    except ReadingError as error:
        return _page(request, str(error), 422)
    return redirect("evidence:list_read", school=request.school.slug, list=made.pk)


@require_safe
@school_view(Capability.VIEW_EVIDENCE)
def list_file(request: SchoolRequest, format: str) -> HttpResponse:
    """The list as a file (?nam= an assessment, ?tat-ca: all evidence of the school)."""
    if format not in CONTENT_TYPES:
        raise Http404
    years = list(Assessment.objects.for_school(request.school).select_related("year"))
    found = chosen_year(years, request.GET.get(YEAR, ""))
    if found is None:
        raise Http404
    arguments = {"assessment": str(found.pk), "format": format, "everything": EVERYTHING in request.GET}
    job = enqueue(request.school, request.user, "evidence-list", gettext_noop("Viết danh mục minh chứng"), arguments)
    return redirect(ready_or_page(wait_a_moment(job)))


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.VIEW_EVIDENCE, post=Capability.EDIT_EVIDENCE)
def list_read(request: SchoolRequest, list: UUID) -> HttpResponse:
    """What each line of a list would do; POST takes the chosen lines in."""
    found = own(ListImport.objects, request, list)
    found.school = request.school
    if request.method == "POST":
        chosen = _chosen(request, found)
        if not chosen:
            return _review(request, found, _("Chưa chọn dòng nào. Hãy chọn ít nhất một dòng để đưa vào."), 422)
        arguments = {"list": str(found.pk), "chosen": chosen}
        words = gettext_noop("Đưa danh mục minh chứng vào")
        job = enqueue(request.school, request.user, "evidence-list-import", words, arguments)
        return redirect(ready_or_page(wait_a_moment(job)))
    return _review(request, found)


@require_POST
@school_view(Capability.EDIT_EVIDENCE)
def list_discard(request: SchoolRequest, list: UUID) -> HttpResponse:
    """Throws away a list that was not taken in."""
    discard(own(ListImport.objects, request, list))
    return redirect("evidence:lists", school=request.school.slug)


def _chosen(request: SchoolRequest, found: ListImport) -> list[int]:
    """The places of the lines that were ticked, and of those that the page did not show."""
    count = len(found.entries)
    ticked = {int(one) for one in request.POST.getlist(LINE) if one.isdecimal() and len(one) < 6}
    if ALL_OTHERS in request.POST:
        ticked |= set(range(SHOWN, count))
    return sorted(one for one in ticked if one < count)


def _review(request: SchoolRequest, found: ListImport, problem: str = "", status: int = 200) -> HttpResponse:
    lines = proposed(found) if found.state == ListImport.State.REVIEW else []
    context: dict[str, Any] = {
        "tab": "lists",
        "found": found,
        "lines": [
            (one, found.entries[one.row], [_(words) % values for words, values in one.doubts]) for one in lines[:SHOWN]
        ],
        "count": len(found.entries),
        "others": max(0, len(lines) - SHOWN),
        "counts": {what: sum(1 for one in lines if one.what == what) for what in ("new", "fills", "same")},
        "findings": found.findings[:FINDINGS],
        "more_findings": max(0, len(found.findings) - FINDINGS),
        "problem": problem,
        "may_edit": may(request.membership.role, Capability.EDIT_EVIDENCE),
        "names": {"line": LINE, "others": ALL_OTHERS},
    }
    return render(request, "evidence/list_read.html", context, status=status)


def _page(request: SchoolRequest, problem: str = "", status: int = 200) -> HttpResponse:
    years = list(Assessment.objects.for_school(request.school).select_related("year"))
    found = chosen_year(years, "")
    now = current(request.school)
    context: dict[str, Any] = {
        "tab": "lists",
        "years": years,
        "found": found,
        "formats": tuple(CONTENT_TYPES),
        "frameworks": available(),
        "framework": request.POST.get("khung") or now.id,
        "series": request.POST.get("nam-hoc", ""),
        "lists": list(ListImport.objects.for_school(request.school).defer("entries", "findings")[:NEWEST_LISTS]),
        "problem": problem,
        "may_edit": may(request.membership.role, Capability.EDIT_EVIDENCE),
        "names": {"year": YEAR, "everything": EVERYTHING},
    }
    return render(request, "evidence/lists.html", context, status=status)
