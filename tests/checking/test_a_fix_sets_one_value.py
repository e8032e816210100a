"""Applying a fix: the value is set, what depends on it follows, nothing else changes."""

from __future__ import annotations

import pytest

from caitien.checking import apply_fix
from caitien.errors import PlanFormatError
from caitien.plan.model import Alternative, Fix
from checking.building import clean_plan


def test_dates_follow_the_words_of_the_period() -> None:
    plan = apply_fix(clean_plan(), Fix(label="", path="/actions/1/period/text", value="Quý IV/2025"))
    period = plan.actions[1].period
    assert (period.kind, period.start, period.end) == ("quarter", "2025-10", "2025-12")


def test_the_status_follows_the_words_of_the_progress() -> None:
    plan = apply_fix(clean_plan(), Fix(label="", path="/actions/1/progress/text", value="Hoàn thành"))
    assert plan.actions[1].progress.status == "done"


def test_the_amount_follows_the_words_of_the_money() -> None:
    plan = apply_fix(clean_plan(), Fix(label="", path="/actions/1/resources/budget_text", value="18,5 triệu đồng"))
    assert plan.actions[1].resources.budget_vnd == 18_500_000


def test_what_a_duplicate_row_said_of_the_field_is_settled() -> None:
    plan = clean_plan()
    plan.actions[1].alternatives = [Alternative(values={"responsible": ["A"], "note": "b"}, cells={"Người": "A"})]
    after = apply_fix(plan, Fix(label="", path="/actions/1/responsible", value=["A"]))
    assert after.actions[1].alternatives[0].values == {"note": "b"}
    assert after.actions[1].alternatives[0].cells == {"Người": "A"}


def test_a_name_spelled_right_settles_nothing() -> None:
    plan = clean_plan()
    plan.actions[1].alternatives = [Alternative(values={"responsible": ["A"]})]
    after = apply_fix(plan, Fix(label="", path="/actions/1/responsible/0", value="Lò Thị Bình"))
    assert after.actions[1].alternatives[0].values == {"responsible": ["A"]}


def test_the_plan_given_is_not_changed() -> None:
    plan = clean_plan()
    before = plan.to_json()
    after = apply_fix(plan, Fix(label="", path="/school/name", value="Trường khác"))
    assert plan.to_json() == before
    assert after.school.name == "Trường khác"
    assert [a.to_dict() if hasattr(a, "to_dict") else a for a in after.actions] == plan.actions


@pytest.mark.parametrize(
    "path", ["", "actions/1", "/actions/99/period/text", "/actions/x/note", "/actions/1/khong_co", "/school/name/x"]
)
def test_a_path_that_is_not_there_is_refused(path: str) -> None:
    with pytest.raises(PlanFormatError, match="Không sửa được"):
        apply_fix(clean_plan(), Fix(label="", path=path, value="x"))


def test_a_value_that_does_not_fit_is_refused() -> None:
    with pytest.raises(PlanFormatError, match="không hợp"):
        apply_fix(clean_plan(), Fix(label="", path="/actions/1/measures", value=3))


def test_an_escaped_path_and_the_place_behind_the_last_are_understood() -> None:
    plan = apply_fix(clean_plan(), Fix(label="", path="/sections/-", value="V. PHỤ LỤC"))
    assert plan.sections[-1] == "V. PHỤ LỤC"
