"""The photographs of progress entries: shown to members of the school only, as pictures and as nothing else."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from caitien.web.plans import photos
from caitien.web.plans.editing import permitted
from caitien.web.plans.models import ProgressPhoto
from caitien.web.plans.views.context import action_of, link, plan_of
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.not_now import NotNow
from caitien.web.schools.roles import Capability, may

A_DAY = 24 * 3600  # seconds a browser may keep a picture for its user


@require_safe
@school_view(Capability.VIEW_PLAN)
def photo(request: SchoolRequest, plan: UUID, action: UUID, photo: UUID) -> HttpResponse:
    """A photograph, at most 1,600 pixels long."""
    return _shown(request, _photo_of(request, plan, action, photo).content.name)


@require_safe
@school_view(Capability.VIEW_PLAN)
def photo_small(request: SchoolRequest, plan: UUID, action: UUID, photo: UUID) -> HttpResponse:
    """The same, small, for a list."""
    return _shown(request, photos.small_path(_photo_of(request, plan, action, photo).content.name))


@require_POST
@school_view(Capability.REPORT_PROGRESS)
def photo_remove(request: SchoolRequest, plan: UUID, action: UUID, photo: UUID) -> HttpResponse:
    """Takes a photograph away for good: its sender, or who may edit the plan (a child's face, a wrong picture)."""
    found = plan_of(request, plan, years=False)
    row = action_of(request, found, action)
    one = _photo_of(request, plan, action, photo)
    if one.entry.author_id != request.user.pk and not may(request.membership.role, Capability.EDIT_PLAN):
        raise NotNow(_("Chỉ người gửi ảnh, hoặc người được sửa kế hoạch, bỏ được ảnh này."))
    permitted(found, content=False)
    photos.remove(one)
    messages.success(request, _("Đã bỏ ảnh."))
    return redirect(f"{link('action', found, action=row.pk)}#tien-do")


def _photo_of(request: SchoolRequest, plan: UUID, action: UUID, key: UUID) -> ProgressPhoto:
    rows = ProgressPhoto.objects.filter(entry__action=action, entry__action__plan=plan).select_related("entry")
    found: ProgressPhoto = own(rows, request, key)
    return found


def _shown(request: SchoolRequest, path: str) -> HttpResponse:
    try:
        file = default_storage.open(path, "rb")
    except OSError:
        raise Http404 from None
    response = FileResponse(file, content_type=photos.CONTENT_TYPE, filename="anh.jpg")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = f"private, max-age={A_DAY}"
    return response
