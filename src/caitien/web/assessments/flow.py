"""Taking a step in the life of a criterion's sheet: held, with its line of history and its event."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from caitien.web.assessments.editing import address, held, save, tell
from caitien.web.assessments.models import Assessment, AssessmentEvent, CriterionReview
from caitien.web.assessments.states import STEPS
from caitien.web.schools.not_now import NotNow


def take_step(
    assessment: Assessment, code: str, kind: str, *, user: Any, note: str = "", batch: UUID | None = None
) -> CriterionReview:
    """Takes a step of `states.STEPS`; gives the sheet as it is then.

    Raises NotNow from a state where the step does not lead (somebody else was faster), Locked when the report is
    approved, CriterionReview.DoesNotExist when the assessment has no such criterion.
    """
    step = STEPS[kind]
    with transaction.atomic():
        held(assessment)
        review = CriterionReview.objects.for_school(assessment.school_id).get(assessment=assessment, code=code)
        review.assessment = assessment
        if review.state not in step.before:
            raise NotNow(
                _("Phiếu tiêu chí %(code)s nay đang ở tình trạng “%(state)s”, nên không làm bước “%(step)s” được.")
                % {"code": code, "state": review.get_state_display(), "step": step.label},
                ((_("Về phiếu"), address(assessment, "criterion", code=code)),),
            )
        done = save(
            review,
            {"state": step.after},
            seen=review.version,
            user=user,
            reason=note,
            batch=batch,
            whatever_it_was=True,
        ).row
        tell(assessment, kind, user, note, review)
        return done  # type: ignore[no-any-return]


def returned(review: CriterionReview) -> AssessmentEvent | None:
    """Who returned the sheet, when and why; None when it is not waiting to be mended (one query when it is)."""
    if review.state != CriterionReview.State.RETURNED:
        return None
    events = AssessmentEvent.objects.for_school(review.school_id).filter(review=review, kind="returned")
    return events.select_related("by").order_by("-at", "-id").first()
