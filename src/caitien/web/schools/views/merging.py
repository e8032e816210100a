"""Two rows that are one person: looked at side by side, made one, taken apart again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caitien.web.schools import merging
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.models import Person, PersonMerge
from caitien.web.schools.roles import Capability
from caitien.web.schools.views.people import in_order, present


@school_view(Capability.MANAGE_PEOPLE)
def merge(request: SchoolRequest, person: UUID) -> HttpResponse:
    """`person` is kept; `?voi=` is the one who becomes her. First what would move, then the button."""
    kept = own(present(request.school).select_related("user"), request, person)
    gone = _other(request, kept)
    if request.method == "POST" and gone is not None:
        if "different" in request.POST:
            merging.not_the_same(kept, gone, user=request.user)
            messages.success(
                request, _("Sẽ không gợi ý gộp “%(one)s” và “%(other)s” nữa.") % {"one": kept, "other": gone}
            )
            return redirect("schools:people", school=request.school.slug)
        done = merging.merge(kept, gone, user=request.user)
        messages.success(
            request,
            _("Đã gộp “%(gone)s” vào “%(kept)s”. Gộp nhầm thì bấm “Tách lại” ở trang này.")
            % {"gone": done.gone, "kept": done.kept},
            extra_tags=f"undo {reverse('schools:unmerge', args=[request.school.slug, done.pk])}",
        )
        return redirect("schools:person", school=request.school.slug, person=kept.pk)
    if request.method == "POST":
        messages.error(request, _("Chưa chọn gộp với ai. Hãy chọn một người trong danh sách."))
    others = in_order(one for one in present(request.school).filter(kind=kept.kind) if one.pk != kept.pk)
    context: dict[str, Any] = {"kept": kept, "gone": gone, "others": others}
    if gone is not None:
        context["preview"] = merging.preview(kept, gone)
    return render(request, "schools/merge.html", context, status=422 if request.method == "POST" else 200)


def _other(request: SchoolRequest, kept: Person) -> Person | None:
    asked = request.POST.get("voi") or request.GET.get("voi") or ""
    if not asked:
        return None
    try:
        key = UUID(asked)
    except ValueError:
        raise Http404 from None
    return own(present(request.school).select_related("user"), request, key)


@require_POST
@school_view(Capability.MANAGE_PEOPLE)
def unmerge(request: SchoolRequest, merge: UUID) -> HttpResponse:
    done = merging.undo(own(PersonMerge.objects.all(), request, merge), user=request.user)
    messages.success(
        request, _("Đã tách “%(gone)s” ra khỏi “%(kept)s”.") % {"gone": done.gone.name, "kept": done.kept.name}
    )
    return redirect("schools:person", school=request.school.slug, person=done.gone_id)
