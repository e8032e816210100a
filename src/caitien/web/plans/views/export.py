"""Văn bản: what can be put on paper, and each of it as a file."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from caitien.web.plans.fields import NotADay, iso_day
from caitien.web.plans.forms_of_documents import (
    FORMAT_WORDS,
    FORMATS,
    attachment,
    draft_of,
    file_name,
    forms,
    named,
    rendered,
    with_letterhead,
)
from caitien.web.plans.models import Amendment, Plan
from caitien.web.plans.moments import as_of
from caitien.web.plans.reports import end_of, entries_on_paper, photographs
from caitien.web.plans.values import to_value
from caitien.web.plans.views.context import plan_of, rows_of_plan
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability

REPORT = "progress-report"
DRAFT = "du-thao"
"""In the query of an address: the paper says that it is a draft."""


class DayForm(django_forms.Form):
    """The day for which the report speaks."""

    ngay = django_forms.CharField(
        label=gettext_lazy("Tính đến ngày"),
        max_length=40,
        widget=django_forms.TextInput(
            attrs={"placeholder": "15/01/2026", "inputmode": "numeric", "autocomplete": "off"}
        ),
        help_text=gettext_lazy("Kế hoạch được lấy như ở cuối ngày đó."),
    )

    def clean_ngay(self) -> date:
        words = self.cleaned_data["ngay"]
        try:
            day = date.fromisoformat(iso_day(words))
        except (NotADay, ValueError) as wrong:
            raise django_forms.ValidationError(
                _("“%s” không phải là một ngày. Hãy ghi như 15/01/2026.") % words
            ) from wrong
        return day


@require_safe
@school_view(Capability.EXPORT_PLAN)
def documents(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Every document of the plan, in groups."""
    found = plan_of(request, plan)
    return _page(request, found, DayForm(initial={"ngay": f"{timezone.localdate():%d/%m/%Y}"}))


@require_safe
@school_view(Capability.EXPORT_PLAN)
def export(request: SchoolRequest, plan: UUID, form: str, format: str) -> HttpResponse:
    """The plan in one of the forms, as a file to keep. `?du-thao`: it says that it is a draft."""
    if form not in forms() or format not in FORMATS:
        raise Http404
    found = plan_of(request, plan, years=False)
    if form == REPORT:
        return _report(found, timezone.localdate(), format)
    value = with_letterhead(to_value(found, rows_of_plan(found)), request.school)
    document = forms()[form].build(value)
    draft = DRAFT in request.GET
    name = file_name(value, form, format)
    if draft:
        document, name = draft_of(document), name.replace(f".{format}", f"-{DRAFT}.{format}")
    return attachment(rendered(document, format), name, format)


@require_safe
@school_view(Capability.EXPORT_PLAN)
def report(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Báo cáo kết quả thực hiện as of `?ngay=` in `?kieu=`: the plan as it was at the end of that day."""
    found = plan_of(request, plan)
    form = DayForm(request.GET)
    format = request.GET.get("kieu", "docx")
    if format not in FORMATS:
        raise Http404
    if not form.is_valid():
        return _page(request, found, form, status=422)
    day = form.cleaned_data["ngay"]
    if as_of(found, end_of(day)) is None:
        form.add_error("ngay", _("Ngày đó trường chưa có kế hoạch này (lập ngày %s).") % f"{found.created_at:%d/%m/%Y}")
        return _page(request, found, form, status=422)
    return _report(found, day, format)


@require_safe
@school_view(Capability.EXPORT_PLAN)
def action_sheet(request: SchoolRequest, plan: UUID, action: UUID, format: str) -> HttpResponse:
    """Phiếu theo dõi of one action, with all that was reported of it."""
    from caitien.writing.action_sheet import action_sheet as sheet
    from caitien.writing.cells import row_numbers

    if format not in FORMATS:
        raise Http404
    found = plan_of(request, plan, years=False)
    rows = rows_of_plan(found)
    place = next((at for at, row in enumerate(rows) if row.pk == action), None)
    if place is None:
        raise Http404
    value = with_letterhead(to_value(found, rows), request.school)
    document = sheet(value, place, timezone.localdate(), entries_on_paper(rows[place]))
    name = named("phieu-theo-doi", value, f"muc-{row_numbers(value.actions)[place]}", format)
    return attachment(rendered(document, format), name, format)


def _report(plan: Plan, day: date, format: str) -> HttpResponse:
    from caitien.writing.forms.progress_report import progress_report

    today = timezone.localdate()
    then = as_of(plan, end_of(day)) if day < today else None
    rows = rows_of_plan(plan) if then is None else then.rows
    value = with_letterhead(to_value(plan, rows) if then is None else then.value(ids=False), plan.school)
    counted = photographs(plan, until=day)
    document = progress_report(value, day, photos={at: counted.get(row.pk, 0) for at, row in enumerate(rows)})
    name = file_name(value, REPORT, format)
    if day != today:
        name = name.replace(f".{format}", f"-den-{day:%Y-%m-%d}.{format}")
    return attachment(rendered(document, format), name, format)


def _page(request: SchoolRequest, plan: Plan, form: DayForm, status: int = 200) -> HttpResponse:
    every = forms().values()
    amendments = Amendment.objects.for_school(request.school).filter(plan=plan)
    context = {
        "plan": plan,
        "plans": [one for one in every if one.kind == "plan"],
        "formats": FORMAT_WORDS,
        "form": form,
        "amendments": list(amendments),
        "rows": rows_of_plan(plan),
        "drafts": plan.state in (Plan.State.DRAFT, Plan.State.SUBMITTED),
        "draft": DRAFT,
    }
    return render(request, "plans/documents.html", context, status=status)
