"""Lập kế hoạch 2026-2027 từ 2025-2026: shown first, then made as a draft whose rows say what they continue."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caitien.reading import read_plan
from caitien.web.plans.models import Action, Issue, Plan, PlanEvent
from caitien.web.plans.values import store
from web.invented import plan_value

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "th-suoi-lim-2025-2026.docx"
OF_2026 = {"nam": "2026-2027", "khung": "tt57-2026-pho-thong"}


@pytest.fixture
def old(school, secretary):
    """A real-looking plan of 2025-2026 under Thông tư 17, as a file gives it."""
    return store(school, read_plan(SAMPLE).plan, secretary)


def address(plan: Plan) -> str:
    return reverse("plans:next_year", args=[plan.school.slug, plan.pk])


def made_from(browser, plan: Plan, **more: str) -> Plan:
    answer = browser.post(address(plan), OF_2026 | more)
    assert answer.status_code == 302, answer.content.decode()
    return Plan.objects.get(year__name="2026-2027", continues=plan)


def test_the_preview_stores_nothing(browser, old):
    html = browser.get(address(old)).content.decode()
    assert "Lập kế hoạch 2026-2027 từ 2025-2026" in html
    assert "29 mục chuyển sang, 3 mục đã xong" in html
    assert Plan.objects.count() == 1


def test_the_framework_in_force_is_proposed_with_the_reason(browser, old):
    html = browser.get(address(old)).content.decode()
    assert "đang áp dụng cho cấp học này vào ngày khai giảng 05/09/2026 (có hiệu lực từ 07/07/2026)" in html
    chosen = html[html.index('id="khung-tt57-2026-pho-thong"') :][:120]
    assert "checked" in chosen


def test_the_draft_holds_what_was_not_finished_and_links_back(browser, old):
    new = made_from(browser, old)
    assert new.state == Plan.State.DRAFT
    assert new.framework == "tt57-2026-pho-thong"
    assert new.actions.count() == 29
    for row in new.actions.select_related("continues"):
        assert row.continues.plan_id == old.pk
        assert row.continues.content == row.content
        assert row.progress_status == "not_started"
    assert old.actions.count() == 32
    assert PlanEvent.objects.get(plan=new).kind == PlanEvent.Kind.CREATED


def test_its_issues_are_answered_by_its_actions(browser, old):
    new = made_from(browser, old)
    assert new.issues.count() == 15
    for row in new.actions.select_related("issue"):
        assert (row.issue is None) == (not row.criteria)
        assert row.issue is None or row.criteria[0] in row.issue.criteria


def test_issues_of_the_old_plan_are_continued(browser, school, secretary):
    value = read_plan(SAMPLE.with_name("th-suoi-lim-2026-2027.docx")).plan
    old = store(school, value, secretary)
    first = old.issues.first()
    old.actions.filter(criteria=first.criteria).update(issue=first)
    browser.post(address(old), {"nam": "2027-2028", "khung": "tt57-2026-pho-thong"})
    new = Plan.objects.get(continues=old)
    assert [i.continues_id for i in new.issues.all()] == [i.pk for i in old.issues.all()]
    carried = new.actions.get(continues__issue=first)
    assert carried.issue.continues_id == first.pk
    assert "issue" not in carried.extra.get("", {})


def test_the_school_has_one_plan_of_that_year_already(browser, old):
    made_from(browser, old)
    assert "đã có kế hoạch" in browser.get(address(old)).content.decode()
    answer = browser.post(address(old), OF_2026)
    assert answer.status_code == 422
    assert Plan.objects.filter(year__name="2026-2027").count() == 1
    assert browser.post(address(old), OF_2026 | {"them": "on"}).status_code == 302
    assert Plan.objects.filter(year__name="2026-2027").count() == 2


def test_a_plan_without_a_school_year_says_what_to_do(browser, school, secretary):
    value = plan_value()
    value.school_year = None
    plan = store(school, value, secretary)
    for answer in (browser.get(address(plan)), browser.post(address(plan), OF_2026)):
        assert "chưa ghi năm học" in answer.content.decode()
    assert Plan.objects.count() == 1


def test_terms_of_the_new_year_are_those_of_the_school(browser, school, secretary):
    from datetime import date

    from caitien.web.schools.models import SchoolYear

    value = plan_value(1)
    value.actions[0].period.text, value.actions[0].period.kind = "HK I", "term"
    value.actions[0].period.start, value.actions[0].period.end = "2025-09-05", "2026-01-17"
    old = store(school, value, secretary)
    SchoolYear.objects.create(school=school, name="2026-2027", first_term_end=date(2027, 1, 9))
    made_from(browser, old)
    row = Action.objects.get(plan__continues=old)
    assert (row.period_start, row.period_end) == ("2026-09-05", "2027-01-09")


def test_the_history_says_where_a_row_comes_from(browser, old):
    row = made_from(browser, old).actions.first()
    first = Action.history.filter(id=row.pk).get()
    assert first.history_change_reason == "Lập từ kế hoạch năm học 2025-2026"
    assert first.continues_id == row.continues_id
    assert Issue.history.filter(plan=row.plan).first().history_change_reason == first.history_change_reason


def test_the_page_asks_the_database_as_often_for_a_long_plan(browser, school, secretary):
    found = []
    for count in (3, 60):
        plan = store(school, plan_value(count), secretary)
        browser.get(address(plan))
        with CaptureQueriesContext(connection) as queries:
            browser.get(address(plan))
        found.append(len(queries))
    assert found[0] == found[1] <= 12


def test_a_plan_with_codes_and_no_framework_says_what_to_do(browser, school, secretary):
    value = plan_value()
    value.framework = None
    plan = store(school, value, secretary)
    assert "chưa ghi khung tiêu chuẩn" in browser.get(address(plan)).content.decode()
    assert browser.post(address(plan), OF_2026).status_code == 422


def test_a_plan_without_codes_and_framework_begins_under_the_new_one(browser, school, secretary):
    value = plan_value(1)
    value.framework, value.actions[0].criteria = None, []
    plan = store(school, value, secretary)
    assert made_from(browser, plan).framework == "tt57-2026-pho-thong"


def test_an_issue_proposed_this_year_tells_what_was_done_last_year(browser, old):
    issue = made_from(browser, old).issues.first()
    html = browser.get(reverse("plans:issue", args=[old.school.slug, issue.plan_id, issue.pk])).content.decode()
    assert html.index("2025-2026</span>") < html.index("2026-2027</span>")
    assert "Đang thực hiện" in html


def test_the_page_of_a_carried_action_shows_its_line_and_asks_the_database_little(browser, old):
    row = made_from(browser, old).actions.first()
    page = reverse("plans:action", args=[old.school.slug, row.plan_id, row.pk])
    html = browser.get(page).content.decode()
    assert "Qua các năm" in html
    with CaptureQueriesContext(connection) as queries:
        browser.get(page)
    assert len(queries) <= 12, len(queries)
