"""A weakness becomes an issue of a plan, and the issue an action: in one click each, with what is known carried, and undone."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from caitien.web.assessments import answering, weaknesses
from caitien.web.assessments.models import Assessment, LevelReview, Weakness
from caitien.web.plans.models import Action, Issue, Plan
from caitien.web.plans.values import store
from caitien.web.schools.models import SchoolYear
from web.assessments.made import assess
from web.invented import make_user, plan_value

TEXT = "Dữ liệu ở hai phần mềm có lúc chưa khớp nhau."
CAUSE = "Chưa phân công một người đối chiếu hằng tháng."


def a_plan(school, year="2026-2027", framework="tt57-2026-pho-thong", state="draft"):
    of = SchoolYear.objects.get_or_create(school=school, name=year)[0]
    plan = store(school, plan_value(2), None)
    Plan.objects.filter(pk=plan.pk).update(framework=framework, state=state, year=of)
    plan.refresh_from_db()
    plan.school = school
    return plan


@pytest.fixture
def assessment(school):
    return assess(school)


@pytest.fixture
def weakness(assessment):
    row = weaknesses.create(
        assessment, user=None, text=TEXT, cause=CAUSE, standard="1", criteria=["1.3"], priority="high"
    )
    LevelReview.objects.filter(review__assessment=assessment, criterion="1.3", level=1).update(
        judged="not_met", description="Trường dùng hai phần mềm. Số liệu lệch 14 học sinh (MC.1.3.01)."
    )
    return row


@pytest.fixture
def the_plan(school):
    return a_plan(school)


def address(row, name="weakness") -> str:
    return reverse(f"assessments:{name}", args=[row.school.slug, row.assessment_id, row.pk])


def coverage(assessment) -> str:
    return reverse("assessments:coverage", args=[assessment.school.slug, assessment.pk])


def ask(browser, row, **words):
    return browser.post(address(row), words, follow=True)


def test_one_click_makes_an_issue_that_carries_what_is_known(browser, weakness, the_plan):
    page = ask(browser, weakness, do="issue", plan=the_plan.pk)
    assert page.status_code == 200
    issue = Issue.objects.get(plan=the_plan)
    assert (issue.weakness, issue.cause, issue.criteria, issue.standard) == (TEXT, CAUSE, ["1.3"], "1")
    assert issue.current_state == (
        "Tiêu chí 1.3 (Mức 1 không đạt): Trường dùng hai phần mềm. Số liệu lệch 14 học sinh (MC.1.3.01)."
    )
    weakness.refresh_from_db()
    assert weakness.issue_id == issue.pk


def test_one_click_makes_an_action_and_leads_to_its_page(browser, weakness, the_plan):
    ask(browser, weakness, do="issue", plan=the_plan.pk)
    issue = Issue.objects.get(plan=the_plan)
    response = browser.post(address(weakness), {"do": "action", "issue": issue.pk})
    action = Action.objects.get(issue=issue)
    assert response.url == reverse("plans:action_edit", args=[the_plan.school.slug, the_plan.pk, action.pk])
    assert (action.criteria, action.weakness, action.cause) == (["1.3"], TEXT, CAUSE)


def test_it_is_undone_and_nothing_is_left_in_the_plan(browser, weakness, the_plan):
    page = ask(browser, weakness, do="issue", plan=the_plan.pk)
    batch = page.request["QUERY_STRING"].removeprefix("vua=")
    undo = reverse("assessments:answer_undo", args=[weakness.school.slug, weakness.assessment_id, batch])
    assert undo in page.content.decode()
    browser.post(undo, {"next": address(weakness)})
    weakness.refresh_from_db()
    assert weakness.issue_id is None
    assert not Issue.objects.filter(plan=the_plan).exists()


def test_undoing_leaves_what_somebody_said_since(browser, weakness, the_plan, secretary):
    made = answering.make_issue(weakness.assessment, the_plan, [weakness], user=secretary)
    other = Issue.objects.create(school=the_plan.school, plan=the_plan, position=9_000, weakness="khác")
    answering.choose_issue(weakness.assessment, other, [Weakness.objects.get(pk=weakness.pk)], user=secretary)
    answering.take_back(weakness.assessment, made.batch, user=secretary)
    weakness.refresh_from_db()
    assert weakness.issue_id == other.pk
    assert not Issue.objects.filter(pk=made.issue.pk).exists()


def test_one_issue_answers_several_weaknesses(browser, assessment, weakness, the_plan):
    other = weaknesses.create(
        assessment, user=None, text="Sổ sách ghi tay.", cause=CAUSE, standard="1", criteria=["1.4"]
    )
    browser.post(coverage(assessment), {"do": "issue", "plan": the_plan.pk, "weakness": [weakness.pk, other.pk]})
    issue = Issue.objects.get(plan=the_plan)
    assert (issue.weakness, issue.cause, issue.criteria) == (f"{TEXT}\nSổ sách ghi tay.", CAUSE, ["1.3", "1.4"])
    assert set(Weakness.objects.values_list("issue", flat=True)) == {issue.pk}


def test_two_clicks_make_one_issue_and_one_action(browser, weakness, the_plan):
    for _click in range(2):
        ask(browser, weakness, do="issue", plan=the_plan.pk)
    issue = Issue.objects.get(plan=the_plan)
    first = browser.post(address(weakness), {"do": "action", "issue": issue.pk, "da-co": "0"})
    second = browser.post(address(weakness), {"do": "action", "issue": issue.pk, "da-co": "0"})
    assert second.url == first.url
    assert Action.objects.filter(issue=issue).count() == 1
    browser.post(address(weakness), {"do": "action", "issue": issue.pk, "da-co": "1"})
    assert Action.objects.filter(issue=issue).count() == 2


def test_an_issue_that_is_there_can_be_chosen_and_let_go(browser, weakness, the_plan):
    issue = Issue.objects.create(school=the_plan.school, plan=the_plan, position=1, weakness="Dữ liệu")
    ask(browser, weakness, do="choose", issue=issue.pk)
    weakness.refresh_from_db()
    assert weakness.issue_id == issue.pk
    ask(browser, weakness, do="none")
    weakness.refresh_from_db()
    assert weakness.issue_id is None
    assert Issue.objects.filter(pk=issue.pk).exists()


def test_a_locked_plan_says_why_and_nothing_is_changed(browser, weakness, the_plan):
    Plan.objects.filter(pk=the_plan.pk).update(state="submitted")
    response = browser.post(address(weakness), {"do": "issue", "plan": the_plan.pk})
    assert response.status_code == 409
    assert "Kế hoạch đang chờ duyệt nên nội dung không sửa được" in response.content.decode()
    weakness.refresh_from_db()
    assert (weakness.issue_id, weakness.version) == (None, 1)
    assert not Issue.objects.filter(plan=the_plan).exists()
    assert "Kế hoạch đang chờ duyệt" in browser.get(address(weakness)).content.decode()


def test_from_an_approved_report_issues_are_still_made(browser, weakness, the_plan):
    """The plan of the coming year is made when the report is approved."""
    Assessment.objects.update(state="approved")
    ask(browser, weakness, do="issue", plan=the_plan.pk)
    weakness.refresh_from_db()
    assert weakness.issue_id is not None


def test_the_plan_of_the_coming_year_is_offered_first_and_closed_ones_not_at_all(assessment, school):
    this, coming = a_plan(school), a_plan(school, "2027-2028")
    a_plan(school, "2025-2026")
    a_plan(school, "2028-2029", state="closed")
    assert [plan.pk for plan in answering.plans_for(assessment)] == [coming.pk, this.pk]


def test_without_a_plan_one_is_led_to_make_one(browser, weakness):
    page = browser.get(address(weakness)).content.decode()
    assert reverse("plans:new", args=[weakness.school.slug]) in page
    assert "Hãy lập kế hoạch trước; hạn chế vẫn ở đây." in page


def test_a_plan_of_another_framework_gets_the_criteria_that_correspond(school, secretary):
    assessment = assess(school, framework="tt17-2018-tieu-hoc")
    row = weaknesses.create(assessment, user=None, text=TEXT, criterion="3.6")
    plan = a_plan(school)
    made = answering.make_issue(assessment, plan, [row], user=secretary)
    assert made.issue.criteria == ["4.1"]


def test_another_schools_plan_or_issue_is_not_there(browser, weakness, other_school):
    theirs = a_plan(other_school)
    issue = Issue.objects.create(school=other_school, plan=theirs, position=1, weakness="x")
    assert browser.post(address(weakness), {"do": "issue", "plan": theirs.pk}).status_code == 404
    assert browser.post(address(weakness), {"do": "choose", "issue": issue.pk}).status_code == 404
    assert browser.post(address(weakness), {"do": "choose", "issue": "x"}).status_code == 404


def test_a_member_of_a_group_reads_and_does_not_change_the_plan(weakness, the_plan, school):
    member = Client()
    member.force_login(make_user("thanh-vien", "Vi Thị Hồng Mai", school, "member"))
    page = member.get(address(weakness))
    assert page.status_code == 200
    assert 'value="issue"' not in page.content.decode()
    assert member.post(address(weakness), {"do": "issue", "plan": the_plan.pk}).status_code == 403


def test_the_page_of_an_issue_shows_the_weakness_that_it_answers(browser, weakness, the_plan, secretary):
    made = answering.make_issue(weakness.assessment, the_plan, [weakness], user=secretary)
    page = browser.get(reverse("plans:issue", args=[the_plan.school.slug, the_plan.pk, made.issue.pk])).content.decode()
    assert "Hạn chế của tự đánh giá mà vấn đề này giải quyết" in page
    assert address(weakness) in page


def test_current_state_is_whole_sentences_and_not_the_whole_description():
    text = "Câu một nói về dữ liệu. " * 60
    cut = answering.beginning(text)
    assert len(cut) <= answering.STATE_LETTERS
    assert cut.endswith("dữ liệu.")
    assert answering.beginning("chữ " * 400).endswith("chữ…")
