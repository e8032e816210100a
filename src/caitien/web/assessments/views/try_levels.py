"""Thử mức: which level would the school have if …? It begins with the judgements as they are; nothing is stored."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caitien.assessment.judging import judgements_of
from caitien.standards import read_judgements
from caitien.standards.problems import JudgementError
from caitien.web.assessments import trying
from caitien.web.assessments.creating import criteria_in_order
from caitien.web.assessments.level_answer import Answer, answer_of
from caitien.web.assessments.values import rows_of, to_value
from caitien.web.assessments.views.context import assessment_of, framework_of
from caitien.web.frameworks.trying import PREFIX, choices, judgements
from caitien.web.frameworks.words import level_titles
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability


@require_safe
@school_view(Capability.VIEW_ASSESSMENT)
def try_levels(request: SchoolRequest, assessment: UUID) -> HttpResponse:
    """A choice for every criterion; the level, why, and what blocks the next. For htmx the answer alone."""
    found = assessment_of(request, assessment)
    framework = framework_of(found)
    value = to_value(found, rows_of(found, all_parts=False), evidence=False)
    now = answer_of(framework, judgements_of(value, framework))
    as_now = trying.as_they_are(now.result) if now.result is not None else {}
    tried = trying.tried(framework, as_now, request.GET)
    try:
        answer = answer_of(framework, read_judgements(framework, judgements(framework, tried)))
    except JudgementError as error:
        answer = Answer(mistake=str(error))
    changed = [code for code, choice in tried.items() if choice != as_now.get(code, "")]
    context: dict[str, Any] = {
        "assessment": found, "framework": framework, "level_names": level_titles(framework),
        "now": now, "answer": answer, "changed": changed,
    }  # fmt: skip
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "assessments/_tried.html", context)
    return render(request, "assessments/try_levels.html", context | {"groups": _groups(framework, tried, as_now)})


def _groups(framework: Any, tried: dict[str, str], as_now: dict[str, str]) -> list[dict[str, Any]]:
    """The questions of the form, by standard."""
    titles = level_titles(framework)
    standards = {standard.code: standard.title for standard in framework.standards}
    groups: dict[str, dict[str, Any]] = {}
    for code, criterion in criteria_in_order(framework):
        group = groups.setdefault(code, {"code": code, "title": standards.get(code, ""), "rows": []})
        known = choices(criterion, titles) if criterion.max_points is None else None
        group["rows"].append(
            {
                "criterion": criterion,
                "name": PREFIX + criterion.code,
                "value": tried.get(criterion.code, ""),
                "now": dict(known or []).get(as_now.get(criterion.code, ""), ""),
                "changed": tried.get(criterion.code, "") != as_now.get(criterion.code, ""),
                "choices": known,
            }
        )
    return list(groups.values())
