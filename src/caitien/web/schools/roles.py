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
    EDIT_PLAN = "plan.edit", _("Sửa kế hoạch và từng mục, hoàn tác, khôi phục")
    SETTLE_FINDINGS = "plan.findings", _("Dùng “Sửa giúp”, bỏ qua cảnh báo")
    REPORT_PROGRESS = "plan.progress", _("Cập nhật tiến độ, đánh dấu việc đã làm, gửi ảnh")
    COMMENT = "plan.comment", _("Trao đổi ở từng mục")
    START_PLAN = "plan.start", _("Lập kế hoạch mới, lập kế hoạch năm sau")
    SUBMIT_PLAN = "plan.submit", _("Trình duyệt kế hoạch, rút lại")
    APPROVE_PLAN = "plan.approve", _("Duyệt, trả lại, ban hành, kết thúc kế hoạch")
    AMEND_PLAN = "plan.amend", _("Điều chỉnh kế hoạch đã duyệt, có lý do")
    IMPORT_DOCUMENT = "documents.import", _("Nhập tài liệu, duyệt bản đọc được, đưa vào kế hoạch")
    VIEW_ASSESSMENT = "assessment.view", _("Xem tự đánh giá, bảng mức, số liệu của trường; xuất báo cáo, phiếu")
    WRITE_ASSESSMENT = "assessment.write", _("Viết phiếu tiêu chí, nhận định mức đạt, nhập số liệu, nộp phiếu")
    LEAD_ASSESSMENT = (
        "assessment.lead",
        _("Lập bản tự đánh giá, hội đồng, phân công, mốc thời gian; duyệt, trả lại phiếu"),
    )
    APPROVE_ASSESSMENT = "assessment.approve", _("Phê duyệt, công khai, mở lại báo cáo tự đánh giá")
    VIEW_EVIDENCE = "evidence.view", _("Xem danh mục minh chứng, mở tệp không cần giữ kín")
    SUBMIT_EVIDENCE = "evidence.submit", _("Nộp minh chứng: tải tệp, ảnh, đường dẫn")
    EDIT_EVIDENCE = "evidence.edit", _("Sửa thông tin, cấp mã, gắn tiêu chí, thay bản, bỏ minh chứng")
    VERIFY_EVIDENCE = "evidence.verify", _("Xác nhận hoặc từ chối minh chứng")
    OPEN_SENSITIVE = "evidence.sensitive", _("Mở tệp cần giữ kín (hồ sơ học sinh); mỗi lần mở đều được ghi lại")
    VIEW_SCHOOL = "school.view", _("Xem thông tin trường, danh sách người của trường")
    EDIT_SCHOOL = "school.edit", _("Sửa thông tin trường, thể thức văn bản, năm học, điểm trường")
    MANAGE_PEOPLE = "school.people", _("Thêm, sửa, gộp người của trường")
    MANAGE_MEMBERS = "school.members", _("Mời người dùng, đổi vai trò, cho ra khỏi trường")


_LEADERS = frozenset({Role.CHAIR, Role.VICE_CHAIR, Role.SECRETARY})
_EVERYONE = frozenset(Role)

CAPABILITIES: dict[Capability, frozenset[Role]] = {
    Capability.VIEW_PLAN: _EVERYONE,
    Capability.EXPORT_PLAN: _EVERYONE,
    Capability.EDIT_PLAN: _LEADERS,
    Capability.SETTLE_FINDINGS: _LEADERS,
    Capability.REPORT_PROGRESS: _LEADERS | {Role.MEMBER, Role.STAFF},
    Capability.COMMENT: _EVERYONE - {Role.VIEWER},
    Capability.START_PLAN: _LEADERS,
    Capability.SUBMIT_PLAN: _LEADERS,
    Capability.APPROVE_PLAN: frozenset({Role.CHAIR}),
    Capability.AMEND_PLAN: _LEADERS,
    Capability.IMPORT_DOCUMENT: _LEADERS,
    Capability.VIEW_ASSESSMENT: _EVERYONE,
    Capability.WRITE_ASSESSMENT: _LEADERS | {Role.MEMBER},
    Capability.LEAD_ASSESSMENT: _LEADERS,
    Capability.APPROVE_ASSESSMENT: frozenset({Role.CHAIR}),
    Capability.VIEW_EVIDENCE: _EVERYONE,
    Capability.SUBMIT_EVIDENCE: _LEADERS | {Role.MEMBER, Role.STAFF},
    Capability.EDIT_EVIDENCE: _LEADERS | {Role.MEMBER},
    Capability.VERIFY_EVIDENCE: _LEADERS,
    Capability.OPEN_SENSITIVE: _LEADERS,
    Capability.VIEW_SCHOOL: _EVERYONE,
    Capability.EDIT_SCHOOL: _LEADERS,
    Capability.MANAGE_PEOPLE: _LEADERS,
    Capability.MANAGE_MEMBERS: _LEADERS,
}


def may(role: str, capability: str) -> bool:
    """Whether the role has the capability."""
    return role in CAPABILITIES[Capability(capability)]
