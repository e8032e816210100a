"""Every text of a self-assessment in which evidence is cited, with the place it stands at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from caitien.assessment.findings import Place
from caitien.assessment.model import SelfAssessment, Weakness


def texts_of(assessment: SelfAssessment) -> Iterator[tuple[Place, str]]:
    """(place, text) of each text that is not empty, in the order of the report."""
    for review in assessment.criteria:
        here = Place(criterion=review.code)
        for level in review.levels:
            yield from _one(replace(here, level=level.level), "description", level.description)
        for requirement in review.requirements:
            yield from _one(here, f"requirements[{requirement.code}].note", requirement.note)
        yield from _many(here, "strengths", review.strengths)
        yield from _weaknesses(here, review.weaknesses)
        yield from _one(here, "improvement", review.improvement)
    for standard in assessment.standards:
        here = Place(standard=standard.code)
        yield from _one(here, "opening", standard.opening)
        yield from _many(here, "strengths", standard.strengths)
        yield from _weaknesses(here, standard.weaknesses)
        yield from _one(here, "trend", standard.trend)
        yield from _many(here, "priorities", standard.priorities)
        yield from _one(here, "conclusion", standard.conclusion)
    here = Place()
    yield from _one(here, "conclusion.summary", assessment.conclusion.summary)
    for name in ("to_department", "to_commune", "to_others"):
        yield from _many(here, f"conclusion.{name}", getattr(assessment.conclusion, name))


def place_words(place: Place) -> str:
    """A place as people say it: "Tiêu chí 1.3, Mức 2"."""
    if place.criterion:
        return f"Tiêu chí {place.criterion}" + (f", Mức {place.level}" if place.level is not None else "")
    return f"Tiêu chuẩn {place.standard}" if place.standard else "Phần kết luận"


def _one(place: Place, field: str, text: str | None) -> Iterator[tuple[Place, str]]:
    if text and text.strip():
        yield replace(place, field=field), text


def _many(place: Place, field: str, texts: Sequence[str]) -> Iterator[tuple[Place, str]]:
    for n, text in enumerate(texts):
        yield from _one(place, f"{field}[{n}]", text)


def _weaknesses(place: Place, weaknesses: Sequence[Weakness]) -> Iterator[tuple[Place, str]]:
    for n, weakness in enumerate(weaknesses):
        yield from _one(place, f"weaknesses[{n}].text", weakness.text)
        yield from _one(place, f"weaknesses[{n}].cause", weakness.cause)
