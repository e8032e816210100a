"""Who reports and does not edit: what she sends to the forms that she may use changes what was reached, and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from web.invented import make_user

LINES = [
    {"amount_vnd": 2_000_000, "source": "Ngân sách", "spent_vnd": None, "note": "Sách"},
    {"amount_vnd": 500_000, "source": "Xã hội hóa", "spent_vnd": None, "note": None},
]
VALUES = [{"text": "Tỉ lệ", "unit": "%", "baseline": "80", "target": "90", "actual": None}]


@pytest.fixture
def action(plan):
    row = plan.actions.first()
    row.budget_lines, row.indicators, row.indicator_values = LINES, ["Tỉ lệ"], VALUES
    row.version += 1
    row.save()
    return row


@pytest.fixture
def teacher(school):
    client = Client()
    client.force_login(make_user("giao-vien", "Vi Thị Sim", school, "staff"))
    return client


def send(client, action, name: str, words: dict) -> int:
    keys = {"school": action.school.slug, "plan": action.plan_id, "action": action.pk}
    status = client.post(reverse(f"plans:{name}", kwargs=keys), {"version": action.version} | words).status_code
    action.refresh_from_db()
    return status


@pytest.mark.parametrize(
    "words",
    [
        {"so-dong": "0"},
        {"so-dong": "1", "of-0": "0", "spent-0": ""},
        {"so-dong": "2", "of-0": "0", "bo-0": "1", "of-1": "1", "bo-1": "1"},
        {"so-dong": "2", "of-0": "0", "of-1": "0", "spent-1": "1.000"},
        {"so-dong": "3", "of-0": "0", "of-1": "1", "of-2": "", "amount-2": "9.000.000", "source-2": "Tự thêm"},
        {"so-dong": "2", "of-0": "0", "amount-0": "1", "source-0": "Khác", "note-0": "Khác", "of-1": "1"},
        {"so-dong": "0", "version": "1"},
    ],
    ids=["none sent", "one of two", "taken away", "one sent twice", "one more", "other words", "an old version"],
)
def test_the_planned_money_stays(teacher, action, words):
    """Also while the plan is a draft, whose content the state does not hold."""
    planned = [(line["amount_vnd"], line["source"], line["note"]) for line in LINES]
    assert send(teacher, action, "budget_lines", words) in (302, 422)
    assert [(line["amount_vnd"], line["source"], line["note"]) for line in action.budget_lines] == planned


def test_what_was_spent_is_hers_to_report(teacher, action):
    assert (
        send(teacher, action, "budget_lines", {"so-dong": "2", "of-0": "0", "spent-0": "1.500.000", "of-1": "1"}) == 302
    )
    assert [line["spent_vnd"] for line in action.budget_lines] == [1_500_000, None]


def test_the_target_of_an_indicator_stays(teacher, action):
    send(teacher, action, "indicator_values", {"baseline-0": "1", "target-0": "2", "unit-0": "em", "actual-0": "88"})
    assert action.indicator_values == [{**VALUES[0], "actual": "88"}]


@pytest.mark.parametrize("name", ["tick", "evidence_item", "progress", "comments"])
def test_fields_that_no_form_has_are_not_read(teacher, action, plan, name):
    before = {
        column: getattr(action, column) for column in ("content", "criteria", "responsible", "plan_id", "school_id")
    }
    more = {"content": "Khác", "criteria": "5.5", "responsible": "Tôi", "plan": "x", "school": "x", "state": "approved"}
    words = {"dong": action.measures[0], "xong": "1", "status": "done", "text": "x", "on": "20/11/2025", "co": "1"}
    send(teacher, action, name, words | more)
    assert {column: getattr(action, column) for column in before} == before
    plan.refresh_from_db()
    assert plan.state == "draft"
