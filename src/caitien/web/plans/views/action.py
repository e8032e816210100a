"""One action: what is it, who does it, how far? And changing it, field by field or all at once."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from caitien.plan import Alternative
from caitien.web.plans.changes import changes_of
from caitien.web.plans.editing import save_edit, version_of
from caitien.web.plans.fields import FIELDS
from caitien.web.plans.findings import checked
from caitien.web.plans.forms import DATES_OF_PERIOD, ActionForm
from caitien.web.plans.frameworks import criterion_titles
from caitien.web.plans.models import Action, Plan, ProgressEntry
from caitien.web.plans.overview import rows_of
from caitien.web.plans.views.clash import clash_context, settled
from caitien.web.plans.views.context import action_of, link, plan_of, rows_of_plan
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability, may
from caitien.web.ui.differences import differences

LABELS_OF_VALUES = {
    "responsible": "responsible", "collaborators": "collaborators", "content": "content", "weakness": "weakness",
    "period": "period", "measures": "measures", "expected_evidence": "expected_evidence", "progress": "progress_text",
    "resources": "budget", "result": "result", "note": "note", "objective": "objective", "cause": "cause",
    "current_state": "current_state", "indicators": "indicators", "criteria": "criteria",
}  # fmt: skip

PARTS = (
    (_lazy("Việc gì, vì sao"), ("criteria", "content", "current_state", "weakness", "cause", "objective")),
    (_lazy("Làm thế nào"), ("measures", "indicators", "expected_evidence")),
    (
        _lazy("Ai, khi nào, bằng gì"),
        ("responsible", "collaborators", "period", "budget", "funding_sources", "resources_text"),
    ),
    (_lazy("Đến đâu"), ("progress_status", "progress_percent", "progress_text", "result", "note")),
)
"""The fields of an action in the order in which an improvement is thought through."""

ALWAYS_SHOWN = ("criteria", "content", "responsible", "period", "progress_status")  # their being empty is news


@require_safe
@school_view(Capability.VIEW_PLAN)
def action(request: SchoolRequest, plan: UUID, action: UUID) -> HttpResponse:
    """Everything about one action."""
    found = plan_of(request, plan)
    actions = rows_of_plan(found)
    place = next((i for i, row in enumerate(actions) if row.pk == action), None)
    if place is None:
        raise Http404
    row = actions[place]
    today = timezone.localdate()
    findings = checked(found, actions, today).by_action().get(row.pk, [])
    return render(
        request,
        "plans/action.html",
        {
            **_action_context(request, found, row),
            "seen": rows_of([row], today, {row.pk: findings})[0],
            **_days(row, today),
            "criteria": criterion_titles(found.framework, row.criteria),
            "findings": findings,
            "entries": ProgressEntry.objects.for_school(request.school).filter(action=row).select_related("author"),
            "changes": changes_of(row),
            "alternatives": _alternatives(row),
            "before": actions[place - 1] if place else None,
            "after": actions[place + 1] if place + 1 < len(actions) else None,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.EDIT_PLAN)
def action_edit(request: SchoolRequest, plan: UUID, action: UUID) -> HttpResponse:
    """All fields of the action in one form; works without JavaScript."""
    return _edit(request, plan, action, list(FIELDS))


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.EDIT_PLAN)
def action_field(request: SchoolRequest, plan: UUID, action: UUID, field: str) -> HttpResponse:
    """One field: in place for htmx, a page of its own without JavaScript. `?xem` gives the field as it stands."""
    if field not in FIELDS:
        raise Http404
    if request.method != "POST" and request.htmx and "xem" in request.GET:
        found = plan_of(request, plan, years=False)
        row = action_of(request, found, action)
        return render(
            request, "plans/_field.html", {**_action_context(request, found, row), "field": shown_field(row, field)}
        )
    return _edit(request, plan, action, [field])


def shown_field(row: Action, name: str) -> dict[str, Any]:
    """A field of the action page: its name, label, and how its value is shown."""
    field = FIELDS[name]
    kind = name if name in ("period", "budget", "criteria", "progress_status", "progress_percent") else "text"
    value = getattr(row, field.columns[0])
    if kind == "text" and isinstance(value, list):
        kind = "people" if name in ("responsible", "collaborators") else "lines"
    empty = name not in ALWAYS_SHOWN and all(getattr(row, column) in (None, "", [], "none") for column in field.columns)
    return {"name": name, "label": field.label, "kind": kind, "value": value, "empty": empty}


def _edit(request: SchoolRequest, plan: UUID, key: UUID, names: list[str]) -> HttpResponse:
    found = plan_of(request, plan, years=not request.htmx)
    row = action_of(request, found, key)
    year = found.head.get("school_year")
    if request.method != "POST":
        form = ActionForm(names=names, base=row, year=year)
        return _form_page(request, found, row, form, names, row.version)
    version = int(sent) if (sent := request.POST.get("version", "")).isdigit() else row.version
    base = version_of(row, version)
    data = settled(request.POST, row)
    form = ActionForm(data, names=[name for name in names if name in data], base=base, year=year)
    if not form.is_valid():
        return _form_page(request, found, row, form, names, version, status=422)
    outcome = save_edit(request.school, row.pk, form.wanted(), base=base, user=request.user)
    if outcome.clashes:
        context = clash_context(found, outcome, data) | {"single": names[0] if len(names) == 1 else ""}
        template = "plans/_clash.html" if request.htmx else "plans/clash.html"
        return render(request, template, context, status=200 if request.htmx else 409)
    if request.htmx:
        return _saved_fragment(request, found, outcome.row, names[0], bool(outcome.changed))
    if outcome.changed:
        labels = ", ".join(str(FIELDS[name].label).lower() for name in outcome.changed)
        messages.success(
            request, _("Đã lưu %(time)s: %(fields)s.") % {"time": f"{timezone.localtime():%H:%M}", "fields": labels}
        )
    else:
        messages.info(request, _("Không có gì thay đổi."))
    return redirect(link("action", found, action=row.pk))


def _form_page(
    request: SchoolRequest, plan: Plan, row: Action, form: ActionForm, names: list[str], version: int, status: int = 200
) -> HttpResponse:
    context = {
        "plan": plan,
        "action": row,
        "form": form,
        "version": version,
        "groups": _groups(form),
        "single": names[0] if len(names) == 1 else "",
    }
    if request.htmx and len(names) == 1:
        context["label"] = FIELDS[names[0]].label
        return render(request, "plans/_field_form.html", context)  # 200 also for errors: htmx shows no other
    return render(request, "plans/action_edit.html", context, status=status)


def _saved_fragment(request: SchoolRequest, plan: Plan, row: Action, name: str, changed: bool) -> HttpResponse:
    """The field as it is now with the saved mark, and what else on the page follows from it (findings, history)."""
    row.plan, row.school = plan, request.school
    actions = [row if one.pk == row.pk else one for one in rows_of_plan(plan)]
    today = timezone.localdate()
    findings = checked(plan, actions, today).by_action().get(row.pk, [])
    context = {
        **_action_context(request, plan, row),
        "field": shown_field(row, name),
        "saved_at": timezone.localtime() if changed else None,
        "seen": rows_of([row], today)[0],
        **_days(row, today),
        "findings": findings,
        "changes": changes_of(row),
        "criteria": criterion_titles(plan.framework, row.criteria),
    }
    return render(request, "plans/_field_saved.html", context)


def _action_context(request: SchoolRequest, plan: Plan, row: Action) -> dict[str, Any]:
    role = request.membership.role
    return {
        "plan": plan,
        "action": row,
        "parts": _parts(row),
        "may_edit": may(role, Capability.EDIT_PLAN),
        "may_report": may(role, Capability.REPORT_PROGRESS),
    }


def _days(row: Action, today: date) -> dict[str, int | None]:
    """How many days are left, and how many it is late."""
    days = (row.ends_on - today).days if row.ends_on else None
    return {"days": days, "late": -days if days is not None and days < 0 else None}


def _parts(row: Action) -> list[tuple[str, list[dict[str, Any]]]]:
    """The fields of the action page, part by part."""
    return [(title, [shown_field(row, name) for name in names]) for title, names in PARTS]


def _groups(form: ActionForm) -> list[tuple[str, list[Any]]]:
    """The inputs of a form, in the parts of the action page; the dates of the period stand side by side in one."""
    groups = []
    for title, names in PARTS:
        inputs: list[Any] = []
        for name in names:
            if name in form.fields:
                inputs.append([form[name]])
                if name == "period":
                    inputs.append([form[date] for date in DATES_OF_PERIOD])
        if inputs:
            groups.append((title, inputs))
    return groups


def _alternatives(row: Action) -> list[dict[str, Any]]:
    """What duplicate rows of the file said instead, field by field, with what sets it apart from what stands."""
    found = []
    for raw in row.alternatives or []:
        other = Alternative.model_validate(raw)
        items = [_other_words(row, name, _said(value)) for name, value in other.values.items()]
        found.append({"reason": other.reason, "items": items, "page": other.provenance.page, "cells": other.cells})
    return found


def _other_words(row: Action, name: str, said: str) -> dict[str, Any]:
    """One field of a duplicate row: its label, its words cut up where they differ, and the words that stand now."""
    field = FIELDS[LABELS_OF_VALUES[name]] if name in LABELS_OF_VALUES else None
    now = "; ".join(field.shown(row).splitlines()) if field else ""
    parts = differences([said, now], items=name in ("responsible", "collaborators", "criteria"))[0]
    return {"label": field.label if field else name, "parts": parts, "now": now}


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_said(part) for part in value)
    if isinstance(value, dict):
        return str(value.get("text") or value.get("budget_text") or "; ".join(_said(v) for v in value.values() if v))
    return "" if value is None else str(value)
