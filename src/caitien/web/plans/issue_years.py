"""A vấn đề trọng tâm over the years: the issues that it continues and those that continue it, each with what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from caitien.web.plans.models import Action, Issue


@dataclass(slots=True)
class IssueYear:
    """One school year of an issue. `actions`: those that answered it then."""

    school_year: str
    issue: Issue
    actions: list[Action] = field(default_factory=list)
    is_this: bool = False


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
    return [
        IssueYear(
            one.plan.year.name if one.plan.year else "",
            one,
            [action for action in actions if action.issue_id == one.pk],
            one.pk == issue.pk,
        )
        for one in chain
    ]
