"""The private calendar of a user: all her deadlines in all her schools, at an address that is its own key."""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from caitien.web.plans.values import to_value
from caitien.web.reminders import tokens
from caitien.web.reminders.addresses import absolute
from caitien.web.reminders.due import Job, When
from caitien.web.reminders.models import ReminderChoice
from caitien.web.reminders.waiting import plan_words
from caitien.web.reminders.work import Work

PURPOSE = "calendar"
MOST_EVENTS = 1000  # the nearest; a phone takes no more with good grace


def address_of(choice: ReminderChoice, request: Any = None) -> str:
    """The whole address of the user's calendar; "" when she has none."""
    if not choice.calendar_seed:
        return ""
    token = tokens.make(PURPOSE, choice.user_id, choice.calendar_seed)
    return absolute(reverse("reminders:calendar", args=[token]), request)


def renew(choice: ReminderChoice) -> None:
    """A new address; who knew the old one sees nothing any more."""
    choice.calendar_seed = secrets.token_hex(16)
    choice.save(update_fields=["calendar_seed", "changed_at"])  # and not what a run of the letters writes meanwhile


def owner_of(token: str) -> ReminderChoice | None:
    """The choice, with its user, whose calendar the token opens (one query at most). None for a wrong or an old one."""
    user = tokens.whose(token)
    if user is None:
        return None
    choice = ReminderChoice.objects.select_related("user").filter(user=user, user__is_active=True).first()
    if choice is None or not choice.calendar_seed or not tokens.is_true(token, PURPOSE, user, choice.calendar_seed):
        return None
    return choice


def shown(work: Work) -> list[Job]:
    """The jobs that the calendar shows: those with a last day that are not finished, the nearest to come and then the late."""
    dated = [one for one in work.jobs if one.days is not None and one.when not in (When.PAST_YEAR, When.DONE)]
    return sorted(dated, key=lambda one: (one.row.overdue, abs(one.days or 0)))[:MOST_EVENTS]


def tag(work: Work, today: date, language: str) -> str:
    """What changes when the calendar does: for answering "nothing new" without writing it."""
    said = [
        f"{one.action.pk} {one.action.changed_at.isoformat()} {one.responsible} {one.plan.changed_at.isoformat()}"
        for one in shown(work)
    ]
    found = hashlib.sha256("\n".join([today.isoformat(), language, absolute("/"), *sorted(said)]).encode())
    return f'"{found.hexdigest()[:32]}"'


def calendar_file(work: Work, today: date, language: str, request: Any = None) -> bytes:
    """The calendar (text/calendar). `work` holds whole actions; heads of plans are looked up (one query)."""
    from caitien.web.plans.models import Plan
    from caitien.writing.deadlines_calendar import Part, calendar_of_several

    by_plan: dict[UUID, list[Job]] = defaultdict(list)
    for one in shown(work):
        by_plan[one.plan.pk].append(one)
    schools = [m.school_id for m in work.memberships]
    plans = {
        plan.pk: plan
        for plan in Plan.objects.filter(school__in=schools, pk__in=list(by_plan)).select_related("year", "school")
    }
    with translation.override(language):
        parts = []
        for key, jobs in by_plan.items():
            plan = plans[key]
            rows = [one.action for one in sorted(jobs, key=lambda one: one.action.position)]
            value = to_value(plan, rows, [], ids=True)
            about = f"{plan.school.name} · {plan_words(plan)}"
            if plan.state in (Plan.State.DRAFT, Plan.State.SUBMITTED):
                about += f" ({plan.get_state_display()})"
            links = [link_to_action(plan, row, request) for row in rows]
            parts.append(Part(value, lambda index, links=links: links[index] or None, about))
        return calendar_of_several(parts, today=today, name=_("Việc của tôi · Cải Tiến"))


def link_to_action(plan: Any, row: Any, request: Any = None) -> str:
    """The whole address of an action, as it can stand outside of the browser."""
    where = {"school": plan.school.slug, "plan": plan.pk, "action": row.pk}
    return absolute(reverse("plans:action", kwargs=where), request)
