"""Writing numbers into school data: cell by cell, so that two people who fill in one table both keep their numbers.

Every way in (cells, the plain form, a workbook, last year's numbers, taking back) goes through `write`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from caitien.assessment.model import TableData
from caitien.assessment.tables_filling import Filled, filled
from caitien.assessment.tables_merging import CellClash, Entry, MergedTables, merge_tables
from caitien.assessment.tables_model import Table, TableRow
from caitien.assessment.tables_numbers import Typed, shown, typed
from caitien.assessment.tables_sheets import AS_OF, SOURCE
from caitien.plan.text import one_space
from caitien.web.assessments.editing import Locked, held, new_batch, permitted, saved, version_of
from caitien.web.assessments.models import Assessment, SchoolTable
from caitien.web.assessments.school_data import SchoolData, of, value_of
from caitien.web.plans.fields import NotADay, iso_day

Key = tuple[str, str, str]  # table, row, column; of the words about a table: (table, "#source" or "#as-of", "")
HEAD = {SOURCE: "source", AS_OF: "as_of"}
LONGEST = 2_000  # letters of a cell
LONGEST_SOURCE = 1_000


class Refused(ValueError):
    """What was typed cannot be kept in that place; the sentence says what to do."""


@dataclass(slots=True)
class Written:
    """What became of it. `data`: as it is now; `changed`: cells that are another now; `clashes`: those that another changed
    meanwhile to something else, where the other's stands."""

    data: SchoolData
    changed: list[Key] = field(default_factory=list)
    clashes: list[CellClash] = field(default_factory=list)
    batch: UUID | None = None  # by which it is taken back; None when nothing changed

    @property
    def clashing(self) -> set[Key]:
        return {(one.table, one.row, one.column) for one in self.clashes}


def write(
    assessment: Assessment,
    base: Sequence[TableData],
    mine: Sequence[TableData],
    *,
    user: Any,
    reason: str = "",
    batch: UUID | None = None,
    all_or_nothing: bool = False,
) -> Written:
    """Writes what somebody made (`mine`) of what she saw (`base`, the same tables); what others changed meanwhile stays.

    A number that is what its row computes anyway is not kept: it goes on following the others. With clashes the rest is
    saved, unless `all_or_nothing`. Raises Locked when the report is approved.
    """
    with transaction.atomic():
        now = _held(assessment)
        before = of(now)
        names = {one.table for one in (*base, *mine)}
        theirs = [one for one in before.data if one.table in names]
        merged = joined(base, mine, theirs)
        result = Written(before, clashes=list(merged.clashes))
        if all_or_nothing and merged.clashes:
            return result
        tables = _without_doubles(before, theirs, merged.tables)
        batch = batch or new_batch()
        for value in tables:
            row = before.rows.get(value.table)
            changed = differences(value_of(row, value.table), value)
            if not changed:
                continue
            result.changed += changed
            row = row or SchoolTable(school=now.school, assessment=now, table=value.table, version=0)
            row.cells, row.texts = cleaned(value.cells), cleaned(value.texts)
            row.source, row.as_of = value.source or "", value.as_of or ""
            row.version += 1
            row.changed_by = user
            saved(row, user, reason, batch)
            before.rows[value.table] = row
        result.data = SchoolData(assessment, before.level, before.form, before.rows)
        result.batch = batch if result.changed else None
        return result


def joined(base: Sequence[TableData], mine: Sequence[TableData], theirs: Sequence[TableData]) -> MergedTables:
    """As `merge_tables`; source and day that both changed are clashes too."""
    merged = merge_tables(base, mine, theirs)
    b, m, t = ({one.table: one for one in data} for data in (base, mine, theirs))
    clashes = list(merged.clashes)
    for name, own in m.items():
        for key, attribute in HEAD.items():
            old, my, their = (getattr(one, attribute, None) for one in (b.get(name), own, t.get(name)))
            if my not in (old, their) and their != old:
                clashes.append(CellClash(name, key, "", old, my, their))
    return MergedTables(merged.tables, tuple(clashes))


def differences(before: TableData, after: TableData) -> list[Key]:
    """The cells (and source, day) in which two values of a table differ."""
    found: list[Key] = []
    for row in dict.fromkeys([*before.cells, *before.texts, *after.cells, *after.texts]):
        columns = dict.fromkeys(
            column for one in (before.cells, before.texts, after.cells, after.texts) for column in one.get(row, {})
        )
        found += [
            (after.table, row, column) for column in columns if pair(before, row, column) != pair(after, row, column)
        ]
    for key, attribute in HEAD.items():
        if (getattr(before, attribute) or None) != (getattr(after, attribute) or None):
            found.append((after.table, key, ""))
    return found


def pair(data: TableData, row: str, column: str) -> tuple[int | float | None, str | None]:
    """The number and the words of a cell."""
    return data.cells.get(row, {}).get(column), data.texts.get(row, {}).get(column) or None


def entry(data: TableData, row: str, column: str) -> Entry:
    """What stands in a cell, or in source or day, as a clash names it."""
    if row in HEAD:
        return getattr(data, HEAD[row]) or None  # type: ignore[no-any-return]
    number, text = pair(data, row, column)
    return text if number is None else number


def put(data: TableData, row: TableRow, column: str, words: str) -> TableData:
    """The table with what somebody typed into a cell: a number where it is one, else her words. Raises Refused: too long."""
    if len(words) > LONGEST:
        raise Refused(
            _("Ô này giữ được nhiều nhất %(most)s chữ. Hãy viết ngắn lại; phần dài ghi vào phiếu tiêu chí.")
            % {"most": shown(LONGEST)}
        )
    return set_pair(data, row.id, column, _kept(typed(words, row), words))


def set_pair(data: TableData, row: str, column: str, found: tuple[int | float | None, str | None]) -> TableData:
    """The table with this number and these words in a cell."""
    number, text = found
    cells = {**data.cells, row: {**data.cells.get(row, {})}}
    texts = {**data.texts, row: {**data.texts.get(row, {})}}
    cells[row].pop(column, None)
    texts[row].pop(column, None)
    if number is not None:
        cells[row][column] = number
    if text:
        texts[row][column] = text
    return data.model_copy(update={"cells": cleaned(cells), "texts": cleaned(texts)})


def put_head(data: TableData, key: str, words: str) -> TableData:
    """The table with its source or its day. Raises Refused: not a day, too long."""
    said = one_space(words)
    if key == AS_OF:
        return data.model_copy(update={"as_of": day(said)})
    if len(said) > LONGEST_SOURCE:
        raise Refused(_("Nguồn số liệu dài quá %(most)s chữ. Hãy viết ngắn lại.") % {"most": shown(LONGEST_SOURCE)})
    return data.model_copy(update={"source": said or None})


def day(words: str) -> str | None:
    """31/5/2026 as ISO day, None for nothing. Raises Refused for what is no day."""
    if not words:
        return None
    try:
        found = iso_day(words)
    except NotADay:
        found = ""
    if len(found) != len("2026-05-31"):
        raise Refused(_("“%s” không phải là một ngày. Hãy ghi như 31/05/2026.") % words[:40])
    return found


def words_of(data: TableData, row: TableRow, column: str) -> str:
    """What stands in a cell as people write it; "" when nobody typed anything."""
    number, text = pair(data, row.id, column)
    return shown(number, row.kind) if number is not None else text or ""


def base_of(row: SchoolTable | None, table: str, version: int) -> TableData:
    """A table as it was at a version that somebody saw; 0 is before the first number."""
    if row is None or version <= 0:
        return TableData(table=table)
    return value_of(version_of(row, version))


def undo(assessment: Assessment, batch: UUID, *, user: Any) -> Written | None:
    """Takes back what was written under a name. What somebody wrote there since stays, and is told as a clash.

    None when there is no such thing in this assessment. Raises Locked.
    """
    lines = list(
        SchoolTable.history.filter(school=assessment.school_id, assessment_id=assessment.pk, batch=batch).order_by(
            "version"
        )
    )
    if not lines:
        return None
    left = {line.table: value_of(line) for line in lines}
    found = {}
    for line in reversed(lines):
        older = SchoolTable.history.filter(id=line.id, school=assessment.school_id, version=line.version - 1).first()
        found[line.table] = value_of(older, line.table)
    return write(assessment, list(left.values()), list(found.values()), user=user, reason=gettext_noop("Hoàn tác"))


def why_locked(assessment: Assessment) -> Locked | None:
    """Why nothing can be written now; None when it can."""
    try:
        permitted(SchoolTable(school=assessment.school, assessment=assessment))
    except Locked as locked:
        return locked
    return None


def cleaned(cells: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Without rows that hold nothing."""
    kept = {row: {c: v for c, v in own.items() if v is not None and v != ""} for row, own in cells.items()}
    return {row: own for row, own in kept.items() if own}


def _kept(found: Typed, words: str) -> tuple[int | float | None, str | None]:
    """Words that are no number stay as they were typed, not only their first letters."""
    return found.value, (one_space(words) if found.text is not None else None)


def _held(assessment: Assessment) -> Assessment:
    now = held(assessment)
    now.school, now.year = assessment.school, assessment.year
    permitted(SchoolTable(school=now.school, assessment=now))
    return now


def _without_doubles(before: SchoolData, theirs: Iterable[TableData], merged: Sequence[TableData]) -> list[TableData]:
    """Numbers just written that their row computes to the same anyway are left out: no number is typed twice."""
    if before.form is None:
        return list(merged)
    old = {one.table: one for one in theirs}
    result = {one.table: one for one in merged}
    for name, value in result.items():
        table = before.form.table(name)
        if table is None:
            continue
        lines = {row.id: row for row in table.rows}
        for _table, row, column in differences(old.get(name) or TableData(table=name), value):
            if row not in lines or not _may_follow(table, lines[row], column):
                continue
            number, _text = pair(value, row, column)
            if number is None:
                continue
            bare = set_pair(result[name], row, column, (None, None))
            sheet = _sheet(before, {**result, name: bare})
            if sheet.cell(name, row, column).value == number:
                result[name] = bare
    return list(result.values())


def _may_follow(table: Table, row: TableRow, column: str) -> bool:
    sums = next((bool(line.sum_of) for line in table.columns if line.id == column), False)
    return bool(row.sum_of or row.quotient or row.same_as) or sums


def _sheet(before: SchoolData, tables: dict[str, TableData]) -> Filled:
    assert before.form is not None
    others = [one for one in before.data if one.table not in tables]
    return filled(before.form, before.year, [*others, *tables.values()])
