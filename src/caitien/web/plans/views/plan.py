"""The plan page: where do we stand? The table that is used every day; and its JSON twin."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from caitien.web.plans.fields import FIELDS
from caitien.web.plans.filters import filter_options
from caitien.web.plans.findings import checked
from caitien.web.plans.forms_of_documents import FORMAT_WORDS, forms
from caitien.web.plans.frameworks import standard_titles
from caitien.web.plans.life import returned
from caitien.web.plans.models import Plan
from caitien.web.plans.overview import ONLY, Choice, Group, Row, chosen, counts, grouped, rows_of
from caitien.web.plans.table_cells import NOBODY, Table
from caitien.web.plans.table_columns import COLUMNS, SET_TOGETHER, Column, chosen_columns, in_order, read_order
from caitien.web.plans.values import to_value
from caitien.web.plans.views.context import link, plan_of, rows_of_plan
from caitien.web.plans.views.grid import Editing, editing_of, grid_data
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability, may

COLUMNS_COOKIE = "caitien-cot"
A_YEAR = 365 * 24 * 3600


@require_safe
@school_view(Capability.VIEW_PLAN)
def plan(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Counts that are filters, then the actions by standard, or in the order asked for. htmx gets the table alone."""
    found = plan_of(request, plan)
    actions = rows_of_plan(found)
    findings = checked(found, actions, today := timezone.localdate())
    rows = rows_of(actions, today, findings.by_action())
    choice = Choice.from_query(request.GET)
    editing = editing_of(request, found)
    table = table_of(request, found, actions, editing)
    order = read_order(request.GET.get("xep", ""))
    new = request.GET.get("moi", "")
    shown = _with_new(chosen(rows, choice), rows, new)
    kept = kept_of(request)
    total = counts(rows)
    context = {
        "plan": found,
        "counts": total,
        "chips": chips(request, choice, request.path),
        "filter": filter_options(found, actions, choice),
        "filter_also": list(kept.items()),
        "choice": choice,
        "shown": counts(shown),
        "headers": _headers(request, table.columns, order, editing),
        "totals": _totals(table, counts(shown)),
        "order": order[0] if order else None,
        "unsorted": f"{request.path}?{urlencode(choice.query())}",
        "groups": _bodies(table, shown, order, standard_titles(found.framework)),
        "column_count": len(table.columns) + table.picks,
        "all_columns": [(column, column in table.columns) for column in COLUMNS.values()],
        "asked": request.GET.urlencode(),
        "editing": editing,
        "bulk_fields": [(name, FIELDS[name].label) for name in SET_TOGETHER],
        "grid": grid_data(request, found, editing) if editing.mode else {},
        "findings": findings,
        "forms": forms(),
        "formats": FORMAT_WORDS,
        "may_edit": may(request.membership.role, Capability.EDIT_PLAN),
        "returned": returned(found) if may(request.membership.role, Capability.SUBMIT_PLAN) else None,
        "may_approve": may(request.membership.role, Capability.APPROVE_PLAN),
        "may_import": may(request.membership.role, Capability.IMPORT_DOCUMENT),
    }
    fragment = request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request
    response = render(request, "plans/_table_and_chips.html" if fragment else "plans/plan.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_POST
@school_view(Capability.VIEW_PLAN)
def columns(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Remembers the columns that this reader wants to see, and shows them at an address that can be sent."""
    found = plan_of(request, plan, years=False)
    wanted = [key for key in COLUMNS if key in request.POST.getlist("cot")]
    asked = request.POST.get("asked", "")[:2000]
    from django.http import QueryDict

    address = QueryDict(asked, mutable=True)
    address.pop("cot", None)
    if wanted:
        address["cot"] = ",".join(wanted)
    response = redirect(link("plan", found) + (f"?{address.urlencode(safe=',')}" if address else ""))
    if wanted:
        response.set_cookie(
            COLUMNS_COOKIE, ".".join(wanted), max_age=A_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    else:
        response.delete_cookie(COLUMNS_COOKIE, samesite="Lax")
    return response


@require_safe
@school_view(Capability.VIEW_PLAN)
def plan_json(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """The plan value (`caitien.plan/1`), the same that `caitien read --format json` prints."""
    found = plan_of(request, plan, years=False)
    value = to_value(found, rows_of_plan(found))
    return JsonResponse(value.to_dict(), json_dumps_params={"ensure_ascii": False})


def table_of(request: SchoolRequest, plan: Plan, actions: list[Any], editing: Editing) -> Table:
    """The table as this reader asked for it: in the address, else as she left it."""
    remembered = request.COOKIES.get(COLUMNS_COOKIE, "").replace(".", ",")
    seen = chosen_columns(request.GET.getlist("cot"), remembered, actions, edits=editing.mode == "all")
    return Table(seen, link("action", plan, action=UUID(NOBODY)), picks=editing.mode == "all")


def chips(request: SchoolRequest, choice: Choice, path: str) -> dict[str, Any]:
    """Addresses of the counts at the top, which of them is chosen. Columns and order stay as they are."""
    kept = kept_of(request)
    return {
        "here": _address(path, kept),
        "urls": {name: _address(path, {"loc": name, **kept}) for name in ONLY},
        "active": {name: choice == Choice(only=name) for name in ONLY},
        "none": not choice,
    }


def kept_of(request: SchoolRequest) -> dict[str, str]:
    """What of the address is no filter, and goes along with every filter: columns and order."""
    return {name: value for name in ("cot", "xep") if (value := ",".join(request.GET.getlist(name))[:400])}


def _address(path: str, asked: dict[str, str]) -> str:
    return f"{path}?{urlencode(asked, safe=',')}" if asked else path


def _with_new(shown: list[Row], rows: list[Row], new: str) -> list[Row]:
    """A row that was just added is seen though it fits no filter: it is empty still."""
    keys = {row.action.pk for row in shown}
    return [row for row in rows if row.action.pk in keys or str(row.action.pk) == new] if new else shown


def _bodies(table: Table, shown: list[Row], order: Any, titles: dict[str, str]) -> list[dict[str, Any]]:
    """The rows as HTML, by standard; in one body without bands when they are sorted by a column."""
    groups = [Group("", "", in_order(shown, order))] if order and shown else grouped(shown, titles)
    return [
        {
            "code": group.code,
            "title": group.title,
            "count": len(group.rows),
            "rows": [table.row(row) for row in group.rows],
        }
        for group in groups
    ]


def _headers(request: SchoolRequest, seen: Any, order: tuple[Column, bool] | None, editing: Editing) -> list[Any]:
    asked = request.GET.copy()
    asked.pop("moi", None)
    found = []
    for column in seen:
        sorted_by, down = (True, order[1]) if order and order[0] is column else (False, False)
        asked["xep"] = f"-{column.key}" if sorted_by and not down else column.key
        found.append(
            {
                "column": column,
                "url": f"?{asked.urlencode(safe=',')}",
                "sort": ("descending" if down else "ascending") if sorted_by else "",
                "editable": editing.may_edit(column.field),
            }
        )
    return found


def _totals(table: Table, shown: Any) -> list[tuple[Column, int | None]] | None:
    """The sums under the columns of money; None when there is nothing to add."""
    sums = {"kinhphi": shown.budget_vnd, "dachi": shown.spent_vnd}
    if not any(sums.get(column.key) is not None for column in table.columns):
        return None
    return [(column, sums.get(column.key)) for column in table.columns]
