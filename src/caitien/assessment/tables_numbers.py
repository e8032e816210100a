"""A cell of school data as people type it: "1.234", "12,5", "12,5%", "14 em", "có" -> the number of its row's kind."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from caitien.assessment.tables_model import Kind, TableRow
from caitien.plan.text import fold, one_space

MOST_LETTERS = 400  # of a cell of words
_NOTHING = re.compile(r"[-–—.…_/\s]*")
_NUMBER = re.compile(r"(?P<sign>[-−–]?)\s*(?P<digits>\d[\d., ]*?)\s*(?P<unit>%|[^\d\s.,][^\d]*)?")
_YES = frozenset(("co", "x", "✓", "✔", "yes", "dung", "1"))
_NO = frozenset(("khong", "no", "sai", "0"))


@dataclass(frozen=True, slots=True)
class Typed:
    """What a typed cell is. `value` None and `text` None: empty. `text`: words, kept as they are.

    `doubt`: what to ask about it, the end of a sentence ("không phải là số"); the words then stand in `text`.
    """

    value: int | float | None = None
    text: str | None = None
    doubt: str | None = None


def typed(words: str | None, row: TableRow) -> Typed:
    """The words of a cell of this row. Never raises; what is no number of its kind is kept as text with a doubt."""
    said = one_space(words)
    if row.kind == "text":
        return _words(said)
    if _NOTHING.fullmatch(said):
        return Typed()
    if row.kind == "flag":
        return _flag(said)
    if fold(said) == "khong":
        return Typed(0)
    found = _NUMBER.fullmatch(said)
    number = _number(found["digits"]) if found else None
    if found is None or number is None:
        return Typed(text=said[:MOST_LETTERS], doubt="không phải là một số")
    unit = one_space(found["unit"] or "")
    if unit == "%" and row.kind != "percent":
        return Typed(text=said, doubt="là tỉ lệ %, dòng này cần một số đếm" if row.kind == "integer" else "có dấu %")
    if unit and not _is_unit(unit, row):
        return Typed(text=said[:MOST_LETTERS], doubt="không phải là một số")
    return Typed(-number if found["sign"] and number else number)


def shown(value: int | float | None, kind: Kind = "decimal") -> str:
    """A number as Vietnamese write it: 1234 is "1.234", 12.5 is "12,5"; "" for None; flags are "Có" and "Không"."""
    if value is None:
        return ""
    if kind == "flag" and value in (0, 1):
        return "Có" if value else "Không"
    if not math.isfinite(value):
        return "?"
    if isinstance(value, int) or value.is_integer():
        return f"{int(value):,}".replace(",", ".")
    return f"{value:,.10g}".translate(str.maketrans(",.", ".,")) if abs(value) >= 1e-4 else f"{value:g}"


def _words(said: str) -> Typed:
    if len(said) > MOST_LETTERS:
        return Typed(text=said, doubt=f"dài quá {MOST_LETTERS} chữ")
    return Typed(text=said or None)


def _flag(said: str) -> Typed:
    word = fold(said)
    if word in _YES:
        return Typed(1)
    if word in _NO:
        return Typed(0)
    return Typed(text=said[:MOST_LETTERS], doubt="cần ghi Có hoặc Không")


def _number(digits: str) -> int | float | None:
    """Digits with Vietnamese marks: dots (or spaces) between groups of three, a comma before decimals; "12.5" too."""
    bare = digits.strip()
    if re.fullmatch(r"\d{1,3}([. ])\d{3}(\1\d{3})*(,\d+)?", bare):
        bare = re.sub(r"[. ]", "", bare)
    if re.fullmatch(r"\d+", bare) and len(bare) <= 15:
        return int(bare)
    if re.fullmatch(r"\d+[.,]\d+", bare) and len(bare) <= 30:
        number = float(bare.replace(",", "."))
        return int(number) if number.is_integer() else number
    return None


def _is_unit(unit: str, row: TableRow) -> bool:
    """ "%" of a percentage; the row's own unit, or what people say for it ("em", "người", "lớp"): at most two words."""
    if unit == "%":
        return True
    known = {"em", "hoc sinh", "hs", "nguoi", "lop", "phong", "tre", "gv", "giao vien", "truong", "diem", "diem truong"}
    return fold(unit).strip(" .") in known | {fold(row.unit)}
