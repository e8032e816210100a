"""Numbers of a spreadsheet as their cells show them: 27499000 under "#,##0" is "27.499.000", 45931 under "d/m" a date.

Number formats are those of ECMA-376 part 1, 18.8.30 and 18.8.31. Separators are the Vietnamese ones.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

BUILT_IN: dict[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "d/m/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "d/m/yyyy h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0",
    42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 49: "@",
}  # fmt: skip

_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_BRACKETS = re.compile(r"\[[^\]]*\]")
_DATE_LETTERS = re.compile(r"[ymdhs]", re.IGNORECASE)
_EPOCH_1900, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # 1900 as Excel counts it, with its 29 February
_LAST_DAY = 2_958_466  # 1/1/10000


def shown(value: float, format: str, *, from_1904: bool = False) -> tuple[str, float | int | None]:
    """Text of a number under a number format, and the number itself (None when it is a date or a time)."""
    if is_date(format) and 0 <= value < _LAST_DAY:
        return _date(value, format, from_1904), None
    number: float | int = int(value) if value.is_integer() and abs(value) < 1e15 else value
    return _number(number, format), number


@lru_cache(maxsize=256)
def is_date(format: str) -> bool:
    """Whether a number format draws a date or a time."""
    bare = _BRACKETS.sub("", _QUOTED.sub("", format.split(";")[0]))
    if bare.lower().startswith("general") or re.search(r"\[(?:h+|m+|s+)\]", format, re.IGNORECASE):
        return bool(re.search(r"\[(?:h+|m+|s+)\]", format, re.IGNORECASE))
    return bool(_DATE_LETTERS.search(bare)) and not re.search(r"[0#?]", re.sub(r"s\.0+", "", bare))


def _date(value: float, format: str, from_1904: bool) -> str:
    """A date as day/month/year with the parts that the format has; hours only when it has them."""
    bare = _BRACKETS.sub(
        lambda m: m.group() if m.group()[1:2].lower() in "hms" else "", _QUOTED.sub("", format)
    ).lower()
    moment = (_EPOCH_1904 if from_1904 else _EPOCH_1900) + timedelta(seconds=round(value * 86400))
    year, day = "y" in bare, "d" in bare
    month = bool(re.search(r"m", re.sub(r"h+\W*m+|m+\W*s+|am/pm", "", bare)))
    two_of_day, two_of_month = "dd" in bare, bool(re.search(r"(?<!m)mm(?!m)", bare))  # "dd/mm/yyyy" shows 05/09/2025
    parts = [f"{moment.day:0{1 + two_of_day}d}"] * day + [f"{moment.month:0{1 + two_of_month}d}"] * month
    parts += [str(moment.year)] * year
    date = "/".join(parts)
    if "h" not in bare:
        return date or f"{moment.minute}:{moment.second:02d}"
    time = f"{moment.hour}:{moment.minute:02d}"
    return f"{date} {time}" if date else time


def _number(number: float | int, format: str) -> str:
    sections = format.split(";")
    section = sections[1] if number < 0 and len(sections) > 1 else sections[0]
    if number == 0 and len(sections) > 2:
        section = sections[2]
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match.group(1) if match.group(1) is not None else match.group(2))
        return chr(0xE000 + len(literals) - 1)

    bare = re.sub(r"_.|\*.", "", _BRACKETS.sub("", _QUOTED.sub(keep, section)))
    digits = re.search(r"[0#?][0#?,. ]*(?:E[+-]0+)?", bare)
    if digits is None or "e+" in bare.lower() or "/" in bare:
        literal = digits is None and "general" not in bare.lower() and "@" not in bare
        return (_with_literals(bare, literals) if literal else "") or _general(number)
    pattern = digits.group().strip()
    whole, _, fraction = pattern.partition(".")
    value = abs(number) * (100 if "%" in bare else 1)
    value /= 1000 ** (len(whole) - len(whole.rstrip(",")))
    grouped = "," in whole.rstrip(",")
    text = f"{value:{',' if grouped else ''}.{len(fraction.replace(',', ''))}f}"
    optional = len(fraction) - len(fraction.rstrip("#"))
    for _ in range(optional):
        text = text[:-1] if text.endswith("0") else text
    text = text.removesuffix(".")
    width = whole.count("0")
    if not grouped and len(text.partition(".")[0]) < width:
        head, dot, tail = text.partition(".")
        text = head.zfill(width) + dot + tail
    if grouped:  # a point without groups is left: "1.10" may be a criterion
        text = text.translate(str.maketrans(",.", ".,"))
    minus = "-" if number < 0 and len(sections) < 2 else ""
    drawn = bare[: digits.start()] + minus + text + bare[digits.start() + len(digits.group().rstrip()) :]
    return _with_literals(drawn, literals)


def _with_literals(drawn: str, literals: list[str]) -> str:
    return "".join(literals[ord(c) - 0xE000] if 0xE000 <= ord(c) < 0xE000 + len(literals) else c for c in drawn).strip()


def _general(number: float | int) -> str:
    return str(number) if isinstance(number, int) else f"{number:.11g}"
