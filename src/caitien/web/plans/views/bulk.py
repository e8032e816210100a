"""Many actions at once: another owner, deadline, status, criterion, source of money; taken out; moved up or down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_http_methods

from caitien.plan.text import fold
from caitien.web.plans.cell_words import PEOPLE, Refused, wanted_columns
from caitien.web.plans.editing import RowGone, change, move_action, new_batch, permitted, remove_actions
from caitien.web.plans.fields import FIELDS, STATUSES, Columns
from caitien.web.plans.models import Action, Plan
from caitien.web.plans.overview import owners, sources
from caitien.web.plans.table_columns import SET_TOGETHER
from caitien.web.plans.views.context import plan_of, rows_of_plan
from caitien.web.plans.views.table_rows import back_to_table, can_be_undone, wants_json
from caitien.web.plans.year_of_plan import year_of
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability

MODES = {
    "thay": gettext_lazy("Thay tất cả bằng"),
    "them": gettext_lazy("Thêm vào"),
    "doi": gettext_lazy("Chỉ thay người này"),
}
"""How names are given to actions that name somebody already."""


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.EDIT_PLAN)
def bulk(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """The chosen actions (`chon`) with what can be done with them (`viec`); does it when it is asked for."""
    found = plan_of(request, plan)
    actions = rows_of_plan(found)
    asked = request.POST if request.method == "POST" else request.GET
    keys = set(asked.getlist("chon"))
    rows = [row for row in actions if str(row.pk) in keys]
    task = request.POST.get("viec", "")
    if not rows or task not in TASKS:
        return _page(request, found, actions, rows)
    try:
        with transaction.atomic():
            batch = new_batch()
            said = TASKS[task](request, found, rows, batch)
    except Refused as refused:
        return _page(request, found, actions, rows, error=str(refused), status=422)
    if wants_json(request):
        return JsonResponse({"batch": str(batch), "say": said}, json_dumps_params={"ensure_ascii": False})
    can_be_undone(request, found, batch, said)
    return redirect(back_to_table(request, found))


def _change(request: SchoolRequest, plan: Plan, rows: list[Action], batch: UUID) -> str:
    """Gives the field `truong` the words `chu` in every row. Raises Refused when the words are none for it."""
    field, words, mode = (request.POST.get(name, "") for name in ("truong", "chu", "cach"))
    if field not in SET_TOGETHER:
        raise Refused(_("Hãy chọn cần sửa gì."))
    if field == "progress_status":
        words = request.POST.get("muc", "")
    elif not words.strip():  # a button pressed too early must not empty thirty actions
        raise Refused(_("Hãy ghi cần đặt thành gì. Muốn xóa chữ ở nhiều ô, hãy chọn các ô ở bảng rồi bấm phím Delete."))
    old = request.POST.get("nguoi_cu", "")
    if field in PEOPLE and mode == "doi" and not old:
        raise Refused(_("Hãy chọn người được thay."))
    year, kept, changed = year_of(plan), 0, 0
    for row in rows:
        try:
            wanted_columns(field, words, row, year)
        except Refused as refused:
            if field != "funding_sources" or not row.budget_lines:
                raise
            kept += 1
            last = refused
            continue
        try:
            outcome = change(
                request.school, row.pk, _how(field, words, mode, old, year), user=request.user,
                reason=gettext_noop("Sửa nhiều mục"), batch=batch,
            )  # fmt: skip
        except RowGone:
            continue
        changed += bool(outcome.changed)
    if kept and not changed:
        raise last
    said = _("Đã sửa “%(field)s” của %(n)s mục.") % {"field": FIELDS[field].label, "n": changed}
    return f"{said} {_('%s mục giữ nguyên vì có các khoản kinh phí riêng.') % kept}" if kept else said


def _how(field: str, words: str, mode: str, old: str, year: Any) -> Callable[[Action], Columns]:
    def columns(row: Action) -> Columns:
        new = wanted_columns(field, words, row, year)
        if field not in PEOPLE or mode not in ("them", "doi"):
            return new
        names, given = getattr(row, field), new[field]
        if mode == "them":
            return {field: list(dict.fromkeys([*names, *given]))}
        found = [name for one in names for name in (given if fold(one) == fold(old) else [one])]
        return {field: list(dict.fromkeys(found))}

    return columns


def _remove(request: SchoolRequest, plan: Plan, rows: list[Action], batch: UUID) -> str:
    taken = remove_actions(
        plan, [row.pk for row in rows], user=request.user, reason=gettext_noop("Bỏ mục"), batch=batch
    )
    return _("Đã bỏ %s mục khỏi kế hoạch.") % len(taken)


def _up(request: SchoolRequest, plan: Plan, rows: list[Action], batch: UUID) -> str:
    return _moved(request, plan, rows, batch, up=True)


def _down(request: SchoolRequest, plan: Plan, rows: list[Action], batch: UUID) -> str:
    return _moved(request, plan, rows, batch, up=False)


def _moved(request: SchoolRequest, plan: Plan, rows: list[Action], batch: UUID, *, up: bool) -> str:
    """Each chosen row passes its neighbour of the same standard; a block of chosen rows stays a block."""
    chosen = {row.pk for row in rows}
    moved = 0
    for key in [row.pk for row in (rows if up else rows[::-1])]:
        order = rows_of_plan(plan)
        row = next((one for one in order if one.pk == key), None)
        mates = [one.pk for one in order if row is not None and one.standard == row.standard]
        at = mates.index(key) if key in mates else -1
        neighbour = at - 1 if up else at + 1
        if row is None or not 0 <= neighbour < len(mates) or mates[neighbour] in chosen:
            continue
        keys = [one.pk for one in order if one.pk != key]
        place = keys.index(mates[neighbour]) - (1 if up else 0)
        after = keys[place] if place >= 0 else None
        moved += bool(
            move_action(plan, key, after=after, user=request.user, reason=gettext_noop("Đổi thứ tự"), batch=batch)
        )
    return _("Đã đổi chỗ %s mục.") % moved


TASKS: dict[str, Callable[[SchoolRequest, Plan, list[Action], UUID], str]] = {
    "sua": _change,
    "bo": _remove,
    "len": _up,
    "xuong": _down,
}


def _page(
    request: SchoolRequest, plan: Plan, actions: list[Action], rows: list[Action], error: str = "", status: int = 200
) -> HttpResponse:
    permitted(plan, content=False)
    names = sorted({name for row in rows for name in [*row.responsible, *row.collaborators]})
    context = {
        "plan": plan,
        "rows": rows,
        "asked": request.POST.get("asked", ""),
        "error": error,
        "sent": request.POST,
        "fields": [(name, FIELDS[name].label) for name in SET_TOGETHER],
        "modes": MODES.items(),
        "statuses": [(name, word) for name, word in STATUSES.items() if name != "overdue"],
        "names": names,
        "owners": owners(actions),
        "sources": sources(actions),
    }
    return render(request, "plans/bulk.html", context, status=status)
