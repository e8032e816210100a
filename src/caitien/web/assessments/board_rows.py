"""What the level board asks the database: few queries, however large the assessment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.db.models.functions import Substr

from caitien.assessment.model import CriterionReview as CriterionValue
from caitien.assessment.model import EvidenceEntry, RequirementReview, SelfAssessment
from caitien.assessment.model import LevelReview as LevelValue
from caitien.plan.text import fold
from caitien.standards.model import Framework
from caitien.web.assessments.board import Proof
from caitien.web.assessments.models import Assessment, LevelReview, Weakness
from caitien.web.assessments.values import Rows
from caitien.web.evidence.models import EvidenceUse
from caitien.web.schools.models import Person

BEGINNING = 60
"""Letters of a text that tell whether there is one. They may cite a code: what a text cites is in use for its criterion."""


@dataclass(slots=True)
class Loaded:
    """The rows of a board. `proofs`: the evidence in use, one for each criterion that it is used for. `value`: for judging;
    of its texts only the beginnings."""

    rows: Rows
    proofs: list[Proof]
    weaknesses: Counter[str]
    value: SelfAssessment


def load(assessment: Assessment, framework: Framework, on: date) -> Loaded:
    """Criteria with levels and who changed them, standards, weaknesses, evidence in use: five queries.

    `on`: the day on which evidence has to hold.
    """
    school = assessment.school_id
    levels = (
        LevelReview.objects.filter(school=school)
        .annotate(beginning=Substr("description", 1, BEGINNING))
        .defer("description")  # a hundred pages, of which the board shows nothing
        .select_related("changed_by")
    )
    criteria = list(
        assessment.criteria.filter(school=school)
        .select_related("changed_by")
        .prefetch_related(Prefetch("levels", levels, to_attr="loaded_levels"))
    )
    rows = Rows(
        assessment,
        list(assessment.standards.filter(school=school)),
        criteria,
        list(Weakness.objects.filter(school=school, assessment=assessment)),
    )
    proofs = _proofs(assessment, framework)
    value = SelfAssessment(
        framework=framework.id, criteria=[_judged(one) for one in criteria], evidence=_entries(proofs, on)
    )
    counts: Counter[str] = Counter(one.standard or standard_of(rows, one.criterion) for one in rows.weaknesses)
    return Loaded(rows, proofs, counts, value)


def _judged(review: Any) -> CriterionValue:
    """A criterion with its judgements, and of each text enough to tell that there is one."""
    return CriterionValue(
        code=review.code,
        levels=[
            LevelValue(level=one.level, description=one.beginning or None, judged=one.judged or None)
            for one in review.loaded_levels
        ],
        requirements=[RequirementReview.model_validate(one) for one in review.requirements],
    )


def standard_of(rows: Rows, criterion: str) -> str:
    """The standard of a criterion, as its review says."""
    return next((one.standard for one in rows.criteria if one.code == criterion), "")


def _proofs(assessment: Assessment, framework: Framework) -> list[Proof]:
    """The evidence in use for the framework (one query)."""
    found = (
        EvidenceUse.objects.filter(
            school=assessment.school_id,
            framework=framework.id,
            state=EvidenceUse.State.USED,
            evidence__removed_at=None,
        )
        .order_by("criterion")
        .values_list("criterion", "evidence_id", "evidence__code", "evidence__state", "evidence__valid_until")
    )
    return [Proof(*row) for row in found]


def _entries(proofs: Iterable[Proof], on: date) -> list[EvidenceEntry]:
    """For each criterion the evidence that proves it best: as much as judging asks for, however much there is."""
    best: dict[str, Proof] = {}
    for proof in proofs:
        if proof.criterion not in best or (proof.holds(on) and not best[proof.criterion].holds(on)):
            best[proof.criterion] = proof
    return [
        EvidenceEntry(
            name=proof.code,
            state=proof.state,  # type: ignore[arg-type]
            valid_until=proof.valid_until.isoformat() if proof.valid_until else None,
            criteria=[criterion],
        )
        for criterion, proof in best.items()
    ]


def mine_test(assessment: Assessment, user: Any) -> Callable[[Any], bool]:
    """Whether a criterion is the user's to write: her name among its writers, or among those of a group that writes it.

    Two queries. Names are compared without case and tone marks, and without what stands in brackets.
    """
    school = assessment.school_id
    names = {bare(user.get_full_name()), bare(user.username)}
    for person in Person.objects.filter(school=school, user=user, merged_into=None):
        names |= {bare(name) for name in (person.name, *person.aliases)}
    names.discard("")
    of_groups: set[str] = set()
    for group in assessment.groups.filter(school=school):
        if names & {bare(name) for name in (group.leader, *group.members)}:
            of_groups |= set(group.criteria)
    return lambda review: review.code in of_groups or bool(names & {bare(name) for name in review.writers})


def bare(name: str | None) -> str:
    """A printed name for comparing: "Lò Thị Mẩy (Hiệu trưởng)" -> "lo thi may"."""
    return fold((name or "").split("(")[0]).strip()
