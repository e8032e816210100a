"""Các bản: every moment of the plan, the plan as it was then, what differs from another moment, and putting it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_POST, require_safe

from caitien.plan.comparing import Change, compare
from caitien.web.plans.change_words import what_said, where_said
from caitien.web.plans.editing import open_amendment, remove_actions, save_edit, version_of
from caitien.web.plans.forms_of_documents import (
    FORMAT_WORDS,
    FORMATS,
    attachment,
    file_name,
    with_letterhead,
    written,
)
from caitien.web.plans.forms_of_documents import (
    forms as forms_of_plans,
)
from caitien.web.plans.models import Action, Plan
from caitien.web.plans.moments import AsOf, as_of, moment_named, moments, name_of_moment, now_of, steps_between
from caitien.web.plans.recorded import RECORDED
from caitien.web.plans.restoring import columns_to_restore, restore
from caitien.web.plans.states import why_locked
from caitien.web.plans.undoing_all import undo_all
from caitien.web.plans.views.amendments import marked
from caitien.web.plans.views.clash import clash_context
from caitien.web.plans.views.context import link, plan_of
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability, may
from caitien.web.sent import whole

DAYS_SHOWN = 60
"""Moments on the first page of the list; the rest on demand."""


class RestoreForm(forms.Form):
    """Putting the whole plan back. `seen`: the newest change that the page showed."""

    reported = forms.BooleanField(
        label=gettext_lazy("Trả lại cả tiến độ, kết quả, biện pháp và minh chứng đã đánh dấu"), required=False
    )
    seen = forms.CharField(widget=forms.HiddenInput)


@require_safe
@school_view(Capability.VIEW_PLAN)
def versions(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """All moments, the newest first; any two can be compared. `?dot=`: every change of one sitting."""
    found = plan_of(request, plan)
    every = moments(found)
    shown = every if "tat-ca" in request.GET else every[:DAYS_SHOWN]
    batch, sitting = request.GET.get("lo", ""), request.GET.get("dot", "")
    seen = next((one for one in every if one.name == sitting and one.event is None), None)
    context = {
        "plan": found,
        "moments": shown,
        "seen": seen,
        "steps": steps_between(found, seen.began, seen.at) if seen and seen.began else [],
        "more": len(every) - len(shown),
        "total": len(every),
        "batch": batch if _is_key(batch) and may(request.membership.role, Capability.EDIT_PLAN) else "",
    }
    return render(request, "plans/versions.html", context)


@require_safe
@school_view(Capability.VIEW_PLAN)
def version_compare(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Where the form of the list goes: to the older of the two moments, compared with the newer ("" is now)."""
    found = plan_of(request, plan, years=False)
    chosen = [at for name in ("tu", "den") if (at := moment_named(request.GET.get(name, ""))) is not None]
    if not chosen:
        return redirect(link("versions", found))
    to = link("version", found, moment=name_of_moment(min(chosen)))
    return redirect(f"{to}?so={name_of_moment(max(chosen))}" if len(set(chosen)) == 2 else to)


@require_safe
@school_view(Capability.VIEW_PLAN)
def version(request: SchoolRequest, plan: UUID, moment: str) -> HttpResponse:
    """The plan as it was: what differs from now (or from `?so=`), and the whole of it. Read only."""
    found = plan_of(request, plan)
    then = _then(found, moment)
    other = moment_named(request.GET.get("so", ""))
    late = as_of(found, other) if other is not None else None
    if other is not None and late is None:
        raise Http404
    now = now_of(found)
    values = (then.value(), late.value() if late else now.value())
    changes = compare(*values)
    locked = why_locked(found.state, amendment_open=open_amendment(found) is not None, content=True)
    may_edit = may(request.membership.role, Capability.EDIT_PLAN) and late is None
    context = {
        "plan": found,
        "moment": moment,
        "at": then.at,
        "other": late.at if late else None,
        "state": Plan.State(then.line.state).label,
        "total": len(changes),
        "groups": _grouped(changes, values, {} if late else {str(row.pk): row.version for row in now.rows}),
        "rows": then.rows,
        "may_edit": may_edit and locked is None,
        "locked": locked if may_edit and changes else None,
        "forms": forms_of_plans(),
        "formats": FORMAT_WORDS,
        "form": RestoreForm(initial={"seen": now.mark}) if late is None and changes else None,
    }
    return render(request, "plans/version.html", context)


@require_safe
@school_view(Capability.EXPORT_PLAN)
def version_export(request: SchoolRequest, plan: UUID, moment: str, form: str, format: str) -> HttpResponse:
    """The plan as it was, as an official document."""
    if form not in forms_of_plans() or format not in FORMATS:
        raise Http404
    found = plan_of(request, plan, years=False)
    then = _then(found, moment)
    value = with_letterhead(then.value(ids=False), request.school)
    name, _dot, _format = file_name(value, form, format).rpartition(".")
    day = timezone.localtime(then.at)
    return attachment(written(value, form, format), f"{name}-ban-{day:%Y%m%d-%H%M}.{format}", format)


@require_POST
@school_view(Capability.EDIT_PLAN)
def version_restore(request: SchoolRequest, plan: UUID, moment: str) -> HttpResponse:
    """Puts the whole plan back, or with `muc` one action, or with `o` one field of it."""
    found = plan_of(request, plan)
    at = _moment(moment)
    if _is_key(request.POST.get("muc", "")):
        return _restore_action(request, found, at, UUID(request.POST["muc"]), request.POST.get("o", ""))
    done = restore(
        found, at, seen=request.POST.get("seen", ""), user=request.user, reported=bool(request.POST.get("reported"))
    )
    if not done.rows:
        messages.info(request, _("Kế hoạch đã giống bản này rồi."))
        return redirect(link("versions", found))
    messages.success(request, _("Đã khôi phục: %(rows)s chỗ trở lại như bản đó.") % {"rows": done.rows})
    return redirect(f"{link('versions', found)}?lo={done.batch}")


@require_POST
@school_view(Capability.EDIT_PLAN)
def version_undo(request: SchoolRequest, plan: UUID, batch: UUID) -> HttpResponse:
    """Takes a restoring back."""
    found = plan_of(request, plan, years=False)
    done = undo_all(found, batch, user=request.user, reason=gettext_noop("Hoàn tác khôi phục"))
    if done is None:
        raise Http404
    if done.kept:
        messages.warning(
            request,
            _("Đã hoàn tác %(undone)s chỗ; %(kept)s chỗ giữ nguyên vì đã được sửa tiếp sau đó.")
            % {"undone": done.undone, "kept": done.kept},
        )
    else:
        messages.success(request, _("Đã hoàn tác việc khôi phục."))
    return redirect(link("versions", found))


def _restore_action(request: SchoolRequest, plan: Plan, at: datetime, key: UUID, name: str) -> HttpResponse:
    row = Action.everything.for_school(request.school).filter(plan=plan, pk=key).first()
    then = as_of(plan, at)
    if row is None or then is None or (name and name not in RECORDED):
        raise Http404
    row.plan, row.school = plan, request.school
    reason = gettext_noop("Khôi phục bản %(when)s") % {"when": f"{timezone.localtime(at):%d/%m/%Y %H:%M}"}
    old = then.everything.get(key)
    if old is None or old.removed_at is not None:
        remove_actions(plan, [key], user=request.user, reason=reason)
        messages.success(request, _("Đã bỏ mục này, như ở bản đó."))
        return redirect(link("versions", plan))
    base = version_of(row, whole(request.POST.get("version"), row.version))
    differ = columns_to_restore(base, old, reported=bool(name))
    names = [name] if name else [one for one, field in RECORDED.items() if differ.keys() & set(field.columns)]
    wanted = {one: {**RECORDED[one].of(base), **_taken(differ, RECORDED[one].columns)} for one in names}
    outcome = save_edit(request.school, key, wanted, base=base, user=request.user, reason=reason)
    if outcome.clashes:
        return render(request, "plans/clash.html", clash_context(plan, outcome), status=409)
    messages.success(request, _("Đã khôi phục.") if outcome.changed else _("Chỗ này đã giống bản đó rồi."))
    return redirect(link("action", plan, action=key))


def _taken(differ: dict[str, Any], columns: tuple[str, ...]) -> dict[str, Any]:
    return {column: differ[column] for column in columns if column in differ}


FIELD_OF = {
    "resources.text": "resources_text",
    "resources.budget": "budget",
    "resources.funding_sources": "funding_sources",
    "resources.lines": "budget_lines",
    "progress.text": "progress_text",
    "progress.status": "progress_status",
}
"""A field of the plan value -> the field that is recorded of an action, where they differ in name."""


def _grouped(changes: list[Change], values: tuple[Any, Any], versions: dict[str, int]) -> list[dict[str, Any]]:
    """The changes by what they are about: the head of the plan first, then row by row. `versions`: of the rows now."""
    from caitien.writing.adjustments import texts

    groups: dict[tuple[str, str], dict[str, Any]] = {}
    for change in changes:
        if change.field == "issue":  # a key, no word
            continue
        before, after = texts(change)
        key = _key(change, values) if change.record == "actions" else ""
        where = where_said(change)
        group = groups.setdefault(
            (change.record, key or where),
            {"where": where, "key": key, "version": versions.get(key), "changes": [], "kind": "changed"},
        )
        if change.kind in ("added", "removed"):
            group["kind"] = change.kind
        name = FIELD_OF.get(change.field or "", change.field or "")
        group["changes"].append(
            {
                "what": WHAT_SINCE.get(change.kind) or what_said(change),
                "before": before,
                "after": after,
                "words": marked(before, after),
                "name": name if key and name in RECORDED else "",
            }
        )
    return list(groups.values())


WHAT_SINCE = {"added": gettext_lazy("Thêm sau đó"), "removed": gettext_lazy("Bỏ sau đó")}


def _key(change: Change, values: tuple[Any, Any]) -> str:
    """The key of the action that a change is about."""
    value, place = (values[1], change.new_index) if change.new_index is not None else (values[0], change.old_index)
    return str((value.actions[place].model_extra or {}).get("id", "")) if place is not None else ""


def _then(plan: Plan, moment: str) -> AsOf:
    then = as_of(plan, _moment(moment))
    if then is None:
        raise Http404
    return then


def _moment(name: str) -> datetime:
    at = moment_named(name)
    if at is None:
        raise Http404
    return at


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
