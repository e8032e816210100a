"""What the pages of a plan have in common: the plan of the address, its rows, the other years."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from caitien.web.plans.models import Action, Amendment, Plan
from caitien.web.plans.states import why_locked
from caitien.web.schools.guard import SchoolRequest, own


def plan_of(request: SchoolRequest, key: UUID, *, years: bool = True) -> Plan:
    """The plan of the address, known to the frame of the page (year, state, other years). Http404 when it is not ours."""
    under_way = Amendment.objects.filter(school=request.school, plan=OuterRef("pk"), closed_at=None)
    plans = Plan.objects.select_related("year").annotate(
        is_amended=Exists(under_way),
        amended_number=Subquery(under_way.values("number")[:1]),
        amended_why=Subquery(under_way.values("reason")[:1]),
    )
    plan: Plan = own(plans, request, key)
    plan.school = request.school
    request.plan = plan  # type: ignore[attr-defined]
    if years:
        request.plan_years = _years(request, plan)  # type: ignore[attr-defined]
    return plan


def locked(plan: Plan, *, content: bool = True) -> Any | None:
    """The sentence that says why the plan of `plan_of` may not be changed now, None when it may. No query."""
    return why_locked(plan.state, amendment_open=plan.is_amended, content=content)  # type: ignore[attr-defined]


def action_of(request: SchoolRequest, plan: Plan, key: UUID) -> Action:
    """The action of the address. Http404 when it is of another plan or school."""
    row = Action.objects.for_school(request.school).filter(plan=plan, pk=key).first()
    if row is None:
        raise Http404
    row.plan, row.school = plan, request.school
    return row


def rows_of_plan(plan: Plan) -> list[Action]:
    """The plan's rows in order (one query)."""
    rows = list(Action.objects.for_school(plan.school_id).filter(plan=plan))
    for row in rows:
        row.plan, row.school = plan, plan.school
    return rows


def link(name: str, plan: Plan, **more: Any) -> str:
    return reverse(f"plans:{name}", kwargs={"school": plan.school.slug, "plan": plan.pk, **more})


def _years(request: SchoolRequest, current: Plan) -> list[dict[str, Any]]:
    plans = list(
        Plan.objects.for_school(request.school)
        .select_related("year")
        .only("title", "year__name", "created_at", "school")
    )
    names = [plan.year.name if plan.year else _("chưa rõ năm học") for plan in plans]
    return [
        {
            # two plans of one year (a file imported twice): told apart by the day they came in
            "label": name if names.count(name) == 1 else f"{name} · {plan.created_at:%d/%m/%Y}",
            "plan": plan,
            "url": reverse("plans:plan", kwargs={"school": request.school.slug, "plan": plan.pk}),
            "current": plan.pk == current.pk,
        }
        for plan, name in sorted(zip(plans, names, strict=True), key=lambda pair: pair[1], reverse=True)
    ]
