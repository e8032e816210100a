"""Hạn chế, điểm yếu: written, changed, put in order, taken away and brought back; never deleted, every change in the history.

One stands at a standard (Thông tư 57/2026) or on the sheet of a criterion (2018), and there it is open for writing as long as
that is. Which issue of a plan answers it is no part of the report: it can be said when the report is approved, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from caitien.web.assessments.editing import Outcome, held, permitted, save, saved
from caitien.web.assessments.models import Assessment, CriterionReview, Weakness
from caitien.web.plans.models import POSITION_STEP

FIELDS = ("text", "cause", "priority", "criteria")
"""What people write about a weakness."""


def create(
    assessment: Assessment,
    *,
    user: Any,
    text: str,
    standard: str = "",
    criterion: str = "",
    cause: str = "",
    priority: str = "",
    criteria: Sequence[str] = (),
    batch: UUID | None = None,
) -> Weakness:
    """A new weakness, last of its standard or criterion. Raises Locked when the report, or the criterion, is closed."""
    with transaction.atomic():
        row = Weakness(
            school=assessment.school, assessment=held_with_school(assessment), standard=standard, criterion=criterion,
            text=text, cause=cause, priority=priority, criteria=list(criteria), position=_last(assessment) + POSITION_STEP,
        )  # fmt: skip
        open_for(row)
        saved(row, user, batch=batch)
        return row


def change(
    row: Weakness,
    wanted: Mapping[str, Any],
    *,
    seen: int,
    user: Any,
    batch: UUID | None = None,
    whatever_it_was: bool = False,
) -> Outcome:
    """Changes columns (`FIELDS`) of the version `seen`; with clashes nothing is saved (see `editing.save`). Raises Locked."""
    with transaction.atomic():
        held(row.assessment)
        open_for(row)
        return save(row, wanted, seen=seen, user=user, batch=batch, whatever_it_was=whatever_it_was)


def remove(row: Weakness, *, user: Any, batch: UUID | None = None) -> Weakness:
    """Takes a weakness away: it stays in the table and can be brought back. Raises Locked."""
    reason = gettext_noop("Bỏ hạn chế")
    return _set(row, {"removed_at": timezone.now()}, user, reason, batch)


def restore(row: Weakness, *, user: Any, batch: UUID | None = None) -> Weakness:
    """Brings back a weakness that was taken away (get it from `Weakness.everything`). Raises Locked."""
    return _set(row, {"removed_at": None}, user, gettext_noop("Lấy lại hạn chế"), batch)


def move(row: Weakness, *, by: int, user: Any, batch: UUID | None = None) -> bool:
    """Puts a weakness one place up (`by` -1) or down (1) among those of its standard or criterion. False: no such place."""
    with transaction.atomic():
        now = held_with_school(row.assessment)
        open_for(row)
        rows = list(
            Weakness.objects.for_school(now.school).filter(
                assessment=now, standard=row.standard, criterion=row.criterion
            )
        )
        at = next((place for place, one in enumerate(rows) if one.pk == row.pk), None)
        if at is None or not 0 <= at + by < len(rows):
            return False
        one, other = rows[at], rows[at + by]
        places = (other.position, one.position)
        if places[0] == places[1]:  # rows of another program may stand at one place
            places = (places[0] + by, places[1])
        for changed, place in zip((one, other), places, strict=True):
            changed.assessment, changed.school = now, now.school
            save(changed, {"position": place}, seen=0, user=user, batch=batch, whatever_it_was=True)
        return True


def answer(row: Weakness, issue: UUID | None, *, user: Any, batch: UUID | None = None) -> Weakness:
    """Says which issue of a plan answers a weakness (None: none). Also when the report is approved: it is no word of it."""
    reason = gettext_noop("Gắn với vấn đề trọng tâm") if issue else gettext_noop("Gỡ khỏi vấn đề trọng tâm")
    wanted = {"issue_id": issue}
    found: Weakness = save(
        row, wanted, seen=row.version, user=user, reason=reason, batch=batch, whatever_it_was=True
    ).row
    return found


def open_for(row: Weakness) -> None:
    """Raises Locked when the report is approved, or the sheet that the weakness stands on is submitted or approved."""
    permitted(row)
    if row.criterion:
        reviews = CriterionReview.objects.filter(school=row.school_id, assessment=row.assessment, code=row.criterion)
        if (review := reviews.first()) is not None:
            review.assessment = row.assessment
            permitted(review)


def held_with_school(assessment: Assessment) -> Assessment:
    """The assessment as it is now, held until the transaction ends, with the school that is known already."""
    now = held(assessment)
    now.school = assessment.school
    return now


def _set(row: Weakness, wanted: dict[str, Any], user: Any, reason: str, batch: UUID | None) -> Weakness:
    with transaction.atomic():
        held(row.assessment)
        open_for(row)
        found: Weakness = save(
            row, wanted, seen=row.version, user=user, reason=reason, batch=batch, whatever_it_was=True
        ).row
        return found


def _last(assessment: Assessment) -> int:
    """The position of the last weakness, of those taken away too: they may come back."""
    rows = Weakness.everything.for_school(assessment.school_id).filter(assessment=assessment).order_by("-position")
    last = rows.values_list("position", flat=True).first()
    return last or 0
