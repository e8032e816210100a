"""Cập nhật tiến độ: what did I do? Made for a phone in one hand, with photographs, over a weak network."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from caitien.web.plans import photos
from caitien.web.plans.editing import permitted
from caitien.web.plans.forms import ProgressForm
from caitien.web.plans.models import Action, Plan
from caitien.web.plans.reporting import report
from caitien.web.plans.views.context import action_of, link, plan_of
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability

log = logging.getLogger(__name__)
MEGABYTE = 1024 * 1024


def _bounded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuses a report that is too heavy by what its head says, before a byte of it is read."""

    @wraps(view)
    def inner(request: SchoolRequest, plan: UUID, action: UUID) -> HttpResponse:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if request.method == "POST" and length > photos.MOST_ALL_BYTES:
            found = plan_of(request, plan)
            row = action_of(request, found, action)
            form = ProgressForm(initial=_initial(row))
            return _page(request, found, row, form, refusal=_too_heavy(length), status=413)
        return view(request, plan, action)

    return inner


@csrf_exempt  # checked within: the check would read the whole body before its size is judged
@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.REPORT_PROGRESS)
@_bounded
@csrf_protect
def progress(request: SchoolRequest, plan: UUID, action: UUID) -> HttpResponse:
    """A report: kept as an entry for ever, and shown as the action's progress until the next one."""
    found = plan_of(request, plan)
    row = action_of(request, found, action)
    permitted(found, content=False)
    if request.method != "POST":
        return _page(request, found, row, ProgressForm(initial=_initial(row, request.GET.get("muc", ""))))
    form = ProgressForm(request.POST, initial=_initial(row))
    refusal, pictures = "", []
    try:
        pictures = photos.prepare([file for file in request.FILES.getlist("photos") if file])
    except photos.BadPhoto as bad:
        refusal = str(bad)
    if not form.is_valid() or refusal:
        return _page(request, found, row, form, refusal=refusal, status=422)
    sent = form.cleaned_data
    try:
        report(
            row,
            key=sent["key"],
            user=request.user,
            status=sent["status"],
            on=sent["on"],
            percent=sent["percent"],
            text=sent["text"],
            pictures=pictures,
        )
    except OSError:
        log.exception("a report could not be stored")
        refusal = _(
            "Máy chủ không lưu được, có lẽ đã hết chỗ trên đĩa. Chữ đã gõ vẫn còn: hãy gửi lại không kèm ảnh, và báo người quản trị."
        )
        return _page(request, found, row, form, refusal=refusal, status=507)
    messages.success(request, _("Đã ghi tiến độ."))
    to = _whence(request, found, request.POST.get("ve", "")) or link("action", found, action=row.pk)
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    return redirect(to)


def _initial(row: Action, asked: str = "") -> dict[str, Any]:
    """What the form says at first. `asked`: the status that a card of the board was to be changed to."""
    known = (one for one in (asked, row.progress_status) if one in ProgressForm.REPORTED)
    status = next(known, "in_progress")
    return {"status": status, "percent": row.progress_percent}


def _page(
    request: SchoolRequest, plan: Plan, row: Action, form: ProgressForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    came_from = form.data.get("ve") if form.is_bound else ""  # a body that is too heavy is not read
    context = {
        "plan": plan,
        "action": row,
        "form": form,
        "back": _whence(request, plan, came_from or request.headers.get("Referer", "")),
        "refusal": refusal,
        "most_photos": photos.MOST_PHOTOS,
        "most_bytes": photos.MOST_BYTES,
        "most_mb": photos.MOST_BYTES // MEGABYTE,
    }
    if request.htmx and request.method == "POST":
        return render(request, "plans/_progress_form.html", context)  # 200: htmx puts it where the form stood
    return render(request, "plans/progress.html", context, status=status)


def _whence(request: SchoolRequest, plan: Plan, given: str) -> str:
    """The board of this plan or "Việc của tôi", with what was filtered there, when one came from it; "" for any other."""
    try:
        parts = urlsplit(given)
    except ValueError:  # "http://[" is no address
        return ""
    if parts.netloc not in ("", request.get_host()) or parts.path not in (
        link("board", plan),
        reverse("reminders:my_work"),
    ):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _too_heavy(length: int) -> str:
    return _("Các ảnh nặng tất cả %(size)s MB, vượt mức %(most)s MB. Hãy bỏ bớt ảnh, hoặc gửi làm nhiều lần.") % {
        "size": length // MEGABYTE,
        "most": photos.MOST_ALL_BYTES // MEGABYTE,
    }
