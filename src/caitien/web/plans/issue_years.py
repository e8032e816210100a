"""A vấn đề trọng tâm over the years: the issues that it continues and those that continue it, each with what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from caitien.plan.text import one_space
from caitien.planning import years_of_action
from caitien.web.plans.models import Action, Issue
from caitien.web.plans.values import action_value


@dataclass(frozen=True, slots=True)
class Told:
    """What an action had reached in a year before."""

    words: str
    status: str | None
    text: str | None
    result: str | None


@dataclass(slots=True)
class IssueYear:
    """One school year of an issue. `actions`: those that answered it then; `told`: what later actions tell of a year in
    which it was not written down as an issue yet (`issue` is None)."""

    school_year: str
    issue: Issue | None
    actions: list[Action] = field(default_factory=list)
    is_this: bool = False
    told: list[Told] = field(default_factory=list)


def years_of_issue(issue: Issue, all_issues: Sequence[Issue], actions: Sequence[Action]) -> list[IssueYear]:
    """The line of an issue, first year first. `all_issues`: of the school, with plan and year; `actions`: those that answer
    any of them. No query."""
    by_key = {one.pk: one for one in all_issues}
    after = {one.continues_id: one for one in all_issues if one.continues_id}
    chain = [issue]
    seen = {issue.pk}
    while (earlier := by_key.get(chain[0].continues_id)) is not None and earlier.pk not in seen:
        chain.insert(0, earlier)
        seen.add(earlier.pk)
    while (later := after.get(chain[-1].pk)) is not None and later.pk not in seen:
        chain.append(later)
        seen.add(later.pk)
    line = [
        IssueYear(
            one.plan.year.name if one.plan.year else "",
            one,
            [action for action in actions if action.issue_id == one.pk],
            one.pk == issue.pk,
        )
        for one in chain
    ]
    return [*_before(line[0]), *line]


def _before(first: IssueYear) -> list[IssueYear]:
    """The years before the first issue of a line, as the actions that answered it tell them."""
    years: dict[str, list[Told]] = {}
    for action in first.actions:
        for one in years_of_action(action_value(action), first.school_year)[:-1]:
            words = one_space(action.content or action.weakness)
            years.setdefault(one.school_year or "", []).append(Told(words, one.status, one.text, one.result))
    return [IssueYear(year, None, told=told) for year, told in sorted(years.items())]
