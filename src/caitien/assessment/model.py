"""The self-assessment as a value: `SelfAssessment` and its parts. Its JSON is `caitien.assessment/1`.

One a school and school year. What people judge stands here; the school's level is never stored, it is computed from the
judgements by `caitien.standards.judge`. "Not judged" is no judgement at all, and differs from "not met".
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from caitien.plan.model import DocumentInfo, LegalBasis, School, Value

SCHEMA = "caitien.assessment/1"

CouncilRole = Literal["chair", "vice_chair", "secretary", "member"]
Judged = Literal["met", "not_met"]
ReviewState = Literal["writing", "submitted", "returned", "approved"]
EvidenceState = Literal["submitted", "verified", "rejected", "expired", "replaced"]
Priority = Literal["high", "medium", "low"]


class CouncilMember(Value):
    """Thành viên hội đồng tự đánh giá. `tasks`: what she was given to do (Điều 9 khoản 3, Thông tư 57/2026)."""

    name: str
    position: str | None = None  # chức vụ in the school: "Hiệu trưởng", "Tổ trưởng tổ 1"
    role: CouncilRole = "member"
    gender: str | None = None  # as printed
    tasks: list[str] = Field(default_factory=list)
    note: str | None = None


class WorkingGroup(Value):
    """Nhóm công tác (a habit of schools since CV 5932/2018, no demand of Thông tư 57/2026)."""

    name: str
    kind: Literal["secretariat", "working"] = "working"
    leader: str | None = None
    members: list[str] = Field(default_factory=list)
    criteria: list[str] = Field(default_factory=list)  # that it writes
    tasks: list[str] = Field(default_factory=list)


class Council(Value):
    """Hội đồng tự đánh giá with its decision."""

    decision: DocumentInfo = Field(default_factory=DocumentInfo)
    members: list[CouncilMember] = Field(default_factory=list)
    groups: list[WorkingGroup] = Field(default_factory=list)


class Weakness(Value):
    """Hạn chế, điểm yếu."""

    text: str
    cause: str | None = None
    priority: Priority | None = None
    criteria: list[str] = Field(default_factory=list)


class RequirementReview(Value):
    """A requirement judged by itself, where the school wants to. `code` is the requirement's in the framework."""

    code: str
    judged: Judged | None = None
    note: str | None = None


class LevelReview(Value):
    """Hiện trạng, kết quả of a criterion at a level, with evidence cited inside its sentences, and the judgement."""

    level: int
    description: str | None = None
    judged: Judged | None = None


class CriterionReview(Value):
    """Phiếu đánh giá tiêu chí. Strengths and weaknesses stand here under the 2018 frameworks, at the standard in TT 57."""

    code: str
    levels: list[LevelReview] = Field(default_factory=list)
    requirements: list[RequirementReview] = Field(default_factory=list)
    strengths: list[str] = Field(default_factory=list)
    weaknesses: list[Weakness] = Field(default_factory=list)
    improvement: str | None = None  # kế hoạch cải tiến of the criterion, 2018 only: TT 57 has Biểu 2 for it
    writers: list[str] = Field(default_factory=list)
    state: ReviewState = "writing"


class StandardReview(Value):
    """Đánh giá chung of a standard (Biểu 1, Thông tư 57/2026; opening and conclusion for the 2018 report)."""

    code: str
    opening: str | None = None
    strengths: list[str] = Field(default_factory=list)
    weaknesses: list[Weakness] = Field(default_factory=list)
    trend: str | None = None  # xu hướng 03 năm học liên tiếp
    priorities: list[str] = Field(default_factory=list)  # vấn đề ưu tiên cải tiến
    conclusion: str | None = None


class EvidenceEntry(Value):
    """Một minh chứng in the list. `place`: format and where it is kept, or its electronic address (column 4 of 5)."""

    code: str | None = None
    old_codes: list[str] = Field(default_factory=list)
    name: str
    number: str | None = None  # số, ký hiệu of the document
    date: str | None = None  # ISO day, or as written
    issuer: str | None = None
    summary: str | None = None
    place: str | None = None
    note: str | None = None
    criteria: list[str] = Field(default_factory=list)
    state: EvidenceState = "submitted"
    valid_until: str | None = None  # ISO day
    sensitive: bool = False


class Overview(Value):
    """Phần I of Biểu 1: the school, its setting, why and how it judged itself. Every part as the school writes it."""

    address: str | None = None
    contact: str | None = None
    governing_body: str | None = None
    ownership: str | None = None
    founded: str | None = None
    scale: str | None = None
    setting: str | None = None
    advantages: str | None = None
    difficulties: str | None = None
    pupils: str | None = None
    purpose: str | None = None
    scope: str | None = None
    period: str | None = None
    process: list[str] = Field(default_factory=list)


class Conclusion(Value):
    """Phần III of Biểu 1."""

    summary: str | None = None
    to_department: list[str] = Field(default_factory=list)
    to_commune: list[str] = Field(default_factory=list)
    to_others: list[str] = Field(default_factory=list)


class TableData(Value):
    """The numbers of one table of school data. `table`: its id; `cells`: row id -> column id -> number (null: not known).

    A column is a school year ("2025-2026") or one of the table's own. A computed number is not kept here, only typed ones.
    """

    table: str
    cells: dict[str, dict[str, int | float | None]] = Field(default_factory=dict)
    texts: dict[str, dict[str, str]] = Field(default_factory=dict)  # words, and what was typed and is no number
    source: str | None = None
    as_of: str | None = None  # ISO day on which the numbers were true


class SelfAssessment(Value):
    """Tự đánh giá of one school for one school year."""

    schema_: str = Field(default=SCHEMA, alias="schema")
    school: School = Field(default_factory=School)
    school_year: str | None = None
    framework: str | None = None
    document: DocumentInfo = Field(default_factory=DocumentInfo)
    legal_bases: list[LegalBasis] = Field(default_factory=list)
    council: Council = Field(default_factory=Council)
    overview: Overview = Field(default_factory=Overview)
    criteria: list[CriterionReview] = Field(default_factory=list)
    standards: list[StandardReview] = Field(default_factory=list)
    conclusion: Conclusion = Field(default_factory=Conclusion)
    evidence: list[EvidenceEntry] = Field(default_factory=list)
    tables: list[TableData] = Field(default_factory=list)
    tables_level: str | None = None  # the school level whose tables are filled in, where it is not the school's own
    abbreviations: dict[str, str] = Field(default_factory=dict)  # "CBQL" -> "Cán bộ quản lý", what the school says

    def to_json(self, *, indent: int | None = 2) -> str:
        """The value as JSON text, every field named, Vietnamese letters as they are."""
        return self.model_dump_json(by_alias=True, indent=indent)

    def to_dict(self) -> dict[str, Any]:
        """The value as plain JSON values."""
        return self.model_dump(mode="json", by_alias=True)
