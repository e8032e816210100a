"""When an action runs: the words of a time cell to dates, after the conventions of docs/reading.md."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from caitien.plan.model import Period, PeriodKind, Recurrence
from caitien.plan.text import fold, one_space

Day = tuple[int, int]  # (month, day)

FIRST_MONTH_OF_PLAN = 6  # in the plan 2025-2026 June to December are of 2025, January to May of 2026


@dataclass(frozen=True, slots=True)
class TermDates:
    """The days on which terms begin and end, as (month, day): the default is the calendar most provinces decide."""

    first_start: Day = (9, 5)
    first_end: Day = (1, 17)
    second_start: Day = (1, 19)
    second_end: Day = (5, 31)


DEFAULT_TERMS = TermDates()


def parse_period(text: str | None, school_year: str | None = None, terms: TermDates = DEFAULT_TERMS) -> Period:
    """What a time cell says. `school_year` ("2025-2026") gives the years that are not printed.

    Returns a Period with the text as printed (one space); `kind` is "none" for nothing, "unknown" for words that are
    not understood. Never raises. Dates are ISO days, or months when only months are known.
    """
    printed = one_space(text)
    if not re.search(r"\w", printed) or _UNDECIDED.fullmatch(fold(printed)):
        return Period(text=printed or None, kind="none")
    words = _prepare(printed)
    years = years_of(school_year)
    words, named_years = _take_school_year(words)
    words, recurrence, yearly, ongoing = _take_recurrence(words)
    try:
        moments = _moments(words)
        if named_years:
            years = named_years
            if not moments or all(m.unit == "number" for m in moments):
                moments = [_Moment("school_year")]
        period = _combine(moments, words, years, terms, recurrence, ongoing)
    except (ValueError, OverflowError):  # a date that no calendar has: "31/02"
        return Period(text=printed, kind="unknown")
    if period is None:
        period = _without_moment(recurrence, yearly, ongoing, years, terms, words)
    elif yearly and period.recurrence is None:
        period.recurrence = "yearly"
    period.text = printed
    return period


def years_of(school_year: str | None) -> tuple[int, int] | None:
    """ "2025-2026" to (2025, 2026); None for anything else."""
    found = re.search(r"(20\d\d)\s*[-–—/]\s*(20\d\d|\d\d)(?!\d)", school_year or "")
    if not found:
        return None
    first = int(found[1])
    second = int(found[2]) if len(found[2]) == 4 else first // 100 * 100 + int(found[2])
    return (first, second) if second == first + 1 else None


def term_bounds(term: int, years: tuple[int, int], terms: TermDates = DEFAULT_TERMS) -> tuple[date, date]:
    """First and last day of term 1 or 2, of the whole school year for 0."""
    first, second = years

    def day(of: Day) -> date:
        return date(first if of[0] >= FIRST_MONTH_OF_PLAN else second, *of)

    start = terms.second_start if term == 2 else terms.first_start
    end = terms.first_end if term == 1 else terms.second_end
    return day(start), day(end)


def period_from(start_text: str | None, end_text: str | None, school_year: str | None = None) -> Period:
    """One period from the two columns "Bắt đầu" and "Kết thúc"; the text is both, joined by a dash."""
    start, end = one_space(start_text), one_space(end_text)
    if start and end:
        return parse_period(f"{start} - {end}", school_year)
    if end:
        period = parse_period(end, school_year)
        if period.kind in ("month", "deadline") and period.end:
            return Period(text=end, kind="deadline", start=None, end=period.end)
        return period
    period = parse_period(start, school_year)
    if period.kind in ("month", "deadline") and period.end:
        return Period(text=start, kind=period.kind, start=period.start or period.end, end=None)
    return period


@dataclass(slots=True)
class _Moment:
    """One thing in the words that has a date. `unit` says what; `mark` is the word before it (truoc, het, tu, …)."""

    unit: str  # day, month, quarter, term, week, year, school_year, number
    year: int | None = None
    month: int | None = None
    day: int | None = None
    index: int = 0  # term 0..2, quarter 1..4, week 1..5; the number itself when unit is "number"
    last: int = 0  # the second of "tuần 1-2", when there is one
    mark: str = ""
    before: str = ""  # all that stands between this moment and the one before


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTH_WORDS = (
    ("muoi hai", 12), ("muoi mot", 11), ("chap", 12), ("gieng", 1), ("muoi", 10), ("mot", 1), ("hai", 2), ("ba", 3),
    ("tu", 4), ("nam", 5), ("sau", 6), ("bay", 7), ("tam", 8), ("chin", 9),
)  # fmt: skip

_PATTERN = re.compile(
    r"""
    (?P<iso>\b(?P<iy>20\d\d)-(?P<im>\d{1,2})-(?P<id>\d{1,2})\b)
  | (?P<dmy>(?<![\d/.])(?P<dd>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<dm>\d{1,2})\s?(?P=sep)\s?(?P<dy>20\d\d|(?<![-])\d\d)(?!\d))
  | (?P<words>\bngay\s(?P<wd>\d{1,2})\s?(?:,\s?)?thang\s(?P<wm>\d{1,2})(?:\s(?:nam\s)?(?P<wy>20\d\d))?\b)
  | (?P<week>\btuan\s?(?:thu\s)?(?P<k1>[1-5])(?:\s?(?:-|,|va|den|tuan)+\s?(?:tuan\s?)?(?P<k2>[1-5]))?\s(?:cua\s)?(?:thang|t)\s?(?P<km>\d{1,2})
        (?:\s?[/-]\s?(?P<ky>20\d\d)|\snam\s(?P<ky2>20\d\d))?(?!\d))
  | (?P<quarter>\bquy\s?(?P<q>iv|iii|ii|i|[1-4])\b(?:\s?[/-]\s?|\s(?:nam\s)?)?(?P<qy>20\d\d)?)
  | (?P<summer>\bhe\s(?:nam\s)?(?P<hy>20\d\d)\b)
  | (?P<term>\b(?:hoc\s?k[yi]|hk|k[yi])\s?(?P<t>ii|i|[12])\b)
  | (?P<monthyear>(?<![\d/.])(?:(?:thang|t)\.?\s?)?(?P<mm>\d{1,2})\s?(?:[/.-]|nam)\s?(?P<my>20\d\d)(?!\d))
  | (?P<month>\b(?:thang|t)\.?\s?(?P<m>\d{1,2})(?!\d|\s?/\s?\d))
  | (?P<shortyear>\b(?:thang|t)\.?\s?(?P<sm>\d{1,2})\s?/\s?(?P<sy>\d\d)(?![\d/]))
  | (?P<monthword>\bthang\s(?P<mw>muoi\shai|muoi\smot|chap|gieng|muoi|mot|hai|ba|tu|nam|sau|bay|tam|chin)\b)
  | (?P<dayof>(?<![\d/.])(?P<d>\d{1,2})\s?(?P<dsep>[/.])\s?(?P<dmn>\d{1,2})(?![\d/]))
  | (?P<schoolyear>\b(?:ca|trong|suot|toan|het|cuoi|dau|giua|den)?\s?nam\shoc\b|\b(?:ca|trong|suot|toan|cuoi)\snam\b(?!\s20)|\bket\sthuc\snam\shoc\b|\b(?:ca\s)?(?:hai|2|02)\s(?:hoc\s)?k[yi]\b|\bbe\sgiang\b|\btong\sket\b)
  | (?P<year>\b(?:nam\s)?(?P<y>20\d\d)\b)
  | (?P<number>(?<![\d/.])(?P<n>\d{1,2})(?![\d/%]))
    """,
    re.VERBOSE,
)

_DEADLINE = re.compile(
    r"\b(truoc|het|cham nhat|muon nhat|han|thoi han|cuoi|khong qua|xong|den|hoan thanh|ket thuc|toi)\b"
)
_UNDECIDED = re.compile(r"chua (xac dinh|co|ro|an dinh)( thoi gian)?\W*|khong|khong xac dinh")
_FILLER = re.compile(
    r"\b(tu|den|toi|het|ngay|thang|nam|va|trong|dau|cuoi|giua|bat dau|ket thuc|thoi gian|thoi han|han|khoang|du kien|hoc|cua|truoc|cham nhat|"
    r"muon nhat|khong qua|xong|hoan thanh|sau|tuan|cac|quy|vao|luc|thuc hien|moi|lan|ca|tiep theo|nhung|t|dot|nay|"
    r"hoc ky|ky|hk|thu|la|nghi|dip|suot|toan|sang|nua)\b"
)


def _prepare(printed: str) -> str:
    words = fold(printed)
    words = re.sub(r"[–—−‒~→]|=>|->", "-", words)
    words = re.sub(r"\b(\d{1,2}) ?(?:h|gio|:)\s?\d{0,2}(?::\d\d)?\b(?= ngay|$)|\b\d\d:\d\d(:\d\d)?\b", " ", words)
    words = re.sub(r"(?<=\d)[.;,:]+(?=\s|$)|[.;:]+$", lambda m: "," if m[0] in ",;" else " ", words)
    words = re.sub(r"(?<=[a-z])[.:](?=\s|\d|$)", " ", words)
    words = re.sub(r"\([^)]*(?:[a-z]{3,})[^)]*\)", lambda m: m[0] if re.search(r"\d|hoc|hk", m[0]) else " ", words)
    words = re.sub(r"\bq\.? ?(?=(?:iv|iii|ii|i|[1-4])\b ?[/-])", "quy ", words)
    words = re.sub(r"\b(dot|lan|giai doan|nam thu) ?\d\b(?! ?/)", " ", words)
    words = re.sub(
        r"\bquy (iv|iii|ii|i|[1-4]) ?(-|,|\+|&|va|den) ?(?=(?:iv|iii|ii|i|[1-4])\b)", r"quy \1 \2 quy ", words
    )
    words = re.sub(r"\b(?:0?6|sau) thang (dau|cuoi) (?:cua )?nam (?=20\d\d)", _half_year, words)
    return re.sub(r"\s+", " ", re.sub(r"[()\[\]\"“”*]", " ", words)).strip()


def _half_year(found: re.Match[str]) -> str:
    """ "6 tháng cuối năm 2025": July to December of the calendar year."""
    return "thang 1 - 6/" if found[1] == "dau" else "thang 7 - 12/"


def _take_school_year(words: str) -> tuple[str, tuple[int, int] | None]:
    """Takes "năm học 2025-2026" out of the words."""
    pattern = r"(?:\bnam hoc\s*:?\s*)(20\d\d)\s?[-/]\s?(20\d\d|\d\d)(?![\d/])|(?<![\d/.-])(20\d\d)\s?[-/]\s?(20\d\d)(?![\d/.-])"
    found = re.search(pattern, words)
    if not found:
        return words, None
    years = years_of(f"{found[1] or found[3]}-{found[2] or found[4]}")
    if years is None:
        return words, None
    return (words[: found.start()] + " ; " + words[found.end() :]).strip(" ;"), years


_RECURRENCES: tuple[tuple[str, Recurrence], ...] = (
    (r"\b(hang|moi|theo|dinh ky|\d+ lan ?/) ?tuan\b|\blan ?/ ?tuan\b|/ ?tuan\b", "weekly"),
    (r"\b(hang|moi|theo|dinh ky|cac) ?thang\b( \d+ lan\b)?(?! ?\d)|\blan ?/ ?(1 )?thang\b|\b\d+ thang ?/ ?(1|mot)? ?lan\b", "monthly"),
    (r"\b(hang|moi|theo|dinh ky|tung) ?quy\b( \d+ lan\b)?(?! ?(\d|i))|\blan ?/ ?quy\b", "quarterly"),
    (r"\b(hang|moi|tung) ?(hoc )?k[yi]\b( \d+ lan\b)?(?! ?(\d|i))|\blan ?/ ?(hoc )?k[yi]\b|\b(2|02|hai) lan ?/ ?nam( hoc)?\b", "termly"),
    (r"\b(hang|moi) ngay\b", "continuous"),
)  # fmt: skip


def _take_recurrence(words: str) -> tuple[str, Recurrence | None, bool, bool]:
    """Takes "hằng tháng", "hằng năm", "thường xuyên" out of the words: what is left, how often, yearly?, ongoing?"""
    recurrence: Recurrence | None = None
    for pattern, name in _RECURRENCES:
        if re.search(pattern, words):
            recurrence = recurrence or name
            words = re.sub(rf"(\b\d+ ?)?(?:{pattern})", " ", words)
    rest = re.sub(r"\b(hang|moi|theo tung|tung) nam( hoc)?\b|\b(\d+ )?lan ?/ ?nam( hoc)?\b", " ", words)
    yearly, words = rest != words, rest
    rest = re.sub(r"\bthuong xuyen\b|\blien tuc\b|\bthuong nhat\b", " ", words)
    ongoing, words = rest != words, rest
    return re.sub(r"\s+", " ", words).strip(" ,;.-"), recurrence, yearly, ongoing


def _moments(words: str) -> list[_Moment]:
    moments: list[_Moment] = []
    end = 0
    for found in _PATTERN.finditer(words):
        moment = _moment(found)
        moment.before = words[end : found.start()]
        if found["schoolyear"]:
            moment.before += re.split(r"\bnam\b|\bk[yi]\b", found[0])[0]
        moment.mark = _mark(moment.before)
        moments.append(moment)
        end = found.end()
    numbers = [m for m in moments if m.unit == "number"]
    if re.search(r"\btuan\b", _PATTERN.sub(" ", words)):  # weeks of the school year have no calendar of their own here
        return []
    rest = _FILLER.sub(" ", re.sub(r"\d", " ", _PATTERN.sub(" ", words)))
    lone_day = any(re.search(r"\bngay\W*$", m.before) for m in numbers) and not any(m.unit == "day" for m in moments)
    if numbers and (
        lone_day or re.search(r"[a-z]", rest)
    ):  # "2 lớp": a number among words that are not of time is not a month
        moments = [m for m in moments if m.unit != "number"]
    if re.search(r"[a-z]", rest) and all(m.unit == "year" for m in moments):  # "Hè 2026"
        return []
    _name_numbers(moments)
    return _months_within_terms(moments)


def _months_within_terms(moments: list[_Moment]) -> list[_Moment]:
    """ "Học kỳ I: tháng 10; học kỳ II: tháng 3": the month says when, the term only where it lies."""
    named = [
        left
        for left, right in pairwise(moments)
        if left.unit == "term" and right.unit == "month" and not right.before.strip()
    ]
    if not named or len(named) < sum(m.unit == "term" for m in moments):
        return moments
    return [m for m in moments if m.unit != "term"]


def _moment(found: re.Match[str]) -> _Moment:
    if found["iso"]:
        return _Moment("day", int(found["iy"]), int(found["im"]), int(found["id"]))
    if found["dmy"]:
        return _Moment("day", _full_year(found["dy"]), int(found["dm"]), int(found["dd"]))
    if found["words"]:
        return _Moment("day", _number(found["wy"]), int(found["wm"]), int(found["wd"]))
    if found["week"]:
        year = _number(found["ky"] or found["ky2"])
        return _Moment("week", year, int(found["km"]), index=int(found["k1"]), last=int(found["k2"] or found["k1"]))
    if found["quarter"]:
        index = _ROMAN[found["q"]]
        return _Moment("quarter", _number(found["qy"]), index * 3 - 2, index=index)
    if found["summer"]:
        return _Moment("summer", int(found["hy"]), 6)
    if found["term"]:
        return _Moment("term", index=_ROMAN[found["t"]])
    if found["monthyear"]:
        return _Moment("month", int(found["my"]), int(found["mm"]))
    if found["month"]:
        return _Moment("month", None, int(found["m"]))
    if found["shortyear"]:
        return _Moment("month", _full_year(found["sy"]), int(found["sm"]))
    if found["monthword"]:
        return _Moment("month", None, dict(_MONTH_WORDS)[found["mw"]])
    if found["dayof"]:
        day, month = int(found["d"]), int(found["dmn"])
        if month > 12 and day <= 12 and 20 <= month <= 40 and found["dsep"] == "/":  # "09/25" is September 2025
            return _Moment("month", 2000 + month, day)
        return _Moment("day", None, month, day)
    if found["schoolyear"]:
        return _Moment("school_year")
    if found["year"]:
        return _Moment("year", int(found["y"]))
    return _Moment("number", index=int(found["n"]))


def _name_numbers(moments: list[_Moment]) -> None:
    """A bare number is what its neighbour is: "9-11/2025" two months, "15-20/10/2025" two days."""
    following: _Moment | None = None
    for moment in reversed(moments):
        if moment.unit == "number":
            if following is not None and following.unit == "day" and not moment.mark.startswith("thang"):
                moment.unit, moment.day, moment.month, moment.year = (
                    "day",
                    moment.index,
                    following.month,
                    following.year,
                )
            else:
                moment.unit, moment.month = "month", moment.index
        elif moment.unit == "year" and moments[0] is not moment:
            continue
        following = moment
    # "tháng 9, 10, 11 năm 2025": the year belongs to the month before it
    for left, right in pairwise(moments):
        if right.unit == "year" and left.unit in ("month", "day", "quarter") and left.year is None:
            left.year = right.year
    years_taken = [r for left, r in pairwise(moments) if r.unit == "year" and left.year == r.year]
    moments[:] = [m for m in moments if not any(m is taken for taken in years_taken)]


def _mark(before: str) -> str:
    """The words before a moment that say what is meant: the last of tu, den, truoc, het, dau, giua, cuoi."""
    for word in ("truoc", "cham nhat", "muon nhat", "khong qua"):
        if re.search(rf"\b{word}\b", before):
            return "truoc"
    found = re.findall(r"\b(tu|het|dau|giua|cuoi|trong|han|xong|bat dau)\b", before)
    if found:
        return str(found[-1])
    if re.search(r"\b(den|toi|ket thuc|hoan thanh)\b", before):
        return "den"
    return ""


def _combine(
    moments: list[_Moment],
    words: str,
    years: tuple[int, int] | None,
    terms: TermDates,
    recurrence: Recurrence | None,
    ongoing: bool,
) -> Period | None:
    bare_month = len(moments) == 1 and moments[0].unit == "month" and moments[0].year is None
    if recurrence in ("weekly", "monthly") and bare_month and not re.search(r"thang|\bt\d", words):
        return None  # "ngày 25 hằng tháng"
    if not moments:
        return None
    _check(moments)
    single = len(moments) == 1
    due = single and (moments[0].unit == "day" or _DEADLINE.search(moments[0].before) is not None)
    due = due and moments[0].mark not in ("tu", "bat dau", "trong")
    _resolve_years(moments, years, due=due)
    first, last = moments[0], moments[-1]
    start = _bound(first, years, terms, end=False)
    end = _bound(last, years, terms, end=True)
    kind = _kind(moments)
    if single and first.mark in ("dau", "giua") and first.unit in ("term", "school_year", "month"):
        start = end = _month_of_part(first, years, terms)
        kind = "month"
    elif due:
        start, kind = None, "deadline"
    elif single and first.mark in ("tu", "bat dau") and first.unit in ("day", "month"):
        end, kind = None, "date_range" if first.unit == "day" else "month_range"
    elif not single and first.mark in ("truoc", "het", "cuoi") and not re.search(r"\bden\b|-", last.before):
        start, kind = None, "deadline"  # "Cuối HK I, cuối năm học": two deadlines, the last counts
    if start and end and _first_day(start) > _last_day(end):
        return Period(kind="unknown")
    often: Recurrence | None = recurrence or ("continuous" if ongoing else None)
    if recurrence and kind == "school_year":
        kind = "recurring"
    return Period(kind=kind, start=start, end=end, recurrence=often)


def _without_moment(
    recurrence: Recurrence | None,
    yearly: bool,
    ongoing: bool,
    years: tuple[int, int] | None,
    terms: TermDates,
    words: str,
) -> Period:
    if recurrence:
        start, end = term_bounds(0, years, terms) if years else (None, None)
        return Period(
            kind="recurring",
            start=start.isoformat() if start else None,
            end=end.isoformat() if end else None,
            recurrence=recurrence,
        )
    if ongoing:
        return Period(kind="ongoing", recurrence="continuous")
    if yearly:
        return Period(kind="yearly", recurrence="yearly")
    if not re.search(r"\w", words):
        return Period(kind="none")
    return Period(kind="unknown")


def _check(moments: list[_Moment]) -> None:
    """Raises ValueError for a date that no calendar has."""
    for moment in moments:
        if moment.month is not None and not 1 <= moment.month <= 12:
            raise ValueError(moment.month)
        if moment.unit == "day":
            date(moment.year or 2024, moment.month or 1, moment.day or 0)  # 2024 is a leap year


def _resolve_years(moments: list[_Moment], years: tuple[int, int] | None, *, due: bool) -> None:
    """Gives each month and day its year: the one printed beside it, else by order, else by the school year."""
    dated = [m for m in moments if m.month is not None]
    for i in range(len(dated) - 2, -1, -1):
        left, right = dated[i], dated[i + 1]
        if left.year is None and right.year is not None:
            left.year = right.year if _order(left) <= _order(right) else right.year - 1
    for i, moment in enumerate(dated):
        if moment.year is not None or moment.month is None:
            continue
        before = dated[i - 1] if i else None
        if before is not None and before.year is not None:
            moment.year = before.year if _order(moment) >= _order(before) else before.year + 1
        elif years:
            # A lone deadline in June or July closes the school year; a month on its own opens it.
            opens = 8 if due else FIRST_MONTH_OF_PLAN
            moment.year = years[0] if moment.month >= opens else years[1]
    for moment in dated:
        if moment.unit == "day" and moment.year is not None:
            date(moment.year, moment.month or 1, moment.day or 1)


def _order(moment: _Moment) -> tuple[int, int]:
    return moment.month or 0, (moment.day or 0) if moment.unit == "day" else 0


def _bound(moment: _Moment, years: tuple[int, int] | None, terms: TermDates, *, end: bool) -> str | None:
    """The first or the last day (or month) of a moment, None when its year is not known."""
    if moment.unit in ("term", "school_year"):
        return term_bounds(moment.index, years, terms)[end].isoformat() if years else None
    if moment.unit == "year":
        return f"{moment.year}-{12 if end else 1:02d}"
    if moment.year is None or moment.month is None:
        return None
    if moment.unit == "summer":  # after the year's last day, before the next one opens in September
        return f"{moment.year}-{8 if end else 6:02d}"
    if moment.unit == "quarter":
        return f"{moment.year}-{moment.month + (2 if end else 0):02d}"
    if moment.unit == "week":
        month_end = calendar.monthrange(moment.year, moment.month)[1]
        day = min(moment.last * 7, month_end) if end else moment.index * 7 - 6
        if end and moment.last >= 4 and month_end - day < 3:
            day = month_end
        return date(moment.year, moment.month, min(day, month_end)).isoformat()
    if moment.unit == "day":
        return date(moment.year, moment.month, moment.day or 1).isoformat()
    return f"{moment.year}-{moment.month:02d}"


def _month_of_part(moment: _Moment, years: tuple[int, int] | None, terms: TermDates) -> str | None:
    """ "Đầu năm học", "Giữa HK I": the month in which the part begins, or in which its middle lies."""
    if moment.unit == "month":
        return _bound(moment, years, terms, end=False)
    if not years:
        return None
    start, end = term_bounds(moment.index, years, terms)
    day = start if moment.mark == "dau" else start + timedelta(days=(end - start).days // 2)
    return f"{day.year}-{day.month:02d}"


def _kind(moments: list[_Moment]) -> PeriodKind:
    units = {m.unit for m in moments}
    if "day" in units:
        return "date_range" if len(moments) > 1 else "deadline"
    if "week" in units:
        return "week"
    if "month" in units or "summer" in units:
        return "month_range" if "summer" in units or len(moments) > 1 else "month"
    if "quarter" in units:
        return "quarter"
    if "term" in units:
        return "term"
    return "year" if units == {"year"} else "school_year"


def _first_day(value: str) -> str:
    return value if len(value) > 7 else f"{value}-01"


def _last_day(value: str) -> str:
    return value if len(value) > 7 else f"{value}-31"


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)
