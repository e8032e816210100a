"""Vấn đề trọng tâm: written, ordered, proposed from weaknesses, answered by actions; two editors lose nothing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caitien.web.plans.models import Issue, Plan
from caitien.web.plans.values import store
from web.invented import make_user, plan_value


@pytest.fixture
def plan(school, secretary):
    """A plan of 2026 with three actions, two of them with weaknesses."""
    value = plan_value(3)
    value.framework, value.school_year = "tt57-2026-pho-thong", "2026-2027"
    value.actions[1].criteria, value.actions[1].weakness = ["3.4"], "Nhiều học sinh đọc chậm."
    plan = store(school, value, secretary)
    plan.school = school
    return plan


def url(plan: Plan, name: str = "issues", *more) -> str:
    return reverse(f"plans:{name}", args=[plan.school.slug, plan.pk, *more])


def added(browser, plan: Plan, **words: str) -> Issue:
    before = set(plan.issues.values_list("pk", flat=True))
    assert browser.post(url(plan, "issue_add"), words).status_code == 302
    return plan.issues.exclude(pk__in=before).get()


def undo_last(browser, plan: Plan) -> None:
    batch = Issue.history.filter(plan=plan).order_by("-history_date", "-version").first().batch
    assert browser.post(reverse("plans:undo_all", args=[plan.school.slug, plan.pk, batch])).status_code == 302


def test_an_issue_is_added_with_all_its_fields(browser, plan):
    issue = added(
        browser, plan, criteria="4.1, 1.3", weakness="Thiếu máy tính.", current_state="Có 12 máy.", cause="Cũ."
    )
    assert (issue.criteria, issue.standard, issue.cause) == (["4.1", "1.3"], "4", "Cũ.")
    html = browser.get(url(plan)).content.decode()
    assert "1 vấn đề, 1 chưa có mục nào giải quyết; 3 mục chưa gắn" in html
    assert "Cơ sở vật chất" in html


def test_a_criterion_that_the_framework_does_not_have_is_refused_and_nothing_typed_is_lost(browser, plan):
    answer = browser.post(url(plan, "issue_add"), {"criteria": "7.7", "weakness": "Điều đã viết"})
    assert answer.status_code == 422
    assert "không có tiêu chí 7.7" in answer.content.decode()
    assert "Điều đã viết" in answer.content.decode()
    assert browser.post(url(plan, "issue_add"), {"weakness": " "}).status_code == 422


def test_issues_are_proposed_from_weaknesses_and_their_actions_answer_them(browser, plan):
    browser.post(url(plan), {"do": "propose"})
    first, second = plan.issues.all()
    assert (first.criteria, second.criteria) == (["1.1"], ["3.4"])
    assert second.weakness == "Nhiều học sinh đọc chậm."
    assert [a.issue for a in plan.actions.all()] == [first, second, None]
    undo_last(browser, plan)
    assert plan.issues.count() == 0
    assert not plan.actions.exclude(issue=None).exists()


def test_an_action_is_made_of_an_issue_with_its_weakness(browser, plan):
    issue = added(browser, plan, criteria="4.1", weakness="Thiếu máy tính.", cause="Máy cũ.")
    answer = browser.post(url(plan), {"do": "action", "issue": issue.pk})
    row = plan.actions.last()
    assert answer.headers["Location"] == url(plan, "action_edit", row.pk)
    assert (row.issue, row.criteria, row.weakness, row.cause) == (issue, ["4.1"], "Thiếu máy tính.", "Máy cũ.")
    assert row.number == 4


def test_actions_are_linked_to_an_issue_and_freed_again(browser, plan):
    issue = added(browser, plan, weakness="Thiếu máy tính.")
    keys = [str(row.pk) for row in plan.actions.all()][:2]
    browser.post(url(plan), {"do": "link", "issue": issue.pk, "action": keys})
    assert issue.actions.count() == 2
    browser.post(url(plan), {"do": "link", "action": keys[:1]})
    assert issue.actions.count() == 1


def test_actions_go_to_the_only_issue_of_their_criterion_at_once(browser, plan):
    reading = added(browser, plan, criteria="3.4", weakness="Nhiều học sinh đọc chậm.")
    one, other = (added(browser, plan, criteria="1.1", weakness=words) for words in ("Một", "Hai"))
    assert "1 mục cùng tiêu chí với đúng một vấn đề" in browser.get(url(plan)).content.decode()
    browser.post(url(plan), {"do": "match"})
    assert [row.criteria for row in reading.actions.all()] == [["3.4"]]
    assert not one.actions.exists()  # which of the two, only a person knows
    assert not other.actions.exists()
    assert "Gắn theo tiêu chí" not in browser.get(url(plan)).content.decode()
    assert "Hãy chọn mục rồi gắn bằng tay" in browser.post(url(plan), {"do": "match"}, follow=True).content.decode()


def test_their_order_changes_one_place_at_a_time(browser, plan):
    a, b, c = (added(browser, plan, weakness=f"Vấn đề {n}") for n in "abc")
    browser.post(url(plan), {"do": "len", "issue": c.pk})
    assert list(plan.issues.all()) == [a, c, b]
    browser.post(url(plan), {"do": "xuong", "issue": a.pk})
    assert list(plan.issues.all()) == [c, a, b]
    browser.post(url(plan), {"do": "len", "issue": c.pk})
    assert list(plan.issues.all()) == [c, a, b]


def test_one_taken_away_comes_back_with_its_actions(browser, plan):
    issue = added(browser, plan, weakness="Thiếu máy tính.")
    plan.actions.filter(pk=plan.actions.first().pk).update(issue=issue)
    browser.post(url(plan), {"do": "remove", "issue": issue.pk})
    assert plan.issues.count() == 0
    undo_last(browser, plan)
    assert plan.issues.get().actions.count() == 1


def test_two_editors_of_different_fields_are_joined(browser, plan):
    issue = added(browser, plan, weakness="Cũ", cause="Cũ")
    browser.post(url(plan, "issue_edit", issue.pk), {"version": 1, "weakness": "Mới", "cause": "Cũ"})
    browser.post(url(plan, "issue_edit", issue.pk), {"version": 1, "weakness": "Cũ", "cause": "Vì thiếu tiền"})
    issue.refresh_from_db()
    assert (issue.weakness, issue.cause) == ("Mới", "Vì thiếu tiền")


def test_of_one_field_the_second_sees_both_and_loses_nothing_else(browser, plan):
    issue = added(browser, plan, weakness="Cũ", cause="Cũ", current_state="Cũ")
    address = url(plan, "issue_edit", issue.pk)
    browser.post(address, {"version": 1, "weakness": "Lời của An", "cause": "An sửa", "current_state": "Cũ"})
    mine = {"version": 1, "weakness": "Lời của Bình", "cause": "Cũ", "current_state": "Bình sửa"}
    answer = browser.post(address, mine)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Lời của An" in html
    assert "Lời của Bình" in html
    assert 'name="cause"' not in html  # she did not touch it: his correction must not be undone
    sent = {"version": 2, "weakness": "Lời của Bình", "chon_weakness": "ca-hai", "current_state": "Bình sửa"}
    browser.post(address, sent)
    issue.refresh_from_db()
    assert issue.weakness == "Lời của An\nLời của Bình"
    assert (issue.cause, issue.current_state) == ("An sửa", "Bình sửa")


def test_the_history_shows_each_change_and_takes_it_back(browser, plan):
    issue = added(browser, plan, weakness="Trước")
    browser.post(url(plan, "issue_edit", issue.pk), {"version": 1, "weakness": "Sau"})
    html = browser.get(url(plan, "issue", issue.pk)).content.decode()
    assert "<del>Trước</del>" in html
    undo_last(browser, plan)
    issue.refresh_from_db()
    assert issue.weakness == "Trước"


def test_a_frozen_plan_refuses_a_change_and_still_lets_the_order_change(browser, plan):
    a, b = (added(browser, plan, weakness=f"Vấn đề {n}") for n in "ab")
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.IN_FORCE)
    answer = browser.post(url(plan, "issue_edit", a.pk), {"version": 1, "weakness": "Khác"})
    assert answer.status_code == 409
    assert browser.post(url(plan), {"do": "remove", "issue": a.pk}).status_code == 409
    browser.post(url(plan), {"do": "xuong", "issue": a.pk})
    assert list(plan.issues.all()) == [b, a]


def test_who_may_only_look_sees_no_buttons(client, plan):
    client.force_login(make_user("xem", "Người Xem", plan.school, "viewer"))
    html = client.get(url(plan)).content.decode()
    assert "Thêm vấn đề" not in html


def test_the_page_asks_the_database_as_often_for_many_issues(browser, plan):
    found = []
    for count in (2, 15):
        for number in range(count):
            added(browser, plan, criteria="1.1", weakness=f"Vấn đề {number}")
        browser.get(url(plan))
        with CaptureQueriesContext(connection) as queries:
            browser.get(url(plan))
        found.append(len(queries))
    assert found[0] == found[1] <= 12


def test_an_issue_has_its_line_over_the_years(browser, plan, school, secretary):
    old = added(browser, plan, criteria="4.1", weakness="Thiếu máy tính.")
    plan.actions.filter(pk=plan.actions.first().pk).update(issue=old, progress_status="in_progress", result="Mua 5 máy")
    later = plan_value(1)
    later.school_year, later.framework = "2027-2028", "tt57-2026-pho-thong"
    new_plan = store(school, later, secretary)
    new_plan.school = school
    new = added(browser, new_plan, criteria="4.1", weakness="Còn thiếu máy tính.")
    Issue.objects.filter(pk=new.pk).update(continues=old)
    for seen_plan, seen in ((new_plan, new), (plan, old)):
        html = browser.get(url(seen_plan, "issue", seen.pk)).content.decode()
        assert html.index("2026-2027</span>") < html.index("2027-2028</span>")
        assert "Mua 5 máy" in html
