"""What the pages of a school offer to who asks, by her role."""

from __future__ import annotations

from caitien.web.schools.guard import SchoolRequest
from caitien.web.schools.roles import Capability, may


def allowed(request: SchoolRequest) -> dict[str, bool]:
    role = request.membership.role
    return {
        "edit": may(role, Capability.EDIT_SCHOOL),
        "people": may(role, Capability.MANAGE_PEOPLE),
        "members": may(role, Capability.MANAGE_MEMBERS),
    }
