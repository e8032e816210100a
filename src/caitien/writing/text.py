"""Words for paper: text that every file format can hold, dates, money and dotted lines as Vietnamese documents print them."""

from __future__ import annotations

import re
import unicodedata

SUBSTITUTE = "\N{WHITE SQUARE}"
"""Stands for a character that no XML file may hold. U+FFFD would say it better, but Times faces do not have it."""

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_ILLEGAL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef]|[^\x00-\U0010ffff]")
_NONCHARACTERS = re.compile(
    "[" + "".join(chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF)) + "]"
)
_MARK = re.compile(r"\s*([-–—+•*·]|\(?\d{1,2}[.)](?!\d)|[a-zđ][.)])\s*\S", re.IGNORECASE)
_DIRECTION_OVERRIDES = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Text that every backend can hold: NFC, line ends as line feeds, characters illegal in XML shown as a square.

    Marks that turn the direction of writing are left out: on a signed paper what is read must be what is stored.
    """
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    text = _ILLEGAL.sub(SUBSTITUTE, text)
    text = _NONCHARACTERS.sub(SUBSTITUTE, text)
    text = _DIRECTION_OVERRIDES.sub("", text)
    return unicodedata.normalize("NFC", text)


def lines(text: str) -> list[str]:
    """The lines of a text that are not empty, clean and without space at their ends."""
    return [line.strip() for line in clean(text).split("\n") if line.strip()]


def brings_mark(line: str) -> bool:
    """Whether a line of a list already begins with a mark of its own ("- ", "1. ", "a) "); "2.500 cuốn" is none."""
    return _MARK.match(line) is not None


def dots(count: int = 20) -> str:
    """A dotted line to write on by hand."""
    return "…" * count


def money(amount: int) -> str:
    """27499000 -> "27.499.000"."""
    return f"{amount:,}".replace(",", ".")


def long_date(iso: str | None, *, year: int | None = None) -> str:
    """ "2026-09-05" -> "ngày 05 tháng 9 năm 2026" (Nghị định 30/2020: days under 10 and months 1, 2 take a zero).

    Without a date a dotted one to fill in by hand.
    """
    found = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:T.*)?", iso or "")
    if not found:
        return f"ngày …… tháng …… năm {year or '……'}"
    month = int(found[2])
    shown_month = f"{month:02d}" if month < 3 else str(month)
    return f"ngày {found[3] or '……'} tháng {shown_month} năm {found[1]}"


def upper(text: str) -> str:
    """Vietnamese capitals of a clean text."""
    return clean(text).upper()
