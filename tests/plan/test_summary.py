"""How a plan stands on a day: counts, what is late or due soon, money by source."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given

from caitien.plan import ImprovementPlan
from caitien.plan.summary import SourceMoney, money_by_source, summarise
from plan.two_plans import plans

ON = date(2026, 11, 22)


def plan(*actions: dict[str, Any]) -> ImprovementPlan:
    return ImprovementPlan.model_validate({"school_year": "2026-2027", "actions": actions})


def until(end: str, status: str | None = "in_progress", **fields: Any) -> dict[str, Any]:
    return {"period": {"text": end, "kind": "deadline", "end": end}, "progress": {"status": status}, **fields}


def test_counts_by_standard_in_order():
    summary = summarise(
        plan(
            {"criteria": ["M4.1"], "progress": {"status": "in_progress"}},
            {"criteria": ["2.2", "1.1"], "progress": {"status": "done"}},
            {"criteria": ["1.3"]},
            {"progress": {"status": "dropped"}},
            {"criteria": ["1.10"], "progress": {"status": "not_started"}},
        ),
        ON,
    )
    assert list(summary.by_standard) == ["1", "2", "M4", ""]
    assert (summary.by_standard["1"].total, summary.by_standard["1"].unsaid, summary.by_standard["1"].not_done) == (
        2,
        1,
        1,
    )
    whole = summary.whole
    assert (whole.total, whole.done, whole.in_progress, whole.not_done, whole.unsaid) == (5, 1, 1, 2, 1)
    assert whole.percent_done == 20


def test_late_is_the_day_after_the_last_day_and_a_month_ends_on_its_last_day():
    late = summarise(plan(until("2026-11-21"), until("2026-11-22"), until("2026-10"), until("2026-11")), ON).late
    assert late == (0, 2)


def test_what_is_done_or_dropped_is_never_late_and_what_is_said_to_be_late_is():
    assert summarise(plan(*(until("2026-09-01", s) for s in ("done", "dropped", "not_started", None))), ON).late == (
        2,
        3,
    )
    assert summarise(plan({"progress": {"status": "overdue"}}), ON).late == (0,)


def test_a_date_left_over_from_an_earlier_year_is_not_late():
    assert summarise(plan(until("2023-10-15")), ON).late == ()


def test_due_soon_is_within_fourteen_days():
    summary = summarise(
        plan(until("2026-11-22"), until("2026-12-06"), until("2026-12-07"), until("2026-11-30", "done")), ON
    )
    assert summary.due_soon == (0, 1)


def test_what_is_missing_is_counted():
    full = {"responsible": ["Kế toán"], "expected_evidence": ["Biên bản"], "resources": {"budget_vnd": 0}}
    summary = summarise(plan(until("2026-12-31", **full), {"responsible": [" "], "period": {"kind": "none"}}), ON)
    assert (summary.no_owner, summary.no_evidence, summary.no_money, summary.no_time) == ((1,), (1,), (1,), (1,))


def test_an_amount_is_split_where_its_words_split_it():
    words = "240.000.000 đồng (ngân sách xã 200.000.000; xã hội hóa 40.000.000)"
    sources = ["ngân sách xã", "xã hội hóa"]
    split = {"resources": {"budget_vnd": 240_000_000, "budget_text": words, "funding_sources": sources}}
    whole = {"resources": {"budget_vnd": 10_000_000, "funding_sources": sources}}
    other = {"resources": {"budget_vnd": 5_000_000, "funding_sources": ["Xã hội hóa."]}}
    nothing = {"resources": {"budget_vnd": 0, "funding_sources": ["Không"]}}
    unknown = {"resources": {"budget_vnd": 7_000_000}}
    summary = summarise(plan(split, whole, other, nothing, unknown), ON)
    assert summary.money == (
        SourceMoney("Ngân sách xã", 200_000_000, 1),
        SourceMoney("Xã hội hóa", 45_000_000, 2),
        SourceMoney("Ngân sách xã; xã hội hóa", 10_000_000, 1),
        SourceMoney("Chưa rõ nguồn", 7_000_000, 1),
    )
    assert summary.planned_vnd == 262_000_000


@given(plans)
def test_no_action_and_no_dong_is_counted_twice(value):
    summary = summarise(value, ON)
    whole = summary.whole
    assert whole.total == len(value.actions) == sum(c.total for c in summary.by_standard.values())
    assert whole.done + whole.in_progress + whole.not_done + whole.unsaid == whole.total
    assert sum(p.planned_vnd for p in money_by_source(value.actions)) == sum(
        a.resources.budget_vnd or 0 for a in value.actions
    )
