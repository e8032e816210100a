"""Dates, money and sizes are said as a school says them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from caitien.web.ui import vietnamese


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (27_499_000, "27.499.000 đồng"),
        (0, "không cần kinh phí"),
        (None, "chưa xác định"),
    ],
)
def test_money(value, said):
    assert vietnamese.money(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (27_499_000, "27,5 triệu đồng"),
        (18_000_000, "18 triệu đồng"),
        (1_200_000_000, "1,2 tỷ đồng"),
        (500_000, "500.000 đồng"),
    ],
)
def test_money_in_short(value, said):
    assert vietnamese.money_short(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2025-10-15", "15/10/2025"),
        ("2025-10", "10/2025"),
        (date(2026, 1, 5), "05/01/2026"),
        ("hằng năm", "hằng năm"),
        (None, ""),
    ],
)
def test_days(value, said):
    assert vietnamese.day(value) == said


def test_the_time_is_that_of_vietnam():
    page = Template("{{ moment|ngay_gio }}").render(Context({"moment": datetime(2026, 11, 22, 18, 5, tzinfo=UTC)}))
    assert page == "23/11/2026 01:05"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2025-09", "2025-11", "từ 09/2025 đến 11/2025"),
        (None, "2025-10-15", "hạn 15/10/2025"),
        ("2025-10", "2025-10", "10/2025"),
        (None, None, ""),
    ],
)
def test_what_was_derived_from_a_period(start, end, said):
    assert vietnamese.derived_period(start, end) == said


def test_a_status_is_a_word_and_a_drawing_not_only_a_colour():
    page = Template('{% status "overdue" %}').render(Context())
    assert "Quá hạn" in page
    assert "icons.svg#alert" in page


def test_what_a_user_typed_is_never_markup():
    page = Template("{% code name %}{% people names %}{% period time %}").render(
        Context({"name": "<b>", "names": ["<i>"], "time": {"text": "<u>", "end": "2025-10"}})
    )
    assert "<b>" not in page
    assert "<i>" not in page
    assert "<u>" not in page


@pytest.mark.parametrize(
    ("text", "iso", "named"),
    [
        ("15/9/2026 - 31/5/2027", "2027-05-31", True),
        ("Trước 31.03.2027", "2027-03-31", True),
        ("Tháng 9/2026 – 12/2026", "2026-12", True),
        ("08 – 11", "2025-11", False),
        ("HK I", "2027-01-17", False),
        ("131/5/2027", "2027-05-31", False),
        ("31/5/20271", "2027-05-31", False),
        ("", "2027-05-31", False),
        ("Cả năm học", None, False),
    ],
)
def test_a_day_that_the_words_name_is_not_said_twice(text, iso, named):
    assert vietnamese.names_day(text, iso) is named
