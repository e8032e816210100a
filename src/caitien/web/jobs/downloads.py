"""A stored file sent in pieces, to be kept and never to be run; a broken download goes on where it stopped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import http_date

PIECE = 64 * 1024  # bytes
_RANGE = re.compile(r"bytes=(\d{0,19})-(\d{0,19})")


def download(
    request: HttpRequest, stored: str, name: str, content_type: str, when: datetime | None = None
) -> HttpResponseBase:
    """The file at `stored` as an attachment called `name`. `when`: it has been as it is since then. Http404 when it is gone.

    One range of bytes may be asked for (RFC 9110, 14.2), as browsers do who go on with a download that was cut.
    """
    try:
        size = default_storage.size(stored)
        handle = default_storage.open(stored, "rb")
    except OSError:
        raise Http404 from None
    tag = f'"{stored.rpartition("/")[2]}"'
    span = asked_range(request.headers.get("Range", ""), size) if _is_the_same(request, tag) else None
    if span == ():
        handle.close()
        response: HttpResponseBase = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        return _inert(response, tag, when)
    response = FileResponse(handle, as_attachment=True, filename=name, content_type=content_type)
    response.headers["Content-Length"] = str(size)
    if span:
        first, last = span
        response.streaming_content = _part(handle, first, last)
        response.status_code = 206
        response.headers["Content-Length"] = str(last - first + 1)
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


def _is_the_same(request: HttpRequest, tag: str) -> bool:
    """Whether what the browser has the beginning of is this file."""
    return request.headers.get("If-Range", tag) == tag


def _part(handle: BinaryIO, first: int, last: int) -> Iterator[bytes]:
    handle.seek(first)
    left = last - first + 1
    while left > 0 and (piece := handle.read(min(PIECE, left))):
        left -= len(piece)
        yield piece


def _inert(response: Any, tag: str, when: datetime | None) -> Any:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = tag
    if when is not None:
        response.headers["Last-Modified"] = http_date(when.timestamp())
    return response
