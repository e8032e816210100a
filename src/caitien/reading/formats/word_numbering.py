"""The numbers and bullets that Word draws before list paragraphs and does not keep in their text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLAIN_BULLETS = "-–—+*•"
_LEVELS = 9


@dataclass(slots=True)
class Level:
    """A list level. `text`: "%1.%2." with the numbers of the levels to put in."""

    format: str = "decimal"
    text: str = "%1."
    start: int = 1
    restarts_after: int | None = None  # w:lvlRestart; 0 never restarts
    legal: bool = False  # every number in it is written in decimals


@dataclass(slots=True)
class Numbering:
    """Lists of a document and how far each has counted. Call `prefix` once for each list paragraph, in order."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # abstract list -> its levels
    lists: dict[str, tuple[str, dict[int, int], dict[int, Level]]] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def from_xml(cls, root: Any | None) -> Numbering:
        """From the root of numbering.xml; an empty numbering when there is none."""
        made = cls()
        if root is None:
            return made
        by_style_link: dict[str, str] = {}
        borrowed: dict[str, str] = {}
        for abstract in root.iterchildren(W + "abstractNum"):
            key = abstract.get(W + "abstractNumId") or ""
            made.levels[key] = {_whole(x.get(W + "ilvl"), 0): _level(x) for x in abstract.iterchildren(W + "lvl")}
            if link := _value(abstract, "styleLink"):
                by_style_link[link] = key
            if link := _value(abstract, "numStyleLink"):
                borrowed[key] = link
        for key, link in borrowed.items():
            made.levels[key] = made.levels.get(by_style_link.get(link, ""), {}) or made.levels[key]
        for num in root.iterchildren(W + "num"):
            starts: dict[int, int] = {}
            replaced: dict[int, Level] = {}
            for override in num.iterchildren(W + "lvlOverride"):
                at = _whole(override.get(W + "ilvl"), 0)
                if (start := _value(override, "startOverride")) is not None:
                    starts[at] = _whole(start, 1)
                if (level := override.find(W + "lvl")) is not None:
                    replaced[at] = _level(level)
            made.lists[num.get(W + "numId") or ""] = (_value(num, "abstractNumId") or "", starts, replaced)
        return made

    def prefix(self, num_id: str, at: int) -> str:
        """What Word draws before the next paragraph of list `num_id` at level `at` (0 to 8): "- ", "1. ", "a) ", ""."""
        if num_id not in self.lists or not 0 <= at < _LEVELS:
            return ""
        abstract, starts, replaced = self.lists[num_id]
        levels = {**self.levels.get(abstract, {}), **replaced}
        level = levels.get(at)
        if level is None:
            return ""
        counts = self.counts.setdefault(abstract, [None] * _LEVELS)
        if at in starts and (num_id, at) not in self.started:
            counts[at] = starts[at]
        else:
            before = counts[at]
            counts[at] = level.start if before is None else before + 1
        self.started.add((num_id, at))
        for deeper in range(at + 1, _LEVELS):
            restart = levels[deeper].restarts_after if deeper in levels else None
            if restart is None or (restart and at < restart):
                counts[deeper] = None
        if level.format == "bullet":
            return f"{level.text if level.text and level.text in _PLAIN_BULLETS else '-'} "
        drawn = level.text
        for i in range(_LEVELS):
            if f"%{i + 1}" in drawn:
                other = levels.get(i, Level())
                value = counts[i] if counts[i] is not None else other.start
                if counts[i] is None:
                    counts[i] = value
                drawn = drawn.replace(f"%{i + 1}", _number(value or 0, "decimal" if level.legal else other.format))
        return f"{drawn.strip()} " if drawn.strip() else ""


def _level(xml: Any) -> Level:
    restart = _value(xml, "lvlRestart")
    return Level(
        format=_value(xml, "numFmt") or "decimal",
        text=_value(xml, "lvlText") or "",
        start=_whole(_value(xml, "start"), 1),
        restarts_after=None if restart is None else _whole(restart, 0),
        legal=xml.find(W + "isLgl") is not None,
    )


def _value(parent: Any, name: str) -> str | None:
    child = parent.find(W + name)
    value: str | None = None if child is None else child.get(W + "val")
    return value


def _whole(text: str | None, otherwise: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return otherwise


def _number(value: int, format: str) -> str:
    if format == "none":
        return ""
    if format in ("lowerLetter", "upperLetter") and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if format == "lowerLetter" else letter.upper()
    if format in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        roman = _roman(value)
        return roman.lower() if format == "lowerRoman" else roman
    return f"{value:02d}" if format == "decimalZero" else str(value)


def _roman(value: int) -> str:
    parts = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
    drawn = ""
    for worth, letters in parts:
        drawn += letters * (value // worth)
        value %= worth
    return drawn
