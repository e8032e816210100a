"""The frame of pages that are of no school: the rail of the school where the reader was last."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from caitien.web.schools.guard import LAST_SCHOOL
from caitien.web.schools.models import Membership


def put_in_frame(request: Any, memberships: Iterable[Membership]) -> None:
    """Tells the frame of the page which of her schools the reader was in last; none when she has no school."""
    mine = list(memberships)
    last = request.session.get(LAST_SCHOOL)
    membership = next((m for m in mine if m.school.slug == last), mine[0] if mine else None)
    if membership is not None:
        request.membership, request.school = membership, membership.school
