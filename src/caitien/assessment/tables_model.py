"""What a table of school data is: its rows, columns, and how its numbers hang together. Everything is frozen data.

The YAML files in `tables/` are these values written down; `docs/school-data.md` shows the form by example. `TableSet` is
a file; `SchoolTables` is what a school sees of it: shared tables taken in, a row for each grade.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from caitien.standards.model import SchoolLevel
from caitien.standards.parts import Mark, Part, Text

SCHEMA = "caitien.tables/1"
GRADE = "{grade}"
LAST = "last"
SEPARATOR = "/"

Kind = Literal["integer", "decimal", "percent", "text", "flag"]
"""`percent`: a number from 0 to 100, "12,5" is 12.5. `flag`: 1 is yes, 0 is no. `text`: words, in `TableData.texts`."""

Id = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
RowId = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-z0-9]+(-([a-z0-9]+|\{grade\}))*$")]
Reference = Annotated[
    str, Field(min_length=1, max_length=200, pattern=r"^[a-z0-9]+(-([a-z0-9]+|\{grade\}))*(/[a-z0-9-]+){0,2}$")
]
"""A row of the same table ("total"), of another ("classes/total"), or a cell ("staff-now/teachers/total").

Without a column the cell meant stands in the column of the same id: the same school year.
"""


class Quotient(Part):
    """`part` divided by `of`; as a percentage where the row is one."""

    part: Reference
    of: Reference


class Same(Part):
    """The same number as another cell. `column`: only in this column; "last" is the newest school year."""

    cell: Reference
    column: Id | None = None


class Line(Part):
    """What rows and columns have in common."""

    id: RowId
    title: Text
    sum_of: tuple[Reference, ...] = ()
    at_most: tuple[Reference, ...] = ()  # lines whose number is never exceeded


class TableRow(Line):
    """A row. `number`: what stands in the column TT; `depth`: 0 a heading row, 1 and 2 beneath it.

    `usual`: the lowest and highest number that raises no question; `optional`: "(nếu có)", never missed.
    """

    number: Text | None = None
    depth: Annotated[int, Field(ge=0, le=3)] = 0
    kind: Kind = "integer"
    unit: Text | None = None
    quotient: Quotient | None = None
    same_as: Same | None = None
    usual: tuple[float, float] | None = None
    optional: bool = False
    note: Text | None = None


class TableColumn(Line):
    """A column that is no school year. `group`: a heading over several columns."""

    group: Text | None = None


class Limit(Part):
    """The sum of lines that never exceeds a line or a number: rates of an exclusive choice, parts of a total."""

    axis: Literal["rows", "columns"]
    sum_of: Annotated[tuple[RowId, ...], Field(min_length=1)]
    at_most: RowId | float
    said: Text  # what is compared, for the sentence: "Ba mức trình độ"


class Table(Part):
    """A table. `number`: in the form ("3a"); `where`: form and page; `by_year`: its columns are the last school years.

    `carry`: whether numbers without a year go over to the next year, to be looked at again, or begin empty.
    """

    id: Id
    number: Text | None = None
    title: Text
    first: Text = "Số liệu"  # heading over the names of the rows
    where: Text
    mark: Mark
    note: Text | None = None
    by_year: bool = False
    columns: tuple[TableColumn, ...] = ()
    carry: Literal["keep", "empty"] = "keep"
    rows: Annotated[tuple[TableRow, ...], Field(min_length=1)]
    limits: tuple[Limit, ...] = ()


class Shared(Part):
    """A table of another file, as it stands there but for what is said here."""

    source: Annotated[Id, Field(alias="from")]
    table: Id
    number: Text | None = None
    title: Text | None = None
    where: Text
    mark: Mark
    note: Text | None = None


class TableSet(Part):
    """One file: the tables of a family of frameworks (the beginning of their ids) at some school levels.

    `known`: whether the form of these levels has been seen; `years`: how many school years a table by year shows.
    """

    schema_: Annotated[Literal["caitien.tables/1"], Field(alias="schema")]
    id: Id
    title: Text
    frameworks: Annotated[tuple[Text, ...], Field(min_length=1)]
    levels: Annotated[tuple[SchoolLevel, ...], Field(min_length=1)]
    years: Annotated[int, Field(ge=1, le=10)]
    grades: tuple[Id, ...] = ()
    known: bool
    mark: Mark
    source: Text
    note: Text | None = None
    order: tuple[Id, ...] = ()
    shared: tuple[Shared, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class SchoolTables:
    """The tables of a framework at a school level, in order. `known` is False: some of the form was never seen."""

    id: str
    title: str
    years: int
    known: bool
    mark: Mark
    source: str
    note: str | None
    tables: tuple[Table, ...]

    def table(self, table_id: str) -> Table | None:
        return next((table for table in self.tables if table.id == table_id), None)

    def columns(self, table: Table, school_year: str) -> tuple[str, ...]:
        """Ids of a table's columns, the last school years from the oldest on for one by year."""
        return last_years(school_year, self.years) if table.by_year else tuple(c.id for c in table.columns)


def last_years(school_year: str, count: int) -> tuple[str, ...]:
    """The school year with those before it, oldest first. Raises ValueError when it is none ("2025-2026" is)."""
    first, dash, second = school_year.partition("-")
    if not (dash and first.isdecimal() and second.isdecimal() and int(second) == int(first) + 1):
        raise ValueError(f"“{school_year}” không phải năm học, như 2025-2026.")
    last = int(first)
    return tuple(f"{year}-{year + 1}" for year in range(last - count + 1, last + 1))
