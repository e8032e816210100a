"""What the page of a criterion and its fragments are drawn from."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from caitien.web.assessments.earlier import earlier_of
from caitien.web.assessments.editing import address
from caitien.web.assessments.models import AssessmentEvent, ReviewComment
from caitien.web.assessments.sheet import Sheet, sheet_of
from caitien.web.assessments.states import FORWARD, MARKS, line_of, steps_for
from caitien.web.assessments.views.context import assessment_of, framework_of
from caitien.web.frameworks.attached import attached
from caitien.web.frameworks.seen import criterion_levels, neighbours
from caitien.web.schools.guard import SchoolRequest
from caitien.web.schools.roles import Capability, may

MOST_COMMENTS = 100
MOST_EVENTS = 30


def sheet_for(request: SchoolRequest, assessment: UUID, code: str) -> Sheet:
    """The sheet of the address (four queries). Http404 when it is not ours."""
    found = assessment_of(request, assessment)
    return sheet_of(found, framework_of(found), code, timezone.localdate())


def to_sheet(sheet: Sheet, anchor: str = "") -> str:
    """The address of the sheet's page."""
    return address(sheet.assessment, "criterion", code=sheet.review.code) + anchor


def part_context(request: SchoolRequest, sheet: Sheet) -> dict[str, Any]:
    """What every fragment of the page knows."""
    role = request.membership.role
    is_open = sheet.is_open
    return {
        "assessment": sheet.assessment,
        "framework": sheet.framework,
        "criterion": sheet.about,
        "review": sheet.review,
        "sheet": sheet,
        "verify_url": address(sheet.assessment, "criterion_verify", code=sheet.review.code),
        "use_url": address(sheet.assessment, "criterion_evidence", code=sheet.review.code),
        "evidence_at": reverse("evidence:list", args=[request.school.slug]),  # + key + "/": a page an evidence
        "code_begins": (re.search(r"[A-Z]+\d?", sheet.framework.evidence.example) or [""])[0],  # "MC", "H1"
        "state_mark": (sheet.review.get_state_display(), *MARKS[sheet.review.state]),
        "may_write": is_open and may(role, Capability.WRITE_ASSESSMENT),
        "may_lead": may(role, Capability.LEAD_ASSESSMENT) and sheet.assessment.state == "working",
        "may_use": may(role, Capability.EDIT_EVIDENCE),
        "may_send": may(role, Capability.SUBMIT_EVIDENCE),
        "may_verify": may(role, Capability.VERIFY_EVIDENCE),
        "may_comment": may(role, Capability.COMMENT),
    }


def comments_of(sheet: Sheet) -> list[ReviewComment]:
    """What was said of the sheet, oldest first (one query)."""
    rows = ReviewComment.objects.for_school(sheet.assessment.school).filter(review=sheet.review)
    return list(rows.select_related("author").order_by("-created_at", "-id")[:MOST_COMMENTS])[::-1]


def page_context(request: SchoolRequest, sheet: Sheet, **more: Any) -> dict[str, Any]:
    """For assessments/criterion.html. `more`: what was typed and refused, and why."""
    official = attached(sheet.framework.id)
    asked = criterion_levels(sheet.framework, sheet.about, official)
    before, after = neighbours(sheet.framework, sheet.review.code)
    events = list(
        AssessmentEvent.objects.for_school(request.school)
        .filter(review=sheet.review)
        .select_related("by")
        .order_by("-at", "-id")[:MOST_EVENTS]
    )
    role = request.membership.role
    judged = {one["code"]: one for one in sheet.review.requirements}
    for level in asked:
        for requirement in level["requirements"]:
            requirement["said"] = judged.get(requirement["code"], {})
    rejected = more.pop("rejected", {})
    return {
        **part_context(request, sheet),
        "asked": asked,
        "levels": [
            {"asks": asks, "shown": shown, "cited": sheet.citing.levels[shown.row.level], **rejected.get(shown.row.level, {})}
            for asks, shown in zip(asked, sheet.shown, strict=True)
        ],
        "official": official,
        "standard": sheet.framework.standard(sheet.review.code),
        "before": before,
        "after": after,
        "line": line_of(sheet.review.state),
        "steps": [
            {"step": step, "forward": step.kind in FORWARD, "url": address(sheet.assessment, f"criterion_{step.kind}", code=sheet.review.code)}
            for step in sorted(
                steps_for(sheet.review.state, role, sheet.assessment.state), key=lambda step: step.kind not in FORWARD
            )  # the way on stands first
        ],
        "events": events,
        "returned": next((one for one in events if one.kind == "returned"), None)
        if sheet.review.state == "returned"
        else None,
        "comments": comments_of(sheet),
        "earlier": earlier_of(sheet.assessment, sheet.framework, sheet.about),
        **more,
    }  # fmt: skip


PARTS = {
    "dong-dau": "assessments/_criterion_lead.html",
    "minh-chung-dung": "assessments/_criterion_evidence.html",
    "con-hoi": "assessments/_criterion_questions.html",
}
"""Fragments of the page that follow from what is written: id -> template. Those of a level: `_criterion_cited.html`."""


def parts_of(request: SchoolRequest, sheet: Sheet, swapped: str = "", **more: Any) -> dict[str, str]:
    """The fragments as they are now: id -> HTML. `swapped`: the one that an htmx request puts in place itself; the others
    then find their places by their ids."""
    context = part_context(request, sheet) | more
    found = {
        name: render_to_string(template, {**context, "oob": bool(swapped) and name != swapped}, request=request)
        for name, template in PARTS.items()
    }
    for shown in sheet.shown:
        level = {
            **context,
            "level": {"shown": shown, "cited": sheet.citing.levels[shown.row.level]},
            "oob": bool(swapped),
        }
        found[f"vien-dan-{shown.row.level}"] = render_to_string(
            "assessments/_criterion_cited.html", level, request=request
        )
        found[f"con-thieu-{shown.row.level}"] = render_to_string(
            "assessments/_criterion_lacks.html", level, request=request
        )
    return found
