"""Taking back a change, or all changes of one request; what somebody wrote there since is kept and told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from caitien.web.plans.changes import taken_back
from caitien.web.plans.editing import Outcome, new_batch, remove_actions, save_edit
from caitien.web.plans.models import Action, Plan

MOST = 2_000  # lines of history taken back together; a plan has far fewer rows


@dataclass(slots=True)
class Undone:
    """`rows`: actions put back as they were; `clashes`: those where somebody wrote since, left as they are."""

    rows: list[Action] = field(default_factory=list)
    clashes: list[Outcome] = field(default_factory=list)
    batch: UUID | None = None  # by which this undoing can itself be undone


def undo_batch(plan: Plan, batch: UUID, *, user: Any, reason: str) -> Undone | None:
    """Takes back what was done under the name `batch` in a plan. None when there is no such thing. Raises PlanLocked."""
    with transaction.atomic():
        records = list(Action.history.filter(school=plan.school, plan=plan, batch=batch).order_by("-version")[:MOST])
        if not records:
            return None
        done = Undone(batch=new_batch())
        made = [record.id for record in records if record.version == 1]
        if made:
            done.rows += remove_actions(plan, made, user=user, reason=reason, batch=done.batch)
        # A row changed several times in one batch is taken back line by line, the newest first.
        for record in records:
            if record.version == 1 or record.id in made:
                continue
            before = Action.history.filter(school=plan.school, id=record.id, version=record.version - 1).first()
            if before is None:
                continue
            outcome = save_edit(
                plan.school,
                record.id,
                taken_back(record, before),
                base=record,
                user=user,
                reason=reason,
                batch=done.batch,
            )
            if outcome.clashes:
                done.clashes.append(outcome)
            elif outcome.changed:
                done.rows.append(outcome.row)
        return done
