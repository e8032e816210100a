"""The parts of the report that are words of the whole of it: what each is called and what its form asks. Values only.

Fields, and how words become values, are those of a plan's head (`plans/head_parts.py`); here a path leads into `Assessment.head`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from caitien.web.plans.head_parts import Column, HeadField, HeadPart

ABBREVIATIONS = "chu-viet-tat"
"""The part whose rows the program finds by itself."""
SHORT = "abbreviations."
"""How the path of an abbreviation begins; the rest is the short form, whatever letters it has."""

PARTS: tuple[HeadPart, ...] = (
    HeadPart(
        "chung", _("Phần I.1. Thông tin chung"), _("Trường là trường nào. Tên trường, cấp học lấy theo thông tin trường."),
        (
            HeadField("overview.address", _("Địa chỉ")),
            HeadField("overview.contact", _("Liên hệ"), "area", _("Điện thoại, thư điện tử, trang thông tin điện tử.")),
            HeadField("overview.governing_body", _("Cơ quan quản lý trực tiếp"), help=_("Ví dụ: Ủy ban nhân dân xã Nà Pheng.")),
            HeadField("overview.ownership", _("Loại hình"), help=_("Ví dụ: công lập, tư thục.")),
            HeadField("overview.founded", _("Năm thành lập"), help=_("Ghi như trong quyết định.")),
            HeadField("overview.scale", _("Quy mô"), "area", _("Số lớp, số học sinh, số cán bộ, giáo viên, nhân viên, số điểm trường.")),
        ),
    ),
    HeadPart(
        "boi-canh", _("Phần I.2. Bối cảnh"), _("Nơi trường đóng, thuận lợi, khó khăn, người học. Mỗi đoạn một dòng."),
        (
            HeadField("overview.setting", _("Điều kiện kinh tế - xã hội của địa phương"), "area"),
            HeadField("overview.advantages", _("Thuận lợi"), "area"),
            HeadField("overview.difficulties", _("Khó khăn"), "area"),
            HeadField("overview.pupils", _("Đặc điểm người học"), "area"),
        ),
    ),
    HeadPart(
        "muc-dich", _("Phần I.3. Mục đích, phạm vi, thời gian"), _("Tự đánh giá để làm gì, những gì được xét, số liệu của những năm nào."),
        (
            HeadField("overview.purpose", _("Mục đích"), "area"),
            HeadField("overview.scope", _("Phạm vi"), "area"),
            HeadField("overview.period", _("Thời gian"), "area"),
        ),
    ),
    HeadPart(
        "qua-trinh", _("Phần I.4. Quá trình tự đánh giá"), _("Trường đã làm những bước nào, khi nào. Mỗi dòng một bước."),
        (HeadField("overview.process", _("Các bước đã làm"), "lines", _("Mỗi dòng một bước.")),),
    ),
    HeadPart(
        "ket-luan", _("Phần III. Kết luận"), _("Bảng kết quả và mức của trường do nhận định tính ra, không phải gõ ở đây."),
        (
            HeadField("conclusion.summary", _("Khái quát kết quả"), "area"),
            HeadField("conclusion.to_department", _("Kiến nghị với Sở Giáo dục và Đào tạo"), "lines", _("Mỗi dòng một kiến nghị.")),
            HeadField("conclusion.to_commune", _("Kiến nghị với Ủy ban nhân dân xã, phường"), "lines", _("Mỗi dòng một kiến nghị.")),
            HeadField("conclusion.to_others", _("Kiến nghị với tổ chức khác (nếu có)"), "lines", _("Mỗi dòng một kiến nghị.")),
        ),
    ),
    HeadPart(
        "can-cu", _("Căn cứ"), _("Văn bản làm căn cứ, in trong kế hoạch tự đánh giá và quyết định hội đồng. Mỗi dòng một văn bản."),
        (
            HeadField(
                "legal_bases", _("Căn cứ"),
                rows=(
                    Column("kind", _("Loại văn bản")), Column("number", _("Số, ký hiệu")),
                    Column("date", _("Ngày ban hành"), "day"), Column("subject", _("Về việc"), "area", wide=True),
                ),
            ),
        ),
    ),
    HeadPart(
        "van-ban", _("Số, ngày, người ký báo cáo"), _("Để trống thì lấy theo thông tin trường. Số và ngày ghi lại được khi phê duyệt."),
        (
            HeadField("document.number", _("Số, ký hiệu"), help=_("Ví dụ: 45/BC-THSL")),
            HeadField("document.date", _("Ngày ban hành"), "day"),
            HeadField("document.place", _("Địa danh")),
            HeadField("document.parent_body", _("Cơ quan chủ quản")),
            HeadField("document.issuing_body", _("Cơ quan ban hành")),
            HeadField("document.signer.role", _("Chức vụ người ký")),
            HeadField("document.signer.name", _("Họ tên người ký")),
        ),
    ),
    HeadPart(
        "quyet-dinh", _("Quyết định thành lập hội đồng"), _("Số và ngày in trong báo cáo, kế hoạch và chính quyết định ấy."),
        (
            HeadField("council_decision.number", _("Số, ký hiệu"), help=_("Ví dụ: 32/QĐ-THSL")),
            HeadField("council_decision.date", _("Ngày ban hành"), "day"),
            HeadField("council_decision.signer.role", _("Chức vụ người ký")),
            HeadField("council_decision.signer.name", _("Họ tên người ký")),
        ),
    ),
    HeadPart(ABBREVIATIONS, _("Danh mục chữ viết tắt"), _("Máy tìm chữ viết tắt trong các phần đã viết; nghĩa nào chưa có thì điền ở đây."), ()),
)  # fmt: skip
BY_SLUG = {part.slug: part for part in PARTS}
FIELD_OF = {field.path: field for part in PARTS for field in part.fields}


def part_of(head: Mapping[str, Any] | None, path: str) -> Any:
    """A part of a head by its path; None when it was never said."""
    found: Any = head or {}
    for step in steps_of(path):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def steps_of(path: str) -> list[str]:
    """The names that a path leads through."""
    if path.startswith(SHORT):
        return ["abbreviations", path.removeprefix(SHORT)]
    return path.split(".")


def put(head: dict[str, Any], path: str, value: Any) -> None:
    """Puts a value at its path. An abbreviation without a meaning is taken out of the school's own list."""
    *way, last = steps_of(path)
    for step in way:
        if not isinstance(head.get(step), dict):
            head[step] = {}
        head = head[step]
    if path.startswith(SHORT) and not value:
        head.pop(last, None)
    else:
        head[last] = value


def flat(head: Mapping[str, Any] | None) -> dict[str, Any]:
    """Path to value of all that people write in a head."""
    found = {path: value for path in FIELD_OF if (value := part_of(head, path)) not in (None, "", [], {})}
    return found | {f"{SHORT}{short}": meaning for short, meaning in ((head or {}).get("abbreviations") or {}).items()}


def label_of(path: str) -> Any:
    """What a path is called."""
    if path.startswith(SHORT):
        return path.removeprefix(SHORT)
    return FIELD_OF[path].label if path in FIELD_OF else path
