"""Which level would the school have if …? Tried with the engine; nothing is stored."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caitien.errors import FrameworkError
from caitien.web.frameworks import seen, trying
from caitien.web.frameworks.access import signed_in
from caitien.web.frameworks.words import OUTCOMES, level_titles


@require_safe
@signed_in
def try_levels(request: HttpRequest, framework: str) -> HttpResponse:
    """A choice for every criterion; the level, why, and what blocks the next. For htmx the answer alone."""
    found = seen.framework_or_404(framework)
    choice = trying.chosen(found, request.GET)
    context: dict[str, Any] = {"framework": found, "level_names": level_titles(found), **_answer(found, choice)}
    if request.htmx and not request.htmx.history_restore_request:  # type: ignore[attr-defined]
        return render(request, "frameworks/_level.html", context)
    return render(request, "frameworks/try_levels.html", context | {"groups": _questions(found, choice)})


def _answer(framework: Any, choice: dict[str, str]) -> dict[str, Any]:
    from caitien.standards import judge, read_judgements

    try:
        result = judge(framework, read_judgements(framework, trying.judgements(framework, choice)))
    except FrameworkError as error:
        return {"mistake": str(error)}
    titles = level_titles(framework)
    sentences = [c.sentence for c in result.conditions]
    return {
        "result": result,
        "level_title": titles.get(result.level, ""),
        "summary": [reason for reason in result.reasons if reason not in sentences],
        "conditions": [(c, OUTCOMES[c.outcome]) for c in result.conditions],
        "target": titles.get(result.blocking[0].target, "") if result.blocking else "",
        "judged": sum(1 for value in choice.values() if value),
        "total": len(choice),
    }


def _questions(framework: Any, choice: dict[str, str]) -> list[dict[str, Any]]:
    titles = level_titles(framework)
    groups = []
    for group in seen.standards_of(framework):
        rows = []
        for shown in group["criteria"]:
            criterion = framework.criterion(shown["code"])
            rows.append(
                {
                    "criterion": criterion,
                    "name": trying.PREFIX + criterion.code,
                    "value": choice.get(criterion.code, ""),
                    "choices": trying.choices(criterion, titles) if criterion.max_points is None else None,
                }
            )
        groups.append({"code": group["code"], "title": group["title"], "rows": rows})
    return groups
