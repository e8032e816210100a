"""Section numbers that jump or come twice: I, II, III, then VI."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caitien.checking.rule import Context, Rule, finding
from caitien.plan.model import Finding, Fix

_HEADING = re.compile(r"^\s*((?:phần|mục|chương)\s+)?([IVX]{1,5})(?=\s*[.:)/–—-]|\s+[^\W\d_])", re.IGNORECASE)
_VALUES = {"I": 1, "V": 5, "X": 10}


def _find(context: Context) -> Iterator[Finding]:
    sections = context.plan.sections
    numbers = [_number(text) for text in sections]
    expected = 0
    for i, number in enumerate(numbers):
        if number is None:
            continue
        if number == 1 or number == expected + 1:  # an annex begins again at I
            expected = number
            continue
        if expected == 0:  # the first heading that was found: what stood before is not known
            expected = number
            continue
        before = _roman(expected)
        said = (
            f"Số mục {_roman(number)} in hai lần"
            if number == expected
            else f"Số mục nhảy từ {before} sang {_roman(number)}"
        )
        renumbered = _renumbered(sections, numbers, i, expected + 1 - number)
        yield finding(
            RULE.id,
            RULE.severity,
            f"{said} ở “{sections[i]}”: thiếu một mục hoặc đánh số nhầm (đúng thứ tự phải là {_roman(expected + 1)}).",
            field="sections",
            quote=sections[i],
            fixes=[Fix(label=f"Đánh số lại từ mục {_roman(expected + 1)}", path="/sections", value=renumbered)],
        )
        expected = number


def _renumbered(sections: list[str], numbers: list[int | None], start: int, shift: int) -> list[str]:
    """The headings with the numbers from `start` on moved by `shift`, up to where they begin again at I."""
    out = list(sections)
    for i in range(start, len(sections)):
        number = numbers[i]
        if number == 1 and i > start:
            break
        if number is not None and number + shift > 0:
            match = _HEADING.match(sections[i])
            if match:
                out[i] = sections[i][: match.start(2)] + _roman(number + shift) + sections[i][match.end(2) :]
    return out


def _number(text: str) -> int | None:
    match = _HEADING.match(text)
    if match is None:
        return None
    values = [_VALUES[letter] for letter in match[2].upper()]
    total = sum(-v if any(v < later for later in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
    return total if _roman(total) == match[2].upper() else None


def _roman(number: int) -> str:
    signs = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    out = ""
    for value, sign in signs:
        count, number = divmod(number, value)
        out += sign * count
    return out


RULE = Rule(
    id="section-jump",
    severity="warning",
    title="Số mục nhảy cóc",
    explanation="Các mục lớn đánh số La Mã phải liền nhau. Nhảy số thường là do xóa một mục của văn bản năm trước hoặc chép thiếu.",
    source="Nghị định 30/2020/NĐ-CP, Phụ lục I: bố cục văn bản theo phần, chương, mục, đánh số liên tục",
    find=_find,
)
