"""The rows of a self-assessment as the value (`caitien.assessment.model`), and a value as rows: nothing is lost either way.

A constant number of queries, whatever the size. Evidence in the value: what is in use for a criterion of the framework, and
what a text cites by its code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Prefetch

from caitien.assessment.evidence_codes import cited, in_order
from caitien.assessment.model import (
    Conclusion,
    Council,
    EvidenceEntry,
    Overview,
    RequirementReview,
    SelfAssessment,
    TableData,
)
from caitien.assessment.model import (
    CouncilMember as MemberValue,
)
from caitien.assessment.model import (
    CriterionReview as CriterionValue,
)
from caitien.assessment.model import (
    LevelReview as LevelValue,
)
from caitien.assessment.model import (
    StandardReview as StandardValue,
)
from caitien.assessment.model import (
    Weakness as WeaknessValue,
)
from caitien.assessment.model import (
    WorkingGroup as GroupValue,
)
from caitien.assessment.texts import texts_of
from caitien.plan.model import DocumentInfo, LegalBasis
from caitien.plan.model import School as SchoolValue
from caitien.standards.model import Framework
from caitien.web.assessments.models import (
    Assessment,
    CriterionReview,
    LevelReview,
    StandardReview,
    Weakness,
)
from caitien.web.evidence.models import Attachment, Evidence, EvidenceCode, EvidenceUse
from caitien.web.plans.frameworks import framework as framework_of

HEAD_PARTS: dict[str, Any] = {
    "document": DocumentInfo,
    "overview": Overview,
    "conclusion": Conclusion,
    "council_decision": DocumentInfo,
}
"""Parts of `Assessment.head` that are values; beside them: legal_bases (list), abbreviations (words to meanings)."""


@dataclass(slots=True)
class Rows:
    """The rows of an assessment, loaded once: `rows_of`. Levels of a criterion: `criterion.loaded_levels`."""

    assessment: Assessment
    standards: list[StandardReview]
    criteria: list[CriterionReview]
    weaknesses: list[Weakness]
    members: list[Any] = field(default_factory=list)
    groups: list[Any] = field(default_factory=list)
    tables: list[Any] = field(default_factory=list)

    def criterion(self, code: str) -> CriterionReview | None:
        """The review of a criterion."""
        return next((one for one in self.criteria if one.code == code), None)


def rows_of(assessment: Assessment, *, all_parts: bool = True) -> Rows:
    """The rows (four queries; seven with `all_parts`: council and school data too)."""
    school = assessment.school_id
    levels = Prefetch("levels", LevelReview.objects.filter(school=school), to_attr="loaded_levels")
    criteria = list(assessment.criteria.filter(school=school).select_related("changed_by").prefetch_related(levels))
    for review in criteria:
        review.assessment = assessment
        for level in review.loaded_levels:
            level.review = review
    return Rows(
        assessment,
        list(assessment.standards.filter(school=school)),
        criteria,
        list(Weakness.objects.filter(school=school, assessment=assessment)),
        list(assessment.members.filter(school=school)) if all_parts else [],
        list(assessment.groups.filter(school=school)) if all_parts else [],
        list(assessment.tables.filter(school=school)) if all_parts else [],
    )


def to_value(assessment: Assessment, rows: Rows | None = None, *, evidence: bool = True) -> SelfAssessment:
    """The self-assessment as a value. `rows`: when they are at hand. `evidence`: its evidence too (four more queries)."""
    rows = rows or rows_of(assessment)
    head = assessment.head or {}
    school = assessment.school
    value = SelfAssessment(
        school=SchoolValue(name=school.name, code=school.code or None, level=school.level or None),
        school_year=assessment.year.name,
        framework=assessment.framework,
        document=_document(head.get("document"), school),
        legal_bases=[LegalBasis.model_validate(one) for one in head.get("legal_bases") or []],
        council=council_value(assessment, rows.members, rows.groups),
        overview=Overview.model_validate(head.get("overview") or {}),
        criteria=[_criterion(one, rows.weaknesses) for one in rows.criteria],
        standards=[_standard(one, rows.weaknesses) for one in rows.standards],
        conclusion=Conclusion.model_validate(head.get("conclusion") or {}),
        tables=[_table(one) for one in rows.tables],
        tables_level=assessment.tables_level or None,
        abbreviations=head.get("abbreviations") or {},
    )
    value.overview.address = value.overview.address or school.address or None
    if evidence and (found := framework_of(assessment.framework)) is not None:
        value.evidence = entries(evidence_of(assessment, found, cited_codes(value, found)), found)
    return value


def council_value(assessment: Assessment, members: Iterable[Any], groups: Iterable[Any]) -> Council:
    """The council out of its rows."""
    return Council(
        decision=_document((assessment.head or {}).get("council_decision"), assessment.school),
        members=[_member(one) for one in members],
        groups=[_group(one) for one in groups],
    )


def cited_codes(value: SelfAssessment, framework: Framework) -> set[str]:
    """The codes that the texts of a self-assessment cite."""
    return {one.code for _place, text in texts_of(value) for one in cited(text, framework.evidence)}


def evidence_of(assessment: Assessment, framework: Framework, codes: Iterable[str] = ()) -> list[Evidence]:
    """The evidence in use for the framework's criteria, and what has one of `codes`, by code (four queries).

    Each with `loaded_uses` (of this framework, in use), `loaded_files` (attachments that stand) and `loaded_codes`.
    """
    school = assessment.school_id
    uses = _uses(school, framework)
    rows = Evidence.objects.filter(school=school)
    used = rows.filter(pk__in=uses.values("evidence"))
    wanted = set(codes) - {""}
    return _loaded(school, used | rows.filter(code__in=wanted) if wanted else used, uses, framework)


def evidence_of_school(assessment: Assessment, framework: Framework) -> list[Evidence]:
    """All evidence of the school, loaded and in order as `evidence_of` does it (four queries)."""
    school = assessment.school_id
    return _loaded(school, Evidence.objects.filter(school=school), _uses(school, framework), framework)


def _uses(school: Any, framework: Framework) -> Any:
    return EvidenceUse.objects.filter(school=school, framework=framework.id, state=EvidenceUse.State.USED)


def _loaded(school: Any, rows: Any, uses: Any, framework: Framework) -> list[Evidence]:
    files = Attachment.objects.filter(school=school, superseded_at=None).select_related("file").defer("file__text")
    found = list(
        rows.prefetch_related(
            Prefetch("uses", uses, to_attr="loaded_uses"),
            Prefetch("attachments", files, to_attr="loaded_files"),
            Prefetch("codes", EvidenceCode.objects.filter(school=school), to_attr="loaded_codes"),
        )
    )
    order = {code: place for place, code in enumerate(in_order([row.code for row in found], framework.evidence))}
    return sorted(found, key=lambda row: (not row.code, order.get(row.code, 0)))


def entries(rows: Iterable[Evidence], framework: Framework) -> list[EvidenceEntry]:
    """Evidence (of `evidence_of`) as entries of the list."""
    return [entry_of(row) for row in rows]


def entry_of(row: Evidence) -> EvidenceEntry:
    """One evidence as an entry: `place` says its form and where it is kept, or its address."""
    return EvidenceEntry(
        code=row.code or None,
        old_codes=[one.code for one in row.loaded_codes if one.code != row.code],
        name=row.name,
        number=row.number or None,
        date=row.date or None,
        issuer=row.issuer or None,
        summary=row.summary or None,
        place=place_words(row) or None,
        note=row.note or None,
        criteria=[one.criterion for one in row.loaded_uses],
        state=row.state,  # type: ignore[arg-type]
        valid_until=row.valid_until.isoformat() if row.valid_until else None,
        sensitive=row.sensitive,
    )


def place_words(row: Evidence) -> str:
    """Column 4 of the list: "PDF; Hộp 3, phòng văn thư", or the electronic address."""
    kinds = dict.fromkeys(one.file.kind.upper() for one in row.loaded_files if one.file)
    links = [one.url for one in row.loaded_files if one.url]
    return "; ".join(part for part in (", ".join(kinds), row.place, *links) if part)


def _document(said: dict[str, Any] | None, school: Any) -> DocumentInfo:
    document = DocumentInfo.model_validate(said or {})
    document.place = document.place or school.place or None
    document.issuing_body = document.issuing_body or school.name
    document.parent_body = document.parent_body or school.parent_body or None
    if document.signer.name is None and school.head_name:
        document.signer.name = school.head_name
        document.signer.role = document.signer.role or school.head_role or None
    return document


def _member(row: Any) -> MemberValue:
    return MemberValue(
        name=row.name,
        position=row.post or None,
        role=row.role,
        gender=row.gender or None,
        tasks=row.tasks,
        note=row.note or None,
    )


def _group(row: Any) -> GroupValue:
    return GroupValue(
        name=row.name,
        kind=row.kind,
        leader=row.leader or None,
        members=row.members,
        criteria=row.criteria,
        tasks=row.tasks,
    )


def _criterion(row: CriterionReview, weaknesses: list[Weakness]) -> CriterionValue:
    return CriterionValue(
        code=row.code,
        levels=[
            LevelValue(level=one.level, description=one.description or None, judged=one.judged or None)  # type: ignore[arg-type]
            for one in row.loaded_levels  # type: ignore[attr-defined]
        ],
        requirements=[RequirementReview.model_validate(one) for one in row.requirements],
        strengths=row.strengths,
        weaknesses=[_weakness(one) for one in weaknesses if one.criterion == row.code],
        improvement=row.improvement or None,
        writers=row.writers,
        state=row.state,  # type: ignore[arg-type]
    )


def _standard(row: StandardReview, weaknesses: list[Weakness]) -> StandardValue:
    return StandardValue(
        code=row.code,
        opening=row.opening or None,
        strengths=row.strengths,
        weaknesses=[_weakness(one) for one in weaknesses if not one.criterion and one.standard == row.code],
        trend=row.trend or None,
        priorities=row.priorities,
        conclusion=row.conclusion or None,
    )


def _weakness(row: Weakness) -> WeaknessValue:
    return WeaknessValue(
        text=row.text,
        cause=row.cause or None,
        priority=row.priority or None,
        criteria=row.criteria,  # type: ignore[arg-type]
    )


def _table(row: Any) -> TableData:
    return TableData(
        table=row.table, cells=row.cells, texts=row.texts, source=row.source or None, as_of=row.as_of or None
    )


def store_words(assessment: Assessment, value: SelfAssessment, user: Any) -> None:
    """Writes the words, judgements, council and school data of a value into an assessment that was just made.

    Evidence is not stored here; "met" that has no verified evidence in the database yet is refused (`NoProof`).
    """
    from caitien.web.assessments.editing import save, saved
    from caitien.web.assessments.models import CouncilMember, SchoolTable, WorkingGroup

    school = assessment.school
    with transaction.atomic():
        head = {
            "document": value.document.model_dump(mode="json", by_alias=True),
            "legal_bases": [one.model_dump(mode="json", by_alias=True) for one in value.legal_bases],
            "overview": value.overview.model_dump(mode="json"),
            "conclusion": value.conclusion.model_dump(mode="json"),
            "council_decision": value.council.decision.model_dump(mode="json", by_alias=True),
            "abbreviations": value.abbreviations,
        }
        wanted = {"head": head, "tables_level": value.tables_level or ""}
        save(assessment, wanted, seen=assessment.version, user=user, whatever_it_was=True)
        for place, member in enumerate(value.council.members):
            row = CouncilMember(
                school=school, assessment=assessment, position=place, name=member.name, role=member.role
            )
            row.post, row.gender, row.note = member.position or "", member.gender or "", member.note or ""
            row.tasks = member.tasks
            saved(row, user)
        for place, group in enumerate(value.council.groups):
            saved(
                WorkingGroup(
                    school=school, assessment=assessment, position=place, name=group.name, kind=group.kind,
                    leader=group.leader or "", members=group.members, criteria=group.criteria, tasks=group.tasks,
                ),
                user,
            )  # fmt: skip
        for table in value.tables:
            saved(
                SchoolTable(
                    school=school, assessment=assessment, table=table.table, cells=table.cells, texts=table.texts,
                    source=table.source or "", as_of=table.as_of or "",
                ),
                user,
            )  # fmt: skip
        rows = rows_of(assessment, all_parts=False)
        _store_reviews(rows, value, user)


def _store_reviews(rows: Rows, value: SelfAssessment, user: Any) -> None:
    from caitien.web.assessments.editing import save, saved

    place = 0
    everything: dict[str, Any] = {"seen": 0, "user": user, "whatever_it_was": True}  # nobody else writes in it yet
    by_code = {one.code: one for one in value.criteria}
    for review in rows.criteria:
        said = by_code.get(review.code)
        if said is None:
            continue
        levels = {one.level: one for one in said.levels}
        for level in review.loaded_levels:  # type: ignore[attr-defined]
            if (one := levels.get(level.level)) is not None:
                words = {"description": (one.description or "").strip(), "judged": one.judged or ""}
                save(level, words, **everything)
        own = {
            "writers": said.writers,
            "requirements": [one.model_dump(mode="json") for one in said.requirements],
            "strengths": said.strengths,
            "improvement": said.improvement or "",
        }
        save(review, own, **everything)
        save(review, {"state": said.state}, **everything)
    standards = {one.code: one for one in value.standards}
    for standard in rows.standards:
        if (of := standards.get(standard.code)) is not None:
            words = {
                "opening": of.opening or "",
                "strengths": of.strengths,
                "trend": of.trend or "",
                "priorities": of.priorities,
                "conclusion": of.conclusion or "",
            }
            save(standard, words, **everything)
    weak = [(one.code, "", entry) for one in value.standards for entry in one.weaknesses]
    weak += [("", one.code, entry) for one in value.criteria for entry in one.weaknesses]
    for standard_code, criterion, entry in weak:
        place += 1024
        saved(
            Weakness(
                school=rows.assessment.school, assessment=rows.assessment, standard=standard_code, criterion=criterion,
                criteria=entry.criteria, position=place, text=entry.text, cause=entry.cause or "", priority=entry.priority or "",
            ),
            user,
        )  # fmt: skip
