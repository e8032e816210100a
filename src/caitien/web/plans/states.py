"""The life of a plan: which steps lead from state to state, who may take them, and what may be changed in which state.

draft → submitted → approved → in force → closed. Approval freezes the content; afterwards it changes only under an
amendment (một lần điều chỉnh) with its reason. What is reported (progress, ticks, values reached, money spent, notes) is
no content and goes on until the plan is closed. Data and decisions only: no query here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from caitien.web.plans.models import Plan, PlanEvent
from caitien.web.schools.not_now import NotNow
from caitien.web.schools.roles import Capability, may

State, Kind = Plan.State, PlanEvent.Kind


@dataclass(frozen=True, slots=True)
class Step:
    """A step that can be taken. `label`: the button; `needs_words`: a reason must be said."""

    kind: str
    before: tuple[str, ...]
    after: str
    capability: Capability
    label: Any
    needs_words: bool = False


STEPS: dict[str, Step] = {
    step.kind: step
    for step in (
        Step(Kind.SUBMITTED, (State.DRAFT,), State.SUBMITTED, Capability.SUBMIT_PLAN, _("Trình duyệt")),
        Step(Kind.WITHDRAWN, (State.SUBMITTED,), State.DRAFT, Capability.SUBMIT_PLAN, _("Rút lại để sửa")),
        Step(Kind.RETURNED, (State.SUBMITTED, State.APPROVED), State.DRAFT, Capability.APPROVE_PLAN, _("Trả lại"), True),
        Step(Kind.APPROVED, (State.SUBMITTED,), State.APPROVED, Capability.APPROVE_PLAN, _("Duyệt")),
        Step(Kind.PUT_IN_FORCE, (State.APPROVED,), State.IN_FORCE, Capability.APPROVE_PLAN, _("Ban hành, bắt đầu thực hiện")),
        Step(Kind.CLOSED, (State.IN_FORCE,), State.CLOSED, Capability.APPROVE_PLAN, _("Kết thúc kế hoạch")),
        Step(Kind.REOPENED, (State.CLOSED,), State.IN_FORCE, Capability.APPROVE_PLAN, _("Mở lại"), True),
    )
}  # fmt: skip

AMENDABLE = (State.APPROVED, State.IN_FORCE)
ENDS_AMENDMENTS = (Kind.RETURNED, Kind.CLOSED)
"""Steps after which nothing is amended: an open amendment must be ended first."""
LINE = (State.DRAFT, State.SUBMITTED, State.APPROVED, State.IN_FORCE, State.CLOSED)
"""The states in the order of a plan's life."""

REPORTED = frozenset(
    {"progress_status", "progress_percent", "progress_text", "result", "note", "measures_done", "evidence_at_hand"}
)
"""Columns of an action that say how far it is: no content."""
REPORTED_WITHIN = {"indicator_values": "actual", "budget_lines": "spent_vnd"}
"""Columns whose entries hold one thing that is reported beside what is content."""
NO_CONTENT = frozenset({"position", "issue_id", "continues_id", "extra", "provenance", "alternatives"})
"""Columns about the row itself; where it stands and what it is linked to is order, not content."""


class PlanLocked(NotNow):
    """What was asked for may not be changed in the plan's state."""


SENTENCES = {
    State.SUBMITTED: _(
        "Kế hoạch đang chờ duyệt nên nội dung không sửa được. Hãy “Rút lại để sửa”, rồi sửa và trình lại."
    ),
    State.APPROVED: _("Kế hoạch đã duyệt nên nội dung đã khóa. Muốn sửa, hãy mở một đợt điều chỉnh và ghi lý do."),
    State.IN_FORCE: _(
        "Kế hoạch đang thực hiện nên nội dung đã khóa; tiến độ vẫn cập nhật được. Muốn sửa, hãy mở một đợt điều chỉnh và ghi lý do."
    ),
    State.CLOSED: _("Kế hoạch đã kết thúc nên không sửa được nữa. Hiệu trưởng có thể mở lại."),
}


def waits_for(plan: Plan, role: str) -> Any | None:
    """What somebody is told of a submitted plan who approves it, or who can only wait; None for whoever may withdraw it."""
    if plan.state != State.SUBMITTED:
        return None
    if may(role, Capability.APPROVE_PLAN):
        return _("Kế hoạch đang chờ bạn duyệt: hãy bấm “Duyệt”, hoặc “Trả lại” và ghi lý do.")
    if may(role, Capability.SUBMIT_PLAN):
        return None
    return _("Kế hoạch đang chờ hiệu trưởng duyệt; trong lúc chờ, nội dung không sửa được.")


def steps_from(state: str) -> list[Step]:
    """The steps that lead on from a state, in their order."""
    return [step for step in STEPS.values() if state in step.before]


def why_locked(state: str, *, amendment_open: bool, content: bool) -> Any | None:
    """The sentence that says why a change is not possible now; None when it is. `content`: whether content changes."""
    if state == State.CLOSED:
        return SENTENCES[State.CLOSED]
    if not content or state == State.DRAFT or (state in AMENDABLE and amendment_open):
        return None
    return SENTENCES[State(state)]


def changes_content(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether columns of an action (those of `after`) change what was approved, and not only what is reported about it."""
    return any(
        _content(column, before.get(column)) != _content(column, value)
        for column, value in after.items()
        if column not in REPORTED | NO_CONTENT
    )


def _content(column: str, value: Any) -> Any:
    reported = REPORTED_WITHIN.get(column)
    if reported is None or not value:
        return value or None
    entries = [{name: part for name, part in entry.items() if name != reported} for entry in value]
    return [entry for entry in entries if any(part not in (None, "") for name, part in entry.items() if name != "text")]
