"""Two people edit one record: what fits together is joined, what clashes is shown to the second. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from caitien.web.plans.entries import PARTS_OF, joined_lists


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
    changed to different things is a clash, and then it is in no change: no word that was accepted is lost. Lists whose
    entries have parts (`entries.py`) are joined entry by entry first.
    """
    changes: dict[str, Any] = {}
    clashes: list[Clash] = []
    for field, value in mine.items():
        if value in (base[field], theirs[field]):
            continue
        if theirs[field] == base[field]:
            changes[field] = value
        elif (together := _lists(base[field], value, theirs[field])) is not None:
            changes[field] = together
        else:
            clashes.append(Clash(field, base[field], value, theirs[field]))
    return Merge(changes, clashes)


def _lists(base: Any, mine: Any, theirs: Any) -> dict[str, Any] | None:
    """Ticks, values and budget lines are joined entry by entry, so that taking one back leaves the others.

    None when the field is no such list, or when one entry was written by both.
    """
    if not isinstance(base, Mapping) or len(base) != 1 or not base.keys() <= PARTS_OF.keys():
        return None
    (column,) = base
    entries = joined_lists(column, base[column] or [], mine[column] or [], theirs[column] or [])
    return None if entries is None else {column: entries}
