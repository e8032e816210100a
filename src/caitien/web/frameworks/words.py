"""Words of frameworks on a page: how sure a fact is, kinds of facts, changes between two versions, judgements."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from caitien.standards.model import Framework

MARKS: dict[str, tuple[Any, str, str]] = {
    "confirmed": (_("từ hai nguồn độc lập"), "success", "check"),
    "single": (_("từ một nguồn"), "info", "info"),
    "conflict": (_("các nguồn mâu thuẫn"), "warning", "warning"),
    "inferred": (_("suy ra từ dữ kiện khác"), "muted", "hint"),
    "recalled": (_("chưa đối chiếu văn bản"), "warning", "hint"),
    "proposed": (_("đề xuất của Cải Tiến"), "muted", "hint"),
    "gap": (_("chưa tìm thấy"), "warning", "question"),
}
"""How sure a fact is -> words, tone, icon."""

FACTS: dict[str, Any] = {
    "titles": _("Tên tiêu chuẩn, tiêu chí"),
    "requirements": _("Lời các yêu cầu"),
    "level_items": _("Các mục Mức 4"),
    "counts": _("Số lượng"),
    "dates": _("Ngày tháng"),
    "rules": _("Quy tắc xét mức"),
    "indicators": _("Dữ liệu định lượng"),
    "changes": _("Phần sửa đổi"),
}

CHANGES: dict[str, tuple[Any, str, str]] = {
    "same": (_("Như cũ"), "success", "check"),
    "changed": (_("Có đổi"), "warning", "edit"),
    "moved": (_("Chuyển sang (đề xuất)"), "info", "next"),
    "removed": (_("Không còn"), "muted", "x"),
    "added": (_("Mới"), "primary", "plus"),
}
"""What became of a criterion between two versions -> words, tone, icon."""

PLACES: dict[str, Any] = {
    "title": _("tên"),
    "requirement": _("yêu cầu"),
    "indicator": _("dữ liệu định lượng"),
    "evidence": _("minh chứng gợi ý"),
}
"""Where words that were looked for stand."""

LIKENESS: dict[str, Any] = {"high": _("giống nhiều"), "medium": _("giống vừa"), "low": _("giống ít")}

OPERATORS: dict[str, Any] = {
    ">=": _("từ"),
    "<=": _("không quá"),
    "=": _("đúng"),
    ">": _("trên"),
    "<": _("dưới"),
}
"""Of a figure that the circular prints."""

OUTCOMES: dict[str, tuple[Any, str, str]] = {
    "holds": (_("Đạt"), "success", "check"),
    "open": (_("Chưa đủ căn cứ"), "muted", "question"),
    "fails": (_("Không đạt"), "error", "x"),
}
"""Of a condition of a level -> words, tone, icon."""


def level_titles(framework: Framework) -> dict[int, str]:
    """What each level is called on a page: "Mức 2" in the language of the reader, another name as the framework has it."""
    plain = gettext("Mức %s")
    return {
        one.number: plain % one.number if one.title == f"Mức {one.number}" else one.title for one in framework.levels
    }
