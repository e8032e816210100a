"""What judging gives: the level of a school, and why; results of criteria and standards; what blocks the next level."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Literal

from caitien.standards.judgements import Judgement
from caitien.standards.situation import MET, NOT_MET, WORDS, Situation

Outcome = Literal["holds", "open", "fails"]
"""Of a condition: holds; does not yet, but would if what is not judged turned out met; fails whatever comes of that."""


@dataclass(frozen=True, slots=True)
class ConditionResult:
    """One condition of a level of the school. `have`, `needed`, `total`: criteria, or points.

    `sentence` is in Vietnamese, for a principal. `lacking`: codes of the criteria that are not there yet.
    """

    level: int
    kind: str
    outcome: Outcome
    have: float
    possible: float
    needed: float
    total: float
    lacking: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A thing not met or not judged: a requirement, or a whole level where it was judged as a whole (`code` None).

    `requirements`: how many it stands for; a whole level is one thing where nobody judges by requirement.
    """

    criterion: str
    level: int
    code: str | None
    text: str | None
    judgement: Judgement
    requirements: int = 1


@dataclass(frozen=True, slots=True)
class Blocker:
    """A criterion that keeps the school from its next level (`target`), and what it lacks for `level`.

    `necessary` False: one of several, of which `enough` must still be reached. `points`: how many it can still bring.
    """

    target: int
    criterion: str
    title: str
    level: int
    judgement: Judgement
    necessary: bool
    enough: int | None
    missing: tuple[Missing, ...]
    points: float | None
    reason: str
    unit: str | None = None

    @property
    def size(self) -> tuple[int, int, int]:
        """How little is missing: levels to go, then requirements known not to be met, then all that are not met yet.

        What is only not judged yet comes before what is known to fail: it may need no more than a judgement.
        """
        return (
            len({(m.criterion, m.level) for m in self.missing}),
            sum(m.requirements for m in self.missing if m.judgement == "not_met"),
            sum(m.requirements for m in self.missing),
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values; no unit where there are no units, no points where there are none."""
        answer: dict[str, Any] = {"unit": self.unit} if self.unit else {}
        answer |= {
            "criterion": self.criterion,
            "title": self.title,
            "level": self.level,
            "target": self.target,
            "judgement": self.judgement,
            "necessary": self.necessary,
        }
        if self.enough is not None:
            answer["enough"] = self.enough
        if self.points is not None:
            answer["points"] = self.points
        answer["missing"] = [
            {"criterion": m.criterion, "level": m.level, "code": m.code, "text": m.text, "judgement": m.judgement}
            for m in self.missing
        ]
        answer["reason"] = self.reason
        return answer


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """`level` reached (0: none), `possible` if what is not judged turned out met. `judged`: each level by itself."""

    code: str
    title: str
    standard: str | None
    mandatory: bool
    level: int
    possible: int
    judged: dict[int, Judgement]
    reached: dict[int, Judgement]
    blocked_by: tuple[str, ...] = ()  # prerequisites that are not met
    points: float | None = None
    max_points: float | None = None

    @property
    def result(self) -> Judgement:
        """Of the lowest level: "not_met" is a result, "not_judged" is none."""
        return next(iter(self.reached.values()))


@dataclass(frozen=True, slots=True)
class StandardResult:
    """How many criteria of a standard stand where. `by_level`: reached that level and no higher."""

    code: str
    title: str
    criteria: int
    by_level: dict[int, int]
    not_met: int
    not_judged: int


@dataclass(frozen=True, slots=True)
class GroupResult:
    """Points of a group, and the level that they alone would give."""

    id: str
    title: str
    points: float
    possible: float
    most: float
    level: int


@dataclass(frozen=True)
class SchoolResult:
    """`level`: reached on what is judged so far, 0 when none. `possible`: if all that is not judged turned out met."""

    framework: str
    level: int
    possible: int
    reasons: tuple[str, ...]
    blocking: tuple[Blocker, ...]
    conditions: tuple[ConditionResult, ...]
    warnings: tuple[str, ...] = ()
    groups: tuple[GroupResult, ...] = ()
    situation: Situation | None = field(default=None, repr=False, compare=False)
    units: dict[str, SchoolResult] = field(default_factory=dict)

    @cached_property
    def criteria(self) -> tuple[CriterionResult, ...]:
        """The result of each criterion, in the order of the framework; empty for a school of several levels."""
        return criterion_results(self.situation) if self.situation else ()

    @cached_property
    def standards(self) -> tuple[StandardResult, ...]:
        """The result of each standard; empty for a school of several levels."""
        return standard_results(self.situation, self.criteria) if self.situation else ()

    @property
    def complete(self) -> bool:
        """Nothing that is not judged can change the level any more."""
        return self.level == self.possible

    def to_dict(self, *, full: bool = False) -> dict[str, Any]:
        """Plain JSON values. `full`: with the results of criteria, standards and conditions."""
        answer: dict[str, Any] = {
            "framework": self.framework,
            "level": self.level,
            "possible": self.possible,
            "reasons": list(self.reasons),
            "blocking": [blocker.to_dict() for blocker in self.blocking],
            "warnings": list(self.warnings),
        }
        if self.groups:
            answer["groups"] = [asdict(group) for group in self.groups]
        if self.units:
            answer["units"] = {name: result.to_dict(full=full) for name, result in self.units.items()}
        if full:
            answer["criteria"] = [asdict(c) for c in self.criteria]
            answer["standards"] = [asdict(s) for s in self.standards]
            answer["conditions"] = [asdict(c) for c in self.conditions]
        return answer


def criterion_results(at: Situation) -> tuple[CriterionResult, ...]:
    return tuple(_criterion_result(at, place) for place in range(len(at.compiled.criteria)))


def _criterion_result(at: Situation, place: int) -> CriterionResult:
    criterion = at.compiled.criteria[place]
    levels = list(zip(criterion.levels, at.reached[place], strict=True))
    points = at.points[place]
    return CriterionResult(
        code=criterion.code,
        title=criterion.title,
        standard=criterion.standard,
        mandatory=criterion.mandatory,
        level=max((level for level, state in levels if state == MET), default=0),
        possible=max((level for level, state in levels if state != NOT_MET), default=0),
        judged={level: WORDS[state] for level, state in zip(criterion.levels, at.own[place], strict=True)},
        reached={level: WORDS[state] for level, state in levels},
        blocked_by=tuple(at.compiled.criteria[p].code for p in criterion.requires if at.reached[p][0] != MET),
        points=points[0] if points else None,
        max_points=criterion.max_points,
    )


def standard_results(at: Situation, criteria: tuple[CriterionResult, ...]) -> tuple[StandardResult, ...]:
    results = []
    for standard in at.compiled.framework.standards:
        own = [c for c in criteria if c.standard == standard.code]
        reached = Counter(c.level for c in own)
        results.append(
            StandardResult(
                code=standard.code,
                title=standard.title,
                criteria=len(own),
                by_level={level.number: reached[level.number] for level in at.compiled.framework.levels},
                not_met=sum(1 for c in own if c.level == 0 and c.result == "not_met"),
                not_judged=sum(1 for c in own if c.level == 0 and c.result == "not_judged"),
            )
        )
    return tuple(results)
