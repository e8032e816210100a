"""Where a row stands: numbers with room between them, so that a row put between two others changes no other row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop

from caitien.web.plans.models import POSITION_STEP, Plan

NUMBERED_ANEW = gettext_noop("Đánh lại thứ tự")
"""What a line of history says that only gave a row room: the row stands where it stood."""


def places_between(positions: Sequence[int], at: int, count: int) -> list[int] | None:
    """Positions for `count` rows before `positions[at]`; None when there is no room for them."""
    low = positions[at - 1] if at else 0
    high = positions[at] if at < len(positions) else low + (count + 1) * POSITION_STEP
    if high - low <= count:
        return None
    gap = (high - low) // (count + 1)
    return [low + gap * number for number in range(1, count + 1)]


def numbered_anew(model: Any, plan: Plan, count: int, user: Any) -> dict[UUID, int]:
    """Gives all rows of the plan new positions with room for `count` more anywhere: key to position.

    It is written in the history like any change, so that the order of any day can be told from it.
    """
    from simple_history.utils import bulk_update_with_history

    rows = list(model.everything.for_school(plan.school).filter(plan=plan))  # those taken away too: they may come back
    for place, row in enumerate(rows, 1):
        row.plan, row.school = plan, plan.school
        row.position = place * POSITION_STEP * (count + 1)
        row.version += 1
    bulk_update_with_history(
        rows, model, ["position", "version"], default_user=user, default_change_reason=NUMBERED_ANEW,
        manager=model.everything,
    )  # fmt: skip
    return {row.pk: row.position for row in rows}
