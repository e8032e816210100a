"""Cập nhật tiến độ: what did I do? Made for a phone in one hand."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caitien.web.plans.editing import set_columns
from caitien.web.plans.forms import ProgressForm
from caitien.web.plans.views.context import action_of, link, plan_of
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.REPORT_PROGRESS)
def progress(request: SchoolRequest, plan: UUID, action: UUID) -> HttpResponse:
    """A report: kept as an entry for ever, and shown as the action's progress until the next one."""
    found = plan_of(request, plan)
    row = action_of(request, found, action)
    status = row.progress_status if row.progress_status in ProgressForm.REPORTED else "in_progress"
    form = ProgressForm(request.POST or None, initial={"status": status, "percent": row.progress_percent})
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            entry = form.save(commit=False)
            entry.school, entry.action, entry.author = request.school, row, request.user
            entry.save()
            columns = {"progress_status": entry.status, "progress_percent": entry.percent}
            if entry.text:
                columns["progress_text"] = entry.text
            set_columns(request.school, row.pk, columns, user=request.user, reason=_("Cập nhật tiến độ"))
        messages.success(request, _("Đã ghi tiến độ."))
        return redirect(link("action", found, action=row.pk))
    return render(
        request,
        "plans/progress.html",
        {"plan": found, "action": row, "form": form},
        status=422 if request.method == "POST" else 200,
    )
