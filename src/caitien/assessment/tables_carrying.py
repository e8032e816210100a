"""Last year's school data as the beginning of this year's: a year moves on, the new year is empty."""

from __future__ import annotations

from collections.abc import Sequence

from caitien.assessment.model import TableData
from caitien.assessment.tables_filling import Number, filled
from caitien.assessment.tables_model import SchoolTables


def carried(data: Sequence[TableData], tables: SchoolTables, from_year: str, to_year: str) -> list[TableData]:
    """The numbers for `to_year`, of what was typed for `from_year`; the argument is not changed.

    Of a table by year the years that the new report shows stay; those before stand in last year's report. A number that
    last year took from the table of "now" (the newest year's teachers) is written down, for that table tells of another
    day from now on. A table without years goes over with the day of its numbers ("as of"), to be looked at again, or
    begins empty, as its definition says. What the form does not have goes over untouched. Raises ValueError: no school year.
    """
    sheet = filled(tables, from_year, data)
    made: list[TableData] = []
    without = [TableData(table=t.id) for t in tables.tables if t.id not in sheet.data and t.by_year]
    for own in [*sheet.data.values(), *without]:
        table = tables.table(own.table)
        if table is None:
            made.append(own.model_copy(deep=True))
        elif table.by_year:
            shown = set(tables.columns(table, to_year)) - {to_year}
            cells: dict[str, dict[str, Number | None]] = {
                row: {c: v for c, v in numbers.items() if c in shown} for row, numbers in own.cells.items()
            }
            for row in table.rows:
                if row.same_as and row.same_as.column and from_year in shown:
                    cell = sheet.cell(table.id, row.id, from_year)
                    if cell.value is not None:
                        cells.setdefault(row.id, {})[from_year] = cell.value
            texts = {row: {c: t for c, t in words.items() if c in shown} for row, words in own.texts.items()}
            made.append(
                own.model_copy(
                    update={
                        "cells": {row: numbers for row, numbers in cells.items() if numbers},
                        "texts": {row: words for row, words in texts.items() if words},
                        "as_of": None,
                    }
                )
            )
        elif table.carry == "keep":
            made.append(own.model_copy(deep=True))
    return [one for one in made if one.cells or one.texts or one.table in sheet.data]
