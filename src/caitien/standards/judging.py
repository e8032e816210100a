"""From judgements to the level of a school, with reasons: values in, values out.

People judge; this only applies the sentences of the framework to what they said. Figures never decide (`figures.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from caitien.standards.blocking import blockers, in_order
from caitien.standards.compiling import Compiled, CompiledPoints, CompiledRule
from caitien.standards.conditions import evaluate, outcome_of
from caitien.standards.figures import figure_warnings
from caitien.standards.judgements import Judgements
from caitien.standards.model import Framework
from caitien.standards.results import Blocker, GroupResult, SchoolResult
from caitien.standards.situation import MET, NOT_MET, Situation, situation


def judge(framework: Framework, judgements: Judgements, figures: Mapping[str, object] | None = None) -> SchoolResult:
    """The level of a school (of one education level, or judged as a whole).

    `figures`: numbers by requirement or indicator code; they can warn and change nothing else.
    """
    at = situation(framework.compiled, judgements)
    compiled = at.compiled
    level, possible = _level(compiled, at, "holds"), _level(compiled, at, "open")
    examined = [rule for rule in compiled.rules if rule.level <= level]
    target = next((rule for rule in compiled.rules if rule.level > level), None)
    leading = _leading_to(compiled, target, at) if target else []
    conditions = [evaluate(c, rule, at) for rule in (*examined, *leading) for c in rule.conditions]
    return SchoolResult(
        framework=framework.id,
        level=level,
        possible=possible,
        reasons=(*_summary(compiled, level, possible, at), *(c.sentence for c in conditions)),
        blocking=blockers(leading, target.level, at) if target else (),
        conditions=tuple(conditions),
        warnings=(*_contradictions(at), *figure_warnings(framework, judgements, figures or {})),
        groups=_groups(compiled, at),
        situation=at,
    )


def judge_units(
    units: Mapping[str, tuple[Framework, Judgements]],
    names: Mapping[str, str] | None = None,
    figures: Mapping[str, Mapping[str, object]] | None = None,
) -> SchoolResult:
    """The level of a school of several education levels: each is judged, the school has the lowest.

    `units`: by education level, its framework and judgements, at least one. `names`: their names in sentences.
    """
    results = {unit: judge(f, j, (figures or {}).get(unit)) for unit, (f, j) in units.items()}
    named = {unit: (names or {}).get(unit, unit) for unit in units}
    frameworks = {f.id: f for f, _ in units.values()}
    first = next(iter(frameworks.values()))
    level = min(r.level for r in results.values())
    possible = min(r.possible for r in results.values())
    titles = first.compiled.titles
    each = ", ".join(f"{named[unit]} {titles[r.level]}" for unit, r in results.items())
    reasons = [f"Mức của trường là mức thấp nhất trong {len(results)} cấp học: {each}."]
    reasons += _level_sentences(titles, level, possible, any(_unjudged(r.situation) for r in results.values()))
    held = [unit for unit, r in results.items() if r.level == level]
    reasons += [f"{named[unit]}: {reason}" for unit in results for reason in results[unit].reasons]
    blocking = [_of_unit(b, unit, named[unit]) for unit in held for b in results[unit].blocking]
    silent = [f.short_title for f in frameworks.values() if f.rules.several_levels is None]
    warnings = [f"Khung {name} không ghi cách xét trường nhiều cấp; ở đây lấy mức thấp nhất." for name in silent]
    warnings += [f"{named[unit]}: {warning}" for unit, r in results.items() for warning in r.warnings]
    return SchoolResult(
        framework=", ".join(frameworks),
        level=level,
        possible=possible,
        reasons=tuple(reasons),
        blocking=in_order(blocking),
        conditions=(),
        warnings=tuple(warnings),
        units=results,
    )


def what_if(framework: Framework, judgements: Judgements, changes: Judgements) -> tuple[SchoolResult, SchoolResult]:
    """The result as it is, and as it would be if `changes` stood instead. Neither argument changes."""
    return judge(framework, judgements), judge(framework, judgements.changed(changes))


def _level(compiled: Compiled, at: Situation, worst: str) -> int:
    """The highest level whose conditions all hold ("holds"), or could ("open"), after the level that must come first."""
    reached: set[int] = set()
    accepted = ("holds",) if worst == "holds" else ("holds", "open")
    for rule in compiled.rules:
        if rule.after is not None and rule.after not in reached:
            continue
        if all(outcome_of(condition, at) in accepted for condition in rule.conditions):
            reached.add(rule.level)
    return max(reached, default=0)


def _leading_to(compiled: Compiled, target: CompiledRule, at: Situation) -> list[CompiledRule]:
    """The rules that must hold for a level: its own, and those of the levels that must come first and do not hold."""
    by_level = {rule.level: rule for rule in compiled.rules}
    way = [target]
    while (after := way[0].after) is not None:
        before = by_level[after]
        if all(outcome_of(c, at) == "holds" for c in before.conditions) and before.after is None:
            break
        way.insert(0, before)
    return [r for r in way if r is target or any(outcome_of(c, at) != "holds" for c in r.conditions)]


def _summary(compiled: Compiled, level: int, possible: int, at: Situation) -> list[str]:
    return _level_sentences(compiled.titles, level, possible, _unjudged(at))


def _level_sentences(titles: Mapping[int, str], level: int, possible: int, unjudged: bool) -> list[str]:
    """The answer first: what the school has, then what it still can have."""
    lowest = titles[min(number for number in titles if number)]
    said = f"Trường đạt {titles[level]}." if level else f"Trường chưa đạt {lowest}."
    if possible > level:
        return [said, f"Nếu mọi nội dung chưa xét đều đạt, trường có thể đạt {titles[possible]}."]
    if unjudged and level != max(titles):
        return [said, "Còn nội dung chưa xét, nhưng dù đều đạt thì mức của trường cũng không cao hơn."]
    return [said]


def _unjudged(at: Situation | None) -> bool:
    return at is not None and any(state not in (MET, NOT_MET) for states in at.reached for state in states)


def _contradictions(at: Situation) -> Iterable[str]:
    """Judgements that do not go together: a level met above one that is not, a level met with a requirement not met."""
    compiled, fine = at.compiled, at.judgements.requirements
    for place, states in enumerate(at.own):
        if MET not in states or (not fine and NOT_MET not in states):
            continue  # nothing here can contradict anything
        criterion = compiled.criteria[place]
        if compiled.cumulative:
            for n in range(1, len(states)):
                lower = next((m for m in range(n) if states[m] == NOT_MET), None)
                if states[n] == MET and lower is not None:
                    yield (
                        f"Tiêu chí {criterion.code} ghi đạt {compiled.titles[criterion.levels[n]]} trong khi "
                        f"{compiled.titles[criterion.levels[lower]]} không đạt; mức cao chỉ được xét khi mức thấp đã đạt."
                    )
                    break
        if fine:
            for n, state in enumerate(states):
                codes = [code for code in criterion.requirements[n] if fine.get(code) == "not_met"]
                if state == MET and codes:
                    yield (
                        f"Tiêu chí {criterion.code} ghi đạt {compiled.titles[criterion.levels[n]]} trong khi yêu cầu "
                        f"{', '.join(codes)} không đạt."
                    )


def _groups(compiled: Compiled, at: Situation) -> tuple[GroupResult, ...]:
    """Each group whose points a rule asks for, with the level that its points alone would give."""
    asked: dict[str, list[tuple[int, CompiledPoints]]] = {}
    for rule in compiled.rules:
        for condition in rule.conditions:
            if isinstance(condition, CompiledPoints):
                asked.setdefault(condition.group, []).append((rule.level, condition))
    titles = {group.id: group.title for group in compiled.framework.groups}
    found = []
    for group, conditions in asked.items():
        points = [p for place in conditions[0][1].members if (p := at.points[place])]
        found.append(
            GroupResult(
                id=group,
                title=titles.get(group, conditions[0][1].noun),
                points=sum(p[0] for p in points),
                possible=sum(p[1] for p in points),
                most=conditions[0][1].most,
                level=max((level for level, c in conditions if outcome_of(c, at) == "holds"), default=0),
            )
        )
    return tuple(found)


def _of_unit(blocker: Blocker, unit: str, name: str) -> Blocker:
    return replace(blocker, unit=unit, reason=f"{name}: {blocker.reason}")
