"""Why a pasted cell is not understood, and what was perhaps meant: one Vietnamese sentence each, with a correction."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from caitien.plan.criteria import parse_criteria
from caitien.plan.model import Period
from caitien.plan.money import format_vnd, parse_money
from caitien.plan.money_words import amount_in_words
from caitien.plan.periods import parse_period, years_of
from caitien.plan.showing import dates_of
from caitien.plan.text import fold, one_space

Severity = Literal["error", "warning", "hint"]


@dataclass(slots=True)
class CellFinding:
    """Something about a pasted cell. `row` is the row of the block it stands in (0 is the first), `field` where it went.

    `quote`: all the words concerned; `suggestion`: what to write in their place, when that can be said.
    """

    rule: str
    severity: Severity
    message: str
    quote: str = ""
    row: int | None = None
    column: int | None = None
    field: str | None = None
    suggestion: str | None = None


_EXCEL_ERROR = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EXCEL_DAY_ONE = date(1899, 12, 30)
_SMALL = 100_000  # đồng: an amount below this without a unit was perhaps meant in thousands


def excel_slip(text: str) -> CellFinding | None:
    """What Excel shows in place of a value: "#####" in a narrow column, "#REF!" of a broken formula."""
    plain = one_space(text)
    if re.fullmatch(r"#{3,}", plain):
        return CellFinding(
            "narrow-cell", "error",
            "Ô chỉ có các dấu # vì cột trong Excel quá hẹp; hãy kéo rộng cột rồi chép lại, hoặc gõ giá trị vào đây.", plain,
        )  # fmt: skip
    if _EXCEL_ERROR.search(plain):
        return CellFinding(
            "formula-error", "error",
            f"Ô là công thức bị lỗi “{_short(plain)}” trong Excel; hãy gõ giá trị đúng vào đây.", plain,
        )  # fmt: skip
    return None


def period_doubt(period: Period, school_year: str | None) -> CellFinding | None:
    """What is wrong with a time, or what should be seen before it is taken."""
    text = period.text or ""
    if not text:
        return None
    if period.kind == "unknown":
        return _unread_time(text, school_year)
    years = years_of(school_year)
    first, last = (period.start or period.end or "")[:7], (period.end or period.start or "")[:7]
    if years and last and (last < f"{years[0]}-06" or first > f"{years[1]}-08"):
        whose = "trước" if last < f"{years[0]}-06" else "sau"
        moved = _moved(text, years[0] - (int(first[:4]) - (first[5:7] < "06")))
        meant = parse_period(moved, school_year) if moved else None
        return CellFinding(
            "other-year", "warning",
            f"“{_short(text)}” thuộc năm học {whose}, không phải {years[0]}-{years[1]}; hãy sửa năm nếu chép từ kế hoạch cũ.",
            text, suggestion=moved if meant and meant.kind == period.kind else None,
        )  # fmt: skip
    spans = period.start and period.end and period.start[:4] != period.end[:4]
    if spans and not re.search(r"20\d\d", text) and re.search(r"\d", text) and not re.search(r"\bk[yi]\b|hk|nam", fold(text)):  # fmt: skip
        return CellFinding(
            "spans-year", "hint",
            f"“{_short(text)}” được hiểu là {dates_of(period.model_dump())} (qua năm sau); hãy ghi rõ năm nếu không phải vậy.", text,
        )  # fmt: skip
    return None


def _moved(text: str, years: int) -> str | None:
    """The words with every year named in them so many years later; None when none is named."""
    if not re.search(r"(?<!\d)20\d\d(?!\d)", text):
        return None
    return re.sub(r"(?<!\d)20\d\d(?!\d)", lambda found: str(int(found[0]) + years), text)


def _unread_time(text: str, school_year: str | None) -> CellFinding:
    found = CellFinding("unread-period", "warning", "", text)
    if serial := _serial_day(text):
        found.suggestion = f"{serial:%d/%m/%Y}"
        found.message = f"“{text}” là ngày ở dạng số của Excel; có phải là {found.suggestion} không?"
    elif english := _english_month(text, school_year):
        found.suggestion = english
        found.message = f"“{_short(text)}” là ngày mà Excel tự đổi sang tiếng Anh; có phải là {english} không?"
    elif day := _impossible_day(text):
        found.message, found.suggestion = day
    elif (parts := re.split(r"\s*[-–—]\s*|\s+đến\s+", text)) and len(parts) == 2 and _turned(parts, school_year):
        found.suggestion = f"{parts[1].strip()} - {parts[0].strip()}"
        found.message = f"“{_short(text)}”: lúc kết thúc đứng trước lúc bắt đầu; có phải là “{found.suggestion}” không?"
    else:
        found.message = f"Chưa hiểu thời gian “{_short(text)}”; hãy ghi tháng hoặc ngày, ví dụ 9/2026 – 11/2026 hoặc Trước 15/10/2026."
    return found


def _impossible_day(text: str) -> tuple[str, str | None] | None:
    """31/02 and 10/15/2025: a day that no calendar has, and what is near it."""
    for found in re.finditer(r"(?<!\d)(\d{1,2})\s?([/.-])\s?(\d{1,2})(?:\s?\2\s?(\d{4}|\d{2}))?(?!\d)", text):
        day, month = int(found[1]), int(found[3])
        year = int(found[4]) if found[4] else None
        year = year + 2000 if year is not None and year < 100 else year
        if month > 12:
            if day <= 12 and month <= 31 and year:
                other = f"{month}/{day}/{found[4]}"
                return f"“{found[0]}”: không có tháng {month}; có phải là ngày {other} (Excel ghi tháng trước ngày) không?", text.replace(found[0], other)  # fmt: skip
            return f"“{found[0]}”: không có tháng {month}; hãy ghi lại ngày, ví dụ 15/10/2026.", None
        if month == 0:
            return f"“{found[0]}”: không có tháng 0; hãy ghi lại ngày, ví dụ 15/10/2026.", None
        most = calendar.monthrange(year if year and 1990 <= year <= 2100 else 2023, month)[1]
        if day > most or day == 0:
            has = "28 hoặc 29" if month == 2 and not year else str(most)
            last = f"{most}/{found[3]}" + (f"/{found[4]}" if found[4] else "")
            return (
                f"“{found[0]}” không có trong lịch: tháng {month} chỉ có {has} ngày. Hãy ghi lại ngày.",
                text.replace(found[0], last) if day > most else None,
            )
    named = re.search(r"\b(?:tháng|T)\s*(\d{1,2})\b", text, re.IGNORECASE)
    if named and not 1 <= int(named[1]) <= 12:
        return f"“{named[0]}”: không có tháng {int(named[1])}; hãy ghi tháng từ 1 đến 12.", None
    return None


def _turned(parts: list[str], school_year: str | None) -> bool:
    turned = parse_period(f"{parts[1]} - {parts[0]}", school_year)
    return turned.kind != "unknown" and bool(turned.start and turned.end)


def _serial_day(text: str) -> date | None:
    """Excel counts days from 30/12/1899: 45915 is 15/9/2025."""
    plain = text.strip()
    if not re.fullmatch(r"4[0-9]\d{3}|5[0-4]\d{3}", plain):
        return None
    return _EXCEL_DAY_ONE + timedelta(days=int(plain))


def _english_month(text: str, school_year: str | None) -> str | None:
    """ "Sep-25" is what Excel makes of 9/25, "05-Sep" of 5/9."""
    found = re.fullmatch(
        r"(\d{1,2})[- /]([a-z]{3,9})(?:[- /](\d{2}|\d{4}))?|([a-z]{3,9})[- /](\d{2}|\d{4})", fold(text)
    )
    if not found:
        return None
    word = (found[2] or found[4])[:3]
    if word not in _MONTHS:
        return None
    month = _MONTHS.index(word) + 1
    if found[4]:
        return f"{month}/{found[5] if len(found[5]) == 4 else '20' + found[5]}"
    year = found[3] and (found[3] if len(found[3]) == 4 else f"20{found[3]}")
    years = years_of(school_year)
    year = year or (str(years[0] if month >= 6 else years[1]) if years else None)
    return f"{found[1]}/{month}/{year}" if year else f"{found[1]}/{month}"


def money_doubt(text: str | None, vnd: int | None, unit: int, *, understood: bool) -> CellFinding | None:
    """What is wrong with an amount. `vnd`: what it was read as; `unit`: of its column."""
    printed = one_space(text)
    if not printed:
        return None
    if vnd is not None:
        if unit == 1 and 0 < vnd < _SMALL and not re.search(r"[a-zđ]", printed.lower()):
            return CellFinding(
                "small-amount", "warning",
                f"“{printed}” được hiểu là {format_vnd(vnd)}; nếu bảng tính bằng nghìn đồng thì là {format_vnd(vnd * 1000)}.",
                printed, suggestion=format_vnd(vnd * 1000),
            )  # fmt: skip
        return None
    if understood and not re.search(r"\d", printed) and amount_in_words(printed) is None:
        return None  # “Chi khác”, “Chưa xác định”
    found = CellFinding("unread-amount", "warning", "", printed)
    meant = amount_in_words(printed) or _scientific(printed) or (parse_money(_without_marks(printed)).vnd)
    if meant:
        found.suggestion = format_vnd(meant)
        found.message = f"“{_short(printed)}” có phải là {found.suggestion} không?"
    elif re.fullmatch(r"\d{1,3}([.,]\d{1,2})?", printed):
        found.message = f"“{printed}” chưa rõ đơn vị; hãy ghi đủ, ví dụ {printed} triệu đồng."
        found.suggestion = f"{printed} triệu đồng"
    else:
        found.message = f"Chưa hiểu số tiền “{_short(printed)}”; hãy ghi số đồng, ví dụ 27.499.000 đồng, hoặc “Không”."
    return found


def _scientific(text: str) -> int | None:
    """ "2.75E+07": what Excel shows of a number in a narrow column."""
    found = re.fullmatch(r"(\d{1,3}(?:[.,]\d{1,6})?)E\+?(\d{1,2})", text, re.IGNORECASE)
    if not found:
        return None
    vnd = round(float(found[1].replace(",", ".")) * 10 ** int(found[2]))
    return vnd if 0 < vnd <= 10**13 else None


def _without_marks(text: str) -> str:
    """ "1.500.000 ₫", "VND 1,500,000.00", "1 500 000đ": marks of currency that a spreadsheet adds."""
    return re.sub(r"(?i)₫|vnđ|vnd", " đồng ", text)


def criteria_doubt(text: str) -> CellFinding:
    """A cell of criteria that names none."""
    return CellFinding(
        "unread-criterion", "warning",
        f"Không đọc được tiêu chí “{_short(text)}”; hãy ghi mã tiêu chí, ví dụ 1.2 (để nguyên thì chữ này được giữ ở Ghi chú).", one_space(text),
    )  # fmt: skip


def criteria_title(text: str) -> bool:
    """Whether a cell says the name of a criterion beside its code: the name is the framework's, only the code is kept."""
    return bool(parse_criteria(text)) and len(re.findall(r"[^\W\d_]{2,}", text)) > 3


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


short = _short
