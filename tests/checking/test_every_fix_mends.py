"""A fix that a user can click mends what it is for, and a check never falls over, whatever stands in a plan."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caitien.checking import apply_fix, check
from caitien.plan.model import Alternative, ImprovementPlan, LegalBasis, PriorResult
from caitien.reading import read_plan
from checking.building import TODAY, clean_plan, row

SAMPLES = Path(__file__).resolve().parents[2] / "samples"

WORDS = st.text("aăđốẫ12/-–.,:;()% \nIVXtừTháng2025", max_size=30)
DATES = st.none() | st.sampled_from(["2025-10", "2024-11-30", "2025-13", "x", "2026-02-30"])


@pytest.mark.parametrize("name", ["th-suoi-lim-2025-2026.docx", "mn-thien-ly-2026-2027.pdf"])
def test_after_a_fix_its_finding_is_gone(name: str) -> None:
    plan = read_plan(SAMPLES / name).plan
    offered = [(f, fix) for f in check(plan, today=TODAY) for fix in f.fixes]
    assert offered
    for finding, fix in offered:
        after = check(apply_fix(plan, fix), today=TODAY)
        assert (finding.rule, finding.action) not in {(f.rule, f.action) for f in after}


@st.composite
def plans(draw: st.DrawFn) -> ImprovementPlan:
    plan = clean_plan()
    plan.school_year = draw(st.none() | st.sampled_from(["2025-2026", "2025", "x"]))
    plan.document.date = draw(DATES)
    plan.sections = draw(st.lists(WORDS, max_size=4))
    plan.level_reached = draw(st.none() | st.integers(-1, 9))
    plan.prior_results = [
        PriorResult(level=draw(st.none() | st.integers(0, 9)), assessed=a, met=m, text=t)
        for a, m, t in draw(
            st.lists(st.tuples(st.none() | st.integers(-1, 99), st.none() | st.integers(-1, 99), WORDS), max_size=3)
        )
    ]
    plan.legal_bases = [
        LegalBasis(number=n, kind=k, date=draw(DATES)) for n, k in draw(st.lists(st.tuples(WORDS, WORDS), max_size=2))
    ]
    plan.actions = [
        row(number, code, content, time=time, progress=progress, money=money, responsible=people)
        for number, code, content, time, progress, money, people in draw(
            st.lists(
                st.tuples(st.integers(-1, 3), WORDS, WORDS, WORDS, WORDS, WORDS, st.lists(WORDS, max_size=2)),
                max_size=4,
            )
        )
    ]
    for action in plan.actions:
        action.period.start, action.period.end = draw(DATES), draw(DATES)
        if draw(st.booleans()):
            action.alternatives = [Alternative(values={"responsible": draw(WORDS | st.lists(WORDS, max_size=2))})]
    return plan


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans(), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_checking_never_falls_over_and_points_into_the_plan(plan: ImprovementPlan, today: date) -> None:
    for finding in check(plan, today=today):
        assert finding.message.strip()
        assert "None" not in finding.message
        assert finding.action is None or 0 <= finding.action < len(plan.actions)
        for fix in finding.fixes:
            apply_fix(plan, fix)
