"""Changing the council: its members, its groups, their order, and who writes which criterion.

What is said is which **group** writes a criterion (`WorkingGroup.criteria`); the people at the criterion
(`CriterionReview.writers`) follow: all people of its groups, until somebody has narrowed them by hand; then those stay
who are still in one of the groups (`followed`). A member taken off is gone from the table; her line in the history brings her back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext_noop

from caitien.plan.people import split_people
from caitien.plan.text import one_space
from caitien.web.assessments.editing import Outcome, held, new_batch, permitted, save, saved
from caitien.web.assessments.models import Assessment, CouncilMember, CriterionReview, WorkingGroup
from caitien.web.plans.places import places_between

STEP = 1024
MOVED = gettext_noop("Đổi thứ tự")
FOLLOWED = gettext_noop("Theo phân công của nhóm")
Row = CouncilMember | WorkingGroup
Pair = tuple[str, str]  # key of a group (or a member), code of a criterion


def add(assessment: Assessment, row: Row, user: Any, *, batch: UUID | None = None) -> Row:
    """Puts a new member or group at the end. Raises Locked."""
    with transaction.atomic():
        row.school, row.assessment = assessment.school, held(assessment)
        row.assessment.school = assessment.school
        permitted(row)
        before = _people(assessment) if isinstance(row, WorkingGroup) else {}
        last = type(row).objects.for_school(assessment.school_id).filter(assessment=assessment).order_by("-position")
        row.position = (last.values_list("position", flat=True).first() or 0) + STEP
        batch = batch or new_batch()
        saved(row, user, batch=batch)
        if isinstance(row, WorkingGroup):
            _follow(assessment, before, user, batch)
        return row


def change(row: Row, wanted: Mapping[str, Any], *, seen: int, user: Any) -> Outcome:
    """Saves what somebody wrote of a member or a group. A member's new name stands in the groups and criteria too."""
    assessment = row.assessment
    with transaction.atomic():
        held(assessment)
        batch = new_batch()
        before = _people(assessment) if isinstance(row, WorkingGroup) else {}
        old_name = row.name
        outcome = save(row, wanted, seen=seen, user=user, batch=batch)
        if outcome.clashes:
            return outcome
        if isinstance(row, WorkingGroup):
            _follow(assessment, before, user, batch)
        elif "name" in outcome.changed:
            _rename(assessment, old_name, outcome.row.name, user, batch)
        return outcome


def take_off(row: Row, user: Any) -> None:
    """Takes a member or a group off; `bring_back` undoes it. Raises Locked."""
    assessment = row.assessment
    with transaction.atomic():
        held(assessment)
        permitted(row)
        batch = new_batch()
        before = _people(assessment) if isinstance(row, WorkingGroup) else {}
        row._history_user, row._batch = user, batch  # type: ignore[union-attr]
        row._change_reason = None  # type: ignore[union-attr]
        row.delete()
        if isinstance(row, WorkingGroup):
            _follow(assessment, before, user, batch)


def bring_back(model: type[Row], assessment: Assessment, key: UUID, user: Any) -> Row:
    """Puts back what was taken off, as it was. Http404 when it was never there; what is there already stays."""
    with transaction.atomic():
        held(assessment)
        there = model.objects.for_school(assessment.school_id).filter(assessment=assessment, pk=key).first()
        if there is not None:
            return there
        records = model.history.filter(school_id=assessment.school_id, assessment_id=assessment.pk, id=key)
        record = records.order_by("-history_date", "-history_id").first()
        if record is None:
            raise Http404
        row: Row = record.instance
        row.school, row.assessment = assessment.school, assessment
        row.version += 1
        permitted(row)
        before = _people(assessment) if isinstance(row, WorkingGroup) else {}
        batch = new_batch()
        saved(row, user, batch=batch)
        if isinstance(row, WorkingGroup):
            _follow(assessment, before, user, batch)
        return row


def move(row: Row, to: int, user: Any) -> None:
    """Lets a member or a group stand at place `to` (0 is the first). Other rows change only when there is no room."""
    with transaction.atomic():
        held(row.assessment)
        permitted(row)
        rows = list(type(row).objects.for_school(row.school_id).filter(assessment=row.assessment_id))
        others = [one for one in rows if one.pk != row.pk]
        to = max(0, min(to, len(others)))
        if [one.pk for one in rows].index(row.pk) == to:
            return
        batch = new_batch()
        places = places_between([one.position for one in others], to, 1)
        if places is None or places[0] <= 0:
            others.insert(to, next(one for one in rows if one.pk == row.pk))
            for place, one in enumerate(others, 1):
                _placed(one, row.assessment, place * STEP, user, batch)
        else:
            _placed(row, row.assessment, places[0], user, batch)


def assign(assessment: Assessment, shown: Collection[Pair], ticked: Collection[Pair], user: Any) -> int:
    """Gives criteria to groups as somebody ticked them; what others ticked meanwhile stays. Returns how many ticks changed.

    `shown`: the pairs that were ticked when the page was shown, `ticked`: now. Codes keep the order of the report.
    """
    gone, new = set(shown) - set(ticked), set(ticked) - set(shown)
    with transaction.atomic():
        held(assessment)
        before, batch, changed = _people(assessment), new_batch(), 0
        order = list(
            CriterionReview.objects.for_school(assessment.school_id)
            .filter(assessment=assessment)
            .values_list("code", flat=True)
        )
        for group in WorkingGroup.objects.for_school(assessment.school_id).filter(assessment=assessment):
            group.assessment = assessment
            mine = set(group.criteria)
            now = (mine - {code for key, code in gone if key == str(group.pk)}) | {
                code for key, code in new if key == str(group.pk) and code in order
            }
            if now == mine:
                continue
            changed += len(now ^ mine)
            codes = [code for code in order if code in now] + [code for code in group.criteria if code in now and code not in order]  # fmt: skip
            save(group, {"criteria": codes}, seen=group.version, user=user, batch=batch, whatever_it_was=True)
        if changed:
            _follow(assessment, before, user, batch)
        return changed


def name_writers(assessment: Assessment, shown: Collection[Pair], ticked: Collection[Pair], user: Any) -> int:
    """The same by person: who writes a criterion, narrowed or widened by hand. Keys are members'."""
    gone, new = set(shown) - set(ticked), set(ticked) - set(shown)
    with transaction.atomic():
        held(assessment)
        members = {str(one.pk): one.name for one in _members(assessment)}
        batch, changed = new_batch(), 0
        for review in _reviews(assessment):
            off = {members.get(key) for key, code in gone if code == review.code}
            on = [members[key] for key, code in sorted(new) if code == review.code and key in members]
            names = [name for name in review.writers if name not in off]
            names += [name for name in on if name not in names]
            if names != review.writers:
                changed += 1
                save(review, {"writers": names}, seen=review.version, user=user, batch=batch, whatever_it_was=True)
        return changed


def followed(writers: list[str], before: list[str], after: list[str]) -> list[str]:
    """Who writes a criterion when the people of its groups were `before` and are `after`. Values in, values out."""
    if before == after:
        return writers
    if not writers or set(writers) == set(before):
        return after
    kept = [name for name in writers if name in after or name not in before]
    return kept or after


def people_of(groups: Iterable[Any]) -> dict[str, list[str]]:
    """Criterion -> the people of the groups that write it, leaders first."""
    found: dict[str, list[str]] = {}
    for group in groups:
        names = [one_space(name) for said in (group.leader, *group.members) if said for name in split_people(said)]
        for code in group.criteria:
            there = found.setdefault(code, [])
            there += [name for name in names if name and name not in there]
    return found


def _people(assessment: Assessment) -> dict[str, list[str]]:
    return people_of(WorkingGroup.objects.for_school(assessment.school_id).filter(assessment=assessment))


def _members(assessment: Assessment) -> Any:
    return CouncilMember.objects.for_school(assessment.school_id).filter(assessment=assessment)


def _reviews(assessment: Assessment) -> Iterable[CriterionReview]:
    for review in CriterionReview.objects.for_school(assessment.school_id).filter(assessment=assessment):
        review.assessment = assessment
        yield review


def _follow(assessment: Assessment, before: Mapping[str, list[str]], user: Any, batch: UUID) -> None:
    after = _people(assessment)
    if before == after:
        return
    for review in _reviews(assessment):
        names = followed(review.writers, before.get(review.code, []), after.get(review.code, []))
        if names != review.writers:
            save(
                review, {"writers": names}, seen=review.version, user=user, reason=FOLLOWED, batch=batch,
                whatever_it_was=True,
            )  # fmt: skip


def _rename(assessment: Assessment, old: str, new: str, user: Any, batch: UUID) -> None:
    changes: list[tuple[Any, dict[str, Any]]] = []
    for group in WorkingGroup.objects.for_school(assessment.school_id).filter(assessment=assessment):
        group.assessment = assessment
        wanted: dict[str, Any] = {"leader": new} if group.leader == old else {}
        if old in group.members:
            wanted["members"] = [new if name == old else name for name in group.members]
        changes.append((group, wanted))
    changes += [
        (review, {"writers": [new if name == old else name for name in review.writers]})
        for review in _reviews(assessment)
        if old in review.writers
    ]
    for row, wanted in changes:
        if wanted:
            save(row, wanted, seen=row.version, user=user, batch=batch, whatever_it_was=True)


def _placed(row: Row, assessment: Assessment, position: int, user: Any, batch: UUID) -> None:
    row.assessment = assessment
    wanted = {"position": position}
    save(row, wanted, seen=row.version, user=user, reason=MOVED, batch=batch, whatever_it_was=True)
