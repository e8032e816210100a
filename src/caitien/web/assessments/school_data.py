"""Số liệu of a self-assessment: its tables, the numbers in them, and one number for whoever needs it elsewhere.

A number is typed once, here: the report takes it from `values.to_value`, other pages ask `figures`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from caitien.assessment.findings import Finding
from caitien.assessment.model import TableData
from caitien.assessment.tables_checking import table_findings
from caitien.assessment.tables_filling import Filled, Number, filled
from caitien.assessment.tables_loading import problems_of_own_files, tables_for
from caitien.assessment.tables_model import SchoolTables, Table, TableRow, last_years
from caitien.plan.periods import years_of
from caitien.web.assessments.models import Assessment, SchoolTable
from caitien.web.plans.frameworks import framework


def figures(assessment: Assessment, table: str, row: str) -> dict[str, Number]:
    """The numbers of a row of a table by year, by column: {"2024-2025": 482, …}, oldest first; only those that are known.

    Typed ones and what follows from others (sums, shares). {} for a table or row that the school does not have. One query;
    for many rows of one assessment load `of` once and ask its `figures`.
    """
    return of(assessment).figures(table, row)


@dataclass
class SchoolData:
    """The school data of an assessment, loaded. `form`: its tables, None when no file is about this framework and level."""

    assessment: Assessment
    level: str
    form: SchoolTables | None
    rows: dict[str, SchoolTable] = field(default_factory=dict)

    @property
    def year(self) -> str:
        """The school year, as columns are called."""
        return self.assessment.year.name

    @cached_property
    def data(self) -> list[TableData]:
        """What was typed, as values."""
        return [value_of(row) for row in self.rows.values()]

    @cached_property
    def filled(self) -> Filled | None:
        """Every cell with what follows from others; None without tables."""
        return filled(self.form, self.year, self.data) if self.form else None

    @cached_property
    def findings(self) -> list[Finding]:
        """What is doubtful in the numbers. They warn, they decide nothing."""
        return table_findings(self.form, self.year, self.data) if self.form else []

    def findings_of(self, table: str) -> list[Finding]:
        """Those that speak of a table."""
        return [one for one in self.findings if one.place.table == table]

    def table(self, table_id: str) -> Table | None:
        """The form of a table."""
        return self.form.table(table_id) if self.form else None

    def version(self, table: str) -> int:
        """The version of a table's numbers; 0 when nobody wrote any yet."""
        return self.rows[table].version if table in self.rows else 0

    def figures(self, table: str, row: str) -> dict[str, Number]:
        """As the function of this name."""
        form = self.table(table)
        if form is None or self.filled is None:
            return {}
        values = {column: self.filled.cell(table, row, column).value for column in self.filled.columns(form)}
        return {column: value for column, value in values.items() if value is not None}


def of(assessment: Assessment) -> SchoolData:
    """The school data of an assessment (one query)."""
    level = level_of(assessment)
    year = years_of(assessment.year.name)
    form = tables_for(assessment.framework, level) if year else None
    rows = (
        SchoolTable.objects.for_school(assessment.school_id).filter(assessment=assessment).select_related("changed_by")
    )
    found = {row.table: row for row in rows}
    for row in found.values():
        row.assessment, row.school = assessment, assessment.school
    return SchoolData(assessment, level, form, found)


def level_of(assessment: Assessment) -> str:
    """The school level whose tables are filled in: the one chosen, the school's own, or the only one of the framework."""
    if assessment.tables_level or assessment.school.level:
        return assessment.tables_level or assessment.school.level
    levels = levels_of(assessment)
    return levels[0] if len(levels) == 1 else ""


def levels_of(assessment: Assessment) -> list[str]:
    """The school levels for which there are tables of the assessment's framework."""
    found = framework(assessment.framework)
    return [level for level in (found.school_levels if found else ()) if tables_for(assessment.framework, level)]


def previous(assessment: Assessment) -> tuple[str, list[TableData]]:
    """(the school year before, what its assessment holds); no data when there was none (one query)."""
    if years_of(assessment.year.name) is None:
        return "", []
    before = last_years(assessment.year.name, 2)[0]
    rows = SchoolTable.objects.for_school(assessment.school_id).filter(assessment__year__name=before)
    return before, [value_of(row) for row in rows]


def value_of(row: SchoolTable | None, table: str = "") -> TableData:
    """The numbers of a table (or of a line of its history) as a value; an empty one for None."""
    if row is None:
        return TableData(table=table)
    return TableData(
        table=row.table, cells=row.cells, texts=row.texts, source=row.source or None, as_of=row.as_of or None
    )


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of the cells that somebody has to fill in are filled in."""

    done: int
    wanted: int

    @property
    def is_whole(self) -> bool:
        return self.done == self.wanted

    @property
    def is_empty(self) -> bool:
        return not self.done


def completeness(sheet: Filled, table: Table) -> Completeness:
    """Of a table: cells of rows that are neither computed nor "(nếu có)". Yes-or-no cells are not counted: empty is "no"."""
    columns = sheet.columns(table)
    done = wanted = 0
    for row in table.rows:
        if row.optional or row.kind == "flag" or is_computed(row):
            continue
        for column in columns:
            if _is_sum(table, column):
                continue
            cell = sheet.cell(table.id, row.id, column)
            wanted += 1
            done += cell.value is not None or bool(cell.text)
    return Completeness(done, wanted)


def is_computed(row: TableRow) -> bool:
    """Whether the numbers of a row follow from others in every column."""
    return bool(row.sum_of or row.quotient or (row.same_as and row.same_as.column is None))


def _is_sum(table: Table, column: str) -> bool:
    return any(line.id == column and line.sum_of for line in table.columns)


def own_files_problems() -> list[str]:
    """Slips in own files of tables of this installation, without the folders of the machine."""
    return [_without_folder(str(problem)) for problem in problems_of_own_files()]


def _without_folder(sentence: str) -> str:
    place, mark, rest = sentence.partition(".yaml")
    return place.replace("\\", "/").rsplit("/", 1)[-1] + mark + rest


def number_of(findings: Iterable[Finding], severities: Sequence[str] = ("error", "warning")) -> int:
    """How many of them are of these severities."""
    return sum(one.severity in severities for one in findings)
