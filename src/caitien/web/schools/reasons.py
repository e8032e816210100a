"""Why a row of a school was changed, as the history keeps it (in Vietnamese) and as a page says it (in the reader's language)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

REASONS = (
    gettext_lazy("đổi vai trò"),
    gettext_lazy("cho ra khỏi trường"),
    gettext_lazy("cho vào lại trường"),
    gettext_lazy("nhận lời mời"),
    gettext_lazy("nối với tài khoản khi nhận lời mời"),
    gettext_lazy("nối với tài khoản"),
    gettext_lazy("bỏ nối với tài khoản"),
    gettext_lazy("tạo liên kết đặt lại mật khẩu"),
    gettext_lazy("đặt mật khẩu mới bằng liên kết"),
    gettext_lazy("rời trường"),
    gettext_lazy("vẫn ở trường"),
    gettext_lazy("bỏ khỏi danh sách"),
    gettext_lazy("lấy lại"),
    gettext_lazy("theo tệp kế hoạch đã nhập"),
)
"""All that the program writes by itself; a test reads the code for others."""


def said(reason: str | None) -> str:
    """The reason in the language of the page."""
    return _(reason) if reason else ""
