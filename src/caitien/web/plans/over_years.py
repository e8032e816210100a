"""A weakness over the years: the actions of a school's plans that go on from one another, first year first. No query here.

What continues what is said by links (`Action.continues`); where there are none, as between plans that were imported one by
one, likeness of words and of criteria proposes it, and a person confirms. Likely is shown as likely, never as certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from uuid import UUID

from rapidfuzz.fuzz import ratio, token_set_ratio

from caitien.plan.text import fold, one_space
from caitien.planning import years_of_action
from caitien.standards import crosswalk
from caitien.web.plans.models import Action, Plan
from caitien.web.plans.values import action_value

# Likeness of words, 0 to 100; tried on plans of one school of following years, where the same work is told in new words.
LIKE_ALONE = 78.0
LIKE_WITH_CRITERION = 58.0
YEARS_BACK = 2  # a weakness that nobody named for longer is a new one, until a person says otherwise
FINISHED = ("done", "dropped")
NOT_THE_SAME = "does_not_continue"
"""Field of an action's extra: keys of actions that a person said it does not continue."""
ORDER_OF_STATES = (Plan.State.IN_FORCE, Plan.State.CLOSED, Plan.State.APPROVED, Plan.State.SUBMITTED, Plan.State.DRAFT)


@dataclass(slots=True)
class Year:
    """What one school year brought. `action`: its row, None where only a later row tells of it. `likely`: not confirmed."""

    school_year: str
    status: str | None
    percent: int | None = None
    text: str | None = None
    result: str | None = None
    action: Action | None = None
    likely: bool = False


@dataclass(slots=True)
class Thread:
    """A weakness with its line. `years`: the first year first."""

    years: list[Year] = field(default_factory=list)

    @property
    def last(self) -> Year:
        return self.years[-1]

    @property
    def action(self) -> Action:
        """The newest row of the line."""
        return next(year.action for year in reversed(self.years) if year.action is not None)

    @property
    def title(self) -> str:
        """The weakness: of the action, of the issue that it answers, else what is done about it."""
        row = self.action
        issue = row.issue if row.issue_id else None
        return one_space(row.weakness) or one_space(issue.weakness if issue else None) or one_space(row.content)

    @property
    def finished(self) -> bool:
        return self.last.status in FINISHED

    @property
    def likely(self) -> bool:
        return any(year.likely for year in self.years)

    @property
    def to_confirm(self) -> list[dict[str, Any]]:
        """The steps that a person has to confirm: the newer row, the older, and the older's school year."""
        return [
            {"new": after.action, "old": before.action, "year": before.school_year}
            for before, after in pairwise(self.years)
            if after.likely and before.action is not None
        ]


def plan_of_each_year(plans: Iterable[Plan]) -> list[Plan]:
    """Of each school year the plan that counts: in force before approved before drafts, then the newest; first year first."""
    best: dict[str, Plan] = {}
    for plan in plans:
        year = plan.year.name if plan.year else None
        if year is None:
            continue
        now = best.get(year)
        if now is None or _rank(plan) < _rank(now):
            best[year] = plan
    return [best[year] for year in sorted(best)]


def _rank(plan: Plan) -> tuple[int, float]:
    return ORDER_OF_STATES.index(Plan.State(plan.state)), -plan.created_at.timestamp()


def threads(plans: Sequence[Plan], rows: Mapping[UUID, Sequence[Action]]) -> list[Thread]:
    """The lines of a school. `plans`: one a year, first year first (`plan_of_each_year`); `rows`: plan key -> its actions."""
    found: dict[UUID, Thread] = {}  # by the key of the newest row of the line so far
    for at, plan in enumerate(plans):
        year = plan.year.name
        own = list(rows.get(plan.pk, ()))
        recent = {one.pk for one in plans[max(0, at - YEARS_BACK) : at]}
        likely = _likely(own, {k: t for k, t in found.items() if t.action.plan_id in recent}, plan) if at else {}
        for row in own:
            certain = row.continues_id if row.continues_id in found else None
            earlier = certain or likely.get(row.pk)
            thread = found.pop(earlier) if earlier else Thread(_told_by(row, year))
            value = Year(
                year, row.progress_status, row.progress_percent, row.progress_text, row.result, row,
                likely=certain is None and earlier is not None,
            )  # fmt: skip
            thread.years.append(value)
            found[row.pk] = thread
    return sorted(found.values(), key=_order)


def _order(thread: Thread) -> tuple[bool, int, str]:
    """What is open and has been for most years first."""
    return thread.finished, -len(thread.years), thread.title


def _told_by(row: Action, year: str) -> list[Year]:
    """The years before that a row tells of itself, whose plans are not here."""
    return [
        Year(one.school_year or "", one.status, one.percent, one.text, one.result)
        for one in years_of_action(action_value(row), year)[:-1]
    ]


def _likely(rows: Sequence[Action], found: Mapping[UUID, Thread], plan: Plan) -> dict[UUID, UUID]:
    """Row -> the row of an earlier year that it probably continues; each at most once, the most alike first."""
    linked = {row.continues_id for row in rows if row.continues_id in found}
    open_ends = [thread.action for key, thread in found.items() if key not in linked]
    free = [row for row in rows if row.continues_id not in found]
    ways = {name: _criteria_moved(name, plan.framework) for name in {old.plan.framework for old in open_ends}}
    words = {row.pk: _words(row) for row in (*open_ends, *free)}
    scores = []
    for row in free:
        refused = set((((row.extra or {}).get("") or {}).get(NOT_THE_SAME)) or ())
        for old in open_ends:
            if str(old.pk) in refused or not words[row.pk] or not words[old.pk]:
                continue
            moved = ways[old.plan.framework]
            same = bool({code for c in old.criteria for code in moved(c)} & set(row.criteria))
            least = LIKE_WITH_CRITERION if same else LIKE_ALONE
            score = _alike(words[row.pk], words[old.pk], least)
            if score >= least:
                scores.append((-(score + 10 * same), str(row.pk), row.pk, old.pk))
    pairs: dict[UUID, UUID] = {}
    taken: set[UUID] = set()
    for _score, _tie, row_key, old_key in sorted(scores):
        if row_key not in pairs and old_key not in taken:
            pairs[row_key] = old_key
            taken.add(old_key)
    return pairs


def _alike(one: Sequence[str], other: Sequence[str], least: float) -> float:
    """How alike two actions are: the better of their weaknesses and of what is done. Below `least` it does not matter how."""
    best = 0.0
    for a, b in zip(one, other, strict=True):
        if not a or not b:
            continue
        best = max(best, ratio(a, b, score_cutoff=least))
        # The words of a short text are often all in a long one, which says little: the lengths must be near too.
        near = 0.9 * min(1.0, 2 * min(len(a), len(b)) / max(len(a), len(b)))
        if 100 * near >= max(best, least):
            best = max(best, near * token_set_ratio(a, b, score_cutoff=max(best, least) / near))
    return best


def _words(row: Action) -> tuple[str, str] | tuple[()]:
    weakness, content = fold(row.weakness), fold(row.content or "; ".join(row.measures))
    return (weakness, content) if weakness or content else ()


def _criteria_moved(old: str | None, new: str | None) -> Any:
    """Where a criterion of the old framework went: itself under the same one, the crosswalk's targets under another."""
    if not old or not new or old == new:
        return lambda code: (code,)
    way = crosswalk(old, new)
    if way is None:
        return lambda code: ()

    def moved(code: str) -> tuple[str, ...]:
        move = way.move(code)
        return tuple(target.code for target in move.new) if move else ()

    return moved
