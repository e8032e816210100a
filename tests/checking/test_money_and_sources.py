"""Amounts without a source, sources without an amount."""

from __future__ import annotations

import pytest

from caitien.plan.model import ImprovementPlan, Resources
from checking.building import clean_plan, found


def with_money(vnd: int | None, *sources: str) -> ImprovementPlan:
    plan = clean_plan()
    plan.actions[1].resources = Resources(budget_vnd=vnd, budget_text="…", funding_sources=list(sources))
    return plan


@pytest.mark.parametrize("sources", [(), ("Không",), ("Chưa xác định",), ("-",), ("0",)])
def test_an_amount_without_a_source_is_found(sources: tuple[str, ...]) -> None:
    (finding,) = found(with_money(27_499_000, *sources), "amount-without-source")
    assert (finding.action, finding.severity) == (1, "warning")
    assert "27.499.000 đồng" in finding.message


def test_an_amount_with_a_source_or_no_amount_is_in_order() -> None:
    for plan in (with_money(5_000_000, "Ngân sách"), with_money(0), with_money(None), with_money(0, "Không")):
        assert found(plan, "amount-without-source") == []
        assert found(plan, "source-without-amount") == []


def test_a_plan_that_names_no_source_at_all_gives_one_hint() -> None:
    plan = with_money(5_000_000)
    plan.actions[2].resources = Resources(budget_vnd=40_000_000, budget_text="40.000.000")
    (finding,) = found(plan, "amount-without-source")
    assert (finding.action, finding.severity) == (None, "hint")
    assert "45.000.000 đồng" in finding.message


@pytest.mark.parametrize("vnd", [None, 0])
def test_a_source_without_an_amount_is_a_hint(vnd: int | None) -> None:
    (finding,) = found(with_money(vnd, "CMHS đóng góp"), "source-without-amount")
    assert (finding.action, finding.severity, finding.quote) == (1, "hint", "CMHS đóng góp")


@pytest.mark.parametrize(
    "text", ["1,2 tỷ đồng (vốn đầu tư công)", "5.000.000 đồng ngân sách xã cấp", "3 triệu, phụ huynh đóng góp"]
)
def test_a_source_said_within_the_words_about_money_is_a_source(text: str) -> None:
    plan = with_money(5_000_000)
    plan.actions[1].resources.text = text
    assert found(plan, "amount-without-source") == []
