"""The columns of the plan's table: what each is called, which field it edits, how it sorts; which of them a reader sees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from caitien.plan.text import sort_key
from caitien.web.plans.overview import Row, code_key, spent_vnd


@dataclass(frozen=True, slots=True)
class Column:
    """`field`: what editing a cell changes (None: nothing, it is computed). `sorts`: a row to its key, None when it is empty."""

    key: str
    label: Any
    field: str | None
    sorts: Callable[[Row], Any]
    css: str = ""


def _words(name: str) -> Callable[[Row], Any]:
    def key(row: Row) -> Any:
        value = getattr(row.action, name)
        text = "; ".join(value) if isinstance(value, list) else value
        return sort_key(text) if text else None

    return key


def _number(of: Callable[[Any], int | None]) -> Callable[[Row], Any]:
    return lambda row: of(row.action)


STATUS_ORDER = ("overdue", "in_progress", "not_started", "done", "dropped")  # what needs somebody comes first

COLUMNS: dict[str, Column] = {
    column.key: column
    for column in (
        Column("ma", _("Mã"), "criteria", lambda row: [code_key(code) for code in row.action.criteria] or None, "tight"),
        Column("noidung", _("Nội dung"), "content", _words("content"), "c-text"),
        Column("hientrang", _("Hiện trạng"), "current_state", _words("current_state"), "c-text"),
        Column("hanche", _("Điểm yếu, hạn chế"), "weakness", _words("weakness"), "c-text"),
        Column("nguyennhan", _("Nguyên nhân"), "cause", _words("cause"), "c-text"),
        Column("muctieu", _("Mục tiêu"), "objective", _words("objective"), "c-text"),
        Column("bienphap", _("Biện pháp"), "measures", _words("measures"), "c-text"),
        Column("chiso", _("Chỉ số đánh giá"), "indicators", _words("indicators"), "c-list"),
        Column("nguoi", _("Người phụ trách"), "responsible", _words("responsible"), "c-list"),
        Column("phoihop", _("Người phối hợp"), "collaborators", _words("collaborators"), "c-list"),
        Column("han", _("Thời gian, hạn"), "period", lambda row: row.action.ends_on or row.action.starts_on, "c-date"),
        Column("mucdo", _("Mức độ"), "progress_status", lambda row: _status(row.status), "tight"),
        Column("phantram", _("Phần trăm"), "progress_percent", _number(lambda action: action.progress_percent), "num"),
        Column("kinhphi", _("Kinh phí"), "budget", _number(lambda action: action.budget_vnd), "num"),
        Column("dachi", _("Đã chi"), None, _number(spent_vnd), "num"),
        Column("nguon", _("Nguồn kinh phí"), "funding_sources", _words("funding_sources"), "c-list"),
        Column("nguonluc", _("Nguồn lực"), "resources_text", _words("resources_text"), "c-list"),
        Column("minhchung", _("Minh chứng"), "expected_evidence", _words("expected_evidence"), "c-list"),
        Column("tiendo", _("Tiến độ"), "progress_text", _words("progress_text"), "c-text"),
        Column("ketqua", _("Kết quả"), "result", _words("result"), "c-text"),
        Column("ghichu", _("Ghi chú"), "note", _words("note"), "c-list"),
    )
}  # fmt: skip
ALWAYS = "noidung"  # a table without it would be rows without names
USUAL = ("ma", "noidung", "nguoi", "han", "mucdo", "kinhphi", "minhchung")
SET_TOGETHER = ("responsible", "period", "progress_status", "criteria", "funding_sources", "collaborators")
"""Fields that many actions are given at once."""
IF_FILLED: Mapping[str, Callable[[Any], bool]] = {
    "kinhphi": lambda action: action.budget_vnd is not None or bool(action.budget_text),
    "minhchung": lambda action: bool(action.expected_evidence or action.evidence_at_hand),
}
"""Usual columns that who only reads sees when some action has something in them; who edits needs them to fill them in."""


def chosen_columns(asked: Sequence[str], remembered: str, actions: Iterable[Any], *, edits: bool) -> list[Column]:
    """The columns to show: those of the address (`cot=ma,noidung`, also several `cot`), else those remembered, else the usual.

    Names that are no columns are passed over. The order is always that of the table.
    """
    for wanted in ({key for part in asked for key in part.split(",")}, set(remembered.split(","))):
        if known := wanted & COLUMNS.keys():
            return [column for key, column in COLUMNS.items() if key in known | {ALWAYS}]
    rows = list(actions)
    return [
        COLUMNS[key] for key in USUAL if edits or key not in IF_FILLED or any(IF_FILLED[key](action) for action in rows)
    ]


def read_order(asked: str) -> tuple[Column, bool] | None:
    """ "han" and "-han" of an address: the column, and whether it goes downwards. None: the plan's own order."""
    column = COLUMNS.get(asked.removeprefix("-"))
    return (column, asked.startswith("-")) if column else None


def in_order(rows: Sequence[Row], order: tuple[Column, bool] | None) -> list[Row]:
    """The rows sorted by a column, Vietnamese words as a dictionary does; those that say nothing at the end, equals as they were."""
    if order is None:
        return list(rows)
    column, down = order
    keys = {id(row): column.sorts(row) for row in rows}
    full = [row for row in rows if keys[id(row)] is not None]
    empty = [row for row in rows if keys[id(row)] is None]
    return sorted(full, key=lambda row: keys[id(row)], reverse=down) + empty


def _status(status: str | None) -> int | None:
    return STATUS_ORDER.index(status) if status in STATUS_ORDER else None
