"""A member and a group of the council of an assessment, for tests of the web."""

from __future__ import annotations

from typing import Any


def council_of(school: Any, key: Any) -> dict[str, Any]:
    """The keys that addresses of the council name."""
    from caitien.web.assessments.models import CouncilMember, WorkingGroup

    member = CouncilMember.objects.create(school=school, assessment_id=key, name="Lò Thị Mẩy", role="chair")
    group = WorkingGroup.objects.create(school=school, assessment_id=key, name="Nhóm 1", leader="Lò Thị Mẩy")
    return {"member": member.pk, "group": group.pk}
