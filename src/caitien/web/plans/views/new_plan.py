"""Lập kế hoạch mới: a plan that begins from the framework, for a school that has none, or that wants to begin anew."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caitien.web.plans import head_suggested
from caitien.web.plans.models import Plan
from caitien.web.plans.new_plan import PARTS, criteria_of, make, value_of, years_to_choose
from caitien.web.plans.next_year import framework_choices, plans_of_year
from caitien.web.plans.twice import made_meanwhile
from caitien.web.plans.views.context import link
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.START_PLAN)
def new_plan(request: SchoolRequest) -> HttpResponse:
    """Year and framework first (asked by GET, nothing stored), then the rows to begin with; POST makes the draft."""
    asked = request.POST if request.method == "POST" else request.GET
    years = years_to_choose(timezone.localdate())
    year = asked.get("nam") if asked.get("nam") in years else years[0]
    frameworks = framework_choices(request.school.level or None, year)
    chosen = next((f for f in frameworks if f.id == asked.get("khung")), frameworks[0] if frameworks else None)
    key = chosen.id if chosen else None
    codes = set(asked.getlist("tc"))
    standards = criteria_of(key, codes)
    there = plans_of_year(request.school, year)
    wanted = "them" in request.POST or not there
    parts = set(asked.getlist("san")) if request.method == "POST" or "san" in asked else set(PARTS)
    if request.method == "POST" and wanted and chosen is not None:
        criteria = [c.code for _standard, listed in standards for c in listed if c.chosen]
        with transaction.atomic():
            other = made_meanwhile(request.school, year, request.POST)
            plan = other or make(request.school, value_of(request.school, year, key, criteria, parts), request.user)
        if other is not None:
            messages.info(request, _("Kế hoạch năm học %s vừa được lập rồi; đây là bản đó.") % year)
            return redirect(link("plan", other))
        messages.success(request, _("Đã lập bản nháp kế hoạch năm học %s.") % year)
        return redirect(link("plan", plan))
    newest = Plan.objects.for_school(request.school).exclude(year=None).order_by("-year__name").select_related("year").first()  # fmt: skip
    if newest is not None:
        newest.school = request.school
    context = {
        "years": years,
        "year": year,
        "frameworks": frameworks,
        "framework": chosen,
        "standards": standards,
        "there": there,
        "not_wanted": request.method == "POST" and not wanted,
        "newest": newest,
        "bases": head_suggested.legal_bases({"school_year": year}, key, request.school.level or None),
        "texts": {name: head_suggested.texts(name) for name in PARTS},
        "parts": parts,
    }
    return render(request, "plans/new_plan.html", context, status=422 if request.method == "POST" else 200)
