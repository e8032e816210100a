"""The plan page says where the plan stands, and shows what was asked for."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caitien.plan import ImprovementPlan, Period
from caitien.web.plans.overview import rows_of
from caitien.web.plans.values import store
from web.invented import make_user, plan_value


@pytest.fixture
def in_november(monkeypatch):
    """The pages think that today is 20/11/2025."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2025, 11, 20))


def page(browser, plan, **asked) -> str:
    response = browser.get(reverse("plans:plan", args=[plan.school.slug, plan.pk]), asked)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_first_line_counts(browser, plan, in_november):
    assert "3 mục, 1 hoàn thành, 1 quá hạn, 0 đến hạn trong 14 ngày" in page(browser, plan)


def test_an_action_is_overdue_the_day_after_its_last_day(browser, plan, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2025, 10, 15))
    assert "0 quá hạn, 1 đến hạn" in page(browser, plan)
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2025, 10, 16))
    assert "1 quá hạn, 0 đến hạn" in page(browser, plan)


def test_actions_stand_under_the_title_of_their_standard(browser, plan):
    html = page(browser, plan)
    assert "Tiêu chuẩn 1. Tổ chức và quản lý nhà trường" in html
    assert html.index("Tiêu chuẩn 1.") < html.index("Tiêu chuẩn 4.") < html.index("Tiêu chuẩn 5.")


def test_search_needs_no_diacritics(browser, plan):
    html = page(browser, plan, tim="chien luoc ra soat")
    assert "Rà soát kế hoạch chiến lược" in html
    assert "Học sinh yếu" not in html
    assert "Đang xem 1 trong 3 mục" in html


@pytest.mark.parametrize(
    ("only", "shown", "hidden"),
    [
        ("overdue", "Rà soát kế hoạch chiến lược", "Việc thứ 3"),
        ("done", "Việc thứ 3", "Rà soát kế hoạch"),
        ("ownerless", "Học sinh yếu", "Việc thứ 3"),
        ("money", "Việc thứ 3", "Học sinh yếu"),
    ],
)
def test_each_count_is_a_filter(browser, plan, in_november, only, shown, hidden):
    html = page(browser, plan, loc=only)
    assert shown in html
    assert hidden not in html


def test_one_sees_what_one_person_does(browser, plan):
    html = page(browser, plan, nguoi="Tổ chuyên môn")
    assert "Việc thứ 3" in html
    assert "Rà soát kế hoạch chiến lược" not in html


def test_money_is_added_up(browser, plan):
    html = page(browser, plan)
    assert "3,5 triệu đồng" in html
    assert "3.500.000" in html


def test_a_filter_that_fits_nothing_says_so(browser, plan):
    assert "Không có mục nào hợp với bộ lọc" in page(browser, plan, tim="máy bay")


def test_an_unknown_filter_is_no_filter(browser, plan):
    assert "Học sinh yếu" in page(browser, plan, loc="<script>")


def test_htmx_gets_the_table_alone(browser, plan):
    response = browser.get(
        reverse("plans:plan", args=[plan.school.slug, plan.pk]), {"loc": "done"}, headers={"HX-Request": "true"}
    )
    assert response.content.decode().lstrip().startswith('<section id="bang"')


def test_a_plan_without_actions_says_so(browser, school, secretary):
    plan = store(school, ImprovementPlan(), secretary)
    assert "chưa có mục nào" in page(browser, plan)


def test_what_a_file_said_is_shown_as_text_and_never_run(browser, school, secretary):
    value = plan_value(1)
    value.actions[0].content = "<script>alert(1)</script>"
    html = page(browser, store(school, value, secretary))
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_the_page_has_a_json_twin(browser, plan):
    response = browser.get(reverse("plans:plan_json", args=[plan.school.slug, plan.pk]))
    assert ImprovementPlan.model_validate(response.json()).to_dict() == plan_value().to_dict()


def test_other_years_are_one_click_away(browser, plan, school, secretary):
    store(school, plan_value(1).model_copy(update={"school_year": "2026-2027"}), secretary)
    assert "2026-2027" in page(browser, plan)


def test_a_column_that_no_action_fills_is_there_only_for_who_can_fill_it(browser, school, secretary):
    value = plan_value(8)
    for action in value.actions:
        action.resources.budget_vnd = action.resources.budget_text = None
        action.expected_evidence = []
    plan = store(school, value, secretary)
    reader = Client()
    reader.force_login(make_user("nguoi-xem", "Vi Thị Sim", school, "viewer"))
    html = page(reader, plan)
    assert 'data-c="nguoi"' in html
    assert 'data-c="kinhphi"' not in html
    assert 'data-c="minhchung"' not in html
    assert 'colspan="5"' in html
    html = page(browser, plan)
    assert 'data-c="kinhphi"' in html
    assert 'data-c="minhchung"' in html


def test_a_cell_without_an_amount_is_a_dash_on_the_page_and_words_for_the_ear(browser, plan):
    assert '<span class="sr-only">chưa ghi</span>' in page(browser, plan)


def test_what_is_late_is_said_in_days(browser, plan, in_november):
    action = plan.actions.first()
    html = browser.get(reverse("plans:action", args=[plan.school.slug, plan.pk, action.pk])).content.decode()
    assert "trễ 36 ngày so với hạn 15/10/2025" in html


def test_a_duplicate_row_stands_beside_what_is_kept_with_the_difference_marked(browser, plan):
    action = plan.actions.first()
    html = browser.get(reverse("plans:action", args=[plan.school.slug, plan.pk, action.pk])).content.decode()
    assert '<mark class="differs">Tổ khối 1</mark>' in html
    assert "mục này giữ: Lò Thị Mẩy (Hiệu trưởng)" in re.sub(r"\s+", " ", html)


def test_a_date_left_over_from_an_earlier_year_is_not_late(browser, school, secretary):
    """Copied from last year's plan: the page counts it as the report does, and a finding says what it is."""
    value = plan_value(1)
    value.actions[0].period = Period(text="Trước 15/10/2024", kind="deadline", end="2024-10-15")
    plan = store(school, value, secretary)
    actions = list(plan.actions.all())
    actions[0].plan = plan
    row = rows_of(actions, date(2026, 11, 22))[0]
    assert not row.overdue
    assert not row.soon
    actions[0].ends_on = date(2025, 10, 15)
    assert rows_of(actions, date(2026, 11, 22))[0].overdue


def test_who_only_reads_gets_a_plain_table(plan, school):
    reader = Client()
    reader.force_login(make_user("nguoi-xem", "", school, "staff"))
    html = page(reader, plan)
    assert "grid.js" not in html
    assert 'name="chon"' not in html
    assert 'class="row-link w"' in html


@pytest.mark.parametrize(("state", "mode"), [("submitted", "reported"), ("in_force", "reported"), ("closed", "")])
def test_a_frozen_plan_says_so_once_and_lets_rows_be(browser, plan, state, mode):
    plan.state = state
    plan.save()
    html = page(browser, plan)
    assert html.count('role="note"') == 1
    assert ('data-mode="reported"' in html) == (mode == "reported")
    assert 'name="chon"' not in html
    assert "Thêm mục" not in html
