"""Money as schools write it becomes whole đồng, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caitien.plan.money import format_vnd, parse_money


@pytest.mark.parametrize(
    ("printed", "vnd"),
    [
        ("27.499.000", 27_499_000),
        ("27,499,000", 27_499_000),
        ("5 000 000", 5_000_000),
        ("5000000", 5_000_000),
        ("35.000.000,00", 35_000_000),
        ("18,5 triệu đồng", 18_500_000),
        ("1.250 triệu", 1_250_000_000),
        ("1,2 tỷ", 1_200_000_000),
        ("1 tỷ 200 triệu", 1_200_000_000),
        ("15tr", 15_000_000),
        ("18tr5", 18_500_000),
        ("500k", 500_000),
        ("20.000 (nghìn đồng)", 20_000_000),
        ("15 trđ", 15_000_000),
        ("Kinh phí: Không", 0),
        ("1 triệu rưỡi", 1_500_000),
        ("3.000.000 đồng/năm", 3_000_000),
        ("02 máy tính: 30.000.000", 30_000_000),
        ("20 x 50.000đ = 1.000.000đ", 1_000_000),
        ("40.000.000 đồng (ngân sách 25.000.000; XHH 15.000.000)", 40_000_000),
        ("40 triệu đồng, trong đó ngân sách 25 triệu, xã hội hóa 15 triệu", 40_000_000),
        ("Ngân sách: 25.000.000đ; XHH: 15.000.000đ", 40_000_000),
        ("Tổng: 40 triệu; NSNN: 25 triệu; XHH: 15 triệu", 40_000_000),
        ("Không", 0),
        ("0", 0),
        ("0 đồng", 0),
        ("không cần kinh phí", 0),
        ("Chưa xác định", None),
        ("Không xác định", None),
        ("Chi khác", None),
        ("", None),
        ("-", None),
    ],
)
def test_what_schools_write_becomes_dong(printed: str, vnd: int | None) -> None:
    money = parse_money(printed)
    assert (money.vnd, money.understood) == (vnd, True)


@pytest.mark.parametrize("printed", ["một triệu rưỡi", "10 triệu - 15 triệu", "20 x 50.000đ", "12.5"])
def test_what_does_not_settle_an_amount_is_not_guessed(printed: str) -> None:
    money = parse_money(printed)
    assert (money.vnd, money.understood) == (None, False)


@pytest.mark.parametrize(
    ("printed", "unit", "vnd"),
    [
        ("18.500", 1_000, 18_500_000),
        ("18,5", 1_000_000, 18_500_000),
        ("5.000.000 đồng", 1_000, 5_000_000),
        ("12 triệu", 1_000, 12_000_000),
    ],
)
def test_the_unit_of_the_heading_counts_unless_the_cell_has_its_own(printed: str, unit: int, vnd: int) -> None:
    assert parse_money(printed, unit).vnd == vnd


def test_sources_and_their_parts_are_named() -> None:
    money = parse_money("40.000.000 đồng (ngân sách 25.000.000; XHH 15.000.000)")
    assert [(p.source, p.vnd) for p in money.parts] == [("ngân sách", 25_000_000), ("XHH", 15_000_000)]
    assert parse_money("27.499.000 (UBND thành phố)").sources == ("UBND thành phố",)


@given(st.integers(0, 10**14))
def test_an_amount_written_is_read_back(vnd: int) -> None:
    assert parse_money(format_vnd(vnd)).vnd == vnd


@given(st.text(max_size=80), st.sampled_from([1, 1_000, 1_000_000]))
def test_no_words_break_it_and_no_amount_is_negative(text: str, unit: int) -> None:
    money = parse_money(text, unit)
    assert money.vnd is None or money.vnd >= 0


def test_nothing_is_written_for_an_unknown_amount() -> None:
    assert (format_vnd(None), format_vnd(27_499_000)) == ("", "27.499.000 đồng")
