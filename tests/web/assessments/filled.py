"""An invented self-assessment put into the database, with its evidence verified and in use: for pages and for measuring."""

from __future__ import annotations

from typing import Any

from assessment.invented_assessment import big_assessment
from web.assessments.made import FRAMEWORK, assess


def filled(school: Any, user: Any, *, year: str = "2026-2027", framework: str = FRAMEWORK, value: Any = None):
    """The self-assessment of a year as schools have it at its end: all that `value` says (15 criteria, 140 evidences)."""
    from caitien.standards import load
    from caitien.web.assessments.values import store_words

    value = value or big_assessment(framework)
    assessment = assess(school, user, year=year, framework=framework)
    of = load(framework)
    served = {code for entry in value.evidence for code in entry.criteria}
    for entry in value.evidence:
        prove(school, of, entry.criteria, user, entry.name, verified=entry.state == "verified")
    for review in value.criteria:
        if review.code not in served and any(level.judged == "met" for level in review.levels):
            prove(school, of, [review.code], user, f"Hồ sơ của tiêu chí {review.code}")
    store_words(assessment, value, user)
    return assessment


def prove(school: Any, framework: Any, criteria: list[str], user: Any, name: str, *, verified: bool = True):
    """An evidence in use for criteria."""
    from caitien.web.evidence import services

    row = services.create(school, user, name)
    services.use(row, framework, criteria, user)
    if verified:
        services.take_step(school, row.pk, "verified", user=user)
    return row
