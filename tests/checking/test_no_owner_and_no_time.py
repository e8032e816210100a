"""Rows without a person and rows without a time."""

from __future__ import annotations

import pytest

from caitien.plan.periods import parse_period
from checking.building import YEAR, clean_plan, found


@pytest.mark.parametrize("people", [[], ["…"], ["-"], [" "]])
def test_a_row_without_an_owner_is_found(people: list[str]) -> None:
    plan = clean_plan()
    plan.actions[3].responsible = people
    (finding,) = found(plan, "no-owner")
    assert (finding.action, finding.severity) == (3, "error")
    assert finding.message == "Mục 4 (tiêu chí 5.5): chưa có người phụ trách."


def test_helpers_do_not_make_an_owner() -> None:
    plan = clean_plan()
    plan.actions[3].responsible, plan.actions[3].collaborators = [], ["Công đoàn"]
    (finding,) = found(plan, "no-owner")
    assert "Công đoàn" in finding.message


def test_a_plan_without_owners_gives_one_finding() -> None:
    plan = clean_plan()
    for action in plan.actions:
        action.responsible = []
    (finding,) = found(plan, "no-owner")
    assert finding.action is None
    assert "Cả 5 mục" in finding.message


@pytest.mark.parametrize("text", ["", "…", "Chưa xác định"])
def test_a_row_without_a_time_is_found(text: str) -> None:
    plan = clean_plan()
    plan.actions[4].period = parse_period(text, YEAR)
    (finding,) = found(plan, "no-time")
    assert finding.action == 4
    assert finding.message.startswith("Mục 5 (khoản 3 của Mức 4): chưa có thời gian thực hiện")


@pytest.mark.parametrize("text", ["Thường xuyên", "Hằng năm", "HK I", "khi có kinh phí"])
def test_a_time_without_dates_is_a_time(text: str) -> None:
    plan = clean_plan()
    plan.actions[4].period = parse_period(text, YEAR)
    assert found(plan, "no-time") == []


def test_a_plan_without_times_gives_one_finding() -> None:
    plan = clean_plan()
    for action in plan.actions:
        action.period = parse_period("", YEAR)
    assert len(found(plan, "no-time")) == 1


def test_a_row_without_a_number_is_named_by_its_place() -> None:
    plan = clean_plan()
    plan.actions[3].number, plan.actions[3].criteria, plan.actions[3].responsible = None, [], []
    assert found(plan, "no-owner")[0].message.startswith("Mục thứ 4:")


@pytest.mark.parametrize("text", ["31/02", "12/13/2025"])
def test_a_time_that_no_calendar_has_is_said(text: str) -> None:
    plan = clean_plan()
    plan.actions[4].period = parse_period(text, YEAR)
    (finding,) = found(plan, "no-time")
    assert (finding.action, finding.severity, finding.quote) == (4, "warning", text)
    assert f"chưa hiểu thời gian “{text}” là khi nào" in finding.message


def test_words_of_a_time_that_name_no_day_are_left_alone() -> None:
    plan = clean_plan()
    plan.actions[4].period = parse_period("Theo lịch của xã", YEAR)
    assert found(plan, "no-time") == []
