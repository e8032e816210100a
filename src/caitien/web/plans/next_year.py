"""Next year's plan out of a plan that stands here: what can be chosen, what it would be, and making it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from caitien.plan.periods import DEFAULT_TERMS, TermDates, term_bounds, years_of
from caitien.planning import NextYear, next_year
from caitien.standards import available_crosswalks, framework_on, national, school_year_day
from caitien.web.plans.deciding import entries_of
from caitien.web.plans.models import Action, Issue, Plan, PlanEvent
from caitien.web.plans.values import store, to_value
from caitien.web.schools.models import School, SchoolYear

YEARS_AHEAD = 3
TERM_FIELDS = ("first_term_start", "first_term_end", "second_term_start", "second_term_end")
TERM_PARTS = ("first_start", "first_end", "second_start", "second_end")


@dataclass(frozen=True, slots=True)
class FrameworkChoice:
    """A framework that the new plan can be made under. `why`: what speaks for it, or against it."""

    id: str
    title: str
    why: str
    proposed: bool


def years_after(school_year: str | None) -> list[str]:
    """The school years that a plan of this one can be carried to: "2025-2026" -> "2026-2027", "2027-2028", …"""
    years = years_of(school_year)
    return [f"{years[0] + n}-{years[1] + n}" for n in range(1, YEARS_AHEAD + 1)] if years else []


def framework_choices(level: str | None, to_year: str, now: str | None = None) -> list[FrameworkChoice]:
    """The frameworks for a school's level in a school year, the one in force on its opening day first.

    `now`: the framework of the old plan; another one is a choice only where a crosswalk leads to it. With None every
    framework of the level is a choice.
    """
    day = school_year_day(to_year)
    in_force = framework_on(level, day) if level and day else None
    reachable = {way.new for way in available_crosswalks() if way.old == now} | {now}
    found = []
    for info in national():
        of_level = level is None or level in info.school_levels
        if info.id != now and not (of_level and (now is None or info.id in reachable)):
            continue
        if day is not None and info.id != now and info.id != in_force and not info.validity.covers(day):
            continue
        found.append(
            FrameworkChoice(
                info.id, info.short_title, _why(info, day, now, in_force), _proposed(info.id, in_force, now)
            )
        )
    return sorted(found, key=lambda choice: not choice.proposed)


def _proposed(key: str, in_force: str | None, now: str | None) -> bool:
    return key == (in_force or now)


def _why(info: Any, day: date | None, now: str | None, in_force: str | None) -> str:
    if day is None:
        return ""
    said = {"day": f"{day:%d/%m/%Y}", "from": f"{info.validity.start:%d/%m/%Y}"}
    if info.id == in_force:
        return _("đang áp dụng cho cấp học này vào ngày khai giảng %(day)s (có hiệu lực từ %(from)s)") % said
    if not info.validity.covers(day):
        return _("khung của kế hoạch cũ; không còn áp dụng vào ngày khai giảng %(day)s") % said
    return _("khung của kế hoạch cũ") if info.id == now else _("còn áp dụng vào ngày khai giảng %(day)s") % said


def terms_of(year: SchoolYear | None) -> TermDates:
    """When the terms of a school year begin and end; where the school has set none, as most provinces decide."""
    given = {
        part: (day.month, day.day)
        for part, name in zip(TERM_PARTS, TERM_FIELDS, strict=True)
        if year is not None and (day := getattr(year, name)) is not None
    }
    return TermDates(**{**{part: getattr(DEFAULT_TERMS, part) for part in TERM_PARTS}, **given})


def term_days(year: SchoolYear | None, school_year: str) -> list[tuple[date, date]]:
    """The first and the last day of each term of a school year; [] when it is none."""
    years = years_of(school_year)
    return [term_bounds(term, years, terms_of(year)) for term in (1, 2)] if years else []


def proposed(
    plan: Plan,
    rows: Sequence[Action],
    issues: Sequence[Issue],
    *,
    to_year: str,
    framework: str | None,
    today: date,
    new_year: SchoolYear | None,
) -> NextYear:
    """The draft as it would be; nothing is stored. Raises CaiTienError (see `caitien.planning.next_year`)."""
    value = to_value(plan, rows, issues, ids=True)
    value.school.level = value.school.level or plan.school.level or None  # type: ignore[assignment]
    if not value.framework:  # no code in it (else the page asks first): it simply begins under the new one
        value.framework = framework or None
    return next_year(
        value,
        to_year=to_year,
        today=today,
        framework=framework or None,
        terms=terms_of(plan.year),
        new_terms=terms_of(new_year),
    )


@transaction.atomic
def make(plan: Plan, made: NextYear, user: Any) -> Plan:
    """Stores the draft: every row linked to the one it continues, what is to be decided kept with stable keys."""
    value = made.plan.model_copy(deep=True)
    old_issue_of = [_taken(issue, "id") for issue in value.issues]
    answered = [_taken(action, "issue") for action in value.actions]
    numbers = [_taken(action, "answers_issue") for action in value.actions]
    for issue in value.issues:
        _taken(issue, "from_actions")

    def link(new: Plan, issues: list[Issue], rows: list[Action]) -> None:
        new.continues = plan
        new.to_decide = entries_of(made, issues, rows)
        for issue, old in zip(issues, old_issue_of, strict=True):
            issue.continues_id = UUID(old) if old else None
        by_old = {old: issue for issue, old in zip(issues, old_issue_of, strict=True) if old}
        by_number = {str(issue.number): issue for issue in issues}
        for row, said, old_issue, number in zip(rows, value.actions, answered, numbers, strict=True):
            before = ((said.model_extra or {}).get("continues") or {}).get("id")
            row.continues_id = UUID(before) if before else None
            row.issue = by_old.get(old_issue or "") or by_number.get(str(number))

    new = store(
        plan.school,
        value,
        user,
        reason=gettext_noop("Lập từ kế hoạch năm học %s") % (plan.head.get("school_year") or ""),
        prepare=link,
    )
    note = gettext_noop("từ kế hoạch năm học %s") % (plan.head.get("school_year") or "")
    PlanEvent.objects.create(
        school=plan.school, plan=new, kind=PlanEvent.Kind.CREATED, by=user, at=timezone.now(), note=note
    )
    return new


def plans_of_year(school: School, school_year: str) -> list[Plan]:
    """The plans that the school has for a school year already, the newest first (one query)."""
    return list(Plan.objects.for_school(school).filter(year__name=school_year).select_related("created_by"))


def _taken(part: Any, name: str) -> Any:
    return (part.model_extra or {}).pop(name, None)
