"""Lịch sử của một phiếu: every change with who and when; a change is taken back, an older text brought back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from caitien.web.assessments.editing import save
from caitien.web.assessments.models import CriterionReview, LevelReview
from caitien.web.assessments.sheet_history import history_of
from caitien.web.assessments.views.criterion_shown import part_context, sheet_for, to_sheet
from caitien.web.assessments.words import keep
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.not_now import NotNow
from caitien.web.schools.roles import Capability

COLUMNS: dict[type[models.Model], tuple[str, ...]] = {
    LevelReview: ("description", "judged"),
    CriterionReview: ("requirements", "strengths", "improvement"),
}
"""What can be brought back: state and writers have their own steps."""


@require_safe
@school_view(Capability.VIEW_ASSESSMENT)
def criterion_history(request: SchoolRequest, assessment: UUID, code: str) -> HttpResponse:
    """Every change of the sheet, newest first. `?het`: all of them."""
    sheet = sheet_for(request, assessment, code)
    changes, more = history_of(sheet, all_of_it="het" in request.GET)
    context = {**part_context(request, sheet), "changes": changes, "more": more}
    return render(request, "assessments/criterion_history.html", context)


@require_POST
@school_view(Capability.WRITE_ASSESSMENT)
def criterion_restore(request: SchoolRequest, assessment: UUID, code: str, record: UUID) -> HttpResponse:
    """Brings a row back to how a line of history has it. `cot`: one column only; `tu`: the line after which nobody may have
    written there (the change that is taken back). Saved as a new line; what others wrote since is not written over."""
    sheet = sheet_for(request, assessment, code)
    row, line = _line(request, sheet, record)
    columns = [name for name in COLUMNS[type(row)] if request.POST.get("cot", name) == name]
    seen = _seen(request, row, line)
    changed = False
    for name in columns:
        value = getattr(line, name)
        if value == getattr(row, name):
            continue
        reason = gettext_noop("lấy lại bản cũ")
        if name == "judged":
            done = save(row, {name: value}, seen=seen, user=request.user, reason=reason)
            clash, changed = bool(done.clashes), changed or bool(done.changed)
        else:
            kept = keep(row, name, value, seen=seen, user=request.user, reason=reason)
            clash, changed = kept.clash, changed or kept.changed
        if clash:
            raise NotNow(
                _("Chưa lấy lại: chỗ này đã được viết tiếp sau đó. Hãy lấy lại thay đổi mới hơn trước."),
                ((_("Lịch sử của phiếu"), to_sheet(sheet) + "lich-su/"),),
            )
    messages.success(request, _("Đã lấy lại.")) if changed else messages.info(request, _("Chỗ này đang như vậy rồi."))
    return redirect(to_sheet(sheet, f"#muc-{row.level}" if isinstance(row, LevelReview) else ""))


def _line(request: SchoolRequest, sheet: Any, record: UUID) -> tuple[Any, Any]:
    """The row and the line of its history with this key. Http404 when it is of no row of this sheet."""
    for row in (*sheet.levels, sheet.review):
        line = type(row).history.filter(school_id=request.school.pk, id=row.pk, history_id=record).first()
        if line is not None:
            return row, line
    raise Http404


def _seen(request: SchoolRequest, row: Any, line: Any) -> int:
    """The version that who asks has seen: that of the change she takes back, else the row as it is now."""
    sent = request.POST.get("tu", "")
    return int(sent) if sent.isdecimal() and len(sent) < 9 else row.version
