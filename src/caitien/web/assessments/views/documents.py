"""Văn bản: every paper of the self-assessment as a file, and what is doubtful before it is printed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from caitien.errors import CaiTienError
from caitien.web.assessments.doubts import doubts_of
from caitien.web.assessments.editing import address
from caitien.web.assessments.jobs_of_papers import KIND
from caitien.web.assessments.models import Assessment, AssessmentEvent
from caitien.web.assessments.papers import file_name, forms_of, is_quick, value_on_paper, written
from caitien.web.assessments.views.context import assessment_of, framework_of
from caitien.web.jobs.asking import enqueue, wait_a_moment
from caitien.web.jobs.views import ready_or_page
from caitien.web.plans.forms_of_documents import FORMAT_WORDS, attachment
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability


@require_safe
@school_view(Capability.VIEW_ASSESSMENT)
def documents(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """The papers in a list. What is doubtful is asked for afterwards (`doubts`), so that the list stands at once."""
    return _page(request, assessment_of(request, assessment))


@require_safe
@school_view(Capability.VIEW_ASSESSMENT)
def doubts(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """What the checks find, the gravest first, each with its page. Never a refusal."""
    found = assessment_of(request, assessment)
    shown = doubts_of(found, value_on_paper(found), framework_of(found), timezone.localdate())
    context = {"assessment": found, "doubts": shown, "tab": "documents"}
    return render(request, "assessments/_doubts.html" if request.htmx else "assessments/doubts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.VIEW_ASSESSMENT)
def paper(request: SchoolRequest, assessment: UUID, form: str, format: str) -> HttpResponse:
    """A paper as a file: a short one at once, a long one as a job (POST), which answers at once when it takes under a second."""
    found = assessment_of(request, assessment)
    framework = framework_of(found)
    wanted = next((one for one in forms_of(found.framework) if one.id == form), None)
    if wanted is None or format not in wanted.formats:
        raise Http404
    criterion = (request.POST if request.method == "POST" else request.GET).get("tieu-chi", "")
    if criterion and (not wanted.by_criterion or framework.criterion(criterion) is None):
        raise Http404
    if is_quick(form, criterion):
        try:
            content = written(found, form, format, criterion)
        except CaiTienError as error:
            return _page(request, found, problem=str(error), status=422)
        return attachment(content, file_name(found, form, format, criterion), format)
    if request.method != "POST":
        messages.info(request, _("Bấm nút bên dưới để viết văn bản này."))
        return redirect(address(found, "documents"))
    arguments = {"assessment": str(found.pk), "form": form, "format": format, "criterion": criterion}
    label = f"{wanted.title} {found.year.name} ({FORMAT_WORDS[format]})"
    return redirect(ready_or_page(wait_a_moment(enqueue(request.school, request.user, KIND, label, arguments))))


def _page(request: SchoolRequest, found: Assessment, *, problem: str = "", status: int = 200) -> HttpResponse:
    framework = framework_of(found)
    listed: list[dict[str, Any]] = [
        {"form": one, "quick": is_quick(one.id), "formats": [(f, FORMAT_WORDS[f]) for f in one.formats]}
        for one in forms_of(found.framework)
    ]
    approved = None
    if found.state != Assessment.State.WORKING:
        events = AssessmentEvent.objects.for_school(request.school).filter(assessment=found)
        approved = events.filter(kind=AssessmentEvent.Kind.REPORT_APPROVED).order_by("-at").first()
    context = {
        "assessment": found,
        "listed": listed,
        "criteria": [*framework.criteria, *framework.level_items],
        "approved": approved,
        "problem": problem,
        "tab": "documents",
    }
    return render(request, "assessments/documents.html", context, status=status)
