"""Evidence that is there already is chosen for an action of the plan, or taken from it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caitien.web.evidence import services
from caitien.web.evidence.models import ActionEvidence, Evidence
from caitien.web.evidence.naming import named
from caitien.web.evidence.of_actions import likely
from caitien.web.evidence.views.listing import ids_of
from caitien.web.plans.models import Action
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.roles import Capability
from caitien.web.sent import storable

LONGEST_LINE = 2_000


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.EDIT_EVIDENCE)
def of_action(request: SchoolRequest, action: UUID) -> HttpResponse:
    """`ten`: the expected evidence it is for; `tim`: words; `chon`: the evidence chosen; `go`: a link that is taken away."""
    row: Action = own(Action.objects.select_related("plan"), request, action)
    row.school = row.plan.school = request.school
    asked = request.POST if request.method == "POST" else request.GET
    line = storable(asked.get("ten", "")).strip()[:LONGEST_LINE]
    if request.method != "POST":
        return _page(request, row, line)
    if "go" in request.POST:
        return _taken_away(request, row)
    keys = ids_of([request.POST.get("chon", "")])
    chosen = Evidence.objects.for_school(request.school).filter(pk__in=keys).first()
    if chosen is None:
        return _page(request, row, line, error=_("Hãy chọn một minh chứng trong danh sách."))
    chosen.school = request.school
    services.prove_action(chosen, row, line, request.user)
    messages.success(request, _("Đã gắn “%(name)s” với mục này.") % {"name": str(chosen)[:100]})
    return redirect(_back(row))


def _taken_away(request: SchoolRequest, row: Action) -> HttpResponse:
    proofs = ActionEvidence.objects.filter(school=request.school, action=row, pk__in=ids_of([request.POST["go"]]))
    if proofs.delete()[0]:
        messages.success(
            request, _("Đã gỡ minh chứng khỏi mục này. Dấu “đã có” của dòng giữ nguyên: bấm vào dòng nếu muốn bỏ.")
        )
    return redirect(_back(row))


def _page(request: SchoolRequest, row: Action, line: str, error: str = "") -> HttpResponse:
    words = storable(request.GET.get("tim", "")).strip()
    rows = named(request.school, words) if words else likely(row, row.plan.framework)
    context = {"action": row, "line": line, "words": words, "rows": rows, "error": error}
    return render(request, "evidence/of_action.html", context, status=422 if error else 200)


def _back(row: Action) -> str:
    return reverse("plans:action", args=[row.school.slug, row.plan_id, row.pk]) + "#f-expected_evidence"
