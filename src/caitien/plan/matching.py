"""Which record of one plan is which of another: by id, by equal words, then by number, criteria and likeness of words."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from caitien.plan.fields import NOT_CONTENT_OF_RECORDS
from caitien.plan.text import fold

# Likeness of words is 0 to 100. With nothing else in common two rows must nearly say the same; the more their numbers
# and criteria agree, the more may have been rewritten. Found by trying on plans of one school of following years.
LIKE_ALONE = 78.0
LIKE_WITH_ONE = 52.0
LIKE_WITH_BOTH = 22.0
BONUS = 12.0  # for the same criteria, and for the same number, when pairs compete

Record = Mapping[str, Any]


def match(old: Sequence[Record], new: Sequence[Record]) -> list[tuple[int, int]]:
    """Pairs (index in old, index in new), in the order of the old ones; each index at most once.

    Equal lists are paired place by place.
    """
    pairs: dict[int, int] = {}
    taken: set[int] = set()

    def pair(i: int, j: int) -> None:
        pairs[i] = j
        taken.add(j)

    for key_of in (_id, _content, _wording):
        waiting: dict[str, list[int]] = defaultdict(list)
        for j, record in enumerate(new):
            if j not in taken and (key := key_of(record)):
                waiting[key].append(j)
        for i, record in enumerate(old):
            key = key_of(record)
            if i not in pairs and key and waiting[key] and not _differ_by_id(record, new[waiting[key][0]]):
                pair(i, waiting[key].pop(0))
    for _, _, i, j in sorted(_scores(old, new, set(pairs), taken)):
        if i not in pairs and j not in taken:
            pair(i, j)
    return sorted(pairs.items())


def longest_in_order(places: Sequence[int]) -> set[int]:
    """The positions in `places` (all different) of a longest run that rises: what stays when the rest is moved."""
    ends: list[int] = []  # ends[k]: the position whose run of k + 1 ends on the smallest place
    before: list[int] = []
    for n, place in enumerate(places):
        length = bisect_left(ends, place, key=lambda m: places[m])
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [n]
    at = ends[-1] if ends else -1
    kept: set[int] = set()
    while at >= 0:
        kept.add(at)
        at = before[at]
    return kept


def _scores(
    old: Sequence[Record], new: Sequence[Record], done: set[int], taken: set[int]
) -> list[tuple[float, int, int, int]]:
    """(minus the score, how far apart, old, new) of every pair that is alike enough."""
    from rapidfuzz import fuzz

    before = [(i, _words(r), r) for i, r in enumerate(old) if i not in done]
    after = [(j, _words(r), r) for j, r in enumerate(new) if j not in taken]
    found = []
    for i, words, record in before:
        for j, others, other in after:
            if _differ_by_id(record, other):
                continue
            agree = _same_criteria(record, other) + _same_number(record, other)
            least = (LIKE_ALONE, LIKE_WITH_ONE, LIKE_WITH_BOTH)[agree]
            likeness = fuzz.ratio(words, others, score_cutoff=least) if words or others else 100.0 * (agree == 2)
            if likeness >= least:
                found.append((-(likeness + BONUS * agree), abs(i - j), i, j))
    return found


def _id(record: Record) -> str:
    found = record.get("id")
    return str(found) if found else ""


def _differ_by_id(record: Record, other: Record) -> bool:
    return bool(_id(record) and _id(other) and _id(record) != _id(other))


def _content(record: Record) -> str:
    said = {k: v for k, v in record.items() if k not in NOT_CONTENT_OF_RECORDS}
    return json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)


def _wording(record: Record) -> str:
    words = _words(record)
    return f"{record.get('criteria')} {words}" if words else ""


def _words(record: Record) -> str:
    """What the record is about; progress and results change all year and tell nothing."""
    said: list[str] = []
    for name in ("content", "round", "weakness", "objective", "measures"):
        value = record.get(name)
        said += [str(v) for v in value] if isinstance(value, list) else [str(value)] if value else []
    return fold(" ".join(said))


def _same_criteria(record: Record, other: Record) -> bool:
    return bool(record.get("criteria")) and record.get("criteria") == other.get("criteria")


def _same_number(record: Record, other: Record) -> bool:
    number = record.get("number")
    return number is not None and str(number) == str(other.get("number"))
