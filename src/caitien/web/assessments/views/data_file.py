"""The tables of school data as one Excel file, and such a file filled in and brought back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from caitien.errors import ReadingError
from caitien.web.assessments.editing import address
from caitien.web.assessments.models import Assessment
from caitien.web.assessments.school_data import SchoolData, of
from caitien.web.assessments.school_data_workbook import MOST_BYTES, Taken, decided, opened, sealed, take, workbook
from caitien.web.assessments.school_data_writing import Key, why_locked, write
from caitien.web.assessments.views.context import assessment_of
from caitien.web.assessments.views.data_said import said
from caitien.web.plans.forms_of_documents import attachment
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability
from caitien.web.sent import whole

log = logging.getLogger(__name__)

FORM_OVERHEAD = 64 * 1024  # bytes of a form around its file
MEGABYTE = 1024 * 1024
CHOICE = "o|"  # names of answers to clashes


@require_safe
@school_view(Capability.VIEW_ASSESSMENT)
def data_workbook(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """All tables, to be filled in with Excel."""
    found = assessment_of(request, assessment)
    known = of(found)
    if known.form is None:
        raise Http404
    return attachment(workbook(known), f"so-lieu-{known.year}.xlsx", "xlsx")


def _bounded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuses a body that is too large by what its head says, before a byte of it is read."""

    @wraps(view)
    def inner(request: SchoolRequest, assessment: UUID) -> HttpResponse:
        length = whole(request.META.get("CONTENT_LENGTH"), 0)
        if request.method == "POST" and length > MOST_BYTES + FORM_OVERHEAD:
            return _asked(request, assessment_of(request, assessment), too_large(length))
        return view(request, assessment)

    return inner


@csrf_exempt  # checked within: the check would read the whole body before its size is judged
@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.WRITE_ASSESSMENT)
@_bounded
@csrf_protect
def take_in(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """GET: asks for the file. POST with a file: what it would change, nothing is stored. POST "dua-vao": stores it."""
    found = assessment_of(request, assessment)
    if locked := why_locked(found):
        raise locked
    known = of(found)
    if known.form is None:
        raise Http404
    if request.method != "POST":
        return _asked(request, found)
    if "read" in request.POST:
        return _accepted(request, known)
    file = request.FILES.get("file")
    if file is None:
        return _asked(request, found, _("Chưa chọn tệp. Hãy chọn tệp Excel đã tải từ đây và đã ghi số."))
    if file.size > MOST_BYTES:
        return _asked(request, found, too_large(file.size))
    try:
        taken = take(known, (file.name or "")[-200:], file.read())
    except ReadingError as error:
        if error.code in ("crashed", "too_much_memory"):
            log.error("reading a workbook of school data stopped: %s", error.code)
        return _asked(request, found, str(error))
    return _preview(request, known, taken)


def too_large(size: int) -> str:
    """The sentence for a file that no workbook of ours is."""
    return _("Tệp có %(size)s MB, quá lớn đối với tệp số liệu (nhiều nhất %(most)s MB). Hãy xóa hình, trang thừa rồi gửi lại.") % {
        "size": max(1, round(size / MEGABYTE)), "most": MOST_BYTES // MEGABYTE
    }  # fmt: skip


def _accepted(request: SchoolRequest, known: SchoolData) -> HttpResponse:
    taken = opened(request.POST.get("read", ""), known)
    if taken is None:
        return _asked(request, known.assessment, _("Bản xem trước này không còn dùng được. Hãy chọn lại tệp."))
    answers: dict[Key, str] = {}
    for name, value in request.POST.items():
        parts = name.removeprefix(CHOICE).split("|")
        if name.startswith(CHOICE) and len(parts) == 3:
            answers[parts[0], parts[1], parts[2]] = value
    settled = decided(taken, answers)
    if settled is None:
        wrong = _("Có ô mà cả tệp và trang web cùng sửa: hãy chọn số nào được giữ ở từng ô.")
        return _preview(request, known, taken, status=422, wrong=wrong, answers=answers)
    done = write(
        known.assessment,
        settled.base,
        settled.mine,
        user=request.user,
        reason=gettext_noop("Nhập từ tệp Excel"),
        all_or_nothing=True,
    )
    if done.clashes:  # somebody wrote between the look and the writing
        again = opened(request.POST.get("read", ""), of(known.assessment))
        if again is not None:
            wrong = _("Trong lúc bạn xem, người khác vừa ghi thêm số. Hãy chọn số nào được giữ.")
            return _preview(request, known, again, status=422, wrong=wrong, answers=answers)
    n = len(done.changed)
    messages.success(request, _("Đã đưa vào %(n)s ô.") % {"n": n} if n else _("Tệp không có gì khác với số đang có."))
    return redirect(address(known.assessment, "data"))


def _asked(request: SchoolRequest, assessment: Assessment, wrong: str = "") -> HttpResponse:
    context = {"assessment": assessment, "tab": "data", "wrong": wrong}
    return render(request, "assessments/data_take_in.html", context, status=422 if wrong else 200)


def _preview(
    request: SchoolRequest,
    known: SchoolData,
    taken: Taken,
    *,
    status: int = 200,
    wrong: str = "",
    answers: dict[Key, str] | None = None,
) -> HttpResponse:
    now = {one.table: one for one in taken.now}
    mine = {one.table: one for one in taken.mine}
    clashing = [(one.table, one.row, one.column) for one in taken.clashes]
    context: dict[str, Any] = {
        "assessment": known.assessment,
        "tab": "data",
        "taken": taken,
        "changes": said(known.form, taken.changed, now, {one.table: one for one in taken.result}),
        "clashes": [
            (table, [(one, (answers or {}).get(one.key, "")) for one in table.changes])
            for table in said(known.form, clashing, now, mine)
        ],
        "read": sealed(taken, known.assessment),
        "wrong": wrong,
    }
    return render(request, "assessments/data_preview.html", context, status=status)
