"""What an evidence is used for: criteria it serves or is offered to, actions it proves; and taking a file away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caitien.web.evidence import services
from caitien.web.evidence.criteria import current
from caitien.web.evidence.models import Attachment, Evidence, EvidenceUse
from caitien.web.evidence.views.one import evidence_of, page
from caitien.web.evidence.views.proven import stepped, withdrawn_words
from caitien.web.plans.frameworks import framework
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.roles import Capability
from caitien.web.sent import storable


@require_POST
@school_view(Capability.EDIT_EVIDENCE)
def criteria(request: SchoolRequest, evidence: UUID) -> HttpResponse:
    """`do`: "add" by what was typed; "use" or "stop" of a criterion of a framework."""
    row = evidence_of(request, evidence)
    do, typed = request.POST.get("do", "add"), storable(request.POST.get("tieu-chi", "")).strip()
    if do == "stop":
        return _stopped(request, row)
    now = current(request.school)
    its = now.framework if do == "add" else framework(request.POST.get("khung", ""))
    if its is None:
        return page(request, row, status=422, criterion_error=_("Trường chưa có khung tiêu chuẩn để gắn."))
    if do == "add":
        found = now.named(typed)
        if len(found) != 1:
            said = (
                _("Hãy ghi một mã tiêu chí (1.3) hoặc vài chữ trong tên tiêu chí.")
                if not typed
                else _("Không có tiêu chí nào như “%(words)s”. Hãy ghi mã, ví dụ 1.3, hoặc vài chữ trong tên.") % {"words": typed[:60]}
                if not found
                else _("Có %(n)s tiêu chí như “%(words)s”. Hãy chọn một:") % {"n": len(found), "words": typed[:60]}
            )  # fmt: skip
            return page(
                request, row, status=422, criterion_error=said, criterion_typed=typed, criteria_found=found[:12]
            )
        code = found[0].code
    else:
        code = request.POST.get("ma", "")
        if its.criterion(code) is None:
            raise Http404
    had = row.code
    services.use(row, its, [code], request.user)
    given = _(" Mã của minh chứng: %(code)s.") % {"code": row.code} if row.code and not had else ""
    messages.success(request, _("Đã gắn vào tiêu chí %(code)s.") % {"code": code} + given)
    return redirect("evidence:evidence", school=request.school.slug, evidence=row.pk)


def _stopped(request: SchoolRequest, row: Evidence) -> HttpResponse:
    its, code = request.POST.get("khung", ""), request.POST.get("ma", "")
    use = own(EvidenceUse.objects.filter(evidence=row, framework=its, criterion=code), request, _key(request))
    refused = stepped(request, row, lambda: services.stop_using(row, its, code, request.user), criterion=(its, code))
    if refused is not None:
        return refused
    said = (
        _("Đã bỏ gợi ý cho tiêu chí %(code)s.")
        if use.state == EvidenceUse.State.OFFERED
        else _("Đã gỡ khỏi tiêu chí %(code)s; mã của minh chứng giữ nguyên.")
    )
    messages.success(request, said % {"code": code} + withdrawn_words(request))
    return redirect("evidence:evidence", school=request.school.slug, evidence=row.pk)


def _key(request: SchoolRequest) -> UUID:
    try:
        return UUID(request.POST.get("dung", ""))
    except ValueError:
        raise Http404 from None


@require_POST
@school_view(Capability.EDIT_EVIDENCE)
def remove_attachment(request: SchoolRequest, evidence: UUID, attachment: UUID) -> HttpResponse:
    """Takes a file or link away; it can be brought back."""
    row = evidence_of(request, evidence)
    one = own(Attachment.objects.filter(evidence=row), request, attachment)
    one.school = request.school
    services.remove_attachment(one, request.user)
    messages.success(request, _("Đã bỏ “%(name)s”.") % {"name": one.name[:100]})
    return redirect("evidence:evidence", school=request.school.slug, evidence=row.pk)
