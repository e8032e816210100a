"""One tap: a measure is done, an expected evidence is there. Two people who tap different lines never clash."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from caitien.plan.text import one_space
from caitien.web.plans.editing import Outcome, change
from caitien.web.plans.entries import marked
from caitien.web.plans.fields import plain
from caitien.web.plans.models import Action, Plan
from caitien.web.plans.views.action_shown import part_saved
from caitien.web.plans.views.context import action_of, link, plan_of
from caitien.web.schools.forms import Day
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.not_now import NotNow
from caitien.web.schools.roles import Capability, may

LONGEST_LINE = 2_000
LONGEST_NOTE = 500
GONE = gettext_lazy("Dòng này vừa được người khác sửa hoặc bỏ. Hãy mở lại trang để xem các dòng bây giờ.")


@require_POST
@school_view(Capability.REPORT_PROGRESS)
def tick(request: SchoolRequest, plan: UUID, action: UUID) -> HttpResponse:
    """A measure is done (`xong`), or not after all. `dong` is its words: they are found wherever they stand now."""
    found = plan_of(request, plan, years=False)
    done, sent = request.POST.get("xong") == "1", request.POST.get("dong", "")

    def how(row: Action) -> dict[str, Any]:
        text = line_of(row.measures, sent)
        if text is None:
            raise _gone(found, row)
        known = next((mark for mark in row.measures_done if mark["text"] == text), None)
        if done and known:
            return {}  # who was first stays named
        return {"measures_done": marked(row.measures, row.measures_done, _today(request) if done else None, text)}

    reason = gettext_noop("Đánh dấu biện pháp đã làm") if done else gettext_noop("Bỏ dấu biện pháp đã làm")
    outcome = change(request.school, action_of(request, found, action).pk, how, user=request.user, reason=reason)
    said = _("Đã đánh dấu là đã làm.") if done else _("Đã bỏ dấu.")
    return answered(request, found, outcome, "plans/_measures.html", said, "f-measures")


@require_POST
@school_view(Capability.EDIT_PLAN)
def add_line(request: SchoolRequest, plan: UUID, action: UUID, field: str) -> HttpResponse:
    """One more measure, indicator or expected evidence at the end of its list."""
    if field not in TEMPLATES:
        raise Http404
    found = plan_of(request, plan, years=False)
    row = action_of(request, found, action)
    text = one_space(request.POST.get("dong", ""))
    if not text:
        raise NotNow(_("Chưa ghi gì vào dòng mới."), _back(found, row))
    if len(text) > LONGEST_LINE:
        raise NotNow(_("Dòng này dài quá %s chữ. Hãy tách thành nhiều dòng.") % LONGEST_LINE, _back(found, row))

    def how(row: Action) -> dict[str, Any]:
        there = getattr(row, field)
        return {} if text in there else {field: [*there, text]}

    outcome = change(request.school, row.pk, how, user=request.user)
    said = _("Đã thêm một dòng.") if outcome.changed else _("Dòng này đã có rồi.")
    return answered(request, found, outcome, TEMPLATES[field], said, f"f-{field}", added=True)


TEMPLATES = {
    "measures": "plans/_measures.html",
    "indicators": "plans/_indicators.html",
    "expected_evidence": "plans/_evidence.html",
}


class EvidenceForm(forms.Form):
    """Where an evidence is kept, since when it is there."""

    note = forms.CharField(
        label=gettext_lazy("Đang ở đâu"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=gettext_lazy("Tủ hồ sơ, số công văn, hoặc địa chỉ trang (https://…)."),
    )
    on = Day(label=gettext_lazy("Có từ ngày (ngày/tháng/năm)"))

    def clean_note(self) -> str:
        return plain(self.cleaned_data["note"])


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.REPORT_PROGRESS)
def evidence_item(request: SchoolRequest, plan: UUID, action: UUID) -> HttpResponse:
    """An expected evidence is there or not (`co`), and where it is kept. GET is the form of the latter, of the line `dong`."""
    found = plan_of(request, plan, years=not request.htmx)
    row = action_of(request, found, action)
    sent = (request.POST if request.method == "POST" else request.GET).get("dong", "")
    if (text := line_of(row.expected_evidence, sent)) is None:
        raise _gone(found, row)
    known = next((mark for mark in row.evidence_at_hand if mark["text"] == text), {})
    if request.method != "POST":
        initial = {"note": known.get("note") or "", "on": _day(known.get("on"))}
        return _evidence_page(request, found, row, text, EvidenceForm(initial=initial))
    there = request.POST.get("co") != "0"
    mark = {**known, **({} if known else _today(request))}
    if "note" in request.POST:
        form = EvidenceForm(request.POST)
        if not form.is_valid():
            return _evidence_page(request, found, row, text, form, status=422)
        mark |= {"note": form.cleaned_data["note"] or None, "on": form.cleaned_data["on"].isoformat()}
        if not known:
            mark["by"] = _today(request)["by"]

    def how(row: Action) -> dict[str, Any]:
        if text not in row.expected_evidence:
            raise _gone(found, row)
        return {"evidence_at_hand": marked(row.expected_evidence, row.evidence_at_hand, mark if there else None, text)}

    reason = gettext_noop("Minh chứng đã có") if there else gettext_noop("Minh chứng chưa có")
    outcome = change(request.school, row.pk, how, user=request.user, reason=reason)
    said = _("Đã ghi là có minh chứng.") if there else _("Đã ghi là chưa có minh chứng.")
    return answered(request, found, outcome, "plans/_evidence.html", said, "f-expected_evidence")


def _evidence_page(
    request: SchoolRequest, plan: Plan, row: Action, text: str, form: EvidenceForm, status: int = 200
) -> HttpResponse:
    number = row.expected_evidence.index(text)
    context = {"plan": plan, "action": row, "text": text, "form": form, "number": number}
    if request.htmx:  # also after an error in the line's own place, and not in that of the list
        response = render(request, "plans/_evidence_form.html", context)
        response.headers["HX-Retarget"] = f"#mc-{number}"
        response.headers["HX-Reswap"] = "innerHTML"
        return response
    return render(request, "plans/evidence_edit.html", context, status=status)


def line_of(lines: Sequence[str], sent: str) -> str | None:
    """The line whose words were sent; a browser may have changed its line breaks on the way."""
    if sent in lines:
        return sent
    return next((line for line in lines if one_space(line) == one_space(sent)), None)


def answered(
    request: SchoolRequest, plan: Plan, outcome: Outcome, template: str, said: str, at: str, **more: Any
) -> HttpResponse:
    """After a change of one panel: the panel for htmx, else the page again at that panel with a line that says it."""
    if request.htmx:
        record = outcome.record if may(request.membership.role, Capability.EDIT_PLAN) else None
        return part_saved(request, plan, outcome.row, template, said=said, record=record, **more)
    messages.success(request, said)
    return redirect(f"{link('action', plan, action=outcome.row.pk)}#{at}")


def _day(iso: str | None) -> date:
    try:
        return date.fromisoformat(iso or "")
    except ValueError:
        return timezone.localdate()


def _today(request: SchoolRequest) -> dict[str, Any]:
    return {"on": timezone.localdate().isoformat(), "by": request.user.get_full_name() or request.user.get_username()}


def _gone(plan: Plan, row: Action) -> NotNow:
    return NotNow(GONE, _back(plan, row))


def _back(plan: Plan, row: Action) -> tuple[tuple[Any, str], ...]:
    return ((_("Về mục này"), link("action", plan, action=row.pk)),)
