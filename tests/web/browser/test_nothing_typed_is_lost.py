"""Signed out while typing, no network, two clicks: the words stay, and the page says what to do."""

from __future__ import annotations

import pytest

from caitien.web.plans.models import ProgressEntry
from web.browser.test_every_other_page import plan  # noqa: F401  (a fixture)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("width", [1280], indirect=True, ids=["laptop"]),
]


@pytest.fixture
def action(visitor, plan):  # noqa: F811
    visitor.sign_in()
    row = plan.actions.first()
    visitor.go(f"/truong/{plan.school.slug}/ke-hoach/{plan.pk}/muc/{row.pk}/")
    return row


def sign_out_elsewhere(visitor) -> None:
    """The session ends; what else the browser keeps stays."""
    visitor.context.clear_cookies(name="sessionid")


def sign_in_here(page) -> None:
    page.get_by_label("Tên đăng nhập hoặc thư điện tử").fill("thu-ky")
    page.locator("input[name=password]").fill("mat-khau-thu-9")
    page.get_by_role("button", name="Đăng nhập").click()


def test_words_come_back_after_signing_in_again(visitor, action):
    page = visitor.page
    visitor.go(page.url.removeprefix(visitor.address) + "sua/")
    page.get_by_label("Ghi chú").fill("Đang gõ dở")
    sign_out_elsewhere(visitor)
    page.get_by_role("button", name="Lưu").click()
    sign_in_here(page)
    page.get_by_text("Đã lấy lại chữ bạn gõ dở").wait_for()
    assert page.get_by_label("Ghi chú").input_value() == "Đang gõ dở"
    visitor.look("words are back")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_text("Đã lưu").first.wait_for()
    action.refresh_from_db()
    assert action.note == "Đang gõ dở"
    visitor.go(page.url.removeprefix(visitor.address) + "sua/")
    assert not page.get_by_text("Đã lấy lại chữ").is_visible()


def test_a_field_edited_in_place_waits_until_one_signed_in_elsewhere(visitor, action):
    page = visitor.page
    page.locator("#f-content").get_by_role("link", name="Sửa").click()
    page.locator("#f-content textarea").fill("Nội dung mới")
    sign_out_elsewhere(visitor)
    page.locator("#f-content").get_by_role("button", name="Lưu").click()
    page.get_by_text("Chưa lưu được: bạn đã đăng xuất").wait_for()
    visitor.complaints = [c for c in visitor.complaints if "401" not in c]  # the browser notes the status itself
    visitor.look("signed out")
    with visitor.context.expect_page() as opened:
        page.get_by_role("link", name="Đăng nhập lại ở trang khác").click()
    sign_in_here(opened.value)
    opened.value.wait_for_url("**/truong/**")
    page.locator("#f-content").get_by_role("button", name="Lưu").click()
    page.locator("#f-content").get_by_text("Đã lưu").wait_for()
    assert not page.get_by_text("bạn đã đăng xuất").is_visible()
    action.refresh_from_db()
    assert action.content == "Nội dung mới"


def test_without_a_network_the_page_says_so(visitor, action):
    page = visitor.page
    page.locator("#f-content").get_by_role("link", name="Sửa").click()
    page.locator("#f-content textarea").fill("Nội dung mới")
    visitor.context.set_offline(True)
    page.locator("#f-content").get_by_role("button", name="Lưu").click()
    page.get_by_text("Chưa gửi được: mất mạng").wait_for()
    assert page.locator("#f-content textarea").input_value() == "Nội dung mới"
    page.get_by_role("button", name="Đóng").click()
    assert not page.get_by_text("mất mạng").is_visible()


def test_two_clicks_report_once(visitor, action):
    page = visitor.page
    visitor.go(page.url.removeprefix(visitor.address) + "tien-do/")
    page.get_by_label("Đã làm gì").fill("Đã họp")
    page.get_by_label("Đang thực hiện").check()
    page.evaluate("() => { const f = document.querySelector('main form'); f.requestSubmit(); f.requestSubmit(); }")
    page.wait_for_url("**/muc/*/")
    assert ProgressEntry.objects.filter(action=action).count() == 1


def test_going_back_breaks_no_policy(visitor, plan):  # noqa: F811
    visitor.sign_in()
    visitor.go(f"/truong/{plan.school.slug}/ke-hoach/{plan.pk}/")
    visitor.page.get_by_label("Chỉ xem").select_option("overdue")
    visitor.page.get_by_text("Đang xem").wait_for()
    visitor.page.go_back()
    visitor.page.wait_for_timeout(500)
    visitor.look("after going back")
