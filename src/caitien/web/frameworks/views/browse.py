"""Which frameworks are there, which applies, what does one ask, what does one criterion ask?"""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from caitien.web.frameworks import seen
from caitien.web.frameworks.access import may_administer, signed_in
from caitien.web.frameworks.attached import attached
from caitien.web.frameworks.words import MARKS


@require_safe
@signed_in
def frameworks(request: HttpRequest) -> HttpResponse:
    """Every framework; the first line says which one applies, to the reader's school today or to what was asked."""
    from caitien.standards import available, refused

    today = timezone.localdate()
    rows = [
        {
            "info": info,
            "levels": seen.level_names(info.school_levels),
            "counts": list(info.level_counts.items()),
            "now": info.validity.covers(today),
            "mark": MARKS[info.mark],
        }
        for info in available()
    ]
    context = {"rows": rows, "levels": seen.LEVELS, **_which(request)}
    if may_administer(request.user):
        context |= {"refused": refused(), "may_install": True}
    return render(request, "frameworks/_which.html" if request.htmx else "frameworks/list.html", context)  # type: ignore[attr-defined]


def _which(request: HttpRequest) -> dict[str, Any]:
    """The answer to "which framework applies to this school level on this day"."""
    from caitien.standards import framework_on, load

    level = request.GET.get("cap") or _school_level(request)
    text = request.GET.get("ngay", "")
    day = seen.read_day(text) if text else timezone.localdate()
    context: dict[str, Any] = {"level": level, "day": day, "day_text": text, "asked": "cap" in request.GET}
    if day is None:
        context["mistake"] = _("Chưa hiểu ngày “%(text)s”. Hãy ghi như 15/10/2025.") % {"text": text[:40]}
    elif level in seen.LEVELS:
        found = framework_on(level, day)
        context |= {"level_name": seen.LEVELS[level], "answer": load(found) if found else None}
    elif level:
        context["mistake"] = _("Hãy chọn một cấp học trong danh sách.")
    return context


def _school_level(request: HttpRequest) -> str:
    school = getattr(request, "school", None)
    return school.level if school else ""


@require_safe
@signed_in
def framework(request: HttpRequest, framework: str) -> HttpResponse:
    """One framework: what it asks, how levels come about, how sure we are."""
    found = seen.framework_or_404(framework)
    context = {
        "framework": found,
        "groups": seen.standards_of(found),
        "levels": seen.levels_of(found),
        "school_levels": seen.level_names(found.school_levels),
        "mandatory": len(found.group("mandatory")),
        "requirements": sum(1 for code in found.codes if (c := found.criterion(code)) for _r in c.requirements),
        "confidence": seen.confidence_of(found),
        "official": attached(found.id),
        "may_attach": may_administer(request.user),
        "formats": ("docx", "pdf", "xlsx"),
    }
    return render(request, "frameworks/framework.html", context)


@require_safe
@signed_in
def framework_json(request: HttpRequest, framework: str) -> HttpResponse:
    """The framework as JSON, as `caitien standards show --format json` prints it."""
    found = seen.framework_or_404(framework)
    return HttpResponse(json.dumps(found.to_dict(), ensure_ascii=False), content_type="application/json; charset=utf-8")


@require_safe
@signed_in
def criterion(request: HttpRequest, framework: str, code: str) -> HttpResponse:
    """One criterion: its levels, evidence, figures, source, and what corresponds to it in other versions."""
    found = seen.framework_or_404(framework)
    one = found.criterion(code)
    if one is None:
        raise Http404
    official = attached(found.id)
    before, after = seen.neighbours(found, code)
    mark = one.mark or found.mark_of("requirements")
    context = {
        "framework": found,
        "criterion": one,
        "standard": found.standard(code),
        "levels": seen.criterion_levels(found, one, official),
        "official": official,
        "official_title": official.criteria[code].title if official and code in official.criteria else "",
        "before": before,
        "after": after,
        "mark": MARKS[mark] if mark else None,
        "conflicts": seen.conflicts_about(found, code),
        "counterparts": seen.counterparts(found, code, _school_level(request)),
        "figures_rule": found.rules.figures,
    }
    return render(request, "frameworks/criterion.html", context)
