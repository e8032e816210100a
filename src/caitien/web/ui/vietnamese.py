"""How values are said in Vietnamese on a page: dates, money, numbers, statuses. Values in, words out.

The words are Vietnamese; who reads the pages in English sees their translation."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

STATUS_WORDS = {
    "done": (gettext_lazy("Hoàn thành"), "check", "success"),
    "in_progress": (gettext_lazy("Đang thực hiện"), "half", "info"),
    "not_started": (gettext_lazy("Chưa hoàn thành"), "circle", "muted"),
    "overdue": (gettext_lazy("Quá hạn"), "alert", "error"),
    "dropped": (gettext_lazy("Không thực hiện"), "x", "muted"),
}
"""Status of an action -> word, icon, tone."""

SEVERITY_WORDS = {
    "error": (gettext_lazy("Lỗi"), "alert", "error"),
    "warning": (gettext_lazy("Cảnh báo"), "warning", "warning"),
    "hint": (gettext_lazy("Gợi ý"), "hint", "info"),
}
"""Severity of a finding -> word, icon, tone."""

MILLION = 1_000_000
BILLION = 1_000_000_000


def number(value: int | float | None, places: int | None = None) -> str:
    """1234567 -> "1.234.567"; 27.5 -> "27,5". None is "". `places`: digits after the comma (None: as many as needed)."""
    if value is None or value == "":
        return ""
    text = f"{value:,.{places}f}" if places is not None else f"{value:,}"
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def money(value: int | None) -> str:
    """Whole đồng -> "27.499.000 đồng". None is "chưa xác định"; 0 is "không cần kinh phí"."""
    if value is None:
        return _("chưa xác định")
    return _("%(amount)s đồng") % {"amount": number(value)} if value else _("không cần kinh phí")


def money_short(value: int | None) -> str:
    """Whole đồng -> "27,5 triệu đồng", "1,2 tỷ đồng"; below a million in full."""
    if value is None or abs(value) < MILLION:
        return money(value)
    unit, said = (BILLION, _("%(amount)s tỷ đồng")) if abs(value) >= BILLION else (MILLION, _("%(amount)s triệu đồng"))
    return said % {"amount": number(round(value / unit, 1), 1).removesuffix(",0")}


def day(value: object) -> str:
    """A date, a datetime or ISO text -> "15/10/2025"; ISO month "2025-10" -> "10/2025". What is no date comes back as it is."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value.day:02d}/{value.month:02d}/{value.year}"
    parts = str(value)[:10].split("-")
    if len(parts) in (2, 3) and all(p.isdecimal() for p in parts) and len(parts[0]) == 4:
        return "/".join(reversed(parts))
    return str(value)


def day_and_time(value: datetime | None) -> str:
    """A datetime (already in the school's time zone) -> "22/11/2026 14:05"."""
    return f"{day(value)} {value.hour:02d}:{value.minute:02d}" if value else ""


def file_size(size: int | None) -> str:
    """Bytes -> "12 KB", "3,4 MB"."""
    if size is None:
        return ""
    if size < 1024:
        return f"{size} byte"
    if size < 1024 * 1024:
        return f"{number(round(size / 1024))} KB"
    return f"{number(round(size / 1024 / 1024, 1), 1)} MB"


def derived_period(start: str | None, end: str | None) -> str:
    """What was derived from a printed period: "từ 09/2025 đến 10/2025", "hạn 15/10/2025", "" when nothing is known."""
    if start and end:
        return day(start) if start == end else _("từ %(start)s đến %(end)s") % {"start": day(start), "end": day(end)}
    if end:
        return _("hạn %(day)s") % {"day": day(end)}
    return _("từ %(day)s") % {"day": day(start)} if start else ""


def names_day(text: str | None, iso: str | None) -> bool:
    """Whether the words already name this day or month: "15/9/2026 - 31/5/2027" names 2027-05-31; "HK I" names none."""
    parts = (iso or "").split("-")
    if not text or len(parts) not in (2, 3) or not all(part.isdecimal() for part in parts):
        return False
    year, *rest = parts
    numbers = [f"0?{int(part)}" for part in reversed(rest)]
    between = r"\s*[/.-]\s*"
    return re.search(rf"(?<!\d){between.join([*numbers, year])}(?!\d)", text) is not None
