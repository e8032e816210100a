"""The health of evidence: one page, ten questions, each with the step that answers it."""

from __future__ import annotations

from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from caitien.assessment.evidence_health import citations
from caitien.web.assessments.values import rows_of, to_value
from caitien.web.evidence.criteria import Current, current
from caitien.web.evidence.health import Light, Section, sections
from caitien.web.evidence.models import Attachment, Evidence, EvidenceCode, EvidenceUse
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.models import School
from caitien.web.schools.roles import Capability, may


@require_safe
@school_view(Capability.VIEW_EVIDENCE)
def health(request: SchoolRequest) -> HttpResponse:
    """The sections with something in them, the grave ones first; then what is well."""
    now, role = current(request.school), request.membership.role
    found = sections_of(request.school, now)
    context = {
        "now": now,
        "unwell": [one for one in found if one.count],
        "well": [one for one in found if not one.count],
        "grave": [one for one in found if one.count and one.grave],
        "total": sum(one.count for one in found),
        "may_edit": may(role, Capability.EDIT_EVIDENCE),
        "may_submit": may(role, Capability.SUBMIT_EVIDENCE),
    }
    return render(request, "evidence/health.html", context)


def sections_of(school: School, now: Current) -> list[Section]:
    """What `health.sections` says of the evidence as it is now (eight queries, however much there is)."""
    present = Evidence.objects.for_school(school).order_by("name_order", "id")
    columns = (_text("pk"), "code", "name", "number", "date", "state", "valid_until", "place")
    rows = [Light._make(one) for one in present.values_list(*columns)]
    uses = EvidenceUse.objects.filter(school=school, framework=now.id, evidence__removed_at=None)
    uses = uses.exclude(state=EvidenceUse.State.DECLINED)
    files = Attachment.objects.filter(school=school, superseded_at=None)
    more: dict[str, Any] = {"value": None, "old_codes": {}, "cited": frozenset()}
    if now.assessment is not None and now.framework is not None:
        value = to_value(now.assessment, rows_of(now.assessment, all_parts=False), evidence=False)
        said = citations(value, now.framework.evidence)
        more = {"value": value, "cited": frozenset(one.code for one in said.citations)}
        more["old_codes"] = _old_codes(school, more["cited"] | {words for _place, words in said.doubtful})
    return sections(
        rows,
        list(uses.order_by("criterion").values_list(_text("evidence_id"), "criterion", "state")),
        list(files.order_by().values_list(_text("evidence_id"), _text("file_id"), "reach")),
        framework=now.framework,
        today=timezone.localdate(),
        **more,
    )


def _text(column: str) -> Cast:
    """A key as the database writes it: forty thousand UUIDs take a tenth of a second to make."""
    return Cast(column, TextField())


def _old_codes(school: School, words: Any) -> dict[Any, list[str]]:
    """Codes of the ledger that texts cite and that are not the code of their evidence now (one query)."""
    forms = {form for one in words for form in (one, one.strip("[]"), f"[{one.strip('[]')}]")}
    found: dict[Any, list[str]] = {}
    ledger = EvidenceCode.objects.for_school(school).filter(code__in=forms).exclude(evidence=None)
    for key, code, now in ledger.values_list(_text("evidence_id"), "code", "evidence__code"):
        if code != now:
            found.setdefault(key, []).append(code)
    return found
