"""A time of 2025-2026 in 2026-2027: what is sure moves, what is not is said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caitien.plan.model import Period
from caitien.plan.periods import parse_period
from caitien.planning import move_period
from caitien.planning.moving import shift_years

FROM, TO = "2025-2026", "2026-2027"


def moved(text: str, **options):
    return move_period(parse_period(text, FROM), FROM, TO, **options)


@pytest.mark.parametrize(
    ("text", "new", "start", "end"),
    [
        ("08 – 11", "08 – 11", "2026-08", "2026-11"),
        ("10– 01", "10– 01", "2026-10", "2027-01"),
        ("09 -08", "09 -08", "2026-09", "2027-08"),
        ("15/10/2025", "15/10/2026", None, "2026-10-15"),
        ("Trước 15/10/2025", "Trước 15/10/2026", None, "2026-10-15"),
        ("15/10/25", "15/10/26", None, "2026-10-15"),
        ("Tháng 9/2025 – 10/2025", "Tháng 9/2026 – 10/2026", "2026-09", "2026-10"),
        ("T9-T11/2025", "T9-T11/2026", "2026-09", "2026-11"),
        ("T9/25", "T9/26", "2026-09", "2026-09"),
        ("01/4/2026 - 30/5/2026", "01/4/2027 - 30/5/2027", "2027-04-01", "2027-05-30"),
        ("Quý IV/2025", "Quý IV/2026", "2026-10", "2026-12"),
        ("2025-2026", "2026-2027", "2026-09-05", "2027-05-31"),
        ("Năm học 2025 – 2026", "Năm học 2026 – 2027", "2026-09-05", "2027-05-31"),
        ("Năm học 2025-26", "Năm học 2026-27", "2026-09-05", "2027-05-31"),
        ("2025-10-15", "2026-10-15", None, "2026-10-15"),
        ("Năm 2026", "Năm 2027", "2027-01", "2027-12"),
        ("HK I", "HK I", "2026-09-05", "2027-01-17"),
        ("Cuối HK I", "Cuối HK I", None, "2027-01-17"),
        ("Hằng tháng", "Hằng tháng", "2026-09-05", "2027-05-31"),
        ("Tuần 2 tháng 10/2025", "Tuần 2 tháng 10/2026", "2026-10-08", "2026-10-14"),
        ("Thường xuyên", "Thường xuyên", None, None),
        ("Hằng năm", "Hằng năm", None, None),
        ("Tháng 8 đến tháng 12 hằng năm.", "Tháng 8 đến tháng 12 hằng năm.", "2026-08", "2026-12"),
    ],
)
def test_what_is_sure_moves(text, new, start, end):
    result = moved(text)
    assert result.doubt is None
    assert (result.period.text, result.period.start, result.period.end) == (new, start, end)
    assert result.period.kind == parse_period(text, FROM).kind


@pytest.mark.parametrize(
    ("text", "doubt", "proposed"),
    [
        ("Tháng 9/2023 – 10/2023", "ghi năm 2023, đã cũ từ kế hoạch trước", "Tháng 9/2026 – 10/2026"),
        ("2023-2024", "ghi năm 2023, đã cũ từ kế hoạch trước", "2026-2027"),
        ("Giai đoạn 2025 - 2030", "kéo dài đến năm 2030, ngoài năm học cũ", None),
        ("Thứ Hai, 13/10/2025", "có ghi thứ trong tuần, sang năm không còn đúng ngày", None),
        ("Khi có kinh phí", "chưa hiểu là khi nào", None),
        ("Chưa xác định", "chưa có thời gian", None),
    ],
)
def test_what_is_not_sure_stays_as_printed_and_says_why(text, doubt, proposed):
    result = moved(text)
    assert (result.doubt, result.proposed, result.period.text) == (doubt, proposed, text)


def test_a_leap_day_is_not_moved_to_a_year_without_one():
    leap = parse_period("29/02/2028", "2027-2028")
    result = move_period(leap, "2027-2028", "2028-2029")
    assert result.doubt == "đổi thành “29/02/2029” thì không có ngày ấy"
    bare = Period(kind="deadline", end="2028-02-29")
    assert move_period(bare, "2027-2028", "2028-2029").doubt == "năm mới không có ngày 29/02"


def test_what_is_over_when_the_plan_is_made_is_said():
    result = moved("08 – 10", today=date(2026, 11, 22))
    assert result.doubt == "đã qua trước ngày lập kế hoạch (22/11/2026)"
    assert moved("08 – 11", today=date(2026, 11, 22)).doubt is None


def test_dates_that_a_person_corrected_move_with_the_words():
    corrected = Period(text="Đầu năm", kind="date_range", start="2025-09-08", end="2025-09-20")
    result = move_period(corrected, FROM, TO)
    assert (result.period.start, result.period.end) == ("2026-09-08", "2026-09-20")


def test_two_years_on():
    assert move_period(parse_period("15/10/2025", FROM), FROM, "2027-2028").period.end == "2027-10-15"


def test_the_period_given_does_not_change():
    period = parse_period("15/10/2025", FROM)
    before = period.model_copy(deep=True)
    move_period(period, FROM, TO)
    assert period == before


@pytest.mark.parametrize(
    ("text", "shifted"),
    [
        ("Thông tư 17/2025/TT-BGDĐT năm học 2025-2026", "Thông tư 17/2025/TT-BGDĐT năm học 2026-2027"),
        ("chiến lược 2025-2030", "chiến lược 2025-2030"),
        ("đạt 85% vào tháng 5/2026", "đạt 85% vào tháng 5/2027"),
        ("năm 2018", "năm 2018"),
        ("NĂM HỌC 2025- 2026", "NĂM HỌC 2026- 2027"),
    ],
)
def test_only_the_years_of_the_school_year_move_in_words(text, shifted):
    assert shift_years(text, (2025, 2026), 1) == shifted


@given(
    st.dates(date(2025, 9, 1), date(2026, 5, 31)),
    st.sampled_from(["{0:%d/%m/%Y}", "Trước {0:%d/%m/%Y}", "{0:%d/%m/%y}"]),
)
def test_a_day_of_the_year_comes_back_a_year_later(day, pattern):
    result = moved(pattern.format(day))
    assert result.period.end == day.replace(year=day.year + 1).isoformat()


@given(st.text(max_size=40))
def test_any_words_are_moved_or_doubted_and_never_lost(text):
    result = moved(text)
    assert result.doubt is None or isinstance(result.doubt, str)
    if result.doubt and result.period.kind == "unknown" and "20" not in text:
        assert result.period.text == parse_period(text, FROM).text
