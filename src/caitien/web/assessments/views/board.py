"""Tự đánh giá: bảng mức: what level are we, and what blocks the next?"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from caitien.assessment.judging import judgement_findings, judgements_of
from caitien.web.assessments.board import FILTERS, board_of
from caitien.web.assessments.board_rows import load, mine_test
from caitien.web.assessments.editing import address
from caitien.web.assessments.level_answer import answer_of
from caitien.web.assessments.views.context import assessment_of, framework_of
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability, may
from caitien.web.ui.templatetags.ui import mark

FILTER = "loc"
SAID_ALREADY = ("met-without-text", "met-without-evidence", "met-without-verified")
"""Findings that stand on the board as judgements with nothing behind them."""


def today() -> date:
    """Today in the school's time zone."""
    return timezone.localdate()


@require_safe
@school_view(Capability.VIEW_ASSESSMENT)
def board(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """The level with reasons, what blocks the next, and every criterion."""
    found = assessment_of(request, assessment)
    framework = framework_of(found)
    loaded = load(found, framework, today())
    shown = board_of(
        framework,
        loaded.rows.criteria,
        loaded.proofs,
        today(),
        standards=loaded.rows.standards,
        weaknesses=loaded.weaknesses,
        is_mine=mine_test(found, request.user),
    )
    rows = {row.code: row for row in shown.rows}
    steps = lambda code, level: rows[code].steps_to(level) if code in rows else ()  # noqa: E731
    answer = answer_of(framework, judgements_of(loaded.value, framework), steps)
    proven = answer_of(framework, judgements_of(loaded.value, framework, proven_only=True, on=today()))
    chosen = request.GET.get(FILTER, "")
    chosen = chosen if chosen in FILTERS else ""
    role = request.membership.role
    return render(
        request,
        "assessments/board.html",
        {
            "assessment": found,
            "framework": framework,
            "board": shown,
            "bands": shown.filtered(chosen),
            "chips": _chips(shown.counts, chosen),
            "answer": answer,
            "proven": proven,
            "bare": [
                (row, [cell.title for cell in row.cells if cell.bare])
                for row in shown.rows
                if any(c.bare for c in row.cells)
            ],
            "findings": [
                one for one in judgement_findings(loaded.value, framework, today()) if one.rule not in SAID_ALREADY
            ],
            "waiting": shown.counts["da-nop"] if may(role, Capability.LEAD_ASSESSMENT) else 0,
            "returned_to_me": [row for row in shown.rows if row.mine and row.state == "returned"],
            "try_url": address(found, "try_levels"),
            "mandatory_mark": mark(_("bắt buộc"), "primary", "lock"),
            "bare_mark": mark(_("chưa đủ căn cứ"), "warning", "warning"),
        },
    )


def _chips(counts: Any, chosen: str) -> list[dict[str, Any]]:
    return [
        {
            "label": words,
            "count": counts[name],
            "url": "?#bang" if name == chosen else f"?{FILTER}={name}#bang",
            "active": name == chosen,
            "tone": tone if counts[name] else "",
            "icon": drawing,
        }
        for name, (words, tone, drawing, _test) in FILTERS.items()
    ]
