"""A time cell to dates, after the conventions of docs/reading.md."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caitien.plan.periods import parse_period, period_from

YEAR = "2025-2026"


@pytest.mark.parametrize(
    ("printed", "kind", "start", "end"),
    [
        ("08 – 11", "month_range", "2025-08", "2025-11"),
        ("10– 01", "month_range", "2025-10", "2026-01"),
        ("09 -08", "month_range", "2025-09", "2026-08"),
        ("08/2024 – 11/2024", "month_range", "2024-08", "2024-11"),
        ("Từ tháng \n9 đến \ntháng 12 \nhằng \nnăm.", "month_range", "2025-09", "2025-12"),
        ("T9-T11/2025", "month_range", "2025-09", "2025-11"),
        ("T11 - T2/2026", "month_range", "2025-11", "2026-02"),
        ("Tháng 9/2025 – 10/2025", "month_range", "2025-09", "2025-10"),
        ("Tháng 9, 10, 11/2025", "month_range", "2025-09", "2025-11"),
        ("Đợt 1: 10/2025; đợt 2: 3/2026", "month_range", "2025-10", "2026-03"),
        ("Từ tháng 9 đến hết năm học", "month_range", "2025-09", "2026-05-31"),
        ("01/4/2026 - 30/5/2026", "date_range", "2026-04-01", "2026-05-30"),
        ("15-20/10/2025", "date_range", "2025-10-15", "2025-10-20"),
        ("Từ 5/9 đến 20/11", "date_range", "2025-09-05", "2025-11-20"),
        ("Tháng 10", "month", "2025-10", "2025-10"),
        ("09", "month", "2025-09", "2025-09"),
        ("Trong tháng 3", "month", "2026-03", "2026-03"),
        ("Đầu năm học", "month", "2025-09", "2025-09"),
        ("Giữa HK I", "month", "2025-11", "2025-11"),
        ("15.10.2025", "deadline", None, "2025-10-15"),
        ("2025-10-15 00:00:00", "deadline", None, "2025-10-15"),
        ("Ngày 15 tháng 10 năm 2025", "deadline", None, "2025-10-15"),
        ("Trước 15/10/2025", "deadline", None, "2025-10-15"),
        ("Trước 15/6", "deadline", None, "2026-06-15"),
        ("Hết tháng 12/2025", "deadline", None, "2025-12"),
        ("Cuối HK I", "deadline", None, "2026-01-17"),
        ("Cuối học kỳ I và cuối năm học", "deadline", None, "2026-05-31"),
        ("HK I", "term", "2025-09-05", "2026-01-17"),
        ("HKII", "term", "2026-01-19", "2026-05-31"),
        ("Học kỳ 1", "term", "2025-09-05", "2026-01-17"),
        ("HK I, HK II", "term", "2025-09-05", "2026-05-31"),
        ("Cả năm học", "school_year", "2025-09-05", "2026-05-31"),
        ("2023-\n2024", "school_year", "2023-09-05", "2024-05-31"),
        ("Năm học 2026-2027", "school_year", "2026-09-05", "2027-05-31"),
        ("Quý IV/2025", "quarter", "2025-10", "2025-12"),
        ("Quý III - IV/2025", "quarter", "2025-07", "2025-12"),
        ("Năm 2026", "year", "2026-01", "2026-12"),
        ("Tuần 2 tháng 10/2025", "week", "2025-10-08", "2025-10-14"),
        ("Hằng tháng", "recurring", "2025-09-05", "2026-05-31"),
        ("ngày 25 hằng tháng", "recurring", "2025-09-05", "2026-05-31"),
        ("Mỗi học kỳ 1 lần", "recurring", "2025-09-05", "2026-05-31"),
        ("Thường xuyên", "ongoing", None, None),
        ("Hằng năm", "yearly", None, None),
        ("", "none", None, None),
        ("Chưa xác định", "none", None, None),
        ("31/02", "unknown", None, None),
        ("Tháng 13", "unknown", None, None),
        ("Tuần 5 đến tuần 10", "unknown", None, None),
        ("Sau khi có quyết định", "unknown", None, None),
        ("2 lớp", "unknown", None, None),
    ],
)
def test_what_schools_write_becomes_dates(printed: str, kind: str, start: str | None, end: str | None) -> None:
    period = parse_period(printed, YEAR)
    assert (period.kind, period.start, period.end) == (kind, start, end)


@pytest.mark.parametrize(
    ("printed", "often"),
    [
        ("Hằng tháng", "monthly"),
        ("1 lần/tuần", "weekly"),
        ("Hằng quý", "quarterly"),
        ("2 lần/năm", "termly"),
        ("Tháng 6 đến tháng 9 hằng năm.", "yearly"),
        ("Thường xuyên trong năm học", "continuous"),
        ("HK I", None),
    ],
)
def test_how_often_is_kept(printed: str, often: str | None) -> None:
    assert parse_period(printed, YEAR).recurrence == often


def test_the_words_stay_as_printed() -> None:
    assert parse_period(" Từ  tháng 9\nđến 11 ", YEAR).text == "Từ tháng 9 đến 11"


def test_without_a_school_year_nothing_is_guessed() -> None:
    assert (parse_period("08 – 11").start, parse_period("HK I").end) == (None, None)
    assert parse_period("08/2024 – 11/2024").end == "2024-11"


def test_two_columns_make_one_period() -> None:
    period = period_from("15/9/2025", "30/11/2025", YEAR)
    assert (period.text, period.start, period.end) == ("15/9/2025 - 30/11/2025", "2025-09-15", "2025-11-30")
    assert period_from("", "30/11/2025", YEAR).kind == "deadline"
    assert period_from("9/2025", "", YEAR).end is None


WORDS = st.sampled_from(
    ["tháng", "T", "từ", "đến", "HK", "I", "II", "trước", "hết", "cuối", "quý", "tuần", "năm học", "hằng", "9", "10", "31", "02", "2025", "/", "-", " ", "–", ",", "\n"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=12).map("".join) | st.text(max_size=60))
def test_no_words_break_it_and_reading_its_own_text_again_changes_nothing(text: str) -> None:
    period = parse_period(text, YEAR)
    assert parse_period(period.text, YEAR) == period
    if period.start and period.end:
        assert period.start[:7] <= period.end[:7]


@given(st.integers(1, 12), st.integers(1, 12))
def test_two_months_lie_in_the_school_year_in_their_order(first: int, last: int) -> None:
    period = parse_period(f"{first:02d} – {last:02d}", YEAR)
    assert period.start == f"{2025 if first >= 6 else 2026}-{first:02d}"
    assert period.end is not None
    assert period.end[5:] == f"{last:02d}"
    assert period.start <= period.end < f"{int(period.start[:4]) + 1}-{first:02d}"


@pytest.mark.parametrize(
    ("printed", "start", "end"),
    [
        ("Hè 2026", "2026-06", "2026-08"),
        ("Trong hè năm 2026", "2026-06", "2026-08"),
        ("6 tháng cuối năm 2025", "2025-07", "2025-12"),
        ("6 tháng đầu năm 2026", "2026-01", "2026-06"),
        ("Q4/2025", "2025-10", "2025-12"),
        ("Quý III+IV/2025", "2025-07", "2025-12"),
        ("Học kỳ I: tháng 10; học kỳ II: tháng 3", "2025-10", "2026-03"),
    ],
)
def test_parts_of_the_year_have_their_months(printed: str, start: str, end: str) -> None:
    period = parse_period(printed, "2025-2026")
    assert (period.kind != "unknown", period.start, period.end) == (True, start, end)
