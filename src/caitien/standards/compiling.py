"""A framework as the tables that judging works on: places instead of codes, made once for each framework."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from caitien.standards.model import Criterion, Framework
from caitien.standards.parts import Band
from caitien.standards.rules import Condition, CountCondition


@dataclass(frozen=True, slots=True)
class CompiledCriterion:
    """A criterion, or an item of Level 4. `requirements`, `bands`: one for each of `levels`."""

    place: int
    code: str
    title: str
    mandatory: bool
    standard: str | None
    levels: tuple[int, ...]
    level_names: dict[str, int]  # "2" -> 2
    requirements: tuple[tuple[str, ...], ...]
    bands: tuple[Band | None, ...]
    requires: tuple[int, ...]
    max_points: float | None
    part_points: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class CompiledCount:
    """`members`: place of a criterion, and which of its levels (0 is its first) must be met."""

    level: int
    noun: str
    needed: int
    members: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class CompiledPoints:
    """`members`: places of the criteria that have points."""

    group: str
    noun: str
    band: Band
    members: tuple[int, ...]
    most: float


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """When a school reaches a level; all its conditions hold and the level `after` is reached."""

    level: int
    after: int | None
    conditions: tuple[CompiledCount | CompiledPoints, ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    framework: Framework
    criteria: tuple[CompiledCriterion, ...]
    places: dict[str, int]
    order: tuple[int, ...]  # prerequisites before what requires them
    rules: tuple[CompiledRule, ...]  # from the lowest level up
    titles: dict[int, str]  # of levels; 0 is none
    cumulative: bool
    requirement_texts: dict[str, str]


def compile_framework(framework: Framework) -> Compiled:
    """The tables of a framework that has been validated (`build_framework`): every name in it exists."""
    everything = (*framework.criteria, *framework.level_items)
    places = {criterion.code: n for n, criterion in enumerate(everything)}
    criteria = tuple(_criterion(framework, c, places) for c in everything)
    rules = sorted(framework.rules.school, key=lambda rule: rule.level)
    titles = {level.number: level.title for level in framework.levels}
    return Compiled(
        framework=framework,
        criteria=criteria,
        places=places,
        order=_order(criteria),
        rules=tuple(
            CompiledRule(r.level, r.after, tuple(_condition(framework, c, places) for c in r.conditions)) for r in rules
        ),
        titles={0: f"chưa đạt {titles[rules[0].level]}", **titles},
        cumulative=framework.rules.criterion.cumulative,
        requirement_texts={r.code: r.text for c in everything for r in c.requirements},
    )


def _criterion(framework: Framework, criterion: Criterion, places: dict[str, int]) -> CompiledCriterion:
    standard = framework.standard(criterion.code)
    return CompiledCriterion(
        place=places[criterion.code],
        code=criterion.code,
        title=criterion.title,
        mandatory=criterion.mandatory,
        standard=standard.code if standard else None,
        levels=tuple(level.level for level in criterion.levels),
        level_names={str(level.level): level.level for level in criterion.levels},
        requirements=tuple(tuple(r.code for r in level.requirements) for level in criterion.levels),
        bands=tuple(level.band for level in criterion.levels),
        requires=tuple(places[code] for code in criterion.requires),
        max_points=criterion.max_points,
        part_points=tuple((r.code, r.max_points) for r in criterion.requirements if r.max_points is not None),
    )


def _condition(framework: Framework, condition: Condition, places: dict[str, int]) -> CompiledCount | CompiledPoints:
    members = [c for code in framework.group(condition.of) if (c := framework.criterion(code))]
    noun = _noun(framework, condition.of)
    if isinstance(condition, CountCondition):
        judged = [
            (places[c.code], n) for c in members for n, level in enumerate(c.levels) if level.level == condition.level
        ]
        items = {item.code for item in framework.level_items}
        if condition.of == "all" and all(c.code in items for c in members if c.level(condition.level)):
            noun = f"mục của {next(v.title for v in framework.levels if v.number == condition.level)}"
        return CompiledCount(condition.level, noun, condition.needed(len(judged)), tuple(judged))
    scored = [c for c in members if c.max_points is not None]
    most = sum(c.max_points or 0 for c in scored)
    return CompiledPoints(condition.of, noun, condition.band, tuple(places[c.code] for c in scored), most)


def _noun(framework: Framework, group_id: str) -> str:
    if group_id == "all":
        return "tiêu chí"
    if group_id == "mandatory":
        return "tiêu chí bắt buộc"
    if group_id == "others":
        return "tiêu chí còn lại"
    return f"tiêu chí của nhóm “{next(g.title for g in framework.groups if g.id == group_id)}”"


def _order(criteria: Iterable[CompiledCriterion]) -> tuple[int, ...]:
    """Places with every prerequisite before what requires it; that there is no circle has been validated."""
    waiting = list(criteria)
    done: dict[int, None] = {}
    while waiting:
        ready = [c.place for c in waiting if all(place in done for place in c.requires)]
        if not ready:
            raise ValueError("prerequisites form a circle")
        done.update(dict.fromkeys(ready))
        waiting = [c for c in waiting if c.place not in done]
    return tuple(done)
