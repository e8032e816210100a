"""The page of a job: how far it is, what came of it; and its file."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from caitien.web.jobs.asking import again, cancel
from caitien.web.jobs.kinds import Kind, kind_of
from caitien.web.jobs.models import Job
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.roles import Capability, may


@require_safe
@school_view(Capability.VIEW_SCHOOL)
def job(request: SchoolRequest, job: UUID) -> HttpResponse:
    """How far it is; when it is done, its file, or on to the page of its result. htmx asks for the fragment."""
    found, kind = _seen(request, job)
    return render(
        request, "jobs/job.html", {"job": found, "may_take": kind is not None and _may_take(request, found, kind)}
    )


@require_safe
@school_view(Capability.VIEW_SCHOOL)
def file(request: SchoolRequest, job: UUID) -> HttpResponse:
    """The file, to keep; to members only whose role may have it now."""
    found, kind = _seen(request, job)
    if kind is None or not _may_take(request, found, kind) or not found.stored:
        raise Http404
    try:
        handle = default_storage.open(found.stored, "rb")
    except OSError:
        raise Http404 from None
    response = FileResponse(handle, as_attachment=True, filename=found.file_name, content_type=found.content_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
@school_view(Capability.VIEW_SCHOOL)
def stop(request: SchoolRequest, job: UUID) -> HttpResponse:
    """The person does not want it any more."""
    found, _kind = _seen(request, job)
    if cancel(found):
        messages.info(request, _("Đã thôi làm việc này."))
    return redirect(found.get_absolute_url(request.school))


@require_POST
@school_view(Capability.VIEW_SCHOOL)
def do_again(request: SchoolRequest, job: UUID) -> HttpResponse:
    """Begins anew what failed, was stopped, or whose file is gone."""
    found, kind = _seen(request, job)
    if kind is None or not _may_take(request, found, kind):
        raise Http404
    again(found)
    return redirect(found.get_absolute_url(request.school))


def _seen(request: SchoolRequest, key: UUID) -> tuple[Job, Kind | None]:
    """The job and its kind. Http404 for who neither asked for it nor may have what it makes."""
    found: Job = own(Job.objects.all(), request, key)
    kind = kind_of(found.kind)
    if found.created_by_id == request.user.pk or (kind is not None and _may_take(request, found, kind)):
        return found, kind
    raise Http404


def _may_take(request: SchoolRequest, found: Job, kind: Kind) -> bool:
    """Whether who asks may have the file: his role now may do what the kind names."""
    if kind.only_own and found.created_by_id != request.user.pk:
        return False
    return may(request.membership.role, kind.capability)
