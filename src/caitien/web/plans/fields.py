"""The fields of an action that people edit: what each is called, which columns it holds, how words become columns.

One table, read by the edit forms, the action page and the history. A field may hold several columns (the period: words
and the dates derived from them); it is saved, compared and clashes as one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from caitien.plan.periods import parse_period
from caitien.plan.text import lines_of, one_space
from caitien.web.plans.year_of_plan import YearOfPlan, as_year

Columns = dict[str, Any]
Year = YearOfPlan | str | None
SAID_NOTHING = ("none", "unknown")
A_LINE_EACH = _("Mỗi dòng một ý.")
ADDED = "_add"
"""A second input of people: one more name, chosen from those of the school."""


@dataclass(frozen=True, slots=True)
class EditField:
    """`shown`: a row's words for the form. `parsed`: (the form's words, the row, year of the plan) to columns.

    The year is a `YearOfPlan`, or only its name, when the school's own terms are not at hand.
    """

    name: str
    label: Any
    columns: tuple[str, ...]
    shown: Callable[[Any], str]
    parsed: Callable[[Mapping[str, str], Any, Year], Columns]
    rows: int = 1  # height of the text box; 1 is a line
    help: Any = ""
    wide: bool = True

    def of(self, row: Any) -> Columns:
        """The field's columns in a row, or in a row of its history."""
        return {column: getattr(row, column) for column in self.columns}


def plain(text: str) -> str:
    """Words as they are kept: NFC, one space, no empty lines; line breaks are the writer's and stay."""
    return "\n".join(lines_of(text))


def _text(name: str, label: Any, *, rows: int = 2, help: Any = "") -> EditField:
    def parsed(words: Mapping[str, str], row: Any, year: Year) -> Columns:
        return {name: plain(words[name]) or None}

    return EditField(name, label, (name,), lambda row: getattr(row, name) or "", parsed, rows, help)


def _lines(name: str, label: Any, *, rows: int = 3, help: Any = A_LINE_EACH) -> EditField:
    def parsed(words: Mapping[str, str], row: Any, year: Year) -> Columns:
        return {name: lines_of(words[name])}

    return EditField(name, label, (name,), lambda row: "\n".join(getattr(row, name)), parsed, rows, help)


def _people(name: str, label: Any) -> EditField:
    def parsed(words: Mapping[str, str], row: Any, year: Year) -> Columns:
        added = words.get(f"{name}{ADDED}", "")
        people = [one_space(part) for line in lines_of(f"{words[name]}\n{added}") for part in line.split(";")]
        return {name: list(dict.fromkeys(person for person in people if person))}

    shown = lambda row: "\n".join(getattr(row, name))  # noqa: E731
    return EditField(name, label, (name,), shown, parsed, 2, _("Mỗi dòng một người hoặc một bộ phận."))


def _criteria(words: Mapping[str, str], row: Any, year: Year) -> Columns:
    codes = [code for code in re.split(r"[,;\s]+", words["criteria"].strip()) if code]
    return {"criteria": codes}


def _period(words: Mapping[str, str], row: Any, year: Year) -> Columns:
    """The dates follow from the words; dates that a person wrote beside them win."""
    text = plain(words["period"])
    of = as_year(year)
    period = parse_period(text, of.name, of.terms)
    columns: Columns = {
        "period_text": period.text or None,
        "period_kind": period.kind,
        "period_start": period.start,
        "period_end": period.end,
        "recurrence": period.recurrence,
    }
    written = {
        column: iso_day(words[name]) or None
        for name, column in (("period_from", "period_start"), ("period_to", "period_end"))
        if name in words and plain(words[name]) != vietnamese_day(getattr(row, column))
    }
    if written:
        columns |= {
            # the words did not change: the date that was not touched stays as it was corrected before
            **(
                {}
                if text != plain(row.period_text or "")
                else {c: getattr(row, c) for c in ("period_start", "period_end")}
            ),
            **written,
        }
        if period.kind in SAID_NOTHING and (columns["period_start"] or columns["period_end"]):
            columns["period_kind"] = "date_range" if columns["period_start"] else "deadline"
    return columns


def _budget(words: Mapping[str, str], row: Any, year: Year) -> Columns:
    from caitien.plan.money import parse_money

    text = plain(words["budget"])
    return {"budget_text": text or None, "budget_vnd": parse_money(text).vnd if text else None}


def _budget_shown(row: Any) -> str:
    if row.budget_text:
        return str(row.budget_text)
    return "" if row.budget_vnd is None else f"{row.budget_vnd:,} đồng".replace(",", ".")


def _status(words: Mapping[str, str], row: Any, year: Year) -> Columns:
    return {"progress_status": words["progress_status"] or None}


def _percent(words: Mapping[str, str], row: Any, year: Year) -> Columns:
    return {"progress_percent": int(words["progress_percent"]) if words["progress_percent"] else None}


PERIOD_COLUMNS = ("period_text", "period_kind", "period_start", "period_end", "recurrence")

FIELDS: dict[str, EditField] = {
    field.name: field
    for field in (
        EditField(
            "criteria", _("Tiêu chí"), ("criteria",), lambda row: ", ".join(row.criteria), _criteria,
            help=_("Mã tiêu chí, cách nhau bằng dấu phẩy: 1.2, 3.1; mục của Mức 4 ghi M4.1."),
        ),
        _text("content", _("Nội dung cải tiến"), rows=3),
        _text("current_state", _("Hiện trạng")),
        _text("weakness", _("Điểm yếu, hạn chế")),
        _text("cause", _("Nguyên nhân")),
        _text("objective", _("Mục tiêu")),
        _lines("measures", _("Giải pháp, biện pháp"), rows=4),
        _lines("indicators", _("Chỉ số đánh giá kết quả")),
        EditField(
            "period", _("Thời gian, hạn"), PERIOD_COLUMNS, lambda row: row.period_text or "", _period,
            help=_("Ghi như trong kế hoạch: Trước 15/10/2025; Tháng 9 – 11; HK I; Cả năm học."),
        ),
        _people("responsible", _("Người phụ trách")),
        _people("collaborators", _("Người phối hợp")),
        _text("resources_text", _("Nguồn lực")),
        EditField(
            "budget", _("Kinh phí"), ("budget_text", "budget_vnd"), _budget_shown, _budget,
            help=_("Ví dụ: 2.500.000 đồng; 18,5 triệu; Không."),
        ),
        _lines("funding_sources", _("Nguồn kinh phí"), rows=2, help=_("Mỗi dòng một nguồn.")),
        _lines("expected_evidence", _("Minh chứng, sản phẩm dự kiến")),
        EditField("progress_status", _("Mức độ thực hiện"), ("progress_status",), lambda row: row.progress_status or "", _status),
        EditField(
            "progress_percent", _("Phần trăm"), ("progress_percent",),
            lambda row: "" if row.progress_percent is None else str(row.progress_percent), _percent,
        ),
        _text("progress_text", _("Tiến độ")),
        _text("result", _("Kết quả")),
        _text("note", _("Ghi chú")),
    )
}  # fmt: skip

STATUSES = {
    "": _("Chưa rõ"),
    "not_started": _("Chưa hoàn thành"),
    "in_progress": _("Đang thực hiện"),
    "done": _("Hoàn thành"),
    "overdue": _("Quá hạn"),
    "dropped": _("Không thực hiện"),
}


class NotADay(ValueError):
    """Words that no calendar has."""


def iso_day(text: str) -> str:
    """ "15/10/2025" and "2025-10-15" to "2025-10-15"; "10/2025" to "2025-10"; "" to "". Raises NotADay."""
    from datetime import date

    words = text.strip().replace("-", "/").replace(".", "/")
    if not words:
        return ""
    parts = words.split("/")
    if not all(part.isdecimal() and len(part) <= 4 for part in parts) or len(parts) not in (2, 3):
        raise NotADay(text)
    numbers = [int(part) for part in (parts if len(parts[0]) == 4 else reversed(parts))]
    try:
        day = date(numbers[0], numbers[1], numbers[2] if len(numbers) == 3 else 1)
    except ValueError:
        raise NotADay(text) from None
    if not 1990 <= day.year <= 2100:
        raise NotADay(text)
    return day.isoformat() if len(numbers) == 3 else day.isoformat()[:7]


def vietnamese_day(iso: str | None) -> str:
    """ "2025-10-15" to "15/10/2025"; "2025-10" to "10/2025"; None to ""."""
    return "/".join(reversed(iso.split("-"))) if iso else ""
