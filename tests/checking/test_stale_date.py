"""Dates that were copied from a past year."""

from __future__ import annotations

import pytest

from caitien.checking import apply_fix
from caitien.plan.model import ImprovementPlan
from caitien.plan.periods import parse_period
from checking.building import YEAR, clean_plan, found


def with_time(text: str) -> ImprovementPlan:
    plan = clean_plan()
    plan.actions[1].period = parse_period(text, YEAR)
    return plan


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("08/2024 – 11/2024", "08/2025 – 11/2025"),
        ("09/2024 – 05/2025", "09/2025 – 05/2026"),
        ("Trước 15/10/2024", "Trước 15/10/2025"),
        ("2023-2024", "2025-2026"),
        ("Quý IV/2023", "Quý IV/2025"),
    ],
)
def test_a_period_of_a_past_year_is_found_and_can_be_moved(text: str, mended: str) -> None:
    plan = with_time(text)
    (finding,) = found(plan, "stale-date")
    assert (finding.action, finding.field, finding.quote, finding.severity) == (1, "period", text, "error")
    after = apply_fix(plan, finding.fixes[0])
    assert after.actions[1].period == parse_period(mended, YEAR)
    assert found(after, "stale-date") == []


@pytest.mark.parametrize(
    "text",
    [
        "08 – 11",
        "Tháng 6 đến tháng 9 hằng năm",
        "08/2025 – 11/2025",
        "Tháng 6/2025",
        "09/2024 – 12/2025",  # goes on from last year
        "01/4/2026 - 30/5/2026",
        "Thường xuyên",
        "",
        "Năm 2025",
    ],
)
def test_a_period_of_this_year_is_left_alone(text: str) -> None:
    assert found(with_time(text), "stale-date") == []


def test_last_years_date_of_issue_is_found() -> None:
    plan = clean_plan()
    plan.document.date = "2024-09-10"
    (finding,) = found(plan, "stale-date")
    assert finding.field == "document.date"
    assert "10/09/2024" in finding.message


def test_a_plan_to_be_made_for_a_past_year_is_a_hint() -> None:
    plan = clean_plan()
    plan.actions[1].measures = ["Xây dựng kế hoạch bồi dưỡng giáo viên năm học 2023-2024"]
    (finding,) = found(plan, "stale-date")
    assert (finding.severity, finding.field) == ("hint", "measures")


@pytest.mark.parametrize(
    "text",
    [
        "Rà soát kết quả thực hiện kế hoạch năm học 2024-2025",
        "Khắc phục hạn chế nêu trong báo cáo tự đánh giá năm học 2024-2025",
        "So với năm học 2023-2024, tăng 5% học sinh hoàn thành tốt",
        "Máy tính mua từ năm 2014; hồ sơ năm 2024 đã quét xong",
        "Thực hiện Thông tư 22/2024/TT-BGDĐT ngày 10/12/2024",
        "Xây dựng kế hoạch giáo dục năm học 2025-2026",
    ],
)
def test_what_looks_back_is_in_order(text: str) -> None:
    plan = clean_plan()
    plan.actions[1].measures = [text]
    plan.actions[2].content = text
    assert found(plan, "stale-date") == []


def test_without_a_school_year_nothing_can_be_said() -> None:
    plan = with_time("08/2024 – 11/2024")
    plan.school_year = None
    assert found(plan, "stale-date") == []
