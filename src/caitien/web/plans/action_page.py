"""What the page of an action shows, apart from any request: its lists with their marks, its people, its money, its reports.

Each part has one function, used by the whole page and by the fragment that a tick or a saved list gives back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.db.models import F, Q

from caitien.plan.money import parse_money
from caitien.plan.quantities import reached, share_done
from caitien.web.plans.involved import PARTS
from caitien.web.plans.models import Action, Comment, Involvement, Plan, ProgressEntry
from caitien.web.schools.models import Person

LONGEST_LINK = 2_000


@dataclass(frozen=True, slots=True)
class Item:
    """A line of measures, indicators or expected evidence with what is known about it."""

    number: int
    text: str
    mark: dict[str, Any] | None = None
    share: int | None = None  # percent of the way, of an indicator
    reached: bool = False
    proofs: list[Any] = field(default_factory=list)  # of an expected evidence: ActionEvidence with its evidence


def measures_of(row: Any) -> list[Item]:
    return _items(row.measures, row.measures_done)


def evidence_of(row: Any) -> tuple[list[Item], list[Any]]:
    """The expected evidence, each line with what is there for it; and what proves the action besides (one query)."""
    from caitien.web.evidence.of_actions import by_line, of_action

    items = _items(row.expected_evidence, row.evidence_at_hand)
    found, others = by_line(of_action(row), row.expected_evidence)
    return [replace(item, proofs=proofs) for item, proofs in zip(items, found, strict=True)], others


def indicators_of(row: Any) -> list[Item]:
    """Indicators with their values; how much of the way is done where the values are numbers."""
    found = []
    for item in _items(row.indicators, row.indicator_values):
        values = [(item.mark or {}).get(part) for part in ("baseline", "target", "actual")]
        share = share_done(*values)
        found.append(
            Item(item.number, item.text, item.mark, None if share is None else round(share * 100), reached(*values))
        )
    return found


def _items(words: Sequence[str], marks: Iterable[dict[str, Any]] | None) -> list[Item]:
    by_text = {mark["text"]: mark for mark in marks or []}
    return [Item(number, text, by_text.get(text)) for number, text in enumerate(words)]


@dataclass(frozen=True, slots=True)
class MoneyOfAction:
    """The budget lines and their sums, whole đồng. `can_split`: the printed words say parts that lines can be made of."""

    lines: list[dict[str, Any]]
    planned: int | None
    spent: int | None
    over: int  # spent beyond what was planned; 0 when it was not
    can_split: bool

    @property
    def left(self) -> int | None:
        return None if self.planned is None or self.spent is None or self.over else self.planned - self.spent


def money_of(row: Any) -> MoneyOfAction:
    lines = [
        {**line, "over": max(0, (line.get("spent_vnd") or 0) - (line.get("amount_vnd") or 0))}
        for line in row.budget_lines or []
    ]
    planned, spent = _sum(lines, "amount_vnd"), _sum(lines, "spent_vnd")
    over = max(0, (spent or 0) - (planned or 0))
    return MoneyOfAction(lines, planned, spent, over, not lines and bool(lines_from_words(row)))


def lines_from_words(row: Any) -> list[dict[str, Any]]:
    """Budget lines made of what the action says already: the parts its words name, else one line of the whole amount."""
    money = parse_money(row.budget_text or row.resources_text)
    total = row.budget_vnd if row.budget_vnd is not None or not money.understood else money.vnd
    parts = [(part.vnd, part.source) for part in money.parts]
    if parts and (total is None or sum(vnd for vnd, _ in parts) == total):
        made = parts
    elif total:
        sources = row.funding_sources or list(money.sources)
        made = [(total, sources[0] if len(sources) == 1 else None)]
    else:
        return []
    return [{"amount_vnd": vnd, "source": source, "spent_vnd": None, "note": None} for vnd, source in made]


def _sum(lines: Iterable[dict[str, Any]], part: str) -> int | None:
    known = [line[part] for line in lines if line.get(part) is not None]
    return sum(known) if known else None


@dataclass(frozen=True, slots=True)
class Name:
    """A printed name of an owner or collaborator. `person`: whom it means, when the school knows."""

    text: str
    person: Person | None = None

    @property
    def left(self) -> date | None:
        return self.person.left_on if self.person else None


def people_of(row: Action) -> dict[str, list[Name]]:
    """Column of people -> its names with whom they mean (one query)."""
    found = (
        Involvement.objects.for_school(row.school_id).filter(action=row).select_related("person", "person__merged_into")
    )
    known = {(one.part, one.text): one.person.merged_into or one.person for one in found}
    return {
        column: [Name(text, known.get((part, text))) for text in getattr(row, column)] for column, part in PARTS.items()
    }


@dataclass(slots=True)
class Entry:
    """A report with its photographs: [(key, width, height)]."""

    entry: Any
    photos: list[tuple[Any, int, int]] = field(default_factory=list)


MOST_SAID = 100  # comments, and lines of reports and their photographs, on the page of an action at first
MOST_AT_ALL = 2_000  # on one page; somebody (or a program) may have written a hundred thousand


def entries_of(row: Action, *, all_of_it: bool = False) -> tuple[list[Entry], bool]:
    """The newest reports of an action with their photographs, newest first, and whether there are older ones.

    One query, a line for each photograph.
    """
    most = MOST_AT_ALL if all_of_it else MOST_SAID
    lines = (
        ProgressEntry.objects.for_school(row.school_id)
        .filter(action=row)
        .select_related("author")
        .annotate(
            photo=F("photos__id"),
            photo_width=F("photos__width"),
            photo_height=F("photos__height"),
            photo_made=F("photos__created_at"),
        )
        .order_by("-created_at", "-id", "photo_made", "photo")[: most + 1]
    )
    read = list(lines)
    more = len(read) > most
    found: dict[Any, Entry] = {}
    for line in read:
        shown = found.setdefault(line.pk, Entry(line))
        if line.photo:
            shown.photos.append((line.photo, line.photo_width, line.photo_height))
    if more and len(found) > 1:
        found.popitem()  # not all of its photographs may have been read
    return list(found.values()), more


def comments_of(row: Action, *, all_of_it: bool = False) -> tuple[list[Comment], bool]:
    """What was said about an action lately, the newest last, and whether there is more before it (one query)."""
    most = MOST_AT_ALL if all_of_it else MOST_SAID
    said = Comment.objects.for_school(row.school_id).filter(action=row).select_related("author")
    newest = list(said.order_by("-created_at", "-id")[: most + 1])
    return newest[most - 1 :: -1] if len(newest) > most else newest[::-1], len(newest) > most


@dataclass(slots=True)
class Neighbours:
    """An action among the others: its plan's rows in order, the one it continues, those that continue it."""

    row: Action
    rows: list[Action]
    place: int
    continued: Action | None = None
    continued_by: list[Action] = field(default_factory=list)

    @property
    def before(self) -> Action | None:
        return self.rows[self.place - 1] if self.place else None

    @property
    def after(self) -> Action | None:
        return self.rows[self.place + 1] if self.place + 1 < len(self.rows) else None


def neighbours_of(plan: Plan, key: Any) -> Neighbours | None:
    """The action `key` of the plan with those it belongs with, in one query. None when the plan has no such row."""
    everything = Action.everything.for_school(plan.school_id)
    last_year = everything.filter(pk=key).values("continues_id")
    found = everything.select_related("issue").filter(
        Q(plan=plan, removed_at=None) | Q(continues=key, removed_at=None) | Q(pk__in=last_year)
    )
    everyone = list(found)
    rows = [one for one in everyone if one.plan_id == plan.pk and one.removed_at is None]
    for one in rows:
        one.plan, one.school = plan, plan.school
    place = next((number for number, one in enumerate(rows) if one.pk == key), None)
    if place is None:
        return None
    row = rows[place]
    return Neighbours(
        row,
        rows,
        place,
        continued=next((one for one in everyone if one.pk == row.continues_id), None),
        continued_by=[one for one in everyone if one.continues_id == row.pk and one.removed_at is None],
    )


def link_of(text: str | None) -> str:
    """The address among the words of where something is kept, when it is one of the web; "" otherwise.

    Only http and https, with a host: what a browser would run ("javascript:…") is words and stays words.
    """
    for word in (text or "").split():
        if word.lower().startswith(("http://", "https://")) and len(word) <= LONGEST_LINK:
            try:
                parts = urlsplit(word)
            except ValueError:
                continue
            if parts.hostname and "@" not in parts.netloc:
                return word.rstrip(".,;)")
    return ""
