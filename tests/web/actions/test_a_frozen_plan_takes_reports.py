"""When a plan is in force its content is approved: the page says so, and what is reported goes on."""

from __future__ import annotations

import pytest
from django.utils import timezone

from caitien.web.plans.editing import set_columns
from caitien.web.plans.models import Action, Amendment


@pytest.fixture
def in_force(plan, action, secretary):
    columns = {
        "indicators": ["Số lỗi"],
        "indicator_values": [{"text": "Số lỗi", "unit": None, "baseline": "14", "target": "0", "actual": None}],
        "budget_lines": [{"amount_vnd": 2_000_000, "source": "Quỹ", "spent_vnd": None, "note": None}],
    }
    set_columns(plan.school, action.pk, columns, user=secretary, reason="")
    plan.state = "in_force"
    plan.save()
    action.refresh_from_db()
    return plan


def test_the_page_says_why_and_offers_no_change_of_content(browser, in_force, at):
    page = browser.get(at("action")).content.decode()
    assert "nội dung đã khóa" in page
    for gone in ("sua/content/", "sua/measures/", "them-dong/", "nhan-ban/", "tach/", f'{at("remove")}"'):
        assert gone not in page
    for still in (at("progress"), at("tick"), at("evidence_item"), "sua/result/", "sua/note/"):
        assert still in page


def test_an_amendment_opens_the_content_again(browser, in_force, at):
    Amendment.objects.create(school=in_force.school, plan=in_force, number=1, reason="r", opened_at=timezone.now())
    page = browser.get(at("action")).content.decode()
    assert "sua/content/" in page
    assert browser.post(at("action_field", field="content"), {"version": 2, "content": "Mới"}).status_code == 302


def test_content_sent_all_the_same_is_refused_and_given_back(browser, in_force, at):
    response = browser.post(at("action_field", field="content"), {"version": 2, "content": "Nội dung gõ dở"})
    assert response.status_code == 409
    assert "Nội dung gõ dở" in response.content.decode()


def test_what_is_reported_is_still_written(browser, teacher, in_force, action, at):
    teacher.post(at("tick"), {"dong": "Họp hội đồng trường", "xong": "1"})
    teacher.post(at("evidence_item"), {"dong": "Biên bản họp", "co": "1"})
    browser.post(at("action_field", field="result"), {"version": action.version, "result": "Đạt"})
    action.refresh_from_db()
    browser.post(at("indicator_values"), {"version": action.version, "actual-0": "6", "target-0": "5"})
    action.refresh_from_db()
    browser.post(at("budget_lines"), {"version": action.version, "so-dong": "1", "of-0": "0", "spent-0": "1 triệu"})
    action.refresh_from_db()
    assert len(action.measures_done) == len(action.evidence_at_hand) == 1
    assert action.result == "Đạt"
    assert (action.indicator_values[0]["actual"], action.indicator_values[0]["target"]) == ("6", "0")
    assert (action.budget_lines[0]["spent_vnd"], action.budget_lines[0]["amount_vnd"]) == (1_000_000, 2_000_000)


def test_the_form_of_all_fields_holds_only_what_is_reported(browser, in_force, at):
    page = browser.get(at("action_edit")).content.decode()
    assert 'name="result"' in page
    assert 'name="content"' not in page


def test_a_report_can_be_taken_back_and_a_change_of_content_cannot(browser, teacher, plan, action, at):
    browser.post(at("action_field", field="content"), {"version": 1, "content": "Khác"})
    plan.state = "in_force"
    plan.save()
    teacher.post(at("tick"), {"dong": "Họp hội đồng trường", "xong": "1"})
    newest, older = Action.history.filter(id=action.pk).order_by("-version")[:2]
    page = browser.get(at("action")).content.decode()
    assert f"/hoan-tac/{newest.pk}/" in page
    assert f"/hoan-tac/{older.pk}/" not in page


def test_a_closed_plan_takes_nothing_any_more(browser, teacher, plan, action, at):
    plan.state = "closed"
    plan.save()
    page = teacher.get(at("action")).content.decode()
    assert at("progress") not in page
    for url, sent in (
        (at("tick"), {"dong": "Họp hội đồng trường", "xong": "1"}),
        (at("comments"), {"text": "x"}),
        (at("progress"), {"status": "in_progress", "text": "Tôi đã viết", "on": "20/11/2025"}),
        (at("indicator_values"), {"version": 1}),
    ):
        response = teacher.post(url, sent)
        assert response.status_code == 409
        assert "đã kết thúc" in response.content.decode()
    assert not action.progress_entries.exists()
