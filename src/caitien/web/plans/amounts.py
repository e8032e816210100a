"""An amount of money typed into a budget line: what it is in whole đồng, or what has to be asked. Values only."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from caitien.plan.money import format_vnd, parse_money
from caitien.plan.money_words import amount_in_words
from caitien.plan.text import fold, one_space

ABSURD = 1_000_000_000_000  # đồng; a thousand billion is the budget of a province's schools, not a line of one school
LARGE = 20_000_000_000  # đồng; more than a school building: rather a zero too many


@dataclass(frozen=True, slots=True)
class Amount:
    """`vnd`: whole đồng, None when nothing was written. `problem`: why it cannot be kept. `ask`: what has to be confirmed."""

    vnd: int | None = None
    problem: str = ""
    ask: str = ""


def read_amount(text: str | None) -> Amount:
    """Reads "18,5 triệu", "1,2 tỷ", "2.500.000", "Không", "một triệu rưỡi". What is not certain is asked, never guessed."""
    words = one_space(text)
    if not re.search(r"\w", words):
        return Amount(problem=_("“%s” không phải là số tiền.") % words) if words else Amount()
    if re.match(r"[-–−]\s*\d", words) or re.match(r"(am|tru) ", fold(words)):
        return Amount(problem=_("Số tiền không thể âm. Hãy ghi số tiền lớn hơn 0, hoặc ghi 0 nếu không cần kinh phí."))
    if re.fullmatch(r"\d{13,}", re.sub(r"[\s.,]", "", words)):
        return Amount(problem=_too_much(words))
    money = parse_money(words)
    if money.vnd is None:
        spoken = amount_in_words(words)
        if spoken is not None:
            return _asked(words, spoken)
        return Amount(problem=_unclear(words))
    if money.vnd >= ABSURD:
        return Amount(problem=_too_much(words))
    if money.vnd > LARGE or not money.understood or len(re.findall(r"\d[\d.,]*", words)) > 1:
        return _asked(words, money.vnd)
    return Amount(money.vnd)


def _asked(words: str, vnd: int) -> Amount:
    if vnd >= ABSURD:
        return Amount(problem=_too_much(words))
    said = {"words": words, "amount": format_vnd(vnd)}
    return Amount(
        vnd, ask=_("“%(words)s” là %(amount)s, đúng không? Đúng thì bấm Lưu lần nữa, không thì ghi lại.") % said
    )


def _too_much(words: str) -> str:
    return _("“%s” lớn hơn một nghìn tỷ đồng, chắc thừa số 0. Hãy xem lại.") % words


def _unclear(words: str) -> str:
    if re.fullmatch(r"\d+([.,]\d+)?", words):
        return _(
            "“%(words)s” chưa rõ là bao nhiêu. Hãy ghi cả đơn vị: %(words)s triệu, %(words)s nghìn hoặc ghi đủ các số 0."
        ) % {"words": words}
    return (
        _("Chưa hiểu “%s” là bao nhiêu tiền. Hãy ghi như 2.500.000 hoặc 18,5 triệu; không cần tiền thì ghi 0.") % words
    )
