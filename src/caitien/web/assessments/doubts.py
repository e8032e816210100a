"""What is doubtful in a self-assessment before it goes on paper, each with the page on which it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from caitien.assessment.checking import PARTS, check_assessment
from caitien.assessment.findings import SEVERITIES, Finding, counted
from caitien.assessment.model import SelfAssessment
from caitien.standards.model import Framework
from caitien.web.assessments.editing import address
from caitien.web.assessments.models import Assessment

SHOWN = 15
"""So many are shown at once; how many there are in all is said."""


@dataclass(frozen=True, slots=True)
class Doubt:
    finding: Finding
    part: str
    url: str

    @property
    def severity(self) -> str:
        return self.finding.severity

    @property
    def message(self) -> str:
        return self.finding.message


@dataclass(frozen=True, slots=True)
class Doubts:
    """`shown`: the gravest; `counts`: of every severity; `total`."""

    shown: list[Doubt]
    counts: dict[str, int]
    total: int


def doubts_of(assessment: Assessment, value: SelfAssessment, framework: Framework, today: date) -> Doubts:
    """The findings of the library with links, the gravest first. No query."""
    found = check_assessment(value, framework, today)
    every = [Doubt(one, PARTS[part], place_url(assessment, one)) for part, ones in found.items() for one in ones]
    every.sort(key=lambda one: SEVERITIES.index(one.severity))  # type: ignore[arg-type]
    return Doubts(every[:SHOWN], counted(one.finding for one in every), len(every))


def place_url(assessment: Assessment, finding: Finding) -> str:
    """The page on which a finding is mended; "" when this version has none."""
    place = finding.place
    try:
        if place.field == "council":
            return address(assessment, "council")
        if place.table or finding.rule.startswith("no-table") or finding.rule.startswith("no-school"):
            return address(assessment, "data")
        if place.criterion:
            return address(assessment, "criterion", code=place.criterion)
        if place.standard:
            return address(assessment, "standard", code=place.standard)
        if place.code or place.evidence is not None:
            query = f"?{urlencode({'tim': place.code})}" if place.code else ""
            return reverse("evidence:list", args=[assessment.school.slug]) + query
        return address(assessment, "report")
    except NoReverseMatch:
        return ""
