"""Looking at a file in the browser, and taking it. Who may open it is asked each time; what is kept apart is logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from caitien.reading.words import PAGE_BREAK
from caitien.web.evidence import indexing, looking
from caitien.web.evidence.access import log_opening, may_open, open_or_refuse
from caitien.web.evidence.kinds import KINDS
from caitien.web.evidence.looking import CannotBeShown, Way
from caitien.web.evidence.models import Attachment, Opening, StoredFile
from caitien.web.evidence.scanning import check_before_opening
from caitien.web.evidence.search_words import LONGEST_QUERY, Finder
from caitien.web.evidence.shown_html import html_of
from caitien.web.jobs.downloads import download
from caitien.web.schools.guard import SchoolRequest, own, school_view, who_may
from caitien.web.schools.roles import Capability, may
from caitien.web.sent import whole

PAGES = 10  # pictures of pages on one page of ours
A_DAY = 24 * 3600  # seconds that a browser may keep a picture for its user
LOOKING = timedelta(minutes=15)  # one looking, however many pages are turned
INERT = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}
PDF_SIZE = (1131, 1600)  # pixels of A4 upright: room for a page that is not there yet


@dataclass(frozen=True, slots=True)
class PagesShown:
    """Which pages of the file are on this page of ours."""

    count: int
    first: int
    last: int

    @property
    def before(self) -> int:
        return max(0, self.first - PAGES)

    @property
    def after(self) -> int:
        return self.last + 1 if self.last < self.count else 0

    @property
    def numbers(self) -> range:
        return range(self.first, self.last + 1)


@require_safe
@school_view(Capability.VIEW_EVIDENCE)
def view(request: SchoolRequest, attachment: UUID) -> HttpResponse:
    """The file in the page: ?trang= which page, ?xem=chu the words inside, ?tim= words to mark."""
    one = attachment_of(request, attachment)
    file = one.file
    as_text = request.GET.get("xem") == "chu"
    open_or_refuse(request, one.evidence, Opening.What.TEXT if as_text else Opening.What.VIEW, one)
    check_before_opening(file)
    query = request.GET.get("tim", "").replace("\x00", "")[:LONGEST_QUERY]
    wanted = max(1, whole(request.GET.get("trang", "1"), 1))
    way = looking.way_of(file)
    context: dict[str, Any] = {
        "one": one,
        "evidence": one.evidence,
        "file": file,
        "query": query,
        "as_text": as_text,
        "way": way,
    }
    try:
        if as_text:
            context |= _of_parts(looking.words(file), wanted, query)
        elif way is Way.PAGES:
            context |= _of_pages(file, wanted)
        elif way is Way.WORDS:
            context |= _of_parts(looking.parts(file), wanted, query)
    except CannotBeShown as error:
        context["refusal"] = str(error)
        if _has_words(file):  # they were read another way
            context |= _of_parts(looking.words(file), wanted, query) | {"as_text": True}
    return render(request, "evidence/file_view.html", context | _around(request, one, query))


@require_safe
@school_view(Capability.VIEW_EVIDENCE)
def page(request: SchoolRequest, attachment: UUID, page: int) -> HttpResponse:
    """A page of a PDF or picture, drawn anew (?co=lon: large)."""
    one = attachment_of(request, attachment)
    _log_looking(request, one)
    check_before_opening(one.file)
    size = request.GET.get("co", "")
    if looking.way_of(one.file) is not Way.PAGES or size not in looking.SIDES or not page:
        raise Http404
    try:
        drawn = looking.page_picture(one.file, page, size)
    except CannotBeShown as error:
        if error.code == "busy":
            return HttpResponse(
                str(error), status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "20"}
            )
        raise Http404 from None
    if drawn is None:
        raise Http404
    response = HttpResponse(
        drawn, content_type="image/webp" if drawn.startswith(looking.WEBP) else "image/png", headers=INERT
    )
    response.headers["Cache-Control"] = "private, no-store" if one.evidence.sensitive else f"private, max-age={A_DAY}"
    return response


@require_safe
@school_view(Capability.VIEW_EVIDENCE)
def take(request: SchoolRequest, attachment: UUID) -> HttpResponseBase:
    """The file as it was sent: always to be kept, never to be shown by the browser, with the type that we found."""
    one = attachment_of(request, attachment)
    open_or_refuse(request, one.evidence, Opening.What.DOWNLOAD, one)
    check_before_opening(one.file)
    response = download(request, one.file.content.name, one.name, one.file.content_type, one.file.created_at)
    if one.evidence.sensitive:
        response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
@school_view(Capability.SUBMIT_EVIDENCE)
def read_again(request: SchoolRequest, attachment: UUID) -> HttpResponse:
    """Has the words inside read once more: Tesseract came, or the storage is there again."""
    one = attachment_of(request, attachment)
    if not may_open(request, one.evidence):
        raise PermissionDenied(who_may(Capability.OPEN_SENSITIVE))
    indexing.read_again(StoredFile.objects.for_school(request.school).filter(pk=one.file_id))
    indexing.words_wanted(request.school, request.user)
    messages.success(request, _("Chữ trong tệp đang được đọc lại. Tải lại trang sau ít phút để xem."))
    return redirect("evidence:file_view", school=request.school.slug, attachment=one.pk)


def attachment_of(request: SchoolRequest, key: UUID) -> Attachment:
    """A file of the school, an older version too; Http404 for a link, for what was taken away, and for another school's."""
    rows = Attachment.objects.filter(file__isnull=False, evidence__removed_at=None)
    rows = rows.select_related("evidence", "file").defer("file__text")  # half a megabyte, when it is a long one
    one: Attachment = own(rows, request, key)
    one.evidence.school = one.school = request.school
    return one


def _log_looking(request: SchoolRequest, one: Attachment) -> None:
    """A page asked for by itself is an opening too; those of one looking are one line."""
    if not one.evidence.sensitive:
        return
    if not may_open(request, one.evidence):
        raise PermissionDenied(who_may(Capability.OPEN_SENSITIVE))
    lately = Opening.objects.for_school(request.school).filter(
        attachment=one, by=request.user, what=Opening.What.VIEW, at__gt=timezone.now() - LOOKING
    )
    if not lately.exists():
        log_opening(request, one.evidence, Opening.What.VIEW, one)


def _of_pages(file: StoredFile, wanted: int) -> dict[str, Any]:
    count = looking.page_count(file)
    first = (min(wanted, max(1, count)) - 1) // PAGES * PAGES + 1
    return {"pages": PagesShown(count, first, min(count, first + PAGES - 1)), "page_size": PDF_SIZE}


def _of_parts(parts: list[Any], wanted: int, query: str) -> dict[str, Any]:
    """One of the parts, with its number and how many there are."""
    number = min(wanted, len(parts))
    return {"part": number, "parts": len(parts), "html": html_of(parts[number - 1], query) if parts else ""}


def _around(request: SchoolRequest, one: Attachment, query: str) -> dict[str, Any]:
    """What stands around the file: its kind, the other files, where the words are that were searched."""
    file = one.file
    kind = KINDS.get(file.kind)
    others = list(
        Attachment.objects.for_school(request.school)
        .filter(evidence=one.evidence, superseded_at=None, file__isnull=False)
        .only("name", "position", "evidence", "school")
    )
    at = next((number for number, other in enumerate(others) if other.pk == one.pk), None)
    return {
        "kind": kind.label if kind else file.kind,
        "previous": others[at - 1] if at else None,
        "next": others[at + 1] if at is not None and at + 1 < len(others) else None,
        "found_on": _found_on(file, query),
        "may_read_again": bool(file.text_code) and may(request.membership.role, Capability.SUBMIT_EVIDENCE),
        "has_words": _has_words(file),
        "waits": file.text_state == StoredFile.Words.WAITING,
    }


def _has_words(file: StoredFile) -> bool:
    return file.text_state in (StoredFile.Words.READ, StoredFile.Words.RECOGNISED)


def _found_on(file: StoredFile, query: str) -> list[int]:
    """Numbers of the pages on which all the words stand, best with their diacritics; [] of a file without pages."""
    finder = Finder(query)
    if not finder or not _has_words(file) or PAGE_BREAK not in file.text:
        return []
    found = [(number, text) for number, text in enumerate(file.text.split(PAGE_BREAK), 1) if finder.has_all(text)]
    typed = [number for number, text in found if finder.has_all(text, as_typed=True)]
    return typed or [number for number, _text in found]
