"""The values of a framework: what a school is judged against. Everything is frozen; text is in Vietnamese, our own words.

The YAML files in `frameworks/` are these values written down. `docs/frameworks.md` shows the form by example.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import ConfigDict, Field

from caitien.standards.parts import Band, Code, Count, FrameworkId, LevelNumber, Mark, Part, Points, Text
from caitien.standards.rules import Group, Rules

if TYPE_CHECKING:
    from caitien.standards.compiling import Compiled

SCHEMA = "caitien.framework/1"

SchoolLevel = Literal["mam_non", "tieu_hoc", "thcs", "thpt", "gdtx", "th_thcs", "thcs_thpt", "nhieu_cap"]
"""The school levels of the plan value (`caitien.plan`), which this layer may not import; a test keeps both the same."""


class Confidence(Part):
    """How sure one kind of fact is: `fact` names it ("titles", "requirements", "rules", …)."""

    fact: Literal["titles", "requirements", "level_items", "counts", "dates", "rules", "indicators", "changes"]
    mark: Mark
    note: Text | None = None


class Reading(Part):
    """One of the wordings or figures between which the sources disagree.

    `signs`: words that stand in the official text when this reading is the right one (its own words, when left out).
    """

    text: Text
    source: Text
    signs: tuple[Text, ...] = ()


class Conflict(Part):
    """Two sources disagree; `chosen` is what this file uses until the signed text settles it.

    `criterion` or `standard`: the readings are titles of it, or words about it.
    """

    about: Text
    criterion: Code | None = None
    standard: Code | None = None
    readings: Annotated[tuple[Reading, ...], Field(min_length=2)]
    chosen: Text
    note: Text | None = None


class Threshold(Part):
    """A figure that the text of a requirement names. It never decides by itself: a person judges."""

    metric: Text
    operator: Literal[">=", "<=", "=", ">", "<"]
    value: int | float
    unit: Text
    applies_to: Text | None = None


class Requirement(Part):
    """The smallest thing judged: chỉ báo (2018), ý của một mức (2026). `text` is a summary in our own words."""

    code: Code
    text: Text
    thresholds: tuple[Threshold, ...] = ()
    max_points: Points | None = None


class CriterionLevel(Part):
    """What one level of a criterion asks. `lettered`: the circular itself prints a, b, c.

    `known` False: that the level exists is known, its text is not (then `requirements` is empty).
    `band`: of a criterion with points, those with which the level is reached.
    """

    level: LevelNumber
    lettered: bool = False
    known: bool = True
    band: Band | None = None
    requirements: tuple[Requirement, ...] = ()


class Indicator(Part):
    """Dữ liệu định lượng chính: a figure to follow, by name. Never with a threshold (TT 57/2026, Điều 27 khoản 4)."""

    code: Code
    name: Text
    unit: Text
    note: Text | None = None


class SuggestedEvidence(Part):
    """A kind of record that usually proves the criterion. `mark` "proposed": ours, not the circular's annex."""

    name: Text
    mark: Mark = "proposed"


class Criterion(Part):
    """Tiêu chí; also an item of Level 4 of the 2018 circulars ("M4.1"), which stands in `Framework.level_items`.

    `max_points`: people give it points, at most so many. `requires`: criteria without which it is not met and its
    points do not count (their first level).
    """

    code: Code
    title: Text
    mandatory: bool = False
    max_points: Points | None = None
    requires: tuple[Code, ...] = ()
    article: Text | None = None
    mark: Mark | None = None  # when it differs from the framework's
    note: Text | None = None
    indicators_note: Text | None = None
    levels: Annotated[tuple[CriterionLevel, ...], Field(min_length=1)]
    indicators: tuple[Indicator, ...] = ()
    suggested_evidence: tuple[SuggestedEvidence, ...] = ()

    def level(self, number: int) -> CriterionLevel | None:
        """What level `number` asks, or None when the criterion is not judged at that level."""
        return next((level for level in self.levels if level.level == number), None)

    @property
    def requirements(self) -> Iterator[Requirement]:
        return (requirement for level in self.levels for requirement in level.requirements)


class Standard(Part):
    """Tiêu chuẩn."""

    code: Code
    title: Text
    note: Text | None = None
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]


class Level(Part):
    """A level that a criterion or a school can reach."""

    number: LevelNumber
    title: Text
    meaning: Text | None = None


class Amendment(Part):
    """A document that changes another."""

    number: Text
    issued: date | None = None
    in_force: date | None = None


class Document(Part):
    """The circular that a framework comes from. `repealed` is the first day on which it is no longer in force."""

    kind: Text
    number: Text
    subject: Text
    issued: date
    in_force: date
    annex: Text | None = None
    amended_by: tuple[Amendment, ...] = ()
    repealed: date | None = None
    repealed_by: Text | None = None


class Validity(Part):
    """When this version of the framework applies: first and last day (null: still does)."""

    start: date
    end: date | None = None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


class Degree(Part):
    """Recognition of a degree asks for a level."""

    degree: LevelNumber
    level: LevelNumber


class NationalStandard(Part):
    """Công nhận đạt chuẩn quốc gia: which degree asks for which level, and for how many years it holds."""

    degrees: tuple[Degree, ...]
    valid_years: int | None = None
    text: Text | None = None
    article: Text | None = None
    mark: Mark | None = None


class CitationStyle(Part):
    """How evidence codes are cited in a report: "(MC.1.1.01, MC.1.1.02)", "[H1-1.1-01]; [H1-1.1-02]"."""

    opening: Annotated[str, Field(max_length=4)] = ""
    closing: Annotated[str, Field(max_length=4)] = ""
    separator: Annotated[str, Field(max_length=4)] = ", "
    each: bool = False  # the brackets stand round every code, not round the list
    text: Text | None = None
    mark: Mark | None = None


class EvidenceStyle(Part):
    """How evidence is coded and cited. `code`: a form with {standard}, {criterion}, {number}, {box}; `pattern`: a regex."""

    code: Text
    pattern: Text
    example: Text
    citation: CitationStyle
    text: Text | None = None
    mark: Mark | None = None


class Form(Part):
    """A form that goes with the framework. `id` is that of `caitien write` where we can write it."""

    number: Text | None = None
    id: Code | None = None
    title: Text
    made_by: Text | None = None
    mark: Mark | None = None


class Article(Part):
    """What an article of the circular is about, as far as it is known."""

    article: Text
    subject: Text
    mark: Mark


class LevelCount(Part):
    level: LevelNumber
    criteria: Count
    requirements: Count


class Counts(Part):
    """What the file says that it holds: a checksum, compared with what it does hold."""

    standards: Count
    criteria: Count
    mandatory: Count = 0
    indicators: Count = 0
    requirements: Count
    by_level: tuple[LevelCount, ...]


class Change(Part):
    """What an amended version changes in the one that it extends, in words."""

    about: Text
    text: Text
    mark: Mark | None = None
    note: Text | None = None


class FrameworkInfo(Part):
    """What a list of frameworks shows of one."""

    id: str
    title: str
    short_title: str
    document: str
    validity: Validity
    use: str
    school_levels: tuple[str, ...]
    standards: int
    criteria: int
    mandatory: int
    level_counts: dict[int, int]
    mark: Mark
    path: str


class Framework(Part):
    """Khung tiêu chuẩn: standards, criteria, requirements by level and the rules, with how sure each fact is.

    `use`: "national" is what a school's self-assessment and plan are bound to; "supplementary" stands beside it (a
    province's own set, an index of digital transformation) and never takes its place.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_: Literal["caitien.framework/1"] = Field(alias="schema")
    id: FrameworkId
    extends: FrameworkId | None = None
    title: Text
    short_title: Text
    document: Document
    validity: Validity
    status: Text | None = None
    use: Literal["national", "supplementary"] = "supplementary"
    school_levels: tuple[SchoolLevel, ...]
    school_type: Text
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    counts: Counts
    confidence: Annotated[tuple[Confidence, ...], Field(min_length=1)]
    rules: Rules
    groups: tuple[Group, ...] = ()
    national_standard: NationalStandard | None = None
    evidence: EvidenceStyle
    forms: tuple[Form, ...] = ()
    articles: tuple[Article, ...] = ()
    notes: tuple[Text, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    changes: tuple[Change, ...] = ()
    standards: Annotated[tuple[Standard, ...], Field(min_length=1)]
    level_items: tuple[Criterion, ...] = ()

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria of all standards, in order; without the items of Level 4 (`level_items`)."""
        return tuple(criterion for standard in self.standards for criterion in standard.criteria)

    @cached_property
    def _by_code(self) -> dict[str, Criterion]:
        return {criterion.code: criterion for criterion in (*self.criteria, *self.level_items)}

    @cached_property
    def _standard_of(self) -> dict[str, Standard]:
        return {criterion.code: standard for standard in self.standards for criterion in standard.criteria}

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of everything that an action or a judgement can name: criteria, then items of Level 4."""
        return tuple(self._by_code)

    def criterion(self, code: str) -> Criterion | None:
        """The criterion, or Level 4 item, with this code; None when the framework has none."""
        return self._by_code.get(code)

    def standard(self, code: str) -> Standard | None:
        """The standard with this code ("1"), or the standard of a criterion ("1.2"); None when there is none."""
        return next((s for s in self.standards if s.code == code), None) or self._standard_of.get(code)

    def group(self, group_id: str) -> tuple[str, ...]:
        """Codes of a group that rules speak of: "all" (with Level 4 items), "mandatory", "others", or one of `groups`."""
        if group_id == "all":
            return self.codes
        if group_id in ("mandatory", "others"):
            return tuple(c.code for c in self.criteria if c.mandatory == (group_id == "mandatory"))
        return next((g.criteria for g in self.groups if g.id == group_id), ())

    @cached_property
    def compiled(self) -> Compiled:
        """The tables that judging works on; made once."""
        from caitien.standards.compiling import compile_framework

        return compile_framework(self)

    @cached_property
    def level_counts(self) -> dict[int, int]:
        """How many criteria (and Level 4 items) are judged at each level: {1: 27, 2: 27, 3: 19, 4: 5}."""
        return {level.number: sum(1 for c in self._by_code.values() if c.level(level.number)) for level in self.levels}

    def mark_of(self, fact: str) -> Mark | None:
        """How sure a kind of fact is ("titles", "requirements", …); None when the file does not say."""
        return next((c.mark for c in self.confidence if c.fact == fact), None)

    def to_dict(self) -> dict[str, Any]:
        """The framework as plain JSON values, every field named."""
        return self.model_dump(mode="json", by_alias=True)
