"""Changing an action: every change goes through here, so that each has a version, a line of history and loses no word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from caitien.web.plans.fields import FIELDS, Columns
from caitien.web.plans.merge import Clash, merge
from caitien.web.plans.models import Action, Plan
from caitien.web.plans.values import derived
from caitien.web.schools.models import School


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edit. With clashes nothing was saved; `row` is the action as it is now."""

    row: Action
    changed: list[str] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    record: UUID | None = None  # of the history, for undoing


def save_edit(
    school: School, key: UUID, wanted: Mapping[str, Columns], *, base: Any, user: Any, reason: str = ""
) -> Outcome:
    """Saves the edit that somebody made of `base` (field name to columns): what others changed meanwhile is joined.

    When another changed the same field to something else, nothing is saved and the clashes are returned.
    """
    with transaction.atomic():
        row = _locked(school, key)
        names = list(wanted)
        joined = merge(
            {name: FIELDS[name].of(base) for name in names}, wanted, {name: FIELDS[name].of(row) for name in names}
        )
        if joined.clashes:
            return Outcome(row, clashes=joined.clashes)
        columns = {column: value for part in joined.changes.values() for column, value in part.items()}
        record = _write(row, columns, user, reason)
        return Outcome(row, changed=list(joined.changes), record=record)


def set_columns(school: School, key: UUID, columns: Columns, *, user: Any, reason: str) -> Outcome:
    """Sets columns of an action whatever they were, as a progress report or a fix does."""
    with transaction.atomic():
        row = _locked(school, key)
        changed = {column: value for column, value in columns.items() if getattr(row, column) != value}
        return Outcome(row, changed=list(changed), record=_write(row, changed, user, reason))


def set_head(school: School, key: UUID, head: dict[str, Any], columns: Columns, *, user: Any, reason: str) -> UUID:
    """Replaces the head of a plan (and title, framework). Returns the record of the history."""
    with transaction.atomic():
        plan = Plan.objects.select_for_update().get(school=school, pk=key)
        plan.head = head
        for column, value in columns.items():
            setattr(plan, column, value)
        plan.version += 1
        plan._change_reason, plan._history_user = reason[:100] or None, user
        plan.save()
        return plan.history.latest().pk


def version_of(row: Action, version: int | None) -> Any:
    """The action as it was at a version: from its history. A version that is not known any more is the oldest there is,
    so that all that differs from it is looked at."""
    if version == row.version:
        return row
    records = Action.history.filter(id=row.pk, school_id=row.school_id)
    return records.filter(version=version).first() or records.order_by("version").first() or row


def _locked(school: School, key: UUID) -> Action:
    """The row, held until the transaction ends (SQLite: the transaction itself is alone, it began IMMEDIATE)."""
    return Action.objects.select_for_update().get(school=school, pk=key)


def _write(row: Action, columns: Columns, user: Any, reason: str) -> UUID | None:
    if not columns:
        return None
    for column, value in {**columns, **derived(columns)}.items():
        setattr(row, column, value)
    row.version += 1
    row._change_reason, row._history_user = reason[:100] or None, user
    row.save()
    return row.history.latest().pk
