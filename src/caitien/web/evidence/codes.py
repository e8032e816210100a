"""Codes of evidence: given by the system, one for life, never twice; codes of old lists are kept beside it."""

from __future__ import annotations

import re
from typing import Any

from django.utils import timezone

from caitien.assessment.evidence_codes import next_code
from caitien.standards.model import Framework
from caitien.web.evidence.models import Evidence, EvidenceCode
from caitien.web.schools.models import School

GIVEN = ""
"""The series of codes that the system gives."""
LAST = "zzzz"
"""Where evidence without a code stands: after all that have one, whatever the collation (a sign is passed over by some)."""


def order_of(code: str) -> str:
    """A text that sorts as the code does: "MC.1.3.05" before "MC.1.3.12", nothing after everything."""
    if not code:
        return LAST
    return re.sub(r"\d+", lambda found: found[0].lstrip("0").rjust(5, "0")[:12], code.strip("[]"))[:60]


def give_code(evidence: Evidence, framework: Framework, criterion: str, user: Any) -> str:
    """Gives an evidence its code for life, after its first criterion; one that has a code keeps it.

    Within a transaction; the school is held meanwhile, so that two people are never given the same number. The caller
    saves the evidence. A criterion that no code can name gives none.
    """
    if evidence.code:
        return evidence.code
    School.objects.select_for_update(no_key=True).only("pk").get(pk=evidence.school_id)
    ledger = EvidenceCode.objects.for_school(evidence.school_id).filter(series=GIVEN, code__contains=criterion)
    try:
        code = next_code(criterion, ledger.values_list("code", flat=True), framework.evidence, box=evidence.box or None)
    except ValueError:
        return ""
    EvidenceCode.objects.create(school=evidence.school, code=code, evidence=evidence, given_by=user)
    evidence.code, evidence.code_order = code, order_of(code)
    return code


def keep_old_code(evidence: Evidence, code: str, series: str, user: Any) -> EvidenceCode | None:
    """Keeps a code that the evidence had in an old list (`series`: "2024-2025"). None when it is another's in that list."""
    row, made = EvidenceCode.objects.get_or_create(
        school=evidence.school,
        series=series,
        code=code.strip(),
        defaults={"evidence": evidence, "given_by": user, "given_at": timezone.now()},
    )
    return row if made or row.evidence_id == evidence.pk else None
