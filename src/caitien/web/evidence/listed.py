"""A page of the list of evidence: the rows that an address asks for, with what stands beside each. A constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Prefetch, Q, QuerySet, Value, Window
from django.utils.translation import gettext as _

from caitien.web.evidence.choosing import DEAD, IN_USE, ORDERS, SOON, Choice, chosen
from caitien.web.evidence.criteria import Current
from caitien.web.evidence.kinds import KINDS
from caitien.web.evidence.models import Attachment, Evidence, EvidenceUse
from caitien.web.evidence.search import Excerpt, excerpts, find
from caitien.web.schools.models import School

ROWS = 50  # of a page


@dataclass(slots=True)
class Row:
    """An evidence as the list shows it."""

    evidence: Evidence
    used: list[str]
    offered: list[str]
    files: str  # "PDF, 2 ảnh, 1 đường dẫn"; "" when there is none
    dead: bool  # a link of it does not open
    expired: bool
    expiring: bool
    excerpt: Excerpt | None = None  # where the words stand that were looked for, when not in code or name


@dataclass(slots=True)
class Page:
    """`count`: of all pages; `number` of `pages` from 1."""

    rows: list[Row] = field(default_factory=list)
    count: int = 0
    number: int = 1
    pages: int = 1

    @property
    def first(self) -> int:
        return (self.number - 1) * ROWS + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1 if self.rows else 0


def counts_of(school: School) -> dict[str, Any]:
    """How many there are, how many wait to be verified, since when (one query)."""
    waiting = Q(state=Evidence.State.SUBMITTED)
    return Evidence.objects.for_school(school).aggregate(
        total=Count("pk"), waiting=Count("pk", filter=waiting), oldest=Min("created_at")
    )


def page_of(
    school: School, choice: Choice, now: Current, number: int, today: date, *, total: int, sensitive_too: bool
) -> Page:
    """One page. `total`: of the whole list; `sensitive_too`: whether who asks may see words from inside what is kept apart.

    Keys first, in order, then the fifty rows: sorting ten thousand rows with all their words would take half a second.
    A search without an order of its own shows what fits best first.
    """
    rows = searched(school, choice, now, today, sensitive_too=sensitive_too)
    if choice.order or not choice.words:
        rows = rows.order_by(*ORDERS[choice.order or "ma"][1])
    keys, count, number = _keys(rows, choice, number, total)
    shown = {row.pk: row for row in with_all(school, Evidence.objects.for_school(school).filter(pk__in=list(keys)))}
    page = Page([row_of(shown[key], now, today) for key in keys if key in shown], count, number, _pages(count))
    if choice.words:
        for row in page.rows:
            row.evidence.rank = keys[row.evidence.pk]
        found = excerpts(school, [row.evidence for row in page.rows], choice.words, sensitive=sensitive_too)
        for row in page.rows:
            row.excerpt = found.get(row.evidence.pk)
    return page


def searched(school: School, choice: Choice, now: Current, today: date, *, sensitive_too: bool) -> QuerySet[Evidence]:
    """All that a choice means, its words too; of a search with `rank`, best first."""
    found = find(school, choice.words, sensitive=sensitive_too) if choice.words else None
    return chosen(school, choice, now, today, found)


def _keys(rows: QuerySet[Evidence], choice: Choice, number: int, total: int) -> tuple[dict[UUID, int], int, int]:
    """Keys of a page with their ranks, how many there are on all pages, the page's number. One query; two behind the last."""
    if not choice.filters:
        number = _bounded(number, total)
        found = rows.values_list("pk", flat=True)[(number - 1) * ROWS : number * ROWS]
        return dict.fromkeys(found, 0), total, number
    ranked = rows if choice.words else rows.annotate(rank=Value(0))
    counted = ranked.annotate(of_all=Window(Count("*"))).values_list("pk", "rank", "of_all")
    shown = list(counted[(number - 1) * ROWS : number * ROWS])
    if not shown and number > 1:
        number = _bounded(number, rows.count())
        shown = list(counted[(number - 1) * ROWS : number * ROWS])
    return {key: rank for key, rank, _count in shown}, shown[0][2] if shown else 0, number


def with_all(school: School, rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """The evidence with its uses and the files and links that stand (two queries more): `loaded_uses`, `loaded_files`."""
    uses = EvidenceUse.objects.filter(
        school=school
    )  # those of other frameworks too: asked by evidence alone it is quick
    files = Attachment.objects.filter(school=school, superseded_at=None).select_related("file")
    files = files.only("evidence", "name", "url", "reach", "position", "added_at", "file__kind", "file__scan")
    return (
        rows.select_related("created_by")
        .defer("summary", "place", "note", "state_note")
        .prefetch_related(
            Prefetch("uses", uses, to_attr="loaded_uses"), Prefetch("attachments", files, to_attr="loaded_files")
        )
    )


def row_of(evidence: Any, now: Current, today: date) -> Row:
    """`evidence`: with `loaded_uses` and `loaded_files`."""
    uses = [one for one in evidence.loaded_uses if one.framework == now.id]
    until, living = evidence.valid_until, evidence.state in IN_USE
    return Row(
        evidence,
        [one.criterion for one in uses if one.state == EvidenceUse.State.USED],
        [one.criterion for one in uses if one.state == EvidenceUse.State.OFFERED],
        files_in_words(evidence.loaded_files),
        any(one.reach in DEAD for one in evidence.loaded_files if one.url),
        evidence.state == Evidence.State.EXPIRED or (living and until is not None and until < today),
        living and until is not None and today <= until <= today + SOON,
    )


def files_in_words(files: list[Any]) -> str:
    """ "PDF, 2 ảnh JPEG, đường dẫn"."""
    counts: dict[str, int] = {}
    for one in files:
        kind = KINDS.get(one.file.kind) if one.file else None
        label = str(kind.label) if kind else _("tệp") if one.file else _("đường dẫn")
        counts[label] = counts.get(label, 0) + 1
    return ", ".join(f"{count} {label}" if count > 1 else label for label, count in counts.items())


def _bounded(number: int, count: int) -> int:
    return max(1, min(number, _pages(count)))


def _pages(count: int) -> int:
    return max(1, -(-count // ROWS))
