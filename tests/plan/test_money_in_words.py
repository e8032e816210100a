"""Amounts in words: read when every word is one of numbers, never when they are vague."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caitien.plan.money import parse_money
from caitien.plan.money_words import amount_in_words

ONES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def said(vnd: int) -> str:
    """An amount as it stands under "bằng chữ" in Vietnamese papers, with nothing but its đồng left out."""
    words: list[str] = []
    for scale, name in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, vnd = divmod(vnd, scale)
        if group:
            words += [_group(group, first=not words), name]
    return " ".join(word for word in words if word) + " đồng"


def _group(number: int, *, first: bool) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [] if first and not hundreds else [ONES[hundreds], "trăm"]
    if tens == 0 and ones and words:
        words += ["linh", ONES[ones]]
    elif tens == 1:
        words += ["mười", *(["lăm"] if ones == 5 else [ONES[ones]] if ones else [])]
    elif tens:
        words += [ONES[tens], "mươi", *({1: ["mốt"], 5: ["lăm"], 0: []}.get(ones, [ONES[ones]]))]
    elif ones:
        words.append(ONES[ones])
    return " ".join(words)


@pytest.mark.parametrize(
    ("printed", "vnd"),
    [
        ("một triệu rưỡi", 1_500_000),
        ("Một triệu rưỡi đồng.", 1_500_000),
        ("triệu rưỡi", 1_500_000),
        ("nửa triệu", 500_000),
        ("một triệu hai", 1_200_000),
        ("ba triệu tư", 3_400_000),
        ("hai triệu năm trăm nghìn", 2_500_000),
        ("hai mươi lăm triệu đồng", 25_000_000),
        ("hai lăm triệu", 25_000_000),
        ("Hai mươi bảy triệu bốn trăm chín mươi chín nghìn đồng", 27_499_000),
        ("một tỷ hai trăm linh năm triệu", 1_205_000_000),
        ("năm trăm ngàn đồng chẵn", 500_000),
        ("Bằng chữ: Mười lăm triệu đồng", 15_000_000),
        ("khoảng mười triệu", 10_000_000),
    ],
)
def test_words_of_an_amount_are_read(printed: str, vnd: int) -> None:
    assert amount_in_words(printed) == vnd


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "vài triệu",
        "dăm triệu",
        "mấy chục triệu",
        "hai ba triệu",
        "ba bốn triệu",
        "năm sáu triệu",
        "hai triệu ba triệu",
        "theo thực tế",
        "một trăm",
        "1 triệu rưỡi",
        "triệu",
        "năm học",
        "hai trăm linh không triệu",
        "mười triệu - mười lăm triệu",
    ],
)
def test_vague_words_and_other_words_are_none(printed: str) -> None:
    assert amount_in_words(printed) is None


@given(st.integers(1, 999_999_999).map(lambda n: n * 1000))
def test_what_a_cashier_writes_in_words_is_read_back(vnd: int) -> None:
    assert amount_in_words(said(vnd)) == vnd


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from([*ONES, "mươi", "trăm", "triệu", "nghìn", "tỷ", "rưỡi", "linh", "nửa"])).map(" ".join)
)
def test_no_words_break_it(text: str) -> None:
    amount = amount_in_words(text)
    assert amount is None or amount > 0


def test_money_itself_still_does_not_guess_at_words() -> None:
    assert (parse_money("một triệu rưỡi").vnd, parse_money("một triệu rưỡi").understood) == (None, False)
