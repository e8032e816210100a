"""Who may do what in a school: one table of data. The help page shows it, the guard obeys it, a test walks it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    CHAIR = "chair", _("Hiệu trưởng, chủ tịch hội đồng")
    VICE_CHAIR = "vice_chair", _("Phó chủ tịch hội đồng")
    SECRETARY = "secretary", _("Thư ký hội đồng")
    MEMBER = "member", _("Thành viên nhóm công tác")
    MONITOR = "monitor", _("Tổ giám sát")
    STAFF = "staff", _("Giáo viên, nhân viên")
    VIEWER = "viewer", _("Người xem")


class Capability(models.TextChoices):
    """What can be done. The label is the sentence of the help page."""

    VIEW_PLAN = "plan.view", _("Xem kế hoạch, từng mục, lịch sử")
    EXPORT_PLAN = "plan.export", _("Xuất văn bản DOCX, PDF, XLSX")
    EDIT_PLAN = "plan.edit", _("Sửa kế hoạch và từng mục, hoàn tác")
    SETTLE_FINDINGS = "plan.findings", _("Dùng “Sửa giúp”, bỏ qua cảnh báo")
    REPORT_PROGRESS = "plan.progress", _("Cập nhật tiến độ")
    IMPORT_DOCUMENT = "documents.import", _("Nhập tài liệu, duyệt bản đọc được, đưa vào kế hoạch")


_LEADERS = frozenset({Role.CHAIR, Role.VICE_CHAIR, Role.SECRETARY})
_EVERYONE = frozenset(Role)

CAPABILITIES: dict[Capability, frozenset[Role]] = {
    Capability.VIEW_PLAN: _EVERYONE,
    Capability.EXPORT_PLAN: _EVERYONE,
    Capability.EDIT_PLAN: _LEADERS,
    Capability.SETTLE_FINDINGS: _LEADERS,
    Capability.REPORT_PROGRESS: _LEADERS | {Role.MEMBER, Role.STAFF},
    Capability.IMPORT_DOCUMENT: _LEADERS,
}


def may(role: str, capability: str) -> bool:
    """Whether the role has the capability."""
    return role in CAPABILITIES[Capability(capability)]
