"""A plan printed twice: the second copy of a row still has last year's time."""

from __future__ import annotations

from datetime import date

from caitien.checking import apply_fix, check, with_readers_findings
from caitien.plan import Action, Alternative, Finding, ImprovementPlan, Period

TODAY = date(2025, 10, 1)
OLD = {"text": "08/2024 – 11/2024", "kind": "month_range", "start": "2024-08", "end": "2024-11"}


def plan_printed_twice(rows: int) -> ImprovementPlan:
    now = Period(text="08 – 11", kind="month_range", start="2025-08", end="2025-11")
    doubt = Finding(rule="two-periods", severity="warning", message="hai thời gian", action=0, field="period")
    return ImprovementPlan(
        school_year="2025-2026",
        actions=[
            Action(
                number=n + 1,
                content=f"Việc {n}",
                responsible=["Ngô Bá Khoa"],
                period=now,
                alternatives=[Alternative(values={"period": OLD})],
            )
            for n in range(rows)
        ],
        findings=[doubt],
    )


def stale(plan: ImprovementPlan) -> list[Finding]:
    return [f for f in check(plan, today=TODAY) if f.rule == "stale-date"]


def test_a_few_are_said_row_by_row_and_the_fix_settles_it() -> None:
    plan = plan_printed_twice(2)
    found = stale(plan)
    assert [f.action for f in found] == [0, 1]
    assert "“08/2024 – 11/2024”" in found[0].message
    after = apply_fix(plan, found[0].fixes[0])
    assert after.actions[0].period.text == "08 – 11"
    assert [f.action for f in stale(after)] == [1]


def test_many_are_said_in_one_sentence() -> None:
    [found] = stale(plan_printed_twice(9))
    assert found.action is None
    assert "9 mục" in found.message
    assert "4 mục khác" in found.message


def test_the_readers_doubt_about_the_two_times_is_not_said_again() -> None:
    plan = plan_printed_twice(2)
    rules = [f.rule for f in with_readers_findings(check(plan, today=TODAY), plan)]
    assert "two-periods" not in rules


def test_a_second_copy_of_this_year_is_not_stale() -> None:
    plan = plan_printed_twice(1)
    plan.actions[0].alternatives[0].values["period"] = OLD | {
        "text": "09/2025",
        "start": "2025-09",
        "end": "2025-09",
    }
    assert stale(plan) == []
