"""Bảng số liệu: a table of school data on paper, from its shape (names of rows and columns) and its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from caitien.assessment.model import SelfAssessment, TableData
from caitien.writing.document import Block, Cell, Heading, Paragraph, Row, Table, cell, header_row, run
from caitien.writing.text import clean, dots, money

MOST_DIGITS = 2  # after the comma


@dataclass(frozen=True, slots=True)
class TableShape:
    """How a table of data is printed: ids of rows and columns with their names. `first`: what its first column holds.

    `heads`: rows that are only a name over those beneath.
    """

    id: str
    title: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]
    first: str = "Số liệu"
    heads: tuple[str, ...] = ()


def school_tables(
    assessment: SelfAssessment, shapes: Mapping[str, TableShape] | None = None, *, level: int = 3
) -> Iterator[Block]:
    """Every table of data of a self-assessment under a heading of this level, each with where its numbers come from.

    A table without a shape is printed with the ids of its rows and columns; a number that the shape does not name
    stands after the others: none is left out.
    """
    shapes = shapes or {}
    if not assessment.tables:
        yield Paragraph((run(f"Bảng số liệu: {dots()}"),), first_line=10, before=3)
    for n, data in enumerate(assessment.tables, start=1):
        shape = shapes.get(data.table) or plain_shape(data)
        yield Heading(
            f"{n}. {clean(shape.title)}" if not re.match(r"\d", shape.title) else clean(shape.title), level=level
        )
        yield school_table(data, shape)
        source = _source(data)
        if source:
            yield Paragraph((run(source, italic=True),), align="left", size=11, before=2, after=4)


def school_table(data: TableData, shape: TableShape) -> Table:
    """The numbers of a table in its shape."""
    columns = [*shape.columns, *_more(shape.columns, (c for row in data.cells.values() for c in row))]
    rows = [*shape.rows, *_more(shape.rows, data.cells)]
    size = 11.0 if len(columns) <= 6 else 10.0 if len(columns) <= 9 else 8.5
    first = 60.0 if len(columns) <= 6 else 45.0
    made = []
    for row, name in rows:
        numbers = data.cells.get(row, {})
        if row in shape.heads:
            made.append(Row((cell(name, bold=True, colspan=1 + len(columns)),)))
            continue
        own = [_number(numbers.get(column)) for column, _ in columns]
        made.append(Row((cell(name), *own)))
    header = header_row(shape.first, *(name for _, name in columns))
    widths = (first, *([105.0 / max(len(columns), 1)] * len(columns)))
    return Table(widths, (header,), tuple(made), name=clean(shape.title), size=size)


def plain_shape(data: TableData) -> TableShape:
    """The shape of a table that nobody has described: its own ids as names."""
    columns = tuple((c, c) for c in dict.fromkeys(c for row in data.cells.values() for c in row))
    return TableShape(data.table, f"Bảng {data.table}", columns, tuple((row, row) for row in data.cells))


def _more(known: Sequence[tuple[str, str]], used: Iterable[str]) -> list[tuple[str, str]]:
    names = {one for one, _ in known}
    return [(one, one) for one in dict.fromkeys(used) if one not in names]


def _number(value: int | float | None) -> Cell:
    """1234 -> "1.234", 12.5 -> "12,5"; not known is an empty cell."""
    if value is None:
        return cell("", align="right")
    if isinstance(value, float) and not value.is_integer():
        whole, _, part = f"{abs(value):.{MOST_DIGITS}f}".rstrip("0").rstrip(".").partition(".")
        sign = "-" if value < 0 else ""
        return cell(f"{sign}{money(int(whole))},{part}" if part else f"{sign}{money(int(whole))}", align="right")
    return cell(money(int(value)), align="right")


def _source(data: TableData) -> str:
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", data.as_of or "")
    parts = [
        f"Nguồn: {data.source}" if data.source else "",
        f"số liệu đến ngày {found[3]}/{found[2]}/{found[1]}" if found else "",
    ]
    text = "; ".join(part for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}." if text else ""
