"""Criteria that the framework does not have."""

from __future__ import annotations

from caitien.checking import check
from caitien.plan.model import Issue
from caitien.standards import load
from checking.building import TODAY, clean_plan, found


def test_a_criterion_that_does_not_exist_is_found() -> None:
    plan = clean_plan()
    plan.actions[2].criteria = ["3.3", "3.9"]
    (finding,) = found(plan, "unknown-criterion")
    assert (finding.action, finding.quote, finding.severity) == (2, "3.9", "error")


def test_the_criteria_as_issued_and_as_amended_are_both_known() -> None:
    plan = clean_plan()
    plan.framework = "tt17-2024-tieu-hoc"  # which has 3.1 to 3.3 only
    plan.actions[2].criteria = ["3.6"]
    assert found(plan, "unknown-criterion") == []


def test_many_unknown_criteria_mean_another_framework() -> None:
    plan = clean_plan()
    plan.framework = "tt57-2026-pho-thong"
    for action, code in zip(plan.actions, ("1.8", "1.10", "2.4", "5.5", "M4.3"), strict=True):
        action.criteria = [code]
    (finding,) = found(plan, "unknown-criterion")
    assert finding.action is None
    assert "khung khác" in finding.message


def test_issues_are_looked_at_too() -> None:
    plan = clean_plan()
    plan.issues = [Issue(number=1, criteria=["2.9"], weakness="…")]
    (finding,) = found(plan, "unknown-criterion")
    assert "Vấn đề trọng tâm 1" in finding.message


def test_without_a_framework_nothing_is_said_and_a_given_one_wins() -> None:
    plan = clean_plan()
    plan.framework, plan.actions[2].criteria = None, ["3.9"]
    assert found(plan, "unknown-criterion") == []
    findings = check(plan, framework=load("tt17-2018-tieu-hoc"), today=TODAY)
    assert [f.rule for f in findings] == ["unknown-criterion"]


def test_a_framework_id_that_does_not_exist_does_not_stop_checking() -> None:
    plan = clean_plan()
    plan.framework = "khong-co"
    assert check(plan, today=TODAY) == []
