"""Changing a self-assessment: every change goes through here, so that each has a version, a line of history, loses no word.

Who writes holds the assessment first, then looks at the row as it is. An approved report is locked (`Locked`), so is a
criterion that was submitted or approved, until it is returned or withdrawn. What is cited in a text is linked to the
criterion. "Met" without text or verified evidence is refused by the database and said here (`NoProof`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from caitien.assessment.evidence_codes import cited
from caitien.web.assessments.models import (
    Assessment,
    AssessmentEvent,
    CriterionReview,
    LevelReview,
    StandardReview,
    Weakness,
)
from caitien.web.assessments.proof import is_refusal
from caitien.web.evidence.models import Evidence, EvidenceUse
from caitien.web.evidence.services import use
from caitien.web.plans.editing import new_batch, version_of
from caitien.web.plans.frameworks import framework
from caitien.web.plans.merge import Clash, merge
from caitien.web.schools.not_now import NotNow

__all__ = ["Locked", "NoProof", "Outcome", "held", "new_batch", "permitted", "save", "saved", "tell", "version_of"]

TEXTS = {
    LevelReview: ("description",),
    StandardReview: ("opening", "trend", "conclusion", "strengths", "priorities"),
    CriterionReview: ("improvement", "strengths"),
    Weakness: ("text", "cause"),
}
"""Columns whose words may cite evidence."""
CLOSED = (CriterionReview.State.SUBMITTED, CriterionReview.State.APPROVED)
MOVES = frozenset({"state", "writers"})
"""Columns of a criterion that change while its words are closed."""
LINKS = frozenset({"issue_id"})
"""Columns of a weakness that are no words of the report: the plan that answers it is made when the report is approved."""


class Locked(NotNow):
    """What was asked for may not be changed now."""


class NoProof(NotNow):
    """ "Met" needs a text and at least one verified evidence."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edit. With clashes nothing was saved; `row` is the row as it is now."""

    row: Any
    changed: list[str] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    record: UUID | None = None
    linked: list[str] = field(default_factory=list)  # codes of evidence that were linked because they are cited


def save(
    row: Any,
    wanted: Mapping[str, Any],
    *,
    seen: int,
    user: Any,
    reason: str = "",
    batch: UUID | None = None,
    whatever_it_was: bool = False,
) -> Outcome:
    """Saves the columns that somebody wrote of the version `seen`; what others changed meanwhile is joined.

    `row`: any row of an assessment with a version, or the assessment itself; `whatever_it_was`: what others changed is
    not looked at (a step, a tick). Raises Locked, NoProof. With clashes nothing is saved.
    """
    with transaction.atomic():
        held(assessment_of(row))
        now = type(row)._base_manager.select_for_update(no_key=True).get(school=row.school_id, pk=row.pk)
        permitted(now, wanted)
        base = now if whatever_it_was else version_of(now, seen)
        joined = merge(
            {name: {name: getattr(base, name)} for name in wanted},
            {name: {name: value} for name, value in wanted.items()},
            {name: {name: getattr(now, name)} for name in wanted},
        )
        if joined.clashes:
            return Outcome(now, clashes=joined.clashes)
        columns = {column: value for part in joined.changes.values() for column, value in part.items()}
        if not columns:
            return Outcome(now)
        for column, value in columns.items():
            setattr(now, column, value)
        linked = _link_cited(now, columns, user)
        now.version += 1
        if hasattr(now, "changed_by_id"):
            now.changed_by = user
        record = saved(now, user, reason, batch)
        return Outcome(now, list(joined.changes), record=record, linked=linked)


def saved(row: Any, user: Any, reason: str = "", batch: UUID | None = None) -> UUID:
    """Saves a row with its line of history; gives that line's key. Raises NoProof."""
    row._change_reason, row._history_user, row._batch = (str(reason) or "")[:100] or None, user, batch
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if is_refusal(error):
            raise NoProof(no_proof_words(row)) from error
        raise
    record: UUID = row._record
    return record


def held(assessment: Assessment) -> Assessment:
    """The assessment as it is now, held until the transaction ends: nobody else writes in it meanwhile."""
    return Assessment.everything.select_for_update(no_key=True).get(school=assessment.school_id, pk=assessment.pk)


def permitted(row: Any, wanted: Mapping[str, Any] | None = None) -> None:
    """Raises Locked when the report is approved, or the criterion is submitted or approved. `wanted`: columns that change."""
    assessment = assessment_of(row)
    is_link = isinstance(row, Weakness) and wanted is not None and set(wanted) <= LINKS
    if assessment.state == Assessment.State.SET_ASIDE and wanted is not None and dict(wanted) == {"judged": ""}:
        return  # what nobody reads any more holds no evidence back
    if assessment.state != Assessment.State.WORKING and not isinstance(row, Assessment) and not is_link:
        raise Locked(locked_words(assessment), ((_("Về bản tự đánh giá"), address(assessment)),))
    review = row if isinstance(row, CriterionReview) else getattr(row, "review", None)
    if review is not None and review.state in CLOSED and not (wanted is not None and set(wanted) <= MOVES):
        said = (
            _("Phiếu tiêu chí %(code)s đã nộp nên chưa sửa được: hãy rút lại, hoặc nhờ người duyệt trả lại.")
            if review.state == CriterionReview.State.SUBMITTED
            else _("Phiếu tiêu chí %(code)s đã duyệt nên không sửa được: hãy nhờ thư ký hoặc chủ tịch trả lại.")
        )
        raise Locked(
            said % {"code": review.code}, ((_("Về phiếu"), address(assessment, "criterion", code=review.code)),)
        )


def locked_words(assessment: Assessment) -> str:
    """Why nothing of a self-assessment is written now, and who can change that."""
    said = (
        _("Bản tự đánh giá %(year)s này đã để sang bên vì trường đổi khung tiêu chuẩn. Muốn sửa, hãy dùng lại bản này.")
        if assessment.state == Assessment.State.SET_ASIDE
        else _("Báo cáo tự đánh giá %(year)s đã phê duyệt nên không sửa được. Hiệu trưởng có thể mở lại báo cáo.")
    )
    return said % {"year": assessment.year}


def assessment_of(row: Any) -> Assessment:
    """The assessment that a row is of."""
    if isinstance(row, Assessment):
        return row
    found: Assessment = row.review.assessment if isinstance(row, LevelReview) else row.assessment
    return found


def address(assessment: Assessment, name: str = "board", **more: Any) -> str:
    """The address of a page of an assessment."""
    return reverse(
        f"assessments:{name}", kwargs={"school": assessment.school.slug, "assessment": assessment.pk, **more}
    )


def tell(
    assessment: Assessment, kind: str, user: Any, note: str = "", review: CriterionReview | None = None
) -> AssessmentEvent:
    """Adds a step to the life of an assessment, or of one criterion of it."""
    return AssessmentEvent.objects.create(
        school=assessment.school, assessment=assessment, review=review, kind=kind, by=user, at=timezone.now(), note=note
    )


def no_proof_words(level: Any) -> str:
    """What is lacking behind "met": said so that one knows what to do."""
    if not getattr(level, "description", "").strip():
        return _("Chưa ghi “Đạt” được: %(level)s chưa có phần hiện trạng, kết quả. Hãy viết rồi nhận định.") % {
            "level": level
        }
    return _(
        "Chưa ghi “Đạt” được: tiêu chí %(code)s chưa có minh chứng nào đã xác nhận. Hãy gắn minh chứng vào tiêu chí và nhờ "
        "thư ký xác nhận, rồi nhận định."
    ) % {"code": getattr(level, "criterion", "")}


def _link_cited(row: Any, columns: Mapping[str, Any], user: Any) -> list[str]:
    """Evidence cited in words of a criterion is linked to it; what somebody said is not for it stays so."""
    criterion = getattr(row, "criterion", "") or (row.code if isinstance(row, CriterionReview) else "")
    found = framework(assessment_of(row).framework)
    texts = [columns[name] for name in TEXTS.get(type(row), ()) if name in columns]
    if not criterion or found is None or not texts:
        return []
    words = "\n".join("\n".join(text) if isinstance(text, list) else text for text in texts)
    codes = list(dict.fromkeys(one.code for one in cited(words, found.evidence)))
    if not codes:
        return []
    there = EvidenceUse.objects.for_school(row.school_id).filter(framework=found.id, criterion=criterion)
    rows = Evidence.objects.for_school(row.school_id).filter(code__in=codes)
    fresh = list(rows.exclude(pk__in=there.exclude(state=EvidenceUse.State.OFFERED).values("evidence")))
    for evidence in fresh:
        evidence.school = row.school
        use(evidence, found, [criterion], user)
    return [evidence.code for evidence in fresh]
