"""Trạng thái: where is the plan in its life, what can be done next, and by whom."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from caitien.web.plans.before_submitting import Question, questions
from caitien.web.plans.editing import open_amendment
from caitien.web.plans.fields import NotADay, iso_day, plain, vietnamese_day
from caitien.web.plans.findings import checked
from caitien.web.plans.life import Signed, returned, take_step
from caitien.web.plans.models import Plan, PlanEvent
from caitien.web.plans.states import LINE, SENTENCES, STEPS, Step, steps_from, waits_for
from caitien.web.plans.views.context import link, plan_of, rows_of_plan
from caitien.web.schools.guard import SchoolRequest, View, school_view
from caitien.web.schools.roles import CAPABILITIES, Capability, Role, may

Kind = PlanEvent.Kind
LONGEST_WORDS = 2_000
ADDRESSES = {
    Kind.SUBMITTED: "trinh-duyet",
    Kind.WITHDRAWN: "rut-lai",
    Kind.RETURNED: "tra-lai",
    Kind.APPROVED: "duyet",
    Kind.PUT_IN_FORCE: "ban-hanh",
    Kind.CLOSED: "ket-thuc",
    Kind.REOPENED: "mo-lai",
}
"""A step -> the last part of its address, and with `step_` before it its name: `plans:step_approved`."""

WHAT_HAPPENS = {
    Kind.SUBMITTED: gettext_lazy("Nội dung được khóa trong lúc chờ duyệt; có thể rút lại."),
    Kind.WITHDRAWN: gettext_lazy("Kế hoạch trở lại bản nháp để sửa tiếp."),
    Kind.RETURNED: gettext_lazy("Kế hoạch trở lại bản nháp; người soạn thấy lý do."),
    Kind.APPROVED: gettext_lazy("Nội dung được khóa; từ đó muốn sửa thì mở một đợt điều chỉnh, ghi lý do."),
    Kind.PUT_IN_FORCE: gettext_lazy("Mọi người bắt đầu thực hiện và cập nhật tiến độ."),
    Kind.CLOSED: gettext_lazy("Không sửa, không cập nhật được nữa; có thể mở lại."),
    Kind.REOPENED: gettext_lazy("Kế hoạch trở lại đang thực hiện."),
}
FORWARD = (Kind.SUBMITTED, Kind.APPROVED, Kind.PUT_IN_FORCE, Kind.CLOSED)


class StepForm(forms.Form):
    """The words that go with a step. `step`: whether a reason must be said."""

    note = forms.CharField(
        label=gettext_lazy("Lời kèm theo"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, step: Step, plan: Plan) -> None:
        self.step = step
        super().__init__(data, auto_id=f"id_{step.kind}_%s", use_required_attribute=False)
        if step.needs_words:
            self.fields["note"].label = _("Lý do")
            self.fields["note"].required = True
            self.fields["note"].error_messages["required"] = _("Hãy ghi lý do, để người khác biết phải làm gì tiếp.")

    def clean_note(self) -> str:
        return plain(self.cleaned_data["note"])

    def signed(self) -> Signed | None:
        return None


class ApprovalForm(StepForm):
    """Approving: number, day and signer of the decision go into the plan's document when they are given."""

    number = forms.CharField(label=gettext_lazy("Số của văn bản"), required=False, max_length=100)
    on = forms.CharField(label=gettext_lazy("Ngày ký"), required=False, max_length=40)
    name = forms.CharField(label=gettext_lazy("Người ký"), required=False, max_length=200)

    def __init__(self, data: Any = None, *, step: Step, plan: Plan) -> None:
        super().__init__(data, step=step, plan=plan)
        self.order_fields(["number", "on", "name", "note"])
        document = plan.head.get("document") or {}
        signer = document.get("signer") or {}
        self.role = "" if signer.get("role") else plan.school.head_role
        self.initial |= {
            "number": document.get("number") or "",
            "on": vietnamese_day(document.get("date")),
            "name": signer.get("name") or plan.school.head_name,
        }
        self.fields["on"].widget.attrs |= {"placeholder": "15/10/2026", "inputmode": "numeric", "autocomplete": "off"}

    def clean_on(self) -> str:
        try:
            iso = iso_day(self.cleaned_data["on"])
        except NotADay as wrong:
            raise forms.ValidationError(_not_a_day(self.cleaned_data["on"])) from wrong
        if iso and len(iso) < len("2026-10-15"):
            raise forms.ValidationError(_not_a_day(self.cleaned_data["on"]))
        return iso

    def signed(self) -> Signed | None:
        said = self.cleaned_data
        name = plain(said["name"])
        return Signed(plain(said["number"]), said["on"], self.role if name else "", name) or None


def _not_a_day(words: str) -> str:
    return _("“%s” không phải là một ngày. Hãy ghi như 15/10/2026.") % words


@require_safe
@school_view(Capability.VIEW_PLAN)
def life(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """The line of five states, what comes next, what would be asked, and all that happened."""
    found = plan_of(request, plan)
    return render(request, "plans/life.html", _context(request, found))


def _step_view(kind: str) -> View:
    """The view that takes one step. Each has its own, so that the guard says who may."""

    @require_POST
    @school_view(STEPS[kind].capability)
    def view(request: SchoolRequest, plan: UUID) -> HttpResponse:
        found = plan_of(request, plan)
        form = form_of(STEPS[kind], found, request.POST)
        if not form.is_valid():
            return render(request, "plans/life.html", _context(request, found, form), status=422)
        done = take_step(found, kind, user=request.user, note=form.cleaned_data["note"], signed=form.signed())
        messages.success(
            request,
            _("Đã ghi: %(step)s. Kế hoạch bây giờ: %(state)s.")
            % {"step": Kind(kind).label, "state": done.get_state_display()},
        )
        return redirect(link("life", found))

    return view


step_views: dict[str, View] = {kind: _step_view(kind) for kind in STEPS}
"""The view of each step."""


def form_of(step: Step, plan: Plan, data: Any = None) -> StepForm:
    return (ApprovalForm if step.kind == Kind.APPROVED else StepForm)(data, step=step, plan=plan)


def _context(request: SchoolRequest, plan: Plan, sent: StepForm | None = None) -> dict[str, Any]:
    role = request.membership.role
    steps = [_offered(step, plan, role, sent) for step in steps_from(plan.state)]
    steps.sort(
        key=lambda one: not one["forward"]
    )  # the way on stands first, and open unless another was not understood
    for one in steps[:1]:
        one["open"] = one["open"] or (one["forward"] and sent is None)
    return {
        "plan": plan,
        "line": _line(plan),
        "steps": [one for one in steps if one["mine"]],
        "of_others": [one for one in steps if not one["mine"]],
        "locked": waits_for(plan, role) or SENTENCES.get(plan.state),
        "returned": returned(plan),
        "amendment": open_amendment(plan),
        "may_amend": may(role, Capability.AMEND_PLAN) and plan.state in (Plan.State.APPROVED, Plan.State.IN_FORCE),
        "questions": _questions(plan) if plan.state in (Plan.State.DRAFT, Plan.State.SUBMITTED) else [],
        "events": _events(plan),
    }


def _offered(step: Step, plan: Plan, role: str, sent: StepForm | None) -> dict[str, Any]:
    mine = may(role, step.capability)
    return {
        "kind": step.kind,
        "label": step.label,
        "mine": mine,
        "forward": step.kind in FORWARD,
        "what": WHAT_HAPPENS[Kind(step.kind)],
        "who": ", ".join(str(one.label) for one in Role if one in CAPABILITIES[step.capability]),
        "url": link(f"step_{step.kind}", plan),
        "form": sent if sent is not None and sent.step == step else form_of(step, plan) if mine else None,
        "open": sent is not None and sent.step == step,
    }


def _line(plan: Plan) -> list[dict[str, Any]]:
    here = LINE.index(Plan.State(plan.state))
    return [
        {"label": state.label, "place": place, "past": place < here, "here": place == here, "number": place + 1}
        for place, state in enumerate(LINE)
    ]


def _questions(plan: Plan) -> list[dict[str, Any]]:
    rows = rows_of_plan(plan)
    errors = checked(plan, rows, timezone.localdate()).count("error")
    return [{"asked": one, "url": _page(plan, one)} for one in questions(rows, errors, plan.to_decide)]


def _page(plan: Plan, question: Question) -> str:
    """The page that shows what the question is about; the plan page when this version has no such page."""
    from django.urls import NoReverseMatch

    try:
        return link(question.where, plan) + question.query
    except NoReverseMatch:
        return link("plan", plan)


def _events(plan: Plan) -> list[Any]:
    """What happened, newest first; that the plan was made is the oldest line (two queries at most)."""
    events = list(
        PlanEvent.objects.for_school(plan.school_id).filter(plan=plan).select_related("by").order_by("-at", "-id")
    )
    if not any(event.kind == Kind.CREATED for event in events):
        made = PlanEvent(school=plan.school, plan=plan, kind=Kind.CREATED, at=plan.created_at)
        made.by_id = plan.created_by_id
        events.append(made)
    return events
