"""Two people edit one record: what fits together is joined, what clashes is shown to the second. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Clash:
    """Both changed the field, to different things. `base`: what both began from."""

    field: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merge:
    """`changes`: what is to be set in the record as it is now. `clashes`: what a person must choose."""

    changes: dict[str, Any]
    clashes: list[Clash]


def merge(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merge:
    """Joins my edit of `base` with the record as it is now (`theirs`). Only the fields that `mine` names are looked at.

    A field that only I changed is a change; one that we both set to the same is nothing to do; one that we both
    changed to different things is a clash, and then it is in no change: no word that was accepted is lost.
    """
    changes: dict[str, Any] = {}
    clashes: list[Clash] = []
    for field, value in mine.items():
        if value in (base[field], theirs[field]):
            continue
        if theirs[field] == base[field]:
            changes[field] = value
        else:
            clashes.append(Clash(field, base[field], value, theirs[field]))
    return Merge(changes, clashes)
