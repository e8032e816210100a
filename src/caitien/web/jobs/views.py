"""The pages of jobs: how far one is, what came of it, its file; and the last ones that a person asked for."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from caitien.web.jobs.asking import again, cancel, nudge
from caitien.web.jobs.downloads import download
from caitien.web.jobs.kinds import Kind, kind_of
from caitien.web.jobs.models import Job
from caitien.web.jobs.page import seen
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.roles import Capability, may

SHOWN = 20
BRIEF = [field.name for field in Job._meta.concrete_fields if field.name not in ("arguments", "result")]
"""Columns of a list: without what may be large."""


def ready_or_page(job: Job) -> str:
    """Where a view sends the person who asked: to the file or the result when it is there, else to the page of the job."""
    if job.state == Job.State.DONE and job.stored:
        return reverse("jobs:file", args=[job.school.slug, job.pk])
    if job.state == Job.State.DONE and job.address:
        return job.address
    return job.get_absolute_url()


@require_safe
@school_view(Capability.VIEW_SCHOOL)
def jobs(request: SchoolRequest) -> HttpResponse:
    """What I asked for lately."""
    rows = Job.objects.for_school(request.school).filter(created_by=request.user, behind=False).only(*BRIEF)
    return render(request, "jobs/jobs.html", {"jobs": rows.order_by("-created_at")[:SHOWN]})


@require_safe
@school_view(Capability.VIEW_SCHOOL)
def job(request: SchoolRequest, job: UUID) -> HttpResponse:
    """How far it is; when it is done, its file, or on to the page of its result. htmx asks for what moves."""
    found, kind = _seen(request, job)
    nudge(found)
    if found.state == Job.State.DONE and found.address and not found.stored:
        return _on_to_the_result(request, found)
    if request.htmx and not found.is_open:
        return HttpResponseClientRedirect(found.get_absolute_url(request.school))
    context = seen(found, timezone.now()) | {"may_take": kind is not None and _may_take(request, found, kind)}
    response = render(request, "jobs/_progress.html" if request.htmx else "jobs/job.html", context)
    response.headers["Cache-Control"] = "private, no-store"  # going back shows how it is, not how it was
    return response


@require_safe
@school_view(Capability.VIEW_SCHOOL)
def file(request: SchoolRequest, job: UUID) -> HttpResponse:
    """The file, to keep; for members whose role may have it now."""
    found, kind = _seen(request, job)
    if kind is None or not _may_take(request, found, kind) or not found.stored:
        raise Http404
    return download(request, found.stored, found.file_name, found.content_type, found.finished_at)


@require_POST
@school_view(Capability.VIEW_SCHOOL)
def stop(request: SchoolRequest, job: UUID) -> HttpResponse:
    """The person does not want it any more."""
    found, _kind = _seen(request, job)
    if not cancel(found):
        messages.info(request, _("Việc này đã kết thúc trước khi bạn bấm “Thôi”."))
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


def _on_to_the_result(request: SchoolRequest, found: Job) -> HttpResponse:
    if found.words:
        messages.success(request, found.words)
    return HttpResponseClientRedirect(found.address) if request.htmx else redirect(found.address)


def _seen(request: SchoolRequest, key: UUID) -> tuple[Job, Kind | None]:
    """The job and its kind. Http404 for who neither asked for it nor may have what it makes."""
    found: Job = own(Job.objects.only(*BRIEF), request, key)
    found.school = request.school
    kind = kind_of(found.kind)
    if found.created_by_id == request.user.pk or (kind is not None and _may_take(request, found, kind)):
        return found, kind
    raise Http404


def _may_take(request: SchoolRequest, found: Job, kind: Kind) -> bool:
    """Whether who asks may have the file: the role of now may do what the kind names."""
    if kind.only_own and found.created_by_id != request.user.pk:
        return False
    return may(request.membership.role, kind.capability)
