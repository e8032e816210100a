"""Taking back one change of an action or of the plan's head, or all that was changed at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from caitien.web.plans.changes import taken_back
from caitien.web.plans.editing import save_edit, set_head
from caitien.web.plans.fields import FIELDS
from caitien.web.plans.models import Action, Plan
from caitien.web.plans.undoing import undo_batch
from caitien.web.plans.views.clash import clash_context
from caitien.web.plans.views.context import action_of, link, plan_of
from caitien.web.plans.views.table_rows import can_be_undone, wants_json
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability


@require_POST
@school_view(Capability.EDIT_PLAN)
def undo(request: SchoolRequest, plan: UUID, record: UUID) -> HttpResponse:
    """Puts back what the change `record` replaced. What somebody wrote there since is shown, not overwritten."""
    found = plan_of(request, plan)
    after = Action.history.filter(school=request.school, plan=found, history_id=record).first()
    if after is None:
        return _undo_head(request, found, record)
    before = Action.history.filter(school=request.school, id=after.id, version=after.version - 1).first()
    if before is None:
        raise Http404
    action = action_of(request, found, after.id)
    outcome = save_edit(
        request.school,
        action.pk,
        taken_back(after, before),
        base=after,
        user=request.user,
        reason=gettext_noop("Hoàn tác"),
    )
    if any(clash.field not in FIELDS for clash in outcome.clashes):  # lists and links: nothing to choose word by word
        messages.warning(
            request, _("Chưa hoàn tác: chỗ này đã được sửa tiếp sau đó. Hãy hoàn tác thay đổi mới hơn trước.")
        )
        return redirect(_back(request) or link("action", found, action=action.pk))
    if outcome.clashes:
        return render(request, "plans/clash.html", clash_context(found, outcome), status=409)
    messages.success(request, _("Đã hoàn tác.") if outcome.changed else _("Chỗ này đã trở lại như trước rồi."))
    return redirect(_back(request) or link("action", found, action=action.pk))


@require_POST
@school_view(Capability.EDIT_PLAN)
def undo_many(request: SchoolRequest, plan: UUID, batch: UUID) -> HttpResponse:
    """Takes back all that was changed at once; what somebody wrote there since stays. Undoing this undoing is redoing."""
    found = plan_of(request, plan, years=False)
    done = undo_batch(found, batch, user=request.user, reason=gettext_noop("Hoàn tác"))
    if done is None:
        raise Http404
    rows = {row.pk for row in done.rows}
    said = _undone_words(len(rows), done.clashes)
    if wants_json(request):
        return JsonResponse(
            {"batch": str(done.batch) if rows else None, "rows": len(rows), "kept": len(done.clashes), "say": said},
            json_dumps_params={"ensure_ascii": False},
        )
    if done.batch and rows:
        can_be_undone(request, found, done.batch, said)
    else:
        messages.warning(request, said)
    return redirect(_back(request) or link("plan", found))


def _undone_words(rows: int, clashes: list[Any]) -> str:
    said = _("Đã hoàn tác %s mục.") % rows if rows else _("Chỗ này đã trở lại như trước rồi.")
    if not clashes:
        return said
    names = ", ".join(dict.fromkeys(str(outcome.row)[:60] for outcome in clashes[:3]))
    kept = _("%(n)s mục giữ nguyên vì đã được sửa tiếp sau đó: %(names)s.") % {"n": len(clashes), "names": names}
    return f"{said} {kept}" if rows else kept


def _undo_head(request: SchoolRequest, plan: Plan, record: UUID) -> HttpResponse:
    after = Plan.history.filter(school=request.school, id=plan.pk, history_id=record).first()
    before = after and Plan.history.filter(school=request.school, id=plan.pk, version=after.version - 1).first()
    if before is None:
        raise Http404
    if plan.version != after.version:
        messages.error(request, _("Phần đầu kế hoạch đã được sửa tiếp sau đó nên không hoàn tác được thay đổi này."))
    else:
        columns = {"title": before.title, "framework": before.framework}
        set_head(request.school, plan.pk, before.head, columns, user=request.user, reason=gettext_noop("Hoàn tác"))
        messages.success(request, _("Đã hoàn tác."))
    return redirect(_back(request) or link("findings", plan))


def _back(request: SchoolRequest) -> str | None:
    to = request.POST.get("next", "")
    return to if to and url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure()) else None
