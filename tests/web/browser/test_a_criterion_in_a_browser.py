"""A criterion written in a real browser: evidence cited by keyboard and by touch, words saved while one writes, none lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from caitien.web.accounts.models import User
from caitien.web.assessments.models import LevelReview
from web.assessments.sheets import Sheet
from web.invented import make_user

pytestmark = pytest.mark.django_db(transaction=True)
LAPTOP = pytest.mark.parametrize("width", [1280], indirect=True, ids=["laptop"])


@pytest.fixture
def sheet(people):
    sheet = Sheet(people, User.objects.get(username="thu-ky"))
    sheet.evidence("Kế hoạch chuyển đổi số năm học 2026-2027", state="verified")
    sheet.evidence("Quyết định ban hành quy chế chi tiêu", state="rejected")
    sheet.evidence("Biên bản họp phụ huynh", criterion=None)
    yield sheet
    LevelReview.objects.update(judged="")  # the guard of the database lets nobody empty the tables beneath a "met"


@pytest.fixture
def page(visitor, sheet):
    visitor.sign_in()
    visitor.go(sheet.url())
    return visitor.page


def text(page, level=1):
    return page.locator(f"#mo-ta-{level}")


def saved(page, level=1):
    page.locator(f"#muc-{level} [data-saved]", has_text="Đã lưu").first.wait_for()


def test_the_page_looks_well_empty_and_full(visitor, page, sheet):
    visitor.look("an empty sheet")
    text(page).fill("Có kế hoạch (MC.1.3.01), quy chế (MC.1.3.02), sổ (MC.1.3.9).\n" * 6)
    saved(page)
    page.get_by_text("là minh chứng đã bị từ chối").first.wait_for()
    visitor.look("a sheet with words")
    visitor.go(sheet.url("criterion_history"))
    visitor.look("the history of a sheet")
    visitor.go(sheet.url("criterion_cite") + "?q=ke hoach")
    visitor.look("evidence is looked up on a page")


@LAPTOP
def test_evidence_is_cited_by_keyboard(visitor, page, sheet):
    text(page).press_sequentially("Trường có kế hoạch (ke ho")
    page.get_by_role("option", name=re.compile("chuyển đổi số")).wait_for()
    visitor.look("the list of evidence")
    page.keyboard.press("Enter")  # nothing is chosen yet: an ordinary new line
    assert text(page).input_value() == "Trường có kế hoạch (ke ho\n"
    page.keyboard.press("Backspace")
    page.get_by_role("option", name=re.compile("chuyển đổi số")).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert text(page).input_value() == "Trường có kế hoạch (MC.1.3.01)"
    page.keyboard.type(" và MC")
    page.locator("#chon-mc").get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")  # "MC" is meant: the first one is chosen
    assert text(page).input_value() == "Trường có kế hoạch (MC.1.3.01) và (MC.1.3.01)"
    page.keyboard.press("ArrowLeft")
    page.keyboard.type(", MC.1.3.02")
    page.get_by_role("option", name=re.compile("quy chế")).wait_for()
    page.keyboard.press("Enter")
    assert text(page).input_value().endswith("(MC.1.3.01, MC.1.3.02)")
    page.keyboard.press("Control+z")
    assert text(page).input_value().endswith(", MC.1.3.02)")
    page.keyboard.type(" MC")
    page.locator("#chon-mc").get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    assert not page.get_by_role("listbox").is_visible()
    saved(page)
    assert sheet.level().description == text(page).input_value()
    assert not visitor.complaints


@LAPTOP
def test_evidence_without_a_code_gets_one_when_it_is_chosen(page, sheet):
    text(page).press_sequentially("Phụ huynh góp ý [phu huynh")
    page.get_by_role("option", name=re.compile("Biên bản họp phụ huynh")).wait_for()
    page.keyboard.press("Enter")
    expect(text(page)).to_have_value("Phụ huynh góp ý (MC.1.3.03)")
    saved(page)
    page.locator("#minh-chung-dung").get_by_text("Biên bản họp phụ huynh").wait_for()


@pytest.mark.parametrize("width", [390], indirect=True, ids=["phone"])
def test_evidence_is_cited_by_touch(chromium, visitor, page, sheet):
    context = chromium.new_context(
        viewport={"width": 390, "height": 700},
        has_touch=True,
        is_mobile=True,
        storage_state=visitor.context.storage_state(),
    )
    phone = context.new_page()
    phone.goto(visitor.address + sheet.url())
    text(phone).tap()
    text(phone).press_sequentially("Có kế hoạch (chuyen")
    option = phone.get_by_role("option", name=re.compile("chuyển đổi số"))
    option.wait_for()
    assert option.bounding_box()["height"] >= 44
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    option.tap()
    assert text(phone).input_value() == "Có kế hoạch (MC.1.3.01)"
    assert phone.evaluate("document.activeElement.id") == "mo-ta-1"
    saved(phone)
    phone.locator("#muc-1").get_by_role("link", name=re.compile("MC.1.3.01")).first.wait_for()
    context.close()


@LAPTOP
def test_words_wait_for_the_network_and_come_back_after_a_restart(visitor, page, sheet):
    page.route("**/chu/", lambda route: route.abort())
    text(page).fill("Viết khi mất mạng.")
    page.get_by_text("Mất mạng: chữ được giữ trên máy này").first.wait_for()
    visitor.go(sheet.url())
    expect(text(page)).to_have_value("Viết khi mất mạng.")
    assert sheet.level().description == ""
    page.unroute("**/chu/")
    saved(page)
    assert sheet.level().description == "Viết khi mất mạng."


@LAPTOP
def test_words_that_a_locked_sheet_did_not_take_are_given_back(visitor, page, sheet):
    page.route("**/chu/", lambda route: route.abort())
    text(page).fill("Chữ chưa kịp lưu.")
    page.get_by_text("Mất mạng: chữ được giữ trên máy này").first.wait_for()
    sheet.review.__class__.objects.filter(pk=sheet.review.pk).update(state="submitted")
    visitor.go(sheet.url())
    page.get_by_text("Chữ chưa kịp lưu.").wait_for()
    visitor.complaints.clear()  # the browser notes the aborted request
    visitor.look("words of a locked sheet")
    page.get_by_role("button", name="Bỏ chữ này khỏi máy").click()
    visitor.go(sheet.url())
    assert not page.get_by_text("Chữ chưa kịp lưu.").is_visible()


@LAPTOP
def test_signed_out_while_writing(visitor, page, sheet):
    cookies = visitor.context.cookies()
    visitor.context.clear_cookies(name="sessionid")
    text(page).fill("Viết khi đã đăng xuất.")
    page.get_by_text("Bạn đã đăng xuất: chữ được giữ trên máy này").first.wait_for()
    visitor.context.add_cookies(cookies)  # signed in again in another tab
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    saved(page)
    assert sheet.level().description == "Viết khi đã đăng xuất."


@LAPTOP
def test_two_windows_write_one_sentence(visitor, page, sheet):
    other = visitor.context.new_page()
    other.goto(visitor.address + sheet.url())
    text(page).fill("Lời của cửa sổ một")
    saved(page)
    other.evaluate("localStorage.clear()")
    text(other).fill("Lời của cửa sổ hai")
    other.get_by_role("button", name="Giữ cả hai").wait_for()
    other.get_by_role("button", name="Giữ cả hai").click()
    saved(other)
    assert sheet.level().description == "Lời của cửa sổ một\nLời của cửa sổ hai"


@LAPTOP
def test_two_tabs_of_one_person_are_no_clash(visitor, page, sheet):
    text(page).fill("Một")
    saved(page)
    other = visitor.context.new_page()
    other.goto(visitor.address + sheet.url())
    text(page).fill("Một hai")
    other.bring_to_front()
    other.evaluate("window.dispatchEvent(new Event('focus'))")  # it may send what the first one keeps
    other.wait_for_timeout(1000)
    text(page).fill("Một hai ba")
    saved(page)
    expect(page.locator("[data-clash-box]")).to_have_count(0)
    assert sheet.level().description == "Một hai ba"


@LAPTOP
def test_two_who_write_different_sentences_are_joined_in_the_page(visitor, page, sheet):
    text(page).fill("Một. Hai. Ba.")
    saved(page)
    deputy = make_user("pho", "Mùa A Sình", sheet.school, "vice_chair")
    from caitien.web.assessments.words import keep

    level = sheet.level()
    keep(level, "description", "Một. Hai. Ba, ba.", seen=level.version, user=deputy)
    text(page).fill("Một, một. Hai. Ba.")
    page.get_by_text("đã ghép cả hai").wait_for()
    assert text(page).input_value() == "Một, một. Hai. Ba, ba."


@LAPTOP
def test_met_without_proof_is_refused_and_with_proof_is_saved(page, sheet):
    page.locator("#muc-1").get_by_label("Đạt", exact=True).check()
    page.get_by_text("chưa có phần hiện trạng, kết quả").wait_for()
    assert page.locator("#muc-1").get_by_label("Chưa nhận định").is_checked()
    text(page).fill("Có kế hoạch (MC.1.3.01).")
    page.locator("#muc-1").get_by_label("Đạt", exact=True).check()
    page.locator("#dong-dau .tone-success").wait_for()
    assert sheet.level().judged == "met"
    text(page).fill("")  # and a met text is not emptied
    page.locator("#muc-1 [data-saved].is-error").wait_for()
    assert sheet.level().description == "Có kế hoạch (MC.1.3.01)."


@LAPTOP
def test_a_wrong_code_is_mended_by_a_click_and_submitting_waits_for_the_words(page, sheet):
    text(page).fill("Có kế hoạch (MC.1.3.1).")
    page.get_by_role("button", name="Đổi thành MC.1.3.01").click()
    assert text(page).input_value() == "Có kế hoạch (MC.1.3.01)."
    page.locator("#buoc-tiep").get_by_role("button", name="Nộp phiếu").click()
    page.get_by_text("bây giờ: đã nộp").wait_for()
    assert sheet.level().description == "Có kế hoạch (MC.1.3.01)."


@LAPTOP
def test_evidence_is_cited_verified_and_found_from_the_side(page, sheet):
    sheet.evidence("Sổ tài sản")
    page.reload()
    text(page).fill("Tài sản được theo dõi ")
    page.locator("#minh-chung-dung").get_by_role("button", name=re.compile("Viện dẫn MC.1.3.03")).click()
    assert text(page).input_value() == "Tài sản được theo dõi (MC.1.3.03)"
    saved(page)
    page.locator("#minh-chung-dung").get_by_role("button", name=re.compile("Xác nhận")).click()
    page.get_by_text("Đã xác nhận “MC.1.3.03 Sổ tài sản”.").wait_for()
    assert text(page).input_value() == "Tài sản được theo dõi (MC.1.3.03)"
    page.get_by_label("Thêm minh chứng đã có").fill("phu huynh")
    page.get_by_role("button", name=re.compile("Dùng cho tiêu chí này")).click()
    page.get_by_text("Đã gắn").wait_for()


def test_everything_works_without_script(visitor_without_script, sheet):
    visitor = visitor_without_script
    visitor.sign_in()
    visitor.go(sheet.url())
    page = visitor.page
    text(page).fill("Có kế hoạch (MC.1.3.01).")
    page.locator("#muc-1").get_by_label("Đạt", exact=True).check()
    page.get_by_role("button", name="Lưu Mức 1").click()
    page.get_by_text("Đã lưu lúc").wait_for()
    assert sheet.level().judged == "met"
    page.get_by_label("Thêm minh chứng đã có").fill("phu huynh")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("button", name=re.compile("Dùng cho tiêu chí này")).click()
    page.get_by_text("MC.1.3.03").first.wait_for()
    page.locator("#buoc-tiep").get_by_role("button", name="Nộp phiếu").click()
    page.get_by_text("bây giờ: đã nộp").wait_for()
    visitor.look("without script")
