"""Taking back everything that one request did to a plan: actions, issues, parts of the head, decisions taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from caitien.web.plans.editing import new_batch
from caitien.web.plans.head_editing import differing, part_of, save_head
from caitien.web.plans.issue_editing import remove_issues, save_issue
from caitien.web.plans.issue_fields import ISSUE_RECORDED
from caitien.web.plans.models import Issue, Plan
from caitien.web.plans.undoing import undo_batch


@dataclass(slots=True)
class AllUndone:
    """`undone`: how many rows, parts and decisions are as they were; `kept`: those where somebody wrote since."""

    undone: int = 0
    kept: int = 0
    batch: UUID | None = None


def undo_all(plan: Plan, batch: UUID, *, user: Any, reason: str) -> AllUndone | None:
    """Takes back what was done under the name `batch`. None when there is no such thing. Raises PlanLocked."""
    with transaction.atomic():
        held = Plan.objects.select_for_update(no_key=True).get(school=plan.school_id, pk=plan.pk)
        held.school = plan.school
        done = AllUndone(batch=new_batch())
        found = False
        actions = undo_batch(held, batch, user=user, reason=reason)
        if actions is not None:
            found = True
            done.undone += len(actions.rows)
            done.kept += len(actions.clashes)
        found |= _issues(held, batch, user, reason, done)
        found |= _head(held, batch, user, reason, done)
        found |= _decisions(held, batch, done)
        return done if found else None


def _issues(plan: Plan, batch: UUID, user: Any, reason: str, done: AllUndone) -> bool:
    records = list(Issue.history.filter(school=plan.school, plan=plan, batch=batch).order_by("-version"))
    made = [record.id for record in records if record.version == 1]
    done.undone += len(remove_issues(plan, made, user=user, reason=reason, batch=done.batch)) if made else 0
    for record in records:
        before = Issue.history.filter(school=plan.school, id=record.id, version=record.version - 1).first()
        if record.id in made or before is None:
            continue
        wanted = {n: f.of(before) for n, f in ISSUE_RECORDED.items() if f.of(before) != f.of(record)}
        outcome = save_issue(plan, record.id, wanted, base=record, user=user, reason=reason, batch=done.batch)
        done.kept += bool(outcome.clashes)
        done.undone += bool(outcome.changed)
    return bool(records)


def _head(plan: Plan, batch: UUID, user: Any, reason: str, done: AllUndone) -> bool:
    records = list(Plan.history.filter(school=plan.school, id=plan.pk, batch=batch).order_by("-version"))
    for record in records:
        before = Plan.history.filter(school=plan.school, id=plan.pk, version=record.version - 1).first()
        if before is None:
            continue
        wanted = {name: part_of(before, name) for name in differing(before, record)}
        outcome = save_head(plan, wanted, base=record, user=user, reason=reason, batch=done.batch)
        done.kept += len(outcome.clashes)
        done.undone += len(outcome.changed)
    return bool(records)


def _decisions(plan: Plan, batch: UUID, done: AllUndone) -> bool:
    """Decisions taken in the batch are open again; those that came with them go."""
    plan.refresh_from_db(fields=["to_decide"])
    name = str(batch)
    taken = [entry for entry in plan.to_decide if (entry.get("settled") or {}).get("batch") == name]
    left = [entry for entry in plan.to_decide if entry.get("came_with") != name]
    if not taken and len(left) == len(plan.to_decide):
        return False
    reopened = [{**entry, "settled": None} if entry in taken else entry for entry in left]
    Plan.objects.for_school(plan.school).filter(pk=plan.pk).update(to_decide=reopened)
    done.undone += len(taken)
    return True
