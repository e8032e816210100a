"""An action is added by a form, copied, taken out of the plan; each can be taken back by one button."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from caitien.web.plans.editing import set_columns
from caitien.web.plans.models import Action, Issue, Plan


@pytest.fixture
def new(plan):
    return reverse("plans:action_new", args=[plan.school.slug, plan.pk])


def undo_of(client, url: str) -> str:
    page = client.get(url).content.decode()
    return re.search(r'<form method="post" action="([^"]+/hoan-tac/lo/[^"]+)"', page)[1]


def test_a_new_action_needs_its_content_and_no_more(browser, plan, new):
    response = browser.post(new, {"content": "Sửa sân trường", "period": "Tháng 10/2025", "budget": "18,5 triệu"})
    made = plan.actions.last()
    assert response["Location"].endswith(f"/muc/{made.pk}/")
    assert (made.content, made.period_end, made.budget_vnd) == ("Sửa sân trường", "2025-10", 18_500_000)
    browser.post(undo_of(browser, response["Location"]))
    assert not Action.objects.filter(pk=made.pk).exists()


def test_an_action_of_nothing_is_refused_and_what_was_typed_stays(browser, plan, new):
    response = browser.post(new, {"content": "", "note": "ghi chú dài"})
    assert response.status_code == 422
    assert "Hãy ghi ít nhất nội dung" in response.content.decode()
    assert "ghi chú dài" in response.content.decode()
    assert plan.actions.count() == 3


def test_it_stands_after_the_row_it_was_asked_for_with_its_criterion(browser, plan, action, new):
    page = browser.get(f"{new}?sau={action.pk}").content.decode()
    assert 'value="1.1"' in page
    browser.post(new, {"content": "Ngay sau mục một", "criteria": "1.1", "sau": str(action.pk)})
    assert [row.content for row in plan.actions.all()][1] == "Ngay sau mục một"


def test_it_answers_the_issue_it_was_begun_from(browser, plan, new):
    issue = Issue.objects.create(school=plan.school, plan=plan, position=1, criteria=["2.1"], weakness="Thiếu sân")
    page = browser.get(f"{new}?van-de={issue.pk}").content.decode()
    assert "Thiếu sân" in page
    browser.post(new, {"content": "Làm sân", "van-de": str(issue.pk)})
    assert plan.actions.last().issue_id == issue.pk


@pytest.mark.parametrize("asked", ["sau=khong-co", "van-de=01a202f3-ebfd-70c4-83e2-f81664bf0677"])
def test_a_row_that_is_not_there_is_not_found(browser, new, asked):
    assert browser.get(f"{new}?{asked}").status_code == 404


def test_a_copy_says_the_same_and_nothing_was_reported_about_it(browser, plan, action, secretary, at):
    reported = {
        "measures_done": [{"text": "Họp hội đồng trường", "on": "2025-10-01", "by": "x"}],
        "indicators": ["Số lỗi"],
        "indicator_values": [{"text": "Số lỗi", "unit": None, "baseline": "14", "target": "0", "actual": "6"}],
        "budget_lines": [{"amount_vnd": 5, "source": "Quỹ", "spent_vnd": 3, "note": None}],
    }
    set_columns(plan.school, action.pk, reported, user=secretary, reason="")
    response = browser.post(at("duplicate"))
    copy = plan.actions.all()[1]
    assert response["Location"].endswith(f"/muc/{copy.pk}/")
    assert (copy.content, copy.criteria, copy.responsible) == (action.content, action.criteria, action.responsible)
    assert (copy.progress_status, copy.progress_text, copy.measures_done) == (None, None, [])
    assert copy.indicator_values[0] == reported["indicator_values"][0] | {"actual": None}
    assert copy.budget_lines[0]["spent_vnd"] is None
    browser.post(undo_of(browser, response["Location"]))
    assert plan.actions.count() == 4 - 1


def test_a_row_taken_out_comes_back_with_all_it_had(browser, plan, action, at):
    browser.post(at("tick"), {"dong": "Họp hội đồng trường", "xong": "1"})
    response = browser.post(at("remove"))
    assert plan.actions.count() == 2
    browser.post(undo_of(browser, response["Location"]))
    assert [mark["text"] for mark in Action.objects.get(pk=action.pk).measures_done] == ["Họp hội đồng trường"]


def test_the_page_of_a_row_taken_out_says_by_whom_and_brings_it_back(browser, teacher, plan, action, at):
    browser.post(at("remove"))
    browser.get(at("links"))  # reads the message
    assert "/hoan-tac/lo/" not in teacher.get(at("action")).content.decode()
    response = browser.get(at("action"))
    assert response.status_code == 410
    assert "Lò Thị Mẩy" in response.content.decode()
    browser.post(undo_of(browser, at("action")))
    assert plan.actions.count() == 3


def test_a_frozen_plan_takes_no_new_row_and_loses_none(browser, frozen, new, at):
    for response in (
        browser.get(new),
        browser.post(new, {"content": "x"}),
        browser.post(at("duplicate")),
        browser.post(at("remove")),
    ):
        assert response.status_code == 409
        assert "nội dung đã khóa" in response.content.decode()
    assert Plan.objects.get(pk=frozen.pk).actions.count() == 3
