"""What stands behind "met": which judgements rest on an evidence, what the database's refusal means, taking them back.

The guard itself is in the database (`guards.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from caitien.web.assessments.guards import WITHOUT_PROOF
from caitien.web.assessments.models import LevelReview
from caitien.web.evidence.models import Evidence, EvidenceUse

MET = LevelReview.Judged.MET
CHECKS = (WITHOUT_PROOF, "met_needs_a_text")


def is_refusal(error: IntegrityError) -> bool:
    """Whether the database refused "met" without text and verified evidence."""
    return any(words in str(error) for words in CHECKS)


def proven(school_id: UUID, framework: str, criteria: Iterable[str] | None = None) -> dict[str, int]:
    """How many verified evidences each criterion has that are in use (one query); criteria with none are left out."""
    rows = EvidenceUse.objects.filter(
        school=school_id,
        framework=framework,
        state=EvidenceUse.State.USED,
        evidence__state=Evidence.State.VERIFIED,
        evidence__removed_at=None,
    )
    if criteria is not None:
        rows = rows.filter(criterion__in=list(criteria))
    counts: dict[str, int] = {}
    for code in rows.values_list("criterion", flat=True):
        counts[code] = counts.get(code, 0) + 1
    return counts


def resting_on(evidence: Evidence) -> list[LevelReview]:
    """The judgements "met" that would have no verified evidence without this one, in every year."""
    uses = EvidenceUse.objects.for_school(evidence.school_id).filter(evidence=evidence, state=EvidenceUse.State.USED)
    found: list[LevelReview] = []
    for use in uses:
        others = EvidenceUse.objects.for_school(evidence.school_id).filter(
            framework=use.framework,
            criterion=use.criterion,
            state=EvidenceUse.State.USED,
            evidence__state=Evidence.State.VERIFIED,
            evidence__removed_at=None,
        )
        if not others.exclude(evidence=evidence).exists():
            found += (
                LevelReview.objects.for_school(evidence.school_id)
                .filter(framework=use.framework, criterion=use.criterion, judged=MET)
                .select_related("review__assessment__year")
            )
    return found


def sentence(evidence: Evidence) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Why an evidence must stay as it is, and links to the criteria that rest on it: the arguments of a `NotNow`."""
    levels = resting_on(evidence)
    where = "; ".join(f"{level} ({level.review.assessment.year})" for level in levels)
    said = _(
        "Nhận định “Đạt” ở %(where)s chỉ dựa vào minh chứng “%(name)s”. Hãy thêm và xác nhận minh chứng khác cho tiêu "
        "chí đó, hoặc bỏ nhận định “Đạt” trước, rồi làm lại."
    ) % {"where": where or _("một tiêu chí"), "name": str(evidence)[:100]}
    links = {str(level.review): _page(level, evidence.school.slug) for level in levels}
    return said, tuple(links.items())


def _page(level: LevelReview, slug: str) -> str:
    kwargs = {"school": slug, "assessment": level.review.assessment_id, "code": level.criterion}
    return reverse("assessments:criterion", kwargs=kwargs)


def withdraw_met(levels: Iterable[LevelReview], user: Any, reason: str) -> list[LevelReview]:
    """Takes judgements "met" back to "not judged", with the reason in their history. Raises AssessmentLocked."""
    from caitien.web.assessments.editing import save

    with transaction.atomic():
        return [
            save(level, {"judged": ""}, seen=level.version, user=user, reason=reason, whatever_it_was=True).row
            for level in levels
        ]
