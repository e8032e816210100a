"""A rule that cries wolf is worse than none: a plan in which nothing is wrong has no finding at all."""

from __future__ import annotations

from datetime import date

import pytest

from caitien.checking import catalogue, check
from caitien.plan.model import ImprovementPlan
from checking.building import TODAY, clean_plan


def test_nothing_is_found_in_a_clean_plan() -> None:
    assert check(clean_plan(), today=TODAY) == []


def test_nothing_is_found_in_an_empty_plan() -> None:
    assert check(ImprovementPlan(), today=TODAY) == []


@pytest.mark.parametrize("day", [date(2025, 6, 1), date(2025, 9, 5), date(2026, 1, 18), date(2026, 5, 30)])
def test_nothing_is_found_on_other_days_of_the_year(day: date) -> None:
    assert check(clean_plan(), today=day) == []


def test_checking_does_not_change_the_plan() -> None:
    plan = clean_plan()
    plan.actions[1].responsible = []
    before = plan.to_json()
    check(plan, today=TODAY)
    assert plan.to_json() == before


def test_every_rule_says_what_it_is_for() -> None:
    rules = catalogue()
    assert len(rules) == len({rule.id for rule in rules}) >= 13
    for rule in rules:
        assert rule.title
        assert rule.explanation.endswith(".")
        assert rule.source
