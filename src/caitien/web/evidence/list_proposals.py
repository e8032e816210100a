"""A list of evidence that was read, beside the evidence that is there: what each line would do. Values only, no query.

A line whose code (or number, or name) is known fills in what is empty there and changes no word; one whose code is another
evidence's comes in under a new code; what is new comes in. The words of the file are kept whatever is decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext_noop
from rapidfuzz import fuzz

from caitien.assessment.evidence_codes import written
from caitien.assessment.model import EvidenceEntry
from caitien.plan.text import fold, squash
from caitien.standards.model import Framework

What = Literal["new", "fills", "same"]
ALIKE = 88  # of 100: names of one thing, written by two people; numbers in them must be the same
FILLED = ("number", "date", "issuer", "summary", "place", "note", "valid_until")
TAKEN = gettext_noop("Mã %(code)s đã cấp cho “%(name)s”; dòng này sẽ có mã mới, mã trong tệp được giữ là mã cũ.")
GONE = gettext_noop(
    "Mã %(code)s đã cấp cho một minh chứng nay không còn; dòng này sẽ có mã mới, mã trong tệp được giữ là mã cũ."
)
DOUBLED = gettext_noop("Mã %(code)s ghi hai lần trong tệp; dòng này sẽ có mã mới, mã trong tệp được giữ là mã cũ.")
SAYS_OTHERWISE = gettext_noop("Tệp ghi “%(now)s”, đang có “%(before)s”; phần đang có được giữ.")
CLAIMED = gettext_noop("Tệp ghi “đã xác nhận”; ở đây minh chứng chờ người của trường xác nhận lại.")


@dataclass(frozen=True, slots=True)
class Known:
    """An evidence that is there: its key, codes (now and before) and what it says. `hidden`: of that, what is not shown."""

    key: str
    name: str
    codes: tuple[str, ...]
    criteria: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()


@dataclass(slots=True)
class Proposal:
    """What a line would do. `row`: its place in the list read; `to`: the evidence that it fills in; `code`: the one that it
    brings and keeps; `old_codes`: those that are kept beside; `fills`: field -> words; `doubts`: (sentence, what fills it in)."""

    row: int
    what: What
    name: str
    to: str | None = None
    code: str | None = None
    old_codes: list[str] = field(default_factory=list)
    criteria: list[str] = field(default_factory=list)
    fills: dict[str, str] = field(default_factory=dict)
    doubts: list[tuple[str, dict[str, str]]] = field(default_factory=list)


def proposals(
    entries: Sequence[EvidenceEntry], known: Sequence[Known], given: Mapping[str, str | None], framework: Framework
) -> list[Proposal]:
    """What each line would do. `given`: every code ever given -> the key of its evidence, None when that is gone."""
    by_key = {one.key: one for one in known}
    codes = {code: one for one in known for code in one.codes}
    by_number = {_number(one.values): one for one in known if one.values.get("number")}
    by_name: dict[str, Known] = {}
    for one in known:
        by_name.setdefault(squash(fold(one.name)), one)
    seen: dict[str, int] = {}
    taken: set[str] = set()
    found = []
    for row, entry in enumerate(entries):
        code = written(entry.code, framework.evidence) if entry.code else None
        there = _there(entry, code, codes, by_number, by_name, taken)
        made = Proposal(row, "new", entry.name, old_codes=list(entry.old_codes), criteria=list(entry.criteria))
        if entry.state == "verified":
            made.doubts.append((CLAIMED, {}))
        if there is not None:
            taken.add(there.key)
            _fill(made, entry, there)
        elif code is not None:
            _code(made, code, seen, given, by_key)
        if code is not None:
            seen.setdefault(code, row)
        found.append(made)
    return found


def _there(
    entry: EvidenceEntry,
    code: str | None,
    codes: Mapping[str, Known],
    by_number: Mapping[str, Known],
    by_name: Mapping[str, Known],
    taken: set[str],
) -> Known | None:
    """The evidence that a line speaks of: the same code and a name alike; the same number and day; the same name."""
    candidates = [codes.get(one) for one in (code, *entry.old_codes) if one]
    found = next((one for one in candidates if one is not None and _alike(one.name, entry.name)), None)
    if found is None and entry.number:
        same = by_number.get(_number({"number": entry.number, "date": entry.date or ""}))
        found = same if same is not None and _alike(same.name, entry.name) else None
    if found is None and not (code and code in codes):
        same = by_name.get(squash(fold(entry.name)))
        if same is not None and _no_other_number(same, entry):
            found = same
    return found if found is None or found.key not in taken else None


def _fill(made: Proposal, entry: EvidenceEntry, there: Known) -> None:
    made.to = there.key
    for name in FILLED:
        now, before = getattr(entry, name) or "", there.values.get(name, "")
        if now and not before:
            made.fills[name] = now
        elif now and squash(now) != squash(before) and name not in there.hidden:
            made.doubts.append((SAYS_OTHERWISE, {"now": now[:80], "before": before[:80]}))
    made.criteria = [one for one in entry.criteria if one not in there.criteria]
    made.old_codes = [one for one in made.old_codes if one not in there.codes]
    made.what = "fills" if made.fills or made.criteria or made.old_codes else "same"


def _code(
    made: Proposal, code: str, seen: Mapping[str, int], given: Mapping[str, str | None], by_key: Mapping[str, Known]
) -> None:
    """The code of a new line: kept where it is free, else it becomes an old one."""
    if code in seen:
        made.doubts.append((DOUBLED, {"code": code}))
    elif code in given:
        owner = by_key.get(given[code] or "")
        made.doubts.append((TAKEN, {"code": code, "name": owner.name[:80]}) if owner else (GONE, {"code": code}))
    else:
        made.code = code
        return
    made.old_codes.append(code)


def _alike(one: str, other: str) -> bool:
    first, second = fold(one), fold(other)
    digits = lambda words: [part for part in words.split() if any(c.isdigit() for c in part)]  # noqa: E731
    return digits(first) == digits(second) and fuzz.token_sort_ratio(first, second) >= ALIKE


def _no_other_number(there: Known, entry: EvidenceEntry) -> bool:
    own = there.values.get("number", "")
    return not own or not entry.number or squash(own) == squash(entry.number)


def _number(values: Mapping[str, Any]) -> str:
    return f"{squash(values.get('number') or '')}|{squash(values.get('date') or '')}"
