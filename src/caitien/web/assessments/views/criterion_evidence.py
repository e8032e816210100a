"""Evidence of a criterion, from its page: used or not, verified, looked for while writing, judged requirement by requirement."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from caitien.assessment.evidence_codes import citation
from caitien.web.assessments.editing import permitted
from caitien.web.assessments.offering import offered
from caitien.web.assessments.sheet import Sheet
from caitien.web.assessments.views.criterion_shown import part_context, parts_of, sheet_for, to_sheet
from caitien.web.evidence.models import Evidence, EvidenceEvent, EvidenceUse
from caitien.web.evidence.services import stop_using, take_step, use
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.roles import Capability, may

USE, DECLINE = "dung", "khong"
LONGEST_REASON = 500
MOST_FOUND = 20


@require_safe
@school_view(Capability.VIEW_ASSESSMENT)
def criterion_cite(request: SchoolRequest, assessment: UUID, code: str) -> HttpResponse:
    """Evidence offered for what was typed (`q`): JSON for a script; a page with "use" beside each for everybody else."""
    sheet = sheet_for(request, assessment, code)
    asked = request.GET.get("q", "").replace("\x00", "")
    script = "application/json" in request.headers.get("Accept", "")
    found = offered(
        request.school,
        sheet.framework.id,
        code,
        asked,
        sensitive=may(request.membership.role, Capability.OPEN_SENSITIVE),
        **({} if script else {"most": MOST_FOUND}),
    )
    if script:
        results = [_offer(request, sheet, row) for row in found]
        return JsonResponse({"results": results}, json_dumps_params={"ensure_ascii": False})
    context = {**part_context(request, sheet), "found": found, "asked": asked}
    template = "assessments/_criterion_found.html" if request.htmx else "assessments/criterion_find.html"
    return render(request, template, context)


def _offer(request: SchoolRequest, sheet: Sheet, row: Any) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "code": row.code,
        "cite": citation([row.code], sheet.framework.evidence) if row.code else "",
        "name": row.name,
        "number": row.number,
        "state": row.state,
        "word": row.get_state_display(),
        "here": row.here or "",
    }


@require_POST
@school_view(Capability.EDIT_EVIDENCE)
def criterion_evidence(request: SchoolRequest, assessment: UUID, code: str) -> HttpResponse:
    """Says of an evidence that it serves the criterion (`dung`: its first criterion gives it its code) or does not (`khong`).

    Raises StillProves when a judgement "met" stands on it alone.
    """
    sheet = sheet_for(request, assessment, code)
    permitted(sheet.assessment)
    row = _sent_evidence(request)
    if request.POST.get("viec") == DECLINE:
        _declined(request, sheet, row)
        said = _("Đã ghi: không dùng “%(name)s” cho tiêu chí %(code)s.")
    else:
        use(row, sheet.framework, [code], request.user)
        said = _("Đã gắn “%(name)s” vào tiêu chí %(code)s.")
    said = said % {"name": str(row)[:80], "code": code}
    if "application/json" in request.headers.get("Accept", ""):
        fresh = sheet_for(request, assessment, code)
        row.here = EvidenceUse.State.USED  # type: ignore[attr-defined]
        return JsonResponse(
            {"evidence": _offer(request, fresh, row), "parts": parts_of(request, fresh)},
            json_dumps_params={"ensure_ascii": False},
        )
    return _answer(request, sheet, said)


def _declined(request: SchoolRequest, sheet: Sheet, row: Evidence) -> None:
    if not any(one.evidence_id == row.pk for one in sheet.uses):
        raise Http404  # it was never said to serve this criterion
    stop_using(row, sheet.framework.id, sheet.review.code, request.user)


@require_POST
@school_view(Capability.VERIFY_EVIDENCE)
def criterion_verify(request: SchoolRequest, assessment: UUID, code: str) -> HttpResponse:
    """Verifies an evidence of the criterion right here, or rejects it with a reason."""
    sheet = sheet_for(request, assessment, code)
    row = _sent_evidence(request)
    note = request.POST.get("note", "").replace("\x00", "").strip()[:LONGEST_REASON]
    rejects = request.POST.get("viec") == "tu-choi"
    if rejects and not note:
        said = _("Chưa từ chối: hãy ghi lý do, để người nộp biết phải làm gì.")
        return _answer(request, sheet, said, problem=True, typed={"key": row.pk, "note": note})
    kind = EvidenceEvent.Kind.REJECTED if rejects else EvidenceEvent.Kind.VERIFIED
    take_step(request.school, row.pk, kind, user=request.user, note=note)
    said = _("Đã từ chối “%s”.") if rejects else _("Đã xác nhận “%s”.")
    return _answer(request, sheet, said % str(row)[:80])


def _sent_evidence(request: SchoolRequest) -> Evidence:
    """The evidence that a form names. Http404 when it is not ours."""
    try:
        key = UUID(request.POST.get("evidence", ""))
    except ValueError:
        raise Http404 from None
    row: Evidence = own(Evidence.objects.for_school(request.school), request, key)
    row.school = request.school
    return row


def _answer(
    request: SchoolRequest, sheet: Sheet, said: str, *, problem: bool = False, typed: dict[str, Any] | None = None
) -> HttpResponse:
    """Back on the page; a script gets the fragments that follow, so that words being typed stay where they are."""
    if not request.htmx:
        (messages.error if problem else messages.success)(request, said)
        return redirect(to_sheet(sheet, "#minh-chung"))
    fresh = sheet_for(request, sheet.assessment.pk, sheet.review.code)
    more = {"evidence_said": said, "evidence_problem": problem, "typed": typed or {}}
    parts = parts_of(request, fresh, swapped="minh-chung-dung", **more)
    return HttpResponse("".join(parts.values()), status=422 if problem else 200)
