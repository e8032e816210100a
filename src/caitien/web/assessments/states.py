"""The life of a criterion's sheet: which steps lead from state to state, who may take them, what is locked in which state.

writing → submitted → approved; returned with a reason. A sheet that was submitted or approved is not written in
(`editing.permitted`). Data and decisions only: no query here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from caitien.web.assessments.models import Assessment, AssessmentEvent, CriterionReview
from caitien.web.schools.roles import Capability, may

State, Kind = CriterionReview.State, AssessmentEvent.Kind


@dataclass(frozen=True, slots=True)
class Step:
    """A step that can be taken. `label`: the button; `what`: what happens then; `needs_words`: a reason must be said."""

    kind: str
    before: tuple[str, ...]
    after: str
    capability: Capability
    label: Any
    what: Any
    part: str  # the last part of its address
    needs_words: bool = False


WRITE, LEAD = Capability.WRITE_ASSESSMENT, Capability.LEAD_ASSESSMENT

STEPS: dict[str, Step] = {
    step.kind: step
    for step in (
        Step(Kind.SUBMITTED, (State.WRITING, State.RETURNED), State.SUBMITTED, WRITE, _("Nộp phiếu"),
             _("Phiếu được khóa để người duyệt xem; có thể rút lại."), "nop"),
        Step(Kind.WITHDRAWN, (State.SUBMITTED,), State.WRITING, WRITE, _("Rút lại để sửa"),
             _("Phiếu trở lại đang viết."), "rut-lai"),
        Step(Kind.APPROVED, (State.SUBMITTED,), State.APPROVED, LEAD, _("Duyệt phiếu"),
             _("Phiếu được khóa và vào báo cáo; muốn sửa thì trả lại."), "duyet"),
        Step(Kind.RETURNED, (State.SUBMITTED, State.APPROVED), State.RETURNED, LEAD, _("Trả lại"),
             _("Phiếu trở lại để viết tiếp; người viết thấy lý do."), "tra-lai", True),
    )
}  # fmt: skip

FORWARD = (Kind.SUBMITTED, Kind.APPROVED)
LINE = (State.WRITING, State.SUBMITTED, State.APPROVED)
"""The states in the order of a sheet's life; a returned sheet is being written again."""

MARKS: dict[str, tuple[str, str]] = {
    State.WRITING: ("muted", "edit"),
    State.SUBMITTED: ("info", "upload"),
    State.RETURNED: ("warning", "warning"),
    State.APPROVED: ("success", "check"),
}
"""State -> (tone, icon) for {% mark %}."""


def steps_from(state: str) -> list[Step]:
    """The steps that lead on from a state of a sheet, in their order."""
    return [step for step in STEPS.values() if state in step.before]


def steps_for(state: str, role: str, assessment_state: str) -> list[Step]:
    """Those that somebody of a role may take; none when the report is approved."""
    if assessment_state != Assessment.State.WORKING:
        return []
    return [step for step in steps_from(state) if may(role, step.capability)]


def is_open(state: str, assessment_state: str) -> bool:
    """Whether the sheet can be written in."""
    return assessment_state == Assessment.State.WORKING and state in (State.WRITING, State.RETURNED)


def line_of(state: str) -> list[dict[str, Any]]:
    """The states in order with where the sheet is: {"label", "past", "here"}."""
    place = LINE.index(State.WRITING if state == State.RETURNED else State(state))
    return [
        {
            "label": State.RETURNED.label if n == 0 and state == State.RETURNED else one.label,
            "past": n < place,
            "here": n == place,
        }
        for n, one in enumerate(LINE)
    ]
