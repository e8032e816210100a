"""The life of a sheet: its steps, its writers, requirements judged one by one, an earlier year's text copied over."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from caitien.plan.text import one_space
from caitien.web.assessments.earlier import carried_text
from caitien.web.assessments.editing import address, save, version_of
from caitien.web.assessments.flow import take_step
from caitien.web.assessments.models import LevelReview
from caitien.web.assessments.states import STEPS
from caitien.web.assessments.views.criterion_shown import page_context, sheet_for, to_sheet
from caitien.web.assessments.words import NotKept, keep, text_of
from caitien.web.plans.frameworks import framework
from caitien.web.schools.guard import SchoolRequest, View, own, school_view
from caitien.web.schools.not_now import NotNow
from caitien.web.schools.roles import Capability
from caitien.web.sent import storable, whole

LONGEST_NOTE = 2_000
MOST_WRITERS = 20


def _step_view(kind: str) -> View:
    """The view that takes one step. Each has its own, so that the guard says who may."""

    @require_POST
    @school_view(STEPS[kind].capability)
    def view(request: SchoolRequest, assessment: UUID, code: str) -> HttpResponse:
        sheet = sheet_for(request, assessment, code)
        note = storable(request.POST.get("note", "")).strip()[:LONGEST_NOTE]
        if STEPS[kind].needs_words and not note:
            problem = _("Hãy ghi lý do, để người viết biết phải làm gì tiếp.")
            context = page_context(request, sheet, step_problem=problem, step_kind=kind)
            return render(request, "assessments/criterion.html", context, status=422)
        done = take_step(sheet.assessment, code, kind, user=request.user, note=note)
        messages.success(
            request,
            _("Phiếu tiêu chí %(code)s bây giờ: %(state)s.") % {"code": code, "state": done.get_state_display()},
        )
        return redirect(to_sheet(sheet))

    return view


step_views: dict[str, View] = {kind: _step_view(kind) for kind in STEPS}
"""The view of each step."""


@require_POST
@school_view(Capability.LEAD_ASSESSMENT)
def criterion_writers(request: SchoolRequest, assessment: UUID, code: str) -> HttpResponse:
    """Who writes the sheet: one name a line, or with ";" between."""
    sheet = sheet_for(request, assessment, code)
    sent = storable(request.POST.get("writers", ""))
    names = [one_space(part)[:200] for line in sent.splitlines() for part in line.split(";")]
    writers = list(dict.fromkeys(name for name in names if name))[:MOST_WRITERS]
    seen = whole(request.POST.get("version"), sheet.review.version)
    done = save(sheet.review, {"writers": writers}, seen=seen, user=request.user)
    if done.clashes:
        theirs = "; ".join(done.row.writers) or _("để trống")
        said = _("Người khác vừa ghi người viết khác: %s. Hãy xem lại rồi ghi lần nữa.") % theirs
        raise NotNow(said, ((_("Về phiếu"), to_sheet(sheet)),))
    messages.success(request, _("Đã ghi người viết.") if done.changed else _("Không có gì thay đổi."))
    return redirect(to_sheet(sheet, "#nguoi-viet"))


@require_POST
@school_view(Capability.WRITE_ASSESSMENT)
def criterion_requirements(request: SchoolRequest, assessment: UUID, code: str) -> HttpResponse:
    """Judgements and notes of single requirements. Those that a form does not name stay as they are."""
    sheet = sheet_for(request, assessment, code)
    seen = whole(request.POST.get("version"), sheet.review.version)
    base = version_of(sheet.review, seen)
    by_code = {one["code"]: one for one in base.requirements}
    for requirement in sheet.about.requirements:
        if f"xet-{requirement.code}" not in request.POST and f"ghi-{requirement.code}" not in request.POST:
            continue
        judged = request.POST.get(f"xet-{requirement.code}", "")
        note = storable(request.POST.get(f"ghi-{requirement.code}", "")).strip()[:LONGEST_NOTE]
        judged = judged if judged in LevelReview.Judged.values else ""
        if judged or note:
            by_code[requirement.code] = {"code": requirement.code, "judged": judged or None, "note": note or None}
        else:
            by_code.pop(requirement.code, None)
    order = [requirement.code for requirement in sheet.about.requirements]
    wanted = sorted(by_code.values(), key=lambda one: order.index(one["code"]) if one["code"] in order else len(order))
    kept = keep(sheet.review, "requirements", wanted, seen=seen, user=request.user)
    if kept.clash:
        raise NotNow(
            _("Người khác vừa nhận định cùng yêu cầu này khác với bạn. Hãy xem lại rồi ghi lần nữa."),
            ((_("Về phiếu"), to_sheet(sheet, "#muc-1")),),
        )
    messages.success(request, _("Đã lưu lúc %(time)s.") % {"time": f"{timezone.localtime():%H:%M}"})
    level = whole(request.POST.get("muc"), 1)
    return redirect(to_sheet(sheet, f"#muc-{level}"))


@require_POST
@school_view(Capability.WRITE_ASSESSMENT)
def criterion_copy(request: SchoolRequest, assessment: UUID, code: str, level: int) -> HttpResponse:
    """An earlier year's text into a level: only when nothing stands there, or after it when that was asked for (`noi`)."""
    sheet = sheet_for(request, assessment, code)
    row = sheet.level(level)
    try:
        key = UUID(request.POST.get("nguon", ""))
    except ValueError:
        key = UUID(int=0)
    source: LevelReview = own(LevelReview.objects.select_related("review__assessment__year"), request, key)
    text = carried_text(source, framework(source.framework), sheet.framework)
    if row.description.strip() and not request.POST.get("noi"):
        raise NotNow(
            _("Mức %s đã có chữ nên chưa chép gì. Muốn giữ cả hai, hãy chọn “Nối vào cuối”.") % level,
            ((_("Về phiếu"), to_sheet(sheet, "#nam-truoc")),),
        )
    both = f"{row.description.rstrip()}\n{text}" if row.description.strip() else text
    try:
        reason = gettext_noop("chép từ năm trước")
        kept = keep(row, "description", text_of(both), seen=row.version, user=request.user, reason=reason)
    except NotKept as refused:
        raise NotNow(str(refused), ((_("Về phiếu"), to_sheet(sheet)),)) from refused
    if kept.clash:
        raise NotNow(
            _("Người khác vừa viết đoạn này. Hãy tải lại trang rồi chép."), ((_("Về phiếu"), to_sheet(sheet)),)
        )
    year = source.review.assessment.year.name
    messages.success(request, _("Đã chép từ năm học %s. Hãy sửa lại cho đúng năm nay.") % year)
    return redirect(address(sheet.assessment, "criterion", code=code) + f"#muc-{level}")
