"""All that the history of an action records and an undo puts back: the edited fields, and its place, links, presence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from caitien.web.plans.fields import FIELDS, Columns, EditField
from caitien.web.ui.vietnamese import money


def _unasked(words: Mapping[str, str], row: Any, year: str | None) -> Columns:
    return {}


def _marked(name: str, label: Any, shown: Callable[[dict[str, Any]], str]) -> EditField:
    def lines(row: Any) -> str:
        return "\n".join(text for entry in getattr(row, name) or [] if (text := shown(entry)))

    return EditField(name, label, (name,), lines, _unasked)


def _reached(entry: dict[str, Any]) -> str:
    said = ((_("ban đầu"), "baseline"), (_("mục tiêu"), "target"), (_("đạt"), "actual"))
    values = ", ".join(f"{word} {entry[key]}" for word, key in said if entry.get(key))
    return f"{entry['text']}: {values} {entry.get('unit') or ''}".strip() if values else ""


def _line_of_money(entry: dict[str, Any]) -> str:
    planned, spent = entry.get("amount_vnd"), entry.get("spent_vnd")
    parts = [
        entry.get("source") or "",
        "" if planned is None else money(planned),
        "" if spent is None else _("đã chi %(amount)s") % {"amount": money(spent)},
        entry.get("note") or "",
    ]
    return "; ".join(part for part in parts if part)


def _kept(name: str, label: Any, column: str, shown: Callable[[Any], str]) -> EditField:
    return EditField(name, label, (column,), shown, _unasked)


RECORDED: dict[str, EditField] = {
    **FIELDS,
    **{
        field.name: field
        for field in (
            _marked("measures_done", _("Biện pháp đã làm"), lambda entry: entry["text"]),
            _marked("indicator_values", _("Giá trị của chỉ số"), _reached),
            _marked("evidence_at_hand", _("Minh chứng đã có"), lambda entry: entry["text"]),
            _marked("budget_lines", _("Các khoản kinh phí"), _line_of_money),
            _kept("place", _("Thứ tự trong bảng"), "position", lambda row: ""),
            _kept("removed", _("Còn trong kế hoạch"), "removed_at", lambda row: _("đã bỏ") if row.removed_at else _("còn")),
            _kept("number", _("Số thứ tự"), "number", lambda row: "" if row.number is None else str(row.number)),
            _kept("more", _("Dữ liệu kèm theo"), "extra", lambda row: ""),
            _kept("issue", _("Vấn đề trọng tâm"), "issue_id", lambda row: _("có") if row.issue_id else ""),
            _kept("continues", _("Tiếp nối mục năm trước"), "continues_id", lambda row: _("có") if row.continues_id else ""),
        )
    },
}  # fmt: skip
