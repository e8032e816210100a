"""Two people wrote in one text: what they changed in different sentences is joined. Values only.

Three ways: what both began from, mine, theirs. Where both changed the same sentence, or two that touch, nothing is
joined (None): a person sees both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

_END = re.compile(r"(?<![.;:!?…])[.;:!?…]++[)\]”\"]*+\s++|\n++")
"""Where a sentence ends, with what stands behind it; a code ("MC.1.3.05") has no space behind its points and is not cut.

Never goes back over what it has read: a dotted line of a form is thousands of points.
"""
MOST_PIECES = 2_000  # of one text; what has more is not joined
MOST_WORK = 5_000_000  # comparisons, about a quarter of a second: the same short line hundreds of times is not joined


def joined_text(base: str, mine: str, theirs: str) -> str | None:
    """The text with what I changed of `base` and what they did; None when both changed the same sentence differently."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    joined = _joined(*(_pieces(text) for text in (base, mine, theirs)))
    return None if joined is None else "".join(joined)


def joined_lines(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str] | None:
    """The same for a list of lines (strengths)."""
    if list(mine) == list(theirs) or list(theirs) == list(base):
        return list(mine)
    return list(theirs) if list(mine) == list(base) else _joined(list(base), list(mine), list(theirs))


def joined_by_code(
    base: Sequence[dict[str, Any]], mine: Sequence[dict[str, Any]], theirs: Sequence[dict[str, Any]]
) -> list[dict[str, Any]] | None:
    """Requirements judged by two people: joined requirement by requirement; None when both judged one differently."""
    was, own, now = ({entry["code"]: entry for entry in part} for part in (base, mine, theirs))
    found = []
    for code in dict.fromkeys((*now, *own)):
        entry = now.get(code)
        if own.get(code) != was.get(code) and own.get(code) != entry:
            if entry != was.get(code):
                return None
            entry = own.get(code)
        if entry is not None:
            found.append(entry)
    return found


def _pieces(text: str) -> list[str]:
    cuts = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts) if start < end]


def _too_much(base: list[str], other: list[str]) -> bool:
    """Whether comparing would keep everybody waiting: a difference is looked for among all pairs of equal pieces, at worst
    once for each piece."""
    if max(len(base), len(other)) > MOST_PIECES:
        return True
    there = Counter(other)
    return sum(there[piece] for piece in base) * min(len(base), len(other)) > MOST_WORK


def _joined(base: list[str], mine: list[str], theirs: list[str]) -> list[str] | None:
    """Pieces that both kept are where the two can be joined; between them at most one of the two may have changed."""
    if _too_much(base, mine) or _too_much(base, theirs):
        return None
    found: list[str] = []
    at_base = at_mine = at_theirs = 0
    for start, start_mine, start_theirs, size in [
        *_kept_by_both(base, mine, theirs),
        (len(base), len(mine), len(theirs), 0),
    ]:
        was = base[at_base:start]
        own, other = mine[at_mine:start_mine], theirs[at_theirs:start_theirs]
        if own == other or other == was:
            found += own
        elif own == was:
            found += other
        else:
            return None
        found += base[start : start + size]
        at_base, at_mine, at_theirs = start + size, start_mine + size, start_theirs + size
    return found


def _kept_by_both(base: list[str], mine: list[str], theirs: list[str]) -> list[tuple[int, int, int, int]]:
    """(place in base, in mine, in theirs, how many) of the pieces that stand unchanged in all three."""
    in_mine, in_theirs = (_places(base, other) for other in (mine, theirs))
    found: list[tuple[int, int, int, int]] = []
    for place in range(len(base)):
        if place not in in_mine or place not in in_theirs:
            continue
        one, other = in_mine[place], in_theirs[place]
        if found and (last := found[-1]) and (place, one, other) == tuple(part + last[3] for part in last[:3]):
            found[-1] = (*last[:3], last[3] + 1)
        else:
            found.append((place, one, other, 1))
    return found


def _places(base: list[str], other: list[str]) -> dict[int, int]:
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {block.a + n: block.b + n for block in blocks for n in range(block.size)}
