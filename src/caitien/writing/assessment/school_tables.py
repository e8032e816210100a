"""Bảng số liệu: the tables of school data on paper, as their files describe them, sums and shares computed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from caitien.assessment.model import SelfAssessment, TableData
from caitien.assessment.tables_filling import Cell as DataCell
from caitien.assessment.tables_filling import Filled, filled
from caitien.assessment.tables_loading import tables_for
from caitien.assessment.tables_model import SchoolTables, TableRow
from caitien.assessment.tables_model import Table as TableForm
from caitien.writing.document import Align, Block, Cell, Heading, Paragraph, Row, Table, cell, header_row, run
from caitien.writing.text import clean, dots, lines, money

MOST_DIGITS = 2  # after the comma
WIDE = 6  # columns: more take smaller letters
NAME_MM, NUMBER_MM, LINE_MM = 62.0, 11.0, 165.0


def school_tables(assessment: SelfAssessment, tables: SchoolTables | None = None, *, level: int = 3) -> Iterator[Block]:
    """Every table that the framework asks of the school, each under a heading of this level, with its source and day.

    `tables`: None takes those that come with the program. A table that no file describes, and numbers in rows or columns
    that a file does not name, are printed with their own ids: nothing that somebody typed is left out.
    """
    if tables is None and assessment.framework:
        tables = tables_for(assessment.framework, assessment.tables_level or assessment.school.level)
    data = {one.table: one for one in assessment.tables}
    full = _filled(assessment, tables)
    if full is not None:
        for form in full.tables.tables:
            numbered = form.number not in (None, "", "0")  # what stands before table 1 has no number on paper
            yield Heading(clean(f"{form.number}. {form.title}" if numbered else form.title), level=level)
            yield formed_table(full, form)
            yield from _beneath(data.get(form.id))
            rest = _unnamed(data[form.id], full, form) if form.id in data else None
            if rest is not None:
                yield plain_table(rest, f"{form.title}: số liệu khác")
    known = {form.id for form in full.tables.tables} if full is not None else set()
    for one in assessment.tables:
        if one.table not in known:
            yield Heading(f"Bảng {clean(one.table)}", level=level)
            yield plain_table(one, f"Bảng {clean(one.table)}")
            yield from _beneath(one)
    if full is None and not assessment.tables:
        yield Paragraph((run(f"Bảng số liệu: {dots()}"),), first_line=10, before=3)


def formed_table(full: Filled, form: TableForm) -> Table:
    """A table as its file describes it: a column of numbers where rows have them, headings over groups of columns."""
    columns = full.columns(form)
    titles = {column.id: column.title for column in form.columns}
    groups = {column.id: column.group for column in form.columns}
    numbered = any(row.number for row in form.rows)
    rows = tuple(
        Row(
            (
                *([cell(row.number, align="center", bold=row.depth == 0)] if numbered else []),
                cell(_name(row), bold=_leads(row, form)),
                *(_shown(full.cell(form.id, row.id, column), row, form) for column in columns),
            )
        )
        for row in form.rows
    )
    wide = len(columns) > WIDE
    words = any(row.kind == "text" for row in form.rows)
    first = (NUMBER_MM if numbered else 0.0, NAME_MM if not words else 80.0)
    left = (LINE_MM - sum(first)) / max(len(columns), 1)
    widths = (*(first if numbered else first[1:]), *([left] * len(columns)))
    return Table(
        widths,
        _header(form, [titles.get(c, c) for c in columns], [groups.get(c) for c in columns], numbered=numbered),
        rows,
        name=clean(form.title),
        size=9.0 if wide else 11.0,
    )


def plain_table(data: TableData, title: str) -> Table:
    """A table that no file describes: its own ids are the names of its rows and columns."""
    columns = list(dict.fromkeys(c for kept in (data.cells, data.texts) for row in kept.values() for c in row))
    names = list(dict.fromkeys([*data.cells, *data.texts]))
    rows = tuple(
        Row(
            (
                cell(name),
                *(
                    cell(data.texts.get(name, {}).get(c) or _number(data.cells.get(name, {}).get(c)), align="right")
                    for c in columns
                ),
            )
        )
        for name in names
    )
    left = (LINE_MM - NAME_MM) / max(len(columns), 1)
    size = 9.0 if len(columns) > WIDE else 11.0
    header = header_row("Số liệu", *columns)
    return Table((NAME_MM, *([left] * len(columns))), (header,), rows, name=clean(title), size=size)


def _filled(assessment: SelfAssessment, tables: SchoolTables | None) -> Filled | None:
    """The tables with what was typed; None without a description or a school year to count the columns from."""
    if tables is None or not re.fullmatch(r"(\d{4})-(\d{4})", assessment.school_year or ""):
        return None
    try:
        return filled(tables, assessment.school_year or "", assessment.tables)
    except ValueError:
        return None  # "2026-2028" is no school year: the numbers are printed as they were typed


def _unnamed(data: TableData, full: Filled, form: TableForm) -> TableData | None:
    """What the form has no place for: numbers of rows that it does not name, of columns of its own that it lacks.

    Of a table by school years, years before those shown are former years' numbers and no loss.
    """
    rows, columns = {row.id for row in form.rows}, set(full.columns(form))

    def left_over(row: str, column: str) -> bool:
        return row not in rows or (column not in columns and not form.by_year)

    cells = {r: {c: v for c, v in own.items() if v is not None and left_over(r, c)} for r, own in data.cells.items()}
    texts = {r: {c: v for c, v in own.items() if left_over(r, c)} for r, own in data.texts.items()}
    cells, texts = {r: own for r, own in cells.items() if own}, {r: own for r, own in texts.items() if own}
    return data.model_copy(update={"cells": cells, "texts": texts}) if cells or texts else None


def _header(form: TableForm, titles: Sequence[str], groups: Sequence[str | None], *, numbered: bool) -> tuple[Row, ...]:
    """One line, or two where columns stand in groups."""
    down = 2 if any(groups) else 1

    def head(text: str, *, rowspan: int = 1, colspan: int = 1) -> Cell:
        return cell(text, align="center", valign="middle", bold=True, rowspan=rowspan, colspan=colspan)

    first = [*([head("TT", rowspan=down)] if numbered else []), head(form.first, rowspan=down)]
    if down == 1:
        return (Row((*first, *(head(title) for title in titles))),)
    upper, lower, at = [*first], [], 0
    for group, members in groupby(groups):
        count = len(list(members))
        if group is None:
            upper += [head(title, rowspan=2) for title in titles[at : at + count]]
        else:
            upper.append(head(group, colspan=count))
            lower += [head(title) for title in titles[at : at + count]]
        at += count
    return Row(tuple(upper)), Row(tuple(lower))


def _name(row: TableRow) -> str:
    """The row's name, a dash before one that stands beneath another, its unit where the name does not say it."""
    unit = f" ({row.unit})" if row.unit == "%" and "%" not in row.title else ""
    return f"{'- ' if row.depth > 1 and not row.number else ''}{row.title}{unit}"


def _leads(row: TableRow, form: TableForm) -> bool:
    """Whether a row heads those beneath it: of no depth, in a table that has deeper ones."""
    return row.depth == 0 and any(other.depth for other in form.rows)


def _shown(found: DataCell, row: TableRow, form: TableForm) -> Cell:
    if row.kind == "text" or (found.text and found.value is None):
        return cell(" ".join(lines(found.text or "")))
    if row.kind == "flag":
        return cell("" if found.value is None else "Có" if found.value else "Không", align="center")
    align: Align = "center" if any(other.kind in ("text", "flag") for other in form.rows) else "right"
    return cell(_number(found.value), align=align, bold=_leads(row, form))


def _number(value: int | float | None) -> str:
    """1234 -> "1.234", 12.5 -> "12,5", not known -> ""."""
    if value is None:
        return ""
    sign = "-" if value < 0 else ""
    whole, _, part = f"{abs(value):.{MOST_DIGITS}f}".partition(".")
    part = part.rstrip("0")
    return f"{sign}{money(int(whole))}{f',{part}' if part else ''}"


def _beneath(data: TableData | None) -> Iterator[Block]:
    """Where the numbers come from and of which day they are."""
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", data.as_of or "") if data else None
    parts = [
        f"Nguồn: {' '.join(lines(data.source))}" if data and data.source else "",
        f"số liệu đến ngày {found[3]}/{found[2]}/{found[1]}" if found else "",
    ]
    text = "; ".join(part for part in parts if part)
    if text:
        said = f"{text[0].upper()}{text[1:]}."
        yield Paragraph((run(said, italic=True),), align="left", size=11, before=2, after=4)
