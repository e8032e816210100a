"""Who wrote which numbers of a table when: saves that follow each other closely are one sitting, any of them comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_noop

from caitien.assessment.model import TableData
from caitien.web.assessments.models import SchoolTable
from caitien.web.assessments.school_data import SchoolData, value_of
from caitien.web.assessments.school_data_writing import Key, Written, base_of, differences, entry, write

MOST = 500  # lines of history that are looked at
CLOSE = timedelta(minutes=15)  # between two saves of one sitting


@dataclass(frozen=True, slots=True)
class Sitting:
    """Saves of one person, one after the other. `before`, `after`: the table as it was then; `changed`: cells between them."""

    who: Any
    began: datetime
    at: datetime
    reason: str
    version: int
    before: TableData
    after: TableData
    changed: list[Key]


def sittings(row: SchoolTable) -> list[Sitting]:
    """The sittings of a table, newest first (one query). Those that ended where they began are left out."""
    lines = list(
        SchoolTable.history.filter(id=row.pk, school=row.school_id)
        .select_related("history_user")
        .order_by("-version")[: MOST + 1]
    )
    return list(_sittings(lines, row.table))


def writer_of(row: SchoolTable, line: str, column: str) -> Any:
    """The line of history in which a cell became what it is (one query)."""
    lines = list(
        SchoolTable.history.filter(id=row.pk, school=row.school_id)
        .select_related("history_user")
        .order_by("-version")[:MOST]
    )
    values = [entry(value_of(one), line, column) for one in lines]
    for at, (now, before) in enumerate(pairwise(values)):
        if now != before:
            return lines[at]
    return lines[-1]


def _sittings(lines: list[Any], table: str) -> Iterator[Sitting]:
    whole = len(lines) <= MOST
    begin = 0
    steps = [*pairwise(lines), *([(lines[-1], None)] if lines and whole else [])]
    for at, (line, older) in enumerate(steps):
        if older is not None and _together(older, line):
            continue
        newest = lines[begin]
        before, after = value_of(older, table), value_of(newest)
        changed = differences(before, after)
        if changed:
            yield Sitting(
                newest.history_user, line.history_date, newest.history_date, newest.history_change_reason or "",
                newest.version, before, after, changed,
            )  # fmt: skip
        begin = at + 1


def _together(older: Any, line: Any) -> bool:
    same = (older.history_user_id, older.history_change_reason) == (line.history_user_id, line.history_change_reason)
    return bool(same and line.history_date - older.history_date <= CLOSE)


def restore(data: SchoolData, table: str, version: int, seen: int, user: Any) -> Written | None:
    """Puts a table back as it was at a version. None when there is no such version.

    What somebody wrote since the person looked (`seen`) is a clash: then nothing is changed. Raises Locked.
    """
    row = data.rows.get(table)
    line = row and SchoolTable.history.filter(id=row.pk, school=row.school_id, version=version).first()
    if row is None or line is None:
        return None
    base = base_of(row, table, seen)
    reason = gettext_noop("Khôi phục bản cũ")
    return write(data.assessment, [base], [value_of(line)], user=user, reason=reason, all_or_nothing=True)
