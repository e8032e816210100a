"""Two plans side by side: what was added, removed, changed and moved, each with a Vietnamese sentence.

What is compared is the content: not the findings, not where a row stood in its file, not what a double row said.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from caitien.plan.fields import MISSING, RECORD_LISTS, RECORD_WORDS, WORDS, fields_of, with_fields, word_for
from caitien.plan.matching import longest_in_order, match
from caitien.plan.model import ImprovementPlan
from caitien.plan.showing import dates_of, quoted, quoted_pair, shown
from caitien.plan.text import one_space

Kind = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `action`: how people name the row ("3"), None for a fact of the whole plan.

    `place`: JSON pointer into the new plan, or into the old one for what was removed ("/actions/3", "" for the plan);
    `field`: "content", "period", "resources.budget", …; None for a whole row. `before`, `after`: JSON values (None:
    nothing). For "moved" they are places in the list, 0 is the first.
    """

    kind: Kind
    record: str  # "actions", "issues", "monitoring"; "plan" for a fact of the whole plan
    action: str | None
    field: str | None
    before: Any
    after: Any
    sentence: str
    old_index: int | None = None
    new_index: int | None = None

    @property
    def place(self) -> str:
        if self.record == "plan":
            return ""
        return f"/{self.record}/{self.new_index if self.new_index is not None else self.old_index}"

    def to_dict(self) -> dict[str, Any]:
        names = ("kind", "record", "place", "action", "field", "before", "after", "sentence", "old_index", "new_index")
        return {name: _plain(getattr(self, name)) for name in names}


def compare(old: ImprovementPlan, new: ImprovementPlan) -> list[Change]:
    """What is different, facts of the plan first, then row by row in the order of the new plan, removed rows last.

    `apply_changes(old, compare(old, new))` has the content of `new`; `compare(plan, plan)` is empty.
    """
    before, after = old.to_dict(), new.to_dict()
    changes = list(_changed(before, after, "plan", None, None, None))
    for kind in RECORD_LISTS:
        changes += _records(before[kind], after[kind], kind)
    return changes


def apply_changes(old: ImprovementPlan, changes: Sequence[Change]) -> ImprovementPlan:
    """The old plan with these changes made. `changes`: all that `compare` gave for it, or those of some rows only.

    A row keeps the provenance it had. Raises ValueError when the changes are not of this plan.
    """
    value = old.to_dict()
    value = with_fields(value, "plan", {c.field: c.after for c in changes if c.record == "plan" and c.field})
    for kind in RECORD_LISTS:
        value[kind] = _applied(value[kind], [c for c in changes if c.record == kind], kind)
    return ImprovementPlan.model_validate(value)


def words_changed(before: str | None, after: str | None) -> list[tuple[Literal["same", "removed", "added"], str]]:
    """Two texts word by word, for showing them in one line: what stayed, what went, what came."""
    from difflib import SequenceMatcher

    old, new = one_space(before).split(), one_space(after).split()
    said: list[tuple[Literal["same", "removed", "added"], str]] = []
    for what, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            said.append(("same", " ".join(old[i:i_end])))
            continue
        if i_end > i:
            said.append(("removed", " ".join(old[i:i_end])))
        if j_end > j:
            said.append(("added", " ".join(new[j:j_end])))
    return said


def title_of(record: Mapping[str, Any], index: int) -> str:
    """How people name a row: its own number, else its place counted from 1."""
    number = record.get("number", record.get("round"))
    return one_space(str(number)) if number not in (None, "") else str(index + 1)


# --- rows


def _records(old: list[dict[str, Any]], new: list[dict[str, Any]], kind: str) -> Iterator[Change]:
    pairs = match(old, new)
    old_of = {j: i for i, j in pairs}
    staying = longest_in_order([j for _, j in pairs])
    moved = {j for n, (_, j) in enumerate(pairs) if n not in staying}
    for j, record in enumerate(new):
        name = title_of(record, j)
        if j not in old_of:
            sentence = f"Thêm {RECORD_WORDS[kind].lower()} {name}{_about(record)}."
            yield Change("added", kind, name, None, None, copy.deepcopy(record), sentence, None, j)
            continue
        i = old_of[j]
        if j in moved:
            sentence = f"{RECORD_WORDS[kind]} {name} chuyển từ vị trí {i + 1} sang vị trí {j + 1}."
            yield Change("moved", kind, name, None, i, j, sentence, i, j)
        yield from _changed(old[i], record, kind, name, i, j)
    paired = {i for i, _ in pairs}
    for i, record in enumerate(old):
        if i not in paired:
            name = title_of(record, i)
            sentence = f"Bỏ {RECORD_WORDS[kind].lower()} {name}{_about(record)}."
            yield Change("removed", kind, name, None, copy.deepcopy(record), None, sentence, i, None)


def _applied(old: list[dict[str, Any]], changes: list[Change], kind: str) -> list[dict[str, Any]]:
    rows: dict[int, dict[str, Any]] = dict(enumerate(old))
    fixed: dict[int, dict[str, Any]] = {}  # place in the new list -> row
    for change in changes:
        if change.kind == "changed" and change.old_index is not None and change.field:
            if change.old_index not in rows:
                raise ValueError(f"no row {change.old_index} in {kind}")
            rows[change.old_index] = with_fields(rows[change.old_index], kind, {change.field: change.after})
    for change in changes:
        if change.kind == "removed" and change.old_index is not None:
            del rows[change.old_index]
        elif change.kind == "moved" and change.old_index is not None and change.new_index is not None:
            fixed[change.new_index] = rows.pop(change.old_index)
        elif change.kind == "added" and change.new_index is not None:
            fixed[change.new_index] = copy.deepcopy(change.after)
    staying = iter([rows[i] for i in sorted(rows)])
    result = []
    for place in range(len(rows) + len(fixed)):
        row = fixed.pop(place, None) or next(staying, None)
        if row is None:  # only some of the changes were given: what has a place further down follows here
            row = fixed.pop(min(fixed))
        result.append(row)
    return result


# --- fields


def _changed(
    old: Mapping[str, Any], new: Mapping[str, Any], kind: str, name: str | None, i: int | None, j: int | None
) -> Iterator[Change]:
    before, after = fields_of(old, kind), fields_of(new, kind)
    for field in [*after, *(f for f in before if f not in after)]:
        was, now = before.get(field, MISSING), after.get(field, MISSING)
        if was == now and type(was) is type(now):
            continue
        sentence = _sentence(kind, name, field, was, now)
        yield Change("changed", kind, name, field, copy.deepcopy(was), copy.deepcopy(now), sentence, i, j)


def _sentence(kind: str, name: str | None, field: str, was: Any, now: Any) -> str:
    """ "Mục 3, thời gian: “08 – 11” → “09 – 12”."; of lists only what came and went."""
    word = word_for(field, kind)
    head = f"{RECORD_WORDS[kind]} {name}, {word}" if kind in RECORD_WORDS else word[:1].upper() + word[1:]
    if isinstance(was, list) and isinstance(now, list):
        return f"{head}: {_of_lists(was, now)}."
    if field not in WORDS[kind] and isinstance(was if now is MISSING else now, dict | list):
        return f"{head}: có thay đổi."
    before, after = quoted_pair(was, now)
    if before == after:
        was_dates, now_dates = dates_of(was), dates_of(now)
        if field == "period" and was_dates != now_dates:
            return f"{head}: {after}, ngày suy ra {was_dates or 'chưa có'} → {now_dates or 'chưa có'}."
        return f"{head}: cách ghi thay đổi ({after or 'trống'})."
    if not before:
        return f"{head}: thêm {after}."
    if not after:
        return f"{head}: bỏ {before}."
    return f"{head}: {before} → {after}."


def _of_lists(was: list[Any], now: list[Any]) -> str:
    gone, come = Counter(map(shown, was)), Counter(map(shown, now))
    removed = [quoted(text) for text in (gone - come).elements() if text]
    added = [quoted(text) for text in (come - gone).elements() if text]
    said = [f"thêm {', '.join(added)}"] if added else []
    said += [f"bỏ {', '.join(removed)}"] if removed else []
    if not said:
        return "đổi thứ tự" if gone == come and len(now) > 1 else "cách ghi thay đổi"
    return "; ".join(said)


def _about(record: Mapping[str, Any]) -> str:
    criteria = ", ".join(record.get("criteria") or ())
    about = next(
        (record[f] for f in ("content", "weakness", "objective", "measures", "current_state") if record.get(f)), None
    )
    return (f" (tiêu chí {criteria})" if criteria else "") + (f": {quoted(about)}" if about else "")


def _plain(value: Any) -> Any:
    return None if value is MISSING else value
