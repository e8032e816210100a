"""An approved plan changes only under an amendment; the table of adjustments says what, from, to, why, who and when."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from caitien.web.plans.editing import change, create_actions, remove_actions, save_edit, set_head
from caitien.web.plans.life import start_amendment
from caitien.web.plans.models import Amendment, Plan
from caitien.web.plans.states import PlanLocked
from web.invented import make_user

BEGINS = {"docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "pdf": b"%PDF-"}


@pytest.fixture
def plan(plan):
    Plan.objects.filter(pk=plan.pk).update(state="in_force")
    return Plan.objects.select_related("school", "year").get(pk=plan.pk)


@pytest.fixture
def amendment(plan, secretary):
    return start_amendment(plan, "Thay người phụ trách vì chuyển trường", user=secretary)


@pytest.fixture
def action(plan):
    return plan.actions.first()


def page(plan, name: str = "amendments", *more) -> str:
    return reverse(f"plans:{name}", args=[plan.school.slug, plan.pk, *more])


def edit(action, user, **columns):
    action.refresh_from_db()
    names = {"budget_vnd": "budget", "period_text": "period"}
    wanted = {}
    for column, value in columns.items():
        wanted.setdefault(names.get(column, column), {})[column] = value
    return save_edit(action.school, action.pk, wanted, base=action, user=user)


def told(browser, plan) -> str:
    return browser.get(page(plan)).content.decode()


def test_without_an_amendment_the_content_is_frozen_and_what_was_typed_is_given_back(browser, plan, action):
    url = reverse("plans:action_field", args=[plan.school.slug, plan.pk, action.pk, "content"])
    response = browser.post(url, {"version": action.version, "content": "Lời mới gõ"})
    html = response.content.decode()
    assert response.status_code == 409
    assert "nội dung đã khóa" in html
    assert "Lời mới gõ" in html
    assert page(plan, "life") in html


def test_opening_needs_a_reason(browser, plan):
    response = browser.post(page(plan), {"reason": "   "})
    assert response.status_code == 422
    assert "Hãy ghi lý do" in response.content.decode()
    assert not Amendment.objects.exists()


def test_the_banner_stands_on_every_page_of_the_plan_until_it_is_ended(browser, plan):
    browser.post(page(plan), {"reason": "Giá sách tăng"})
    for name in ("plan", "findings", "life"):
        assert "Đang điều chỉnh lần 1" in browser.get(page(plan, name)).content.decode()
    browser.post(page(plan, "amendment_end", Amendment.objects.get().pk))
    assert "Đang điều chỉnh lần 1" not in browser.get(page(plan, "plan")).content.decode()


def test_the_banner_asks_only_who_may_to_end_it(browser, plan, school):
    browser.post(page(plan), {"reason": "Giá sách tăng"})
    assert "Xem, bấm Xong" in browser.get(page(plan, "plan")).content.decode()
    client = Client()
    client.force_login(make_user("giao-vien", "Lò Thị Chè", school, "staff"))
    html = client.get(page(plan, "plan")).content.decode()
    assert "Đang điều chỉnh lần 1" in html
    assert "Xem, bấm Xong" not in html


def test_of_two_names_each_stands_whole(browser, plan, amendment, action, secretary):
    edit(action, secretary, responsible=["Lò Văn Chẩu"])
    html = browser.get(page(plan)).content.decode()
    assert '<del class="pre muted">Lò Thị Mẩy (Hiệu trưởng)</del>' in html
    assert '<ins class="pre">Lò Văn Chẩu</ins>' in html


def test_what_from_to_why_who_and_when(browser, plan, amendment, action, secretary):
    edit(action, secretary, responsible=["Tổ khối 2"])
    html = told(browser, plan)
    for words in ("Mục 1", "Người phụ trách", "Lò Thị Mẩy (Hiệu trưởng)", "Tổ khối 2", "Thay người phụ trách"):
        assert words in html


def test_from_is_what_was_approved_and_to_is_what_stands_at_the_end(browser, plan, amendment, action, secretary):
    for words in ("Bản giữa chừng", "Bản cuối cùng"):
        edit(action, secretary, content=words)
    html = told(browser, plan)
    assert "Bản cuối cùng" in html.replace('</ins> <ins class="differs">', " ") or "cuối cùng" in html
    assert "giữa chừng" not in html


def test_what_was_taken_back_within_the_amendment_is_not_told(browser, plan, amendment, action, secretary):
    before = action.content
    edit(action, secretary, content="Nhầm")
    edit(action, secretary, content=before)
    assert "Nhầm" not in told(browser, plan)
    assert "Chưa có thay đổi nào trong đợt này" in told(browser, plan)


def test_progress_is_no_adjustment(browser, plan, amendment, action, secretary):
    change(plan.school, action.pk, lambda row: {"progress_text": "Đã họp hai lần"}, user=secretary)
    assert "Đã họp hai lần" not in told(browser, plan)


def test_money_spent_is_no_adjustment_but_money_planned_is(browser, plan, amendment, action, secretary):
    line = {"amount_vnd": 2_500_000, "source": "Ngân sách", "spent_vnd": None, "note": ""}
    edit(action, secretary, budget_lines=[line])
    planned = told(browser, plan)
    assert "Các khoản kinh phí" in planned
    assert "Nguồn kinh phí" not in planned  # the lines say it
    edit(action, secretary, budget_lines=[{**line, "spent_vnd": 777_000}])
    assert "Các khoản kinh phí" in told(browser, plan)
    assert "777.000" not in told(browser, plan)
    Amendment.objects.update(closed_at="2025-12-01T00:00Z")
    second = start_amendment(plan, "Lần hai", user=secretary)
    edit(action, secretary, budget_lines=[{**line, "spent_vnd": 888_000}])
    from caitien.web.plans.adjusted import adjusted

    assert second.pk not in adjusted(plan)


def test_rows_that_came_and_went_are_told(browser, plan, amendment, secretary):
    create_actions(plan, [{"content": "Mua thêm sách", "criteria": ["3.1"]}], user=secretary)
    remove_actions(plan, [plan.actions.all()[1].pk], user=secretary)
    html = told(browser, plan)
    assert "Bổ sung" in html
    assert "Mua thêm sách" in html
    assert "Học sinh yếu" in html


def test_a_row_that_came_and_went_within_the_amendment_is_not_told(browser, plan, amendment, secretary):
    (made,) = create_actions(plan, [{"content": "Thử thôi"}], user=secretary)
    remove_actions(plan, [made.pk], user=secretary)
    assert "Thử thôi" not in told(browser, plan)


def test_the_head_of_the_plan_is_adjusted_too(browser, plan, amendment, secretary):
    set_head(plan.school, plan.pk, {**plan.head, "purposes": ["Nâng chất lượng đọc"]}, {}, user=secretary, reason="Sửa")
    html = told(browser, plan)
    assert "Toàn văn" in html
    assert "Nâng chất lượng đọc" in html


def test_each_author_has_her_own_change(browser, plan, amendment, action, secretary, school):
    deputy = make_user("pho", "Mùa A Sình", school, "vice_chair")
    edit(action, secretary, content="Của thư ký")
    edit(action, deputy, weakness="Của phó")
    html = told(browser, plan)
    assert "Mùa A Sình" in html
    assert html.count("Lò Thị Mẩy,") >= 2  # who opened, who changed


def test_a_second_amendment_waits_for_the_first(browser, plan, amendment):
    response = browser.post(page(plan), {"reason": "Việc khác"})
    assert response.status_code == 409
    assert "Đợt điều chỉnh lần 1 đang mở" in response.content.decode()
    assert "Việc khác" in response.content.decode()


def test_an_amendment_without_changes_can_be_dropped_and_one_with_changes_cannot(
    browser, plan, amendment, action, secretary
):
    edit(action, secretary, content="Đã sửa")
    assert browser.post(page(plan, "amendment_drop", amendment.pk)).status_code == 409
    edit(action, secretary, content="Rà soát kế hoạch chiến lược")
    assert browser.post(page(plan, "amendment_drop", amendment.pk)).status_code == 302
    assert not Amendment.objects.exists()


def test_ended_twice_says_who_was_first(browser, plan, amendment):
    browser.post(page(plan, "amendment_end", amendment.pk))
    response = browser.post(page(plan, "amendment_end", amendment.pk))
    assert response.status_code == 409
    assert "đã xong lúc" in response.content.decode()


def test_after_it_is_ended_the_content_is_frozen_again(plan, amendment, action, secretary, browser):
    browser.post(page(plan, "amendment_end", amendment.pk))
    with pytest.raises(PlanLocked):
        edit(action, secretary, content="Muộn rồi")


def test_a_draft_needs_no_amendment(browser, plan):
    Plan.objects.filter(pk=plan.pk).update(state="draft")
    assert "sửa thẳng được" in told(browser, plan)
    assert browser.post(page(plan), {"reason": "x"}).status_code == 409


@pytest.mark.parametrize("format", ["docx", "pdf", "xlsx"])
def test_the_table_of_adjustments_is_a_file(browser, plan, amendment, action, secretary, format):
    edit(action, secretary, responsible=["Tổ khối 2"])
    one = browser.get(page(plan, "amendment_file", amendment.pk, format))
    every = browser.get(page(plan, "amendments_file", format))
    assert one.content.startswith(BEGINS[format])
    assert every.content.startswith(BEGINS[format])
    assert 'filename="dieu-chinh-2025-2026-lan-1.' in one.headers["Content-Disposition"]
    assert f'filename="dieu-chinh-2025-2026.{format}"' in every.headers["Content-Disposition"]


def test_the_document_says_all_six_things(browser, plan, amendment, action, secretary):
    edit(action, secretary, responsible=["Tổ khối 2"])
    content = browser.get(page(plan, "amendment_file", amendment.pk, "docx")).content
    text = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    for words in (
        "BẢNG TỔNG HỢP", "Người phụ trách", "Lò Thị Mẩy (Hiệu trưởng)", "Tổ khối 2", "vì chuyển trường", "Lò Thị Mẩy<",
    ):  # fmt: skip
        assert words in text


def test_queries_do_not_grow_with_the_changes(browser, plan, amendment, secretary):
    from web.test_queries_are_constant import MOST, count

    edit(plan.actions.first(), secretary, content="một")
    before = count(browser, page(plan))
    for action in plan.actions.all():
        edit(action, secretary, note="x", weakness="hai", cause="ba")
    assert count(browser, page(plan)) == before <= MOST


def test_viewers_see_and_do_not_open(plan, amendment, school):
    viewer = Client()
    viewer.force_login(make_user("xem", "Người Xem", school, "viewer"))
    assert viewer.get(page(plan)).status_code == 200
    assert "Xong đợt điều chỉnh" not in told(viewer, plan)
    assert viewer.post(page(plan), {"reason": "x"}).status_code == 403
