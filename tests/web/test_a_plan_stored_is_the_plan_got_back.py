"""A plan value stored in the database and read back is the same value, whatever it holds."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caitien.plan import ImprovementPlan
from caitien.web.plans.models import Action, Plan
from caitien.web.plans.values import store, to_value
from web.invented import make_school, plan_value

text = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=30)
maybe = st.none() | text
lines = st.lists(text, max_size=3)
number = st.none() | text | st.integers(-(10**25), 10**25)
names = st.text("abcdefghij", min_size=12, max_size=14)  # of fields that this version does not know
extras = st.dictionaries(names, st.none() | text | st.integers() | st.lists(text, max_size=2), max_size=2)
codes = st.lists(st.sampled_from(["1.1", "2.10", "M4.1", "", "9", "I.2"]) | text, max_size=3)
months = st.sampled_from([None, "2025-10", "2025-02", "2025-10-31", "2025-02-30", "tháng tới", "0000-00"]) | maybe


def part(fields: dict) -> st.SearchStrategy:
    return st.builds(lambda known, more: {**more, **known}, st.fixed_dictionaries({}, optional=fields), extras)


actions = part(
    {
        "number": number,
        "criteria": codes,
        "content": maybe,
        "weakness": maybe,
        "note": maybe,
        "measures": lines,
        "responsible": lines,
        "expected_evidence": lines,
        "period": part(
            {"text": maybe, "kind": st.sampled_from(["none", "deadline", "unknown"]), "start": months, "end": months}
        ),
        "resources": part(
            {"text": maybe, "budget_vnd": st.none() | st.integers(-(10**20), 10**20), "budget_text": maybe}
        ),
        "progress": part(
            {"text": maybe, "status": st.sampled_from([None, "done"]), "percent": st.none() | st.integers()}
        ),
        "alternatives": st.lists(part({"values": extras, "reason": maybe}), max_size=2),
        "provenance": part({"page": st.none() | st.integers(1, 9)}),
    }
)
findings = part(
    {
        "action": st.none() | st.integers(-2, 5),
        "field": maybe,
        "fixes": st.lists(
            st.fixed_dictionaries(
                {
                    "label": text,
                    "path": st.sampled_from(["/actions/0/content", "/actions/4", "/title", "", "/actions/x/y"]),
                }
            ),
            max_size=2,
        ),
    }
).map(lambda finding: {"rule": "two-owners", "severity": "warning", "message": "m", **finding})
plans = part(
    {
        "title": maybe,
        "school_year": st.sampled_from([None, "2025-2026", "năm nay", ""]),
        "framework": maybe,
        "school": part({"name": maybe}),
        "actions": st.lists(actions, max_size=3),
        "findings": st.lists(findings, max_size=3),
        "recipients": lines,
    }
)


@pytest.mark.django_db
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans)
def test_whatever_is_stored_comes_back(raw):
    value = ImprovementPlan.model_validate(raw)
    school = make_school(f"truong-{Plan.objects.count()}-{id(raw)}", "Trường")
    stored = store(school, value, None)
    assert to_value(Plan.objects.get(pk=stored.pk)).to_dict() == value.to_dict()
    assert json.loads(value.to_json()) == value.to_dict()


def test_columns_can_be_asked(plan):
    first = Action.objects.for_school(plan.school).get(position=1024)
    assert first.standard == "1"
    assert first.starts_on is None
    assert f"{first.ends_on:%d/%m/%Y}" == "15/10/2025"
    assert first.budget_vnd == 2_500_000


def test_a_month_is_its_first_and_last_day(plan):
    third = Action.objects.for_school(plan.school).get(position=3072)
    assert f"{third.starts_on:%d/%m} {third.ends_on:%d/%m}" == "01/09 30/11"


def test_a_finding_stays_with_its_action_when_rows_move(school, plan):
    value = plan_value()
    last = Action.objects.for_school(school).get(position=3072)
    Action.objects.filter(pk=last.pk).update(position=0)
    Action.objects.filter(plan=plan, position=1024).exclude(pk=last.pk).update(position=2048)
    finding = to_value(plan).findings[0]
    assert finding.action == 1
    assert finding.fixes[0].path == "/actions/1/responsible"
    assert value.findings[0].action == 0


def test_a_finding_goes_with_its_action(plan):
    plan.actions.filter(position=1024).delete()
    assert to_value(plan).findings == []


def test_every_action_begins_its_history(plan, secretary):
    records = Action.history.filter(plan=plan)
    assert records.count() == 3
    assert {record.history_user for record in records} == {secretary}
