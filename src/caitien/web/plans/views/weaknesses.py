"""Điểm yếu qua các năm: when was it found, what was done each year, with what result?"""

from __future__ import annotations

import copy
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_http_methods

from caitien.plan.text import fold
from caitien.web.plans.editing import change, new_batch
from caitien.web.plans.models import Action, Plan
from caitien.web.plans.over_years import NOT_THE_SAME, Thread, plan_of_each_year, threads
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.roles import Capability, may

ON_A_PAGE = 25
LABELS = {
    "mo": gettext_lazy("chưa xong"),
    "lau": gettext_lazy("kéo dài từ hai năm"),
    "xong": gettext_lazy("đã xong"),
    "co-le": gettext_lazy("cần xác nhận"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.VIEW_PLAN, post=Capability.EDIT_PLAN)
def weaknesses(request: SchoolRequest) -> HttpResponse:
    """The school's weaknesses with their lines; POST confirms that one action continues another, or says that it does not."""
    if request.method == "POST":
        return _linked(request)
    plans = list(Plan.objects.for_school(request.school).select_related("year").defer("to_decide"))
    each = plan_of_each_year(plans)
    rows: dict[UUID, list[Action]] = {}
    listed = Action.objects.for_school(request.school).filter(plan__in=each).select_related("issue")
    by_key = {plan.pk: plan for plan in each}
    for row in listed:
        row.plan = by_key[row.plan_id]
        rows.setdefault(row.plan_id, []).append(row)
    found = threads(each, rows)
    groups = {name: [t for t in found if _is(name, t)] for name in LABELS}
    chosen, words = request.GET.get("loc", ""), request.GET.get("tim", "")[:200]
    shown = groups.get(chosen, found)
    if words.strip():
        shown = [thread for thread in shown if fold(words) in fold(f"{thread.title} {thread.action.content or ''}")]
    pages = Paginator(shown, ON_A_PAGE)
    page = pages.get_page(request.GET.get("trang"))
    context = {
        "page": page,
        "found": len(shown),
        "years": [plan.year.name for plan in each],
        "total": len(found),
        "shown": page.object_list,
        "counts": [(name, LABELS[name], len(group)) for name, group in groups.items() if group],
        "count": {name: len(group) for name, group in groups.items()},
        "chosen": chosen if chosen in groups else "",
        "words": words,
        "may_edit": may(request.membership.role, Capability.EDIT_PLAN),
    }
    return render(request, "plans/weaknesses.html", context)


def _is(name: str, thread: Thread) -> bool:
    if name == "mo":
        return not thread.finished
    if name == "lau":
        return not thread.finished and len(thread.years) > 1
    return thread.likely if name == "co-le" else thread.finished


def _linked(request: SchoolRequest) -> HttpResponse:
    do = request.POST.get("do", "")
    row: Action = own(Action.objects.select_related("plan"), request, _key(request.POST.get("action")))
    batch = new_batch()
    back = reverse("plans:weaknesses", kwargs={"school": request.school.slug})
    if do == "go":
        change(request.school, row.pk, lambda one: {"continues_id": None}, user=request.user, reason=gettext_noop("Không tiếp nối mục năm trước"), batch=batch)  # fmt: skip
        messages.success(request, _("Đã gỡ liên kết."))
        return redirect(f"{back}#dy-{row.pk}")
    old: Action = own(Action.objects.select_related("plan__year"), request, _key(request.POST.get("old")))
    if do == "dung":
        change(request.school, row.pk, lambda one: {"continues_id": old.pk}, user=request.user, reason=gettext_noop("Tiếp nối mục năm trước"), batch=batch)  # fmt: skip
        messages.success(request, _("Đã nối với mục của năm học %s.") % (old.plan.year or ""))
    elif do == "khong":
        change(request.school, row.pk, lambda one: _refused(one, old), user=request.user, reason=gettext_noop("Không tiếp nối mục năm trước"), batch=batch)  # fmt: skip
        messages.success(request, _("Đã ghi: đây là hai việc khác nhau."))
    return redirect(f"{back}#dy-{row.pk}")


def _refused(row: Action, old: Action) -> dict[str, object]:
    extra = copy.deepcopy(row.extra or {})
    refused = extra.setdefault("", {}).setdefault(NOT_THE_SAME, [])
    if str(old.pk) not in refused:
        refused.append(str(old.pk))
    return {"extra": extra}


def _key(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        raise Http404 from None
