"""The kinds of conditions, evaluated: what holds, what is open, what fails, who is short, and the sentence that says so.

One function a kind, found by the class of the compiled condition; its data is in `rules.py`.
"""

from __future__ import annotations

from caitien.standards.compiling import CompiledCount, CompiledPoints, CompiledRule
from caitien.standards.results import ConditionResult, Outcome
from caitien.standards.situation import MET, NOT_JUDGED, NOT_MET, Situation

OUTCOME_WORDS: dict[Outcome, str] = {"holds": "đạt", "open": "chưa đủ căn cứ", "fails": "không đạt"}


def outcome_of(condition: CompiledCount | CompiledPoints, at: Situation) -> Outcome:
    """Whether a condition holds, without its words."""
    have, possible = _have(condition, at)
    if isinstance(condition, CompiledCount):
        return _outcome(have >= condition.needed, possible >= condition.needed)
    return _outcome(condition.band.holds(have), condition.band.holds(possible))


def evaluate(condition: CompiledCount | CompiledPoints, rule: CompiledRule, at: Situation) -> ConditionResult:
    """A condition of a level of the school, with its sentence in Vietnamese."""
    if isinstance(condition, CompiledCount):
        return _evaluate_count(condition, rule, at)
    return _evaluate_points(condition, rule, at)


def _have(condition: CompiledCount | CompiledPoints, at: Situation) -> tuple[float, float]:
    """How much there is, and how much there can be."""
    if isinstance(condition, CompiledCount):
        met = could = 0
        for place, step in condition.members:
            state = at.reached[place][step]
            if state == MET:
                met += 1
            elif state == NOT_JUDGED:
                could += 1
        return met, met + could
    points = [p for place in condition.members if (p := at.points[place])]
    return sum(p[0] for p in points), sum(p[1] for p in points)


def _outcome(holds: bool, can_hold: bool) -> Outcome:
    return "holds" if holds else "open" if can_hold else "fails"


def _evaluate_count(condition: CompiledCount, rule: CompiledRule, at: Situation) -> ConditionResult:
    have, possible = _have(condition, at)
    total = len(condition.members)
    outcome = _outcome(have >= condition.needed, possible >= condition.needed)
    short = [(place, step) for place, step in condition.members if at.reached[place][step] != MET]
    criteria, titles = at.compiled.criteria, at.compiled.titles
    head = f"Điều kiện {titles[rule.level]} {OUTCOME_WORDS[outcome]}: "
    what = f"{condition.noun} đạt {titles[condition.level]}" + (" trở lên" if condition.level < rule.level else "")
    if have == total:
        counted = f"cả {total} {what}" if total > 1 else f"{what} ({criteria[condition.members[0][0]].code})"
    else:
        counted = f"{have:g} trong {total} {what}"
    asked = "" if condition.needed == have == total else f", cần {_asked(condition.needed, total)}"
    sentence = f"{head}{counted}{asked}." + (_who_is_short(short, at) if outcome != "holds" else "")
    return ConditionResult(
        level=rule.level,
        kind="count",
        outcome=outcome,
        have=have,
        possible=possible,
        needed=condition.needed,
        total=total,
        lacking=tuple(criteria[place].code for place, _ in short),
        sentence=sentence,
    )


def _asked(needed: int, total: int) -> str:
    return f"đủ {total}" if needed == total else f"ít nhất {needed}"


def _who_is_short(short: list[tuple[int, int]], at: Situation) -> str:
    """ " Không đạt: 1.3 (thiếu 1.3.M2.d). Chưa xét: 2.1."""
    failed = [_failed(place, step, at) for place, step in short if at.reached[place][step] == NOT_MET]
    unknown = [at.compiled.criteria[place].code for place, step in short if at.reached[place][step] == NOT_JUDGED]
    said = f" Không đạt: {', '.join(failed)}." if failed else ""
    return said + (f" Chưa xét: {', '.join(unknown)}." if unknown else "")


def _failed(place: int, step: int, at: Situation) -> str:
    """ "1.3", "1.3 (từ Mức 1)" where a lower level is not met, "1.3 (thiếu 1.3.M2.d)" where the requirement is known."""
    criterion = at.compiled.criteria[place]
    own = at.own[place]
    at_fault = next((n for n in range(step) if at.compiled.cumulative and own[n] == NOT_MET), step)
    if own[at_fault] != NOT_MET:
        waiting = [at.compiled.criteria[p].code for p in criterion.requires if at.reached[p][0] == NOT_MET]
        return f"{criterion.code} (vì {', '.join(waiting)} không đạt)" if waiting else criterion.code
    lower = f"từ {at.compiled.titles[criterion.levels[at_fault]]}" if at_fault < step else ""
    fine = at.judgements.requirements
    codes = [code for code in criterion.requirements[at_fault] if fine.get(code) == "not_met"] if fine else []
    said = ", ".join([*([lower] if lower else []), *([f"thiếu {', '.join(codes)}"] if codes else [])])
    return f"{criterion.code} ({said})" if said else criterion.code


def _evaluate_points(condition: CompiledPoints, rule: CompiledRule, at: Situation) -> ConditionResult:
    have, possible = _have(condition, at)
    band = condition.band
    outcome = _outcome(band.holds(have), band.holds(possible))
    needed = max(v for v in (band.start, band.above) if v is not None)
    criteria = at.compiled.criteria
    lacking = [
        place for place in condition.members if (p := at.points[place]) and p[0] < (criteria[place].max_points or 0)
    ]
    sentence = (
        f"Điều kiện {at.compiled.titles[rule.level]} {OUTCOME_WORDS[outcome]}: các {condition.noun} "
        f"được {have:g} trong {condition.most:g} điểm, cần {band.words}."
    )
    if outcome != "holds":
        waiting = {
            criteria[p].code: at.reached[p][0]
            for place in condition.members
            for p in criteria[place].requires
            if at.reached[p][0] != MET
        }
        if waiting:
            sentence += f" Chưa tính điểm vì chưa đạt điều kiện: {', '.join(waiting)}."
        unknown = [criteria[place].code for place in lacking if (p := at.points[place]) and p[1] > p[0]]
        if unknown:
            sentence += f" Chưa cho đủ điểm: {', '.join(unknown)}."
    return ConditionResult(
        level=rule.level,
        kind="points",
        outcome=outcome,
        have=have,
        possible=possible,
        needed=needed,
        total=condition.most,
        lacking=tuple(criteria[place].code for place in lacking),
        sentence=sentence,
    )
