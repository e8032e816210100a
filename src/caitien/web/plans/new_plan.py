"""A new plan that continues none: from a framework, a row for each criterion chosen, the usual words proposed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from caitien.plan import Action, ImprovementPlan
from caitien.plan.model import LegalBasis, MonitoringRound, OrganisationRole
from caitien.web.plans import head_suggested
from caitien.web.plans.frameworks import framework
from caitien.web.plans.models import Plan, PlanEvent
from caitien.web.plans.values import store
from caitien.web.schools.models import School

PLANS_ARE_MADE_FROM = 6  # June: from then on a plan is made for the school year that opens in September
PARTS = ("legal_bases", "purposes", "organisation", "monitoring")


@dataclass(frozen=True, slots=True)
class CriterionChoice:
    code: str
    title: str
    mandatory: bool
    chosen: bool


def years_to_choose(today: date) -> list[str]:
    """The school years that a plan could be made for, the likeliest first."""
    begins = today.year if today.month >= PLANS_ARE_MADE_FROM else today.year - 1
    return [f"{year}-{year + 1}" for year in (begins, begins + 1, begins - 1)]


def criteria_of(framework_id: str | None, chosen: Collection[str]) -> list[tuple[Any, list[CriterionChoice]]]:
    """The standards of a framework, each with its criteria."""
    found = framework(framework_id)
    if found is None:
        return []
    return [
        (
            standard,
            [CriterionChoice(c.code, c.title, bool(getattr(c, "mandatory", False)), c.code in chosen) for c in standard.criteria],
        )
        for standard in found.standards
    ]  # fmt: skip


def value_of(
    school: School, school_year: str, framework_id: str | None, criteria: Sequence[str], parts: Collection[str]
) -> ImprovementPlan:
    """The plan as a value: a row for each criterion, and the proposed words of the parts of the head that are wanted."""
    value = ImprovementPlan(
        school_year=school_year,
        framework=framework_id,
        title=f"KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG NĂM HỌC {school_year}",
        actions=[
            Action.model_validate({"number": n, "criteria": [code], "progress": {"status": "not_started"}})
            for n, code in enumerate(criteria, 1)
        ],
    )
    value.school.name, value.school.code = school.name, school.code or None
    value.school.level = school.level or None  # type: ignore[assignment]
    value.school.address = school.address or None
    if "legal_bases" in parts:
        suggested = head_suggested.legal_bases({"school_year": school_year}, framework_id, school.level or None)
        value.legal_bases = [LegalBasis(**one.basis) for one in suggested]
    if "purposes" in parts:
        value.purposes = head_suggested.texts("purposes") or []
    if "organisation" in parts:
        value.organisation = [OrganisationRole(**one) for one in head_suggested.texts("organisation") or []]
    if "monitoring" in parts:
        value.monitoring = [MonitoringRound(**one) for one in head_suggested.texts("monitoring") or []]
    return value


@transaction.atomic
def make(school: School, value: ImprovementPlan, user: Any) -> Plan:
    """Stores the plan as a draft, with the step of its life."""
    found = framework(value.framework)
    plan = store(school, value, user, reason=gettext_noop("Lập kế hoạch mới"))
    note = gettext_noop("từ khung %s") % found.short_title if found else ""
    PlanEvent.objects.create(
        school=school, plan=plan, kind=PlanEvent.Kind.CREATED, by=user, at=timezone.now(), note=note
    )
    return plan
