"""Two people changed one plan: what does not clash is merged, what clashes is shown with both texts.

No accepted word is lost: whatever one of them wrote is in the merged plan or in a conflict.
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from caitien.plan.comparing import title_of
from caitien.plan.fields import ITEM_LISTS, MISSING, RECORD_LISTS, RECORD_WORDS, fields_of, with_fields, word_for
from caitien.plan.matching import match
from caitien.plan.model import ImprovementPlan
from caitien.plan.showing import quoted_pair

Records = list[dict[str, Any]]
_Edit = tuple[int, int, list[str]]  # from, to (of the base), what stands there instead


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field that both changed, or one row that one changed and the other took away (`field` is None).

    `place`: JSON pointer into the merged plan, whose value there is `theirs` (for a row: the one that still has it).
    `base`, `mine`, `theirs`: JSON values; None is nothing, and for a row that it was taken away.
    """

    record: str
    place: str
    action: str | None
    field: str | None
    base: Any
    mine: Any
    theirs: Any
    sentence: str

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class MergeResult:
    """`plan`: everything that does not clash, with `theirs` where it does; `conflicts`: what a person has to choose."""

    plan: ImprovementPlan
    conflicts: tuple[Conflict, ...]


def merge(base: ImprovementPlan, mine: ImprovementPlan, theirs: ImprovementPlan) -> MergeResult:
    """Both sets of changes in one plan. `base`: what both began from; `theirs`: what is stored now; `mine`: what I wrote.

    A row that one took away and the other did not touch goes; one that the other changed stays, as a conflict. Rows that
    both added stay both, unless they are the same. The order of rows is that of the one who changed it.
    """
    b, m, t = base.to_dict(), mine.to_dict(), theirs.to_dict()
    fields, conflicts = _merged_fields(b, m, t, "plan", None, "")
    value = with_fields(t, "plan", fields)
    for kind in RECORD_LISTS:
        value[kind], more = _merged_records(b[kind], m[kind], t[kind], kind)
        conflicts += more
    return MergeResult(ImprovementPlan.model_validate(value), tuple(conflicts))


def choose(plan: ImprovementPlan, conflict: Conflict, value: Any) -> ImprovementPlan:
    """The merged plan with one conflict settled by a person. `value`: mine, theirs, or what she wrote of both.

    For a row None takes it away. Settle conflicts of rows from the last to the first: places shift.
    """
    whole = plan.to_dict()
    if conflict.record == "plan":
        assert conflict.field is not None
        if conflict.field.startswith("order."):
            return plan  # the order that is stored stands; rows can be dragged afterwards
        return ImprovementPlan.model_validate(with_fields(whole, "plan", {conflict.field: value}))
    rows, index = whole[conflict.record], int(conflict.place.split("/")[2])
    if conflict.field is not None:
        rows[index] = with_fields(rows[index], conflict.record, {conflict.field: value})
    elif value is None:
        del rows[index]
    else:
        rows[index] = copy.deepcopy(value)
    return ImprovementPlan.model_validate(whole)


def merge_lists(base: list[Any], mine: list[Any], theirs: list[Any]) -> list[Any] | None:
    """Items that each added, took away or rewrote, together; None where they touched the same ones.

    What both added at one place stands there once, theirs before mine.
    """
    b, m, t = (list(map(_key, items)) for items in (base, mine, theirs))
    value_of = dict(zip([*b, *m, *t], [*base, *mine, *theirs], strict=True))
    edits = _edits(b, m)
    others = _edits(b, t)
    for start, end, new in edits:
        for other_start, other_end, other_new in others:
            both_insert = start == end == other_start == other_end
            overlap = start < other_end and other_start < end
            inside = (start == end and other_start < start < other_end) or (
                other_start == other_end and start < other_start < end
            )
            same = (start, end, new) == (other_start, other_end, other_new)
            if (overlap or inside) and not same and not both_insert:
                return None
    merged: list[str] = []
    place = 0
    for (start, end), new in sorted(_together(others, edits).items()):
        merged += [*b[place:start], *new]
        place = end
    merged += b[place:]
    most = Counter(b) | Counter(m) | Counter(t)
    if any(count > most[key] for key, count in Counter(merged).items()):
        return None  # both moved one item: it would stand twice
    kept = Counter(merged)
    for own in (m, t):
        if any(kept[key] < 1 for key in own if key not in b):
            return None
    return [copy.deepcopy(value_of[key]) for key in merged]


def _together(theirs: list[_Edit], mine: list[_Edit]) -> dict[tuple[int, int], list[str]]:
    """Both sets of edits by the stretch they replace; what both put in at one place stands there once."""
    together = {(start, end): list(new) for start, end, new in theirs}
    for start, end, new in mine:
        there = together.setdefault((start, end), [])
        there += [key for key in new if key not in there] if start == end else [] if there else new
    return together


def _edits(base: list[str], changed: list[str]) -> list[_Edit]:
    """Replaced stretches of the base; of a stretch with as many items as before each item is one."""
    edits: list[_Edit] = []
    for what, i, i_end, j, j_end in SequenceMatcher(None, base, changed, autojunk=False).get_opcodes():
        if what == "replace" and i_end - i == j_end - j:
            edits += [(i + n, i + n + 1, [changed[j + n]]) for n in range(i_end - i)]
        elif what != "equal":
            edits.append((i, i_end, changed[j:j_end]))
    return edits


def _key(item: Any) -> str:
    return json.dumps(item, sort_keys=True, ensure_ascii=False, default=str)


# --- fields


def _merged_fields(
    base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any], kind: str, name: str | None, place: str
) -> tuple[dict[str, Any], list[Conflict]]:
    """What to set in `theirs`, and what clashes."""
    b, m, t = (fields_of(value, kind) for value in (base, mine, theirs))
    to_set: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    for field in dict.fromkeys([*t, *m, *b]):
        was, own, other = (fields.get(field, MISSING) for fields in (b, m, t))
        if own in (other, was):
            continue
        if other == was:
            to_set[field] = own
            continue
        if field in ITEM_LISTS and isinstance(own, list) and isinstance(other, list):
            merged = merge_lists(was if isinstance(was, list) else [], own, other)
            if merged is not None:
                to_set[field] = merged
                continue
        conflicts.append(_conflict(kind, place, name, field, was, own, other))
    return to_set, conflicts


def _conflict(kind: str, place: str, name: str | None, field: str, was: Any, own: Any, other: Any) -> Conflict:
    word = word_for(field, kind)
    where = f"{RECORD_WORDS[kind]} {name}, {word}" if kind in RECORD_WORDS else word[:1].upper() + word[1:]
    my_words, their_words = quoted_pair(own, other)
    sentence = (
        f"{where}: hai người cùng sửa, bản của bạn {my_words or 'để trống'}, "
        f"bản đã lưu {their_words or 'để trống'}; hãy chọn."
    )
    values = [None if v is MISSING else copy.deepcopy(v) for v in (was, own, other)]
    return Conflict(kind, place, name, field, values[0], values[1], values[2], sentence)


# --- rows


def _merged_records(base: Records, mine: Records, theirs: Records, kind: str) -> tuple[Records, list[Conflict]]:
    my_of, their_of = dict(match(base, mine)), dict(match(base, theirs))
    my_base = {j: i for i, j in my_of.items()}
    their_base = {j: i for i, j in their_of.items()}
    twins: dict[int, int] = {}  # my new row -> their new row that is the same
    for i, record in enumerate(mine):
        free = (j for j in range(len(theirs)) if j not in their_base and j not in twins.values())
        if i not in my_base and (j := next((j for j in free if _same(record, theirs[j])), None)) is not None:
            twins[i] = j
    # A slot is a row of the merged list: ("b", row of the base), ("t", their new one), ("m", mine).
    slots = [("b", their_base[j]) if j in their_base else ("t", j) for j in range(len(theirs))]
    my_slots = [
        ("b", my_base[i]) if i in my_base else ("t", twins[i]) if i in twins else ("m", i) for i in range(len(mine))
    ]
    kept = [i for i in range(len(base)) if _stays(base, mine, theirs, i, my_of, their_of)]
    order, clash = _ordered(len(base), slots, my_slots)
    order = [s for s in order if s[0] != "b" or s[1] in kept]
    rows: Records = []
    conflicts: list[Conflict] = []
    for side, n in order:
        place = f"/{kind}/{len(rows)}"
        if side != "b":
            rows.append(copy.deepcopy(theirs[n] if side == "t" else mine[n]))
        elif n in my_of and n in their_of:
            own, other = mine[my_of[n]], theirs[their_of[n]]
            to_set, more = _merged_fields(base[n], own, other, kind, title_of(other, len(rows)), place)
            rows.append(with_fields(other, kind, to_set))
            conflicts += more
        else:
            left = mine[my_of[n]] if n in my_of else theirs[their_of[n]]
            rows.append(copy.deepcopy(left))
            conflicts.append(_removed_and_changed(kind, place, base[n], left, mine_has_it=n in my_of))
    if clash:
        word = word_for(f"order.{kind}", "plan")
        sentence = f"{word[:1].upper()}{word[1:]}: hai người cùng sắp xếp lại; đang giữ thứ tự đã lưu."
        mine_order, their_order = ([title_of(r, i) for i, r in enumerate(rs)] for rs in (mine, theirs))
        conflicts.append(Conflict("plan", "", None, f"order.{kind}", None, mine_order, their_order, sentence))
    return rows, conflicts


def _stays(
    base: Records, mine: Records, theirs: Records, i: int, my_of: dict[int, int], their_of: dict[int, int]
) -> bool:
    """A row goes when both took it away, or when one did and the other left it as it was."""
    if i in my_of and i in their_of:
        return True
    if i in my_of:
        return not _same(base[i], mine[my_of[i]])
    if i in their_of:
        return not _same(base[i], theirs[their_of[i]])
    return False


def _removed_and_changed(
    kind: str, place: str, was: dict[str, Any], left: dict[str, Any], *, mine_has_it: bool
) -> Conflict:
    name = title_of(left, int(place.split("/")[2]))
    said = "người khác đã xóa trong khi bạn sửa" if mine_has_it else "bạn đã xóa trong khi người khác sửa"
    sentence = f"{RECORD_WORDS[kind]} {name}: {said}; bản đã sửa được giữ lại, hãy chọn giữ hay xóa."
    own, other = (left, None) if mine_has_it else (None, left)
    return Conflict(kind, place, name, None, copy.deepcopy(was), copy.deepcopy(own), copy.deepcopy(other), sentence)


Slot = tuple[str, int]


def _ordered(count: int, theirs: list[Slot], mine: list[Slot]) -> tuple[list[Slot], bool]:
    """One order of all slots, and whether both had changed it (then theirs stands)."""
    common = {s for s in theirs if s[0] == "b"} & {s for s in mine if s[0] == "b"}
    their_order = [s for s in theirs if s in common]
    my_order = [s for s in mine if s in common]
    base_order = sorted(common)
    clash = my_order != their_order and base_order not in (my_order, their_order)
    lead, follow = (theirs, mine) if my_order == base_order or clash else (mine, theirs)
    order = list(lead)
    for n, slot in enumerate(follow):
        if slot in order:
            continue
        before = next((s for s in reversed(follow[:n]) if s in order), None)
        order.insert(order.index(before) + 1 if before else 0, slot)
    return order, clash


def _same(record: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    kind = "actions"  # its split of fields holds for every kind of record
    return fields_of(record, kind) == fields_of(other, kind)
