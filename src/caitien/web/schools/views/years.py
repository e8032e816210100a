"""School years and the days on which their terms begin and end."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from caitien.plan.periods import FIRST_MONTH_OF_PLAN, years_of
from caitien.web.schools.forms import TERM_FIELDS, YearForm, term_defaults
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.models import SchoolYear
from caitien.web.schools.roles import Capability
from caitien.web.schools.views.offered import allowed


def terms_of(year: SchoolYear) -> list[tuple[date, date]]:
    """First and last day of both terms: those that the school has set, else the usual ones."""
    years = years_of(year.name)
    usual = term_defaults(years) if years else (None,) * 4
    days = [getattr(year, name) or day for name, day in zip(TERM_FIELDS, usual, strict=True)]
    return [(days[0], days[1]), (days[2], days[3])]


@school_view(Capability.VIEW_SCHOOL, post=Capability.EDIT_SCHOOL)
def years(request: SchoolRequest) -> HttpResponse:
    """All school years of the school; a form for one more, which proposes the next."""
    there = list(SchoolYear.objects.for_school(request.school))
    form = YearForm(request.POST or None, school=request.school, initial={"name": _next(there)})
    if request.method == "POST" and form.is_valid():
        year = form.save()
        messages.success(request, _("Đã thêm năm học %s.") % year.name)
        return redirect("schools:years", school=request.school.slug)
    context = {"years": [(year, terms_of(year)) for year in there], "form": form, "allowed": allowed(request)}
    return render(request, "schools/years.html", context, status=422 if form.errors else 200)


@school_view(Capability.EDIT_SCHOOL)
def year_edit(request: SchoolRequest, year: UUID) -> HttpResponse:
    """The term dates of one school year. Its name stays when plans stand in it."""
    row = own(SchoolYear.objects.all(), request, year)
    form = YearForm(request.POST or None, school=request.school, instance=row)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(
            request, _("Đã lưu năm học %s. Các thời gian ghi “HK I”, “Cả năm học” được hiểu theo ngày này.") % row.name
        )
        return redirect("schools:years", school=request.school.slug)
    return render(request, "schools/year_edit.html", {"form": form, "year": row}, status=422 if form.errors else 200)


def _next(there: list[SchoolYear]) -> str:
    """The school year after the newest one; the running one when there is none."""
    newest = next((found for year in there if (found := years_of(year.name))), None)
    if newest:
        return f"{newest[0] + 1}-{newest[1] + 1}"
    today = timezone.localdate()
    first = today.year if today.month >= FIRST_MONTH_OF_PLAN else today.year - 1
    return f"{first}-{first + 1}"
