"""Taking back a change, or all changes of one request; what somebody wrote there since is kept and told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import transaction

from caitien.web.plans.changes import taken_back
from caitien.web.plans.editing import Outcome, RowGone, held, new_batch, remove_actions, save_edit
from caitien.web.plans.models import Action, Plan

MOST = 2_000  # lines of history taken back together; a plan has far fewer rows


@dataclass(slots=True)
class Undone:
    """`rows`: actions put back as they were; `clashes`: those where somebody wrote since, left as they are."""

    rows: list[Action] = field(default_factory=list)
    clashes: list[Outcome] = field(default_factory=list)
    batch: UUID | None = None  # by which this undoing can itself be undone


def undo_batch(plan: Plan, batch: UUID, *, user: Any, reason: str) -> Undone | None:
    """Takes back what was done under the name `batch` in a plan. None when there is no such thing. Raises PlanLocked.

    A row that the batch made, or brought back, is taken out of the plan again, unless another person wrote in it since.
    """
    with transaction.atomic():
        now = held(plan)
        lines = list(Action.history.filter(school=now.school, plan=now, batch=batch).order_by("-version")[:MOST])
        if not lines:
            return None
        done = Undone(batch=new_batch())
        made = {line.id for line in lines if line.version == 1}
        runs = _runs(now, [line for line in lines if line.id not in made])
        going = made | {after.id for after, before in runs if before.removed_at and not after.removed_at}
        foreign = _written_since(now, going, lines, user)
        done.clashes += [Outcome(row) for row in foreign.values()]
        if takeable := made - foreign.keys():
            done.rows += remove_actions(now, takeable, user=user, reason=reason, batch=done.batch)
        for after, before in runs:
            if after.id in foreign:
                continue
            wanted = taken_back(after, before)
            try:
                outcome = save_edit(
                    now.school, after.id, wanted, base=after, user=user, reason=reason, batch=done.batch
                )
            except RowGone:  # taken out of the plan since: it stays out, and is told
                done.clashes.append(Outcome(Action.everything.for_school(now.school).get(pk=after.id)))
                continue
            if outcome.clashes:
                done.clashes.append(outcome)
            elif outcome.changed:
                done.rows.append(outcome.row)
        return done


def _written_since(plan: Plan, going: set[UUID], lines: Sequence[Any], user: Any) -> dict[UUID, Action]:
    """Of the rows that would go out of the plan, those in which somebody else wrote after the batch."""
    if not going:
        return {}
    newest: dict[UUID, int] = {}
    for line in lines:
        newest[line.id] = max(line.version, newest.get(line.id, 0))
    others = Action.history.filter(school=plan.school, id__in=going)
    if user is not None:
        others = others.exclude(history_user=user, history_user__isnull=False)
    keys = {key for key, version in others.values_list("id", "version") if version > newest[key]}
    return {row.pk: row for row in Action.objects.for_school(plan.school).filter(pk__in=keys)} if keys else {}


def _runs(plan: Plan, lines: Sequence[Any]) -> list[tuple[Any, Any]]:
    """(how the batch left a row, how it found it), once for each unbroken run of lines of a row, the newest run first."""
    by_row: dict[UUID, list[Any]] = defaultdict(list)
    for line in lines:  # newest first
        by_row[line.id].append(line)
    runs = []
    for of_row in by_row.values():
        newest = of_row[0]
        for line, older in [*pairwise(of_row), (of_row[-1], None)]:
            if older is None or older.version != line.version - 1:
                runs.append((newest, line))
                newest = older
    keys, versions = {oldest.id for _newest, oldest in runs}, {oldest.version - 1 for _newest, oldest in runs}
    befores = Action.history.filter(school=plan.school, id__in=keys, version__in=versions)
    found = {(line.id, line.version): line for line in befores}
    return [
        (newest, found[oldest.id, oldest.version - 1])
        for newest, oldest in runs
        if (oldest.id, oldest.version - 1) in found
    ]
