"""How a plan stands on a day: counts by standard and status, what is late or due soon, money by source.

What pages, pictures and the progress report show; nothing is judged here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from caitien.plan.days import last_day
from caitien.plan.model import Action, ImprovementPlan
from caitien.plan.money import parse_money
from caitien.plan.periods import FIRST_MONTH_OF_PLAN, years_of
from caitien.plan.text import fold, one_space

SOON = timedelta(days=14)
FINISHED = ("done", "dropped")
NO_SOURCE = "Chưa rõ nguồn"


@dataclass(slots=True)
class StatusCount:
    """How many actions by what is said of them. `late` counts those of the others whose deadline has passed."""

    total: int = 0
    done: int = 0
    in_progress: int = 0
    not_done: int = 0  # not begun, said to be late, or dropped: "Chưa hoàn thành" of Biểu 2
    unsaid: int = 0
    late: int = 0

    @property
    def percent_done(self) -> float:
        """Share of the finished in percent, 0 of nothing."""
        return 100 * self.done / self.total if self.total else 0.0


@dataclass(slots=True)
class SourceMoney:
    """Whole đồng from one source: planned and spent, in how many actions."""

    source: str
    planned_vnd: int = 0
    actions: int = 0
    spent_vnd: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """`late`, `due_soon`, `no_…`: indices of actions. `by_standard`: code ("1", "M4"; "" for none) → counts, in order."""

    on: date
    whole: StatusCount
    by_standard: dict[str, StatusCount]
    late: tuple[int, ...]
    due_soon: tuple[int, ...]
    no_owner: tuple[int, ...]
    no_evidence: tuple[int, ...]
    no_money: tuple[int, ...]
    no_time: tuple[int, ...]
    money: tuple[SourceMoney, ...] = field(default=())

    @property
    def planned_vnd(self) -> int:
        """All amounts together, whole đồng."""
        return sum(part.planned_vnd for part in self.money)

    @property
    def spent_vnd(self) -> int:
        """What is spent of it, as far as the budget lines say, whole đồng."""
        return sum(part.spent_vnd for part in self.money)


def summarise(plan: ImprovementPlan, on: date) -> Summary:
    """How the plan stands on a day. Late: the last day of its period is before `on`, and it is neither done nor dropped.

    A period that ended before the school year's plan begins is a date left over from copying, not a late action. "No
    money" is an amount that nobody has settled; 0 is settled.
    """
    whole = StatusCount()
    by_standard: dict[str, StatusCount] = {}
    late: list[int] = []
    soon: list[int] = []
    for index in _by_standard(plan.actions):
        action = plan.actions[index]
        groups = (whole, by_standard.setdefault(_standard(action), StatusCount()))
        is_late = is_overdue(action, on, plan.school_year)
        if is_late:
            late.append(index)
        elif (end := deadline(action)) and action.progress.status not in FINISHED and on <= end <= on + SOON:
            soon.append(index)
        for group in groups:
            _count(group, action, is_late)
    numbered = list(enumerate(plan.actions))
    return Summary(
        on,
        whole,
        by_standard,
        tuple(sorted(late)),
        tuple(sorted(soon)),
        tuple(n for n, a in numbered if not any(one_space(p) for p in a.responsible)),
        tuple(n for n, a in numbered if not any(one_space(e) for e in a.expected_evidence)),
        tuple(n for n, a in numbered if a.resources.budget_vnd is None),
        tuple(n for n, a in numbered if a.period.kind in ("none", "unknown") and deadline(a) is None),
        money_by_source(plan.actions),
    )


def deadline(action: Action) -> date | None:
    """The last day of the action's period; None when it has no end."""
    return last_day(action.period.end)


def is_overdue(action: Action, on: date, school_year: str | None) -> bool:
    """Whether an action that is neither done nor dropped is past its last day, or is said to be late."""
    if action.progress.status in FINISHED or action.progress.status == "overdue":
        return action.progress.status == "overdue"
    end = deadline(action)
    return end is not None and end < on and not is_left_over(end, school_year)


def is_left_over(day: date, school_year: str | None) -> bool:
    """Whether a day lies before the plan's school year: left there by copying, and no deadline that can be late."""
    years = years_of(school_year)
    return years is not None and day < date(years[0], FIRST_MONTH_OF_PLAN, 1)


def money_by_source(actions: Sequence[Action]) -> tuple[SourceMoney, ...]:
    """Planned money by source, the largest first. An amount from several sources is split where the words split it.

    Where they do not, it stands under all its sources' names together: nothing is guessed.
    """
    found: dict[str, SourceMoney] = {}
    for action in actions:
        for name, planned, spent in _parts(action):
            key = fold(name)
            part = found.setdefault(key, SourceMoney(name))
            part.planned_vnd += planned
            part.spent_vnd += spent
            part.actions += 1
    return tuple(sorted(found.values(), key=lambda part: (-part.planned_vnd, part.source)))


def _parts(action: Action) -> list[tuple[str, int, int]]:
    """(source, planned, spent) of an action: its budget lines when it has them, else what its words say."""
    if lines := action.resources.lines:
        said = [(_capital(one_space(line.source or "")) or NO_SOURCE, line) for line in lines]
        return [(name, line.amount_vnd or 0, line.spent_vnd or 0) for name, line in said]
    amount = action.resources.budget_vnd
    if not amount:
        return []
    for words in (action.resources.budget_text, action.resources.text):
        parts = parse_money(words).parts
        if parts and sum(part.vnd for part in parts) == amount:
            return [(_capital(part.source), part.vnd, 0) for part in parts]
    sources = [one_space(s).rstrip(".;") for s in action.resources.funding_sources if one_space(s)]
    return [(_capital("; ".join(sources)) if sources else NO_SOURCE, amount, 0)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _count(group: StatusCount, action: Action, is_late: bool) -> None:
    group.total += 1
    match action.progress.status:
        case "done":
            group.done += 1
        case "in_progress":
            group.in_progress += 1
        case None:
            group.unsaid += 1
        case _:
            group.not_done += 1
    group.late += is_late


def _standard(action: Action) -> str:
    return one_space(action.criteria[0]).split(".")[0] if action.criteria else ""


def _by_standard(actions: Sequence[Action]) -> list[int]:
    """Indices by standard: numbered ones, the items of the highest level, then those without."""

    def order(index: int) -> tuple[int, int]:
        code = _standard(actions[index])
        digits = re.findall(r"\d+", code)
        return (2 if not code else 0 if code[:1].isdigit() else 1), int(digits[0]) if digits else 0

    return sorted(range(len(actions)), key=order)
