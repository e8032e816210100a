"""A plan as columns by status, the most urgent card of each first. Values in, values out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from caitien.web.plans.overview import FINISHED, UNKNOWN, Row
from caitien.web.ui.vietnamese import STATUS_WORDS

UNSAID = (_("Chưa rõ"), "question", "muted")
STATUSES = ("not_started", "in_progress", "overdue", "done", "dropped", UNKNOWN)
OPENED_FIRST = ("overdue", "in_progress", "not_started", UNKNOWN, "done", "dropped")
"""Which column a phone shows at first: the first of these that holds anything."""


@dataclass(frozen=True, slots=True)
class Card:
    """`days`: until the deadline, below zero when it is past; None when there is none or it no longer matters."""

    row: Row
    days: int | None

    @property
    def late(self) -> int | None:
        """How many days past the deadline."""
        return -self.days if self.days is not None and self.days < 0 else None


@dataclass(frozen=True, slots=True)
class Column:
    status: str
    word: Any
    icon: str
    tone: str
    cards: list[Card]


@dataclass(frozen=True, slots=True)
class Board:
    """`columns`: those that hold something, in order; `empty`: the words of the others; `opened`: shown first on a phone."""

    columns: list[Column]
    empty: list[Any]
    opened: str


def board(rows: Iterable[Row], today: date, opened: str = "") -> Board:
    """The columns of a plan. `opened`: the column that a phone shall show, when it holds anything."""
    by_status: dict[str, list[Card]] = {status: [] for status in STATUSES}
    for row in rows:
        end = row.action.ends_on
        days = (end - today).days if end is not None and row.status not in FINISHED else None
        by_status[row.status if row.status in by_status else UNKNOWN].append(Card(row, days))
    columns, empty = [], []
    for status, cards in by_status.items():
        word, icon, tone = STATUS_WORDS.get(status, UNSAID)
        if cards:
            columns.append(Column(status, word, icon, tone, sorted(cards, key=_urgency)))
        else:
            empty.append(word)
    held = {column.status for column in columns}
    return Board(columns, empty, next((s for s in (opened, *OPENED_FIRST) if s in held), ""))


def _urgency(card: Card) -> tuple[bool, date, int]:
    """By deadline, those without one last; then as the plan has them."""
    end = card.row.action.ends_on
    return end is None, end or date.max, card.row.action.position
