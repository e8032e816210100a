"""The plan as a value: `ImprovementPlan` and its parts. Its JSON (`caitien.plan/1`) is the public interchange format.

Text is kept as printed (Unicode NFC, one space); what is derived from it (dates, money, criteria) stands beside
it, never instead of it. Unknown is null; "Không" (of money) is 0. Field names are fixed: users and tests rely on them.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA = "caitien.plan/1"

EducationLevel = Literal["mam_non", "tieu_hoc", "thcs", "thpt", "gdtx", "th_thcs", "thcs_thpt", "nhieu_cap"]
"""School levels of the plan value. The last three are schools of several levels (liên cấp)."""

PeriodKind = Literal[
    "date_range",  # "01/4/2026 - 30/5/2026"
    "month_range",  # "08 – 11", "Tháng 9/2025 – 10/2025", "T9-T11/2025"
    "month",  # "Tháng 10/2025": start and end are that month
    "deadline",  # "Trước 15/10/2025", "Hết tháng 12/2025", a single date: start is null
    "week",  # "Tuần 2 tháng 10/2025"
    "quarter",  # "Quý IV/2025"
    "term",  # "HK I", "HK II", "Cuối HK I"
    "school_year",  # "Cả năm học", "2023-2024", "Năm học 2025-2026"
    "year",  # "Năm 2026"
    "recurring",  # "Hằng tháng", "Hằng quý": dates of the school year, `recurrence` says how often
    "ongoing",  # "Thường xuyên": no dates
    "yearly",  # "Hằng năm" alone: no dates
    "none",  # nothing printed
    "unknown",  # printed, and not understood: a finding
]
Recurrence = Literal["weekly", "monthly", "quarterly", "termly", "yearly", "continuous"]
Status = Literal["not_started", "in_progress", "done", "overdue", "dropped"]
Severity = Literal["error", "warning", "hint"]


class Value(BaseModel):
    """Base of every part of the plan value: unknown extra fields are kept, so that a newer file loses nothing."""

    model_config = ConfigDict(extra="allow", populate_by_name=True, validate_assignment=False)


class School(Value):
    name: str | None = None
    code: str | None = None
    level: EducationLevel | None = None
    ownership: str | None = None  # loại hình, as printed: "công lập", "tư thục"
    address: str | None = None


class Signer(Value):
    role: str | None = None
    name: str | None = None


class DocumentInfo(Value):
    """What the head and the foot of the paper say."""

    number: str | None = None  # số, ký hiệu: "12/KH-THTL"
    place: str | None = None  # địa danh, as printed
    date: str | None = None  # ISO "2023-09-10"
    issuing_body: str | None = None  # cơ quan ban hành (the school, usually)
    parent_body: str | None = None  # cơ quan chủ quản: "UBND xã …", "Phòng GD&ĐT …"
    signer: Signer = Field(default_factory=Signer)


class LegalBasis(Value):
    kind: str | None = None  # "Thông tư", "Nghị định", "Công văn", "Hướng dẫn", "Báo cáo", …
    number: str | None = None  # "17/2018/TT-BGDĐT"
    date: str | None = None  # ISO
    subject: str | None = None


class PriorResult(Value):
    """How many criteria were met at a level in an earlier year: "Mức 4: 3/5" is level 4, assessed 5, met 3."""

    school_year: str | None = None
    level: int | None = None
    assessed: int | None = None
    met: int | None = None
    not_met: int | None = None  # as printed, when the paper says it
    text: str | None = None  # the line as printed


class OrganisationRole(Value):
    role: str | None = None
    tasks: list[str] = Field(default_factory=list)


class Signature(Value):
    """A signature, drawn or electronic. `time` is ISO 8601 with its zone, as the file says it."""

    name: str | None = None
    time: str | None = None


class Issue(Value):
    """Vấn đề trọng tâm: a row of section IV of Biểu 2 (Thông tư 57/2026)."""

    number: int | str | None = None
    standard: str | None = None
    criteria: list[str] = Field(default_factory=list)
    current_state: str | None = None
    weakness: str | None = None
    cause: str | None = None


class Period(Value):
    """When an action runs. `start`, `end`: "2025-10-15", or "2025-10" when only the month is known."""

    text: str | None = None
    kind: PeriodKind = "none"
    start: str | None = None
    end: str | None = None
    recurrence: Recurrence | None = None


class BudgetLine(Value):
    """A part of the money of an action, whole đồng: from which source, how much is planned and how much is spent."""

    amount_vnd: int | None = None
    source: str | None = None
    spent_vnd: int | None = None
    note: str | None = None


class Resources(Value):
    """Nguồn lực. `budget_vnd` is whole đồng: 0 is "Không", null is not known. `lines`: the parts it is made of, when known."""

    text: str | None = None  # the resources cell as printed (column 8 of Biểu 2)
    budget_vnd: int | None = None
    budget_text: str | None = None
    funding_sources: list[str] = Field(default_factory=list)
    lines: list[BudgetLine] = Field(default_factory=list)


class Progress(Value):
    text: str | None = None
    status: Status | None = None
    percent: int | None = None


class MeasureDone(Value):
    """That a measure is done. `text`: the measure as it stands in `measures`; `on`: ISO day; `by`: who said so."""

    text: str
    on: str | None = None
    by: str | None = None


class IndicatorValue(Value):
    """What an indicator measures. `text`: the indicator as it stands in `indicators`; the values as written ("14", "85%")."""

    text: str
    unit: str | None = None
    baseline: str | None = None
    target: str | None = None
    actual: str | None = None


class EvidenceAtHand(Value):
    """That an expected evidence is there. `text`: as it stands in `expected_evidence`; `note`: where it is kept."""

    text: str
    on: str | None = None
    by: str | None = None
    note: str | None = None


class Box(Value):
    """A rectangle on a page, in points from the top left corner."""

    page: int  # 1 is the first
    x0: float
    top: float
    x1: float
    bottom: float


class Provenance(Value):
    """Where a row stood in the file it was read from."""

    page: int | None = None  # 1 is the first
    table: int | None = None  # index of the table in the document, 0 is the first
    rows: list[int] = Field(default_factory=list)  # row indices in that table, 0 is the first
    cells: dict[str, list[Box]] = Field(default_factory=dict)  # field name -> where its text stands


class Alternative(Value):
    """What a duplicate row said instead. `values`: the fields that differ, as plan fields; `cells`: that row as printed."""

    values: dict[str, Any] = Field(default_factory=dict)
    cells: dict[str, str] = Field(default_factory=dict)
    reason: str | None = None  # why the other row won, a Vietnamese sentence
    provenance: Provenance = Field(default_factory=Provenance)


class Action(Value):
    """One row of the plan: a thing to be done, by whom, by when, with what, and how far it is."""

    number: int | str | None = None  # as printed
    criteria: list[str] = Field(default_factory=list)  # "1.2"; level-4 items of the 2018 frameworks: "M4.1"
    current_state: str | None = None
    weakness: str | None = None
    cause: str | None = None
    content: str | None = None
    objective: str | None = None
    measures: list[str] = Field(default_factory=list)
    measures_done: list[MeasureDone] = Field(default_factory=list)
    indicators: list[str] = Field(default_factory=list)
    indicator_values: list[IndicatorValue] = Field(default_factory=list)
    period: Period = Field(default_factory=Period)
    responsible: list[str] = Field(default_factory=list)
    collaborators: list[str] = Field(default_factory=list)
    resources: Resources = Field(default_factory=Resources)
    expected_evidence: list[str] = Field(default_factory=list)
    evidence_at_hand: list[EvidenceAtHand] = Field(default_factory=list)
    progress: Progress = Field(default_factory=Progress)
    result: str | None = None
    note: str | None = None
    provenance: Provenance = Field(default_factory=Provenance)
    alternatives: list[Alternative] = Field(default_factory=list)


class MonitoringRound(Value):
    """A row of section VI of Biểu 2."""

    round: str | None = None
    content: str | None = None
    result: str | None = None
    adjustment: str | None = None
    reviewer: str | None = None


class Fix(Value):
    """A mend that one click can apply: set `path` of the plan to `value`. `label` is the button's text.

    `path` is a JSON pointer into the plan value, "/actions/3/period/text".
    """

    label: str
    path: str
    value: Any = None


class Finding(Value):
    """Something doubtful, said and never silently repaired.

    `rule`: a stable id ("two-owners"); `message`: one Vietnamese sentence: what is wrong, where.
    `action`: index in `plan.actions` (0 is the first), `field`: the plan field, `quote`: the words concerned.
    """

    rule: str
    severity: Severity
    message: str
    action: int | None = None
    field: str | None = None
    quote: str | None = None
    fixes: list[Fix] = Field(default_factory=list)


class ImprovementPlan(Value):
    """Kế hoạch cải tiến chất lượng of one school for one school year."""

    schema_: str = Field(default=SCHEMA, alias="schema")
    school: School = Field(default_factory=School)
    school_year: str | None = None  # "2025-2026"
    title: str | None = None
    framework: str | None = None  # "tt57-2026-pho-thong", "tt17-2018-tieu-hoc", …
    document: DocumentInfo = Field(default_factory=DocumentInfo)
    legal_bases: list[LegalBasis] = Field(default_factory=list)
    prior_results: list[PriorResult] = Field(default_factory=list)
    level_reached: int | None = None
    sections: list[str] = Field(default_factory=list)  # main headings as printed, in order: "I. MỤC ĐÍCH"
    purposes: list[str] = Field(default_factory=list)
    organisation: list[OrganisationRole] = Field(default_factory=list)
    recipients: list[str] = Field(default_factory=list)
    signatures: list[Signature] = Field(default_factory=list)
    issues: list[Issue] = Field(default_factory=list)
    actions: list[Action] = Field(default_factory=list)
    monitoring: list[MonitoringRound] = Field(default_factory=list)
    findings: list[Finding] = Field(default_factory=list)

    def to_json(self, *, indent: int | None = 2) -> str:
        """The plan as JSON text, every field named, Vietnamese letters as they are."""
        return self.model_dump_json(by_alias=True, indent=indent)

    def to_dict(self) -> dict[str, Any]:
        """The plan as plain JSON values."""
        return self.model_dump(mode="json", by_alias=True)
