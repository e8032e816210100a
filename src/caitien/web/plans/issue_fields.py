"""The fields of a vấn đề trọng tâm that people edit: what each is called, how words become columns. Data and values only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from caitien.web.plans.fields import Columns, EditField, plain
from caitien.web.plans.values import standard_of


def _text(name: str, label: Any, help: Any = "", rows: int = 3) -> EditField:
    def parsed(words: Mapping[str, str], row: Any, year: str | None) -> Columns:
        return {name: plain(words[name]) or None}

    return EditField(name, label, (name,), lambda row: getattr(row, name) or "", parsed, rows, help)


def codes_in(words: str) -> list[str]:
    """The codes of criteria in a text: "1.2, 3.1", "1.2 và 3.1"; each once, in their order."""
    return list(dict.fromkeys(code for code in re.split(r"[,;\s]+", words) if re.search(r"\d", code)))


def _criteria(words: Mapping[str, str], row: Any, year: str | None) -> Columns:
    codes = codes_in(words["criteria"])
    return {"criteria": codes, "standard": standard_of(codes) or None}


def _kept(name: str, label: Any, column: str) -> EditField:
    shown = lambda row: str(_("đã bỏ")) if getattr(row, "removed_at", None) else ""  # noqa: E731
    return EditField(name, label, (column,), shown, lambda words, row, year: {})


ISSUE_FIELDS: dict[str, EditField] = {
    field.name: field
    for field in (
        EditField(
            "criteria", _("Tiêu chí liên quan"), ("criteria", "standard"), lambda row: ", ".join(row.criteria or []), _criteria,
            help=_("Mã tiêu chí, cách nhau bằng dấu phẩy: 1.2, 3.1. Tiêu chuẩn lấy theo mã đầu."),
        ),
        _text("weakness", _("Điểm hạn chế"), _("Điều trường muốn cải tiến, nói gọn và có số liệu nếu có.")),
        _text("current_state", _("Đánh giá hiện trạng")),
        _text("cause", _("Nguyên nhân của hạn chế")),
    )
}  # fmt: skip

ISSUE_RECORDED: dict[str, EditField] = {
    **ISSUE_FIELDS,
    "place": EditField("place", _("Thứ tự"), ("position",), lambda row: "", lambda words, row, year: {}),
    "removed": _kept("removed", _("Còn trong kế hoạch"), "removed_at"),
}
"""All that the history of an issue records and an undo puts back."""
