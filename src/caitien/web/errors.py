"""Error pages: each says in one sentence what happened and what to do, and keeps the way back."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from caitien.web.no_room import trouble_of
from caitien.web.schools.not_now import typed


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", {"reason": str(exception or "")}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours; or the disk is full, or the database cannot be written: that is said, with what was typed.

    Django calls this while it handles the error, wherever it happened: in a view, or when the session was saved after it.
    """
    if (trouble := trouble_of(sys.exception())) is None:
        return render(request, "errors/500.html", status=500)
    if request.headers.get("HX-Request") or "application/json" in request.headers.get("Accept", ""):
        return HttpResponse(str(trouble.sentence), status=trouble.status, content_type="text/plain; charset=utf-8")
    page = loader.render_to_string(
        "errors/no_room.html", {"sentence": trouble.sentence, "sent": _typed(request)}
    )  # without the request: what a page of the school asks of the database may fail too
    return HttpResponse(page, status=trouble.status)


def _typed(request: HttpRequest) -> list[str]:
    """What the form held; nothing when it could not even be read (a file too large for the disk)."""
    try:
        return typed(request.POST)
    except Exception:
        return []


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/csrf.html", status=403)
