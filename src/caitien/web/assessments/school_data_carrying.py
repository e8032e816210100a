"""Last year's numbers into this year's tables: only into empty cells, so that nothing that somebody typed is written over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop

from caitien.assessment.model import TableData
from caitien.assessment.tables_carrying import carried
from caitien.plan.text import one_space
from caitien.web.assessments.models import Assessment
from caitien.web.assessments.school_data import SchoolData, of, previous, value_of
from caitien.web.assessments.school_data_writing import Key, Written, differences, pair, set_pair, write
from caitien.web.schools.models import Site

HEAD_TABLE = "head"  # who the school is


@dataclass(slots=True)
class Carrying:
    """What would go over. `fills`: empty cells that get a number; `differs`: cells where another number stands already."""

    data: SchoolData
    from_year: str
    base: list[TableData] = field(default_factory=list)
    mine: list[TableData] = field(default_factory=list)
    fills: list[Key] = field(default_factory=list)
    differs: list[Key] = field(default_factory=list)
    before: dict[str, TableData] = field(default_factory=dict)


def carrying(assessment: Assessment) -> Carrying:
    """What last year's assessment has for the years that this one shows too. Nothing is changed."""
    data = of(assessment)
    from_year, old = previous(assessment)
    made = Carrying(data, from_year)
    if data.form is None or not old:
        return made
    for one in carried(old, data.form, from_year, data.year):
        table = data.form.table(one.table)
        if table is None:
            continue
        now = value_of(data.rows.get(one.table), one.table)
        filled = now
        for _table, row, column in differences(TableData(table=one.table), one):
            if not column:  # source and day
                continue
            there, wanted = pair(now, row, column), pair(one, row, column)
            if there == (None, None):
                filled = set_pair(filled, row, column, wanted)
                made.fills.append((one.table, row, column))
            elif there != wanted:
                made.differs.append((one.table, row, column))
        if not (now.cells or now.texts):
            filled = filled.model_copy(update={"as_of": now.as_of or one.as_of, "source": now.source or one.source})
        made.before[one.table] = one
        made.base.append(now)
        made.mine.append(filled)
    return made


def carry(assessment: Assessment, user: Any) -> Written | None:
    """Fills empty cells with last year's numbers. None when there was nothing to do. Raises Locked."""
    made = carrying(assessment)
    if not made.fills:
        return None
    return write(assessment, made.base, made.mine, user=user, reason=gettext_noop("Chuyển số từ năm trước"))


PROFILE = {
    "province": "province",
    "commune": "commune",
    "head-teacher": "head_name",
    "phone": "phone",
    "website": "website",
}
"""Row of the table "head" -> what the school's profile calls it."""


def profile_fills(data: SchoolData) -> tuple[TableData, TableData, list[Key]]:
    """(the head table now, the same with what the school's profile knows in its empty cells, those cells): one query."""
    table = data.table(HEAD_TABLE)
    now = value_of(data.rows.get(HEAD_TABLE), HEAD_TABLE)
    if table is None or not table.columns:
        return now, now, []
    school, column = data.assessment.school, table.columns[0].id
    sites = Site.objects.for_school(school).filter(removed_at=None).count()
    known: dict[str, tuple[int | None, str | None]] = {
        row: (None, one_space(getattr(school, name))) for row, name in PROFILE.items() if getattr(school, name)
    }
    if sites:
        known["sites"] = (sites, None)
    filled, fills = now, []
    for row in table.rows:
        if row.id in known and pair(now, row.id, column) == (None, None):
            filled = set_pair(filled, row.id, column, known[row.id])
            fills.append((HEAD_TABLE, row.id, column))
    return now, filled, fills


def fill_from_profile(assessment: Assessment, user: Any) -> Written | None:
    """What the school's profile knows goes into empty cells of the head table. None when there is nothing. Raises Locked."""
    now, filled, fills = profile_fills(of(assessment))
    if not fills:
        return None
    return write(assessment, [now], [filled], user=user, reason=gettext_noop("Điền từ hồ sơ trường"))
