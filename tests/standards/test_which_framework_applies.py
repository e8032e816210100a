"""Which framework applied on a day, and which one a plan was made after."""

from __future__ import annotations

from datetime import date

import pytest

from caitien import standards

ALL_27 = [c.code for c in standards.load("tt17-2018-tieu-hoc").criteria]
TT17, TT18, TT19 = "17/2018/TT-BGDĐT", "18/2018/TT-BGDĐT", "19/2018/TT-BGDĐT"
TT22, TT57 = "22/2024/TT-BGDĐT", "57/2026/TT-BGDĐT"


@pytest.mark.parametrize(
    ("level", "day", "expected"),
    [
        ("tieu_hoc", date(2018, 10, 9), None),
        ("tieu_hoc", date(2018, 10, 10), "tt17-2018-tieu-hoc"),
        ("tieu_hoc", date(2025, 1, 24), "tt17-2018-tieu-hoc"),
        ("tieu_hoc", date(2025, 1, 25), "tt17-2024-tieu-hoc"),
        ("tieu_hoc", date(2026, 7, 6), "tt17-2024-tieu-hoc"),
        ("tieu_hoc", date(2026, 7, 7), "tt57-2026-pho-thong"),
        ("mam_non", date(2026, 9, 5), "tt57-2026-mam-non"),
        ("gdtx", date(2026, 9, 5), "tt57-2026-gdtx"),
        ("gdtx", date(2024, 9, 5), None),
        ("thpt", date(2020, 9, 5), "tt18-2018-trung-hoc"),
        ("nhieu_cap", date(2020, 9, 5), "tt18-2018-trung-hoc"),
        ("th_thcs", date(2027, 9, 5), "tt57-2026-pho-thong"),
        ("dai_hoc", date(2027, 9, 5), None),
    ],
)
def test_the_framework_of_a_school_level_on_a_day(level: str, day: date, expected: str | None) -> None:
    assert standards.framework_on(level, day) == expected


@pytest.mark.parametrize(
    ("level", "cited", "year", "codes", "expected"),
    [
        # a real case: the amendment is cited, and the 27 criteria of before are used
        ("tieu_hoc", [TT17, TT22, TT18, TT19], "2025-2026", [*ALL_27, "M4.1", "M4.5"], "tt17-2018-tieu-hoc"),
        ("tieu_hoc", [TT17], "2023-2024", ["1.1", "2.3", "5.5"], "tt17-2018-tieu-hoc"),
        ("tieu_hoc", [TT17, TT22], "2025-2026", ["1.1", "3.3", "5.5"], "tt17-2024-tieu-hoc"),
        ("tieu_hoc", [], "2025-2026", ["1.10", "5.5"], "tt17-2024-tieu-hoc"),
        ("thcs", [TT57], "2026-2027", ["1.1", "3.5", "4.3"], "tt57-2026-pho-thong"),
        # the new circular in the head, an old one among the grounds
        ("thcs", [TT57, TT18], "2026-2027", ["1.4", "3.5", "4.3"], "tt57-2026-pho-thong"),
        # last year's file with a new head
        ("tieu_hoc", [TT57], "2026-2027", ALL_27, "tt17-2018-tieu-hoc"),
        # one slip of the pen among codes is no other framework
        ("thcs", [TT57], "2026-2027", ["1.1", "3.5", "4.3", "6.1"], "tt57-2026-pho-thong"),
        ("thcs", [], "2026-2027", ["1.1", "3.5", "4.2", "5.1"], "tt57-2026-pho-thong"),
        ("mam_non", [], "2019-2020", ["5.4"], "tt19-2018-mam-non"),
        ("th_thcs", [TT18], "2022-2023", ["5.6"], "tt18-2018-trung-hoc"),
        ("gdtx", [], "2026-2027", ["1.1"], "tt57-2026-gdtx"),
        # the level is not known: the first circular that is for one kind of school says it
        (None, [TT19], "2022-2023", [], "tt19-2018-mam-non"),
        (None, [TT22, TT17, TT18, TT19], "2025-2026", ALL_27, "tt17-2018-tieu-hoc"),
        # too little is known
        (None, [], "2026-2027", ["1.1"], None),
        (None, [TT57], "2026-2027", ["1.1"], None),
        ("tieu_hoc", [], None, [], None),
        ("gdtx", [], "2023-2024", ["1.1"], None),
        ("dai_hoc", [TT57], "2026-2027", ["1.1"], None),
    ],
)
def test_the_framework_that_a_plan_was_made_after(
    level: str | None, cited: list[str], year: str | None, codes: list[str], expected: str | None
) -> None:
    assert standards.guess_framework(level, cited, year, codes) == expected


@pytest.mark.parametrize(
    ("year", "day"),
    [("2025-2026", date(2025, 9, 5)), ("2025 - 2026", date(2025, 9, 5)), (None, None), ("", None), ("năm nay", None)],
)
def test_a_school_year_begins_on_the_fifth_of_september(year: str | None, day: date | None) -> None:
    assert standards.school_year_day(year) == day
