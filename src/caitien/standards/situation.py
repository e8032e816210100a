"""Where a school stands: the state of every criterion at every level, derived from judgements and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from caitien.standards.compiling import Compiled, CompiledCriterion
from caitien.standards.judgements import Judgement, Judgements

NOT_MET, NOT_JUDGED, MET = 0, 1, 2
STATE = {"not_met": NOT_MET, "not_judged": NOT_JUDGED, "met": MET}
WORDS: tuple[Judgement, ...] = ("not_met", "not_judged", "met")


@dataclass(frozen=True, slots=True)
class Situation:
    """For each criterion (by its place): the states of its levels, lowest first.

    `own`: as judged, each level by itself. `reached`: with the lower levels and the prerequisites, which a level needs.
    `points`: given so far, and possible; None for a criterion without points.
    """

    compiled: Compiled
    judgements: Judgements
    own: tuple[tuple[int, ...], ...]
    reached: tuple[tuple[int, ...], ...]
    points: tuple[tuple[float, float] | None, ...]


def situation(compiled: Compiled, judgements: Judgements) -> Situation:
    """States of all criteria. The order not met < not judged < met makes every step here monotone."""
    size = len(compiled.criteria)
    own: list[tuple[int, ...]] = [()] * size
    reached: list[tuple[int, ...]] = [()] * size
    points: list[tuple[float, float] | None] = [None] * size
    for place in compiled.order:
        criterion = compiled.criteria[place]
        scored = _points(criterion, judgements) if criterion.max_points is not None else None
        states = own[place] = _own(criterion, judgements, scored)
        lowest = MET
        for required in criterion.requires:
            lowest = min(lowest, reached[required][0])
        if scored is not None:
            points[place] = (scored[0] if lowest == MET else 0, scored[1] if lowest != NOT_MET else 0)
        if compiled.cumulative:
            steps = []
            for state in states:
                if state < lowest:
                    lowest = state
                steps.append(lowest)
            reached[place] = tuple(steps)
        else:
            reached[place] = tuple(min(state, lowest) for state in states)
    return Situation(compiled, judgements, tuple(own), tuple(reached), tuple(points))


def requirement_state(judgements: Judgements, codes: tuple[str, ...]) -> int:
    """A level by its requirements: met when all are, not met when one is not, else not judged."""
    given = judgements.requirements
    lowest = MET
    for code in codes:
        state = STATE[given.get(code, "not_judged")]
        if state < lowest:
            if state == NOT_MET:
                return NOT_MET
            lowest = state
    return lowest if codes else NOT_JUDGED


def _own(criterion: CompiledCriterion, judgements: Judgements, scored: tuple[float, float] | None) -> tuple[int, ...]:
    """Each level by itself: what a person said of the level; else by its points; else by its requirements."""
    given = judgements.levels.get(criterion.code)
    fine = judgements.requirements
    if given is not None and not fine and scored is None:
        return tuple([STATE[given.get(level, "not_judged")] for level in criterion.levels])
    states = []
    for n, level in enumerate(criterion.levels):
        state = STATE[given.get(level, "not_judged")] if given is not None else NOT_JUDGED
        band = criterion.bands[n]
        if state == NOT_JUDGED and band is not None and scored is not None:
            state = MET if band.holds(scored[0]) else NOT_JUDGED if band.holds(scored[1]) else NOT_MET
        elif state == NOT_JUDGED and fine:
            state = requirement_state(judgements, criterion.requirements[n])
        states.append(state)
    return tuple(states)


def _points(criterion: CompiledCriterion, judgements: Judgements) -> tuple[float, float]:
    """Points given, and the most that they can become when what nobody has scored gets all of its points."""
    most = criterion.max_points or 0
    given = judgements.points
    if criterion.code in given:
        return given[criterion.code], given[criterion.code]
    if not any(code in given for code, _ in criterion.part_points):
        return 0, most
    low = sum(given.get(code, 0) for code, _ in criterion.part_points)
    high = sum(given.get(code, part) for code, part in criterion.part_points)
    return min(low, most), min(high, most)
