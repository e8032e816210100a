"""Results of an earlier year that do not add up."""

from __future__ import annotations

import pytest

from caitien.plan.model import ImprovementPlan, PriorResult
from checking.building import clean_plan, found


def with_result(**values: object) -> ImprovementPlan:
    plan = clean_plan()
    plan.level_reached = None
    plan.prior_results = [PriorResult.model_validate({"level": 1, **values})]
    return plan


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"assessed": 27, "met": 28}, "nhiều hơn"),
        ({"assessed": 27, "met": 25, "not_met": 1}, "25 đạt và 1 không đạt không bằng 27"),
        ({"assessed": 27, "met": 25, "text": "đạt 25/27, tỉ lệ 95%"}, "25/27 là 92,6%, văn bản ghi 95%"),
        ({"assessed": 27, "met": 25, "text": "Tổng số 27 tiêu chí, đạt 25/28"}, "phân số ghi trên 28"),
        ({"assessed": 26, "met": 26}, "khung"),
    ],
)
def test_figures_that_do_not_agree_are_found(values: dict[str, object], said: str) -> None:
    (finding,) = found(with_result(**values), "level-results")
    assert said in finding.message
    assert finding.message.startswith("Kết quả Mức 1:")


@pytest.mark.parametrize(
    "values",
    [
        {"assessed": 27, "met": 25, "text": "đạt 25/27, tỉ lệ 92,6%; không đạt 2/27, tỉ lệ 7,4%"},
        {"assessed": 27, "met": 25, "text": "đạt 25/27 (92,5%)"},  # cut off, not rounded
        {"assessed": 27, "met": 25, "text": "đạt 25/27, tỉ lệ 93%"},
        {"assessed": 24, "met": 24},  # the circular as amended in 2024
        {"assessed": 27, "met": None},
        {"assessed": 27, "met": 27, "text": "Mức 1: 27/27 tiêu chí, tỉ lệ 100% (ngày 15/6/2025)"},
    ],
)
def test_figures_that_agree_are_left_alone(values: dict[str, object]) -> None:
    assert found(with_result(**values), "level-results") == []


def test_a_level_reached_while_a_lower_one_is_not_all_met_is_found() -> None:
    plan = clean_plan()
    plan.level_reached = 2
    (finding,) = found(plan, "level-results")
    assert (finding.severity, finding.field) == ("error", "level_reached")
    assert "Mức 2 mới đạt 25/27" in finding.message


def test_the_circular_of_2026_lets_two_criteria_fail() -> None:
    plan = clean_plan()
    plan.framework = "tt57-2026-pho-thong"
    plan.prior_results = [PriorResult(level=1, assessed=15, met=13)]
    plan.level_reached = 1
    assert found(plan, "level-results") == []
