"""A plan gets another framework: what happens to its codes, and carrying them through the crosswalk, to be confirmed."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from caitien.errors import CaiTienError
from caitien.planning.criteria import under_framework
from caitien.planning.decisions import Decision
from caitien.standards import crosswalk
from caitien.web.plans import deciding
from caitien.web.plans.editing import change
from caitien.web.plans.frameworks import framework
from caitien.web.plans.head_editing import save_head
from caitien.web.plans.issue_editing import save_issue
from caitien.web.plans.models import Action, Issue, Plan
from caitien.web.plans.values import standard_of, to_value

CARRY, LEAVE = "chuyen", "giu"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change of framework would mean. `strangers`: rows with codes that the new one does not have."""

    title: str
    rows: int
    strangers: list[tuple[Action, list[str]]]
    has_crosswalk: bool


def effect(plan: Plan, rows: Sequence[Action], to: str | None) -> Effect | None:
    """What would happen to the codes of the plan's rows; None when the framework stays or is taken away. No query."""
    found = framework(to)
    if found is None or to == plan.framework:
        return None
    known = set(found.codes)
    strangers = [(row, [code for code in row.criteria if code not in known]) for row in rows]
    way = crosswalk(plan.framework, to) if plan.framework and to else None
    return Effect(found.short_title, len(rows), [pair for pair in strangers if pair[1]], way is not None)


def carry_codes(plan: Plan, to: str, *, user: Any, batch: UUID) -> Plan:
    """Puts the plan under the framework `to`, its criteria as the crosswalk proposes them; each waits for confirmation
    among the decisions of the plan. Raises CaiTienError when there is no way, PlanLocked. Runs in a transaction of its caller.
    """
    rows = list(Action.objects.for_school(plan.school_id).filter(plan=plan))
    issues = list(Issue.objects.for_school(plan.school_id).filter(plan=plan))
    value = to_value(plan, rows, issues)
    decisions: list[Decision] = []
    new, _warnings = under_framework(value, to, decisions)
    if new.framework == value.framework:
        raise CaiTienError(_("Kế hoạch đã theo khung này."))
    reason = gettext_noop("Chuyển mã tiêu chí sang khung mới")
    outcome = save_head(
        plan,
        {"framework": to, "carried": (new.model_extra or {}).get("carried")},
        base=plan,
        user=user,
        reason=reason,
        batch=batch,
    )
    entries = []
    for row, said in zip(rows, new.actions, strict=True):
        own = (said.model_extra or {}).get("carried")
        extra = copy.deepcopy(row.extra or {})
        extra.setdefault("", {})["carried"] = own
        columns = {"criteria": said.criteria, "extra": extra}
        row = change(
            plan.school, row.pk, lambda _row, columns=columns: columns, user=user, reason=reason, batch=batch
        ).row
        entry = deciding.asked_of_a_row_put_in(row)
        if entry is not None:
            entries.append({**entry, "sentence": gettext_noop("Mục %s: tiêu chí theo khung mới?") % (row.number or "")})
    for issue, said in zip(issues, new.issues, strict=True):
        moves = ((said.model_extra or {}).get("carried") or {}).get("moves", [])
        wanted = {"criteria": {"criteria": said.criteria, "standard": standard_of(said.criteria) or None}}
        save_issue(plan, issue.pk, wanted, base=issue, user=user, reason=reason, batch=batch)
        if moves:
            entries.append(_of_issue(issue, said.criteria, moves))
    _ask(outcome.plan, entries, batch)
    return outcome.plan


def _of_issue(issue: Issue, criteria: list[str], moves: list[dict[str, Any]]) -> deciding.Entry:
    return {
        "kind": "criteria",
        "what": "criteria",
        "row": None,
        "issue": str(issue.pk),
        "field": None,
        "sentence": gettext_noop("Vấn đề “%s”: tiêu chí theo khung mới?") % str(issue)[:120],
        "value": criteria,
        "was": criteria,
        "moves": moves,
        "settled": None,
        "later": False,
    }


def _ask(plan: Plan, entries: list[deciding.Entry], batch: UUID) -> None:
    last = max((int(e["id"]) for e in plan.to_decide if str(e["id"]).isdecimal()), default=0)
    named = [{**entry, "id": str(last + n), "came_with": str(batch)} for n, entry in enumerate(entries, 1)]
    Plan.objects.for_school(plan.school_id).filter(pk=plan.pk).update(to_decide=[*plan.to_decide, *named])
