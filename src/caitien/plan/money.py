"""Money as schools write it ("18,5 triệu đồng", "27.499.000", "Không") to whole đồng and back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from caitien.plan.text import fold, one_space

MOST = 10**15  # a school has no more đồng than this: a number beyond it is something else


@dataclass(frozen=True, slots=True)
class MoneyPart:
    """One source and what it gives: "ngân sách 25.000.000"."""

    source: str
    vnd: int


@dataclass(frozen=True, slots=True)
class Money:
    """`vnd`: whole đồng; 0 is "Không"; None is not known. `understood`: False when there are numbers that do not settle."""

    vnd: int | None = None
    text: str | None = None
    parts: tuple[MoneyPart, ...] = ()
    sources: tuple[str, ...] = field(default=())
    understood: bool = True


def parse_money(text: str | None, unit: int = 1) -> Money:
    """What a cell of money says. `unit`: đồng in one unit of the column ("(nghìn đồng)" is 1000); a scale in the cell wins.

    The sum stated wins over its parts; parts alone are added. Never raises.
    """
    printed = one_space(text)
    words = fold(printed)
    if len(words) != len(printed):  # letters that fold to two: places would not agree
        printed = words
    if not re.search(r"\w", words):
        return Money(text=printed or None)
    if _NOTHING.fullmatch(words):
        return Money(vnd=0, text=printed)
    amounts = _amounts(words, unit)
    parts = tuple(_parts(printed, words, amounts))
    sources = tuple(dict.fromkeys([p.source for p in parts] + _named_sources(printed, words, amounts)))
    total, understood = _total(words, amounts)
    return Money(vnd=total, text=printed, parts=parts, sources=sources, understood=understood)


def format_vnd(vnd: int | None) -> str:
    """27499000 as "27.499.000 đồng"; nothing for None."""
    return "" if vnd is None else f"{vnd:,}".replace(",", ".") + " đồng"


_NOTHING = re.compile(
    r"(kinh phi ?:? )?(khong|ko|k)( (co|can|phat sinh|su dung|dung|mat|ton|yeu cau|huy dong|phai chi))*"
    r"( (kinh phi|chi phi|tien|ngan sach|them|chi|nguon))*[ .;]*|0+([.,]0+)?( ?(d|dong|vnd|trieu|nghin)( dong)?)?[ .;]*|khong dong"
)
_SCALES = {
    "ty": 10**9,
    "ti": 10**9,
    "trieu": 10**6,
    "tr": 10**6,
    "trd": 10**6,
    "nghin": 10**3,
    "ngan": 10**3,
    "k": 10**3,
    "ng": 10**3,
}
_AMOUNT = re.compile(
    r"""(?<![\w.,/-])
    (?P<number>\d{1,3}(?:(?:\.\d{3})+|(?:,\d{3})+|(?:\ \d{3})+)(?:[.,]\d{1,2})?(?!\d) | \d+(?:[.,]\d+)?)
    (?:\s?\(?(?P<scale>ty|ti|trieu|trd|tr|nghin|ngan|ng|k)(?![a-z])\.?(?P<tail>\d(?!\d))?)?
    (?P<half>\ ruoi)?
    (?:\s?(?P<currency>dong|vnd|d)(?![a-z]))?
    (?![\d/])""",
    re.VERBOSE,
)  # fmt: skip
_SOURCE_WORDS = re.compile(
    r"\b(ngan sach|ns|nsnn|xhh|xa hoi hoa|quy|ubnd|nguon|chi thuong xuyen|khong thuong xuyen|phu huynh|cmhs|ph|cha me|"
    r"tai tro|dong gop|hoc phi|hop phap|vien tro|nha nuoc|nha truong|tu thien|van dong|cong doan|dia phuong|chi khac|thu khac)\b"
)


@dataclass(slots=True)
class _Amount:
    vnd: int
    start: int
    end: int
    sure: bool  # it has a currency, a scale, or groups of three digits
    bracket: bool  # stands in brackets
    scale: int = 1


def _amounts(words: str, unit: int) -> list[_Amount]:
    found: list[_Amount] = []
    depth_at = _depths(words)
    whole = re.fullmatch(r"\D{0,3}[\d., ]+\D{0,3}", words) is not None
    for match in _AMOUNT.finditer(words):
        scale_word, currency = match["scale"], match["currency"]
        value = _decimal(match["number"], scale_word, unit)
        if value is None:
            continue
        grouped = re.search(r"\d[., ]\d{3}(?!\d)", match["number"]) is not None
        sure = bool(scale_word or currency or grouped)
        if not sure and unit == 1 and (not whole or value < 1000):
            continue  # "02 máy tính", "năm 2025", and a bare "15" of which nobody knows the unit
        scale = _SCALES[scale_word] if scale_word else 1 if currency else unit
        vnd = value * scale
        if match["tail"] and scale_word:
            vnd += Decimal(int(match["tail"])) * scale / 10  # "18tr5"
        if match["half"] and scale_word:
            vnd += Decimal(scale) / 2
        if vnd > MOST:
            continue
        amount = _Amount(int(vnd), match.start(), match.end(), sure or whole, depth_at[match.start()] > 0, scale)
        before = found[-1] if found else None
        if (
            before
            and scale_word
            and before.scale > amount.scale > 1
            and re.fullmatch(r"[ ,]*(va )?", words[before.end : amount.start])
        ):
            before.vnd, before.end, before.scale = before.vnd + amount.vnd, amount.end, amount.scale  # "1 tỷ 200 triệu"
            continue
        found.append(amount)
    return [a for a in found if a.sure] or found


def _decimal(number: str, scale_word: str | None, unit: int) -> Decimal | None:
    """ "27.499.000" and "27,499,000" are groups; "18,5" and "1.2" have decimals; "1,250 tỷ" has decimals too."""
    number = number.replace(" ", "")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d{1,2})?", number):
        number = number.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d{1,2})?", number) and not (number.count(",") == 1 and scale_word):
        number = number.replace(",", "")
    else:
        number = number.replace(",", ".")
    try:
        return Decimal(number)
    except InvalidOperation:
        return None


def _total(words: str, amounts: list[_Amount]) -> tuple[int | None, bool]:
    """The amount that counts and whether the words settle it."""
    if not amounts:
        return None, not re.search(r"\d{4}|trieu|ruoi|\bty\b|nghin|ngan dong|^[\d.,]+$", words)
    outside = [a for a in amounts if not a.bracket] or amounts
    for before, after in pairwise(outside):
        if re.search(r"=\s*$", words[before.end : after.start]):
            return outside[-1].vnd, True
    for amount in outside:
        if re.search(r"\b(tong|cong|tong cong|tong so)\b[^\d;]*$", words[: amount.start]):
            return amount.vnd, True
    first, rest = outside[0], outside[1:]
    if rest and (
        re.match(r"\W*(dong\W*)?(trong do|bao gom|gom)\b", words[first.end :]) or first.vnd == sum(a.vnd for a in rest)
    ):
        return first.vnd, True
    if len(rest) > 1 and rest[-1].vnd == sum(a.vnd for a in outside[:-1]):
        return rest[-1].vnd, True
    if len(outside) == 1:
        multiplied = re.search(r"\d\D{0,20}[x×*]\s?$", words[: outside[0].start]) or re.match(
            r"\s?[x×*]\s?\d", words[outside[0].end :]
        )
        return (None, False) if multiplied else (outside[0].vnd, True)
    for before, after in pairwise(outside):
        between = words[before.end : after.start]
        if re.fullmatch(r"\s*(-|–|—|den|toi)\s*", between) or re.search(r"[x×*]\s*$", between):
            return None, False  # "10 triệu - 15 triệu"
    return sum(a.vnd for a in outside), True


def _parts(printed: str, words: str, amounts: list[_Amount]) -> list[MoneyPart]:
    """Amounts that have a source's name beside them, when there are two or more, or when they stand in brackets."""
    group = [a for a in amounts if a.bracket] or (amounts if len(amounts) > 1 else [])
    parts = []
    for amount in group:
        floor = max((a.end for a in amounts if a.end <= amount.start), default=0)
        left = max(floor, *(words.rfind(mark, 0, amount.start) + 1 for mark in "(;:,"))
        colon = words.rfind(":", 0, amount.start)
        if colon >= 0 and not re.search(r"\w", words[colon + 1 : amount.start]):
            left = max(floor, *(words.rfind(mark, 0, colon) + 1 for mark in "(;,"))
        name = _source_name(printed[left : amount.start])
        if name and not re.match(r"(tong|cong)\b|(\d+ )?x$|den$|toi$", fold(name)):
            parts.append(MoneyPart(name, amount.vnd))
    return parts


def _named_sources(printed: str, words: str, amounts: list[_Amount]) -> list[str]:
    """Names of sources that stand in the cell without an amount of their own: "27.499.000 (UBND thành phố)"."""
    taken = list(words)
    for amount in amounts:
        taken[amount.start : amount.end] = "\0" * (amount.end - amount.start)
    names = []
    for piece in re.finditer(r"[^;,()\[\]\0\n]+", "".join(taken)):
        name = _source_name(printed[piece.start() : piece.end()])
        if name and _SOURCE_WORDS.search(fold(name)) and not re.search(r"\d{3}", name) and len(name) <= 80:
            names.append(name)
    return names


def _source_name(text: str) -> str:
    name = one_space(text).strip(" ;:,.()-–+=")
    name = re.sub(
        r"^(?:từ|do|trong đó|gồm|bao gồm|lấy từ|trích từ|và|khoảng|dự kiến)\b:?\s*", "", name, flags=re.IGNORECASE
    )
    return name.strip(" :;,.-–") if re.search(r"[^\W\d_]", name) else ""


def _depths(words: str) -> list[int]:
    depth, depths = 0, []
    for character in words:
        depth += (character in "([") - (character in ")]")
        depths.append(max(0, depth))
    return depths
