"""The life of an evidence: verified, rejected with a reason, expired, replaced, back; taken off the list and restored."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from caitien.plan.text import fold
from caitien.web.evidence import services
from caitien.web.evidence.listed import ROWS
from caitien.web.evidence.merging import part
from caitien.web.evidence.models import Evidence, EvidenceEvent
from caitien.web.evidence.naming import named
from caitien.web.evidence.services import STEPS
from caitien.web.evidence.views.one import evidence_of, page
from caitien.web.evidence.views.proven import stepped, withdrawn_words
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability
from caitien.web.sent import storable, whole

Kind = EvidenceEvent.Kind
LONGEST_NOTE = 2_000
DONE = {
    Kind.VERIFIED: gettext_lazy("Đã xác nhận minh chứng."),
    Kind.REJECTED: gettext_lazy("Đã từ chối minh chứng; người nộp thấy lý do."),
    Kind.EXPIRED: gettext_lazy("Đã ghi là hết hiệu lực."),
    Kind.REPLACED: gettext_lazy("Đã ghi là được thay thế."),
    Kind.BACK: gettext_lazy("Đã đưa về chờ xác nhận."),
}


@require_POST
@school_view(Capability.VERIFY_EVIDENCE)
def step(request: SchoolRequest, evidence: UUID) -> HttpResponse:
    """A step (`buoc`) with its reason (`ly-do`); `thay-bang`: code or words of the evidence that takes its place."""
    row = evidence_of(request, evidence)
    kind, note = request.POST.get("buoc", ""), storable(request.POST.get("ly-do", "")).strip()
    if kind not in STEPS:
        return page(request, row, status=422, step_error=_("Hãy chọn một bước."))
    typed = {"step": kind, "reason": note, "instead": request.POST.get("thay-bang", "")}
    if STEPS[kind][2] and not note:
        error = _("Hãy ghi lý do từ chối: người nộp sẽ đọc để biết cần sửa gì.")
        return page(request, row, status=422, typed={**typed, "error": error})
    if len(note) > LONGEST_NOTE:
        error = _("Lý do dài quá %s chữ. Hãy viết gọn hơn.") % LONGEST_NOTE
        return page(request, row, status=422, typed={**typed, "error": error})
    instead: Evidence | None = None
    if kind == Kind.REPLACED and typed["instead"].strip():
        found = named(request.school, typed["instead"], but=row)
        if len(found) != 1 or not _is_named(found[0], typed["instead"]):
            return page(request, row, status=422, typed={**typed, "error": _which(found), "found": found})
        instead = found[0]
    if row.state == STEPS[kind][1] and kind != Kind.REPLACED:
        return _done_already(request, row, kind)

    def take() -> None:
        services.take_step(request.school, row.pk, kind, user=request.user, note=note, replaced_by=instead)

    refused = stepped(request, row, take)
    if refused is not None:
        return refused
    messages.success(request, str(DONE[Kind(kind)]) + withdrawn_words(request))
    return _on(request, row)


def _is_named(row: Evidence, said: str) -> bool:
    """Whether the words are its code or its whole name: what is only found by some words is offered, not taken."""
    return fold(said) == fold(row.name) or fold(said).strip("[]() ") == fold(row.code).strip("[]() ")


def _which(found: list[Evidence]) -> str:
    if not found:
        return _("Không tìm thấy minh chứng như vậy. Hãy ghi mã, hoặc vài chữ trong tên.")
    return _("Có %(n)s minh chứng như vậy: hãy ghi mã của một minh chứng.") % {"n": len(found)}


def _done_already(request: SchoolRequest, row: Evidence, kind: str) -> HttpResponse:
    """Two people pressed the button: the second is told who was first."""
    last = row.events.filter(school=request.school, kind=kind).select_related("by").last()
    who = (last.by if last else None) or _("người khác")
    messages.info(
        request,
        _("%(who)s đã làm bước này rồi: minh chứng nay %(state)s.") % {"who": who, "state": row.get_state_display()},
    )
    return _on(request, row)


@require_POST
@school_view(Capability.EDIT_EVIDENCE)
def remove(request: SchoolRequest, evidence: UUID) -> HttpResponse:
    """Takes it off the list; an approved report that cites it keeps it there."""
    row = evidence_of(request, evidence)
    note = storable(request.POST.get("ly-do", "")).strip()[:LONGEST_NOTE]
    if row.removed_at is None:
        refused = stepped(request, row, lambda: services.remove(request.school, row.pk, user=request.user, note=note))
        if refused is not None:
            return refused
    messages.success(
        request, _("Đã bỏ khỏi danh mục. Mã của nó không cấp cho minh chứng khác.") + withdrawn_words(request)
    )
    return _on(request, row)


@require_POST
@school_view(Capability.EDIT_EVIDENCE)
def restore(request: SchoolRequest, evidence: UUID) -> HttpResponse:
    """Back on the list, with its code, files and criteria; one that was merged into another stands alone again."""
    row = evidence_of(request, evidence)
    part(request.school, row.pk, user=request.user)
    messages.success(request, _("Đã lấy lại vào danh mục."))
    return _on(request, row)


@require_safe
@school_view(Capability.VIEW_EVIDENCE)
def removed(request: SchoolRequest) -> HttpResponse:
    """What was taken off the list, newest first: each can be restored."""
    rows = Evidence.everything.for_school(request.school).exclude(removed_at=None).order_by("-removed_at", "-id")
    number = max(1, whole(request.GET.get("trang"), 1))
    shown = list(rows.defer("summary", "note")[(number - 1) * ROWS : number * ROWS + 1])
    gone = EvidenceEvent.objects.filter(
        school=request.school, evidence__in=[row.pk for row in shown], kind=Kind.REMOVED
    )
    last: dict[Any, EvidenceEvent] = {one.evidence_id: one for one in gone.select_related("by").order_by("at")}
    context = {
        "rows": [(row, last.get(row.pk)) for row in shown[:ROWS]],
        "more": len(shown) > ROWS,
        "number": number,
    }
    return render(request, "evidence/removed.html", context)


def _on(request: SchoolRequest, row: Evidence) -> HttpResponse:
    return redirect("evidence:evidence", school=request.school.slug, evidence=row.pk)
