"""A plan goes its way: drafted, submitted, approved, put in force, closed; each step by who may, told to all, once."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from caitien.web.plans.life import take_step
from caitien.web.plans.models import Plan, PlanEvent
from caitien.web.plans.states import STEPS
from caitien.web.schools.not_now import NotNow
from web.invented import make_user


@pytest.fixture
def principal(school):
    return make_user("hieu-truong", "Vàng A Chớ", school, "chair")


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(plan, name: str = "life") -> str:
    return reverse(f"plans:{name}", args=[plan.school.slug, plan.pk])


def state_of(plan) -> str:
    return Plan.objects.get(pk=plan.pk).state


def test_the_page_says_where_the_plan_is_and_what_is_next(browser, plan):
    html = browser.get(page(plan)).content.decode()
    assert "Kế hoạch bây giờ: <strong>bản nháp</strong>" in html
    assert 'aria-current="step"' in html
    assert page(plan, "step_submitted") in html
    assert page(plan, "step_approved") not in html


def test_a_step_of_somebody_else_names_her(browser, plan, secretary):
    take_step(plan, "submitted", user=secretary)
    html = browser.get(page(plan)).content.decode()
    assert page(plan, "step_approved") not in html
    assert "Hiệu trưởng, chủ tịch hội đồng" in html


def test_who_approves_is_told_to_approve_and_not_to_withdraw(plan, secretary, principal, school):
    take_step(plan, "submitted", user=secretary)
    html = signed_in(principal).get(page(plan)).content.decode()
    assert "Kế hoạch đang chờ bạn duyệt" in html
    assert "Hãy “Rút lại để sửa”" not in html
    teacher = make_user("giao-vien", "Lò Thị Chè", school, "staff")
    html = signed_in(teacher).get(page(plan)).content.decode()
    assert "Kế hoạch đang chờ hiệu trưởng duyệt" in html
    assert "Hãy “Rút lại để sửa”" in signed_in(secretary).get(page(plan)).content.decode()


def test_the_reason_of_a_return_stands_on_top_until_the_plan_is_submitted_again(browser, plan, secretary, principal):
    take_step(plan, "submitted", user=secretary)
    take_step(plan, "returned", user=principal, note="Thiếu số liệu phòng máy")
    html = browser.get(page(plan)).content.decode()
    assert "Vàng A Chớ trả lại kế hoạch ngày" in html
    assert html.index("Thiếu số liệu phòng máy") < html.index("Bước tiếp theo")
    assert "Thiếu số liệu phòng máy" in browser.get(page(plan, "plan")).content.decode()
    take_step(plan, "submitted", user=secretary)
    assert "trả lại kế hoạch ngày" not in browser.get(page(plan)).content.decode()


def test_a_return_without_a_reason_leaves_its_own_form_open_and_no_other(plan, secretary, principal):
    take_step(plan, "submitted", user=secretary)
    html = signed_in(principal).post(page(plan, "step_returned"), {"note": ""}).content.decode()
    assert html.count('class="step-panel" open') == 1
    opened = html.split('class="step-panel" open', 1)[1].split("</details>", 1)[0]
    assert "Hãy ghi lý do" in opened


def test_the_whole_way(browser, plan, principal):
    chair = signed_in(principal)
    browser.post(page(plan, "step_submitted"), {"note": "Kính trình"})
    assert state_of(plan) == "submitted"
    chair.post(page(plan, "step_approved"), {"number": "12/KH-THSL", "on": "30/9/2025", "name": "Vàng A Chớ"})
    chair.post(page(plan, "step_put_in_force"))
    assert state_of(plan) == "in_force"
    chair.post(page(plan, "step_closed"), {"note": "Hết năm học"})
    html = chair.get(page(plan)).content.decode()
    for words in ("Trình duyệt", "Kính trình", "Hết năm học", "Vàng A Chớ"):
        assert words in html
    assert [e.kind for e in PlanEvent.objects.filter(plan=plan)] == ["submitted", "approved", "put_in_force", "closed"]


def test_number_day_and_signer_of_the_approval_go_into_the_document(plan, secretary, principal):
    take_step(plan, "submitted", user=secretary)
    signed_in(principal).post(
        page(plan, "step_approved"), {"number": "12/KH-THSL", "on": "30/9/2025", "name": "Vàng A Chớ"}
    )
    document = Plan.objects.get(pk=plan.pk).head["document"]
    assert (document["number"], document["date"], document["signer"]["name"]) == (
        "12/KH-THSL",
        "2025-09-30",
        "Vàng A Chớ",
    )


def test_a_day_that_is_none_is_asked_again_and_nothing_typed_is_lost(plan, secretary, principal):
    take_step(plan, "submitted", user=secretary)
    sent = {"number": "12/KH-THSL", "on": "31/02/2026", "note": "Đồng ý, làm ngay"}
    response = signed_in(principal).post(page(plan, "step_approved"), sent)
    html = response.content.decode()
    assert response.status_code == 422
    assert "“31/02/2026” không phải là một ngày" in html
    assert "Đồng ý, làm ngay" in html
    assert state_of(plan) == "submitted"


def test_sending_back_needs_a_reason(plan, secretary, principal):
    take_step(plan, "submitted", user=secretary)
    chair = signed_in(principal)
    assert chair.post(page(plan, "step_returned"), {"note": "  "}).status_code == 422
    assert state_of(plan) == "submitted"
    chair.post(page(plan, "step_returned"), {"note": "Thiếu kinh phí mục 3"})
    assert state_of(plan) == "draft"
    assert "Thiếu kinh phí mục 3" in chair.get(page(plan)).content.decode()


@pytest.mark.parametrize("kind", sorted(STEPS))
def test_a_step_that_does_not_lead_from_here_gets_a_sentence(plan, principal, kind):
    step = STEPS[kind]
    wrong = next(state for state in Plan.State.values if state not in step.before)
    Plan.objects.filter(pk=plan.pk).update(state=wrong)
    response = signed_in(principal).post(page(plan, f"step_{kind}"), {"note": "lời"})
    assert response.status_code == 409
    assert "Kế hoạch bây giờ là" in response.content.decode()
    assert state_of(plan) == wrong
    assert not PlanEvent.objects.exists()


def test_the_second_of_two_clicks_says_who_was_first(plan, secretary, principal):
    take_step(plan, "submitted", user=secretary)
    seen = Plan.objects.select_related("school").get(pk=plan.pk)
    take_step(plan, "approved", user=principal)
    with pytest.raises(NotNow, match="Vàng A Chớ"):
        take_step(seen, "approved", user=secretary)
    assert PlanEvent.objects.filter(plan=plan, kind="approved").count() == 1


def test_what_a_principal_would_ask_is_listed_and_forbids_nothing(browser, plan):
    html = browser.get(page(plan)).content.decode()
    assert "1 mục chưa có người phụ trách." in html
    assert "1 mục chưa ghi kinh phí." in html
    assert "2 mục chưa ghi minh chứng dự kiến." in html
    browser.post(page(plan, "step_submitted"))
    assert state_of(plan) == "submitted"


def test_a_step_is_a_line_of_the_plans_history(plan, secretary):
    take_step(plan, "submitted", user=secretary)
    newest = Plan.history.filter(id=plan.pk).latest()
    assert (newest.state, newest.history_user, newest.version) == ("submitted", secretary, 2)


def test_the_page_asks_the_database_a_constant_number_of_times(browser, school, secretary):
    from caitien.web.plans.values import store
    from web.invented import plan_value
    from web.test_queries_are_constant import MOST, count

    found = [count(browser, page(store(school, plan_value(rows), secretary))) for rows in (5, 60)]
    assert found[0] == found[1] <= MOST
