"""Đánh giá chung of a standard: what is strong, what is weak and why, where it is going, what comes first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import OperationalError, transaction
from django.db.models import Prefetch
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caitien.assessment.evidence_codes import citation
from caitien.web.assessments.board import JUDGED, STATES
from caitien.web.assessments.editing import Locked, address, new_batch, permitted
from caitien.web.assessments.models import CriterionReview, LevelReview, Weakness
from caitien.web.assessments.offering import offered
from caitien.web.assessments.standard_sheet import (
    FIELDS,
    as_typed,
    cited_texts,
    earlier_of,
    fields_of,
    review_of,
    standard_of,
    three_years,
)
from caitien.web.assessments.views.autosaved import clash_said, json_answer, saved_said
from caitien.web.assessments.views.autosaved import read_sent as read_cells
from caitien.web.assessments.views.context import assessment_of, framework_of
from caitien.web.assessments.views.weaknesses import JUST_REMOVED
from caitien.web.assessments.words import READ, NotKept, keep
from caitien.web.frameworks.words import level_titles
from caitien.web.no_room import trouble_of
from caitien.web.plans.views.two_texts import BOTH, THEIRS, TwoTexts
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability, may
from caitien.web.sent import whole

NAMES = {field.name: field for field in FIELDS}


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.VIEW_ASSESSMENT, post=Capability.WRITE_ASSESSMENT)
def standard(request: SchoolRequest, assessment: UUID, code: str) -> HttpResponse:
    """The page; POST: its texts, sent by the form."""
    found = assessment_of(request, assessment)
    framework = framework_of(found)
    about = standard_of(framework, code)
    row = review_of(found, about)
    if request.method == "POST":
        return _sent(request, found, framework, about, row)
    return _page(request, found, framework, about, row)


def _page(
    request: SchoolRequest,
    found: Any,
    framework: Any,
    about: Any,
    row: Any,
    *,
    status: int = 200,
    typed: dict[str, str] | None = None,
    problem: str = "",
) -> HttpResponse:
    role = request.membership.role
    may_write = may(role, Capability.WRITE_ASSESSMENT) and found.state == "working"
    everything = list(
        Weakness.everything.for_school(request.school).filter(assessment=found, standard=about.code, criterion="")
    )
    for one in everything:
        one.assessment = found
    fields = fields_of(framework, row)
    texts = [as_typed(getattr(row, field.name)) for field in fields]
    cited = cited_texts(texts, request.school, framework)
    earlier = earlier_of(found, about)
    codes = [one.code for one in framework.standards]
    place = codes.index(about.code)
    before, after = codes[place - 1] if place else None, codes[place + 1] if place + 1 < len(codes) else None
    return render(
        request,
        "assessments/standard.html",
        {
            "assessment": found,
            "framework": framework,
            "standard": about,
            "standard_code": about.code,
            "row": row,
            "fields": [
                {
                    "field": field,
                    "text": (typed or {}).get(field.name, text),
                    "cited": pieces,
                    "earlier": as_typed(getattr(earlier, field.name)) if earlier else "",
                }
                for field, text, pieces in zip(fields, texts, cited, strict=True)
            ],
            "criteria": _criteria(request, found, framework, about),
            "levels": [one for one in level_titles(framework).items() if any(c.level(one[0]) for c in about.criteria)],
            "by_criterion": len(framework.levels) > 2,  # frameworks of 2018: a weakness belongs to its criterion
            "weaknesses": [one for one in everything if one.removed_at is None],
            "removed": [one for one in everything if one.removed_at is not None],
            "just_removed": request.GET.get(JUST_REMOVED, ""),
            "earlier": earlier,
            "tables": three_years(found),
            "may_write": may_write,
            "before": before,
            "after": after,
            "problem": problem,
        },
        status=status,
    )  # fmt: skip


def _criteria(request: SchoolRequest, found: Any, framework: Any, about: Any) -> list[dict[str, Any]]:
    """The criteria of the standard at a glance (two queries)."""
    levels = LevelReview.objects.filter(school=request.school).defer("description")
    rows = {
        one.code: one
        for one in CriterionReview.objects.for_school(request.school)
        .filter(assessment=found, standard=about.code)
        .prefetch_related(Prefetch("levels", levels, to_attr="loaded_levels"))
    }
    titles = level_titles(framework)
    return [
        {
            "code": criterion.code,
            "title": criterion.title,
            "mandatory": criterion.mandatory,
            "state": STATES[rows[criterion.code].state],
            "judged": [(titles[one.level], JUDGED[one.judged]) for one in rows[criterion.code].loaded_levels],
        }
        for criterion in about.criteria
        if criterion.code in rows
    ]


def _sent(request: SchoolRequest, found: Any, framework: Any, about: Any, row: Any) -> HttpResponse:
    """Texts of a plain form. What another wrote in one place meanwhile is shown; nothing of that field is saved then."""
    permitted(row)
    names = [name for name in NAMES if name in request.POST]
    typed = {name: request.POST[name] for name in names}
    seen = whole(request.POST.get("version"), row.version)
    try:
        wanted = {name: READ[name](_chosen(request, name, as_typed(getattr(row, name)))) for name in names}
    except NotKept as refused:
        return _page(request, found, framework, about, row, status=422, typed=typed, problem=str(refused))
    batch = new_batch()
    two, changed, joined = [], False, False
    for name, value in wanted.items():
        with transaction.atomic():
            kept = keep(row, name, value, seen=seen, user=request.user, batch=batch)
        if kept.clash:
            mine = as_typed(kept.words)
            two.append(TwoTexts(name, NAMES[name].label, mine, as_typed(kept.theirs), mine))
        changed, joined = changed or kept.changed, joined or kept.joined
        version = kept.row.version
    if two:
        context = {"two_texts": two, "version": version, "standard": about, "assessment": found}
        return render(request, "assessments/standard_clash.html", context, status=409)
    if joined:
        messages.info(request, _("Người khác cũng vừa viết ở đây, ở câu khác: đã ghép cả hai."))
    if changed:
        messages.success(request, _("Đã lưu lúc %(time)s.") % {"time": f"{timezone.localtime():%H:%M}"})
    elif not joined:
        messages.info(request, _("Không có gì thay đổi."))
    return redirect(address(found, "standard", code=about.code))


def _chosen(request: SchoolRequest, name: str, theirs: str) -> str:
    choice, mine = request.POST.get(f"chon_{name}", ""), request.POST[name]
    if choice == THEIRS:
        return theirs
    return "\n".join(part for part in (theirs, mine) if part) if choice == BOTH else mine


@require_POST
@school_view(Capability.WRITE_ASSESSMENT)
def standard_words(request: SchoolRequest, assessment: UUID, code: str) -> HttpResponse:
    """Saves what the script autosaves, as the page of a criterion does: `{"cells": [{action, field, words, version}]}`."""
    found = assessment_of(request, assessment)
    about = standard_of(framework_of(found), code)
    row = review_of(found, about)
    try:
        sent = read_cells(request)
    except NotKept as refused:
        return json_answer({"error": str(refused)}, status=400)
    batch = new_batch()
    try:
        results = [_answered(request, row, one, batch) for one in sent]
    except OperationalError as error:
        trouble = trouble_of(error)
        if trouble is None:
            raise
        return json_answer({"error": str(trouble.sentence)}, status=trouble.status)
    return json_answer({"at": f"{timezone.localtime():%H:%M}", "results": results, "parts": {}})


def _answered(request: SchoolRequest, row: Any, sent: Any, batch: UUID) -> dict[str, Any]:
    if sent.row != str(row.pk) or sent.field not in NAMES:
        return {"status": "gone"}
    read = READ[sent.field]
    try:
        kept = keep(
            row,
            sent.field,
            read(sent.words),
            seen=sent.version,
            user=request.user,
            base=None if sent.base is None else read(sent.base),
            before=None if sent.before is None else read(sent.before),
            batch=batch,
        )
    except NotKept as refused:
        return {"status": "error", "say": str(refused)}
    except Locked as locked:
        return {"status": "locked", "say": str(locked)}
    return clash_said(request, kept, sent) if kept.clash else saved_said(kept)


@require_safe
@school_view(Capability.VIEW_ASSESSMENT)
def standard_cite(request: SchoolRequest, assessment: UUID, code: str) -> HttpResponse:
    """Evidence with a code, offered for what was typed (`q`), as JSON for the script."""
    found = assessment_of(request, assessment)
    framework = framework_of(found)
    about = standard_of(framework, code)
    rows = offered(
        request.school,
        framework.id,
        about.criteria[0].code,
        request.GET.get("q", "").replace("\x00", ""),
        sensitive=may(request.membership.role, Capability.OPEN_SENSITIVE),
    )
    results = [
        {
            "id": str(row.pk), "code": row.code, "cite": citation([row.code], framework.evidence), "name": row.name,
            "number": row.number, "state": row.state, "word": row.get_state_display(), "here": "",
        }
        for row in rows
        if row.code
    ]  # fmt: skip
    return JsonResponse({"results": results}, json_dumps_params={"ensure_ascii": False})
