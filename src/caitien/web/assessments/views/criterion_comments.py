"""What people say about a criterion: written, corrected and taken back by who wrote it; an empty place stays."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from caitien.web.assessments.editing import held
from caitien.web.assessments.models import ReviewComment
from caitien.web.assessments.sheet import Sheet
from caitien.web.assessments.views.criterion_shown import comments_of, part_context, sheet_for, to_sheet
from caitien.web.plans.fields import plain
from caitien.web.plans.views.comments import problem_of
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.roles import Capability
from caitien.web.sent import storable


@require_POST
@school_view(Capability.COMMENT)
def criterion_comments(request: SchoolRequest, assessment: UUID, code: str) -> HttpResponse:
    """One more comment. The same words sent twice in a row by one person are kept once."""
    sheet = sheet_for(request, assessment, code)
    words = plain(storable(request.POST.get("text", "")))
    if problem := problem_of(words):
        return _answer(request, sheet, problem=problem, typed=words)
    with transaction.atomic():
        held(sheet.assessment)  # two taps at one moment come one after the other
        said = ReviewComment.objects.for_school(request.school).filter(review=sheet.review)
        last = said.order_by("-created_at", "-id").first()
        if last is None or (last.author_id, last.text, last.removed_at) != (request.user.pk, words, None):
            ReviewComment(school=request.school, review=sheet.review, author=request.user, text=words).save()
    return _answer(request, sheet)


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.COMMENT)
def criterion_comment(request: SchoolRequest, assessment: UUID, code: str, comment: UUID) -> HttpResponse:
    """One's own comment: in other words (`text`), taken back (`rut`), or brought in again (`lai`)."""
    sheet = sheet_for(request, assessment, code)
    one: ReviewComment = own(ReviewComment.objects.filter(review=sheet.review), request, comment)
    if one.author_id != request.user.pk:
        raise Http404  # there is nothing of one's own at this address
    if request.method != "POST":
        return _edit_page(request, sheet, one, one.text)
    if "rut" in request.POST or "lai" in request.POST:
        one.removed_at = None if "lai" in request.POST else one.removed_at or timezone.now()
        one.save()
        return _answer(request, sheet)
    words = plain(storable(request.POST.get("text", "")))
    if problem := problem_of(words):
        return _edit_page(request, sheet, one, words, problem)
    if words != one.text:
        one.text, one.edited_at = words, timezone.now()
        one.save()
    return _answer(request, sheet)


def _answer(request: SchoolRequest, sheet: Sheet, *, problem: str = "", typed: str = "") -> HttpResponse:
    if not request.htmx and not problem:
        return redirect(to_sheet(sheet, "#trao-doi"))
    context: dict[str, Any] = {
        **part_context(request, sheet),
        "comments": comments_of(sheet),
        "comment_problem": problem,
        "comment_typed": typed,
    }
    if request.htmx:
        return render(request, "assessments/_criterion_comments.html", context)
    messages.error(request, problem)
    return render(request, "assessments/criterion_comment.html", {**context, "typed": typed}, status=422)


def _edit_page(request: SchoolRequest, sheet: Sheet, one: ReviewComment, words: str, problem: str = "") -> HttpResponse:
    context = {**part_context(request, sheet), "comment": one, "typed": words, "comment_problem": problem}
    return render(request, "assessments/criterion_comment.html", context, status=422 if problem else 200)
