"""One action in a real browser: ticks, values, money, evidence, comments, a report with a photograph; keyboard only too."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from caitien.web.plans.models import Action, ProgressEntry, ProgressPhoto
from web.browser.test_every_other_page import plan  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def action(plan):  # noqa: F811
    return plan.actions.first()


def address(action, more: str = "") -> str:
    return f"/truong/{action.school.slug}/ke-hoach/{action.plan_id}/muc/{action.pk}/{more}"


def opened(visitor, action):
    visitor.sign_in()
    visitor.go(address(action))
    return visitor.page


def photograph(width: int = 3000, height: int = 2000) -> dict:
    written = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(written, "JPEG", quality=90)
    return {"name": "anh-lop.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


def test_ticks_values_evidence_and_words_are_written_in_place(visitor, action):
    page = opened(visitor, action)
    page.get_by_role("button", name="Họp hội đồng trường").click()
    expect(page.locator("#f-measures")).to_contain_text("1/2 đã làm")
    page.get_by_text("Thêm một chỉ số").first.click()
    page.locator("#them-indicators").fill("Giảm số lỗi từ 14 xuống 0")
    page.locator("#f-indicators").get_by_role("button", name="Thêm").click()
    page.get_by_role("link", name="Ghi số liệu").click()
    expect(page.get_by_label("Ban đầu")).to_have_value("14")
    page.get_by_label("Nay", exact=True).fill("6")
    visitor.look("values")
    page.locator("#f-indicators").get_by_role("button", name="Lưu").click()
    expect(page.locator("#f-indicators")).to_contain_text("nay 6")
    expect(page.locator("#f-indicators progress")).to_have_attribute("value", "57")
    page.get_by_role("button", name="Biên bản họp").click()
    page.get_by_role("link", name="Ghi chỗ lưu").click()
    page.get_by_label("Đang ở đâu").fill("Tủ số 2 https://example.org/bien-ban")
    visitor.look("where it is kept")
    page.locator("#f-expected_evidence").get_by_role("button", name="Lưu").click()
    link = page.get_by_role("link", name="https://example.org/bien-ban")
    expect(link).to_have_attribute("rel", re.compile("noopener"))
    page.get_by_label("Viết trao đổi").fill("Đã nộp biên bản")
    page.get_by_role("button", name="Gửi trao đổi").click()
    expect(page.locator("#trao-doi")).to_contain_text("Đã nộp biên bản")
    expect(page.locator("#lich-su")).to_contain_text("Minh chứng đã có")
    visitor.look("the action with all of it")


def test_money_is_split_asked_about_and_saved(visitor, action):
    page = opened(visitor, action)
    page.get_by_role("button", name="Tách thành từng khoản").click()
    expect(page.locator("#kinh-phi")).to_contain_text("2.500.000")
    page.locator("#kinh-phi").get_by_role("link", name="Các khoản kinh phí").click()
    page.get_by_role("button", name="Thêm khoản").click()
    page.wait_for_load_state("networkidle")  # the new row stands before anything is typed in it
    page.locator("#amount-1").fill("một triệu rưỡi")
    page.locator("#source-1").fill("Xã hội hóa")
    page.locator("#kinh-phi").get_by_role("button", name="Lưu").click()
    expect(page.locator("#amount-1")).to_have_value("1.500.000 đồng")
    visitor.look("an amount is asked about")
    page.locator("#kinh-phi").get_by_role("button", name="Lưu").click()
    expect(page.locator("#kinh-phi h2")).to_contain_text("4.000.000 đồng")
    visitor.look("money")
    page.locator("#kinh-phi").get_by_role("button", name="Hoàn tác").click()
    page.get_by_text("Đã hoàn tác.").wait_for()
    expect(page.locator("#kinh-phi h2")).to_contain_text("2.500.000 đồng")


def test_a_tick_by_keyboard_keeps_its_place(visitor, action):
    page = opened(visitor, action)
    page.locator("#bp-0").focus()
    page.keyboard.press("Space")
    expect(page.locator("#f-measures")).to_contain_text("1/2 đã làm")
    assert page.evaluate("document.activeElement.id") == "bp-0"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#f-measures")).to_contain_text("2/2 đã làm")


def test_three_taps_report_and_a_photograph_goes_along_made_small(visitor, action):
    page = opened(visitor, action)
    page.get_by_role("link", name="Cập nhật tiến độ").click()
    page.get_by_text("Hoàn thành", exact=True).click()
    page.locator("#anh-co-san").set_input_files([photograph()])
    expect(page.get_by_role("img", name="anh-lop.jpg")).to_be_visible()
    visitor.look("a report with a photograph")
    sizes: list[int] = []
    page.on("request", lambda request: sizes.append(len(request.post_data_buffer or b"")))
    page.get_by_role("button", name="Gửi").click()
    page.get_by_text("Đã ghi tiến độ.").wait_for()
    assert len(photograph()["buffer"]) > 2_000_000
    assert max(sizes) < 1_500_000
    assert ProgressEntry.objects.get().status == "done"
    expect(page.locator(".photos img")).to_have_count(1)
    visitor.look("the report on the page")
    row = ProgressPhoto.objects.get()
    assert max(row.width, row.height) == 1600


def test_a_photograph_is_taken_off_again_and_what_is_none_is_told_before_sending(visitor, action):
    page = opened(visitor, action)
    visitor.go(address(action, "tien-do/"))
    page.locator("#anh-co-san").set_input_files([photograph(300, 200)])
    page.get_by_role("button", name="Bỏ ảnh này").click()
    expect(page.locator("[data-photo-list] li")).to_have_count(0)
    page.locator("#anh-chup").set_input_files(
        [{"name": "phim.mp4", "mimeType": "video/mp4", "buffer": b"\0\0\0\x18ftypmp42"}]
    )
    expect(page.get_by_text("“phim.mp4” không phải là ảnh.")).to_be_visible()
    page.get_by_role("button", name="Gửi").click()
    page.get_by_text("Đã ghi tiến độ.").wait_for()
    assert not ProgressPhoto.objects.exists()


def test_without_a_network_words_and_photographs_wait_for_it(visitor, action):
    page = opened(visitor, action)
    visitor.go(address(action, "tien-do/"))
    page.get_by_label("Đã làm gì").fill("Đã họp tổ")
    page.locator("#anh-co-san").set_input_files([photograph(300, 200)])
    expect(page.locator("[data-photo-list] li")).to_have_count(1)
    visitor.context.set_offline(True)
    page.get_by_role("button", name="Gửi").click()
    page.get_by_text("Chưa gửi được: mất mạng").wait_for()
    visitor.context.set_offline(False)
    page.get_by_role("button", name="Gửi").click()
    page.get_by_text("Đã ghi tiến độ.").wait_for()
    entry = ProgressEntry.objects.get()
    assert (entry.text, entry.photos.count()) == ("Đã họp tổ", 1)


def test_words_of_a_report_come_back_after_signing_in_again(visitor, action):
    page = opened(visitor, action)
    visitor.go(address(action, "tien-do/"))
    page.get_by_label("Đã làm gì").fill("Gõ dở trên điện thoại")
    visitor.context.clear_cookies(name="sessionid")
    visitor.go(address(action, "tien-do/"))
    page.get_by_label("Tên đăng nhập hoặc thư điện tử").fill("thu-ky")
    page.locator("input[name=password]").fill("mat-khau-thu-9")
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_text("Đã lấy lại chữ bạn gõ dở").wait_for()
    assert page.get_by_label("Đã làm gì").input_value() == "Gõ dở trên điện thoại"


def test_a_change_that_is_refused_says_why_and_the_words_stay(visitor, action, plan):  # noqa: F811
    page = opened(visitor, action)
    page.locator("#f-content").get_by_role("link", name="Sửa").click()
    page.locator("#f-content textarea").fill("Nội dung mới")
    plan.state = "in_force"
    plan.save()
    page.locator("#f-content").get_by_role("button", name="Lưu").click()
    page.get_by_text("nội dung đã khóa").wait_for()
    assert page.locator("#f-content textarea").input_value() == "Nội dung mới"
    visitor.complaints = [c for c in visitor.complaints if "409" not in c]  # the browser notes the status itself
    visitor.go(address(action))
    visitor.look("a frozen plan")


@pytest.mark.parametrize(
    "more", ["kinh-phi/", "chi-so/", "lien-ket/", "sua/", "minh-chung/?dong=Biên bản họp", "../moi/"]
)
def test_its_other_pages(visitor, action, more):
    opened(visitor, action)
    visitor.go(address(action, more))
    visitor.look(more)


def test_without_script_it_all_works_too(visitor_without_script, action):
    page = opened(visitor_without_script, action)
    page.get_by_role("button", name="Họp hội đồng trường").click()
    page.get_by_text("Đã đánh dấu là đã làm.").wait_for()
    page.get_by_role("button", name="Tách thành từng khoản").click()
    page.locator("#kinh-phi").get_by_role("link", name="Các khoản kinh phí").click()
    page.get_by_role("button", name="Thêm khoản").click()
    page.locator("#amount-2").fill("3 triệu")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("#kinh-phi h2")).to_contain_text("5.500.000 đồng")
    page.get_by_role("link", name="Cập nhật tiến độ").click()
    page.get_by_label("Đang thực hiện").check()
    page.locator("#anh-co-san").set_input_files([photograph(2000, 1500)])
    page.get_by_role("button", name="Gửi").click()
    page.get_by_text("Đã ghi tiến độ.").wait_for()
    assert ProgressPhoto.objects.count() == 1
    assert len(Action.objects.get(pk=action.pk).measures_done) == 1
