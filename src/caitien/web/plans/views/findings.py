"""Soát lỗi: what is wrong with our plan? Mend with one click, leave with a reason, take back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from caitien.errors import PlanFormatError
from caitien.web.plans import findings as service
from caitien.web.plans.editing import set_columns, set_head
from caitien.web.plans.fields import plain
from caitien.web.plans.models import DismissedFinding, Plan
from caitien.web.plans.values import columns_of
from caitien.web.plans.views.context import link, plan_of, rows_of_plan
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.roles import Capability, may
from caitien.web.sent import whole


@require_safe
@school_view(Capability.VIEW_PLAN)
def findings(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """All findings by severity; what was just mended can be taken back."""
    found = plan_of(request, plan)
    checked = service.checked(found, rows_of_plan(found), timezone.localdate())
    groups = [(severity, [s for s in checked.open if s.severity == severity]) for severity in service.SEVERITIES]
    return render(
        request,
        "plans/findings.html",
        {
            "plan": found,
            "checked": checked,
            "groups": [(severity, shown) for severity, shown in groups if shown],
            "counts": {severity: checked.count(severity) for severity in service.SEVERITIES},
            "just_done": _record(request.GET.get("vua-sua")),
            "may_settle": may(request.membership.role, Capability.SETTLE_FINDINGS),
        },
    )


@require_POST
@school_view(Capability.SETTLE_FINDINGS)
def apply_fix(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Applies a mend that the checks propose now: found again by its mark, never taken from the form."""
    found = plan_of(request, plan, years=False)
    rows = rows_of_plan(found)
    checked = service.checked(found, rows, timezone.localdate())
    shown = checked.find(request.POST.get("mark", ""))
    place = whole(request.POST.get("fix"), -1)
    if shown is None or not 0 <= place < len(shown.fixes):
        messages.info(request, _("Chỗ này đã được sửa hoặc đã đổi; không có gì được sửa thêm."))
        return redirect(link("findings", found))
    fix = shown.fixes[place]
    from caitien.checking import apply_fix as mend

    before = checked.value
    try:
        mended = mend(before, fix)
    except PlanFormatError:
        messages.error(request, _("Không sửa giúp được chỗ này. Hãy mở mục và sửa bằng tay."))
        return redirect(link("findings", found))
    record = _saved(request, found, rows, before, mended, fix)
    _settle(request, found, shown, fix)
    messages.success(request, _("Đã sửa: %s") % fix.label)
    undo = f"?vua-sua={record}" if record else ""
    return redirect(link("findings", found) + undo)


@require_POST
@school_view(Capability.SETTLE_FINDINGS)
def dismiss(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Leaves a finding as it is, with the reason."""
    found = plan_of(request, plan, years=False)
    shown = service.checked(found, rows_of_plan(found), timezone.localdate()).find(request.POST.get("mark", ""))
    reason = plain(request.POST.get("reason", ""))[:2000]
    if shown is None:
        messages.info(request, _("Cảnh báo này không còn nữa."))
    elif not reason:
        messages.error(request, _("Hãy ghi vì sao bỏ qua, để người sau hiểu."))
    else:
        _leave(request, found, shown, reason)
        messages.success(request, _("Đã bỏ qua. Cảnh báo sẽ hiện lại khi chỗ này thay đổi."))
    return redirect(link("findings", found))


@require_POST
@school_view(Capability.SETTLE_FINDINGS)
def restore_finding(request: SchoolRequest, plan: UUID, dismissal: UUID) -> HttpResponse:
    """Brings back a finding that was left."""
    found = plan_of(request, plan, years=False)
    own(DismissedFinding.objects.filter(plan=found), request, dismissal).delete()
    messages.success(request, _("Cảnh báo đã hiện lại."))
    return redirect(link("findings", found))


def _settle(request: SchoolRequest, plan: Plan, shown: service.Shown, fix: Any) -> None:
    """A fix is an answer. What still says the same of the same place (the duplicate row is still there) is left, with it.

    Not so a slip of the hand: another finding of the same cell is another slip.
    """
    if shown.finding.rule == "likely-typo":
        return
    plan.refresh_from_db()
    again = service.checked(plan, rows_of_plan(plan), timezone.localdate()).still(shown)
    if again is not None:
        _leave(request, plan, again, _("Đã chọn: %s") % fix.label)


def _leave(request: SchoolRequest, plan: Plan, shown: service.Shown, reason: str) -> None:
    DismissedFinding.objects.get_or_create(
        school=request.school,
        plan=plan,
        fingerprint=shown.fingerprint,
        defaults={
            "action": shown.row,
            "rule": shown.finding.rule,
            "message": shown.message,
            "reason": reason,
            "dismissed_by": request.user,
        },
    )


def _saved(request: SchoolRequest, plan: Plan, rows: list[Any], before: Any, after: Any, fix: Any) -> UUID | None:
    """Writes what differs between the two values; the record of the history, or None when nothing differs."""
    reason = gettext_noop("Sửa giúp: %s") % fix.label
    for row, old, new in zip(rows, before.actions, after.actions, strict=True):
        if old == new:
            continue
        columns = columns_of(new)
        for name in ("standard", "starts_on", "ends_on", "provenance", "alternatives"):
            columns.pop(name)  # derived again; or where the row came from, which no fix changes
        return set_columns(request.school, row.pk, columns, user=request.user, reason=reason).record
    head = after.to_dict()
    kept = before.to_dict()
    for name in ("actions", "findings"):
        head.pop(name), kept.pop(name)
    if head == kept:
        return None
    columns = {name: head.pop(name) for name in ("title", "framework")}
    head["findings"] = plan.head.get("findings", [])
    return set_head(request.school, plan.pk, head, columns, user=request.user, reason=reason)


def _record(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None
