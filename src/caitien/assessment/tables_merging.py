"""Two people filled in one table: by cell, what only one of them changed stands, what both changed is a clash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from caitien.assessment.model import TableData
from caitien.assessment.tables_filling import merged_by_id
from caitien.assessment.tables_numbers import shown

Entry = int | float | str | None
_Key = tuple[str, str, str]
_Pair = tuple[int | float | None, str | None]  # the number and the words of a cell
_EMPTY: _Pair = (None, None)


@dataclass(frozen=True, slots=True)
class CellClash:
    """A cell that both changed, each to something else. In the merged data `theirs` stands. None is an empty cell."""

    table: str
    row: str
    column: str
    base: Entry
    mine: Entry
    theirs: Entry

    @property
    def sentence(self) -> str:
        return f"Ô này vừa được người khác sửa thành {_said(self.theirs)}, bạn ghi {_said(self.mine)}; hãy chọn một số."


@dataclass(frozen=True, slots=True)
class MergedTables:
    tables: list[TableData]
    clashes: tuple[CellClash, ...]


def merge_tables(base: Sequence[TableData], mine: Sequence[TableData], theirs: Sequence[TableData]) -> MergedTables:
    """Both entries in one. `base`: what both began from; `theirs`: what is stored now; `mine`: what I wrote.

    An empty cell and one that is not there are the same. Where numbers come from and their day: the one who changed it;
    when both did, theirs.
    """
    b, m, t = merged_by_id(base), merged_by_id(mine), merged_by_id(theirs)
    before, my, their = _entries(b), _entries(m), _entries(t)
    result = dict(their)
    clashes: list[CellClash] = []
    for key in dict.fromkeys([*their, *my, *before]):
        old, own, other = (found.get(key, _EMPTY) for found in (before, my, their))
        if own in (old, other):
            continue
        if other == old:
            result[key] = own
        else:
            clashes.append(CellClash(*key, _entry(old), _entry(own), _entry(other)))
    names = list(dict.fromkeys([*t, *m]))
    made = [_written(name, result, mine=m.get(name), theirs=t.get(name), base=b.get(name)) for name in names]
    return MergedTables(made, tuple(clashes))


def _entries(data: Mapping[str, TableData]) -> dict[_Key, _Pair]:
    """Every cell with something in it."""
    found: dict[_Key, _Pair] = {}
    for name, one in data.items():
        for row, numbers in one.cells.items():
            found |= {(name, row, column): (value, None) for column, value in numbers.items() if value is not None}
        for row, words in one.texts.items():
            for column, text in words.items():
                key = (name, row, column)
                if text:
                    found[key] = (found.get(key, _EMPTY)[0], text)
    return found


def _entry(pair: _Pair) -> Entry:
    return pair[1] if pair[1] is not None else pair[0]


def _written(
    name: str,
    entries: Mapping[_Key, _Pair],
    *,
    mine: TableData | None,
    theirs: TableData | None,
    base: TableData | None,
) -> TableData:
    cells: dict[str, dict[str, int | float | None]] = {}
    texts: dict[str, dict[str, str]] = {}
    for (table, row, column), (number, text) in entries.items():
        if table == name and text is not None:
            texts.setdefault(row, {})[column] = text
        if table == name and number is not None:
            cells.setdefault(row, {})[column] = number
    kept = theirs or mine
    assert kept is not None
    update: dict[str, object] = {"cells": cells, "texts": texts}
    for field in ("source", "as_of"):
        old, own, other = (getattr(one, field) if one else None for one in (base, mine, theirs))
        update[field] = own if other == old else other
    return kept.model_copy(update=update)


def _said(entry: Entry) -> str:
    if entry is None:
        return "để trống"
    return f"“{entry}”" if isinstance(entry, str) else shown(entry)
