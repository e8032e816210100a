"""A stored file sent in pieces, to be kept and never to be run; a broken download goes on where it stopped."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header, http_date

from caitien.web.serving import THREADS

PIECE = 64 * 1024  # bytes
LARGE = 1024 * 1024  # bytes; less is gone before anybody notices
MOST_AT_ONCE = THREADS - 4
"""Large files that one server process sends at a time: each keeps a thread until the slowest phone has it all."""
A_MINUTE = 60
_places = threading.BoundedSemaphore(MOST_AT_ONCE)
_RANGE = re.compile(r"bytes=(\d{0,19})-(\d{0,19})", re.ASCII)


def download(
    request: HttpRequest, stored: str, name: str, content_type: str, when: datetime | None = None
) -> HttpResponseBase:
    """The file at `stored` as an attachment called `name`. `when`: it has been as it is since then. Http404 when it is gone.

    One range of bytes may be asked for (RFC 9110, 14.2), as browsers do who go on with a download that was cut. When too
    many are being sent, a page says so (503).
    """
    try:
        size = default_storage.size(stored)
    except OSError:
        raise Http404 from None
    tag = f'"{stored.rpartition("/")[2]}"'
    span = asked_range(request.headers.get("Range", ""), size) if _is_the_same(request, tag) else None
    if span == ():
        return _inert(HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"}), tag, when)
    first, last = span or (0, size - 1)
    large = last - first >= LARGE and request.method != "HEAD"
    if large and not _places.acquire(blocking=False):
        return _too_many(request)
    try:
        handle = _opened(stored, first, last)
    except BaseException as error:
        if large:
            _places.release()
        if isinstance(error, OSError):
            raise Http404 from None
        raise
    response = StreamingHttpResponse(_Pieces(handle, last - first + 1, large), content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["Content-Length"] = str(last - first + 1)
    if span:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return _inert(response, tag, when)


def asked_range(header: str, size: int) -> tuple[int, int] | tuple[()] | None:
    """First and last byte that are asked for; () when there are no such bytes; None when the whole is wanted.

    >>> asked_range("bytes=10-", 100), asked_range("bytes=-5", 100), asked_range("bytes=100-", 100)
    ((10, 99), (95, 99), ())
    """
    found = _RANGE.fullmatch(header.strip())
    if found is None or found[1] == found[2] == "":
        return None  # several ranges, or none that is understood: the whole file is a right answer
    if found[1] == "":
        length = int(found[2])
        return (max(0, size - length), size - 1) if length and size else ()
    first = int(found[1])
    last = min(int(found[2]), size - 1) if found[2] else size - 1
    if found[2] and int(found[2]) < first:
        return None
    return (first, last) if first < size else ()


def _opened(stored: str, first: int, last: int) -> BinaryIO:
    """A stream that stands at `first`. A bucket gives a part without fetching the whole file first."""
    if last >= first and hasattr(default_storage, "part"):
        found: BinaryIO = default_storage.part(stored, first, last)
        return found
    handle: BinaryIO = default_storage.open(stored, "rb")
    if first:
        handle.seek(first)
    return handle


class _Pieces:
    """So many bytes of a stream; gives its place to the next when it is closed, whether it was sent or not."""

    def __init__(self, handle: BinaryIO, length: int, holds_place: bool) -> None:
        self.handle, self.left, self.holds_place = handle, length, holds_place

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        piece = self.handle.read(min(PIECE, self.left)) if self.left > 0 else b""
        if not piece:
            self.close()
            raise StopIteration
        self.left -= len(piece)
        return piece

    def close(self) -> None:
        self.left = 0
        self.handle.close()
        if self.holds_place:
            self.holds_place = False
            _places.release()


def _too_many(request: HttpRequest) -> HttpResponse:
    context = {"count": MOST_AT_ONCE, "again": request.get_full_path()}
    response = render(request, "jobs/too_many.html", context, status=503)
    response.headers["Retry-After"] = str(A_MINUTE)
    return response


def _is_the_same(request: HttpRequest, tag: str) -> bool:
    """Whether what the browser has the beginning of is this file."""
    return request.headers.get("If-Range", tag) == tag


def _inert(response: Any, tag: str, when: datetime | None) -> Any:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = tag
    if when is not None:
        response.headers["Last-Modified"] = http_date(when.timestamp())
    return response
