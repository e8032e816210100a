"""How wide words are, and where they break, without a font at hand: estimates that err on the wide side."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from caitien.plan.text import one_space

NARROW = frozenset("iljIftr.,;:!|'’()[]- ")
WIDE = frozenset("mwMW%@—…")
SHARE_OF_SIZE = {"narrow": 0.37, "plain": 0.59, "capital": 0.72, "wide": 0.93, "other": 1.05}
"""Width of a letter as a share of the font size: the widest of Segoe UI, Roboto, Noto Sans and Liberation Sans, rounded up."""


def width_of(words: str, size: float) -> float:
    """About how wide the words are at a font size, in the same unit; rather too wide than too narrow."""
    return size * sum(map(_share, words))


def wrapped(words: str, width: float, size: float, most: int = 12) -> list[str]:
    """The words in lines no wider than `width`; a word that is wider breaks. What does not fit in `most` lines ends in "…"."""
    lines: list[str] = []
    line = ""
    for word in one_space(words).split(" "):
        joined = f"{line} {word}" if line else word
        if width_of(joined, size) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *whole, line = _pieces(word, width, size)
        lines += whole
        if len(lines) > most:
            break
    lines.append(line)
    if len(lines) > most:
        last = lines[most - 1]
        while last and width_of(f"{last}…", size) > width:
            last = last[:-1]
        lines = [*lines[: most - 1], f"{last.rstrip()}…"]
    return [line for line in lines if line]


def _pieces(word: str, width: float, size: float) -> list[str]:
    """The word, broken where it is wider than the line; at least one letter a piece."""
    pieces = [""]
    room = width
    for letter in word:
        wide = size * _share(letter)
        if pieces[-1] and wide > room:
            pieces.append("")
            room = width
        pieces[-1] += letter
        room -= wide
    return pieces


@lru_cache(maxsize=4096)
def _share(letter: str) -> float:
    bare = unicodedata.normalize("NFD", letter)[:1]
    if unicodedata.combining(letter):
        return 0.0
    if bare in NARROW:
        return SHARE_OF_SIZE["narrow"]
    if bare in WIDE:
        return SHARE_OF_SIZE["wide"]
    if bare.isupper() and bare < "\u0250":
        return SHARE_OF_SIZE["capital"]
    return SHARE_OF_SIZE["plain"] if bare < "\u0250" else SHARE_OF_SIZE["other"]
