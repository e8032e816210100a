"""Two people wrote the same part of a plan's issues or head: what the second is shown, and how her choice is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from caitien.web.plans.merge import Clash

MINE, THEIRS, BOTH = "toi", "nguoi-khac", "ca-hai"


@dataclass(frozen=True, slots=True)
class TwoTexts:
    """A field in which two people wrote. `mine`: sent again when she keeps hers."""

    name: str
    label: Any
    mine: str
    theirs: str
    joinable: bool = True  # both texts can stand one after the other


def shown(
    clashes: Iterable[Clash], sent: Mapping[str, str], theirs: Callable[[str], str], label: Callable[[str], Any]
) -> list[TwoTexts]:
    """The clashes of an edit for `plans/_two_texts.html`. `sent`: the words of the form; `theirs`: those saved since."""
    return [
        TwoTexts(c.field, label(c.field), sent.get(c.field, ""), theirs(c.field), joinable=not _is_a_code(c))
        for c in clashes
    ]


def settled(sent: Mapping[str, str], names: Iterable[str], theirs: Callable[[str], str]) -> dict[str, str]:
    """The form as it is to be saved: a field where she took the other's text says that text, both texts are joined."""
    data = dict(sent.items())
    for name in names:
        choice = data.pop(f"chon_{name}", None)
        if choice == THEIRS:
            data[name] = theirs(name)
        elif choice == BOTH:
            data[name] = "\n".join(part for part in (theirs(name), data.get(name, "")) if part)
    return data


def _is_a_code(clash: Clash) -> bool:
    return clash.field in ("criteria", "framework", "title", "school_year")
