"""What an earlier year's self-assessment says of a criterion: the same code, or by the crosswalk between frameworks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from caitien.assessment.evidence_codes import citation, cited, written
from caitien.standards.model import Criterion, Framework
from caitien.web.assessments.models import Assessment, LevelReview
from caitien.web.evidence.models import EvidenceCode
from caitien.web.frameworks.seen import counterparts

MOST_ROWS = 400  # texts of earlier years that are looked at


@dataclass(slots=True)
class EarlierCriterion:
    """A criterion of an earlier year that has a text. `likeness`: how alike it is, of another framework."""

    code: str
    title: str
    likeness: str = ""
    levels: list[LevelReview] = field(default_factory=list)


@dataclass(slots=True)
class Earlier:
    """The newest earlier year with a text. `same`: of the same framework, so that levels correspond."""

    assessment: Assessment
    framework_title: str
    same: bool
    criteria: list[EarlierCriterion]


def earlier_of(assessment: Assessment, framework: Framework, about: Criterion) -> Earlier | None:
    """The newest earlier year in which something stands about the criterion; None when there is none (one query)."""
    like = {(framework.id, about.code): (framework, about.title, "")}
    for group in counterparts(framework, about.code):
        for row in group["rows"]:
            like[group["framework"].id, row["code"]] = (group["framework"], row["title"], row["likeness"])
    wanted = Q()
    for name, code in like:
        wanted |= Q(framework=name, criterion=code)
    rows = (
        LevelReview.objects.for_school(assessment.school)
        .filter(wanted, review__assessment__year__name__lt=assessment.year.name)
        .exclude(description="")
        .select_related("review__assessment__year")
        .order_by("-review__assessment__year__name", "review__position", "level")[:MOST_ROWS]
    )
    found: Earlier | None = None
    for row in rows:
        of = row.review.assessment
        other, title, likeness = like[row.framework, row.criterion]
        if found is None:
            found = Earlier(of, other.short_title, other.id == framework.id, [])
        if of.pk != found.assessment.pk:
            break
        if not found.criteria or found.criteria[-1].code != row.criterion:
            found.criteria.append(EarlierCriterion(row.criterion, title, likeness))
        found.criteria[-1].levels.append(row)
    return found


def carried_text(row: LevelReview, old: Framework | None, new: Framework) -> str:
    """The text of an earlier year for this one: codes of the old framework become the codes that the evidence has now.

    What has no newer code stays as it was written (one query when the frameworks differ).
    """
    if old is None or old.id == new.id:
        return row.description
    found = cited(row.description, old.evidence)
    lines = EvidenceCode.objects.for_school(row.school_id).filter(
        code__in={one.code for one in found}, evidence__removed_at=None
    )
    now: dict[str, Any] = {line.code: line.evidence.code for line in lines.select_related("evidence")}
    text, at = "", 0
    for one in found:
        code = now.get(one.code, "")
        is_new = bool(code) and written(code, new.evidence) is not None
        text += row.description[at : one.start] + (
            citation([code], new.evidence) if is_new else row.description[one.start : one.end]
        )
        at = one.end
    return text + row.description[at:]
