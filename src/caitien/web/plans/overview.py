"""Where the plan stands: counts, filters and groups, from rows and a day. No query here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from caitien.plan.text import fold, sort_key

SOON = timedelta(days=14)
FINISHED = ("done", "dropped")
ALWAYS_COLUMNS = 5  # code, content, who, until when, how far


@dataclass(slots=True)
class Row:
    """An action as the plan page shows it. `status`: what is true today, overdue when its last day is past."""

    action: Any
    status: str | None
    overdue: bool
    soon: bool
    findings: list[Any] = field(default_factory=list)

    @property
    def worst(self) -> str | None:
        """The gravest severity among its findings."""
        return next((s for s in ("error", "warning", "hint") if any(f.severity == s for f in self.findings)), None)


@dataclass(frozen=True, slots=True)
class Counts:
    total: int
    done: int
    overdue: int
    soon: int
    ownerless: int
    flagged: int
    budget_vnd: int | None  # None: no action says an amount


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader asked to see. `only`: one of ONLY, or a status; `words`: searched without diacritics."""

    words: str = ""
    only: str = ""
    owner: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.only or self.owner)


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    title: str
    rows: list[Row]


ONLY = {
    "done": lambda row: row.status == "done",
    "overdue": lambda row: row.overdue,
    "soon": lambda row: row.soon,
    "flagged": lambda row: bool(row.findings),
    "ownerless": lambda row: not row.action.responsible,
    "money": lambda row: bool(row.action.budget_vnd),
    "in_progress": lambda row: row.action.progress_status == "in_progress",
    "not_started": lambda row: row.action.progress_status in (None, "not_started"),
}


def rows_of(actions: Iterable[Any], today: date, findings: dict[Any, list[Any]] | None = None) -> list[Row]:
    """The rows of a plan today. `findings`: key of an action to its findings."""
    return [_row(action, today, (findings or {}).get(action.pk, [])) for action in actions]


def counts(rows: Sequence[Row]) -> Counts:
    amounts = [row.action.budget_vnd for row in rows if row.action.budget_vnd is not None]
    return Counts(
        total=len(rows),
        done=sum(row.status == "done" for row in rows),
        overdue=sum(row.overdue for row in rows),
        soon=sum(row.soon for row in rows),
        ownerless=sum(not row.action.responsible for row in rows),
        flagged=sum(bool(row.findings) for row in rows),
        budget_vnd=sum(amounts) if amounts else None,
    )


def columns(actions: Iterable[Any]) -> dict[str, Any]:
    """Which of the columns that may be empty hold anything, and how many columns the table has."""
    rows = list(actions)
    money = any(row.budget_vnd is not None or row.budget_text for row in rows)
    evidence = any(row.expected_evidence for row in rows)
    return {"money": money, "evidence": evidence, "count": ALWAYS_COLUMNS + money + evidence}


def chosen(rows: Iterable[Row], choice: Choice) -> list[Row]:
    """The rows that fit every part of the choice."""
    words = fold(choice.words).split()
    keep = ONLY.get(choice.only, lambda _row: True)
    return [
        row
        for row in rows
        if keep(row)
        and (not choice.owner or choice.owner in row.action.responsible)
        and (not words or all(word in _searched(row.action) for word in words))
    ]


def grouped(rows: Iterable[Row], titles: dict[str, str]) -> list[Group]:
    """Rows by standard, in the order of the framework; standards it does not have, then rows without one, at the end."""
    by_code: dict[str, list[Row]] = {}
    for row in rows:
        by_code.setdefault(row.action.standard, []).append(row)
    order = {code: place for place, code in enumerate(titles)}
    codes = sorted(by_code, key=lambda code: (code == "", order.get(code, len(order)), code))
    return [Group(code, titles.get(code, ""), by_code[code]) for code in codes]


def owners(actions: Iterable[Any]) -> list[str]:
    """Everybody who is responsible for something, in Vietnamese order."""
    return sorted({person for action in actions for person in action.responsible}, key=sort_key)


def _row(action: Any, today: date, findings: list[Any]) -> Row:
    status = action.progress_status
    open_still = status not in FINISHED
    overdue = open_still and (status == "overdue" or (action.ends_on is not None and action.ends_on < today))
    soon = open_still and not overdue and action.ends_on is not None and action.ends_on <= today + SOON
    return Row(action, "overdue" if overdue else status, overdue, soon, findings)


def _searched(action: Any) -> str:
    parts: list[Any] = [
        *action.criteria, action.content, action.weakness, action.objective, action.period_text, action.result, action.note,
        *action.responsible, *action.collaborators, *action.measures, *action.expected_evidence, *action.funding_sources,
    ]  # fmt: skip
    return fold(" ".join(part for part in parts if part))
