"""Soát lỗi of a self-assessment: what is doubtful in council, judgements, evidence and school data, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from caitien.assessment.checking import check_assessment
from caitien.assessment.findings import SEVERITIES, Finding, counted
from caitien.web.assessments.values import cited_codes, entries, evidence_of, rows_of, to_value
from caitien.web.assessments.views.board import today
from caitien.web.assessments.views.context import assessment_of, framework_of
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability

PARTS: dict[str, Any] = {
    "council": _("Hội đồng"),
    "judgements": _("Nhận định"),
    "evidence": _("Minh chứng"),
    "tables": pgettext_lazy("tự đánh giá", "Số liệu"),
}
MOST = 60  # of a part and kind; a school with ten thousand evidences has as many that nobody cites yet


@require_safe
@school_view(Capability.VIEW_ASSESSMENT)
def findings(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """Every finding, by part, the gravest first; each leads to the place where it is mended."""
    found = assessment_of(request, assessment)
    framework = framework_of(found)
    value = to_value(found, rows_of(found), evidence=False)
    evidence = evidence_of(found, framework, cited_codes(value, framework))
    value.evidence = entries(evidence, framework)
    checked = check_assessment(value, framework, today())
    counts = counted(one for part in checked.values() for one, _more in _grouped(part))
    parts = []
    for part, own in checked.items():
        grave = _grouped([one for one in own if one.severity != "hint"])
        hints = _grouped([one for one in own if one.severity == "hint"])
        parts.append(
            {
                "id": part,
                "title": PARTS[part],
                "grave": [_placed(request, found, one, evidence) | {"more": more} for one, more in grave[:MOST]],
                "grave_left": max(0, len(grave) - MOST),
                "hints": [_placed(request, found, one, evidence) | {"more": more} for one, more in hints[:MOST]],
                "hint_count": len(hints),
            }
        )
    context = {"assessment": found, "parts": parts, "counts": [(one, counts[one]) for one in SEVERITIES]}
    return render(request, "assessments/findings.html", {**context, "total": sum(counts.values())})


def _grouped(findings: Sequence[Finding]) -> list[tuple[Finding, int]]:
    """The same fault of the same code stands once, where it is met first, with how many places more there are."""
    groups: dict[tuple[Any, ...], list[Finding]] = {}
    for one in findings:
        key = (one.rule, one.place.code) if one.place.code else (one.rule, one.message)
        groups.setdefault(key, []).append(one)
    return [(own[0], len(own) - 1) for own in groups.values()]


def _placed(request: SchoolRequest, assessment: Any, finding: Finding, evidence: Sequence[Any]) -> dict[str, Any]:
    """A finding with the address of its place ("" when there is none)."""
    place, school = finding.place, request.school.slug
    name, kwargs, anchor = "", {"school": school, "assessment": assessment.pk}, ""
    if place.criterion:
        name, anchor = "assessments:criterion", f"#muc-{place.level}" if place.level else ""
        kwargs["code"] = place.criterion
    elif place.standard:
        name = "assessments:standard"
        kwargs["code"] = place.standard
    elif place.evidence is not None and place.evidence < len(evidence):
        name, kwargs = "evidence:evidence", {"school": school, "evidence": evidence[place.evidence].pk}
    elif place.table:
        name = "assessments:data_table"
        kwargs["table"] = place.table
    elif place.field == "council":
        name = "assessments:council"
    elif place.field == "conclusion" or (place.field or "").startswith("conclusion"):
        name = "assessments:report"
    try:
        url = reverse(name, kwargs=kwargs) + anchor if name else ""
    except NoReverseMatch:
        url = ""
    return {"severity": finding.severity, "message": finding.message, "quote": finding.quote, "url": url}
