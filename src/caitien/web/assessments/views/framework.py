"""Another framework for a year that was begun: what comes over is chosen, the old one is set aside and can be used again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from caitien.assessment.carrying import PARTS
from caitien.standards import load
from caitien.web.assessments import beginning
from caitien.web.assessments.editing import address
from caitien.web.assessments.models import Assessment
from caitien.web.assessments.views.context import assessment_of
from caitien.web.plans.frameworks import framework
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability

CHOSEN, PART = "khung", "mang"
PART_WORDS = {
    "council": gettext_lazy("Hội đồng, các nhóm, ai viết tiêu chí nào"),
    "words": gettext_lazy("Phần tổng quan của báo cáo, chữ viết tắt"),
    "texts": gettext_lazy("Chép làm bản đầu để sửa tiếp"),
    "tables": gettext_lazy("Số liệu của trường"),
    "weaknesses": gettext_lazy("Hạn chế còn mở"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.LEAD_ASSESSMENT)
def framework_of_year(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """The frameworks that it could go by; POST makes the year's self-assessment under the chosen one."""
    found = assessment_of(request, assessment)
    every = beginning.framework_choices(request.school.level or None, found.year.name)
    choices = [one for one in every if one.id != found.framework]
    if request.method == "POST":
        chosen = next((one for one in choices if one.id == request.POST.get(CHOSEN)), None)
        if chosen is not None:
            parts = [part for part in PARTS if part in request.POST.getlist(PART)]
            made = beginning.change_framework(found, load(chosen.id), request.user, parts=parts)
            messages.success(request, _("Đã đổi khung; bản cũ được để sang bên, vẫn xem và dùng lại được."))
            return redirect(address(made, "beginning"))
    context = {
        "assessment": found,
        "framework": framework(found.framework),
        "choices": choices,
        "parts": [(part, PART_WORDS.get(part, part)) for part in PARTS],
        "working": found.state == Assessment.State.WORKING,
        "problem": _("Hãy chọn khung tiêu chuẩn muốn chuyển sang.") if request.method == "POST" else "",
        "names": {"chosen": CHOSEN, "part": PART},
        "tab": "",
    }
    return render(request, "assessments/framework.html", context, status=422 if context["problem"] else 200)


@require_POST
@school_view(Capability.LEAD_ASSESSMENT)
def use_again(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """One that was set aside is the year's again."""
    made = beginning.use_again(assessment_of(request, assessment), request.user)
    messages.success(request, _("Đã dùng lại bản này cho năm học %s.") % made.year)
    return redirect(address(made))
