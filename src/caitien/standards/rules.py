"""The rule language of frameworks: how judgements become levels, as data.

A rule of a school level is a list of conditions that must all hold. Every kind of condition is a class here, with its
evaluation in `conditions.py`. A better judgement can never make one of them fail: that is what keeps levels monotone.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from caitien.standards.parts import Band, Code, LevelNumber, Mark, Part, Text


class Group(Part):
    """A named set of criteria that a rule can speak of. "all", "mandatory" and "others" are always there."""

    id: Code
    title: Text
    criteria: Annotated[tuple[Code, ...], Field(min_length=1)]


class CountCondition(Part):
    """At least so many criteria of a group are met at a level.

    `at_least` "all": every one that has the level; a number; or a share of them, "80%", rounded up.
    """

    kind: Literal["count"] = "count"
    of: Code = "all"
    level: LevelNumber
    at_least: (
        Literal["all"] | Annotated[int, Field(ge=1)] | Annotated[str, Field(pattern=r"^([1-9]|[1-9]\d|100)%$")]
    ) = "all"

    def needed(self, number: int) -> int:
        """How many of `number` criteria are asked for."""
        if self.at_least == "all":
            return number
        if isinstance(self.at_least, str):
            return -(-number * int(self.at_least.removesuffix("%")) // 100)
        return self.at_least


class PointsCondition(Part):
    """The points of a group, together, lie in a band. Points of a criterion whose prerequisites fail do not count."""

    kind: Literal["points"] = "points"
    of: Code = "all"
    band: Band


CONDITION_KINDS = {"count": CountCondition, "points": PointsCondition}


def _kind_of(value: Any) -> Any:
    return value.get("kind", "count") if isinstance(value, dict) else getattr(value, "kind", None)


Condition = Annotated[
    Annotated[CountCondition, Tag("count")] | Annotated[PointsCondition, Tag("points")], Discriminator(_kind_of)
]


class SchoolLevelRule(Part):
    """When a school reaches a level: every condition holds. `after`: the level that must be reached first."""

    level: LevelNumber
    after: LevelNumber | None = None
    conditions: Annotated[tuple[Condition, ...], Field(min_length=1)]
    text: Text
    article: Text | None = None
    mark: Mark | None = None


class CriterionRule(Part):
    """When a criterion reaches a level. `cumulative`: level n is examined only where n-1 is met."""

    cumulative: bool = True
    text: Text
    article: Text | None = None
    mark: Mark | None = None


class SeveralLevelsRule(Part):
    """A school of several education levels: each is judged, the school has the lowest."""

    rule: Literal["lowest"] = "lowest"
    text: Text
    article: Text | None = None
    mark: Mark | None = None


class FiguresRule(Part):
    """How figures may be used, and until when: to follow and to warn, never as the only ground."""

    start: date | None = None
    end: date | None = None
    text: Text
    article: Text | None = None
    mark: Mark | None = None


class Rules(Part):
    """How judgements become levels, as data."""

    criterion: CriterionRule
    school: Annotated[tuple[SchoolLevelRule, ...], Field(min_length=1)]
    several_levels: SeveralLevelsRule | None = None
    figures: FiguresRule | None = None
