"""Two entries of one paper are seen side by side and made one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caitien.web.evidence import merging
from caitien.web.evidence.access import may_open
from caitien.web.evidence.criteria import current
from caitien.web.evidence.listed import row_of, with_all
from caitien.web.evidence.models import Evidence
from caitien.web.evidence.naming import named
from caitien.web.evidence.views.listing import ids_of
from caitien.web.evidence.views.one import evidence_of
from caitien.web.evidence.views.proven import stepped, withdrawn_words
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability
from caitien.web.sent import storable


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.EDIT_EVIDENCE)
def merge(request: SchoolRequest, evidence: UUID) -> HttpResponse:
    """`voi`: the other one; `tim`: words to find it by; `giu`: which of the two stays."""
    row = evidence_of(request, evidence)
    asked = request.POST if request.method == "POST" else request.GET
    other = Evidence.objects.for_school(request.school).filter(pk__in=ids_of([asked.get("voi", "")])).first()
    if other is None or other.pk == row.pk or row.removed_at is not None:
        words = storable(asked.get("tim", "")).strip()
        found = named(request.school, words, but=row) if words else []
        context = {"evidence": row, "words": words, "found": found}
        return render(request, "evidence/merge_find.html", context, status=422 if request.method == "POST" else 200)
    keys = {row.pk, other.pk}
    kept = next(iter(ids_of([request.POST.get("giu", "")])), None) if request.method == "POST" else None
    if kept not in keys:
        error = _("Hãy chọn giữ minh chứng nào.") if request.method == "POST" else ""
        return _pair(request, [row.pk, other.pk], error)
    gone = (keys - {kept}).pop()
    gone_row = row if row.pk == gone else other
    gone_row.school = request.school
    refused = stepped(request, gone_row, lambda: merging.merge(request.school, kept, gone, user=request.user))
    if refused is not None:
        return refused
    messages.success(
        request, _("Đã gộp thành một. Mã của cả hai đều tìm ra minh chứng này.") + withdrawn_words(request)
    )
    return redirect("evidence:evidence", school=request.school.slug, evidence=kept)


def _pair(request: SchoolRequest, keys: list[UUID], error: str) -> HttpResponse:
    now = current(request.school)
    rows = {
        one.pk: one for one in with_all(request.school, Evidence.objects.for_school(request.school).filter(pk__in=keys))
    }
    pair: list[dict[str, Any]] = []
    for key in keys:
        one = rows[key]
        shown = row_of(one, now, one.created_at.date())
        names = [file.name for file in one.loaded_files] if may_open(request, one) else []
        pair.append({"row": shown, "one": one, "names": names})
    better = max(pair, key=lambda one: _worth(one["one"]))
    context = {
        "pair": pair,
        "better": better["one"].pk,
        "evidence": pair[0]["one"],
        "other": pair[1]["one"],
        "error": error,
    }
    return render(request, "evidence/merge.html", context, status=422 if error else 200)


def _worth(one: Any) -> tuple[bool, bool, int, float]:
    """Which is proposed to stay: the verified one, the one with a code, with more criteria, the older."""
    return one.state == Evidence.State.VERIFIED, bool(one.code), len(one.loaded_uses), -one.created_at.timestamp()
