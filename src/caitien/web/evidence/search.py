"""Finding evidence by any of its words: codes it has and had, name, number, issuer, summary, place, note, files, text inside.

Without diacritics, all words asked for, the last one as far as it is typed, "words in quotes" one after the other. What
stands in a code or a name comes first, then what is written about the evidence, then what stands in its files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Substr

from caitien.web.evidence.models import Evidence, EvidenceCode, SearchPiece
from caitien.web.evidence.search_tables import Scope, matching
from caitien.web.evidence.search_words import Finder, folded, terms_of
from caitien.web.evidence.searchable import indexed

BY_CODE, BY_NAME, BY_HEAD, BY_TEXT = range(4)
"""Values of `rank`: what is asked for is its code; stands in codes and name; in what is written about it; in a file."""
BEGINS = 3
"""Added to `rank` where the last word is only the beginning of one: "bán trú" before "biên bản của trường"."""
MOST_SPOTS = 500  # of the words found in a piece, that are looked at for the best place
EXCERPT = 200  # letters around the first words found
WRITTEN = ("number", "issuer", "summary", "place", "note")
APART = ("summary", "note")
"""Of what is kept apart only for who may open it (`forms.KEPT_APART`)."""
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Where words were found. `parts`: words, and whether they are to be marked; none when they stand in the file's name.

    `file`: its name, "" when they are not in a file.
    """

    parts: list[tuple[str, bool]]
    file: str = ""
    page: int | None = None
    attachment: UUID | None = None
    asked: str = ""  # what was searched for


def find(school: Any, text: str, *, sensitive: bool) -> QuerySet[Evidence]:
    """The evidence of a school with these words, best first (`rank`), then by code; all of it when nothing is asked for.

    `sensitive`: whether who asks may open sensitive files. If not, words inside them, their names, and what is noted about
    them are not found.
    """
    rows = Evidence.objects.for_school(school)
    terms = terms_of(text)
    if not terms:
        return rows.annotate(rank=Value(BY_NAME, IntegerField()))  # type: ignore[no-any-return]
    scopes: dict[int, Scope] = {BY_NAME: "title", BY_HEAD: "head", BY_TEXT: "words"}
    open_ = {rank: matching(school.pk, terms, scope) for rank, scope in scopes.items()}
    found = Q(pk__in=open_[BY_TEXT])
    if not sensitive:
        found &= Q(sensitive=False) | Q(pk__in=open_[BY_HEAD])
    ranks = []
    code = text.strip().strip("[]()").upper()
    if any(letter.isdigit() for letter in code):
        coded = EvidenceCode.objects.for_school(school).filter(code__in=[code, f"[{code}]"])
        ranks.append(When(pk__in=coded.values("evidence"), then=BY_CODE))
    begins = 0
    if terms[-1].open:
        whole = [*terms[:-1], replace(terms[-1], open=False)]
        ranks += [When(pk__in=matching(school.pk, whole, scope), then=rank) for rank, scope in scopes.items()]
        begins = BEGINS
    ranks += [When(pk__in=open_[rank], then=rank + begins) for rank in (BY_NAME, BY_HEAD)]
    rank = Case(*ranks, default=BY_TEXT + begins, output_field=IntegerField())
    return rows.filter(found).annotate(rank=rank).order_by("rank", "code_order", "created_at", "id")  # type: ignore[no-any-return]


def excerpts(school: Any, rows: Iterable[Evidence], text: str, *, sensitive: bool) -> dict[UUID, Excerpt]:
    """For rows that `find` gave (those of one page): where the words stand, when not in code or name. One query, or none."""
    terms = terms_of(text)
    finder = Finder(text)
    if not finder:
        return {}
    found: dict[UUID, Excerpt] = {}
    asked: dict[UUID, tuple[int, bool]] = {}  # evidence -> its rank, and whether its files may be read out
    for row in rows:
        rank = getattr(row, "rank", BY_TEXT)
        rank -= BEGINS if rank > BY_TEXT else 0
        may_read = sensitive or not row.sensitive
        if rank == BY_HEAD or (rank == BY_TEXT and may_read):
            asked[row.pk] = rank, may_read
    if not asked:
        return found
    pieces = (
        SearchPiece.objects.for_school(school)
        .filter(evidence__in=list(asked), pk__in=matching(school.pk, terms, "words", "id"))
        .annotate(piece=Substr("attachment__file__text", F("start") + 1, F("length")), file_name=F("attachment__name"))
        .annotate(**{f"said_{name}": F(f"evidence__{name}") for name in WRITTEN}, apart=F("evidence__sensitive"))
        .order_by("evidence", "number")
    )
    for piece in pieces:
        if piece.evidence_id not in found and (shown := _excerpt(piece, *asked[piece.evidence_id], finder)):
            found[piece.evidence_id] = replace(shown, asked=text)
    return found


def marked(text: str, query: str) -> list[tuple[str, bool]]:
    """The text in parts, and whether each is one of the words asked for. Joined they are the text again."""
    return parts_marked(text, Finder(query))


def reindexed(school_id: Any, keys: Sequence[Any]) -> None:
    """Makes the index of these evidences anew, in the transaction of who calls: whenever words, codes or files change."""
    indexed(school_id, keys)


def _excerpt(piece: Any, rank: int, may_read: bool, finder: Finder) -> Excerpt | None:
    """Where the words stand in a piece: in what is written about the evidence, in its file, in the file's name."""
    names = [name for name in WRITTEN if may_read or name not in APART]
    if (rank == BY_HEAD or piece.apart) and (
        shown := _best((getattr(piece, f"said_{name}") for name in names), finder)
    ):
        return Excerpt(shown[1])
    if piece.attachment_id is None or not may_read:
        return None
    if shown := _best([piece.piece], finder):
        page = piece.page + piece.piece.count("\f", 0, shown[0]) if piece.page else None
        return Excerpt(shown[1], piece.file_name, page, piece.attachment_id)
    return Excerpt([], piece.file_name, None, piece.attachment_id) if finder.spots(piece.file_name) else None


def parts_marked(text: str, finder: Finder) -> list[tuple[str, bool]]:
    """As `marked`, for many texts and one query."""
    if not finder or not text:
        return [(text, False)] if text else []
    parts: list[tuple[str, bool]] = []
    end = 0
    for start, stop in finder.spots(text):
        if start > end:
            parts.append((text[end:start], False))
        parts.append((text[start:stop], True))
        end = stop
    return [*parts, (text[end:], False)] if end < len(text) else parts


def _best(texts: Iterable[str], finder: Finder) -> tuple[int, list[tuple[str, bool]]] | None:
    """Of the first text in which something is found: where most different words stand together, and this part in one line."""
    for text in texts:
        spots = finder.spots(text)[:MOST_SPOTS] if text else []
        if spots:
            at, start, end = _window(text, spots)
            words = _BLANKS.sub(" ", text[start:end]).strip()
            before, after = "… " if start else "", " …" if end < len(text) else ""
            return at, parts_marked(f"{before}{words}{after}", finder)
    return None


def _window(text: str, spots: list[tuple[int, int]]) -> tuple[int, int, int]:
    """The first of the words, and where an excerpt begins and ends: around the stretch with most different words."""
    said = folded(text)
    best, most = spots[0][0], 0
    for i, (start, _end) in enumerate(spots):
        near = {said[a:b] for a, b in spots[i : i + 20] if b - start <= EXCERPT * 3 // 4}
        if len(near) > most:
            best, most = start, len(near)
    start, end = max(0, best - EXCERPT // 4), min(len(text), best + EXCERPT * 3 // 4)
    while 0 < start < best and not text[start - 1].isspace():
        start += 1
    while end < len(text) and not text[end].isspace() and end - best < EXCERPT:
        end += 1
    return best, start, end
