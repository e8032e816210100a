"""What an action belongs to: the issue (vấn đề trọng tâm) it answers, the action of last year that it continues."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from caitien.web.plans.editing import change, permitted
from caitien.web.plans.models import Action, Issue, Plan
from caitien.web.plans.views.context import action_of, link, plan_of
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability

MOST_EARLIER = 400  # actions of earlier years offered


class LinksForm(forms.Form):
    """Which issue, which earlier action; both may be none."""

    issue = forms.ChoiceField(label=gettext_lazy("Giải quyết vấn đề trọng tâm nào"), required=False)
    continues = forms.ChoiceField(label=gettext_lazy("Làm tiếp mục nào của năm trước"), required=False)

    def __init__(self, *args: Any, issues: list[Issue], earlier: list[Action], row: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing = ("", _("không gắn"))
        self.fields["issue"].choices = [nothing, *((str(one.pk), _words(one.criteria, str(one))) for one in issues)]  # type: ignore[attr-defined]
        years: dict[str, list[tuple[str, str]]] = {}
        for one in sorted(earlier, key=lambda one: (set(one.criteria).isdisjoint(row.criteria), one.position)):
            years.setdefault(str(one.plan.year or ""), []).append(
                (str(one.pk), _words(one.criteria, one.content or one.weakness or ""))
            )
        self.fields["continues"].choices = [nothing, *sorted(years.items(), reverse=True)]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.EDIT_PLAN)
def links(request: SchoolRequest, plan: UUID, action: UUID) -> HttpResponse:
    """Chooses or clears both links."""
    found = plan_of(request, plan)
    row = action_of(request, found, action)
    permitted(found, content=False)
    issues, earlier = _issues(found), _earlier(found)
    initial = {"issue": str(row.issue_id or ""), "continues": str(row.continues_id or "")}
    form = LinksForm(request.POST or None, initial=initial, issues=issues, earlier=earlier, row=row)
    if request.method == "POST" and form.is_valid():
        chosen = {f"{name}_id": UUID(key) if (key := form.cleaned_data[name]) else None for name in initial}
        outcome = change(request.school, row.pk, lambda _row: chosen, user=request.user)
        messages.success(request, _("Đã lưu liên kết.") if outcome.changed else _("Không có gì thay đổi."))
        return redirect(f"{link('action', found, action=row.pk)}#lien-ket")
    context = {"plan": found, "action": row, "form": form, "has_issues": bool(issues), "has_earlier": bool(earlier)}
    return render(request, "plans/links_edit.html", context, status=422 if request.method == "POST" else 200)


def _issues(plan: Plan) -> list[Issue]:
    return list(Issue.objects.for_school(plan.school_id).filter(plan=plan))


def _earlier(plan: Plan) -> list[Action]:
    """The actions of the school's other plans: of the plan that this one continues first, else of all earlier years."""
    rows = Action.objects.for_school(plan.school_id).exclude(plan=plan).select_related("plan__year")
    if plan.continues_id:
        rows = rows.filter(plan=plan.continues_id)
    elif plan.year_id and plan.year:
        rows = rows.filter(plan__year__name__lt=plan.year.name)
    return list(rows.only("criteria", "content", "weakness", "position", "school", "plan__year__name")[:MOST_EARLIER])


def _words(criteria: list[str], text: str) -> str:
    words = " ".join([*criteria, text]).strip() or _("chưa có nội dung")
    return words if len(words) <= 140 else f"{words[:139]}…"
