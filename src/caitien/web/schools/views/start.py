"""Where one starts: the list of my schools, a school's home, the help page about roles."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from caitien.web.plans.models import Plan
from caitien.web.reminders.work import has_work
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.models import Membership
from caitien.web.schools.ranks import RULES, roles_to_give
from caitien.web.schools.roles import CAPABILITIES, Capability, Role, may

WORKERS = (Role.MEMBER, Role.STAFF)
"""Who comes to do her own work rather than to see how the plan stands."""


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """My own work, when I am no leader and have some; else my only school's home, or the list of my schools."""
    memberships = list(Membership.objects.filter(user=request.user).select_related("school").order_by("school__name"))
    if memberships and all(m.role in WORKERS for m in memberships) and has_work(memberships, timezone.localdate()):
        return redirect("reminders:my_work")
    if len(memberships) == 1:
        return redirect("schools:home", school=memberships[0].school.slug)
    return render(request, "schools/my_schools.html", {"memberships": memberships})


@login_required
def my_schools(request: HttpRequest) -> HttpResponse:
    """All schools that I belong to, and my role in each: where one goes from one to another."""
    memberships = Membership.objects.filter(user=request.user).select_related("school").order_by("school__name")
    return render(request, "schools/my_schools.html", {"memberships": list(memberships)})


@school_view(Capability.VIEW_PLAN)
def school_home(request: SchoolRequest) -> HttpResponse:
    """The plan of the latest school year; in an empty school, the place to drop last year's file."""
    by_year = F("year__name").desc(nulls_last=True)
    newest = Plan.objects.for_school(request.school).order_by(by_year, "-created_at").first()
    if newest is not None:
        return redirect("plans:plan", school=request.school.slug, plan=newest.pk)
    role = request.membership.role
    allowed = {"may_import": may(role, Capability.IMPORT_DOCUMENT), "may_start": may(role, Capability.START_PLAN)}
    return render(request, "schools/empty.html", allowed)


def roles_help(request: HttpRequest) -> HttpResponse:
    """The table of roles and capabilities, as the guard obeys it."""
    rows = [(capability, [role in CAPABILITIES[capability] for role in Role]) for capability in Capability]
    given = [(role, roles_to_give(role, chairs=1)) for role in Role if may(role, Capability.MANAGE_MEMBERS)]
    context = {
        "roles": list(Role),
        "rows": rows,
        "given": given,
        "rules": [sentence for _name, _forbids, sentence in RULES],
    }
    return render(request, "schools/roles_help.html", context)
