"""Values of indicators as people write them ("85%", "14 em", "6,5", "1.200 cuốn", "18/20") and how far they have come.

The words stay as written; a number is read beside them, only to draw how much of the way is done.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from caitien.plan.text import fold, one_space

_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d.,])|-?\d+(?:[.,]\d+)?(?![\d.,]*\d)")
_PART_OF = re.compile(r"(\d+(?:,\d+)?)\s*/\s*(\d+(?:,\d+)?)(?!\s*/|\d)")
_AROUND = re.compile(r"^(?:khoang|hon|duoi|tren|it nhat|toi thieu|toi da|dat|con|tu|den|[≥≤<>=~+]|\W)+")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the word that says of what ("em", "%", "" when nothing is said)."""

    number: float
    unit: str


def read_quantity(text: str | None) -> Quantity | None:
    """The one number that the words say; None when there is none, or more than one ("5 – 7 em", "15/10/2025").

    A comma begins decimals, a dot between groups of three digits joins them; "18/20" is a part of a whole, 0.9.
    """
    words = one_space(text)
    if part := _PART_OF.search(words):
        rest = words[: part.start()] + words[part.end() :]
        whole = _float(part[2])
        if re.search(r"\d", rest) or "/" in rest or not whole:
            return None
        return Quantity(_float(part[1]) / whole, _unit(rest))
    found = list(_NUMBER.finditer(words))
    if len(found) != 1 or re.search(r"\d", words[: found[0].start()] + words[found[0].end() :]):
        return None
    at = found[0]
    return Quantity(_float(at[0]), _unit(words[: at.start()] + words[at.end() :]))


def share_done(baseline: str | None, target: str | None, actual: str | None) -> float | None:
    """How much of the way from `baseline` to `target` is done at `actual`, 0 to 1; falling targets too ("từ 14 → 0, nay 6").

    None when one of target and actual is no number, or when they count different things. Without a baseline the way
    begins at 0, and then only a target above 0 can be measured.
    """
    goal, now, start = read_quantity(target), read_quantity(actual), read_quantity(baseline)
    if goal is None or now is None or (start is None and one_space(baseline)):
        return None
    units = {one.unit for one in (goal, now, start) if one is not None and one.unit}
    if len(units) > 1:
        return None
    begin = start.number if start is not None else 0.0
    if start is None and goal.number <= 0:
        return None
    if begin == goal.number:
        return 1.0 if now.number == goal.number else None
    return min(1.0, max(0.0, (now.number - begin) / (goal.number - begin)))


def reached(baseline: str | None, target: str | None, actual: str | None) -> bool:
    """Whether the value is at the target or beyond it."""
    return share_done(baseline, target, actual) == 1.0


_FROM_TO = re.compile(
    r"từ\s+(?P<from>\d[\d.,/]*\s?%?)(?:\s+(?!xuống|lên|còn|thành|đến|tới)[^\W\d]+){0,4}\s+(?:xuống(?: còn| dưới)?|lên(?: trên)?|còn|thành|đến|tới)\s+"
    r"(?P<to>(?:[≥≤<>]\s?)?\d[\d.,/]*\s?%?)",
    re.IGNORECASE,
)
_GOAL = re.compile(r"(?P<to>(?:[≥≤]\s?)?\d+(?:,\d+)?\s?%)")


def told_by(indicator: str | None) -> tuple[str, str]:
    """What the sentence of an indicator says itself: (baseline, target), "" where it does not.

    "Giảm học sinh chưa hoàn thành từ 14 em xuống còn 0" is ("14", "0"); "85% trở lên đạt" is ("", "85%").
    Only a proposal: who writes the values sees it before it is kept.
    """
    words = one_space(indicator)
    if found := _FROM_TO.search(words):
        return found["from"].strip(" .,/"), found["to"].strip(" .,/")
    goals = _GOAL.findall(words)
    return ("", goals[0].strip()) if len(goals) == 1 else ("", "")


def _float(digits: str) -> float:
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", digits):
        digits = digits.replace(".", "")
    return float(digits.replace(",", "."))


def _unit(rest: str) -> str:
    if "%" in rest:
        return "%"
    return _AROUND.sub("", fold(rest)).strip(" .,;:()")
