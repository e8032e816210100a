"""Cells that change, said in words: which row and column, what stood there, what would stand there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from caitien.assessment.model import TableData
from caitien.assessment.tables_model import SchoolTables, Table
from caitien.assessment.tables_numbers import shown
from caitien.assessment.tables_sheets import AS_OF, SOURCE, day_shown
from caitien.web.assessments.school_data_shown import cell_id, column_title, row_title
from caitien.web.assessments.school_data_writing import HEAD, Key, pair


@dataclass(frozen=True, slots=True)
class ChangeSaid:
    """`old` and `new`: "" for an empty cell. `target`: the id of the cell's input on the page of its table."""

    key: Key
    where: str
    old: str
    new: str
    target: str = ""

    @property
    def name(self) -> str:
        """A name for an input of a form."""
        return "|".join(self.key)


@dataclass(frozen=True, slots=True)
class TableSaid:
    """The changes of one table. `table` is None for one that the form does not have."""

    title: str
    table: Table | None
    changes: list[ChangeSaid]


def said(
    form: SchoolTables | None, keys: Iterable[Key], before: Mapping[str, TableData], after: Mapping[str, TableData]
) -> list[TableSaid]:
    """The cells of `keys`, table by table in the order of the form, row by row."""
    groups: dict[str, list[Key]] = {}
    for key in keys:
        groups.setdefault(key[0], []).append(key)
    order = {table.id: at for at, table in enumerate(form.tables)} if form else {}
    made = []
    for name in sorted(groups, key=lambda one: order.get(one, len(order))):
        table = form.table(name) if form else None
        rows = {row.id: at for at, row in enumerate(table.rows)} if table else {}
        columns = {line.id: at for at, line in enumerate(table.columns)} if table else {}
        old, new = before.get(name) or TableData(table=name), after.get(name) or TableData(table=name)
        changes = [
            ChangeSaid(key, where(table, key), words(table, old, key), words(table, new, key), cell_id(key[1], key[2]))
            for key in sorted(groups[name], key=_order(rows, columns))
        ]
        made.append(TableSaid(title_of(table, name), table, changes))
    return made


def _order(rows: Mapping[str, int], columns: Mapping[str, int]) -> Callable[[Key], tuple[bool, int, int, str]]:
    return lambda key: (key[1] in HEAD, rows.get(key[1], len(rows)), columns.get(key[2], len(columns)), key[2])


def title_of(table: Table | None, name: str) -> str:
    """ "3a. Đội ngũ"."""
    if table is None:
        return name
    return f"{table.number}. {table.title}" if table.number else table.title


def where(table: Table | None, key: Key) -> str:
    """A cell in words: "Khối lớp 6, năm học 2025-2026"."""
    if key[1] == SOURCE:
        return _("Nguồn số liệu")
    if key[1] == AS_OF:
        return _("Số liệu tính đến ngày")
    row = next((row for row in table.rows if row.id == key[1]), None) if table else None
    if table is None or row is None:
        return ", ".join(part for part in key[1:] if part)
    return f"{row_title(table, row)}, {column_title(table, key[2])}"


def words(table: Table | None, data: TableData, key: Key) -> str:
    """What stands in a cell, as people write it."""
    if key[1] in HEAD:
        value: Any = getattr(data, HEAD[key[1]])
        return day_shown(value) if key[1] == AS_OF else value or ""
    number, text = pair(data, key[1], key[2])
    kind = next((row.kind for row in table.rows if row.id == key[1]), "decimal") if table else "decimal"
    return shown(number, kind) if number is not None else text or ""
