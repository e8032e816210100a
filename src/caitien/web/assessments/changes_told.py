"""Who changed what in a self-assessment, newest first: words, judgements, steps, weaknesses, numbers. Values only.

What one person wrote in one row in one go stands once: autosaving makes a line every few seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

IN_ONE_GO = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rows. `columns`: what people write, with their names; `shown`: those whose values are said, in words;
    `place`: (words of where it is, name of the page, its parameters)."""

    name: str
    columns: dict[str, Any]
    shown: dict[str, Callable[[Any], str]]
    place: Callable[[Any], tuple[str, str, dict[str, Any]]]


@dataclass(slots=True)
class Told:
    """One change. `what`: names of the columns; `values`: (name, before, after) of those that are said."""

    when: datetime
    who: Any
    where: str
    page: str
    kwargs: dict[str, Any]
    what: list[Any] = field(default_factory=list)
    values: list[tuple[Any, str, str]] = field(default_factory=list)
    verb: str = ""  # "added", "removed", "restored", or "" for a change
    note: str = ""


def told_of(kind: Kind, lines: Iterable[Any]) -> list[Told]:
    """Lines of history of rows of a kind (any order) as changes. A line whose predecessor is not among them is passed over,
    unless it is the first of its row and the row was made by somebody after the beginning (`history_user`)."""
    rows: dict[Any, list[Any]] = {}
    for line in lines:
        rows.setdefault(line.id, []).append(line)
    found = []
    for own in rows.values():
        own.sort(key=lambda line: line.version)
        found += _of_row(kind, own)
    return found


def _of_row(kind: Kind, lines: Sequence[Any]) -> list[Told]:
    found: list[Told] = []
    start = 0
    if lines[0].version == 1 and kind.name in MADE_BY_PEOPLE:
        found.append(_told(kind, lines[0], verb="added"))
    while start < len(lines) - 1:
        end = start + 1
        while end + 1 < len(lines) and _goes_on(lines[end], lines[end + 1]):
            end += 1
        change = _change(kind, lines[start], lines[end])
        if change is not None:
            found.append(change)
        start = end
    return found


MADE_BY_PEOPLE = frozenset({"weakness", "member", "group"})
"""Kinds whose rows are not made with the assessment: that one was added is told."""


def _goes_on(line: Any, after: Any) -> bool:
    """Whether a line belongs to the same writing of the same person."""
    return bool(
        line.history_user_id == after.history_user_id
        and after.history_date - line.history_date < IN_ONE_GO
        and getattr(line, "removed_at", None) == getattr(after, "removed_at", None)
        and getattr(line, "state", None) == getattr(after, "state", None)
    )


def _change(kind: Kind, before: Any, after: Any) -> Told | None:
    gone, back = getattr(before, "removed_at", None), getattr(after, "removed_at", None)
    told = _told(kind, after, verb="removed" if back and not gone else "restored" if gone and not back else "")
    for name, label in kind.columns.items():
        was, now = getattr(before, name), getattr(after, name)
        if was == now:
            continue
        told.what.append(label)
        if name in kind.shown:
            told.values.append((label, kind.shown[name](was), kind.shown[name](now)))
    return told if told.what or told.verb else None


def _told(kind: Kind, line: Any, verb: str) -> Told:
    where, page, kwargs = kind.place(line)
    return Told(line.history_date, line.history_user, where, page, kwargs, verb=verb)
