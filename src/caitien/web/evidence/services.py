"""Changing evidence: every change goes through here, so that each is held, has a version, a line of history and an event.

No screens. A change that would take the proof from a judgement "met", or evidence from an approved report, is refused
with where it is used (`StillProves`, `Cited`: answered by the guard with 409).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from caitien.standards.model import Framework
from caitien.web.evidence.codes import give_code, order_of
from caitien.web.evidence.models import (
    ActionEvidence,
    Attachment,
    Evidence,
    EvidenceEvent,
    EvidenceUse,
    StoredFile,
)
from caitien.web.evidence.search import reindexed
from caitien.web.plans.editing import version_of
from caitien.web.plans.merge import Clash, merge
from caitien.web.schools.models import School
from caitien.web.schools.not_now import NotNow

Kind, State = EvidenceEvent.Kind, Evidence.State
FIELDS = ("name", "number", "date", "issuer", "summary", "place", "note", "box", "valid_until", "sensitive")
"""What people write about an evidence."""


class StillProves(NotNow):
    """Judgements "met" stand on this evidence alone: they are taken back first."""


class Cited(NotNow):
    """An approved report cites this evidence: it stays."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edit. With clashes nothing was saved; `row` is the evidence as it is now."""

    row: Evidence
    changed: list[str] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)


def create(school: School, user: Any, name: str, *, batch: UUID | None = None, **fields: Any) -> Evidence:
    """A new evidence, waiting to be verified, with no file, code or criterion yet. `fields`: of `FIELDS`."""
    with transaction.atomic():
        row = Evidence(school=school, name=name, created_by=user, code_order=order_of(""), **fields)
        _saved(row, user, "", batch)
        tell(row, Kind.SUBMITTED, user)
        words_changed(row)
        return row


def save_fields(
    school: School, key: UUID, wanted: Mapping[str, Any], *, seen: int, user: Any, batch: UUID | None = None
) -> Outcome:
    """Saves what somebody wrote of the version that she saw; what others changed meanwhile is joined, or both are shown."""
    with transaction.atomic():
        row = held(school, key)
        base = version_of(row, seen)
        parts = merge(
            {name: {name: getattr(base, name)} for name in wanted},
            {name: {name: value} for name, value in wanted.items()},
            {name: {name: getattr(row, name)} for name in wanted},
        )
        if parts.clashes or not parts.changes:
            return Outcome(row, clashes=parts.clashes)
        for columns in parts.changes.values():
            for column, value in columns.items():
                setattr(row, column, value)
        row.version += 1
        _saved(row, user, "", batch)
        words_changed(row)
        return Outcome(row, list(parts.changes))


def attach_file(
    evidence: Evidence, file: StoredFile, name: str, user: Any, *, replaces: Attachment | None = None
) -> Attachment:
    """Adds a file; `replaces`: the attachment of which it is a newer version. The same content twice is one attachment.

    Verified evidence that gets a new file or version waits to be verified again unless a judgement stands on it alone:
    then it stays verified and the event tells it.
    """
    with transaction.atomic():
        row = held(evidence.school, evidence.pk)
        same = Attachment.objects.for_school(row.school).filter(evidence=row, file=file, superseded_at=None).first()
        if same is not None:
            return same
        made = _attached(row, user, replaces, name=name, file=file)
        words_changed(row)
        return made


def attach_link(evidence: Evidence, url: str, name: str, user: Any) -> Attachment:
    """Adds a link. The same address twice is one attachment. Raises ValueError for what is neither http nor https: the form
    says it in words, and no other way in may store what a browser would run."""
    if not url.lower().startswith(("http://", "https://")):
        raise ValueError(url[:40])
    with transaction.atomic():
        row = held(evidence.school, evidence.pk)
        same = Attachment.objects.for_school(row.school).filter(evidence=row, url=url, superseded_at=None).first()
        made = same or _attached(row, user, None, name=name or url[:255], url=url)
        words_changed(row)
        return made


def remove_attachment(attachment: Attachment, user: Any) -> None:
    """Takes a file or link away; it stays in the table and in the storage."""
    with transaction.atomic():
        row = held(attachment.school, attachment.evidence_id)
        attachment.removed_at = timezone.now()
        attachment.save(update_fields=["removed_at"])
        tell(row, Kind.FILE_REMOVED, user, attachment.name)
        words_changed(row)


def use(evidence: Evidence, framework: Framework, criteria: Iterable[str], user: Any, *, state: str = "used") -> None:
    """Says that an evidence serves criteria (or is offered to them). Its first criterion gives it its code.

    An offer never takes back what somebody has said before. Codes that the framework has not are passed over.
    """
    known = set(framework.codes)
    with transaction.atomic():
        row = held(evidence.school, evidence.pk)
        for code in dict.fromkeys(criteria):
            if code not in known:
                continue
            one = EvidenceUse.objects.for_school(row.school).filter(
                evidence=row, framework=framework.id, criterion=code
            )
            found = one.first()
            if found is None:
                EvidenceUse.objects.create(
                    school=row.school, evidence=row, framework=framework.id, criterion=code, state=state, by=user
                )
            elif state != EvidenceUse.State.OFFERED and found.state != state:
                found.state, found.by = state, user
                _guarded(row, lambda found=found: found.save())
            if state == EvidenceUse.State.USED and not row.code and give_code(row, framework, code, user):
                row.version += 1
                _saved(row, user, "")
                tell(row, Kind.CODED, user, row.code)
                words_changed(row)
    evidence.code, evidence.code_order, evidence.version = row.code, row.code_order, row.version


def stop_using(evidence: Evidence, framework_id: str, criterion: str, user: Any) -> None:
    """Says that an evidence does not serve a criterion. Raises StillProves when a judgement "met" stands on it alone."""
    with transaction.atomic():
        row = held(evidence.school, evidence.pk)
        rows = EvidenceUse.objects.for_school(row.school).filter(
            evidence=row, framework=framework_id, criterion=criterion
        )
        _guarded(row, lambda: rows.update(state=EvidenceUse.State.DECLINED, by=user, at=timezone.now()))


def take_back_use(evidence: Evidence, framework_id: str, criterion: str, before: str, user: Any) -> None:
    """Says again of a criterion what was said before somebody changed it (`before`: a state, "" nothing). The code stays.

    Raises StillProves when a judgement "met" stands on it alone by now.
    """
    with transaction.atomic():
        row = held(evidence.school, evidence.pk)
        rows = EvidenceUse.objects.for_school(row.school).filter(
            evidence=row, framework=framework_id, criterion=criterion
        )
        if before:
            _guarded(row, lambda: rows.update(state=before, by=user, at=timezone.now()))
        else:
            _guarded(row, rows.delete)


def prove_action(evidence: Evidence, action: Any, text: str, user: Any) -> None:
    """Says that an evidence proves an action of a plan; its criteria are offered the evidence. `text`: as expected there.

    The expected evidence is marked as there, where the plan still takes reports.
    """
    from caitien.web.evidence.of_actions import tick, with_line
    from caitien.web.plans.frameworks import framework

    with transaction.atomic():
        row = held(evidence.school, evidence.pk)
        proof, made = ActionEvidence.objects.get_or_create(
            school=row.school, evidence=row, action=action, defaults={"text": text, "by": user}
        )
        if not made and proof.text != (joined := with_line(proof.text, text)):
            proof.text = joined
            proof.save(update_fields=["text"])
    found = framework(action.plan.framework)
    if found is not None:
        use(evidence, found, action.criteria, user, state=EvidenceUse.State.OFFERED)
    tick(action, text, user)


STEPS: dict[str, tuple[tuple[str, ...], str, bool]] = {
    # kind: (states before, state after, a reason must be said)
    Kind.VERIFIED: ((State.SUBMITTED, State.REJECTED), State.VERIFIED, False),
    Kind.REJECTED: ((State.SUBMITTED, State.VERIFIED), State.REJECTED, True),
    Kind.EXPIRED: ((State.SUBMITTED, State.VERIFIED), State.EXPIRED, False),
    Kind.REPLACED: ((State.SUBMITTED, State.VERIFIED, State.EXPIRED), State.REPLACED, False),
    Kind.BACK: ((State.VERIFIED, State.REJECTED, State.EXPIRED, State.REPLACED), State.SUBMITTED, False),
}


def take_step(
    school: School, key: UUID, kind: str, *, user: Any, note: str = "", replaced_by: Evidence | None = None
) -> Evidence:
    """Takes a step of its life. Raises NotNow from a state where it does not lead, StillProves when judgements stand on it."""
    before, after, _needs = STEPS[kind]
    with transaction.atomic():
        row = held(school, key)
        if row.state not in before:
            raise NotNow(
                _("Minh chứng “%(name)s” nay đang ở tình trạng “%(state)s”, nên không làm bước này được.")
                % {"name": row.name[:80], "state": row.get_state_display()}
            )
        row.state, row.state_note, row.version = after, note, row.version + 1
        row.replaced_by = replaced_by if kind == Kind.REPLACED else row.replaced_by
        _guarded(row, lambda: _saved(row, user, note))
        tell(row, kind, user, note)
        return row


def remove(school: School, key: UUID, *, user: Any, note: str = "") -> Evidence:
    """Takes an evidence off the list; it can be restored. Raises Cited, StillProves with where it is used."""
    with transaction.atomic():
        row = held(school, key)
        cited = list(row.cited_in.for_school(school).select_related("assessment__year"))
        if cited:
            raise Cited(_cited_words(row, cited))
        row.removed_at, row.version = timezone.now(), row.version + 1
        _guarded(row, lambda: _saved(row, user, note))
        tell(row, Kind.REMOVED, user, note)
        words_changed(row)
        return row


def restore(school: School, key: UUID, *, user: Any) -> Evidence:
    """Brings an evidence back onto the list, with its code."""
    with transaction.atomic():
        row = held(school, key)
        if row.removed_at is not None:
            row.removed_at, row.version = None, row.version + 1
            _saved(row, user, "")
            tell(row, Kind.RESTORED, user)
            words_changed(row)
        return row


def held(school: Any, key: UUID) -> Evidence:
    """The evidence as it is now, held until the transaction ends. Http404 when the school has none such."""
    row = Evidence.everything.select_for_update(no_key=True).filter(school=school, pk=key).first()
    if row is None:
        raise Http404
    return row


def tell(evidence: Evidence, kind: str, user: Any, note: str = "") -> EvidenceEvent:
    """Adds a step to the life of an evidence."""
    return EvidenceEvent.objects.create(
        school=evidence.school, evidence=evidence, kind=kind, by=user, at=timezone.now(), note=note
    )


def _attached(row: Evidence, user: Any, replaces: Attachment | None, **content: Any) -> Attachment:
    count = Attachment.everything.for_school(row.school).filter(evidence=row).count()
    made = Attachment(
        school=row.school,
        evidence=row,
        position=replaces.position if replaces else count,
        version=replaces.version + 1 if replaces else 1,
        replaces=replaces,
        added_by=user,
        **content,
    )
    made.save()
    if replaces is not None:
        replaces.superseded_at = timezone.now()
        replaces.save(update_fields=["superseded_at"])
    tell(row, Kind.NEW_VERSION if replaces else Kind.FILE_ADDED, user, made.name)
    if row.state == State.VERIFIED:
        _verify_again(row, user)
    elif row.state == State.REJECTED:  # what was asked for came: whoever verifies looks again
        row.state, row.state_note, row.version = State.SUBMITTED, "", row.version + 1
        _saved(row, user, "")
        tell(row, Kind.BACK, user)
    return made


def _verify_again(row: Evidence, user: Any) -> None:
    """What was verified was another paper: it waits again, where no judgement stands on it alone."""
    try:
        with transaction.atomic():
            row.state, row.version = State.SUBMITTED, row.version + 1
            _saved(row, user, "")
    except IntegrityError:
        row.state, row.version = State.VERIFIED, row.version - 1
        return
    tell(row, Kind.BACK, user)


def _guarded(row: Evidence, change: Any) -> None:
    """Makes a change that the guard of the database may refuse. Raises StillProves."""
    from caitien.web.assessments.proof import is_refusal, sentence

    try:
        with transaction.atomic():
            change()
    except IntegrityError as error:
        if is_refusal(error):
            raise StillProves(*sentence(row)) from error
        raise


def _cited_words(row: Evidence, cited: list[Any]) -> str:
    where = "; ".join(
        f"{one.assessment} ({', '.join(one.places[:6])}{'…' if len(one.places) > 6 else ''})" for one in cited
    )
    return _(
        "Không bỏ được minh chứng “%(name)s”: báo cáo đã phê duyệt còn viện dẫn, ở %(where)s. Nếu có bản mới, hãy thêm "
        "bản mới hoặc đánh dấu đã được thay thế."
    ) % {"name": str(row)[:100], "where": where}


def _saved(row: Evidence, user: Any, reason: str, batch: UUID | None = None) -> None:
    row._change_reason, row._history_user, row._batch = (str(reason) or "")[:100] or None, user, batch
    row.save()


def words_changed(row: Evidence) -> None:
    """Its words for searching are looked at anew."""
    reindexed(row.school_id, [row.pk])
