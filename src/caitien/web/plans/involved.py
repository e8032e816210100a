"""Who has a part in an action, as people of the school: derived from the printed names, which stay as they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from caitien.web.plans.models import Action, Involvement
from caitien.web.schools.models import School

PARTS = {"responsible": Involvement.Part.RESPONSIBLE, "collaborators": Involvement.Part.COLLABORATOR}
"""Column of an action -> what its names are in it."""


def relink(school: School, actions: Iterable[Action]) -> None:
    """Makes the involvements of these actions anew. A name that nobody of the school has becomes a new person of it."""
    from caitien.web.schools.people import ensure

    rows = list(actions)
    if not rows:
        return
    people = ensure(school, {text for row in rows for column in PARTS for text in getattr(row, column)})
    wanted: dict[tuple[Any, Any, str], Involvement] = {}
    for row in rows:
        for column, part in PARTS.items():
            for text in getattr(row, column):
                if (person := people.get(text)) is not None:
                    wanted.setdefault(
                        (row.pk, person.pk, part),
                        Involvement(school=school, action=row, person=person, part=part, text=text),
                    )
    Involvement.objects.for_school(school).filter(action__in=rows).delete()
    Involvement.objects.bulk_create(wanted.values())
