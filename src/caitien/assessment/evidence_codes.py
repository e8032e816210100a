"""Evidence codes: where they are cited in a text, which number comes next, what an old list's codes become.

One evidence has one code for life, whatever number of criteria it serves; a code is never given twice, not even when
its evidence is gone (Phụ lục IV, Thông tư 57/2026; công văn 5932/2018 for the codes with boxes).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from caitien.plan.text import sort_key
from caitien.standards.model import EvidenceStyle

MOST_DIGITS = 3  # of a number that patterns of the frameworks read


@dataclass(frozen=True, slots=True)
class Cited:
    """A code in a text: as the framework writes it, and the letters it stands on, `text[start:end]`."""

    code: str
    criterion: str
    number: int
    start: int
    end: int


def cited(text: str | None, style: EvidenceStyle) -> list[Cited]:
    """The codes cited in a text, in order, each time they are."""
    return [_cited(match, style) for match in _pattern(style).finditer(text or "")]


def segments(text: str | None, style: EvidenceStyle) -> list[tuple[str, str | None]]:
    """The text in pieces, for a page that makes links: (words, code they are or None). Joined they are the text again."""
    text = text or ""
    found: list[tuple[str, str | None]] = []
    end = 0
    for one in cited(text, style):
        if one.start > end:
            found.append((text[end : one.start], None))
        found.append((text[one.start : one.end], one.code))
        end = one.end
    return [*found, (text[end:], None)] if end < len(text) else found


def written(code: str, style: EvidenceStyle) -> str | None:
    """A code however it was typed ("mc.1.3.5" is none; "H1-1.1-01" is) as the framework writes it; None when it is none."""
    match = _pattern(style).fullmatch(code.strip())
    return _cited(match, style).code if match else None


def next_code(criterion: str, used: Iterable[str], style: EvidenceStyle, *, box: int | str | None = None) -> str:
    """The code of a new evidence of a criterion: one more than the highest ever given there.

    `used`: every code ever given, those of evidence taken away too. `box`: of the codes that have one; the standard's
    number when not said. Raises ValueError for a criterion without a number ("M4.1" has; "x" has not).
    """
    numbers = [one.number for code in used for one in cited(code, style) if one.criterion == criterion]
    return made(criterion, max(numbers, default=0) + 1, style, box=box)


def made(criterion: str, number: int, style: EvidenceStyle, *, box: int | str | None = None) -> str:
    """The code of a criterion and a number. Raises ValueError for a criterion that no code can name."""
    standard, dot, last = criterion.rpartition(".")
    if not dot or not standard or not last:
        raise ValueError(f"“{criterion}” không phải mã tiêu chí có tiêu chuẩn, như 1.3.")
    return style.code.format(standard=standard, criterion=last, number=number, box=box or standard)


def citation(codes: Sequence[str], style: EvidenceStyle) -> str:
    """Codes as they are cited in a sentence: "(MC.1.1.01, MC.1.1.02)", "[H1-1.1-01]; [H1-1.1-02]". "" of none."""
    how = style.citation
    if not codes:
        return ""
    if how.each:
        bare = [code.removeprefix(how.opening).removesuffix(how.closing) for code in codes]
        return how.separator.join(f"{how.opening}{code}{how.closing}" for code in bare)
    return how.opening + how.separator.join(codes) + how.closing


def renumbered(old: Sequence[tuple[str, str]], used: Iterable[str], style: EvidenceStyle) -> dict[str, str]:
    """Old code -> new code, for a list that moves to another framework. `old`: (old code, criterion of the new framework).

    Order is kept within a criterion; a code that was doubled in the list is one evidence and gets one new code. Nothing
    in `used` is given again.
    """
    taken = list(used)
    mapping: dict[str, str] = {}
    for code, criterion in old:
        if code not in mapping:
            mapping[code] = next_code(criterion, taken, style)
            taken.append(mapping[code])
    return mapping


def in_order(codes: Iterable[str], style: EvidenceStyle) -> list[str]:
    """Codes by criterion and number; what is no code of the framework stands at the end, in Vietnamese order."""

    def key(code: str) -> tuple[int, list[int], int, object]:
        match = _pattern(style).fullmatch(code.strip())
        if match is None:
            return 1, [], 0, sort_key(code)
        one = _cited(match, style)
        return 0, [int(part) for part in re.findall(r"\d+", one.criterion)], one.number, sort_key(code)

    return sorted(codes, key=key)


def _cited(match: re.Match[str], style: EvidenceStyle) -> Cited:
    parts = match.groupdict()
    criterion = f"{parts['standard']}.{parts['criterion']}"
    number = int(parts["number"])
    code = made(criterion, number, style, box=parts.get("box"))
    return Cited(code, criterion, number, match.start(), match.end())


@lru_cache
def _compiled(pattern: str) -> re.Pattern[str]:
    # A code ends where its digits end: "MC.1.3.0512" is no code of ours, and no half of it is either.
    return re.compile(rf"(?<![\w.]){pattern}(?!\d)")


def _pattern(style: EvidenceStyle) -> re.Pattern[str]:
    return _compiled(style.pattern)
