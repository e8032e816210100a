"""Board, timeline, calendar and pictures in a real browser, with a plan whose dates and words are as ugly as they come."""

from __future__ import annotations

import pytest

from web.browser.visitor import Visitor
from web.ugly_plan import ugly_plan

pytestmark = pytest.mark.django_db(transaction=True)

VIEWS = ("cot/", "thoi-gian/", "lich/?thang=2025-11", "tinh-hinh/")
LEAST_TARGET = 44  # pixels
OVERLAPPING_WORDS = """() => {
  const found = [];
  for (const svg of document.querySelectorAll("svg.drawing")) {
    const frame = svg.getBoundingClientRect();
    if (!frame.width) continue;
    const boxes = [...svg.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
    for (const [words, box] of boxes)
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1) found.push(["cut", words]);
    boxes.forEach(([words, one], place) => {
      for (const [others, other] of boxes.slice(place + 1))
        if (one.left < other.right - 0.5 && other.left < one.right - 0.5 && one.top + 3 < other.bottom && other.top + 3 < one.bottom)
          found.push([words, others]);
    });
  }
  return found;
}"""


@pytest.fixture
def plan(people):
    from caitien.web.plans.values import store

    return store(people, ugly_plan(), None)


@pytest.fixture
def base(plan) -> str:
    return f"/truong/{plan.school.slug}/ke-hoach/{plan.pk}/"


def test_every_view_holds_together(visitor, base):
    visitor.sign_in()
    for view in VIEWS:
        visitor.go(base + view)
        visitor.look(view)


def test_every_view_is_readable_at_night(chromium, live_server, people, base):
    at_night = Visitor(chromium, live_server.url, 1280, dark=True)
    at_night.sign_in()
    for view in VIEWS:
        at_night.go(base + view)
        at_night.look(f"{view}, dark")
    at_night.leave()


def test_words_of_pictures_are_whole_and_stand_apart(visitor, base):
    visitor.sign_in()
    visitor.go(f"{base}tinh-hinh/")
    assert visitor.page.locator("svg.drawing:visible").count() == 4
    assert visitor.page.evaluate(OVERLAPPING_WORDS) == []


def test_the_numbers_of_a_picture_open_without_script(visitor_without_script, base):
    visitor_without_script.sign_in()
    visitor_without_script.go(f"{base}tinh-hinh/")
    page = visitor_without_script.page
    page.get_by_text("Số liệu của hình").first.click()
    assert page.get_by_role("cell", name="10", exact=True).first.is_visible()


def test_a_picture_can_be_taken_away(visitor, base):
    visitor.sign_in()
    visitor.go(f"{base}tinh-hinh/")
    file = visitor.download(visitor.page.locator("#nguon-kinh-phi a[download]"))
    assert file.read_text(encoding="utf-8").startswith("<svg")


def test_a_phone_shows_one_column_at_a_time_with_the_counts_of_all(visitor_without_script, base):
    visitor_without_script.sign_in()
    visitor_without_script.go(f"{base}cot/")
    page = visitor_without_script.page
    shown = lambda: [c for c in page.locator(".board-cards").all() if c.is_visible()]  # noqa: E731
    assert len(shown()) == 1
    assert page.get_by_role("heading", name="Quá hạn").is_visible()
    page.locator("label[for=cot-done]").click()
    assert [c.get_attribute("id") or c.locator("xpath=..").locator("input").get_attribute("id") for c in shown()] == [
        "cot-done"
    ]
    page.keyboard.press("ArrowUp")
    assert len(shown()) == 1
    assert page.locator("#cot-done").is_checked() is False


@pytest.mark.parametrize("width", [1280], indirect=True, ids=["laptop"])
def test_a_laptop_shows_all_columns_side_by_side(visitor, base):
    visitor.sign_in()
    visitor.go(f"{base}cot/")
    tops = {round(one.bounding_box()["y"]) for one in visitor.page.locator(".board-col").all()}
    assert len(tops) == 1
    assert all(one.is_visible() for one in visitor.page.locator(".board-cards").all())


def test_a_bar_is_reached_by_the_keyboard_and_opens_its_action(visitor, base):
    visitor.sign_in()
    visitor.go(f"{base}thoi-gian/")
    page = visitor.page
    page.locator(".span-months a").last.focus()
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.className")
    assert focused == "span-row"
    page.keyboard.press("Enter")
    page.wait_for_url("**/muc/**")


@pytest.mark.parametrize("width", [390], indirect=True, ids=["phone"])
@pytest.mark.parametrize("view", VIEWS)
def test_what_a_finger_touches_is_large_enough(visitor, base, view):
    visitor.sign_in()
    visitor.go(base + view)
    wanted = ".views a, .month-nav a, .month-item, .span-row, .board-col label, .board-menu > summary"
    small = [
        one.inner_text()
        for one in visitor.page.locator(wanted).all()
        if one.is_visible() and one.bounding_box()["height"] < LEAST_TARGET
    ]
    assert small == []


@pytest.mark.parametrize("width", [1280], indirect=True, ids=["laptop"])
def test_a_day_of_the_month_leads_to_the_next_month_and_back_by_key(visitor, base):
    visitor.sign_in()
    visitor.go(f"{base}lich/?thang=2025-11&loc=overdue")
    visitor.page.keyboard.press("ArrowRight")
    visitor.page.wait_for_url("**loc=overdue&thang=2025-12")
    visitor.page.keyboard.press("ArrowLeft")
    visitor.page.wait_for_url("**loc=overdue&thang=2025-11")


@pytest.mark.parametrize("width", [1280], indirect=True, ids=["laptop"])
@pytest.mark.parametrize("view", VIEWS)
def test_a_filter_works_as_soon_as_it_is_chosen_and_the_address_says_it(visitor, base, view):
    visitor.sign_in()
    visitor.go(base + view)
    page = visitor.page
    page.get_by_label("Người phụ trách").select_option("Đèo Thị Pâng")
    page.wait_for_url("**nguoi=%C4%90%C3%A8o**")
    page.get_by_text("trong 60 mục").wait_for()
    assert page.get_by_label("Người phụ trách").input_value() == "Đèo Thị Pâng"
    assert "nguoi=" in page.locator("#cach-xem a").last.get_attribute("href")
    if view.startswith("lich"):
        assert "thang=2025-11" in page.url
    visitor.look(f"{view}, filtered")


@pytest.mark.parametrize("width", [1280], indirect=True, ids=["laptop"])
def test_the_first_line_follows_the_filter(visitor, base):
    visitor.sign_in()
    visitor.go(f"{base}tinh-hinh/")
    before = visitor.page.locator("#dong-dau").inner_text()
    visitor.page.get_by_label("Mức độ").select_option("done")
    visitor.page.wait_for_url("**muc=done**")
    visitor.page.get_by_text("trong 60 mục").wait_for()
    assert visitor.page.locator("#dong-dau").inner_text() != before
    assert visitor.page.locator("#dong-dau").count() == 1
