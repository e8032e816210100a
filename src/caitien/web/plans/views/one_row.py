"""A row of the plan as a whole: a new one, a copy of one, one that is taken out and brought back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from caitien.web.plans.editing import create_actions, new_batch, permitted, remove_actions
from caitien.web.plans.fields import FIELDS
from caitien.web.plans.forms import ActionForm
from caitien.web.plans.models import Action, Issue, Plan
from caitien.web.plans.recorded import RECORDED
from caitien.web.plans.states import REPORTED, REPORTED_WITHIN
from caitien.web.plans.views.action import groups_of, suggested
from caitien.web.plans.views.context import action_of, link, plan_of
from caitien.web.plans.views.table_rows import can_be_undone
from caitien.web.plans.year_of_plan import year_of
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability

NEW = (
    "criteria", "content", "weakness", "cause", "objective", "measures", "indicators", "responsible", "collaborators",
    "period", "budget", "funding_sources", "expected_evidence", "note",
)  # fmt: skip
"""The fields that a new action asks for; none has to be filled but one of its words."""
SAYS_WHAT = ("content", "weakness", "objective", "measures")


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.EDIT_PLAN)
def action_new(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """A new action, after another (`?sau=`), of a criterion (`?tieu-chi=`), for an issue (`?van-de=`)."""
    found = plan_of(request, plan)
    permitted(found, content=True)
    asked = request.POST if request.method == "POST" else request.GET
    after, issue = _row(Action, found, asked.get("sau")), _row(Issue, found, asked.get("van-de"))
    base = Action(school=request.school, plan=found)
    shown = Action(school=request.school, plan=found, **_begun(asked.get("tieu-chi", ""), issue, after))
    year = year_of(found)
    if request.method == "POST":
        form = ActionForm(request.POST, names=NEW, base=base, year=year)
        if form.is_valid():
            columns = {column: value for part in form.wanted().values() for column, value in part.items()}
            if not any(columns.get(name) for name in SAYS_WHAT):
                form.add_error("content", _("Hãy ghi ít nhất nội dung cải tiến (hoặc điểm yếu) của mục mới."))
            else:
                return _made(request, found, [columns | {"issue": issue}], after, _("Đã thêm một mục."))
    else:
        form = ActionForm(names=NEW, base=shown, year=year)
    context = {
        "plan": found,
        "form": form,
        "groups": groups_of(form),
        "after": after,
        "issue": issue,
        "suggested": suggested(request.school, form),
    }
    return render(request, "plans/action_new.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@school_view(Capability.EDIT_PLAN)
def duplicate(request: SchoolRequest, plan: UUID, action: UUID) -> HttpResponse:
    """A copy of what an action says, after it; nothing of what was reported about it."""
    found = plan_of(request, plan, years=False)
    row = action_of(request, found, action)
    columns: dict[str, Any] = {"issue": row.issue}
    for name, field in RECORDED.items():
        if name in (*FIELDS, *REPORTED_WITHIN):
            columns |= {column: value for column, value in field.of(row).items() if column not in REPORTED}
    for column, reported in REPORTED_WITHIN.items():
        columns[column] = [{**entry, reported: None} for entry in columns[column] or []]
    return _made(request, found, [columns], row, _("Đã nhân bản. Đây là mục mới, hãy sửa cho khác mục cũ."))


@require_POST
@school_view(Capability.EDIT_PLAN)
def remove(request: SchoolRequest, plan: UUID, action: UUID) -> HttpResponse:
    """Takes an action out of the plan, with a button to bring it back as it was."""
    found = plan_of(request, plan, years=False)
    row = action_of(request, found, action)
    batch = new_batch()
    remove_actions(found, [row.pk], user=request.user, reason=gettext_noop("Bỏ mục"), batch=batch)
    can_be_undone(request, found, batch, _("Đã bỏ mục “%s” khỏi kế hoạch.") % str(row)[:120])
    return redirect(link("plan", found))


def _made(
    request: SchoolRequest, plan: Plan, rows: list[dict[str, Any]], after: Action | None, said: str
) -> HttpResponse:
    batch = new_batch()
    made = create_actions(plan, rows, after=after, user=request.user, batch=batch)
    can_be_undone(request, plan, batch, said)
    return redirect(link("action", plan, action=made[0].pk))


def _begun(criterion: str, issue: Issue | None, after: Action | None) -> dict[str, Any]:
    """What a new row begins with: the criterion asked for, else that of the issue or of the row it follows."""
    if criterion:
        return {"criteria": [criterion[:40]]}
    if issue is not None:
        return {"criteria": issue.criteria, "weakness": issue.weakness, "cause": issue.cause}
    return {"criteria": after.criteria} if after is not None else {}


def _row(model: Any, plan: Plan, key: str | None) -> Any:
    if not key:
        return None
    try:
        found = model.objects.for_school(plan.school_id).filter(plan=plan, pk=UUID(key)).first()
    except ValueError:
        raise Http404 from None
    if found is None:
        raise Http404
    return found
