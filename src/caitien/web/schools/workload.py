"""How much each person of a school owns in the plans that are not closed: counted by the database, in one query."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from caitien.web.plans.models import Action, Involvement, Plan
from caitien.web.schools.models import GroupMember

FINISHED = ("done", "dropped")
LIVING = Q(involvements__action__removed_at=None) & ~Q(involvements__action__plan__state=Plan.State.CLOSED)
_RESPONSIBLE = LIVING & Q(involvements__part=Involvement.Part.RESPONSIBLE)
_NOT_FINISHED = Q(involvements__action__progress_status=None) | ~Q(involvements__action__progress_status__in=FINISHED)


def with_work(people: Any, school: Any) -> Any:
    """The people with `owns`, `unfinished` (of those), `helps`, and `by_group`: whether a group of hers has a part."""
    through_group = GroupMember.objects.for_school(school).filter(
        person=OuterRef("pk"),
        group__involvements__action__removed_at=None,
        group__involvements__isnull=False,
    )
    return people.annotate(
        owns=Count("involvements", filter=_RESPONSIBLE),
        unfinished=Count("involvements", filter=_RESPONSIBLE & _NOT_FINISHED),
        helps=Count("involvements", filter=LIVING & Q(involvements__part=Involvement.Part.COLLABORATOR)),
        by_group=Exists(through_group),
    )


def actions_of(person: Any) -> list[Any]:
    """Involvements of the person in plans that are not closed, with their actions and plans; unfinished first, by deadline."""
    rows = (
        Involvement.objects.for_school(person.school_id)
        .filter(person=person, action__removed_at=None)
        .exclude(action__plan__state=Plan.State.CLOSED)
        .select_related("action__plan__year")
    )
    return sorted(
        rows,
        key=lambda row: (is_finished(row.action), row.action.ends_on is None, row.action.ends_on, row.action.position),
    )


def is_finished(action: Action) -> bool:
    return action.progress_status in FINISHED
