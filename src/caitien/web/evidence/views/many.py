"""Many evidences at once: verified, linked to a criterion, kept apart, taken off the list. What was done can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from caitien.web.evidence import services
from caitien.web.evidence.choosing import Choice
from caitien.web.evidence.criteria import Current, current
from caitien.web.evidence.listed import searched
from caitien.web.evidence.models import Evidence, EvidenceEvent, EvidenceUse
from caitien.web.evidence.undoing import keep, take_back
from caitien.web.evidence.views.listing import MOST_AT_ONCE, ids_of
from caitien.web.schools.guard import SchoolRequest, school_view, who_may
from caitien.web.schools.not_now import NotNow
from caitien.web.schools.roles import Capability, may

TOLD = 3  # refusals whose whole sentence is shown


class Lacking(Exception):
    """Something was not said that the step needs; `str()` is the sentence."""


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.EDIT_EVIDENCE)
def many(request: SchoolRequest) -> HttpResponse:
    """The chosen evidences (`chon`, or all of the list `loc` with `tat-ca`) with what can be done; does it (`do`)."""
    asked = request.POST if request.method == "POST" else request.GET
    now = current(request.school)
    rows = _chosen(request, asked, now)
    do = request.POST.get("do", "")
    if request.method != "POST":
        return _page(request, rows, now)
    if not rows:
        return _page(request, rows, now, error=_("Chưa chọn minh chứng nào. Hãy đánh dấu ở đầu dòng rồi bấm lại."))
    if do not in DOING:
        return _page(request, rows, now, error=_("Hãy chọn việc cần làm."))
    try:
        said, token = _done(request, do, rows, now)
    except Lacking as lacking:
        return _page(request, rows, now, error=str(lacking))
    query = {**dict(parse_qsl(request.POST.get("loc", ""))), **({"vua": token} if token else {})}
    if said:
        messages.success(request, said)
    here = reverse("evidence:list", args=[request.school.slug])
    return redirect(f"{here}?{urlencode(query)}" if query else here)


@require_POST
@school_view(Capability.EDIT_EVIDENCE)
def undo(request: SchoolRequest) -> HttpResponse:
    """Takes back what was just done to many."""
    done, not_done = take_back(request, request.POST.get("token", ""))
    said = ngettext("Đã lấy lại như trước: %(n)s minh chứng.", "Đã lấy lại như trước: %(n)s minh chứng.", done) % {
        "n": done
    }
    if not_done:
        said += " " + _("%(n)s minh chứng đã được người khác làm tiếp nên giữ nguyên.") % {"n": not_done}
    messages.success(request, said)
    return redirect("evidence:list", school=request.school.slug)


def _done(request: SchoolRequest, do: str, rows: list[Evidence], now: Current) -> tuple[str, str]:
    """What is said about it, and the token by which it is taken back ("" when nothing was done)."""
    step, words, more = DOING[do](request, now)
    changed: list[Any] = []
    refused: list[str] = []
    for row in rows:
        row.school = request.school
        try:
            changed += step(row)
        except NotNow as said:
            refused.append(str(said))
    for sentence in dict.fromkeys(refused[:TOLD]):
        messages.warning(request, sentence)
    if len(refused) > TOLD:
        messages.warning(request, _("Và %(n)s minh chứng khác chưa làm được.") % {"n": len(refused) - TOLD})
    if not changed:
        return ("" if refused else _("Không có gì thay đổi: các minh chứng đã chọn vốn như vậy.")), ""
    touched = len({one if isinstance(one, str) else one[0] for one in changed})
    said = words % {"n": touched}
    return said, keep(request, do, said, changed, **more)


Step = Callable[[Evidence], list[Any]]


def _verify(request: SchoolRequest, now: Current) -> tuple[Step, str, dict[str, Any]]:
    if not may(request.membership.role, Capability.VERIFY_EVIDENCE):
        raise PermissionDenied(who_may(Capability.VERIFY_EVIDENCE))

    def step(row: Evidence) -> list[Any]:
        if row.state == Evidence.State.VERIFIED:
            return []
        services.take_step(request.school, row.pk, EvidenceEvent.Kind.VERIFIED, user=request.user)
        return [str(row.pk)]

    return step, _("Đã xác nhận %(n)s minh chứng."), {}


def _link(request: SchoolRequest, now: Current) -> tuple[Step, str, dict[str, Any]]:
    named = now.named(request.POST.get("tieu-chi", ""))
    if now.framework is None or len(named) != 1:
        raise Lacking(_("Hãy chọn một tiêu chí để gắn."))
    framework, code = now.framework, named[0].code

    def step(row: Evidence) -> list[Any]:
        before = (
            EvidenceUse.objects.for_school(request.school)
            .filter(evidence=row, framework=framework.id, criterion=code)
            .values_list("state", flat=True)
            .first()
        )
        if before == EvidenceUse.State.USED:
            return []
        services.use(row, framework, [code], request.user)
        return [[str(row.pk), code, before or ""]]

    words = _("Đã gắn %(n)s minh chứng vào tiêu chí {code}.").replace("{code}", code)
    return step, words, {"framework": framework.id}


def _sensitive(request: SchoolRequest, now: Current, *, sensitive: bool = True) -> tuple[Step, str, dict[str, Any]]:
    if not sensitive and not may(request.membership.role, Capability.OPEN_SENSITIVE):
        raise PermissionDenied(who_may(Capability.OPEN_SENSITIVE))

    def step(row: Evidence) -> list[Any]:
        if row.sensitive == sensitive:
            return []
        outcome = services.save_fields(
            request.school, row.pk, {"sensitive": sensitive}, seen=row.version, user=request.user
        )
        return [str(row.pk)] if outcome.changed else []

    said = _("Đã đánh dấu giữ kín %(n)s minh chứng.") if sensitive else _("Đã bỏ dấu giữ kín ở %(n)s minh chứng.")
    return step, said, {"sensitive": sensitive}


def _open(request: SchoolRequest, now: Current) -> tuple[Step, str, dict[str, Any]]:
    return _sensitive(request, now, sensitive=False)


def _remove(request: SchoolRequest, now: Current) -> tuple[Step, str, dict[str, Any]]:
    note = request.POST.get("ly-do", "").strip()[:1000]

    def step(row: Evidence) -> list[Any]:
        services.remove(request.school, row.pk, user=request.user, note=note)
        return [str(row.pk)]

    return step, _("Đã bỏ %(n)s minh chứng khỏi danh mục."), {}


DOING: dict[str, Any] = {"verify": _verify, "link": _link, "sensitive": _sensitive, "open": _open, "remove": _remove}


def _chosen(request: SchoolRequest, asked: Any, now: Current) -> list[Evidence]:
    rows = Evidence.objects.for_school(request.school)
    if asked.get("tat-ca") == "1":
        choice = Choice.from_query(dict(parse_qsl(asked.get("loc", ""))))
        sensitive_too = may(request.membership.role, Capability.OPEN_SENSITIVE)
        rows = searched(request.school, choice, now, timezone.localdate(), sensitive_too=sensitive_too)
    else:
        rows = rows.filter(pk__in=ids_of(asked.getlist("chon")))
    return list(rows.order_by("code_order", "created_at", "id")[:MOST_AT_ONCE])


def _page(request: SchoolRequest, rows: list[Evidence], now: Current, error: str = "") -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    role = request.membership.role
    context = {
        "rows": rows,
        "now": now,
        "error": error,
        "criterion": asked.get("tieu-chi", ""),
        "reason": asked.get("ly-do", ""),
        "loc": asked.get("loc", ""),
        "criteria": now.choices(),
        "may_verify": may(role, Capability.VERIFY_EVIDENCE),
        "may_open": may(role, Capability.OPEN_SENSITIVE),
    }
    return render(request, "evidence/many.html", context, status=422 if error else 200)
