"""The history of one table of school data, and putting a version of it back; last year's numbers taken over."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caitien.web.assessments.editing import address
from caitien.web.assessments.school_data import of, value_of
from caitien.web.assessments.school_data_carrying import HEAD_TABLE, carry, carrying, fill_from_profile
from caitien.web.assessments.school_data_history import restore, sittings
from caitien.web.assessments.school_data_writing import why_locked
from caitien.web.assessments.views.context import assessment_of
from caitien.web.assessments.views.data import table_address, table_of
from caitien.web.assessments.views.data_said import said
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability, may
from caitien.web.sent import whole


@require_safe
@school_view(Capability.VIEW_ASSESSMENT)
def history(request: SchoolRequest, assessment: UUID, table: str) -> HttpResponse:
    """Who wrote which cells when, newest first."""
    found = assessment_of(request, assessment)
    known = of(found)
    form = table_of(request, known, table)
    row = known.rows.get(table)
    entries = [
        (one, said(known.form, one.changed, {table: one.before}, {table: one.after}))
        for one in (sittings(row) if row else [])
    ]
    context = {
        "assessment": found,
        "tab": "data",
        "table": form,
        "version": known.version(table),
        "entries": entries,
        "can_write": may(request.membership.role, Capability.WRITE_ASSESSMENT) and why_locked(found) is None,
    }
    return render(request, "assessments/data_history.html", context)


@require_POST
@school_view(Capability.WRITE_ASSESSMENT)
def restore_version(request: SchoolRequest, assessment: UUID, table: str, version: int) -> HttpResponse:
    """Puts the table back as it was at a version. Somebody wrote since the person looked: nothing is changed, and said."""
    found = assessment_of(request, assessment)
    known = of(found)
    table_of(request, known, table)
    done = restore(known, table, version, whole(request.POST.get("version"), 0), request.user)
    if done is None:
        raise Http404
    if done.clashes:
        messages.error(request, _("Bảng vừa được người khác sửa nên chưa khôi phục. Hãy xem lại lịch sử rồi làm lại."))
        return redirect(table_address(found, table, "data_history"))
    n = len(done.changed)
    messages.success(
        request, _("Đã khôi phục: %(n)s ô trở lại như trước.") % {"n": n} if n else _("Bảng đang như bản đó rồi.")
    )
    return redirect(table_address(found, table))


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.WRITE_ASSESSMENT)
def carry_over(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """GET: which numbers of last year's assessment would come into which empty cells. POST: takes them over."""
    found = assessment_of(request, assessment)
    if locked := why_locked(found):
        raise locked
    if request.method == "POST":
        done = carry(found, request.user)
        n = len(done.changed) if done else 0
        if n:
            messages.success(request, ngettext("Đã chuyển %(n)s số.", "Đã chuyển %(n)s số.", n) % {"n": n})
        else:
            messages.info(request, _("Không còn ô trống nào mà năm trước đã có số."))
        return redirect(address(found, "data"))
    made = carrying(found)
    now = {name: value_of(row) for name, row in made.data.rows.items()}
    context = {
        "assessment": found,
        "tab": "data",
        "carrying": made,
        "fills": said(made.data.form, made.fills, now, made.before),
        "differs": said(made.data.form, made.differs, now, made.before),
    }
    return render(request, "assessments/data_carry.html", context)


@require_POST
@school_view(Capability.WRITE_ASSESSMENT)
def from_profile(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """Fills empty cells of the head table with what the school's profile knows."""
    found = assessment_of(request, assessment)
    done = fill_from_profile(found, request.user)
    n = len(done.changed) if done else 0
    messages.success(request, _("Đã điền %(n)s ô từ hồ sơ trường.") % {"n": n})
    return redirect(table_address(found, HEAD_TABLE))
