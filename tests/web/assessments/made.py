"""Self-assessments of invented schools, for tests of the web."""

from __future__ import annotations

from typing import Any

FRAMEWORK = "tt57-2026-pho-thong"


def assess(school: Any, user: Any = None, *, year: str = "2026-2027", framework: str = FRAMEWORK):
    """The empty self-assessment of a school year, with a row for everything that the framework has."""
    from caitien.standards import load
    from caitien.web.assessments.creating import create
    from caitien.web.schools.models import SchoolYear

    of = SchoolYear.objects.get_or_create(school=school, name=year)[0]
    return create(school, of, load(framework), user)
