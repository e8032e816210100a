"""Words that a script saves while somebody writes: how they are sent, and what each is answered (see `criterion.js`)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from caitien.web.assessments.words import Kept, NotKept
from caitien.web.schools.guard import SchoolRequest
from caitien.web.sent import storable, whole

MOST = 40  # words in one request; a sheet has fewer fields
LONGEST_BODY = 1024 * 1024  # bytes
Said = dict[str, Any]
"""An answer, as JSON."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Words as the script sends them. See `words.keep` for `version`, `base`, `before`."""

    row: str
    field: str
    words: str
    version: int
    base: str | None
    before: str | None


def read_sent(request: SchoolRequest) -> list[Sent]:
    """The words of a request `{"cells": [{action, field, words, version}]}`. Raises NotKept for what is no such request."""
    try:
        if whole(request.headers.get("Content-Length"), 0) > LONGEST_BODY:
            raise NotKept(_("Gửi quá nhiều chữ một lần. Hãy chia thành nhiều lần."))
        entries = json.loads(request.body)["cells"]
        if not isinstance(entries, list) or not 0 < len(entries) <= MOST:
            raise TypeError
        return [_one(entry) for entry in entries]
    except NotKept:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise NotKept(_("Yêu cầu không đúng dạng nên chưa lưu được gì.")) from None


def _one(entry: Any) -> Sent:
    texts = {name: entry.get(name) for name in ("action", "field", "words")}
    version = entry.get("version")
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError
    if not isinstance(version, int) or isinstance(version, bool) or not 0 < version < 2**31:
        raise TypeError
    base, before = (entry.get(name) if isinstance(entry.get(name), str) else None for name in ("base", "before"))
    return Sent(texts["action"], texts["field"], storable(texts["words"]), version, base, before)


def saved_said(kept: Kept) -> Said:
    """What is answered when words were kept, or stood there already."""
    said: Said = {"status": "saved" if kept.changed else "same", "version": kept.row.version}
    if kept.joined:
        said["words"] = as_typed(kept.words)
        said["say"] = _("Người khác cũng vừa viết đoạn này, ở câu khác: đã ghép cả hai.")
    if kept.linked:
        said["linked"] = list(kept.linked)
    return said


def clash_said(request: SchoolRequest, kept: Kept, sent: Sent) -> Said:
    """Both texts, who wrote the other and when; `html`: the choice, for the page."""
    record = type(kept.row).history.filter(id=kept.row.pk, school_id=kept.row.school_id)
    last = record.select_related("history_user").latest()
    mine, theirs = as_typed(kept.words), as_typed(kept.theirs)
    context = {"mine": mine, "theirs": theirs, "who": last.history_user, "when": last.history_date}
    return {
        "status": "clash",
        "version": kept.row.version,
        "mine": mine,
        "raw": theirs,
        "html": render_to_string("assessments/_criterion_clash.html", context, request=request),
    }


def as_typed(value: Any) -> str:
    """A value of a column as it stands in its box: a list has a line each."""
    return "\n".join(value) if isinstance(value, list) else str(value)


def json_answer(said: Said, status: int = 200) -> JsonResponse:
    """Vietnamese letters as they are."""
    return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})
