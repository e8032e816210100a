"""The list of imported files, the page that takes a file, the original and its pages as pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET

from caitien.errors import ReadingError
from caitien.reading.limits import DEFAULT_LIMITS
from caitien.web.documents import intake
from caitien.web.documents.models import Import, ImportedFile
from caitien.web.documents.pictures import picture
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.roles import Capability, may
from caitien.web.sent import whole

FORM_OVERHEAD = 64 * 1024  # bytes of a form around its file
MEGABYTE = 1024 * 1024
CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
}
"""Format, which we found by content, -> what we say it is. What the uploader's browser said is never used."""


@school_view(Capability.VIEW_PLAN)
@require_GET
def imports(request: SchoolRequest) -> HttpResponse:
    """Every file that came in, the newest first, with what became of it."""
    rows = (
        Import.objects.for_school(request.school)
        .exclude(state=Import.State.DISCARDED)
        .select_related("file", "plan", "created_by")
        .defer("source", "plan_value", "decisions")
    )
    context = {"imports": list(rows), "may_import": may(request.membership.role, Capability.IMPORT_DOCUMENT)}
    return render(request, "documents/list.html", context)


def _bounded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuses a body that is too large by what its head says, before a byte of it is read."""

    @wraps(view)
    def inner(request: SchoolRequest) -> HttpResponse:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if request.method == "POST" and length > most_bytes() + FORM_OVERHEAD:
            return _refused(request, too_large(length))
        return view(request)

    return inner


@csrf_exempt  # checked within: the check would read the whole body before its size is judged
@school_view(Capability.IMPORT_DOCUMENT)
@_bounded
@csrf_protect
def upload(request: SchoolRequest) -> HttpResponse:
    """Take a file, read it, go to its review. A bad file: the page again with one sentence, and no trace of the file."""
    if request.method != "POST":
        return render(request, "documents/upload.html")
    file = request.FILES.get("file")
    if file is None:
        return _refused(request, _("Chưa chọn tệp. Hãy thả tệp vào khung, hoặc bấm chọn tệp trên máy."))
    if file.size > most_bytes():
        return _refused(request, too_large(file.size))
    if earlier := _earlier(request, file):
        return render(request, "documents/same_file.html", {"earlier": earlier, "name": file.name})
    try:
        imported = intake.receive(request.school, request.user, file.name, file)
    except ReadingError as error:
        return _refused(request, str(error))
    return redirect("documents:review", school=request.school.slug, key=imported.pk)


@school_view(Capability.VIEW_PLAN)
@require_GET
def original(request: SchoolRequest, key: UUID) -> HttpResponse:
    """The file as it came in: always to be saved, never to be shown by the browser, with the type that we found."""
    imported = own(Import.objects.select_related("file"), request, key)
    file: ImportedFile = imported.file
    if imported.state == Import.State.DISCARDED or not file.content:
        raise Http404
    response = FileResponse(file.content.open("rb"), as_attachment=True, filename=file.name)
    response.headers["Content-Type"] = CONTENT_TYPES.get(file.format, "application/octet-stream")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@school_view(Capability.IMPORT_DOCUMENT)
@require_GET
def page_picture(request: SchoolRequest, key: UUID) -> HttpResponse:
    """A page of a PDF as a picture (?so=3), drawn once and kept beside the file."""
    imported = own(Import.objects.select_related("file").defer("source", "plan_value"), request, key)
    number = whole(request.GET.get("so", "1"), 0)
    if imported.file.format != "pdf" or not number:
        raise Http404
    drawn = picture(imported.file, number)
    if drawn is None:
        raise Http404
    response = HttpResponse(drawn, content_type="image/png")
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


def most_bytes() -> int:
    """How many bytes a file may have: the bound of reading."""
    return DEFAULT_LIMITS.file_bytes


def too_large(size: int) -> str:
    """The sentence for a file that is too large."""
    return _(
        "Tệp nặng %(size)s MB, vượt mức %(limit)s MB. Hãy bỏ bớt ảnh hoặc phụ lục trong tệp, hoặc tách riêng phần kế hoạch rồi tải lên."
    ) % {"size": size // MEGABYTE, "limit": most_bytes() // MEGABYTE}


def _refused(request: SchoolRequest, sentence: str) -> HttpResponse:
    return render(request, "documents/upload.html", {"refusal": sentence}, status=422)


def _earlier(request: SchoolRequest, file: object) -> Import | None:
    """The import of the same content in this school that is still of use."""
    digest = hashlib.sha256()
    for chunk in file.chunks():  # type: ignore[attr-defined]
        digest.update(chunk)
    file.seek(0)  # type: ignore[attr-defined]
    return (
        Import.objects.for_school(request.school)
        .filter(file__sha256=digest.hexdigest())
        .filter(Q(state=Import.State.REVIEW) | Q(state=Import.State.ACCEPTED, plan__isnull=False))
        .select_related("file", "plan", "created_by")
        .defer("source", "plan_value")
        .order_by("-created_at")
        .first()
    )


def gone(request: SchoolRequest, imported: Import) -> HttpResponse:
    """Where to go when an import is no longer in review."""
    if imported.state == Import.State.ACCEPTED and imported.plan_id:
        messages.info(request, _("Bản nhập này đã được đưa vào kế hoạch."))
        return redirect("plans:plan", school=request.school.slug, plan=imported.plan_id)
    messages.info(request, _("Bản nhập này đã bị bỏ."))
    return redirect("documents:list", school=request.school.slug)
