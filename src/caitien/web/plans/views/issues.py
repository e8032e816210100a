"""Vấn đề trọng tâm: what does the school want to mend this year, and which actions answer it?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from caitien.web.plans import issues_proposed
from caitien.web.plans.editing import new_batch, version_of
from caitien.web.plans.frameworks import criterion_titles, standard_titles
from caitien.web.plans.issue_editing import (
    by_criterion,
    coverage,
    create_issues,
    move_issue,
    remove_issues,
    save_issue,
)
from caitien.web.plans.issue_fields import ISSUE_FIELDS, ISSUE_RECORDED
from caitien.web.plans.issue_forms import IssueForm
from caitien.web.plans.issue_years import years_of_issue
from caitien.web.plans.models import Action, Issue, Plan
from caitien.web.plans.views import two_texts
from caitien.web.plans.views.context import link, plan_of, rows_of_plan
from caitien.web.plans.views.decisions import just_done
from caitien.web.plans.views.frozen import why_not
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.reasons import said
from caitien.web.schools.roles import Capability, may
from caitien.web.sent import whole

UP, DOWN = "len", "xuong"


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.VIEW_PLAN, post=Capability.EDIT_PLAN)
def issues(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """The list with what answers each; POST moves, removes, proposes, links, or makes an action of one."""
    found = plan_of(request, plan)
    if request.method == "POST":
        return _done(request, found)
    rows = rows_of_plan(found)
    listed = list(Issue.objects.for_school(request.school).filter(plan=found))
    answers, free = coverage(listed, rows)
    standards = standard_titles(found.framework)
    shown = [
        {
            "issue": issue,
            "number": number,
            "criteria": criterion_titles(found.framework, issue.criteria),
            "standard": standards.get(issue.standard or "", ""),
            "actions": answers[issue.pk],
        }
        for number, issue in enumerate(listed, 1)
    ]
    sentence, closed = why_not(found)
    return render(
        request,
        "plans/issues.html",
        {
            "plan": found,
            "shown": shown,
            "free": free,
            "matching": len(by_criterion(listed, free)),
            "without": sum(not one["actions"] for one in shown),
            "proposed": len(issues_proposed.proposals(found, rows, listed)) if not sentence else 0,
            "locked": sentence,
            "closed": closed,
            "just": just_done(request),
            "may_edit": may(request.membership.role, Capability.EDIT_PLAN),
        },
    )


@require_safe
@school_view(Capability.VIEW_PLAN)
def issue(request: SchoolRequest, plan: UUID, issue: UUID) -> HttpResponse:
    """One issue: what is lacking and why, what answers it, and its line over the years."""
    found = plan_of(request, plan)
    row: Issue = own(Issue.objects.filter(plan=found), request, issue)
    row.plan = found
    every = list(Issue.objects.for_school(request.school).select_related("plan__year"))
    answering = Action.objects.for_school(request.school).filter(issue__in=every)
    years = years_of_issue(row, every, list(answering))
    return render(
        request,
        "plans/issue.html",
        {
            "plan": found,
            "issue": row,
            "criteria": criterion_titles(found.framework, row.criteria),
            "years": years,
            "actions": next(one.actions for one in years if one.is_this),
            "answers": row.weaknesses.filter(school=request.school, removed_at=None).select_related("assessment__year"),
            "changes": _changes(row),
            "locked": why_not(found)[0],
            "may_edit": may(request.membership.role, Capability.EDIT_PLAN),
        },
    )


def _done(request: SchoolRequest, plan: Plan) -> HttpResponse:
    do, batch = request.POST.get("do", ""), new_batch()
    back = link("issues", plan)
    if do == "propose":
        made, batch = issues_proposed.take_proposals(plan, request.user)
        messages.success(request, _("Đã thêm %s vấn đề từ điểm yếu của các mục.") % len(made))
        return redirect(f"{back}?vua={batch}" if made else back)
    if do == "match":
        return _matched(request, plan, batch, back)
    if do == "link":
        return _linked(request, plan, batch, back)
    chosen = own(Issue.objects.filter(plan=plan), request, _key(request.POST.get("issue")))
    if do in (UP, DOWN):
        move_issue(plan, chosen.pk, by=-1 if do == UP else 1, user=request.user, batch=batch)
        return redirect(f"{back}#vd-{chosen.pk}")
    if do == "remove":
        remove_issues(plan, [chosen.pk], user=request.user, batch=batch)
        messages.success(request, _("Đã bỏ vấn đề “%s”; các mục của nó vẫn còn.") % str(chosen)[:80])
        return redirect(f"{back}?vua={batch}")
    if do == "action":
        row = issues_proposed.action_from(plan, chosen, user=request.user, batch=batch)
        messages.success(request, _("Đã lập một mục mới cho vấn đề này. Hãy ghi việc cần làm, ai làm, khi nào."))
        return redirect(link("action_edit", plan, action=row.pk))
    return redirect(back)


def _matched(request: SchoolRequest, plan: Plan, batch: UUID, back: str) -> HttpResponse:
    """Every action that answers no issue goes to the only one of its criterion."""
    listed = list(Issue.objects.for_school(request.school).filter(plan=plan))
    pairs = by_criterion(listed, coverage(listed, rows_of_plan(plan))[1])
    for row, issue in pairs:
        issues_proposed.answer(plan, row.pk, issue.pk, user=request.user, batch=batch)
    if not pairs:
        messages.info(request, _("Không có mục nào cùng tiêu chí với đúng một vấn đề. Hãy chọn mục rồi gắn bằng tay."))
        return redirect(back)
    messages.success(request, _("Đã gắn %s mục.") % len(pairs))
    return redirect(f"{back}?vua={batch}")


def _linked(request: SchoolRequest, plan: Plan, batch: UUID, back: str) -> HttpResponse:
    keys = {_key(text) for text in request.POST.getlist("action")}
    rows = [row for row in rows_of_plan(plan) if row.pk in keys]
    chosen = request.POST.get("issue", "")
    issue = own(Issue.objects.filter(plan=plan), request, _key(chosen)) if chosen else None
    if not rows:
        messages.error(request, _("Chưa chọn mục nào. Hãy đánh dấu các mục rồi chọn vấn đề."))
        return redirect(back)
    for row in rows:
        issues_proposed.answer(plan, row.pk, issue.pk if issue else None, user=request.user, batch=batch)
    messages.success(request, _("Đã gắn %s mục.") % len(rows) if issue else _("Đã gỡ %s mục.") % len(rows))
    return redirect(f"{back}?vua={batch}")


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.EDIT_PLAN)
def issue_add(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """A new issue at the end of the list."""
    found = plan_of(request, plan)
    empty = Issue(criteria=[])
    form = IssueForm(request.POST or None, base=empty, framework=found.framework)
    if request.method == "POST" and form.is_valid():
        columns = form.columns()
        if any(columns.values()):
            issue = create_issues(found, [columns], user=request.user, batch=new_batch())[0]
            messages.success(request, _("Đã thêm vấn đề trọng tâm."))
            return redirect(f"{link('issues', found)}#vd-{issue.pk}")
        form.add_error("weakness", _("Hãy viết điểm hạn chế."))
    context = {"plan": found, "form": form, "locked": why_not(found)[0]}
    return render(request, "plans/issue_edit.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.EDIT_PLAN)
def issue_edit(request: SchoolRequest, plan: UUID, issue: UUID) -> HttpResponse:
    """All fields of an issue. The second to save the same field sees both texts and chooses."""
    found = plan_of(request, plan)
    row: Issue = own(Issue.objects.filter(plan=found), request, issue)
    version = whole(request.POST.get("version"), row.version)
    base = version_of(row, version)
    context: dict[str, Any] = {"plan": found, "issue": row, "version": version, "locked": why_not(found)[0]}

    def theirs(name: str) -> str:
        return ISSUE_FIELDS[name].shown(row)

    if request.method != "POST":
        form = IssueForm(base=row, framework=found.framework)
        return render(request, "plans/issue_edit.html", {**context, "form": form})
    form = IssueForm(two_texts.settled(request.POST, ISSUE_FIELDS, theirs), base=base, framework=found.framework)
    if not form.is_valid():
        return render(request, "plans/issue_edit.html", {**context, "form": form}, status=422)
    batch = new_batch()
    wanted = form.wanted()
    outcome = save_issue(found, row.pk, wanted, base=base, user=request.user, batch=batch)
    if outcome.clashes:
        both = [_two_texts(clash.field, form.data[clash.field], outcome.row) for clash in outcome.clashes]
        names = {one.name for one in both}
        others = [(name, form.data[name]) for name in wanted if name not in names]  # what she did not touch stays out
        more = {"two_texts": both, "others": others, "version": outcome.row.version, "form": form}
        return render(request, "plans/issue_edit.html", {**context, **more}, status=409)
    if not outcome.changed:
        messages.info(request, _("Không có gì thay đổi."))
        return redirect(link("issues", found))
    labels = ", ".join(str(ISSUE_FIELDS[name].label).lower() for name in outcome.changed)
    messages.success(request, _("Đã lưu: %s.") % labels)
    return redirect(f"{link('issues', found)}?vua={batch}#vd-{row.pk}")


def _two_texts(name: str, mine: str, now: Issue) -> two_texts.TwoTexts:
    field = ISSUE_FIELDS[name]
    return two_texts.TwoTexts(name, field.label, mine, field.shown(now), mine, joinable=name != "criteria")


def _changes(issue: Issue) -> list[dict[str, Any]]:
    """The history of an issue, newest first (one query)."""
    records = list(
        Issue.history.filter(id=issue.pk, school_id=issue.school_id).select_related("history_user").order_by("-version")[:30]
    )  # fmt: skip
    lines = []
    for after, before in zip(records, [*records[1:], None], strict=True):
        fields = [
            {"label": field.label, "before": field.shown(before), "after": field.shown(after)}
            for name, field in ISSUE_RECORDED.items()
            if before is not None and name != "place" and field.of(before) != field.of(after)
        ]
        if fields or before is None:
            who, why = after.history_user, said(after.history_change_reason)
            line = {"who": who, "when": after.history_date, "why": why, "fields": fields, "batch": after.batch}
            lines.append({**line, "first": before is None})
    return lines


def _key(text: str | None) -> UUID:
    from django.http import Http404

    try:
        return UUID(text or "")
    except ValueError:
        raise Http404 from None
