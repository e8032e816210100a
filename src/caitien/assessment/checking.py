"""A self-assessment -> everything that is doubtful in it: council, judgements, evidence, school data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from caitien.assessment.council import conditions
from caitien.assessment.evidence_health import evidence_findings
from caitien.assessment.findings import SEVERITIES, Finding, Place
from caitien.assessment.judging import judgement_findings
from caitien.assessment.model import SelfAssessment
from caitien.assessment.tables_checking import table_findings
from caitien.assessment.tables_loading import tables_for
from caitien.plan.periods import years_of
from caitien.standards.model import Framework

PARTS = {"council": "Hội đồng", "judgements": "Nhận định", "evidence": "Minh chứng", "tables": "Số liệu"}
Findings = dict[str, list[Finding]]


def check_assessment(
    assessment: SelfAssessment, framework: Framework, on: date, folders: Sequence[Path] | None = None
) -> Findings:
    """Findings by part ("council", "judgements", "evidence", "tables"), the gravest first, else as in the report.

    `on`: the day on which evidence has to hold. `folders`: of own files of tables (None: the installation's). Numbers decide nothing.
    """
    found: Findings = {
        "council": council_findings(assessment, framework),
        "judgements": judgement_findings(assessment, framework, on),
        "evidence": evidence_findings(assessment, framework, on),
        "tables": _tables(assessment, framework, folders),
    }
    for findings in found.values():
        findings.sort(key=lambda one: SEVERITIES.index(one.severity))
    return found


def council_findings(assessment: SelfAssessment, framework: Framework) -> list[Finding]:
    """The conditions on the council that do not hold: an error where a circular asks, a warning where we do.

    A criterion whose sheet names who writes it needs no group.
    """
    named = {one.code for one in assessment.criteria if any(name.strip() for name in one.writers)}
    unwritten = [code for code in framework.codes if code not in named]
    return [
        Finding(
            f"council-{one.id.replace('_', '-')}",
            "error" if one.confidence else "warning",
            f"{one.fault} ({one.source}.)" if one.confidence else one.fault,
            Place(field="council"),
        )
        for one in conditions(assessment.council, framework.id, unwritten)
        if one.fault
    ]


def _tables(assessment: SelfAssessment, framework: Framework, folders: Sequence[Path] | None) -> list[Finding]:
    year = years_of(assessment.school_year)
    if year is None:
        said = "Chưa ghi năm học (như 2025-2026) nên chưa soát được bảng số liệu."
        return [Finding("no-school-year", "error", said, Place(field="school_year"))]
    level = assessment.tables_level or assessment.school.level
    levels: Sequence[str] = [level] if level else framework.school_levels
    if len(levels) > 1:
        said = "Chưa ghi cấp học của trường nên chưa biết dùng bảng số liệu nào."
        return [Finding("no-school-level", "warning", said, Place(field="school.level"))]
    tables = tables_for(framework.id, levels[0], folders)
    if tables is None:
        said = f"Chưa có bảng số liệu cho khung {framework.id} ở cấp học này."
        return [Finding("no-tables", "hint", said)]
    return table_findings(tables, f"{year[0]}-{year[1]}", assessment.tables)
