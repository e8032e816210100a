"""Changing the vấn đề trọng tâm of a plan: like its actions, every change has a version, a line of history and loses no word.

A change is refused when the plan's state forbids it (`PlanLocked`); the order is no content.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caitien.web.plans.editing import held, permitted, saved
from caitien.web.plans.fields import Columns
from caitien.web.plans.issue_fields import ISSUE_RECORDED
from caitien.web.plans.merge import Clash, merge
from caitien.web.plans.models import POSITION_STEP, Action, Issue, Plan


@dataclass(frozen=True, slots=True)
class IssueOutcome:
    """What became of an edit. With clashes nothing was saved; `row` is the issue as it is now."""

    row: Issue
    changed: list[str] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    record: UUID | None = None


def save_issue(
    plan: Plan,
    key: UUID,
    wanted: Mapping[str, Columns],
    *,
    base: Any,
    user: Any,
    reason: str = "",
    batch: UUID | None = None,
) -> IssueOutcome:
    """Saves the edit that somebody made of `base` (field name to columns): what others changed meanwhile is joined.

    When another changed the same field to something else, nothing is saved and the clashes are returned. Raises PlanLocked.
    """
    with transaction.atomic():
        plan = held(plan)
        row = Issue.everything.select_for_update(no_key=True).get(school=plan.school_id, plan=plan, pk=key)
        row.plan, row.school = plan, plan.school
        names = list(wanted)
        before = {name: ISSUE_RECORDED[name].of(base) for name in names}
        joined = merge(before, wanted, {name: ISSUE_RECORDED[name].of(row) for name in names})
        if joined.clashes:
            return IssueOutcome(row, clashes=joined.clashes)
        columns = {column: value for part in joined.changes.values() for column, value in part.items()}
        if not columns:
            return IssueOutcome(row)
        amendment = permitted(plan, content=set(columns) != {"position"})
        for column, value in columns.items():
            setattr(row, column, value)
        row.version += 1
        return IssueOutcome(row, list(joined.changes), record=saved(row, user, reason, batch, amendment))


def create_issues(
    plan: Plan, rows: Sequence[Columns], *, user: Any, reason: str = "", batch: UUID | None = None
) -> list[Issue]:
    """New issues at the end of the plan's list, in order. Raises PlanLocked."""
    with transaction.atomic():
        plan = held(plan)
        amendment = permitted(plan, content=True)
        last = Issue.objects.for_school(plan.school_id).filter(plan=plan).order_by("-position").first()
        place = last.position if last else 0
        made = []
        for number, columns in enumerate(rows, 1):
            issue = Issue(school=plan.school, plan=plan, position=place + number * POSITION_STEP, **columns)
            saved(issue, user, reason, batch, amendment)
            made.append(issue)
        return made


def remove_issues(
    plan: Plan, keys: Iterable[UUID], *, user: Any, reason: str = "", batch: UUID | None = None
) -> list[Issue]:
    """Takes issues out of the plan. They stay in the table, with the actions that answer them, so that it can be undone."""
    with transaction.atomic():
        plan = held(plan)
        amendment = permitted(plan, content=True)
        rows = list(Issue.objects.for_school(plan.school_id).filter(plan=plan, pk__in=list(keys)))
        for row in rows:
            row.plan, row.school, row.removed_at = plan, plan.school, timezone.now()
            row.version += 1
            saved(row, user, reason, batch, amendment)
        return rows


def move_issue(plan: Plan, key: UUID, *, by: int, user: Any, batch: UUID | None = None) -> Issue | None:
    """Puts an issue one place up (`by` -1) or down (1). None when there is no such place. Raises PlanLocked."""
    with transaction.atomic():
        plan = held(plan)
        amendment = permitted(plan, content=False)
        rows = list(Issue.objects.for_school(plan.school_id).filter(plan=plan))
        at = next((n for n, row in enumerate(rows) if row.pk == key), None)
        if at is None or not 0 <= at + by < len(rows):
            return None
        row, other = rows[at], rows[at + by]
        if row.position == other.position:  # never so when stored here; a row of another program may
            for place, one in enumerate(rows, 1):
                one.position = place * POSITION_STEP
            Issue.objects.bulk_update(rows, ["position"])
        row.position, other.position = other.position, row.position
        for one in (row, other):
            one.plan, one.school = plan, plan.school
            one.version += 1
            saved(one, user, "", batch, amendment)
        return row


def coverage(issues: Sequence[Issue], actions: Sequence[Action]) -> tuple[dict[UUID, list[Action]], list[Action]]:
    """The actions that answer each issue, and those that answer none. An answer to an issue taken away is none."""
    answers: dict[UUID, list[Action]] = {issue.pk: [] for issue in issues}
    free = []
    for action in actions:
        if action.issue_id in answers:
            answers[action.issue_id].append(action)
        else:
            free.append(action)
    return answers, free


def by_criterion(issues: Sequence[Issue], free: Sequence[Action]) -> list[tuple[Action, Issue]]:
    """Actions that answer no issue yet, each with the only issue that shares a criterion with it. Values only: no query."""
    found = []
    for action in free:
        same = [issue for issue in issues if set(issue.criteria) & set(action.criteria)]
        if len(same) == 1:
            found.append((action, same[0]))
    return found
