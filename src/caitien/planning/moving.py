"""Times of one school year moved to another: the words, and the dates derived from them anew."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from caitien.plan.days import last_day
from caitien.plan.model import Period
from caitien.plan.periods import DEFAULT_TERMS, TermDates, parse_period, years_of
from caitien.plan.text import fold, one_space

_WEEKDAY = re.compile(r"\b(thu (hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\b")
# Years as they are printed, in the order in which they have to be looked for.
_YEARS = re.compile(
    r"""
    (?P<number>\d+\s*/\s*20\d\d\s*/\s*[A-ZĐ]{2})              # "17/2018/TT-BGDĐT" is a document, not a time
  | (?<!\d)(?P<first>20\d\d)(?P<dash>\s*[-–—/]\s*)(?P<second>20\d\d|\d\d)(?![\d/]|-\d)  # "2025-2026", "2025-26", "2025 – 2030"
  | (?<!\d)(?P<year>20\d\d)(?!\d)
  | (?P<before>(?<![\d/.])\d{1,2}\s?(?P<mark>[/.-])\s?\d{1,2}\s?(?P=mark)\s?)(?P<short>\d\d)(?![\d/])  # "15/10/25"
  | (?P<month>(?<![\d/.])\d{1,2}\s?/\s?)(?P<monthshort>2\d|3\d)(?![\d/])                                # "T9/25"
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class MovedPeriod:
    """`period`: in the new school year. `doubt`: why a person has to look, a Vietnamese clause; None when it is sure.

    `proposed`: words that could stand instead, where the period could not be moved surely.
    """

    period: Period
    doubt: str | None = None
    proposed: str | None = None


def move_period(
    period: Period,
    from_year: str,
    to_year: str,
    *,
    today: date | None = None,
    terms: TermDates = DEFAULT_TERMS,
    new_terms: TermDates | None = None,
) -> MovedPeriod:
    """A period of one school year in another ("2025-2026", "2026-2027"). The argument does not change.

    Words without a year stay ("08 – 11") and mean the new year; printed years of the old school year move with it
    ("15/10/2025" → "15/10/2026"). Dates that a person had corrected move by the same years. In doubt: other years
    than those of the old school year, a weekday, a date that the new year does not have, words that are not understood, a time
    that is over `today`.
    """
    years, target = years_of(from_year), years_of(to_year)
    if years is None or target is None:
        raise ValueError(f"not school years: {from_year!r}, {to_year!r}")
    by = target[0] - years[0]
    text = period.text
    if not one_space(text):
        return _without_words(period, by, today)
    assert text is not None
    printed = set(years_in(text))
    was = parse_period(text, from_year, terms)
    moved = shift_years(text, years, by) if printed <= set(years) else text
    now = parse_period(moved, to_year, new_terms or terms)
    corrected = (period.start, period.end) != (was.start, was.end) and (period.start or period.end) is not None
    if corrected:
        now.kind, now.recurrence = period.kind, period.recurrence
        now.start, now.end = _plus(period.start, by), _plus(period.end, by)
        was = period
    doubt = _doubt(text, moved, printed, years, was, now, by)
    if doubt is not None:
        proposed = None
        if printed - set(years) and max(printed) <= years[1]:  # last year's words, left over by copying
            proposed = _brought_forward(text, was, to_year, target, new_terms or terms)
        return MovedPeriod(parse_period(text, to_year, new_terms or terms), doubt, proposed)
    end = now.end or now.start
    if today is not None and end and (last_day(end) or today) < today:
        return MovedPeriod(now, f"đã qua trước ngày lập kế hoạch ({today:%d/%m/%Y})")
    return MovedPeriod(now)


def years_in(text: str) -> Iterable[int]:
    """The calendar years that a text prints, in order; not those in numbers of documents."""
    for found in _YEARS.finditer(text):
        if found["number"]:
            continue
        if found["first"]:
            yield int(found["first"])
            yield _full(found["second"], int(found["first"]))
        else:
            yield int(found["year"] or 0) or 2000 + int(found["short"] or found["monthshort"])


def shift_years(text: str, years: tuple[int, int], by: int) -> str:
    """The text with the two calendar years of a school year moved; other years and longer spans ("2025-2030") stay."""

    def moved(found: re.Match[str]) -> str:
        if found["number"]:
            return found[0]
        if found["first"]:
            first, second = int(found["first"]), _full(found["second"], int(found["first"]))
            if first not in years or second not in years:
                return found[0]
            last = str(second + by)[-len(found["second"]) :]
            return f"{first + by}{found['dash']}{last}"
        if found["year"]:
            return str(int(found["year"]) + by) if int(found["year"]) in years else found[0]
        head, short = (found["before"], found["short"]) if found["short"] else (found["month"], found["monthshort"])
        return f"{head}{(int(short) + by) % 100:02d}" if 2000 + int(short) in years else found[0]

    return _YEARS.sub(moved, text)


def _without_words(period: Period, by: int, today: date | None) -> MovedPeriod:
    now = period.model_copy(deep=True)
    now.start, now.end = _plus(period.start, by), _plus(period.end, by)
    if (period.start and not now.start) or (period.end and not now.end):
        return MovedPeriod(now, "năm mới không có ngày 29/02")
    end = now.end or now.start
    if end is None:
        return MovedPeriod(now, "chưa có thời gian")
    if today is not None and (last_day(end) or today) < today:
        return MovedPeriod(now, f"đã qua trước ngày lập kế hoạch ({today:%d/%m/%Y})")
    return MovedPeriod(now)


def _doubt(
    text: str, moved: str, printed: set[int], years: tuple[int, int], was: Period, now: Period, by: int
) -> str | None:
    other = sorted(printed - set(years))
    if other:
        over = [y for y in other if y > years[1]]
        if over:
            return f"kéo dài đến năm {over[-1]}, ngoài năm học cũ"
        return f"ghi năm {other[0]}, đã cũ từ kế hoạch trước"
    if was.kind == "unknown":
        return "chưa hiểu là khi nào"
    if now.kind == "unknown":
        return f"đổi thành “{moved}” thì không có ngày ấy"
    if _WEEKDAY.search(fold(text)) and re.search(r"\d\s*[/.-]\s*\d", text):
        return "có ghi thứ trong tuần, sang năm không còn đúng ngày"
    if was.kind == "none":
        return "chưa có thời gian"
    for before, after in ((was.start, now.start), (was.end, now.end)):
        if (before is None) != (after is None):
            return "sang năm mới không còn rõ từ khi nào đến khi nào"
        if before and after and (int(before[:4]) + by, before[5:7]) != (int(after[:4]), after[5:7]):
            return "sang năm mới thành một thời gian khác"
    return None


def _brought_forward(text: str, was: Period, to_year: str, target: tuple[int, int], terms: TermDates) -> str | None:
    """The words with their stale years moved into the new school year, where that gives a time of it."""
    first = was.start or was.end
    if not first:
        return None
    begins = int(first[:4]) if int(first[5:7]) >= 6 else int(first[:4]) - 1
    by = target[0] - begins
    proposed = shift_years(text, (begins, begins + 1), by)
    now = parse_period(proposed, to_year, terms)
    end = now.end or now.start
    ends = last_day(end)
    if proposed == text or ends is None or not date(target[0], 6, 1) <= ends <= date(target[1], 12, 31):
        return None
    return proposed


def _plus(value: str | None, by: int) -> str | None:
    """An ISO day or month so many years later; None when there is no such day."""
    if not value:
        return None
    later = f"{int(value[:4]) + by}{value[4:]}"
    try:
        date.fromisoformat(later if len(later) > 7 else f"{later}-01")
    except ValueError:
        return None
    return later


def _full(second: str, first: int) -> int:
    return int(second) if len(second) == 4 else first // 100 * 100 + int(second)
