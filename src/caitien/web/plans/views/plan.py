"""The plan page: where do we stand? And its JSON twin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from caitien.web.plans.filters import filter_options
from caitien.web.plans.findings import checked
from caitien.web.plans.forms_of_documents import FORMAT_WORDS, forms
from caitien.web.plans.frameworks import standard_titles
from caitien.web.plans.overview import ONLY, Choice, chosen, counts, grouped, rows_of
from caitien.web.plans.values import to_value
from caitien.web.plans.views.context import plan_of, rows_of_plan
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability, may


@require_safe
@school_view(Capability.VIEW_PLAN)
def plan(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Counts that are filters, then the actions by standard. htmx gets the table alone."""
    found = plan_of(request, plan)
    actions = rows_of_plan(found)
    findings = checked(found, actions, today := timezone.localdate())
    rows = rows_of(actions, today, findings.by_action())
    choice = Choice.from_query(request.GET)
    shown = chosen(rows, choice)
    context = {
        "plan": found,
        "counts": counts(rows),
        "filter": filter_options(found, actions, choice),
        "urls": {name: f"{request.path}?loc={name}" for name in ONLY},
        "active": {name: choice == Choice(only=name) for name in ONLY},
        "no_choice": not choice,
        "choice": choice,
        "shown": counts(shown),
        "columns": _columns(actions),
        "groups": grouped(shown, standard_titles(found.framework)),
        "findings": findings,
        "forms": forms(),
        "formats": FORMAT_WORDS,
        "may_edit": may(request.membership.role, Capability.EDIT_PLAN),
        "may_import": may(request.membership.role, Capability.IMPORT_DOCUMENT),
    }
    fragment = request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request
    response = render(request, "plans/_table_and_chips.html" if fragment else "plans/plan.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _columns(actions: Sequence[Any]) -> dict[str, Any]:
    money = any(row.budget_vnd is not None or row.budget_text for row in actions)
    evidence = any(row.expected_evidence for row in actions)
    return {"money": money, "evidence": evidence, "count": 5 + money + evidence}


@require_safe
@school_view(Capability.VIEW_PLAN)
def plan_json(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """The plan value (`caitien.plan/1`), the same that `caitien read --format json` prints."""
    found = plan_of(request, plan, years=False)
    value = to_value(found, rows_of_plan(found))
    return JsonResponse(value.to_dict(), json_dumps_params={"ensure_ascii": False})
