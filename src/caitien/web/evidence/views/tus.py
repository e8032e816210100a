"""Uploads that go on after a lost network: the tus protocol 1.0 (core, creation with the first bytes, termination, expiration).

https://tus.io/protocols/resumable-upload.html. What differs for our own page: with "Accept: application/json" the last
piece is answered with what became of the file (200 instead of 204). Refusals are sentences, as text.
"""

from __future__ import annotations

import base64
import binascii
from threading import BoundedSemaphore
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _

from caitien.web.evidence import uploads
from caitien.web.evidence.kinds import MOST_BYTES_OF_FILMS
from caitien.web.evidence.models import Upload
from caitien.web.evidence.partial_files import Busy, Elsewhere
from caitien.web.evidence.refusals import RefusedFile
from caitien.web.evidence.uploaded import told
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.roles import Capability, may

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,expiration"
PIECE = "application/offset+octet-stream"
SECONDS_A_PIECE = 25.0
"""A slow phone gives the thread back after this; what it sent stays, and it asks how much that was."""
AT_ONCE = 6
"""Pieces that one server process takes at the same time: a few slow phones must not keep everybody else waiting."""
SECONDS_FOR_A_PLACE = 0.15
LONGEST_METADATA = 16_000
MOST_DIGITS = 15
_places = BoundedSemaphore(AT_ONCE)


class _Bad(Exception):
    """The request is none of the protocol. `args`: status, sentence."""


@school_view(Capability.SUBMIT_EVIDENCE)
def new_upload(request: SchoolRequest) -> HttpResponse:
    """POST: a file will come (its first bytes may come with it). OPTIONS: what this server can."""
    if request.method == "OPTIONS":
        return _answer(
            204, **{"Tus-Version": VERSION, "Tus-Extension": EXTENSIONS, "Tus-Max-Size": MOST_BYTES_OF_FILMS}
        )
    if request.method != "POST":
        return _answer(405, Allow="POST, OPTIONS")
    try:
        _check_version(request)
        said = _metadata(request.headers.get("Upload-Metadata", ""))
        size = _number(request, "Upload-Length")
        may_edit = may(request.membership.role, Capability.EDIT_EVIDENCE)
        purpose = uploads.purpose_of(request.school, request.user, said, may_edit=may_edit)
        upload = uploads.begin(request.school, request.user, said.get("filename", ""), size, purpose)
    except _Bad as bad:
        return _refusal(*bad.args)
    except RefusedFile as refused:
        return _refusal(413 if "too_large" in refused.code else 422, refused)
    address = reverse("evidence:upload_piece", args=[request.school.slug, upload.pk])
    heads = {"Location": request.build_absolute_uri(address), **_expires(upload)}
    if upload.state == Upload.State.REFUSED:
        return _refusal(422, upload.refusal)
    there = uploads.arrived(upload)
    if upload.state == Upload.State.UNDER_WAY and (request.content_type != PIECE or there):
        return _answer(201, **{"Upload-Offset": there}, **heads)
    response = _taken(request, upload, there)
    if response.status_code == 204:
        response.status_code = 201
    for name, value in heads.items():
        response.headers[name] = value
    return response


@school_view(Capability.SUBMIT_EVIDENCE)
def piece(request: SchoolRequest, upload: UUID) -> HttpResponse:
    """HEAD: how much there is. PATCH: what comes next. DELETE: not wanted any more. GET: what became of it, as JSON."""
    found = own(Upload.objects.select_related("file"), request, upload)
    if found.by_id != request.user.pk:
        raise Http404
    found.school = request.school
    if request.method == "HEAD":
        return _answer(200, **{"Upload-Offset": uploads.arrived(found), "Upload-Length": found.size, "Cache-Control": "no-store", **_expires(found)})  # fmt: skip
    if request.method == "GET":
        return JsonResponse(told(request, found), headers={"Cache-Control": "no-store"})
    try:
        _check_version(request)
        if request.method == "DELETE":
            uploads.drop(found)
            return _answer(204)
        if request.method != "PATCH":
            return _answer(405, Allow="HEAD, PATCH, DELETE, GET")
        if request.content_type != PIECE:
            raise _Bad(415, _("Phần tệp gửi lên không đúng kiểu. Hãy tải lại trang rồi gửi lại."))
        return _taken(request, found, _number(request, "Upload-Offset"))
    except _Bad as bad:
        return _refusal(*bad.args)
    except Busy:
        return _busy()


def _taken(request: SchoolRequest, upload: Upload, offset: int) -> HttpResponse:
    """Takes a piece; after the last one the file is looked at and kept."""
    length = _length(request)
    try:
        there = offset
        if offset < upload.size:
            if not _places.acquire(timeout=SECONDS_FOR_A_PLACE):
                return _answer(503, **{"Retry-After": 1, "Upload-Offset": uploads.arrived(upload)})
            try:
                there = uploads.add(upload, offset, request, length, SECONDS_A_PIECE)
            finally:
                _places.release()
        elif uploads.arrived(upload) != offset:
            raise Elsewhere(uploads.arrived(upload))
        if there < upload.size:
            return _answer(204, **{"Upload-Offset": there, **_expires(upload)})
        came = uploads.finish(upload, request.user)
    except Elsewhere as elsewhere:
        return _answer(409, **{"Upload-Offset": elsewhere.offset})
    except Busy:
        return _busy()
    except RefusedFile as refused:
        return _refusal(413 if "too_large" in refused.code else 422, refused)
    heads = {"Upload-Offset": upload.size}
    if "application/json" not in request.headers.get("Accept", ""):
        return _answer(204, **heads)
    response = JsonResponse(told(request, came.upload))
    for name, value in {"Tus-Resumable": VERSION, **heads}.items():
        response.headers[name] = str(value)
    return response


def _busy() -> HttpResponse:
    return _answer(423, **{"Retry-After": 1})


def _check_version(request: SchoolRequest) -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise _Bad(412, _("Trang này đã cũ. Hãy tải lại trang rồi gửi lại."))


def _number(request: SchoolRequest, name: str) -> int:
    said = request.headers.get(name, "")
    if not (said.isascii() and said.isdecimal() and len(said) <= MOST_DIGITS):
        raise _Bad(400, _("Không rõ độ lớn của tệp. Hãy tải lại trang rồi gửi lại."))
    return int(said)


def _length(request: SchoolRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isdecimal() and len(said) <= MOST_DIGITS else 0


def _metadata(said: str) -> dict[str, str]:
    """ "name dGVuLnBkZg==,other" -> {"name": "ten.pdf", "other": ""}. Raises _Bad."""
    found: dict[str, str] = {}
    if len(said) > LONGEST_METADATA:
        raise _Bad(400, _("Tên tệp quá dài. Hãy đổi tên ngắn lại rồi gửi."))
    for pair in said.split(","):
        name, _space, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode("utf-8").replace("\0", "")
        except (binascii.Error, UnicodeDecodeError):
            raise _Bad(400, _("Không đọc được tên tệp. Hãy đổi tên rồi gửi lại.")) from None
    return found


def _expires(upload: Upload) -> dict[str, str]:
    return {"Upload-Expires": http_date((upload.changed_at + uploads.UNFINISHED_STAY).timestamp())}


def _answer(status: int, **heads: Any) -> HttpResponse:
    response = HttpResponse(status=status)
    for name, value in {"Tus-Resumable": VERSION, **heads}.items():
        response.headers[name] = str(value)
    return response


def _refusal(status: int, sentence: Any) -> HttpResponse:
    """A sentence for the person who waits for her file."""
    response = HttpResponse(str(sentence), status=status, content_type="text/plain; charset=utf-8")
    response.headers["Tus-Resumable"] = VERSION
    return response
