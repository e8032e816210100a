"""Whatever the numbers and the words are: valid XML, nothing beyond the edge, no word upon another, no "nan"."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caitien.drawing import BarPicture, BarRow, Key, Month, MonthPicture, Segment, Track, draw_bars, draw_months
from caitien.drawing.ink import INKS
from caitien.drawing.scale import MONEY_UNITS, in_unit, unit_for
from drawing.svg import outside, overlapping, parsed

VALUES = st.one_of(
    st.integers(-(10**20), 10**20),
    st.integers(0, 60),
    st.floats(allow_nan=True, allow_infinity=True),
    st.just(0),
    st.decimals(allow_nan=True),
)
WORDS = st.one_of(
    st.text(max_size=300),
    st.sampled_from(
        [
            "Tiêu chuẩn 1. Tổ chức và quản lý nhà trường",
            "Tiêu chuẩn 4. Mối quan hệ giữa nhà trường, gia đình và xã hội; công tác xã hội hóa giáo dục ở địa phương",
            "Quỹ" + "ơ" * 120,
            "<script>alert(1)</script> & “ngoặc” ]]>",
            "\x00\x0b\ud800 ￿",
            "",
        ]
    ),
)
SEGMENTS = st.builds(Segment, st.sampled_from(sorted(INKS)), VALUES, st.sampled_from(["", "7", "128", "27,5"]))
ROWS = st.builds(
    BarRow, WORDS, st.lists(st.builds(Track, st.lists(SEGMENTS, max_size=4), st.sampled_from(["", "12 mục", "1.250,5"])), max_size=3)
)  # fmt: skip
KEYS = st.lists(st.builds(Key, st.sampled_from(sorted(INKS)), WORDS), max_size=6)
WIDTHS = st.sampled_from([300.0, 330.0, 540.0, 760.0])


@settings(deadline=None)
@given(st.lists(ROWS, max_size=8), KEYS, WORDS, WIDTHS, st.booleans())
def test_lying_bars_hold_together(rows, keys, words, width, alone):
    picture = BarPicture("tranh", words, words, rows, keys, unit=words, nothing=words)
    svg = draw_bars(picture, width, alone=alone)
    root = parsed(svg)
    assert outside(root) == []
    assert overlapping(root) == []
    assert "nan" not in [value for element in root.iter() for value in element.attrib.values()]


@settings(deadline=None)
@given(
    st.lists(
        st.builds(Month, st.sampled_from(["T9", "T12"]), st.sampled_from(["9", "12"]), st.sampled_from(["2025", "2026"]),
                  st.tuples(VALUES, VALUES), st.booleans()),
        max_size=14,
    ),
    WORDS,
    WIDTHS,
    st.booleans(),
)  # fmt: skip
def test_months_hold_together(months, words, width, alone):
    keys = (Key("load", words), Key("due", words))
    svg = draw_months(MonthPicture("thang", words, words, months, keys, unit="mục", nothing=words), width, alone=alone)
    root = parsed(svg)
    assert outside(root) == []
    assert overlapping(root) == []


@pytest.mark.parametrize("amount", [0, 1, 999, 27_499_000, 10**12, 9 * 10**18, 10**30, -5_000_000, Decimal("12.5")])
def test_the_numbers_of_an_axis_stand_apart_however_long_they_are(amount):
    unit, name = unit_for(float(amount), MONEY_UNITS)
    rows = [BarRow("Ngân sách nhà nước", [Track([Segment("planned", amount)], in_unit(amount, unit))])]
    picture = BarPicture("tien", "Tiền", "Tiền", rows, unit=name, said=lambda value: in_unit(value, unit))
    for width in (300.0, 540.0):
        root = parsed(draw_bars(picture, width))
        assert outside(root) == []
        assert overlapping(root) == []
