"""Rows of the table, for the grid's script: an empty one in place, one that is moved. Without script: `one_row.py`, `bulk.py`."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from caitien.web.plans.editing import create_actions, move_action, new_batch
from caitien.web.plans.models import Action, Plan
from caitien.web.plans.views.context import link, plan_of, rows_of_plan
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability

UNDO = (
    "undo "  # begins the extra tags of a message that can be taken back; the address follows (components/messages.html)
)


@require_POST
@school_view(Capability.EDIT_PLAN)
def add(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """An empty row below `after`, with its criteria. `key`: made by the script, so that asking twice makes one row."""
    found = plan_of(request, plan, years=False)
    sent = sent_words(request)
    key, after = _key(sent.get("key")), _row(found, sent.get("after"))
    mine = Action.everything.for_school(request.school).filter(plan=found, pk=key)
    if key and mine.exists():
        return JsonResponse({"key": str(key), "batch": None})
    columns: dict[str, Any] = {"criteria": after.criteria if after else []}
    batch = new_batch()

    def made(columns: dict[str, Any]) -> Action:
        return create_actions(
            found, [columns], after=after, user=request.user, reason=gettext_noop("Thêm mục"), batch=batch
        )[0]

    try:
        row = made(columns | {"id": key} if key else columns)
    except IntegrityError:
        if mine.exists():  # asked twice at one moment
            return JsonResponse({"key": str(key), "batch": None})
        row = made(columns)  # somebody else's row has that key
    return JsonResponse({"key": str(row.pk), "batch": str(batch)}, status=201)


@require_POST
@school_view(Capability.EDIT_PLAN)
def move(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Puts the row `muc` below `sau`, or above `truoc`."""
    found = plan_of(request, plan, years=False)
    sent = sent_words(request)
    row, below, above = (_key(sent.get(name)) for name in ("muc", "sau", "truoc"))
    if below is None and above is not None:
        keys = [one.pk for one in rows_of_plan(found) if one.pk != row]
        place = keys.index(above) if above in keys else -1
        below = keys[place - 1] if place > 0 else None
        row = row if place >= 0 else None
    batch = new_batch()
    moved = row and move_action(
        found, row, after=below, user=request.user, reason=gettext_noop("Đổi thứ tự"), batch=batch
    )
    gone = _("Mục này không còn trong kế hoạch.")
    if wants_json(request):
        if not moved:
            return JsonResponse({"error": gone}, status=404)
        return JsonResponse({"batch": str(batch), "v": moved.version})
    if moved:
        can_be_undone(request, found, batch, _("Đã đổi chỗ một mục."))
    else:
        messages.error(request, gone)
    return redirect(link("plan", found))


def can_be_undone(request: SchoolRequest, plan: Plan, batch: UUID, said: str) -> None:
    """A message with the button that takes back what was done."""
    messages.success(request, said, extra_tags=f"{UNDO}{link('undo_batch', plan, batch=batch)}")


def wants_json(request: SchoolRequest) -> bool:
    """Whether the grid's script asks."""
    return "application/json" in request.headers.get("Accept", "")


def sent_words(request: SchoolRequest) -> dict[str, Any]:
    """What was sent, as a form or as JSON; nothing of what is neither."""
    if not request.headers.get("Content-Type", "").startswith("application/json"):
        return dict(request.POST.items())
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return sent if isinstance(sent, dict) else {}


def back_to_table(request: SchoolRequest, plan: Plan) -> str:
    """The table as it was seen before: its filters came along as `asked`."""
    address = QueryDict(request.POST.get("asked", "")[:2000], mutable=True)
    address.pop("moi", None)
    return link("plan", plan) + (f"?{address.urlencode(safe=',')}" if address else "")


def _row(plan: Plan, text: Any) -> Action | None:
    key = _key(text)
    return Action.objects.for_school(plan.school_id).filter(plan=plan, pk=key).first() if key else None


def _key(text: Any) -> UUID | None:
    try:
        return UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None
