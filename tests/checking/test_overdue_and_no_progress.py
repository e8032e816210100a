"""Deadlines that have passed, and rows that do not say how far they are."""

from __future__ import annotations

from datetime import date

import pytest

from caitien.plan.model import ImprovementPlan, Progress
from caitien.plan.periods import parse_period
from caitien.plan.progress import parse_progress
from checking.building import TODAY, YEAR, clean_plan, found


def with_row(time: str, progress: str) -> ImprovementPlan:
    plan = clean_plan()
    plan.actions[1].period = parse_period(time, YEAR)
    plan.actions[1].progress = parse_progress(progress)
    return plan


@pytest.mark.parametrize("progress", ["Đang thực hiện", "Chưa thực hiện", "Đã triển khai một phần", "60%", ""])
def test_a_passed_deadline_is_found_while_the_work_is_not_done(progress: str) -> None:
    (finding,) = found(with_row("Trước 15/10/2025", progress), "overdue")
    assert (finding.action, finding.field) == (1, "progress")
    assert "15/10/2025" in finding.message


@pytest.mark.parametrize(
    "progress",
    ["Hoàn thành", "Đã thực hiện xong", "Không thực hiện", "Đã ký quy chế phối hợp", "Đã đăng ký lớp", "100%"],
)
def test_what_is_done_or_may_be_done_is_not_overdue(progress: str) -> None:
    assert found(with_row("Trước 15/10/2025", progress), "overdue") == []


def test_the_day_of_the_deadline_and_the_last_day_of_the_month_are_in_time() -> None:
    assert found(with_row("Trước 20/11/2025", "Đang thực hiện"), "overdue", TODAY) == []
    assert found(with_row("Hết tháng 11/2025", "Đang thực hiện"), "overdue", date(2025, 11, 30)) == []
    assert len(found(with_row("Hết tháng 11/2025", "Đang thực hiện"), "overdue", date(2025, 12, 1))) == 1


def test_what_has_no_end_is_never_overdue() -> None:
    plan = with_row("Thường xuyên", "Đang thực hiện")
    plan.actions = plan.actions[:2]
    assert found(plan, "overdue", date(2030, 1, 1)) == []


def test_a_deadline_without_words_is_said_as_a_date() -> None:
    plan = with_row("", "Đang thực hiện")
    plan.actions[1].period.end = "2025-10-15"
    assert "đã quá hạn (hạn 15/10/2025)" in found(plan, "overdue")[0].message


def test_a_stale_date_is_not_called_overdue_as_well() -> None:
    assert found(with_row("08/2024 – 11/2024", "Đang thực hiện"), "overdue") == []


def test_after_the_school_year_one_finding_speaks_of_all_rows() -> None:
    plan = with_row("Trước 15/10/2025", "Đang thực hiện")
    (finding,) = found(plan, "overdue", date(2026, 10, 1))
    assert finding.action is None
    assert "3 mục" in finding.message


def test_a_layout_without_progress_is_not_overdue() -> None:
    plan = with_row("Trước 15/10/2025", "")
    for action in plan.actions:
        action.progress = Progress()
    assert found(plan, "overdue") == []
    assert found(plan, "no-progress") == []


def test_a_layout_without_progress_is_a_hint_once_the_first_term_is_over() -> None:
    plan = clean_plan()
    for action in plan.actions:
        action.progress = Progress()
    (finding,) = found(plan, "no-progress", date(2026, 2, 1))
    assert finding.action is None


def test_a_row_that_has_begun_and_says_nothing_is_a_hint() -> None:
    (finding,) = found(with_row("09/2025 – 05/2026", ""), "no-progress")
    assert (finding.action, finding.severity) == (1, "hint")


def test_a_row_that_has_not_begun_need_not_say_anything() -> None:
    assert found(with_row("HK II", ""), "no-progress") == []
