"""What documents need besides the plan value: who reported what of an action, and how many photographs came with it."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from caitien.web.plans.forms_of_documents import name_of
from caitien.web.plans.models import Action, Plan, ProgressEntry, ProgressPhoto
from caitien.writing.action_sheet import ProgressEntry as EntryOnPaper


def entries_on_paper(action: Action) -> list[EntryOnPaper]:
    """The reports of an action as its sheet prints them (one query)."""
    found = ProgressEntry.objects.for_school(action.school_id).filter(action=action).select_related("author")
    return [
        EntryOnPaper(one.on, name_of(one.author), one.text, one.status or None, one.percent, one.pictures)
        for one in found.annotate(pictures=Count("photos")).order_by("on", "created_at")
    ]


def photographs(plan: Plan, *, until: date | None = None) -> dict[UUID, int]:
    """Key of an action to how many photographs were reported for it, up to a day (one query)."""
    found = ProgressPhoto.objects.for_school(plan.school_id).filter(entry__action__plan=plan)
    if until is not None:
        found = found.filter(entry__on__lte=until)
    counted = found.order_by().values("entry__action").annotate(photos=Count("id"))
    return {one["entry__action"]: one["photos"] for one in counted}


def end_of(day: date) -> datetime:
    """The last moment of a day of the school."""
    return timezone.make_aware(datetime.combine(day, time.max))
