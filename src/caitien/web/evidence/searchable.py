"""What can be searched of an evidence, cut into pieces and written into the full-text index."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction

from caitien.web.evidence.models import Attachment, Evidence, EvidenceCode, SearchPiece
from caitien.web.evidence.search_tables import Filled, store
from caitien.web.evidence.search_words import code_words, places_of, words_of

PIECE = 8_000  # words of a file in a piece, about 20 pages; PostgreSQL counts places up to 16.383
OVERLAP = 20  # words that a piece has of the one before: so long may a phrase be that a cut does not hide
AT_A_TIME = 100  # evidences


def indexed(school_id: Any, keys: Sequence[Any]) -> None:
    """Makes the pieces of these evidences of a school anew; evidence that was taken away has none."""
    school_id = school_id if isinstance(school_id, UUID) else UUID(str(school_id))
    waiting = iter(dict.fromkeys(keys))
    while some := list(islice(waiting, AT_A_TIME)):
        with transaction.atomic():
            SearchPiece.objects.for_school(school_id).filter(evidence__in=some).delete()
            store(school_id, _pieces(school_id, some))


def _pieces(school_id: UUID, keys: Sequence[Any]) -> Iterator[Filled]:
    files: dict[UUID, list[Attachment]] = defaultdict(list)
    for one in (
        Attachment.objects.for_school(school_id)
        .filter(evidence__in=keys, superseded_at=None)
        .select_related("file")
        .only("name", "url", "evidence_id", "file__text", "file__kind")
    ):
        files[one.evidence_id].append(one)
    codes: dict[UUID, list[str]] = defaultdict(list)
    for evidence, code in (
        EvidenceCode.objects.for_school(school_id).filter(evidence__in=keys).values_list("evidence", "code")
    ):
        codes[evidence].append(code)
    for row in Evidence.objects.for_school(school_id).filter(pk__in=keys):
        yield from pieces_of(row, codes[row.pk], files[row.pk])


def pieces_of(row: Evidence, codes: Sequence[str], attachments: Sequence[Attachment]) -> Iterator[Filled]:
    """The pieces of one evidence: each with all that is written about it, and a part of one of its files.

    Of what is kept apart its summary, its note and the names of its files are with the words inside: only who may open it
    finds it by them.
    """
    title = [word for code in dict.fromkeys([row.code, *codes]) for word in [*code_words(code), ""] if code]
    title = [word for word in [*title, *words_of(row.name)] if word]
    written = [row.number, row.date, _day(row.date), row.issuer, row.place]
    inner = [row.summary, row.note, *(one.name for one in attachments)]
    more = _words([*written, *([] if row.sensitive else inner)])
    apart = _words(inner) if row.sensitive else []
    count = 0
    for one in attachments:
        text = one.file.text if one.file else ""
        for start, end, page, body in cut(text):
            yield Filled(_piece(row, count, one, start, end - start, page), title, more, [*body, *apart])
            count += 1
    if not count:
        yield Filled(_piece(row, 0, None, 0, 0, None), title, more, apart)


def _words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in words_of(text)]


def cut(text: str) -> Iterator[tuple[int, int, int | None, list[str]]]:
    """A text in pieces: where each begins and ends, on which page (None when it has no pages), its words."""
    found = list(places_of(text))
    for first in range(0, len(found), PIECE):
        part = found[max(0, first - OVERLAP) : first + PIECE]
        start, end = part[0][1], part[-1][2]
        page = text.count("\f", 0, start) + 1 if "\f" in text else None
        yield start, end, page, [word for word, _, _ in part]


def _piece(
    row: Evidence, number: int, attachment: Attachment | None, start: int, length: int, page: int | None
) -> SearchPiece:
    digest = hashlib.sha256(f"{row.pk}/{number}".encode()).digest()
    return SearchPiece(
        school_id=row.school_id,
        evidence=row,
        attachment=attachment,
        number=number,
        start=start,
        length=length,
        page=page,
        place=int.from_bytes(digest[:8], "big") >> 1,
    )


def _day(said: str) -> str:
    """A day as it is printed, when it is kept as ISO."""
    try:
        return f"{date.fromisoformat(said):%d/%m/%Y}"
    except ValueError:
        return ""
