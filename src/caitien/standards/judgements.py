"""What people judged, as a value: of each level, of each requirement where a school judges that finely, or in points.

"Not judged" is never "not met": what nobody has said anything about is not judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Literal

from caitien.standards.model import Criterion, Framework
from caitien.standards.problems import JudgementError

Judgement = Literal["met", "not_met", "not_judged"]
JUDGEMENTS: tuple[Judgement, ...] = ("met", "not_met", "not_judged")
_PLAIN = (*JUDGEMENTS, None)


@dataclass(frozen=True, slots=True)
class Judgements:
    """`levels`: code of a criterion -> level -> judgement. `requirements`: code of a requirement -> judgement.

    `points`: code of a criterion, or of a requirement that has points -> points that people gave.
    """

    levels: Mapping[str, Mapping[int, Judgement]] = field(default_factory=dict)
    requirements: Mapping[str, Judgement] = field(default_factory=dict)
    points: Mapping[str, float] = field(default_factory=dict)

    def changed(self, other: Judgements) -> Judgements:
        """A copy in which what `other` says stands instead; neither argument changes."""
        levels = {code: dict(own) for code, own in self.levels.items()}
        for code, own in other.levels.items():
            levels.setdefault(code, {}).update(own)
        return Judgements(levels, {**self.requirements, **other.requirements}, {**self.points, **other.points})


def read_judgements(framework: Framework, raw: object) -> Judgements:
    """Judgements out of plain JSON values. Raises JudgementError: a Vietnamese sentence that names what is wrong.

    `raw`: {"1.1": {"1": "met", "2": "not_judged"}}. A level can be given by requirement, {"2": {"1.1.M2.a": "met"}}
    (or {"2": {"a": "met"}}); a criterion with one level by its word alone, {"M4.1": "met"}; a criterion with points
    by {"points": 12}, or by those of its requirements, {"points": {"2.1.a": 4}}. null is "not_judged".
    """
    if not isinstance(raw, Mapping):
        raise JudgementError("“judgements” phải là một đối tượng { mã tiêu chí: nhận định }.")
    levels: dict[str, dict[int, Judgement]] = {}
    requirements: dict[str, Judgement] = {}
    points: dict[str, float] = {}
    places, compiled = framework.compiled.places, framework.compiled.criteria
    for code, given in raw.items():
        if type(given) is dict and code in places:
            names = compiled[places[code]].level_names
            if all(key in names and word in _PLAIN for key, word in given.items()):
                levels[code] = {names[key]: word or "not_judged" for key, word in given.items()}
                continue  # the plain form, by far the most frequent; everything else takes the longer way
        criterion = framework.criterion(code)
        if criterion is None:
            raise JudgementError(f"Khung {framework.id} không có tiêu chí “{code}”.{_near(code, framework.codes)}")
        if given is None:
            continue
        if isinstance(given, str):
            if len(criterion.levels) != 1:
                raise JudgementError(
                    f"Tiêu chí {code} có {len(criterion.levels)} mức, hãy ghi nhận định của từng mức: "
                    f'{{"{criterion.levels[0].level}": "{given}"}}.'
                )
            levels[code] = {criterion.levels[0].level: _word(given, code)}
            continue
        if not isinstance(given, dict):
            raise JudgementError(f"Nhận định của tiêu chí {code} phải là một đối tượng {{ mức: nhận định }}.")
        for key, value in given.items():
            if key == "points":
                _read_points(criterion, value, points)
            elif isinstance(value, dict):
                _read_requirements(criterion, _level(criterion, key), value, requirements)
            elif key.isdecimal():
                levels.setdefault(code, {})[_level(criterion, key)] = _word(value, f"{code}, Mức {key}")
            else:
                _read_requirements(criterion, None, {key: value}, requirements)
    return Judgements(levels, requirements, points)


def _word(value: object, where: str) -> Judgement:
    if value is None:
        return "not_judged"
    if value not in JUDGEMENTS:
        shown = f"“{value}”" if isinstance(value, str) else str(value)[:40]
        raise JudgementError(
            f"Nhận định của {where} là {shown}; chỉ dùng “met” (đạt), “not_met” (không đạt), “not_judged” (chưa xét)."
        )
    return value


def _level(criterion: Criterion, key: str) -> int:
    if key.isdecimal() and len(key) < 4 and criterion.level(int(key)) is not None:
        return int(key)
    own = ", ".join(str(level.level) for level in criterion.levels)
    raise JudgementError(f"Tiêu chí {criterion.code} không xét ở Mức {key[:20]}; các mức của tiêu chí này: {own}.")


def _read_requirements(
    criterion: Criterion, level: int | None, given: Mapping[str, Any], into: dict[str, Judgement]
) -> None:
    known = [
        requirement.code
        for own in criterion.levels
        if level is None or own.level == level
        for requirement in own.requirements
    ]
    for key, value in given.items():
        code = key if key in known else f"{criterion.code}.M{level}.{key}"
        if code not in known:
            where = f"tiêu chí {criterion.code}" if level is None else f"tiêu chí {criterion.code}, Mức {level}"
            raise JudgementError(f"Không có yêu cầu “{key}” ở {where}.{_near(key, tuple(known))}")
        into[code] = _word(value, f"yêu cầu {code}")


def _read_points(criterion: Criterion, given: object, into: dict[str, float]) -> None:
    if criterion.max_points is None:
        raise JudgementError(
            f"Tiêu chí {criterion.code} không cho điểm; hãy ghi nhận định đạt, không đạt của từng mức."
        )
    if given is None:
        return
    if not isinstance(given, Mapping):
        into[criterion.code] = _number(given, criterion.code, criterion.max_points)
        return
    most = {r.code: r.max_points for r in criterion.requirements if r.max_points is not None}
    for key, value in given.items():
        if key not in most:
            raise JudgementError(f"Tiêu chí {criterion.code} không có mục cho điểm “{key}”.{_near(key, tuple(most))}")
        if value is not None:
            into[key] = _number(value, key, most[key])


def _number(value: object, where: str, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise JudgementError(f"Điểm của {where} phải là một số từ 0 đến {most:g}.")
    if not 0 <= value <= most:
        raise JudgementError(f"Điểm của {where} là {str(value)[:20]}, phải từ 0 đến {most:g}.")
    return value


def _near(word: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f" Có phải “{near[0]}”?" if near else ""
