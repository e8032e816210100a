"""The words that `likely-typo` knows, read once from likely_typo.txt beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from caitien.checking.rules._syllables import plain, toneless

FILE = Path(__file__).with_name("likely_typo.txt")

Sound = tuple[str, str]
"""A syllable however it is spelled: letters without the tone and with i for y, and the tone."""


def sound(word: str) -> Sound:
    """ "kỹ" and "kĩ", "khỏe" and "khoẻ" are the same sound."""
    letters, tone = toneless(word)
    return letters.replace("y", "i"), tone


@dataclass
class Words:
    """What likely_typo.txt says. `slips`: by first word, the longest first; `known`: pairs that are right."""

    slips: dict[str, list[tuple[tuple[str, ...], str, frozenset[str]]]] = field(default_factory=dict)
    starts: set[tuple[str, str]] = field(
        default_factory=set
    )  # the first two words of each slip; ("", word) of one word
    known: set[tuple[Sound, Sound]] = field(default_factory=set)
    seconds: dict[Sound, list[str]] = field(
        default_factory=dict
    )  # of a compound: what may stand behind a first syllable
    firsts: dict[Sound, list[str]] = field(default_factory=dict)
    syllables: set[str] = field(default_factory=set)
    foreign: set[str] = field(default_factory=set)
    free: set[str] = field(default_factory=set)
    capitals: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


_PLAIN_LISTS = ("foreign", "free", "capitals", "names")


@cache
def words() -> Words:
    """The words, read when first asked for."""
    found, part = Words(), ""
    for line in FILE.read_text("utf-8").splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            part = line.strip("[]")
        elif part == "slips":
            _slip(found, line)
        elif part in _PLAIN_LISTS:
            getattr(found, part).update(line.split())
        else:
            for pair in line.split(","):
                _pair(found, pair, compound=part == "compounds")
    for others in found.slips.values():
        others.sort(key=lambda slip: -len(slip[0]))
    return found


def _slip(found: Words, line: str) -> None:
    wrong, _, rest = line.partition(" => ")
    right, _, not_beside = rest.partition(" ! ")
    parts = tuple(wrong.split())
    found.starts.add((parts[0], parts[1]) if len(parts) > 1 else ("", parts[0]))
    found.slips.setdefault(parts[0], []).append((parts, right.strip(), frozenset(not_beside.split())))


def _pair(found: Words, pair: str, *, compound: bool) -> None:
    first, second = pair.split()
    found.known.add((sound(first), sound(second)))
    found.syllables.update((first, second))
    if compound:
        found.seconds.setdefault(sound(first), []).append(second)
        found.firsts.setdefault(sound(second), []).append(first)


def near(said: str, meant: str) -> bool:
    """Whether one slip of the hand makes `said` of `meant`: another tone, a mark or a letter less, more or another.

    Another consonant counts only where hands and ears confuse the two (n/m, c/t, s/x, l/n, d/r, d/đ).
    """
    (a, tone), (b, meant_tone) = sound(said), sound(meant)
    if a == b:
        return tone != meant_tone
    if tone == meant_tone and _one_edit(a, b):
        return True
    return said.isascii() and said == plain(meant)


_CONFUSED = {frozenset(p) for p in ("nm", "ct", "sx", "ln", "dr", "dđ", "aă", "aâ", "ăâ", "eê", "oô", "oơ", "ôơ", "uư")}


def _one_edit(a: str, b: str) -> bool:
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    start = 0
    while start < len(a) and a[start] == b[start]:
        start += 1
    if len(a) < len(b):
        return a[start:] == b[start + 1 :]
    if a[start + 1 :] == b[start + 1 :]:
        return frozenset((a[start], b[start])) in _CONFUSED
    swapped = b[start : start + 2][::-1]
    return a[start : start + 2] == swapped and a[start + 2 :] == b[start + 2 :]
