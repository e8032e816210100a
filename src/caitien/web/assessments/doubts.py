"""What is doubtful in a self-assessment before it goes on paper, each with the page on which it is mended."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from caitien.assessment.checking import check_assessment
from caitien.assessment.findings import SEVERITIES, Finding, counted
from caitien.assessment.model import SelfAssessment
from caitien.standards.model import Framework
from caitien.web.assessments.editing import address
from caitien.web.assessments.models import Assessment

SHOWN = 12
"""So many are shown at once; how many there are in all is said."""
OF_A_KIND = 3
"""Of one kind no more: "criterion … has no evidence" fifteen times says it once."""


@dataclass(frozen=True, slots=True)
class Doubt:
    finding: Finding
    url: str
    more: int = 0  # of the same kind that are not shown

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
    every = sorted(
        (one for ones in found.values() for one in ones),
        key=lambda one: SEVERITIES.index(one.severity),
    )
    kinds = Counter(one.rule for one in every)
    seen: Counter[str] = Counter()
    shown = []
    for one in every:
        seen[one.rule] += 1
        if seen[one.rule] <= OF_A_KIND and len(shown) < SHOWN:
            more = kinds[one.rule] - OF_A_KIND if seen[one.rule] == OF_A_KIND else 0
            shown.append(Doubt(one, place_url(assessment, one), max(0, more)))
    return Doubts(shown, counted(every), len(every))


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
