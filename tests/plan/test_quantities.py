"""Values of indicators are kept as written; a number is read beside them for a small bar."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caitien.plan.quantities import Quantity, reached, read_quantity, share_done, told_by


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("85%", 85, "%"),
        ("14 em", 14, "em"),
        ("6,5", 6.5, ""),
        ("6.5", 6.5, ""),
        ("1.200 cuốn", 1200, "cuon"),
        ("1.200,5", 1200.5, ""),
        ("≥ 90 %", 90, "%"),
        ("ít nhất 3 buổi", 3, "buoi"),
        ("18/20 lớp", 0.9, "lop"),
        ("0", 0, ""),
        ("-2", -2, ""),
    ],
)
def test_a_number_is_read_as_people_write_it(text, number, unit):
    assert read_quantity(text) == Quantity(number, unit)


@pytest.mark.parametrize("text", [None, "", "Tốt", "5 – 7 em", "15/10/2025", "3/0", "1.2.3", "từ 14 còn 6"])
def test_words_that_do_not_say_one_number_say_none(text):
    assert read_quantity(text) is None


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "share"),
    [
        ("14", "0", "6", 8 / 14),
        ("14 em", "0", "6 em", 8 / 14),
        ("60%", "80%", "70%", 0.5),
        (None, "80%", "40%", 0.5),
        ("", "10", "25", 1.0),
        ("60%", "80%", "50%", 0.0),
        ("5", "5", "5", 1.0),
    ],
)
def test_how_much_of_the_way_is_done(baseline, target, actual, share):
    assert share_done(baseline, target, actual) == pytest.approx(share)


@pytest.mark.parametrize(
    ("baseline", "target", "actual"),
    [
        ("14", "0", None),
        ("14", "0", "còn vài em"),
        ("60%", "14 em", "10 em"),
        (None, "0", "6"),
        ("nhiều", "0", "6"),
        ("5", "5", "4"),
    ],
)
def test_where_the_way_cannot_be_measured_there_is_no_bar(baseline, target, actual):
    assert share_done(baseline, target, actual) is None


def test_a_target_passed_is_reached():
    assert reached("14", "2", "0")
    assert not reached("14", "2", "3")


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Giảm số học sinh chưa hoàn thành từ 14 xuống 0", ("14", "0")),
        ("Tỉ lệ giáo viên đạt chuẩn tăng từ 85% lên 95%", ("85%", "95%")),
        ("Từ 14 em xuống còn 6 em", ("14", "6")),
        ("Thông tin thiếu giảm từ 12% xuống dưới 1%;", ("12%", "1%")),
        ("Từ 85% trở lên học sinh hoàn thành tốt", ("", "85%")),
        ("Có biên bản họp", ("", "")),
        ("70% khá, 20% giỏi", ("", "")),
    ],
)
def test_what_the_sentence_says_itself_is_proposed(sentence, said):
    assert told_by(sentence) == said


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_written_nothing_breaks(a, b, c):
    share = share_done(a, b, c)
    assert share is None or 0 <= share <= 1
    told_by(a)
