"""Ctrl+V from Excel and Word in a real browser: preview, corrections, creation; and nothing is lost on the way."""

from __future__ import annotations

import re

import pytest

from caitien.web.plans.models import Action
from reading.pasted.clipboards import excel, excel_text, word
from web.browser.test_every_other_page import plan  # noqa: F401  (a fixture)
from web.browser.test_nothing_typed_is_lost import sign_in_here, sign_out_elsewhere

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = [
    ["1", "1.2", "Họp hội đồng trường", "- Lập lịch\n- Ghi biên bản", "31/02", "Quàng Văn Thiện", "một triệu rưỡi"],
    ["2", "3.5", "Mua máy tính", "- Lập tờ trình", "10/2025", "Kế toán", "27.499.000"],
    ["3", "1.1", "Rà soát kế hoạch chiến lược", "- Họp", "11/2025", "Hiệu trưởng", "0"],
]


@pytest.fixture
def page(visitor, plan):  # noqa: F811
    visitor.sign_in()
    visitor.go(f"/truong/{plan.school.slug}/ke-hoach/{plan.pk}/dan/")
    visitor.look("where one pastes")
    return visitor.page


def paste(page, html: str, text: str) -> None:
    """What a browser does at Ctrl+V when the clipboard holds both."""
    page.get_by_label("Khối cần dán").focus()
    with page.expect_navigation():
        page.evaluate(
            """([html, text]) => {
                const board = new DataTransfer();
                board.setData("text/html", html);
                board.setData("text/plain", text);
                document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: board, bubbles: true, cancelable: true }));
            }""",
            [html, text],
        )
    page.get_by_role("heading", name="Xem trước khối vừa dán").wait_for()


def contents(plan) -> list[str | None]:  # noqa: F811
    return [action.content for action in Action.objects.filter(plan=plan)]


def field(page, label: str, row: str):
    return page.get_by_label(re.compile(rf"^{label}: {row}"))


def test_a_block_of_word_is_pasted_corrected_and_taken_in(visitor, plan, page):  # noqa: F811
    paste(page, word(rows=ROWS), excel_text(rows=ROWS))
    visitor.look("preview")
    assert page.get_by_text("Đọc được 3 mục").is_visible()
    assert page.get_by_role("button", name="Đưa 2 mục vào kế hoạch").is_visible()  # the third is in the plan already
    page.get_by_role("button", name="Ghi “1.500.000 đồng”").click()
    page.get_by_text("đã sửa").first.wait_for()
    field(page, "Thời gian, hạn", "Họp").fill("28/02/2026")
    page.get_by_role("checkbox", name=re.compile("Rà soát")).check()
    page.get_by_role("button", name="Đưa 3 mục vào kế hoạch").click()
    page.wait_for_url(re.compile(r"/ke-hoach/[0-9a-f-]+/\?lo="))
    page.get_by_text("Đã đưa 3 mục vào kế hoạch").wait_for()
    made = list(Action.objects.filter(plan=plan))[8:]
    assert [(a.content, a.period_end, a.budget_vnd) for a in made] == [
        ("Họp hội đồng trường", "2026-02-28", 1_500_000),
        ("Mua máy tính", "2025-10", 27_499_000),
        ("Rà soát kế hoạch chiến lược", "2025-11", 0),
    ]


def test_a_column_sent_elsewhere_shows_at_once(visitor, plan, page):  # noqa: F811
    paste(page, excel(rows=ROWS), excel_text(rows=ROWS))
    page.get_by_label("“Nội dung cải tiến”").select_option(label="Mục tiêu")
    page.get_by_role("columnheader", name="Mục tiêu").wait_for(state="attached")
    visitor.look("another column")
    assert page.get_by_role("columnheader", name="Nội dung cải tiến").count() == 0


@pytest.mark.parametrize("width", [1280], indirect=True, ids=["laptop"])  # a phone has no Ctrl+V
def test_the_keys_of_the_keyboard_paste_what_another_window_copied(visitor, plan, page):  # noqa: F811
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(
        """([html, text]) => navigator.clipboard.write([new ClipboardItem({
            "text/html": new Blob([html], { type: "text/html" }), "text/plain": new Blob([text], { type: "text/plain" }) })])""",
        [excel(), excel_text()],
    )
    page.get_by_label("Khối cần dán").focus()
    page.keyboard.press("Control+V")
    page.get_by_text("Đọc được 3 mục").wait_for()
    assert page.get_by_role("button", name="Đưa 3 mục vào kế hoạch").is_visible()


def test_without_script_the_same_is_done_with_buttons(visitor_without_script, plan):  # noqa: F811
    visitor = visitor_without_script
    visitor.sign_in()
    visitor.go(f"/truong/{plan.school.slug}/ke-hoach/{plan.pk}/dan/")
    page = visitor.page
    page.get_by_label("Khối cần dán").fill(excel_text(rows=ROWS))
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_label("“Biện pháp thực hiện”").select_option(label="Chỉ số đánh giá kết quả")
    page.get_by_role("button", name="Xem lại theo các cột này").click()
    page.get_by_role("button", name="Ghi “1.500.000 đồng”").click()
    page.get_by_role("button", name="Đưa 2 mục vào kế hoạch").click()
    page.get_by_text("Đã đưa 2 mục vào kế hoạch").wait_for()
    made = Action.objects.filter(plan=plan, content="Họp hội đồng trường").get()
    assert (made.indicators, made.measures, made.budget_vnd) == (["Lập lịch", "Ghi biên bản"], [], 1_500_000)


def test_the_block_and_its_corrections_outlive_the_session(visitor, plan, page, width):  # noqa: F811
    paste(page, word(rows=ROWS), excel_text(rows=ROWS))
    page.get_by_label("“Biện pháp thực hiện”").select_option(label="Ghi chú")
    page.get_by_role("columnheader", name="Ghi chú").wait_for(state="attached")
    field(page, "Thời gian, hạn", "Họp").fill("28/02/2026")
    page.get_by_role("checkbox", name=re.compile("Mua máy tính")).uncheck()
    sign_out_elsewhere(visitor)
    page.get_by_role("button", name="Đưa 1 mục vào kế hoạch").click()
    sign_in_here(page)
    page.get_by_text("Khối bạn dán lúc trước còn giữ ở đây").wait_for()
    assert "Họp hội đồng trường" in page.get_by_label("Khối cần dán").input_value()
    assert len(contents(plan)) == 8
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("button", name="Đưa 1 mục vào kế hoạch").click()
    page.get_by_text("Đã đưa 1 mục vào kế hoạch").wait_for()
    made = Action.objects.filter(plan=plan).last()
    assert (made.content, made.period_end, made.note) == (
        "Họp hội đồng trường",
        "2026-02-28",
        "- Lập lịch\n- Ghi biên bản",
    )
    visitor.go(f"/truong/{plan.school.slug}/ke-hoach/{plan.pk}/dan/")
    assert page.get_by_label("Khối cần dán").input_value() == ""  # it is in the plan: nothing is kept any more


def test_a_refresh_shows_the_preview_again(visitor, plan, page):  # noqa: F811
    paste(page, excel(), excel_text())
    page.reload()
    page.get_by_text("Đọc được 3 mục").wait_for()


def test_what_cannot_be_read_stays_in_the_box(visitor, plan, page):  # noqa: F811
    page.get_by_label("Khối cần dán").fill("Việc làm\n" * 600)
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_text("quá giới hạn 500 dòng").wait_for()
    visitor.complaints = [c for c in visitor.complaints if "422" not in c]
    visitor.look("refused")
    assert page.get_by_label("Khối cần dán").input_value().count("Việc làm") == 600
