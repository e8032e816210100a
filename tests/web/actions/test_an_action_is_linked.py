"""An action answers an issue, continues one of last year and is continued by one of the next; both ways lead there."""

from __future__ import annotations

import pytest

from caitien.web.plans.models import Issue
from caitien.web.plans.values import store
from web.invented import plan_value


@pytest.fixture
def issue(plan):
    return Issue.objects.create(school=plan.school, plan=plan, position=1, criteria=["1.1"], weakness="Chưa rà soát")


@pytest.fixture
def last_year(school, secretary):
    value = plan_value()
    value.school_year = "2024-2025"
    value.actions[0].content = "Lập kế hoạch chiến lược"
    value.actions[0].result = "Đã lập, chưa rà soát"
    return store(school, value, secretary).actions.first()


def test_both_links_are_chosen_and_lead_there_and_back(browser, action, issue, last_year, at):
    page = browser.get(at("links")).content.decode()
    assert "Chưa rà soát" in page
    assert "2024-2025" in page
    browser.post(at("links"), {"issue": str(issue.pk), "continues": str(last_year.pk)})
    action.refresh_from_db()
    assert (action.issue_id, action.continues_id) == (issue.pk, last_year.pk)
    page = browser.get(at("action")).content.decode()
    assert "Chưa rà soát" in page
    assert "Đã lập, chưa rà soát" in page
    assert f"/muc/{last_year.pk}/" in page
    there = browser.get(
        f"/truong/{action.school.slug}/ke-hoach/{last_year.plan_id}/muc/{last_year.pk}/"
    ).content.decode()
    assert "Được làm tiếp trong năm 2025-2026" in there
    assert f"/muc/{action.pk}/" in there


def test_links_are_cleared_and_brought_back(browser, action, issue, at):
    browser.post(at("links"), {"issue": str(issue.pk), "continues": ""})
    browser.post(at("links"), {"issue": "", "continues": ""})
    action.refresh_from_db()
    assert action.issue_id is None
    record = action.history.latest()
    browser.post(f"/truong/{action.school.slug}/ke-hoach/{action.plan_id}/hoan-tac/{record.pk}/")
    action.refresh_from_db()
    assert action.issue_id == issue.pk


def test_an_issue_of_another_plan_or_an_action_of_this_year_cannot_be_chosen(browser, plan, action, last_year, at):
    other = Issue.objects.create(school=plan.school, plan=last_year.plan, position=1, weakness="x")
    assert browser.post(at("links"), {"issue": str(other.pk), "continues": ""}).status_code == 422
    mine = plan.actions.last()
    assert browser.post(at("links"), {"issue": "", "continues": str(mine.pk)}).status_code == 422
    assert browser.post(at("links"), {"issue": "không phải mã", "continues": ""}).status_code == 422


def test_rows_before_and_after_are_one_click_away(browser, plan, at):
    second = plan.actions.all()[1]
    page = browser.get(f"/truong/{plan.school.slug}/ke-hoach/{plan.pk}/muc/{second.pk}/").content.decode()
    assert 'data-key="k"' in page
    assert 'data-key="j"' in page
    assert 'data-key="k"' not in browser.get(at("action")).content.decode()
