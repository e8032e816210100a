"""Two entries that are one paper become one: the kept one gets the other's files, criteria and actions; codes of both mean it.

The other is taken off the list and can be brought back with all that it had.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from caitien.web.evidence import services
from caitien.web.evidence.models import ActionEvidence, Attachment, Evidence, EvidenceCode, EvidenceEvent, EvidenceUse
from caitien.web.schools.models import School
from caitien.web.schools.not_now import NotNow

Kind, Used = EvidenceEvent.Kind, EvidenceUse.State
INTO = gettext_noop("gộp vào")
FILLED = ("number", "date", "issuer", "summary", "place", "note", "valid_until")
"""What the kept one takes from the other where it says nothing itself."""


def merge(school: School, kept: UUID, gone: UUID, *, user: Any) -> Evidence:
    """The kept evidence. Raises NotNow when one is off the list, Cited when an approved report cites the one that goes,
    StillProves when judgements rest on it and the kept one is not verified."""
    with transaction.atomic():
        first, second = (
            services.held(school, key) for key in sorted((kept, gone))
        )  # in one order: nobody waits in a ring
        keep, go = (first, second) if first.pk == kept else (second, first)
        if keep.removed_at or go.removed_at or keep.pk == go.pk:
            raise NotNow(_("Một trong hai minh chứng đã bị bỏ khỏi danh mục. Hãy mở lại trang."))
        _uses(keep, go, user)
        _files(keep, go)
        _actions(keep, go)
        EvidenceCode.objects.for_school(school).filter(evidence=go).update(evidence=keep)
        filled = {name: getattr(go, name) for name in FILLED if not getattr(keep, name) and getattr(go, name)}
        if go.sensitive and not keep.sensitive:
            filled["sensitive"] = True
        if filled:
            services.save_fields(school, keep.pk, filled, seen=keep.version, user=user)
        services.remove(school, go.pk, user=user, note=f"{INTO} {str(keep)[:200]}")
        services.tell(keep, Kind.MERGED, user, str(go)[:200])
        _point(go, keep)
    return Evidence.objects.get(school=school, pk=kept)


def part(school: School, gone: UUID, *, user: Any) -> None:
    """Brings back an evidence that was merged: with its own codes; the kept one keeps what it got, to be taken away by hand."""
    with transaction.atomic():
        row = services.restore(school, gone, user=user)
        if row.replaced_by_id is None:
            return
        ledger = EvidenceCode.objects.for_school(school).filter(evidence=row.replaced_by_id)
        was_merged = bool(row.code and ledger.filter(code=row.code).update(evidence=row))
        if was_merged or row.state != Evidence.State.REPLACED:
            _point(row, None)


def _uses(keep: Evidence, go: Evidence, user: Any) -> None:
    there = {
        (one.framework, one.criterion): one for one in EvidenceUse.objects.filter(school=keep.school_id, evidence=keep)
    }
    for one in EvidenceUse.objects.filter(school=keep.school_id, evidence=go).exclude(state=Used.DECLINED):
        mine = there.get((one.framework, one.criterion))
        if mine is None:
            EvidenceUse.objects.create(
                school=keep.school,
                evidence=keep,
                framework=one.framework,
                criterion=one.criterion,
                state=one.state,
                by=user,
            )
        elif one.state == Used.USED and mine.state != Used.USED:
            mine.state, mine.by, mine.school = Used.USED, user, keep.school
            mine.save(update_fields=["state", "by", "at"])


def _files(keep: Evidence, go: Evidence) -> None:
    """The same content or address is not there twice. Older versions stay with the one that goes."""
    rows = Attachment.objects.filter(school=keep.school_id, superseded_at=None)
    there = {one.file_id or one.url for one in rows.filter(evidence=keep)}
    place = rows.filter(evidence=keep).count()
    for one in rows.filter(evidence=go):
        if (one.file_id or one.url) in there:
            continue
        place += 1
        Attachment.objects.create(
            school=keep.school, evidence=keep, position=place, name=one.name, file_id=one.file_id, url=one.url,
            reach=one.reach, reach_note=one.reach_note, reach_checked_at=one.reach_checked_at, added_by_id=one.added_by_id,
        )  # fmt: skip


def _actions(keep: Evidence, go: Evidence) -> None:
    for one in ActionEvidence.objects.filter(school=keep.school_id, evidence=go).select_related("action"):
        ActionEvidence.objects.get_or_create(
            school=keep.school, evidence=keep, action=one.action, defaults={"text": one.text, "by_id": one.by_id}
        )


def _point(row: Evidence, at: Evidence | None) -> None:
    """Which evidence stands for one that was merged. No word about it changes, so it is no line of its history."""
    Evidence.everything.filter(school=row.school_id, pk=row.pk).update(replaced_by=at, changed_at=timezone.now())
