"""What a line says by itself: a band over the whole width, a total, or that the table is over."""

from __future__ import annotations

import re

_AFTER_TABLE = -3.0
_END = re.compile(
    r"^(nơi nhận|(kt\.?|tm\.?|tuq\.?|q\.)\s*\S+|(p\.?|phó )?hiệu trưởng\s*$|chủ tịch hội đồng|người lập|thủ trưởng|xác nhận|trên đây là|duyệt)\b",
    re.I,
)
_PLACE_AND_DATE = re.compile(r"ngày\s*[\d.…]*\s*tháng\s*[\d.…]*\s*năm\s*[\d.…]{2,}\s*$", re.I)
_SECTION = re.compile(r"^([IVX]{1,5}|[A-ZĐ]|\d{1,2})\s*[.)/]\s+\S")
BAND_TITLE = re.compile(r"^(tiêu chuẩn|tiêu chí|phần|nhóm|lĩnh vực)\s*[\dIVX]{1,4}(\.\d{1,2})?\s*[.:\-–)]", re.I)
BAND_ALONE = re.compile(r"^(tiêu chuẩn|tiêu chí)\s*([IVX]{1,4}|\d{1,2}(\.\d{1,2})?)$", re.I)
TOTAL = re.compile(r"^(tổng( cộng| kinh phí| số)?|cộng)\b", re.I)


def ending(text: str, words: list[str]) -> float:
    """How likely a line is the first after the table (log odds)."""
    if _END.match(text) or _PLACE_AND_DATE.search(text):
        return 6.0
    if _SECTION.match(text):
        capitals = sum(x.isupper() for x in words[1:])
        return 7.0 if capitals >= 2 and capitals >= 0.6 * (len(words) - 1) else -1.0
    if text[:7].lower() == "căn cứ ":
        return 2.0
    return _AFTER_TABLE


def ends_table(text: str) -> bool:
    """Whether a line surely stands after a table."""
    return ending(text, text.split()) >= 6.0


def is_band(text: str) -> bool:
    """Whether a line names a standard or criterion for the rows under it, or is a total."""
    return bool(BAND_TITLE.match(text) or BAND_ALONE.match(text) or TOTAL.match(text))
