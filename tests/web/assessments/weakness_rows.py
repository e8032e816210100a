"""A weakness of an invented self-assessment, for tests that walk every address."""

from __future__ import annotations

from typing import Any


def weakness_of(school: Any, assessment_key: Any) -> dict[str, Any]:
    """URL parameter -> key of a weakness of the assessment's first standard."""
    from caitien.web.assessments import weaknesses
    from caitien.web.assessments.models import Assessment

    assessment = Assessment.objects.get(pk=assessment_key)
    row = weaknesses.create(assessment, user=None, text="Dữ liệu chưa khớp", standard="1", criteria=["1.3"])
    return {"weakness": row.pk}
