"""Việc của tôi: what must I do this week? Across all my schools. And its JSON twin."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from caitien.web.plans.models import Plan
from caitien.web.reminders.due import Job, When, days_words, first_line, grouped
from caitien.web.reminders.frame import put_in_frame
from caitien.web.reminders.models import IdentityClaim
from caitien.web.reminders.waiting import Waiting, waiting_for
from caitien.web.reminders.work import Work, work_of_user
from caitien.web.schools.roles import Capability, may


@require_safe
@login_required
@cache_control(private=True, no_cache=True)
def my_work(request: Any) -> HttpResponse:
    """Late first, then by day, then what has no day; what I am responsible for apart from what I help with."""
    today = timezone.localdate()
    work = work_of_user(request.user, today)
    put_in_frame(request, work.memberships)
    context = {
        "work": work,
        "first_line": _first_line(work),
        "sides": _sides(work),
        "waiting": waiting_for(work, timezone.now()),
        "unjoined": _unjoined(request.user, work),
        "leads": request.school if work.memberships and may(request.membership.role, Capability.EDIT_PLAN) else None,
    }
    return render(request, "reminders/my_work.html", context)


@require_safe
@login_required
@cache_control(private=True, no_cache=True)
def my_work_json(request: HttpRequest) -> HttpResponse:
    """What the page shows, for other programs."""
    today = timezone.localdate()
    work = work_of_user(request.user, today)
    counted = {str(group): sum(one.when == group for one in work.jobs) for group in When}
    return JsonResponse(
        {
            "schema": "caitien.my-work/1",
            "on": today.isoformat(),
            "counts": counted,
            "actions": [_job_value(one, request) for one in work.jobs],
            "waiting": [_waiting_value(one, request) for one in waiting_for(work, timezone.now())],
            "not_joined_in": [membership.school.slug for membership in work.unjoined],
        },
        json_dumps_params={"ensure_ascii": False},
    )


def _first_line(work: Work) -> str:
    if not work.jobs and work.unjoined and len(work.unjoined) == len(work.memberships):
        return _("Chưa biết việc nào là của bạn: hãy cho biết bạn là ai trong kế hoạch.")
    return first_line(work.jobs)


def links_of(one: Job) -> dict[str, str]:
    """The addresses of an action's page and of its progress form."""
    where = {"school": one.plan.school.slug, "plan": one.plan.pk, "action": one.action.pk}
    return {"url": reverse("plans:action", kwargs=where), "report_url": reverse("plans:progress", kwargs=where)}


def _sides(work: Work) -> list[dict[str, Any]]:
    """What she is responsible for, what she helps with: each with its groups of cards."""
    may_report = {m.school_id for m in work.memberships if may(m.role, Capability.REPORT_PROGRESS)}
    found = []
    for responsible in (True, False):
        jobs = [one for one in work.jobs if one.responsible == responsible]
        groups = [
            {
                "when": group,
                "label": label,
                "cards": [
                    {
                        "job": one,
                        "action": one.action,
                        "days": days_words(one),
                        "tone": "error" if one.row.overdue else "warning" if one.row.soon else "muted",
                        "ticks": ticks(one.action),
                        "draft": one.plan.state in (Plan.State.DRAFT, Plan.State.SUBMITTED),
                        "may_report": one.plan.school_id in may_report,
                        **links_of(one),
                    }
                    for one in members
                ],
            }
            for group, label, members in grouped(jobs)
        ]
        if groups:
            open_jobs = sum(one.when not in (When.PAST_YEAR, When.DONE) for one in jobs)
            found.append({"responsible": responsible, "groups": groups, "count": len(jobs), "open": open_jobs})
    return found


def ticks(action: Any) -> tuple[int, int] | None:
    """How many of an action's measures are ticked, and how many there are; None when it names none."""
    if not action.measures:
        return None
    done = {entry.get("text") for entry in action.measures_done or []}
    return sum(measure in done for measure in action.measures), len(action.measures)


def _unjoined(user: Any, work: Work) -> list[dict[str, Any]]:
    """The schools in which she is nobody's name, with what she said there before (one query, and only when there are)."""
    if not work.unjoined:
        return []
    said: dict[Any, IdentityClaim] = {}
    mine = IdentityClaim.objects.filter(school__in=[m.school_id for m in work.unjoined], user=user)
    for found in mine.select_related("person").order_by("created_at", "id"):
        said[found.school_id] = found
    return [
        {
            "school": m.school,
            "claim": said.get(m.school_id),
            "may_join": may(m.role, Capability.MANAGE_PEOPLE),
        }
        for m in work.unjoined
    ]


def _job_value(one: Job, request: HttpRequest) -> dict[str, Any]:
    action, counted = one.action, ticks(one.action)
    links = links_of(one)
    return {
        "id": str(action.pk),
        "school": one.plan.school.slug,
        "plan": str(one.plan.pk),
        "school_year": one.plan.year.name if one.plan.year else None,
        "plan_state": one.plan.state,
        "criteria": action.criteria,
        "content": action.content,
        "part": "responsible" if one.responsible else "collaborator",
        "through_groups": one.through,
        "group": str(one.when),
        "due": action.ends_on.isoformat() if action.ends_on else None,
        "days_left": one.days,
        "status": one.row.status,
        "percent": action.progress_percent,
        "measures": {"done": counted[0], "total": counted[1]} if counted else None,
        "url": request.build_absolute_uri(links["url"]),
        "report_url": request.build_absolute_uri(links["report_url"]),
    }


def _waiting_value(one: Waiting, request: HttpRequest) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "label": one.label,
        "school": one.school.slug,
        "since": one.since.isoformat() if one.since else None,
        "url": request.build_absolute_uri(one.url),
    }
