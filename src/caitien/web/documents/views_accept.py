"""The end of an import: into the plan, or thrown away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caitien.plan import ImprovementPlan
from caitien.web.documents import decisions as deciding
from caitien.web.documents import intake, pictures
from caitien.web.documents.models import Import, ImportedFile
from caitien.web.documents.review import review
from caitien.web.documents.settled import carry
from caitien.web.documents.views import gone
from caitien.web.plans.models import Plan
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.roles import Capability


@school_view(Capability.IMPORT_DOCUMENT)
@require_http_methods(["GET", "POST"])
def accept(request: SchoolRequest, key: UUID) -> HttpResponse:
    """Say what will enter the plan and what stays open; on POST store it and go to the plan.

    Nothing is stored before the school year and the framework are confirmed, nor beside a plan of the same year
    unless the person chose a second draft.
    """
    imported = own(Import.objects.select_related("file"), request, key)
    if imported.state != Import.State.REVIEW:
        return gone(request, imported)
    if deciding.FACTS not in imported.decisions.get("settled", {}):
        messages.warning(request, _("Trước khi đưa vào kế hoạch, hãy xác nhận năm học và khung tiêu chuẩn."))
        return redirect("documents:review", school=request.school.slug, key=key)
    value = deciding.apply(imported.plan_value, imported.decisions)
    same_year = Plan.objects.for_school(request.school).filter(year__name=value.school_year).order_by("-created_at")
    existing = same_year.select_related("year").first()
    if request.method == "POST" and (existing is None or request.POST.get("second") == "1"):
        plan = intake.accept(imported, request.user)
        _say(request, value, carry(imported, plan, request.user))
        return redirect("plans:plan", school=request.school.slug, plan=plan.pk)
    budgets = [action.resources.budget_vnd for action in value.actions]
    context = {
        "imported": imported,
        "value": value,
        "framework": _framework_title(value.framework),
        "existing": existing,
        "open": review(imported.plan_value, imported.decisions).open,
        "dropped": len(imported.decisions.get("dropped", [])),
        "money": sum(known) if (known := [v for v in budgets if v is not None]) else None,
    }
    return render(request, "documents/accept.html", context, status=409 if request.method == "POST" else 200)


@school_view(Capability.IMPORT_DOCUMENT)
@require_POST
def discard(request: SchoolRequest, key: UUID) -> HttpResponse:
    """Throw the import away: its file, what was read, what was decided."""
    imported = own(Import.objects.select_related("file"), request, key)
    if imported.state != Import.State.REVIEW:
        return gone(request, imported)
    file = imported.file
    intake.discard(imported)
    if not ImportedFile.objects.for_school(request.school).filter(pk=file.pk).exists():
        pictures.forget(file)
    messages.success(request, _("Đã bỏ bản nhập “%(name)s”. Tệp cũng đã được xóa.") % {"name": imported.file.name})
    return redirect("documents:list", school=request.school.slug)


def _say(request: SchoolRequest, value: ImprovementPlan, still_open: int) -> None:
    """What happened, and what comes next."""
    words = {"count": len(value.actions), "year": value.school_year or "", "open": still_open}
    said = _("Đã đưa %(count)s mục vào kế hoạch %(year)s.") % words
    if still_open:
        said += " " + _("Còn %(open)s chỗ cần xem: bấm “Soát lỗi” khi tiện.") % words
    messages.success(request, said)


def _framework_title(framework: str | None) -> str:
    """The framework's name on a page; its id when this version does not have it."""
    from caitien.standards import available

    return next((info.title for info in available() if info.id == framework), framework or "")
