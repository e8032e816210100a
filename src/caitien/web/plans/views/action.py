"""One action: what is it, who does it, how far? And changing it, field by field or all at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from caitien.plan.text import sort_key
from caitien.web.plans import action_page
from caitien.web.plans.alternatives import alternatives_of
from caitien.web.plans.editing import permitted, save_edit, version_of
from caitien.web.plans.fields import ADDED, FIELDS
from caitien.web.plans.findings import checked
from caitien.web.plans.forms import DATES_OF_PERIOD, ActionForm
from caitien.web.plans.frameworks import criterion_titles
from caitien.web.plans.involved import PARTS as PEOPLE
from caitien.web.plans.models import Action, Plan
from caitien.web.plans.overview import rows_of
from caitien.web.plans.views.action_shown import (
    LISTS,
    REPORTED_FIELDS,
    action_context,
    days_of,
    history_context,
    part_context,
    shown_field,
)
from caitien.web.plans.views.clash import clash_context, settled
from caitien.web.plans.views.context import action_of, link, locked, plan_of, rows_of_plan
from caitien.web.plans.year_of_plan import year_of
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.models import Person
from caitien.web.schools.roles import Capability, may
from caitien.web.sent import whole

PARTS = (
    (_lazy("Việc gì, vì sao"), ("criteria", "content", "current_state", "weakness", "cause", "objective")),
    (_lazy("Làm thế nào"), ("measures", "indicators", "expected_evidence")),
    (
        _lazy("Ai, khi nào, bằng gì"),
        ("responsible", "collaborators", "period", "budget", "funding_sources", "resources_text"),
    ),
    (_lazy("Đến đâu"), ("progress_status", "progress_percent", "progress_text", "result", "note")),
)
"""The fields of an action in the order in which an improvement is thought through: the form of all of them."""


@require_safe
@school_view(Capability.VIEW_PLAN)
def action(request: SchoolRequest, plan: UUID, action: UUID) -> HttpResponse:
    """Everything about one action."""
    found = plan_of(request, plan)
    among = action_page.neighbours_of(found, action)
    if among is None:
        return _gone(request, found, action)
    row, today = among.row, timezone.localdate()
    findings = checked(found, among.rows, today).by_action().get(row.pk, [])
    entries, more_entries = action_page.entries_of(row, all_of_it="bao-cao" in request.GET)
    comments, more_comments = action_page.comments_of(row, all_of_it="loi-truoc" in request.GET)
    context = action_context(request, found, row)
    context["panels"]["far"] = [one for one in context["panels"]["far"] if not said_by_newest(one, entries)]
    return render(
        request,
        "plans/action.html",
        {
            **context,
            "seen": rows_of([row], today, {row.pk: findings})[0],
            **days_of(row, today),
            "criteria": criterion_titles(found.framework, row.criteria),
            "findings": findings,
            "entries": entries,
            "more_entries": more_entries and "bao-cao" not in request.GET,
            "comments": comments,
            "more_comments": more_comments and "loi-truoc" not in request.GET,
            **history_context(row, all_of_it="lich-su" in request.GET),
            "alternatives": alternatives_of(row),
            "among": among,
            "issue": row.issue if row.issue_id else None,
            **_linked(request, among),
        },
    )


def _gone(request: SchoolRequest, plan: Plan, key: UUID) -> HttpResponse:
    """An action that was taken out of the plan: by whom, when, and the button that brings it back. Http404 for any other."""
    row = Action.everything.for_school(request.school).filter(plan=plan, pk=key).first()
    if row is None:
        raise Http404
    last = Action.history.filter(id=key, school_id=request.school.pk).select_related("history_user").latest()
    may_restore = may(request.membership.role, Capability.EDIT_PLAN) and not locked(plan) and last.batch
    context = {"plan": plan, "action": row, "last": last, "may_restore": may_restore}
    return render(request, "plans/action_gone.html", context, status=410)


def said_by_newest(field: dict[str, Any], entries: list[action_page.Entry]) -> bool:
    """Whether a field of progress says nothing but what the newest report says, which stands right below it."""
    said = {"progress_status": "status", "progress_percent": "percent", "progress_text": "text"}.get(field["name"])
    return bool(entries and said and getattr(entries[0].entry, said) == field["value"])


def _linked(request: SchoolRequest, among: action_page.Neighbours) -> dict[str, Any]:
    """The action of last year and those of the next, each with the name of its year."""
    years = {one["plan"].pk: one for one in request.plan_years}  # type: ignore[attr-defined]

    def named(row: Action) -> dict[str, Any]:
        of = years.get(row.plan_id)
        if of:
            row.plan = of["plan"]
        return {"row": row, "year": of["label"] if of else ""}

    if among.continued is not None:
        among.row.continues = among.continued
    return {
        "continued": named(among.continued) if among.continued is not None else None,
        "continued_by": [named(one) for one in among.continued_by],
    }


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
        context = {**action_context(request, found, row), "field": shown_field(row, field)}
        return render(request, "plans/_field.html", context)
    return _edit(request, plan, action, [field])


def _edit(request: SchoolRequest, plan: UUID, key: UUID, names: list[str]) -> HttpResponse:
    found = plan_of(request, plan, years=not request.htmx)
    row = action_of(request, found, key)
    year = year_of(found)
    if request.method != "POST":
        form = ActionForm(names=_editable(found, row, names), base=row, year=year)
        return _form_page(request, found, row, form, names, row.version)
    version = whole(request.POST.get("version"), row.version)
    base = version_of(row, version)
    data = settled(request.POST, row)
    form = ActionForm(data, names=[name for name in names if name in data], base=base, year=year)
    if not form.is_valid():
        return _form_page(request, found, row, form, names, version, status=422)
    wanted = form.wanted()
    outcome = save_edit(request.school, row.pk, wanted, base=base, user=request.user)
    if outcome.clashes:
        context = clash_context(found, outcome, data, wanted) | {"single": names[0] if len(names) == 1 else ""}
        template = "plans/_clash.html" if request.htmx else "plans/clash.html"
        return render(request, template, context, status=200 if request.htmx else 409)
    if request.htmx:
        return _saved_field(request, found, outcome.row, names[0], bool(outcome.changed))
    if outcome.changed:
        labels = ", ".join(str(FIELDS[name].label).lower() for name in outcome.changed)
        messages.success(
            request, _("Đã lưu %(time)s: %(fields)s.") % {"time": f"{timezone.localtime():%H:%M}", "fields": labels}
        )
    else:
        messages.info(request, _("Không có gì thay đổi."))
    return redirect(link("action", found, action=row.pk))


def _editable(plan: Plan, row: Action, names: list[str]) -> list[str]:
    """Of these fields, those that can be written now. Raises PlanLocked when none of them can."""
    if locked(plan):
        names = [name for name in names if name in REPORTED_FIELDS]
        permitted(plan, content=not names)
    if row.budget_lines and len(names) > 1:
        names = [name for name in names if name not in ("budget", "funding_sources")]  # they follow from the lines
    return names


def _form_page(
    request: SchoolRequest, plan: Plan, row: Action, form: ActionForm, names: list[str], version: int, status: int = 200
) -> HttpResponse:
    context = {
        "plan": plan,
        "action": row,
        "form": form,
        "version": version,
        "groups": groups_of(form),
        "single": names[0] if len(names) == 1 else "",
        "is_list": names[0] in LISTS,
        "locked": locked(plan),
        "suggested": suggested(request.school, form),
    }
    if request.htmx and len(names) == 1:
        context["label"] = FIELDS[names[0]].label
        return render(request, "plans/_field_form.html", context)  # 200 also for errors: htmx shows no other
    return render(request, "plans/action_edit.html", context, status=status)


def suggested(school: Any, form: ActionForm) -> dict[str, list[str]]:
    """Names of the school for the inputs of people in a form; none when it has no such input (no query then)."""
    if not any(name in PEOPLE for name in form.names):
        return {}
    return {"people": people_to_choose(school)}


def people_to_choose(school: Any) -> list[str]:
    """Everybody and every group of the school who is still here, as plans write them, in Vietnamese order (one query)."""
    here = Person.objects.for_school(school).filter(merged_into=None, left_on=None)
    return sorted((str(person) for person in here), key=sort_key)


def _saved_field(request: SchoolRequest, plan: Plan, row: Action, name: str, changed: bool) -> HttpResponse:
    """The field as it is now with the saved mark, and what else on the page follows from it."""
    row.plan, row.school = plan, request.school
    actions = [row if one.pk == row.pk else one for one in rows_of_plan(plan)]
    findings = checked(plan, actions, timezone.localdate()).by_action().get(row.pk, [])
    context = {
        **part_context(request, plan, row),
        "field": shown_field(row, name),
        "saved_at": timezone.localtime() if changed else None,
        "findings": findings,
        "criteria": criterion_titles(plan.framework, row.criteria),
    }
    return render(request, "plans/_field_saved.html", context)


def groups_of(form: ActionForm) -> list[tuple[str, list[Any]]]:
    """The inputs of a form, in the parts of the action page; the dates of the period stand side by side in one."""
    groups = []
    for title, names in PARTS:
        inputs: list[Any] = []
        for name in names:
            if name in form.fields:
                inputs.append([form[name]])
                if name + ADDED in form.fields:
                    inputs.append([form[name + ADDED]])
                if name == "period":
                    inputs.append([form[date] for date in DATES_OF_PERIOD])
        if inputs:
            groups.append((title, inputs))
    return groups
