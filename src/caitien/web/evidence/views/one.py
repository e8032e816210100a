"""One evidence: what it is, its files, what it is used for, its life. What is written about it is changed here."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from caitien.web.evidence import services
from caitien.web.evidence.access import may_open
from caitien.web.evidence.choosing import IN_USE
from caitien.web.evidence.criteria import Current, current
from caitien.web.evidence.forms import EvidenceForm, clashes_of, names_for, settled, shown, words_of
from caitien.web.evidence.models import Evidence, EvidenceEvent
from caitien.web.evidence.services import STEPS
from caitien.web.evidence.shown import page_of_one
from caitien.web.plans.editing import version_of
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.roles import Capability, may
from caitien.web.sent import whole

CHANGES = 60  # lines of the history that are compared
STEPS_SHOWN = (
    EvidenceEvent.Kind.VERIFIED,
    EvidenceEvent.Kind.REJECTED,
    EvidenceEvent.Kind.EXPIRED,
    EvidenceEvent.Kind.REPLACED,
    EvidenceEvent.Kind.BACK,
)


@require_safe
@school_view(Capability.VIEW_EVIDENCE)
def evidence(request: SchoolRequest, evidence: UUID) -> HttpResponse:
    """Everything about one evidence."""
    return page(request, evidence_of(request, evidence))


def evidence_of(request: SchoolRequest, key: UUID) -> Evidence:
    """The evidence of the address, one that was taken off the list too. Http404 when it is not ours."""
    row: Evidence = own(Evidence.everything.select_related("created_by", "replaced_by"), request, key)
    row.school = request.school
    return row


def page(request: SchoolRequest, row: Evidence, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page; `more`: what was typed and is wrong."""
    now, role = current(request.school), request.membership.role
    opens, present = may_open(request, row), row.removed_at is None
    context = {
        "evidence": row,
        "now": now,
        **page_of_one(request.school, row, now, may_open=opens),
        "opens": opens,
        "steps": [kind.value for kind in STEPS_SHOWN if row.state in STEPS[kind][0]],
        "may_edit": present and may(role, Capability.EDIT_EVIDENCE),
        "may_verify": present and may(role, Capability.VERIFY_EVIDENCE),
        "may_submit": present and may(role, Capability.SUBMIT_EVIDENCE),
        "may_restore": not present and may(role, Capability.EDIT_EVIDENCE),
        "overdue": row.state in IN_USE and row.valid_until is not None and row.valid_until < timezone.localdate(),
        "criteria": _criteria(now),
        **more,
    }
    return render(request, "evidence/evidence.html", context, status=status)


def _criteria(now: Current) -> list[tuple[str, str]]:
    standards = {one.code for one in now.framework.standards} if now.framework else set()
    return [one for one in now.choices() if one[0] not in standards]


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.VIEW_EVIDENCE, post=Capability.EDIT_EVIDENCE)
def edit(request: SchoolRequest, evidence: UUID) -> HttpResponse:
    """The words about it, changed; when another changed the same meanwhile, both are shown."""
    row = evidence_of(request, evidence)
    style = current(request.school).framework
    rules = {"may_open": may_open(request, row), "boxes": bool(style and "{box}" in style.evidence.code)}
    if request.method != "POST":
        names = names_for(row, None, **rules)
        return _form(request, row, EvidenceForm(initial=words_of(row, names), names=names), row.version)
    seen = whole(request.POST.get("version"), 0)
    sent = settled(request.POST, row)
    names = names_for(row, sent, **rules)
    form = EvidenceForm(sent, names=names)
    if not form.is_valid():
        return _form(request, row, form, seen, status=422)
    base = version_of(row, seen)
    wanted = {name: form.cleaned_data[name] for name in names}
    outcome = services.save_fields(request.school, row.pk, wanted, seen=seen, user=request.user)
    if outcome.clashes:
        clashing = {one.field for one in outcome.clashes}
        others = [name for name in names if name not in clashing and wanted[name] != getattr(base, name)]
        last = Evidence.history.filter(id=row.pk, school_id=row.school_id).select_related("history_user").first()
        context = {
            "evidence": outcome.row,
            "clashes": clashes_of(outcome.clashes),
            "others": [(name, form.data.get(name) or "") for name in others],
            "last": last,
        }
        return render(request, "evidence/clash.html", context, status=409)
    messages.success(request, _("Đã lưu.") if outcome.changed else _("Không có gì thay đổi."))
    return redirect("evidence:evidence", school=request.school.slug, evidence=row.pk)


def _form(request: SchoolRequest, row: Evidence, form: EvidenceForm, seen: int, status: int = 200) -> HttpResponse:
    context = {"evidence": row, "form": form, "version": seen, "names": list(form.fields)}
    return render(request, "evidence/edit.html", context, status=status)


@require_safe
@school_view(Capability.VIEW_EVIDENCE)
def history(request: SchoolRequest, evidence: UUID) -> HttpResponse:
    """Who changed which words, from what to what."""
    row = evidence_of(request, evidence)
    names = names_for(row, None, may_open=may_open(request, row), boxes=True)
    lines = list(
        Evidence.history.filter(id=row.pk, school_id=row.school_id)
        .select_related("history_user")
        .order_by("-version", "-history_date")[: CHANGES + 1]
    )
    changes = []
    for line, before in pairwise(lines):
        parts = [
            (EvidenceForm.base_fields[name].label, shown(name, getattr(before, name)), shown(name, getattr(line, name)))
            for name in names
            if getattr(before, name) != getattr(line, name)
        ]
        if before.code != line.code:
            parts.append((_("Mã"), before.code, line.code))
        if parts:
            changes.append({"line": line, "parts": parts})
    return render(request, "evidence/history.html", {"evidence": row, "changes": changes, "more": len(lines) > CHANGES})
