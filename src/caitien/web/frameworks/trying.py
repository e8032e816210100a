"""Judgements that somebody tries out: out of a form, into what the engine reads. Nothing is stored.

One choice a criterion says how far it comes: "" not judged, "0" the lowest level not met, "2" met up to Level 2 and
not above, "2c" met up to Level 2 and what is above not judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from caitien.standards import Criterion, Framework

PREFIX = "tc-"


def choices(criterion: Criterion, titles: Mapping[int, str]) -> list[tuple[str, str]]:
    """(value, words) of every choice for a criterion."""
    numbers = [level.level for level in criterion.levels]
    found = [("", _("Chưa xét")), ("0", _("Không đạt %(level)s") % {"level": titles[numbers[0]]})]
    for number, above in zip(numbers, [*numbers[1:], None], strict=True):
        if above is None:
            found.append((str(number), _("Đạt %(level)s") % {"level": titles[number]}))
            continue
        words = {"level": titles[number], "above": titles[above]}
        found.append((f"{number}c", _("Đạt %(level)s, chưa xét %(above)s") % words))
        found.append((str(number), _("Đạt %(level)s, không đạt %(above)s") % words))
    return found


def chosen(framework: Framework, sent: Mapping[str, str]) -> dict[str, str]:
    """Code of a criterion -> its choice, as far as it is one; points as they were typed."""
    titles = {level.number: level.title for level in framework.levels}
    everything = sent.get("tat-ca", "")
    found = {}
    for code in framework.codes:
        criterion = framework.criterion(code)
        if criterion is None:
            continue
        given = PREFIX + code in sent
        value = sent.get(PREFIX + code, "").strip()
        if criterion.max_points is not None:
            found[code] = value[:12]
            continue
        allowed = {choice for choice, _words in choices(criterion, titles)}
        found[code] = value if given and value in allowed else _of_all(criterion, everything)
    return found


def _of_all(criterion: Criterion, everything: str) -> str:
    """Every criterion at a level at once ("tat-ca=1"): as far as the criterion has it, what is above not judged."""
    numbers = [level.level for level in criterion.levels]
    if not everything.isdecimal() or int(everything) < numbers[0]:
        return ""
    reached = max(number for number in numbers if number <= int(everything))
    return str(reached) if reached == numbers[-1] else f"{reached}c"


def judgements(framework: Framework, choice: Mapping[str, str]) -> dict[str, Any]:
    """Choices as the plain values that `read_judgements` takes."""
    found: dict[str, Any] = {}
    for code, value in choice.items():
        criterion = framework.criterion(code)
        if criterion is None or not value:
            continue
        if criterion.max_points is not None:
            found[code] = {"points": _number(value)}
            continue
        reached, above_open = int(value.removesuffix("c")), value.endswith("c")
        found[code] = {}
        for level in criterion.levels:
            above = "not_judged" if above_open else "not_met"
            found[code][str(level.level)] = "met" if level.level <= reached else above
    return found


def _number(text: str) -> object:
    """Points as typed, "7,5" too; what is no number stays as it is, for the engine to refuse with its sentence."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text
