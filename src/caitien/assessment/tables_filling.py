"""School data with what follows from it: sums, shares, numbers that another table already has.

A typed number always stands; what was computed stands beside it, and nothing computed is kept in `TableData`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from caitien.assessment.model import TableData
from caitien.assessment.tables_loading import parted
from caitien.assessment.tables_model import LAST, SchoolTables, Table, TableRow
from caitien.plan.text import one_space

Number = int | float
Origin = Literal["typed", "sum", "quotient", "same", "empty"]

PLACES = 2  # decimals of a computed share or ratio


@dataclass(frozen=True, slots=True)
class Cell:
    """`value`: what stands, the typed number where there is one. `computed`: what follows from other cells.

    `origin`: where `value` is from. `text`: words, of a row of words or typed where a number is wanted.
    """

    value: Number | None = None
    computed: Number | None = None
    origin: Origin = "empty"
    text: str | None = None

    @property
    def differs(self) -> bool:
        """A number was typed and the computed one is another."""
        return self.origin == "typed" and self.computed is not None and self.computed != self.value


@dataclass(slots=True)
class Filled:
    """The tables of a school year with every cell. Columns of a table by year: `columns(table)`, oldest first."""

    tables: SchoolTables
    school_year: str
    data: dict[str, TableData]
    _cells: dict[tuple[str, str, str], Cell] = field(default_factory=dict)

    def columns(self, table: Table) -> tuple[str, ...]:
        return self.tables.columns(table, self.school_year)

    def cell(self, table: str, row: str, column: str) -> Cell:
        """The cell; an empty one where there is none."""
        key = (table, row, column)
        if key not in self._cells:
            self._cells[key] = Cell()  # while it is computed: data that would compute itself ends here
            self._cells[key] = self._made(table, row, column)
        return self._cells[key]

    def as_data(self) -> list[TableData]:
        """The numbers for a report: every table in order, computed cells filled, columns the form does not show left out."""
        made = []
        for table in self.tables.tables:
            own = self.data.get(table.id) or TableData(table=table.id)
            cells: dict[str, dict[str, Number | None]] = {}
            texts: dict[str, dict[str, str]] = {}
            for row in table.rows:
                for column in self.columns(table):
                    cell = self.cell(table.id, row.id, column)
                    if cell.value is not None:
                        cells.setdefault(row.id, {})[column] = cell.value
                    elif cell.text:
                        texts.setdefault(row.id, {})[column] = cell.text
            made.append(own.model_copy(update={"cells": cells, "texts": texts}))
        return made

    def _made(self, table_id: str, row_id: str, column: str) -> Cell:
        table = self.tables.table(table_id)
        row = next((row for row in table.rows if row.id == row_id), None) if table else None
        if table is None or row is None:
            return Cell()
        data = self.data.get(table_id)
        number = finite(data.cells.get(row_id, {}).get(column)) if data else None
        text = one_space(data.texts.get(row_id, {}).get(column)) or None if data else None
        computed, origin = self.computed(table, row, column)
        if number is not None:
            return Cell(number, computed, "typed", text)
        return Cell(computed, computed, origin if computed is not None else "empty", text)

    def computed(self, table: Table, row: TableRow, column: str) -> tuple[Number | None, Origin]:
        """What follows for a cell from others, and how; (None, …) when too little is known."""
        if row.same_as and self._applies(table, row, column):
            found = self.at(row.same_as.cell, table.id, column)
            if found is not None:
                return found, "same"
        if row.sum_of:
            parts = [self.at(reference, table.id, column) for reference in row.sum_of]
            return total(parts), "sum"
        line = next((line for line in table.columns if line.id == column), None)
        if line is not None and line.sum_of:
            return total([self.cell(table.id, row.id, part).value for part in line.sum_of]), "sum"
        if row.quotient:
            part = self.at(row.quotient.part, table.id, column)
            whole = self.at(row.quotient.of, table.id, column)
            if part is not None and whole:
                return round(part / whole * (100 if row.kind == "percent" else 1), PLACES), "quotient"
        return None, "empty"

    def _applies(self, table: Table, row: TableRow, column: str) -> bool:
        where = row.same_as.column if row.same_as else None
        if where is None:
            return True
        return column == (self.columns(table)[-1] if where == LAST else where)

    def at(self, reference: str, table: str, column: str) -> Number | None:
        """The number that a reference in `table` means, seen from `column`."""
        other, row, own = parted(reference, table)
        return self.cell(other, row, own or column).value


def total(parts: Sequence[Number | None]) -> Number | None:
    """The sum; None when a part is not known: half a sum is no sum."""
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or not known:
        return None
    made = math.fsum(known)
    return int(made) if float(made).is_integer() else round(made, 6)


def finite(value: Number | None) -> Number | None:
    """The number, None for one that is none (infinite, not a number)."""
    return value if value is not None and math.isfinite(value) else None


def filled(tables: SchoolTables, school_year: str, data: Sequence[TableData]) -> Filled:
    """The tables of a school year with what was typed. Raises ValueError when `school_year` is none."""
    for table in tables.tables:
        tables.columns(table, school_year)
    return Filled(tables, school_year, merged_by_id(data))


def merged_by_id(data: Sequence[TableData]) -> dict[str, TableData]:
    """Data by table; a table that is there twice is one, where a later number stands over an earlier."""
    found: dict[str, TableData] = {}
    for one in data:
        before = found.get(one.table)
        if before is None:
            found[one.table] = one
            continue
        cells = {row: dict(own) for row, own in before.cells.items()}
        texts = {row: dict(own) for row, own in before.texts.items()}
        for row, numbers in one.cells.items():
            cells.setdefault(row, {}).update({c: v for c, v in numbers.items() if v is not None})
        for row, words in one.texts.items():
            texts.setdefault(row, {}).update(words)
        found[one.table] = before.model_copy(update={"cells": cells, "texts": texts})
    return found
