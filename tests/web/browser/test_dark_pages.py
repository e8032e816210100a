"""Dark pages are as readable as light ones, and the choice stays."""

from __future__ import annotations

import pytest

from web.browser.school_file import write_word_file
from web.browser.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at_night(chromium, live_server, people):
    visitor = Visitor(chromium, live_server.url, 1280, dark=True)
    yield visitor
    visitor.leave()


def background(visitor) -> str:
    return visitor.page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_a_machine_set_to_dark_shows_dark_pages(at_night, tmp_path):
    at_night.sign_in()
    at_night.look("empty school, dark")
    at_night.drop(write_word_file(tmp_path / "ke-hoach.docx"))
    at_night.page.wait_for_url("**/nhap/**")
    at_night.look("facts, dark")
    at_night.page.goto(at_night.page.url.split("?")[0] + "?xem=muc")
    at_night.look("rows, dark")


def test_pages_of_frameworks_are_readable_at_night(at_night):
    at_night.sign_in()
    for path in (
        "",
        "tt57-2026-pho-thong/",
        "tt57-2026-pho-thong/tieu-chi/1.4/",
        "tt57-2026-pho-thong/tinh-thu/",
        "tim/?chu=ke",
    ):
        at_night.go(f"/khung-tieu-chuan/{path}")
        at_night.look(f"{path}, dark")


@pytest.mark.parametrize("width", [1280], indirect=True, ids=["laptop"])
def test_the_choice_is_there_on_the_next_page(visitor):
    visitor.sign_in()
    light = background(visitor)
    visitor.page.locator(".topbar summary").first.click()
    visitor.page.get_by_role("button", name="Tối").click()
    dark = background(visitor)
    assert dark != light
    visitor.go("/truong/th-nam-ngan/nhap/")
    assert background(visitor) == dark
