"""A new self-assessment: its rows are made at once, one for each standard, criterion and level of the framework."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from caitien.standards.model import Criterion, Framework
from caitien.web.assessments.editing import saved, tell
from caitien.web.assessments.models import (
    Assessment,
    AssessmentEvent,
    CriterionReview,
    LevelReview,
    StandardReview,
)
from caitien.web.schools.models import School, SchoolYear


def create(
    school: School, year: SchoolYear, framework: Framework, user: Any, *, batch: UUID | None = None
) -> Assessment:
    """The self-assessment of a school year, empty. Raises IntegrityError when the year has one (see `of_year`)."""
    with transaction.atomic():
        made = Assessment(school=school, year=year, framework=framework.id, created_by=user)
        saved(made, user, batch=batch)
        tell(made, AssessmentEvent.Kind.CREATED, user)
        complete(made, framework, user)
        return made


def complete(assessment: Assessment, framework: Framework, user: Any) -> None:
    """Makes the rows that the framework asks for and the assessment does not have (it is new, or changed its framework)."""
    school = assessment.school
    standards = set(assessment.standards.for_school(school).values_list("code", flat=True))
    _made(
        StandardReview,
        [
            StandardReview(school=school, assessment=assessment, code=standard.code, position=place)
            for place, standard in enumerate(framework.standards)
            if standard.code not in standards
        ],
        user,
    )
    there = set(assessment.criteria.for_school(school).values_list("code", flat=True))
    reviews, levels = [], []
    for place, (standard, criterion) in enumerate(criteria_in_order(framework)):
        if criterion.code in there:
            continue
        review = CriterionReview(
            school=school, assessment=assessment, code=criterion.code, standard=standard, position=place
        )
        reviews.append(review)
        levels += [
            LevelReview(
                school=school, review=review, framework=framework.id, criterion=criterion.code, level=level.level
            )
            for level in criterion.levels
        ]
    _made(CriterionReview, reviews, user)
    _made(LevelReview, levels, user)


def of_year(school: School, year: SchoolYear) -> Assessment | None:
    """The assessment that a year has."""
    return Assessment.objects.for_school(school).filter(year=year).select_related("year").first()


def criteria_in_order(framework: Framework) -> list[tuple[str, Criterion]]:
    """(code of the standard, criterion), in the order of the framework; items of Level 4 last, of no standard ("")."""
    found = [(standard.code, criterion) for standard in framework.standards for criterion in standard.criteria]
    return [*found, *(("", item) for item in framework.level_items)]


def _made(model: Any, rows: list[Any], user: Any) -> None:
    if rows:
        bulk_create_with_history(rows, model, default_user=user if getattr(user, "pk", None) else None)
