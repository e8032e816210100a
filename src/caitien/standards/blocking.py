"""What keeps a school from its next level, ordered by how little is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caitien.standards.compiling import CompiledCount, CompiledPoints, CompiledRule
from caitien.standards.conditions import outcome_of
from caitien.standards.results import Blocker, Missing
from caitien.standards.situation import MET, WORDS, Situation


def blockers(rules: Iterable[CompiledRule], target: int, at: Situation) -> tuple[Blocker, ...]:
    """Every criterion that an unmet condition of `rules` waits for; `target` is the level of the school they lead to.

    A criterion that has to reach a level stands there once for it, as necessary where any condition makes it so.
    """
    found: dict[tuple[str, int], Blocker] = {}
    for rule in rules:
        for condition in rule.conditions:
            if outcome_of(condition, at) == "holds":
                continue
            for blocker in _of_condition(condition, target, at):
                key = (blocker.criterion, blocker.level)
                if key not in found or (blocker.necessary and not found[key].necessary):
                    found[key] = blocker
    return in_order(found.values())


def in_order(found: Iterable[Blocker]) -> tuple[Blocker, ...]:
    """The least missing first; among equals what is necessary, what brings more points, then as the framework has them."""
    return tuple(sorted(found, key=lambda b: (b.size, not b.necessary, -(b.points or 0))))


def _of_condition(condition: CompiledCount | CompiledPoints, target: int, at: Situation) -> Iterator[Blocker]:
    if isinstance(condition, CompiledCount):
        return _for_count(condition, target, at)
    return _for_points(condition, target, at)


def _for_count(condition: CompiledCount, target: int, at: Situation) -> Iterator[Blocker]:
    short = [(place, step) for place, step in condition.members if at.reached[place][step] != MET]
    enough = condition.needed - (len(condition.members) - len(short))
    necessary = enough == len(short)
    for place, step in short:
        criterion = at.compiled.criteria[place]
        missing = (*_of_prerequisites(place, at), *_of_levels(place, step, at))
        state = at.reached[place][step]
        yield Blocker(
            target=target,
            criterion=criterion.code,
            title=criterion.title,
            level=criterion.levels[step],
            judgement=WORDS[state],
            necessary=necessary,
            enough=None if necessary else enough,
            missing=missing,
            points=None,
            reason=_sentence(criterion.code, criterion.title, missing, at)
            + ("" if necessary else f" Cần thêm {enough} trong {len(short)} tiêu chí như vậy."),
        )


def _for_points(condition: CompiledPoints, target: int, at: Situation) -> Iterator[Blocker]:
    criteria = at.compiled.criteria
    for place in condition.members:
        criterion, points = criteria[place], at.points[place]
        if points is None or points[0] >= (criterion.max_points or 0):
            continue
        more = (criterion.max_points or 0) - points[0]
        waiting = _of_prerequisites(place, at)
        judgement = "not_judged" if points[1] > points[0] else "not_met"
        said = f"Tiêu chí {criterion.code} {criterion.title}: còn có thể thêm {more:g} điểm."
        yield Blocker(
            target=target,
            criterion=criterion.code,
            title=criterion.title,
            level=criterion.levels[-1],
            judgement="not_judged" if judgement == "not_judged" else "not_met",
            necessary=False,
            enough=None,
            missing=waiting,
            points=more,
            reason=said + (f" Trước hết phải đạt {', '.join(m.criterion for m in waiting)}." if waiting else ""),
        )


def _of_levels(place: int, step: int, at: Situation) -> tuple[Missing, ...]:
    """What a criterion lacks for one of its levels: its own levels up to there, by requirement where so judged."""
    found: list[Missing] = []
    for n in range(0 if at.compiled.cumulative else step, step + 1):
        if at.own[place][n] != MET:
            found += _of_level(place, n, at)
    return tuple(found)


def _of_level(place: int, step: int, at: Situation) -> list[Missing]:
    criterion = at.compiled.criteria[place]
    codes, fine = criterion.requirements[step], at.judgements.requirements
    level = criterion.levels[step]
    if fine and any(code in fine for code in codes):
        one_by_one = [
            Missing(criterion.code, level, code, at.compiled.requirement_texts[code], fine.get(code, "not_judged"))
            for code in codes
            if fine.get(code) != "met"
        ]
        if one_by_one:
            return one_by_one
    state = at.own[place][step]
    return [Missing(criterion.code, level, None, None, WORDS[state], max(1, len(codes)) if fine else 1)]


def _of_prerequisites(place: int, at: Situation) -> tuple[Missing, ...]:
    """What the prerequisites of a criterion lack, and theirs."""
    found: dict[Missing, None] = {}
    waiting, done = list(at.compiled.criteria[place].requires), set()
    while waiting:
        required = waiting.pop(0)
        if required in done or at.reached[required][0] == MET:
            continue
        done.add(required)
        found.update(dict.fromkeys(_of_levels(required, 0, at)))
        waiting += at.compiled.criteria[required].requires
    return tuple(found)


def _sentence(code: str, title: str, missing: tuple[Missing, ...], at: Situation) -> str:
    """ "Tiêu chí 1.3 Quản lý …: Mức 2 không đạt; thiếu yêu cầu 1.3.M2.d (…)."""
    said: list[str] = []
    for level in dict.fromkeys((m.criterion, m.level) for m in missing):
        own = [m for m in missing if (m.criterion, m.level) == level]
        name = at.compiled.titles[level[1]]
        where = name if level[0] == code else f"tiêu chí {level[0]} (điều kiện)"
        if own[0].code is None:
            said.append(f"{where} {'không đạt' if own[0].judgement == 'not_met' else 'chưa xét'}")
            continue
        for judgement, words in (("not_met", "không đạt yêu cầu"), ("not_judged", "chưa xét yêu cầu")):
            parts = [f"{m.code} ({(m.text or '').rstrip('.')})" for m in own if m.judgement == judgement]
            if parts:
                said.append(f"{where} {words} {'; '.join(parts)}")
    return f"Tiêu chí {code} {title}: {'; '.join(said)}."
