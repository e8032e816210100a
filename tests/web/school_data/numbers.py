"""Numbers of an invented school, and short ways to write and read them."""

from __future__ import annotations

import json
from typing import Any

from django.urls import reverse

from caitien.assessment.model import TableData
from caitien.web.assessments.models import SchoolTable

OLD, LAST, NOW = "2024-2025", "2025-2026", "2026-2027"
GRADES = ("grade-6", "grade-7", "grade-8", "grade-9")


def classes(**rows: dict[str, int]) -> TableData:
    """The table of classes: classes(grade_6={NOW: 4})."""
    return TableData(table="classes", cells={row.replace("_", "-"): dict(cells) for row, cells in rows.items()})


def address(assessment: Any, name: str = "data_table", **more: Any) -> str:
    """The address of a page of school data."""
    kwargs = {"school": assessment.school.slug, "assessment": assessment.pk, **more}
    return reverse(f"assessments:{name}", kwargs=kwargs)


def cell(row: str, column: str, words: str, version: int = 0, **more: Any) -> dict[str, Any]:
    """A cell as the script sends it."""
    return {"action": "classes", "field": f"{row}/{column}", "words": words, "version": version, **more}


def send(browser: Any, assessment: Any, *cells: dict[str, Any], table: str = "classes") -> Any:
    """What the server answers to cells."""
    response = browser.post(
        address(assessment, "data_cells", table=table),
        json.dumps({"cells": cells}),
        content_type="application/json",
        headers={"Accept": "application/json"},
    )
    assert response.status_code == 200, response.content.decode()
    return response.json()


def stored(assessment: Any, table: str = "classes") -> dict[str, Any]:
    """The typed numbers of a table as they lie in the database."""
    row = SchoolTable.objects.for_school(assessment.school).filter(assessment=assessment, table=table).first()
    return row.cells if row else {}
