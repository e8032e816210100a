"""What people say about an action: written, corrected and taken back by who wrote it; an empty place stays."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caitien.web.plans import action_page
from caitien.web.plans.editing import held, permitted
from caitien.web.plans.fields import plain
from caitien.web.plans.models import Action, Comment, Plan
from caitien.web.plans.views.action_shown import action_context
from caitien.web.plans.views.context import action_of, link, plan_of
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.roles import Capability
from caitien.web.sent import storable

LONGEST_COMMENT = 4_000  # letters


@require_POST
@school_view(Capability.COMMENT)
def comments(request: SchoolRequest, plan: UUID, action: UUID) -> HttpResponse:
    """One more comment. The same words sent twice in a row by one person are kept once."""
    found = plan_of(request, plan, years=not request.htmx)
    row = action_of(request, found, action)
    permitted(found, content=False)
    words = plain(storable(request.POST.get("text", "")))
    problem = problem_of(words)
    if problem:
        return _answer(request, found, row, problem=problem, typed=words, status=422)
    with transaction.atomic():
        held(found)  # two taps at one moment come one after the other
        last = Comment.objects.for_school(request.school).filter(action=row).order_by("-created_at", "-id").first()
        if last is None or (last.author_id, last.text, last.removed_at) != (request.user.pk, words, None):
            Comment(school=request.school, action=row, author=request.user, text=words).save()
    return _answer(request, found, row)


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.COMMENT)
def comment_edit(request: SchoolRequest, plan: UUID, action: UUID, comment: UUID) -> HttpResponse:
    """One's own comment in other words; the day of the correction stands beside it."""
    found = plan_of(request, plan, years=not request.htmx)
    row, one = _mine(request, found, action, comment)
    permitted(found, content=False)
    if request.method != "POST":
        return _edit_page(request, found, row, one, one.text)
    words = plain(storable(request.POST.get("text", "")))
    if problem := problem_of(words):
        return _edit_page(request, found, row, one, words, problem)
    if words != one.text:
        one.text, one.edited_at = words, timezone.now()
        one.save()
    return _answer(request, found, row)


@require_POST
@school_view(Capability.COMMENT)
def comment_remove(request: SchoolRequest, plan: UUID, action: UUID, comment: UUID) -> HttpResponse:
    """Takes one's own comment back (`lai`: brings it in again). Its place, author and day stay."""
    found = plan_of(request, plan, years=not request.htmx)
    row, one = _mine(request, found, action, comment)
    permitted(found, content=False)
    one.removed_at = None if request.POST.get("lai") else one.removed_at or timezone.now()
    one.save()
    return _answer(request, found, row)


def _mine(request: SchoolRequest, plan: Plan, action: UUID, key: UUID) -> tuple[Action, Comment]:
    row = action_of(request, plan, action)
    one: Comment = own(Comment.objects.filter(action=row), request, key)
    if one.author_id != request.user.pk:
        raise Http404  # there is nothing of one's own at this address
    return row, one


def problem_of(words: str) -> str:
    """Why a comment cannot be kept; "" when it can."""
    if not words:
        return _("Chưa viết gì.")
    if len(words) > LONGEST_COMMENT:
        return _("Lời trao đổi dài quá %s chữ. Hãy viết gọn, hoặc tách làm nhiều lần.") % LONGEST_COMMENT
    return ""


def _answer(
    request: SchoolRequest, plan: Plan, row: Action, *, problem: str = "", typed: str = "", status: int = 302
) -> HttpResponse:
    if not request.htmx and not problem:
        return redirect(f"{link('action', plan, action=row.pk)}#trao-doi")
    said, more = action_page.comments_of(row)
    context: dict[str, Any] = {
        **action_context(request, plan, row),
        "comments": said,
        "more_comments": more,
        "comment_problem": problem,
        "comment_typed": typed,
    }
    if request.htmx:
        return render(request, "plans/_comments.html", context)
    messages.error(request, problem)
    return render(request, "plans/comment_edit.html", {**context, "typed": typed, "problem": problem}, status=status)


def _edit_page(
    request: SchoolRequest, plan: Plan, row: Action, one: Comment, words: str, problem: str = ""
) -> HttpResponse:
    context = {"plan": plan, "action": row, "comment": one, "typed": words, "problem": problem}
    if request.htmx:
        return render(request, "plans/_comment_form.html", context)
    return render(request, "plans/comment_edit.html", context, status=422 if problem else 200)
