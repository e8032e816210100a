"""The coverage page: priority weaknesses that nothing answers, issues without actions, actions with nothing behind them."""

from __future__ import annotations

import re
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.urls import reverse

from caitien.web.assessments import answering, weaknesses
from caitien.web.assessments.coverage import cover
from caitien.web.plans.models import Action, Issue
from web.assessments.made import assess
from web.assessments.test_from_weakness_to_action import a_plan

PLAN = SimpleNamespace(pk=uuid4())
STANDARDS = [("1", "Quản trị"), ("2", "Đội ngũ")]


def weak(priority="", issue=None):
    return SimpleNamespace(priority=priority, issue_id=issue.pk if issue else None)


def issue(plan=PLAN):
    return SimpleNamespace(pk=uuid4(), plan_id=plan.pk)


def action(of=None, plan=PLAN):
    return SimpleNamespace(pk=uuid4(), plan_id=plan.pk, issue_id=of.pk if of else None)


def test_a_priority_weakness_that_no_issue_answers_is_named_apart():
    seen = cover([(weak("high"), "1"), (weak("low"), "1"), (weak(), "2")], [], [], STANDARDS, PLAN)
    assert (len(seen.urgent), len(seen.other), seen.urgent_without_action) == (1, 2, 1)


def test_one_whose_issue_waits_for_an_action_is_not_answered_yet():
    one = issue()
    seen = cover([(weak("high", one), "1")], [one], [], STANDARDS, PLAN)
    assert (len(seen.urgent), seen.urgent_without_action) == (0, 1)
    assert [entry.issue for entry in seen.open_issues] == [one]


def test_one_with_issue_and_action_is_answered():
    one = issue()
    seen = cover([(weak("high", one), "1")], [one], [action(one)], STANDARDS, PLAN)
    assert seen.urgent_without_action == 0
    assert (seen.open_issues, seen.baseless) == ([], [])


def test_an_issue_that_was_taken_away_answers_nothing():
    gone = issue()
    seen = cover([(weak("high", gone), "1")], [], [action(gone)], STANDARDS, PLAN)
    assert len(seen.urgent) == 1


def test_an_action_without_a_weakness_behind_it_is_told_with_or_without_an_issue():
    one, other = issue(), issue()
    free, baseless, good = action(), action(one), action(other)
    seen = cover([(weak("", other), "1")], [one, other], [free, baseless, good], STANDARDS, PLAN)
    assert [(entry.action, entry.issue) for entry in seen.baseless] == [(free, None), (baseless, one)]


def test_only_the_plan_that_is_looked_at_is_asked_for_open_issues_and_baseless_actions():
    other_plan = SimpleNamespace(pk=uuid4())
    answered, waiting = issue(other_plan), issue(other_plan)
    weaknesses = [(weak("high", answered), "1"), (weak("low", waiting), "1")]
    actions = [action(answered, other_plan), action(None, other_plan)]
    seen = cover(weaknesses, [answered, waiting], actions, STANDARDS, PLAN)
    assert (seen.open_issues, seen.baseless, seen.urgent_without_action) == ([], [], 0)


def test_what_waits_longest_for_an_urgent_weakness_stands_first():
    plain, urgent = issue(), issue()
    seen = cover([(weak("low", plain), "1"), (weak("high", urgent), "1")], [plain, urgent], [], STANDARDS, PLAN)
    assert [entry.issue for entry in seen.open_issues] == [urgent, plain]


def test_standards_are_counted():
    one = issue()
    seen = cover([(weak("high", one), "1"), (weak(), "1"), (weak(), "2")], [one], [action(one)], STANDARDS, PLAN)
    counted = [(one.code, one.weaknesses, one.urgent, one.with_issue, one.with_action) for one in seen.standards]
    assert counted == [("1", 2, 1, 1, 1), ("2", 1, 0, 0, 0)]


# --- the page


@pytest.fixture
def assessment(school):
    return assess(school)


def address(assessment) -> str:
    return reverse("assessments:coverage", args=[assessment.school.slug, assessment.pk])


def words(response) -> str:
    main = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_the_first_line_counts_what_is_not_answered(browser, assessment, school, secretary):
    row = weaknesses.create(assessment, user=None, text="Dữ liệu lệch", standard="1", priority="high")
    plan = a_plan(school)
    assert "1 hạn chế ưu tiên cao chưa có mục nào trong kế hoạch." in words(browser.get(address(assessment)))
    made = answering.make_issue(assessment, plan, [row], user=secretary)
    answering.make_action(plan, made.issue, user=secretary)
    assert "Mọi hạn chế ưu tiên cao đều có mục giải quyết" in words(browser.get(address(assessment)))


def test_a_row_has_the_step_that_mends_it(browser, assessment, school):
    row = weaknesses.create(assessment, user=None, text="Dữ liệu lệch", standard="1", priority="high")
    plan = a_plan(school)
    response = browser.post(address(assessment), {"plan": plan.pk, "only": row.pk}, follow=True)
    assert "Đã lập vấn đề trọng tâm trong kế hoạch 2026-2027." in words(response)
    issue = Issue.objects.get(plan=plan)
    assert "Vấn đề trọng tâm chưa có mục nào (1)" in words(response)
    response = browser.post(address(assessment), {"do": "action", "issue": issue.pk})
    assert Action.objects.filter(issue=issue).count() == 1


def test_an_action_of_an_issue_without_weakness_can_be_joined_to_one(browser, assessment, school):
    plan = a_plan(school)
    issue = Issue.objects.create(school=school, plan=plan, position=1, weakness="Dữ liệu")
    Action.objects.filter(plan=plan).update(issue=issue)
    row = weaknesses.create(assessment, user=None, text="Dữ liệu lệch", standard="1")
    assert "Mục của kế hoạch không có hạn chế nào đứng sau (2)" in words(browser.get(address(assessment)))
    page = browser.post(address(assessment), {"do": "choose", "issue": issue.pk, "weakness": row.pk}, follow=True)
    assert "không có hạn chế nào đứng sau (" not in words(page)


def test_no_weakness_is_chosen_for_anybody(browser, assessment, school):
    plan = a_plan(school)
    issue = Issue.objects.create(school=school, plan=plan, position=1, weakness="Dữ liệu")
    Action.objects.filter(plan=plan).update(issue=issue)
    row = weaknesses.create(assessment, user=None, text="Dữ liệu lệch", standard="1")
    assert 'name="weakness" required><option value="">' in browser.get(address(assessment)).content.decode()
    page = browser.post(address(assessment), {"do": "choose", "issue": issue.pk, "weakness": ""}, follow=True)
    assert "Chưa chọn hạn chế nào." in words(page)
    row.refresh_from_db()
    assert row.issue is None


def test_ticking_nothing_is_told(browser, assessment, school):
    weaknesses.create(assessment, user=None, text="Dữ liệu lệch", standard="1")
    response = browser.post(address(assessment), {"do": "issue", "plan": a_plan(school).pk}, follow=True)
    assert "Chưa chọn hạn chế nào." in words(response)


def test_without_weaknesses_or_plans_the_page_says_what_to_do(browser, assessment):
    page = words(browser.get(address(assessment)))
    assert "Bản tự đánh giá chưa ghi hạn chế nào." in page
    assert "Chưa có kế hoạch cải tiến" in page


def test_another_plan_can_be_looked_at(browser, assessment, school):
    a_plan(school)
    other = a_plan(school, "2027-2028")
    page = browser.get(f"{address(assessment)}?ke-hoach={other.pk}").content.decode()
    assert f'value="{other.pk}" selected' in page
    assert browser.get(f"{address(assessment)}?ke-hoach=khong-co").status_code == 200
