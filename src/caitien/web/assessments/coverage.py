"""Whether what the self-assessment found weak is answered by the plan, and the other way round. Values only, no query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

HIGH = "high"


@dataclass(frozen=True, slots=True)
class Answered:
    """A weakness with what answers it: an issue of a plan (None), and the actions of that issue."""

    weakness: Any
    standard: str
    issue: Any = None
    actions: tuple[Any, ...] = ()

    @property
    def urgent(self) -> bool:
        return bool(self.weakness.priority == HIGH)


@dataclass(frozen=True, slots=True)
class OpenIssue:
    """An issue that no action answers, with the weaknesses that it stands for."""

    issue: Any
    weaknesses: tuple[Any, ...]

    @property
    def urgent(self) -> bool:
        return any(one.priority == HIGH for one in self.weaknesses)


@dataclass(frozen=True, slots=True)
class Baseless:
    """An action behind which no weakness stands: its issue has none, or it has no issue (None)."""

    action: Any
    issue: Any = None


@dataclass(frozen=True, slots=True)
class OfStandard:
    """How far the weaknesses of a standard are answered."""

    code: str
    title: str
    weaknesses: int
    urgent: int
    with_issue: int
    with_action: int


@dataclass(slots=True)
class Coverage:
    """`urgent`, `other`: weaknesses that no issue answers; `open_issues`, `baseless`: of the plan that is looked at."""

    urgent: list[Answered] = field(default_factory=list)
    other: list[Answered] = field(default_factory=list)
    answered: list[Answered] = field(default_factory=list)
    open_issues: list[OpenIssue] = field(default_factory=list)
    baseless: list[Baseless] = field(default_factory=list)
    standards: list[OfStandard] = field(default_factory=list)

    @property
    def urgent_without_action(self) -> int:
        """Urgent weaknesses that no action answers: neither those without an issue, nor those whose issue waits."""
        return len(self.urgent) + sum(1 for one in self.answered if one.urgent and not one.actions)

    @property
    def total(self) -> int:
        return len(self.urgent) + len(self.other) + len(self.answered)


def cover(
    weaknesses: Iterable[tuple[Any, str]],
    issues: Sequence[Any],
    actions: Sequence[Any],
    standards: Sequence[tuple[str, str]],
    plan: Any = None,
) -> Coverage:
    """What is answered and what is not. `weaknesses`: each with its standard; `issues`, `actions`: those of the plan that is
    looked at and those that answer a weakness, present ones only; `standards`: code and title, in order."""
    by_key: dict[UUID, Any] = {issue.pk: issue for issue in issues}
    of_issue: dict[UUID, list[Any]] = {}
    for action in actions:
        if action.issue_id in by_key:
            of_issue.setdefault(action.issue_id, []).append(action)
    found = Coverage()
    behind: dict[UUID, list[Any]] = {}
    everything = []
    for weakness, standard in weaknesses:
        issue = by_key.get(weakness.issue_id)
        one = Answered(weakness, standard, issue, tuple(of_issue.get(issue.pk, ())) if issue else ())
        everything.append(one)
        if issue is not None:
            behind.setdefault(issue.pk, []).append(weakness)
            found.answered.append(one)
        else:
            (found.urgent if one.urgent else found.other).append(one)
    if plan is not None:
        found.open_issues = [
            OpenIssue(issue, tuple(behind.get(issue.pk, ())))
            for issue in issues
            if issue.plan_id == plan.pk and not of_issue.get(issue.pk)
        ]
        found.open_issues.sort(key=lambda one: not one.urgent)
        found.baseless = [
            Baseless(action, by_key.get(action.issue_id))
            for action in actions
            if action.plan_id == plan.pk and not behind.get(action.issue_id)
        ]
    for code, title in standards:
        own = [one for one in everything if one.standard == code]
        found.standards.append(
            OfStandard(
                code,
                title,
                len(own),
                sum(1 for one in own if one.urgent),
                sum(1 for one in own if one.issue is not None),
                sum(1 for one in own if one.actions),
            )
        )
    return found
