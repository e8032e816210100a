"""Điều chỉnh: what was changed in the approved plan, from what to what, why, by whom, when; opening and ending it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caitien.plan.comparing import words_changed
from caitien.plan.fields import RECORD_WORDS
from caitien.web.plans.adjusted import Adjusted, adjusted
from caitien.web.plans.change_words import what_said, where_said
from caitien.web.plans.fields import plain
from caitien.web.plans.forms_of_documents import FORMAT_WORDS, adjustments_table, attachment
from caitien.web.plans.life import drop_amendment, end_amendment, start_amendment
from caitien.web.plans.models import Amendment, Plan
from caitien.web.plans.states import AMENDABLE, SENTENCES
from caitien.web.plans.views.context import link, plan_of
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.roles import Capability, may

LONGEST_REASON = 2_000


class ReasonForm(forms.Form):
    """Why the approved plan has to be changed."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do điều chỉnh"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Lý do được in trong bảng tổng hợp điều chỉnh."),
        error_messages={
            "required": gettext_lazy("Hãy ghi lý do: bảng tổng hợp điều chỉnh cần lý do của từng thay đổi.")
        },
    )

    def clean_reason(self) -> str:
        words = plain(self.cleaned_data["reason"])
        if not words:
            raise forms.ValidationError(self.fields["reason"].error_messages["required"])
        return words


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.VIEW_PLAN, post=Capability.AMEND_PLAN)
def amendments(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Every amendment with what it changed, the newest first; POST opens a new one."""
    found = plan_of(request, plan)
    form = ReasonForm(request.POST or None, use_required_attribute=False)
    if request.method == "POST" and form.is_valid():
        made = start_amendment(found, form.cleaned_data["reason"], user=request.user)
        messages.success(
            request, _("Đã mở đợt điều chỉnh lần %(number)s. Sửa xong, hãy bấm “Xong”.") % {"number": made.number}
        )
        return redirect(link("plan", found))
    return render(
        request,
        "plans/amendments.html",
        _context(request, found, form),
        status=422 if request.method == "POST" else 200,
    )


@require_POST
@school_view(Capability.AMEND_PLAN)
def amendment_end(request: SchoolRequest, plan: UUID, amendment: UUID) -> HttpResponse:
    """Xong: the content is frozen again."""
    found = plan_of(request, plan, years=False)
    ended = end_amendment(found, _own(request, found, amendment).pk, user=request.user)
    messages.success(
        request,
        _("Đã xong đợt điều chỉnh lần %(number)s. Bảng tổng hợp đã sẵn sàng để in và ký.") % {"number": ended.number},
    )
    return redirect(link("amendments", found))


@require_POST
@school_view(Capability.AMEND_PLAN)
def amendment_drop(request: SchoolRequest, plan: UUID, amendment: UUID) -> HttpResponse:
    """Takes back an amendment under which nothing was changed."""
    found = plan_of(request, plan, years=False)
    dropped = _own(request, found, amendment)
    drop_amendment(found, dropped.pk, user=request.user)
    messages.success(
        request, _("Đã bỏ đợt điều chỉnh lần %(number)s; không có gì thay đổi.") % {"number": dropped.number}
    )
    return redirect(link("amendments", found))


@require_safe
@school_view(Capability.EXPORT_PLAN)
def amendments_file(request: SchoolRequest, plan: UUID, format: str) -> HttpResponse:
    """The table of adjustments of the whole plan, as an official document."""
    found = plan_of(request, plan, years=False)
    return attachment(*adjustments_table(found, list(_all(found)), format))


@require_safe
@school_view(Capability.EXPORT_PLAN)
def amendment_file(request: SchoolRequest, plan: UUID, amendment: UUID, format: str) -> HttpResponse:
    """The table of adjustments of one amendment."""
    found = plan_of(request, plan, years=False)
    one = _own(request, found, amendment)
    return attachment(*adjustments_table(found, [one], format, f"lan-{one.number}"))


def _context(request: SchoolRequest, plan: Plan, form: ReasonForm) -> dict[str, Any]:
    every = list(_all(plan).order_by("-number"))
    changes = adjusted(plan, every) if every else {}
    shown = [
        {"amendment": one, "rows": [_shown(part) for part in changes.get(one.pk, [])], "open": one.closed_at is None}
        for one in every
    ]
    return {
        "plan": plan,
        "shown": shown,
        "open": next((one for one in every if one.closed_at is None), None),
        "form": form,
        "may_amend": may(request.membership.role, Capability.AMEND_PLAN),
        "amendable": plan.state in AMENDABLE,
        "why_not": SENTENCES.get(plan.state, _("Kế hoạch còn là bản nháp nên sửa thẳng được, không cần điều chỉnh.")),
        "formats": FORMAT_WORDS,
    }


def _shown(one: Adjusted) -> dict[str, Any]:
    """A change for the page: where, what, and both texts; of two texts the words that differ are marked."""
    before, after = texts_of(one.change)
    return {
        "where": where_said(one.change),
        "what": what_said(one.change),
        "before": before,
        "after": after,
        "words": [] if one.change.field in NAMES else marked(before, after),
        "who": one.who,
        "when": one.when,
        "key": one.key,
        "record": RECORD_WORDS.get(one.change.record),
    }


NAMES = ("responsible", "collaborators")
"""Fields whose two texts stand apart: two names mixed word by word are no name."""


def marked(before: str, after: str) -> list[tuple[str, str]]:
    """Two texts word by word; nothing when one is empty, or both are so long that comparing would take seconds."""
    if not before or not after or max(len(before), len(after)) > LONGEST_MARKED:
        return []
    return list(words_changed(before, after))


LONGEST_MARKED = 4_000  # letters


def texts_of(change: Any) -> tuple[str, str]:
    """Before and after of a change in whole, as the table of adjustments prints them."""
    from caitien.writing.adjustments import texts

    return texts(change)


def _all(plan: Plan) -> Any:
    return Amendment.objects.for_school(plan.school_id).filter(plan=plan).select_related("opened_by", "closed_by")


def _own(request: SchoolRequest, plan: Plan, key: UUID) -> Amendment:
    found: Amendment = own(_all(plan), request, key)
    return found
