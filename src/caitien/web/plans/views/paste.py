"""Dán từ Excel hoặc Word: a block from the clipboard is shown as the rows it will be, and becomes actions of the plan.

POST with `html` and `text` (what the clipboard holds; either may be empty) shows the preview, from wherever it comes: the grid
of the plan page posts here when rows are pasted below its last one, with `sau` (the action after which they go) if it likes.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import OperationalError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_http_methods

from caitien.errors import ReadingError
from caitien.web.plans.editing import create_actions, permitted
from caitien.web.plans.models import Action, Plan
from caitien.web.plans.pasting import Preview, preview, to_create
from caitien.web.plans.pasting_asked import Asked, asked_of
from caitien.web.plans.states import PlanLocked
from caitien.web.plans.views.context import link, plan_of, rows_of_plan
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.people import Directory
from caitien.web.schools.roles import Capability


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.EDIT_PLAN)
def paste(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """GET: where to paste. POST: the preview; with `viec=dua-vao` the chosen rows are created, as one batch."""
    found = plan_of(request, plan)
    if request.method != "POST":
        permitted(found, content=True)
        return _page(request, found, Asked(after=request.GET.get("sau", "")[:36]))
    asked = asked_of(request.POST)
    if request.POST.get("viec") == "dua-vao" and _is_in(
        request, found, asked
    ):  # sent twice: its rows are no others' twins
        messages.info(request, _("Các mục này đã được đưa vào kế hoạch rồi, nên không đưa thêm lần nữa."))
        return redirect(f"{link('plan', found)}?lo={asked.batch}")
    actions = rows_of_plan(found)
    year = found.year.name if found.year else None
    try:
        people = Directory.of(request.school)
        shown = preview(asked, school_year=year, actions=actions, people=people, framework=found.framework)
    except ReadingError as refused:
        return _page(request, found, asked, refusal=str(refused), status=422)
    if request.POST.get("viec") != "dua-vao":
        return _preview(request, found, shown, actions)
    if not shown.chosen:
        return _preview(request, found, shown, actions, problem=_("Chưa chọn mục nào: hãy đánh dấu ít nhất một mục để đưa vào kế hoạch."), status=422)  # fmt: skip
    try:
        made = _create(request, found, shown, actions)
    except PlanLocked as locked:
        return _preview(request, found, shown, actions, problem=str(locked), status=409)
    except OperationalError:
        said = _("Máy chủ chưa ghi được (hết chỗ chứa hoặc đang bận). Chưa có gì được đưa vào kế hoạch; khối vừa dán vẫn còn ở trang này, hãy thử lại sau ít phút.")  # fmt: skip
        return _preview(request, found, shown, actions, problem=said, status=503)
    if made:
        said = ngettext("Đã đưa %(n)d mục vào kế hoạch.", "Đã đưa %(n)d mục vào kế hoạch.", len(made)) % {"n": len(made)}  # fmt: skip
        messages.success(request, said)
    else:
        messages.info(request, _("Các mục này đã được đưa vào kế hoạch rồi, nên không đưa thêm lần nữa."))
    return redirect(f"{link('plan', found)}?lo={asked.batch}")


def _create(request: SchoolRequest, plan: Plan, shown: Preview, actions: list[Action]) -> list[Action]:
    """The new actions; none when this very form was sent before (two clicks, a page sent again)."""
    after = next((action for action in actions if str(action.pk) == shown.asked.after), None)
    batch = shown.asked.batch
    with transaction.atomic():
        Plan.objects.select_for_update().get(school=request.school, pk=plan.pk)
        if _is_in(request, plan, shown.asked):
            return []
        return create_actions(
            plan,
            to_create(shown, actions),
            after=after,
            user=request.user,
            reason=gettext_noop("Dán từ Excel, Word"),
            batch=batch,
        )


def _is_in(request: SchoolRequest, plan: Plan, asked: Asked) -> bool:
    """Whether this very block was put into the plan before."""
    return bool(Action.history.filter(school=request.school, plan=plan, batch=asked.batch).exists())


def _page(request: SchoolRequest, plan: Plan, asked: Asked, *, refusal: str = "", status: int = 200) -> HttpResponse:
    context = {"plan": plan, "asked": asked, "refusal": refusal}
    response = render(request, "plans/paste.html", context, status=status)
    if request.htmx:  # the preview stands there: the whole page takes its place
        response["HX-Retarget"], response["HX-Reswap"] = "body", "outerHTML"
    return response


def _preview(
    request: SchoolRequest, plan: Plan, shown: Preview, actions: list[Action], *, problem: str = "", status: int = 200
) -> HttpResponse:
    headers: dict[str, str] = {}
    for line in shown.lines:
        headers |= {cell.field: cell.label for cell in line.cells if not cell.spare and cell.field not in headers}
    context: dict[str, Any] = {
        "plan": plan,
        "shown": shown,
        "headers": headers,
        "table": [(line, [_of(line, name) for name in headers]) for line in shown.lines],
        "places": [(str(action.pk), str(action)[:90]) for action in actions],
        "problem": problem,
        "hints": [f for f in shown.pasted.findings if f.severity == "hint"],
        "problems": [f for f in shown.pasted.findings if f.severity != "hint"],
        "doubtful": shown.doubtful,
    }
    template = "plans/_paste_preview.html" if request.htmx else "plans/paste_preview.html"
    return render(request, template, context, status=status)


def _of(line: Any, name: str) -> Any:
    return next((cell for cell in line.cells if cell.field == name and not cell.spare), None)
