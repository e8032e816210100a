"""Two people wrote the same part of a plan's issues or head: what the second is shown, and how her choice is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

MINE, THEIRS, BOTH = "toi", "nguoi-khac", "ca-hai"


@dataclass(frozen=True, slots=True)
class TwoTexts:
    """A field in which two people wrote. `words`: what is sent again when she keeps hers; `mine`: the same, to be read."""

    name: str
    label: Any
    mine: str
    theirs: str
    words: str
    joinable: bool = True  # both texts can stand one after the other


def settled(sent: Mapping[str, str], names: Iterable[str], theirs: Callable[[str], str]) -> dict[str, str]:
    """The form as it is to be saved: a field where she took the other's text is left out, two texts are joined."""
    data = dict(sent.items())
    for name in names:
        choice = data.pop(f"chon_{name}", None)
        if choice == THEIRS:
            data.pop(name, None)
        elif choice == BOTH:
            data[name] = "\n".join(part for part in (theirs(name), data.get(name, "")) if part)
    return data
