"""A page of the list of evidence: the rows that an address asks for, with what stands beside each. A constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
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
class Entry:
    """What the list shows of an evidence: fetched without the words that it does not show. `by`: who handed it in."""

    pk: UUID
    code: str
    name: str
    number: str
    date: str
    issuer: str
    sensitive: bool
    state: str
    valid_until: date | None
    created_at: datetime
    full_name: str | None
    username: str | None
    rank: int = 0

    @property
    def by(self) -> str:
        return self.full_name or self.username or ""


ENTRY = (
    "pk", "code", "name", "number", "date", "issuer", "sensitive", "state", "valid_until", "created_at",
    "created_by__full_name", "created_by__username",
)  # fmt: skip


@dataclass(slots=True)
class Row:
    """An evidence as the list shows it."""

    evidence: Any  # Entry, or the row itself with all that an Entry has
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
    page = Page(rows_of(school, list(keys), now, today), count, number, _pages(count))
    if choice.words:
        for row in page.rows:
            row.evidence.rank = keys[row.evidence.pk]
        found = excerpts(school, [row.evidence for row in page.rows], choice.words, sensitive=sensitive_too)
        for row in page.rows:
            row.excerpt = found.get(row.evidence.pk)
    return page


def rows_of(school: School, keys: Sequence[UUID], now: Current, today: date) -> list[Row]:
    """The rows of some keys, in their order (three queries)."""
    present = Evidence.objects.for_school(school).filter(pk__in=keys).order_by()
    entries = {one[0]: Entry(*one) for one in present.values_list(*ENTRY)}
    used: dict[UUID, list[str]] = {key: [] for key in keys}
    offered: dict[UUID, list[str]] = {key: [] for key in keys}
    uses = EvidenceUse.objects.filter(school=school, evidence__in=keys)  # of all frameworks: so it is quick
    for key, framework, criterion, state in uses.values_list("evidence_id", "framework", "criterion", "state"):
        if framework == now.id and state != EvidenceUse.State.DECLINED:
            (used if state == EvidenceUse.State.USED else offered)[key].append(criterion)
    files: dict[UUID, list[tuple[str | None, str]]] = {key: [] for key in keys}
    stand = Attachment.objects.filter(school=school, evidence__in=keys, superseded_at=None)
    for key, kind, reach in stand.values_list("evidence_id", "file__kind", "reach"):
        files[key].append((kind, reach))
    return [_row(entries[key], used[key], offered[key], files[key], today) for key in keys if key in entries]


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
    """`evidence`: of `with_all`."""
    uses = [one for one in evidence.loaded_uses if one.framework == now.id]
    return _row(
        evidence,
        [one.criterion for one in uses if one.state == EvidenceUse.State.USED],
        [one.criterion for one in uses if one.state == EvidenceUse.State.OFFERED],
        [(one.file.kind if one.file else None, one.reach) for one in evidence.loaded_files],
        today,
    )


def _row(entry: Any, used: list[str], offered: list[str], files: list[tuple[str | None, str]], today: date) -> Row:
    until, living = entry.valid_until, entry.state in IN_USE
    return Row(
        entry,
        used,
        offered,
        files_in_words([kind for kind, _reach in files]),
        any(kind is None and reach in DEAD for kind, reach in files),
        entry.state == Evidence.State.EXPIRED or (living and until is not None and until < today),
        living and until is not None and today <= until <= today + SOON,
    )


def files_in_words(kinds: Sequence[str | None]) -> str:
    """ "PDF, 2 ảnh JPEG, đường dẫn". None: a link."""
    counts: dict[str, int] = {}
    for name in kinds:
        kind = KINDS.get(name) if name else None
        label = str(kind.label) if kind else _("tệp") if name else _("đường dẫn")
        counts[label] = counts.get(label, 0) + 1
    return ", ".join(f"{count} {label}" if count > 1 else label for label, count in counts.items())


def _bounded(number: int, count: int) -> int:
    return max(1, min(number, _pages(count)))


def _pages(count: int) -> int:
    return max(1, -(-count // ROWS))
