"""Changing the head of a plan (all of the plan value that is no action and no issue), part by part.

A part is named by its path: a field of the head ("legal_bases", "purposes", …), a field within one ("document.number",
"document.signer.name"), or the plan's title or framework. Two editors of different parts never clash; of one part the
second is shown both.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from caitien.web.plans.editing import permitted
from caitien.web.plans.merge import Clash, merge
from caitien.web.plans.models import Plan
from caitien.web.schools.models import SchoolYear

OF_THE_ROW = ("title", "framework")
"""Parts that are columns of the plan's row."""
WITH_FIELDS = ("document", "school")
"""Parts that are merged field by field."""
REPORTED_OF_MONITORING = ("result", "adjustment", "reviewer")
"""What a round of monitoring found is reported during the year, when the content is frozen."""


@dataclass(frozen=True, slots=True)
class HeadOutcome:
    """What became of an edit. With clashes nothing was saved; `plan` is the plan as it is now."""

    plan: Plan
    changed: list[str] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    record: UUID | None = None


def part_of(plan: Any, name: str) -> Any:
    """A part of the head of a plan, or of a line of its history; None when it was never said."""
    if name in OF_THE_ROW:
        return getattr(plan, name)
    found: Any = plan.head or {}
    for step in name.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    return found


def differing(before: Any, after: Any) -> list[str]:
    """The paths in which the heads of two plans (or lines of the history) differ."""
    found = [name for name in OF_THE_ROW if getattr(before, name) != getattr(after, name)]
    was, now = _flat(before.head or {}), _flat(after.head or {})
    return [*found, *(name for name in dict.fromkeys([*was, *now]) if was.get(name) != now.get(name))]


def _flat(head: Mapping[str, Any]) -> dict[str, Any]:
    """The head by paths: what is merged field by field is taken apart."""
    found: dict[str, Any] = {}

    def take(value: Any, path: str) -> None:
        if isinstance(value, dict) and path.split(".")[0] in WITH_FIELDS:
            for name, part in value.items():
                take(part, f"{path}.{name}")
        else:
            found[path] = value

    for name, value in head.items():
        take(value, name)
    return found


def _put(head: dict[str, Any], name: str, value: Any) -> None:
    *way, last = name.split(".")
    for step in way:
        if not isinstance(head.get(step), dict):
            head[step] = {}
        head = head[step]
    head[last] = value


def save_head(
    plan: Plan, wanted: Mapping[str, Any], *, base: Any, user: Any, reason: str = "", batch: UUID | None = None
) -> HeadOutcome:
    """Saves the parts that somebody wrote, seeing `base`: what others changed meanwhile is joined. Raises PlanLocked."""
    with transaction.atomic():
        now = Plan.objects.select_for_update(no_key=True).get(school=plan.school_id, pk=plan.pk)
        now.school = plan.school
        names = list(wanted)
        joined = merge({n: part_of(base, n) for n in names}, wanted, {n: part_of(now, n) for n in names})
        if joined.clashes:
            return HeadOutcome(now, clashes=joined.clashes)
        if not joined.changes:
            return HeadOutcome(now)
        content = any(is_content(name, part_of(now, name), value) for name, value in joined.changes.items())
        amendment = permitted(now, content=content)
        now.head = copy.deepcopy(now.head)
        for name, value in joined.changes.items():
            if name in OF_THE_ROW:
                setattr(now, name, value)
            else:
                _put(now.head, name, value)
        if "school_year" in joined.changes:
            year = joined.changes["school_year"]
            now.year = SchoolYear.objects.get_or_create(school=now.school, name=year)[0] if year else None
        now.version += 1
        now._change_reason, now._history_user = (str(reason) or "")[:100] or None, user
        now._batch, now._amendment = batch, amendment.pk if amendment else None
        now.save()
        return HeadOutcome(now, list(joined.changes), record=now._record)


def is_content(name: str, before: Any, after: Any) -> bool:
    """Whether a change of a part changes what was approved, and not only what monitoring found."""
    if name != "monitoring":
        return True
    return _without_reports(before) != _without_reports(after)


def _without_reports(rounds: Any) -> list[dict[str, Any]]:
    return [{k: v for k, v in entry.items() if k not in REPORTED_OF_MONITORING and v} for entry in rounds or []]


def head_version(plan: Plan, version: int | None) -> Any:
    """The plan as it was at a version: from its history. One that is not known any more is the oldest there is."""
    if version == plan.version:
        return plan
    records = Plan.history.filter(id=plan.pk, school_id=plan.school_id)
    return records.filter(version=version).first() or records.order_by("version").first() or plan
