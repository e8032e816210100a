"""Evidences that may be one and the same: a file in two of them, one number and day, names that differ by a slip. Values only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from caitien.assessment.evidence_health import ALIKE, NEIGHBOURS
from caitien.plan.text import fold, squash

EACH_WITH_EACH = 60
"""Names in a group that are all compared; of larger groups only neighbours in the alphabet."""
_NUMBERS = re.compile(r"\d+")
_ROMAN = re.compile(r"\b[ivx]+\b")
_HAS_BOTH = re.compile(r"(?=.*\d)(?=.*[^\W\d_])")
SHORTEST = 8  # letters of a name that say something


class Named(Protocol):
    """What is compared of an evidence."""

    @property
    def key(self) -> Any: ...
    @property
    def name(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def date(self) -> str: ...


def doubles(rows: Sequence[Named], files: Mapping[Any, Iterable[Hashable]]) -> list[tuple[Any, Any, str]]:
    """(key, key, why) of pairs, the surest first; why: "file", "number", "name". Each pair once.

    `rows` in the order of their names; `files`: which contents each has. The rules of number and name are those of
    `caitien.assessment.evidence_health`, made for ten thousand: a name is looked at closely only beside one like it.
    """
    found: dict[frozenset[Any], tuple[Any, Any, str]] = {}
    for why, pairs in (("file", _same_file(rows, files)), ("number", _same_number(rows)), ("name", _same_name(rows))):
        for one, other in pairs:
            found.setdefault(frozenset((one, other)), (one, other, why))
    return list(found.values())


def _same_file(rows: Sequence[Named], files: Mapping[Any, Iterable[Hashable]]) -> Iterator[tuple[Any, Any]]:
    first: dict[Hashable, Any] = {}
    for row in rows:
        for file in files.get(row.key, ()):
            if first.setdefault(file, row.key) != row.key:
                yield first[file], row.key


def _same_number(rows: Sequence[Named]) -> Iterator[tuple[Any, Any]]:
    first: dict[tuple[str, str], Any] = {}
    for row in rows:
        if not row.number or not row.date or not _HAS_BOTH.match(row.number):
            continue  # "12" alone is many documents
        key = (squash(row.number), row.date)
        if key in first:
            yield first[key], row.key
        else:
            first[key] = row.key


def _same_name(rows: Sequence[Named]) -> Iterator[tuple[Any, Any]]:
    from rapidfuzz import fuzz

    groups: dict[tuple[Any, ...], list[tuple[str, Any]]] = defaultdict(list)
    for row in rows:
        if len(row.name) >= SHORTEST:
            groups[(*_NUMBERS.findall(row.name), "|", row.number, row.date)].append((row.name.casefold(), row.key))
    for group in groups.values():
        reach = len(group) if len(group) <= EACH_WITH_EACH else NEIGHBOURS
        for i, (name, key) in enumerate(group):
            for other, another in group[i + 1 : i + 1 + reach]:
                if name == other or (fuzz.ratio(name, other, score_cutoff=ALIKE) and _roman(name) == _roman(other)):
                    yield key, another


def _roman(name: str) -> list[str]:
    """ "học kỳ I" and "học kỳ II" are two things."""
    return _ROMAN.findall(fold(name))
