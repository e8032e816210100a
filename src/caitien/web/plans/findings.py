"""What is doubtful in a plan today: found by the checks, less what people decided to leave; and the mends they can apply."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from caitien.plan import Finding, Fix, ImprovementPlan
from caitien.web.plans.frameworks import framework
from caitien.web.plans.models import Action, DismissedFinding, Plan
from caitien.web.plans.values import about, to_value

SEVERITIES = ("error", "warning", "hint")


@dataclass(slots=True)
class Shown:
    """A finding on a page: with its action's row and the mark by which it is known from one visit to the next."""

    finding: Finding
    fingerprint: str
    row: Action | None
    dismissed: DismissedFinding | None = None

    @property
    def severity(self) -> str:
        return self.finding.severity

    @property
    def message(self) -> str:
        return self.finding.message

    @property
    def quote(self) -> str | None:
        return self.finding.quote

    @property
    def fixes(self) -> list[Fix]:
        return self.finding.fixes


@dataclass(slots=True)
class Checked:
    """The findings of a plan: `open` and `dismissed`, gravest first, and by action."""

    plan: Plan
    rows: Sequence[Action]
    open: list[Shown] = field(default_factory=list)
    dismissed: list[Shown] = field(default_factory=list)

    @property
    def value(self) -> ImprovementPlan:
        """The plan as the checks saw it."""
        return to_value(self.plan, self.rows)

    def by_action(self) -> dict[Any, list[Shown]]:
        found: dict[Any, list[Shown]] = {}
        for shown in self.open:
            if shown.row is not None:
                found.setdefault(shown.row.pk, []).append(shown)
        return found

    def count(self, severity: str) -> int:
        return sum(shown.severity == severity for shown in self.open)

    def still(self, other: Shown) -> Shown | None:
        """The open finding that says the same of the same place as `other` did before a change, if there is one."""
        return next((s for s in self.open if _place(s) == _place(other)), None)

    def find(self, mark: str) -> Shown | None:
        return next((shown for shown in [*self.open, *self.dismissed] if shown.fingerprint == mark), None)


def checked(plan: Plan, rows: Sequence[Action], today: date) -> Checked:
    """Runs the checks on the plan as it is now. One query (what was dismissed); `rows` are the plan's, in order."""
    left = {
        one.fingerprint: one
        for one in DismissedFinding.objects.for_school(plan.school_id).filter(plan=plan).select_related("dismissed_by")
    }
    result = Checked(plan, rows)
    for finding in _found(plan, rows, today):
        row = rows[finding.action] if finding.action is not None and 0 <= finding.action < len(rows) else None
        mark = fingerprint(finding, row)
        shown = Shown(finding, mark, row, left.get(mark))
        (result.dismissed if shown.dismissed else result.open).append(shown)
    return result


def fingerprint(finding: Finding, row: Action | None) -> str:
    """What makes a finding the same one tomorrow: its rule, its action, and the words it is about.

    The message is no part of it where something better is known: it may count days.
    """
    said: list[Any] = [finding.rule, str(row.pk) if row is not None else None, finding.field]
    words = about(row, finding.field) if row is not None else None
    said += [finding.quote, words] if words is not None else [finding.quote or finding.message]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _found(plan: Plan, rows: Sequence[Action], today: date) -> list[Finding]:
    """What the checks say. Kept in memory until a version, the order of the rows or the day is another."""
    from caitien.checking import check, with_readers_findings

    key = (plan.pk, plan.version, today, tuple((row.pk, row.version) for row in rows))
    if (known := _kept.get(key)) is None:
        value = to_value(plan, rows)
        known = with_readers_findings(check(value, framework=framework(plan.framework), today=today), value)
        _kept[key] = known
        for oldest in list(_kept)[:-PLANS_KEPT]:
            _kept.pop(oldest, None)
    return known


PLANS_KEPT = 32  # of findings in a worker's memory, some 100 kB each
_kept: dict[tuple[Any, ...], list[Finding]] = {}


def _place(shown: Shown) -> tuple[Any, ...]:
    return shown.finding.rule, shown.row.pk if shown.row is not None else None, shown.finding.field
