"""Lists of an action whose entries have parts (ticks, values of indicators, budget lines): changed, and joined when two
people change them at once. Values only; the words of an entry are its key where it has words of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Entry = dict[str, Any]
VALUES = ("unit", "baseline", "target", "actual")
LINE = ("amount_vnd", "source", "spent_vnd", "note")


def marked(
    words: Sequence[str], marks: Sequence[Mapping[str, Any]], mark: Mapping[str, Any] | None, text: str
) -> list[Entry]:
    """The marks with that of `text` set to `mark` (None: taken away), in the order of the words."""
    by_text = {one["text"]: dict(one) for one in marks}
    if mark is None:
        by_text.pop(text, None)
    else:
        by_text[text] = {**mark, "text": text}
    order = {word: place for place, word in reversed(list(enumerate(words)))}
    return sorted(by_text.values(), key=lambda one: order.get(one["text"], len(words)))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an editor. `of`: which entry of the base it shows (None: a new one); `entry`: None when taken away."""

    of: int | None
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class CellClash:
    """Two people wrote one cell. `row`: its place in the joined list; `part`: "" when one of them took the row away."""

    row: int
    part: str
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Joined:
    """`rows`: what the list becomes, mine where both wrote; `of` says which of `theirs` a row is."""

    rows: list[Row]
    clashes: list[CellClash]

    @property
    def entries(self) -> list[Entry]:
        return [row.entry for row in self.rows if row.entry is not None]


def joined(base: Sequence[Entry], mine: Sequence[Row], theirs: Sequence[Entry], parts: Sequence[str]) -> Joined:
    """My edit of `base` joined with the list as it is now. Cells that only one of us changed are taken from who did.

    An entry of `base` that no row of `mine` is about stays as it is: to be taken away it has to be named.
    """
    at = _places(base, theirs)
    rows: list[Row] = []
    clashes: list[CellClash] = []
    for row in mine:
        if row.of is None:
            if row.entry is not None:
                rows.append(Row(None, row.entry))
            continue
        was, place = base[row.of], at.get(row.of)
        if place is None:  # they took it away
            if row.entry is not None and not _same(row.entry, was, parts):
                rows.append(Row(None, row.entry))
                clashes.append(CellClash(len(rows) - 1, "", row.entry, None))
            continue
        now = theirs[place]
        if row.entry is None:
            if not _same(was, now, parts):  # I take away what they changed
                rows.append(Row(place, None))
                clashes.append(CellClash(len(rows) - 1, "", None, now))
            continue
        entry = dict(now)
        for part in parts:
            before, my, their = was.get(part), row.entry.get(part), now.get(part)
            if my in (before, their):
                continue
            entry[part] = my
            if their != before:
                clashes.append(CellClash(len(rows), part, my, their))
        rows.append(Row(place, entry))
    known = {at[row.of] for row in mine if row.of in at}
    rows += [Row(place, dict(entry)) for place, entry in enumerate(theirs) if place not in known]
    return Joined(rows, clashes)


PARTS_OF = {
    "measures_done": ("on", "by"),
    "evidence_at_hand": ("on", "by", "note"),
    "indicator_values": VALUES,
    "budget_lines": LINE,
}
"""Columns that hold such a list -> the parts of its entries."""


def joined_lists(
    column: str, base: Sequence[Entry], mine: Sequence[Entry], theirs: Sequence[Entry]
) -> list[Entry] | None:
    """Three lists of one column as one, as `joined`; None when one cell was written by both."""
    at, there = _places(base, mine), {entry["text"]: entry for entry in theirs if entry.get("text")}
    rows = [Row(number, mine[at[number]] if number in at else None) for number in range(len(base))]
    for place, entry in enumerate(mine):
        if place in at.values():
            continue
        other = there.get(entry.get("text"))
        if other is None:
            rows.append(Row(None, entry))
        elif column == "indicator_values" and not _same(entry, other, VALUES):
            return None  # both wrote the first value; a tick that both made stays with who was first
    found = joined(base, rows, theirs, PARTS_OF[column])
    return None if found.clashes else found.entries


def _places(base: Sequence[Entry], theirs: Sequence[Entry]) -> dict[int, int]:
    """Where each entry of the base is now: the same entry, else the one with the same words, else the one in its place."""
    at: dict[int, int] = {}
    free = list(range(len(theirs)))
    for same in (lambda a, b: a == b, lambda a, b: bool(a.get("text")) and a.get("text") == b.get("text")):
        for number, entry in enumerate(base):
            found = next((place for place in free if number not in at and same(entry, theirs[place])), None)
            if found is not None:
                at[number] = found
                free.remove(found)
    if len(base) == len(theirs):  # nobody added or took away: the others were changed where they stand
        for number in range(len(base)):
            if number not in at and number in free and not base[number].get("text"):
                at[number] = number
                free.remove(number)
    return at


def _same(a: Mapping[str, Any], b: Mapping[str, Any], parts: Sequence[str]) -> bool:
    return all(a.get(part) == b.get(part) for part in parts)
