"""Where answers that can be chosen say something different: the parts that not all of them have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from caitien.plan.text import squash

Parts = tuple[tuple[str, bool], ...]
"""A text cut up: (words, whether another answer lacks them). Put together again it is the text."""


def differences(texts: Sequence[str], *, items: bool) -> list[Parts]:
    """Each text with what sets it apart. `items`: people or codes with ";" or "," between, compared whole; else word by word.

    Case, spaces and signs make no difference; the order of people makes none.
    """
    cut = [_cut(text, items) for text in texts]
    common = set.intersection(*({squash(part) for part in parts} for parts in cut)) if cut else set()
    return [_joined((part, bool(squash(part)) and squash(part) not in common) for part in parts) for parts in cut]


def _cut(text: str, items: bool) -> list[str]:
    return [part for part in re.split(r"([;,]\s*)" if items else r"(\s+)", text) if part]


def _joined(parts: Iterable[tuple[str, bool]]) -> Parts:
    """Neighbours of one kind together; what stands between two that differ is marked with them."""
    joined: list[tuple[str, bool]] = []
    for part, differs in parts:
        if joined and (joined[-1][1] == differs):
            joined[-1] = (joined[-1][0] + part, differs)
        elif len(joined) > 1 and differs and not squash(joined[-1][0]) and joined[-2][1]:
            between, _ = joined.pop()
            before, _ = joined.pop()
            joined.append((before + between + part, True))
        else:
            joined.append((part, differs))
    return tuple(joined)
