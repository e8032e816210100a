"""Amounts of money written in words ("một triệu rưỡi", "hai mươi bảy triệu bốn trăm nghìn đồng") as whole đồng.

Never taken for granted: `parse_money` leaves such words unsettled, and who reads them is asked whether this is meant.
"""

from __future__ import annotations

import re

from caitien.plan.money import MOST
from caitien.plan.text import fold

_DIGITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5,
    "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_SCALES = {"ty": 10**9, "ti": 10**9, "trieu": 10**6, "nghin": 10**3, "ngan": 10**3}
_AROUND = re.compile(
    r"^(?:(?:so tien|kinh phi|tong|tong so|tong cong|bang chu|du kien|khoang|chung|la|so tien bang chu)\W+)*|"
    r"(?:\s*(?:viet nam|dong|d|vnd|chan|nam hoc|vn))*\W*$"
)


def amount_in_words(text: str | None) -> int | None:
    """Whole đồng of an amount in Vietnamese words; None when a word is none of numbers, or when it is vague ("vài triệu").

    "rưỡi" and "nửa" are half of the scale beside them; a lone last digit counts tenths of it, as people say
    ("một triệu hai" is 1.200.000). Digits and words may not be mixed: "1 triệu rưỡi" is for `parse_money`.
    """
    words = re.sub(r"[(),.;:/\"“”'-]+", " ", fold(text))
    words = _AROUND.sub("", words.strip()).strip()
    words = _AROUND.sub("", words).strip()
    if not words or re.search(r"\d", words) or len(words) > 200:
        return None
    tokens = words.split()
    if not any(token in _SCALES for token in tokens):
        return None
    total, group, last = 0, list[str](), 10**12
    for token in tokens:
        if token not in _SCALES:
            group.append(token)
            continue
        scale = _SCALES[token]
        if scale >= last:  # "một nghìn tỷ" multiplies; "hai triệu ba triệu" is no number
            return None
        count = _below_thousand(group) if group else (1 if tokens == [token, "ruoi"] else None)
        if group == ["nua"]:
            total, group, last = total + scale // 2, [], scale
            continue
        if count is None or (count == 0 and total == 0):
            return None
        total, group, last = total + count * scale, [], scale
    rest = _after(group, last)
    if rest is None or not 0 < total + rest <= MOST:
        return None
    return total + rest


def _after(group: list[str], scale: int) -> int | None:
    """What the words after the last scale add: "rưỡi", a lone digit of tenths, or ones ("… nghìn năm trăm đồng")."""
    if not group:
        return 0
    if group == ["ruoi"]:
        return scale // 2
    if len(group) == 1 and group[0] in _DIGITS and _DIGITS[group[0]]:
        return _DIGITS[group[0]] * scale // 10
    count = _below_thousand(group)
    return count if scale == 1000 else None


def _below_thousand(group: list[str]) -> int | None:
    """ "hai trăm linh năm" to 205, "mười lăm" to 15, "hai mươi mốt" to 21, "hai lăm" to 25; None for other words."""
    words = [w for w in group if w not in ("va",)]
    if not words or len(words) > 6:
        return None
    hundreds = 0
    if "tram" in words:
        at = words.index("tram")
        if at != 1 or words[0] not in _DIGITS:
            return None
        hundreds, words = _DIGITS[words[0]] * 100, words[2:]
        if words == ["ruoi"]:
            return hundreds + 50
    if not words:
        return hundreds
    if words[0] in ("linh", "le"):
        return hundreds + _DIGITS[words[1]] if len(words) == 2 and words[1] in _DIGITS and _DIGITS[words[1]] else None
    return None if (rest := _below_hundred(words)) is None else hundreds + rest


def _below_hundred(words: list[str]) -> int | None:
    if words[0] == "muoi":
        ones = words[1:]
        return 10 + (_DIGITS.get(ones[0], -99) if ones else 0) if len(ones) <= 1 and _known(ones) else None
    if words[0] not in _DIGITS:
        return None
    tens, rest = _DIGITS[words[0]], words[1:]
    if not rest:
        return tens
    if rest[0] in ("muoi", "chuc"):
        ones = rest[1:]
        return tens * 10 + (_DIGITS[ones[0]] if ones else 0) if len(ones) <= 1 and tens and _known(ones) else None
    if len(rest) == 1 and rest[0] in _DIGITS and tens >= 2 and rest[0] in ("lam", "nham", "mot", "tu"):
        return tens * 10 + _DIGITS[rest[0]]  # "hai lăm", "hai mốt"; "ba bốn triệu" is three or four
    return None


def _known(ones: list[str]) -> bool:
    return all(word in _DIGITS and _DIGITS[word] for word in ones)
