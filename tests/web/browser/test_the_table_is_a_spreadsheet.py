"""The plan's table is filled as a spreadsheet is, by keyboard alone; a weak network and a lost session lose no word."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from web.browser.visitor import Visitor
from web.invented import make_user, plan_value

CONTENT, OWNER, PERIOD, STATUS, MONEY, EVIDENCE = 2, 3, 4, 5, 6, 7  # cells of a row, after its box


@pytest.fixture
def plan(people):
    from caitien.web.accounts.models import User
    from caitien.web.plans.values import store

    value = plan_value(6)
    for action in value.actions:
        action.criteria = ["1.1"]
    return store(people, value, User.objects.get(username="thu-ky"))


@pytest.fixture
def secretary(chromium, live_server, plan):
    """The secretary before the table, on a laptop."""
    visitor = Visitor(chromium, live_server.url, 1280)
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.sign_in()
    open_table(visitor, plan)
    yield visitor
    visitor.page.goto("about:blank")
    visitor.page.wait_for_timeout(400)  # what is on its way to the server arrives while there is a database
    visitor.leave()


def open_table(visitor, plan, more: str = "") -> None:
    visitor.go(f"/truong/{plan.school.slug}/ke-hoach/{plan.pk}/{more}")
    expect(visitor.page.get_by_role("grid")).to_be_visible()


def cell(visitor, row: int, column: int):
    return visitor.page.locator("#luoi tr[data-id]").nth(row).locator("td, th").nth(column)


def keys(visitor, *pressed: str) -> None:
    """Keys by their names; anything longer is typed."""
    for one in pressed:
        if one.split("+")[-1] in ("Enter", "Tab", "Escape", "F2", "Home", "End", "Delete", "Insert", "Space") or one.split(
            "+"
        )[-1].startswith("Arrow") or one.startswith("Control+"):  # fmt: skip
            visitor.page.keyboard.press(one)
        else:
            visitor.page.keyboard.type(one)


def says(visitor, words: str) -> None:
    expect(visitor.page.locator("#luu")).to_contain_text(words)


def saved(visitor) -> None:
    expect(visitor.page.locator(".unsaved")).to_have_count(0)


def stored(plan, column: str) -> list:
    return list(plan.actions.values_list(column, flat=True))


def test_three_cells_are_filled_by_keyboard_alone(secretary, plan):
    secretary.page.locator(".table-frame").focus()
    keys(secretary, "Tab")  # into the grid, at its first cell
    keys(secretary, "ArrowDown", "ArrowRight", "ArrowRight", "Tổ khối 2", "Tab", "HK I", "Tab", "h")
    secretary.page.locator("select.cell-editor").select_option("done")
    keys(secretary, "Enter")
    saved(secretary)
    says(secretary, "Đã lưu")
    row = plan.actions.all()[1]
    assert (row.responsible, row.period_text, row.progress_status) == (["Tổ khối 2"], "HK I", "done")
    assert str(row.ends_on) == "2026-01-17"
    expect(cell(secretary, 1, PERIOD)).to_contain_text("17/01/2026")  # what was derived is seen at once
    secretary.look("table")


def test_editing_begins_with_the_words_and_escape_gives_up(secretary, plan):
    cell(secretary, 0, CONTENT).click()
    keys(secretary, "F2", " – sửa thử", "Escape")
    expect(cell(secretary, 0, CONTENT).locator(".w")).to_have_text("Rà soát kế hoạch chiến lược")
    keys(secretary, "F2", " năm nay", "Enter")
    saved(secretary)
    assert stored(plan, "content")[0] == "Rà soát kế hoạch chiến lược năm nay"
    keys(secretary, "ArrowUp", "F2", "Alt+Enter", "dòng hai", "Enter")
    saved(secretary)
    assert stored(plan, "content")[0] == "Rà soát kế hoạch chiến lược năm nay\ndòng hai"


def test_the_top_cell_fills_down_and_all_is_taken_back_at_once(secretary, plan):
    before = stored(plan, "responsible")
    cell(secretary, 0, OWNER).click()
    keys(secretary, "Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown", "Control+d")
    saved(secretary)
    assert stored(plan, "responsible")[:4] == [before[0]] * 4
    keys(secretary, "Control+z")
    says(secretary, "Đã hoàn tác: điền xuống 3 ô")
    assert stored(plan, "responsible") == before
    keys(secretary, "Control+y")
    says(secretary, "Đã làm lại: điền xuống 3 ô")
    assert stored(plan, "responsible")[:4] == [before[0]] * 4


def test_a_block_of_a_spreadsheet_is_pasted_after_saying_what_it_replaces(secretary, plan):
    secretary.page.evaluate(
        """navigator.clipboard.writeText('Trước 15/10/2025\\tHoàn thành\\t1 triệu\\n"HK I"\\tĐang thực hiện\\tKhông')"""
    )
    cell(secretary, 0, PERIOD).click()
    keys(secretary, "Control+v")
    asked = secretary.page.locator("#hoi")
    expect(asked).to_contain_text("Dán 5 ô sẽ thay chữ đang có ở 3 ô")  # the first period is the same words
    keys(secretary, "Enter")
    saved(secretary)
    rows = list(plan.actions.all())
    assert [row.period_text for row in rows[:2]] == ["Trước 15/10/2025", "HK I"]
    assert [row.progress_status for row in rows[:2]] == ["done", "in_progress"]
    assert [row.budget_vnd for row in rows[:2]] == [1_000_000, 0]
    secretary.page.get_by_role("button", name="Hoàn tác: dán 5 ô").click()
    says(secretary, "Đã hoàn tác")
    assert [row.budget_vnd for row in plan.actions.all()[:2]] == [2_500_000, None]


def test_rows_beyond_the_table_are_seen_before_they_are_added(secretary, plan):
    before = stored(plan, "content")
    secretary.page.evaluate(
        "navigator.clipboard.writeText('Việc A\\tTổ khối 1\\nViệc B\\tTổ khối 2\\nViệc C\\tTổ khối 3')"
    )
    cell(secretary, 5, CONTENT).click()
    keys(secretary, "Control+v")
    expect(secretary.page.locator("#hoi")).to_contain_text("2 dòng vượt quá bảng")
    secretary.page.get_by_role("button", name="Xem trước các dòng mới").click()
    secretary.page.wait_for_url("**/dan/**")
    expect(secretary.page.locator("main")).to_contain_text("Việc C")
    assert stored(plan, "content") == [*before[:5], "Việc A"]  # what fits is saved, what does not is asked about


TEXTS = {
    "a\tb\r\nc\td\r\n": [["a", "b"], ["c", "d"]],
    '"hai\ndòng"\tx': [["hai\ndòng", "x"]],
    '"nói ""có"""\ty': [['nói "có"', "y"]],
    '12"\tmột ngoặc': [['12"', "một ngoặc"]],
    '"không đóng\tz': [['"không đóng', "z"]],
    "": [[""]],
    "\t\n": [["", ""]],
}
TABLES = {
    "<table><tr><td><p>một</p><p>hai\n  ba</p></td><td>b<br>c</td></tr></table>": [["một\nhai ba", "b\nc"]],
    "<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>": [["a", "b"], ["", "c"]],
    "<table><tr><td colspan=2>a</td><td>b</td></tr></table>": [["a", "", "b"]],
    "<p>không có bảng</p>": None,
    "<table></table><table></table>": None,
    "<table><tr><td><img src=x onerror='window.bad=1'>a</td></tr></table>": [["a"]],
}


def test_what_spreadsheets_and_word_processors_copy_is_read_as_cells(secretary):
    read = "([what, given]) => import('/static/grid-clip.js').then((m) => given.map(m[what]))"
    assert secretary.page.evaluate(read, ["fromText", list(TEXTS)]) == list(TEXTS.values())
    assert secretary.page.evaluate(read, ["fromHtml", list(TABLES)]) == list(TABLES.values())
    assert secretary.page.evaluate("window.bad") is None


def test_a_range_is_copied_as_a_table_and_cut(secretary, plan):
    cell(secretary, 2, OWNER).click()
    keys(secretary, "Shift+ArrowRight", "Shift+ArrowDown", "Control+c")
    says(secretary, "Đã chép 4 ô")
    text = secretary.page.evaluate("navigator.clipboard.readText()")
    assert text.replace("\r", "") == "Tổ chuyên môn\tT9-T11/2025\nTổ chuyên môn\tT9-T11/2025"
    keys(secretary, "Control+x")
    saved(secretary)
    assert stored(plan, "responsible")[2:4] == [[], []]


def test_rows_are_added_moved_and_taken_out_by_keyboard(secretary, plan):
    before = stored(plan, "content")
    cell(secretary, 0, CONTENT).click()
    keys(secretary, "Control+Enter")
    expect(secretary.page.locator("textarea.cell-editor")).to_be_focused()
    keys(secretary, "Mục vừa thêm", "Enter")
    saved(secretary)
    assert stored(plan, "content") == [before[0], "Mục vừa thêm", *before[1:]]
    cell(secretary, 1, CONTENT).click()
    keys(secretary, "Alt+ArrowDown")
    says(secretary, "vị trí 3")
    assert stored(plan, "content")[2] == "Mục vừa thêm"
    keys(secretary, "Control+Delete")
    says(secretary, "Đã bỏ 1 mục")
    assert stored(plan, "content") == before
    keys(secretary, "Control+z")
    says(secretary, "Đã hoàn tác: bỏ 1 mục")
    assert stored(plan, "content")[2] == "Mục vừa thêm"


def test_a_row_is_dragged(secretary, plan):
    before = stored(plan, "content")
    secretary.page.evaluate("document.querySelector('#luoi').scrollIntoView()")
    grip, target = secretary.page.locator(".grip").nth(0), cell(secretary, 2, CONTENT)
    from_box, to_box = grip.bounding_box(), target.bounding_box()
    mouse = secretary.page.mouse
    mouse.move(from_box["x"] + 4, from_box["y"] + 6)
    mouse.down()
    mouse.move(from_box["x"] + 4, to_box["y"] + to_box["height"] - 4, steps=8)
    mouse.up()
    says(secretary, "vị trí 3")
    assert stored(plan, "content")[:3] == [before[1], before[2], before[0]]


def test_chosen_rows_are_given_an_owner_at_once(secretary, plan):
    cell(secretary, 3, CONTENT).click()
    keys(secretary, "Shift+Space", "ArrowDown", "Shift+Space")
    expect(secretary.page.locator("#da-chon")).to_have_text("Đã chọn 2 mục")
    secretary.page.locator("#dat-chu").fill("Tổ Văn phòng")
    keys(secretary, "Enter")
    saved(secretary)
    assert stored(plan, "responsible")[3:5] == [["Tổ Văn phòng"]] * 2
    secretary.look("table with chosen rows")
    secretary.page.locator("#dat-chu").fill("Tổ Chuyên môn")
    secretary.page.get_by_role("button", name="Đặt", exact=True).click()
    saved(secretary)
    assert stored(plan, "responsible")[3:5] == [["Tổ Chuyên môn"]] * 2
    keys(secretary, "Control+z")  # the focus is still on the button
    says(secretary, "Đã hoàn tác")
    assert stored(plan, "responsible")[3:5] == [["Tổ Văn phòng"]] * 2


def test_words_written_without_network_wait_in_the_machine_and_are_sent(secretary, plan):
    secretary.context.set_offline(True)
    cell(secretary, 0, CONTENT).click()
    keys(secretary, "Viết khi mất mạng", "Enter", "Viết tiếp", "Enter")
    says(secretary, "mất mạng – 2 ô còn giữ trong máy này")
    expect(cell(secretary, 0, CONTENT)).to_contain_text("chưa lưu")
    assert "Viết khi mất mạng" not in stored(plan, "content")
    secretary.context.set_offline(False)
    saved(secretary)
    assert stored(plan, "content")[:2] == ["Viết khi mất mạng", "Viết tiếp"]
    secretary.complaints.clear()


def test_words_survive_closing_the_page_while_the_server_is_away(secretary, plan):
    secretary.page.route("**/o/**", lambda route: route.abort())
    cell(secretary, 1, CONTENT).click()
    keys(secretary, "Viết lúc máy chủ tắt", "Enter")
    says(secretary, "mất mạng")
    open_table(secretary, plan)
    expect(cell(secretary, 1, CONTENT).locator(".w")).to_have_text("Viết lúc máy chủ tắt")
    expect(cell(secretary, 1, CONTENT)).to_contain_text("chưa lưu")
    secretary.page.unroute("**/o/**")
    open_table(secretary, plan)
    saved(secretary)
    assert stored(plan, "content")[1] == "Viết lúc máy chủ tắt"


@pytest.mark.parametrize(
    ("status", "sentence"), [(507, "hết chỗ chứa"), (503, "máy chủ chưa trả lời"), (500, "máy chủ chưa trả lời")]
)
def test_a_server_that_cannot_write_is_told_and_asked_again(secretary, plan, status, sentence):
    secretary.page.route("**/o/**", lambda route: route.fulfill(status=status, body="{}"))
    cell(secretary, 1, CONTENT).click()
    keys(secretary, "Giữ lại giúp tôi", "Enter")
    says(secretary, sentence)
    secretary.page.unroute("**/o/**")
    saved(secretary)  # after a while, by itself
    assert stored(plan, "content")[1] == "Giữ lại giúp tôi"


def test_a_session_that_ended_loses_nothing(secretary, plan):
    secretary.context.clear_cookies(name="sessionid")
    cell(secretary, 1, CONTENT).click()
    keys(secretary, "Viết khi đã hết phiên", "Enter")
    says(secretary, "bạn đã đăng xuất – 1 ô còn giữ")
    with secretary.context.expect_page() as opened:
        secretary.page.locator("#luu a").click()
    login = opened.value
    login.get_by_label("Tên đăng nhập hoặc thư điện tử").fill("thu-ky")
    login.locator("input[name=password]").fill("mat-khau-thu-9")
    login.get_by_role("button", name="Đăng nhập").click()
    login.wait_for_url("**/ke-hoach/**")
    secretary.page.bring_to_front()
    secretary.page.evaluate("window.dispatchEvent(new Event('focus'))")
    saved(secretary)
    assert stored(plan, "content")[1] == "Viết khi đã hết phiên"


def test_who_writes_faster_than_the_server_answers_does_not_clash_with_herself(secretary, plan):
    secretary.page.route("**/o/**", lambda route: (secretary.page.wait_for_timeout(500), route.continue_()))
    cell(secretary, 1, CONTENT).click()
    keys(secretary, "một", "Enter", "ArrowUp", "hai", "Enter", "ArrowUp", "ba", "Enter")
    saved(secretary)
    expect(secretary.page.locator("#hoi > *")).to_have_count(0)
    assert stored(plan, "content")[1] == "ba"


def test_words_in_an_open_cell_go_along_when_one_leaves_the_page(secretary, plan):
    cell(secretary, 1, CONTENT).click()
    keys(secretary, "Chưa bấm Enter")
    sent = []
    secretary.page.on("request", lambda one: sent.append(one.post_data) if one.method == "POST" else None)
    secretary.page.get_by_role("link", name="Cột", exact=True).click()
    secretary.page.wait_for_url("**/cot/**")
    assert any("Chưa bấm Enter" in (body or "") for body in sent)
    open_table(secretary, plan)  # and if it did not arrive, it is sent now
    saved(secretary)
    expect(secretary.page.locator("#hoi > *")).to_have_count(0)
    assert stored(plan, "content")[1] == "Chưa bấm Enter"


def test_what_is_typed_while_a_row_is_being_added_goes_into_it(secretary, plan):
    cell(secretary, 0, CONTENT).click()
    keys(secretary, "Control+Enter", "abc")
    expect(secretary.page.locator("textarea.cell-editor")).to_have_value("abc")
    keys(secretary, "Enter")
    saved(secretary)
    assert stored(plan, "content")[:2] == ["Rà soát kế hoạch chiến lược", "abc"]


def test_two_who_write_in_one_cell_are_both_read(secretary, plan, people):
    from caitien.web.plans.editing import set_columns

    row = plan.actions.all()[1]
    head = make_user("hieu-truong", "Quàng Thị Nụ", people, "chair")
    set_columns(people, row.pk, {"content": "Lời của hiệu trưởng"}, user=head, reason="")
    cell(secretary, 1, CONTENT).click()
    keys(secretary, "Lời của thư ký", "Enter")
    asked = secretary.page.locator("#hoi")
    expect(asked).to_contain_text("Quàng Thị Nụ vừa lưu ô này")
    expect(asked).to_contain_text("Lời của hiệu trưởng")
    secretary.look("a clash")
    asked.get_by_role("button", name="Giữ cả hai").click()
    saved(secretary)
    assert stored(plan, "content")[1] == "Lời của hiệu trưởng\nLời của thư ký"


def test_what_cannot_be_saved_stays_in_the_cell_until_it_is_corrected(secretary, plan):
    cell(secretary, 0, 1).click()
    keys(secretary, "tiêu chí nào đó", "Enter")
    expect(secretary.page.locator("#hoi")).to_contain_text("Không đọc được mã tiêu chí")
    expect(cell(secretary, 0, 1)).to_contain_text("tiêu chí nào đó")
    open_table(secretary, plan)  # also when the page is opened again
    secretary.page.get_by_role("button", name="Sửa lại").click()
    secretary.page.locator("input.cell-editor").fill("1.2")
    keys(secretary, "Enter")
    saved(secretary)
    assert stored(plan, "criteria")[0] == ["1.2"]


def test_a_date_that_no_calendar_has_is_asked_about(secretary, plan):
    cell(secretary, 1, PERIOD).click()
    keys(secretary, "31/02/2026", "Enter")
    secretary.page.get_by_role("button", name="Ghi “28/02/2026”").click()
    expect(cell(secretary, 1, PERIOD)).to_contain_text("28/02/2026")
    saved(secretary)
    assert str(plan.actions.all()[1].ends_on) == "2026-02-28"


def test_a_frozen_plan_lets_only_what_is_reported_be_edited(secretary, plan):
    plan.state = "in_force"
    plan.save()
    open_table(secretary, plan)
    cell(secretary, 1, 1).click()  # no boxes to choose rows by: content is the second cell
    keys(secretary, "x")
    says(secretary, "Nội dung đã khóa")
    expect(secretary.page.locator(".cell-editor")).to_have_count(0)
    cell(secretary, 1, 4).click()
    keys(secretary, "F2")
    secretary.page.locator("select.cell-editor").select_option("done")
    keys(secretary, "Enter")
    saved(secretary)
    assert stored(plan, "progress_status")[1] == "done"
    secretary.look("frozen table")


def test_on_a_phone_an_action_is_a_card(chromium, live_server, plan):
    visitor = Visitor(chromium, live_server.url, 390)
    visitor.sign_in()
    visitor.go(f"/truong/{plan.school.slug}/ke-hoach/{plan.pk}/")
    expect(visitor.page.locator("#luoi tr[data-id]").first).to_be_visible()
    expect(visitor.page.get_by_role("grid")).to_have_count(0)
    visitor.look("cards")
    visitor.page.get_by_role("link", name="Rà soát kế hoạch chiến lược").click()
    visitor.page.wait_for_url("**/muc/**")
    visitor.leave()


def test_without_script_the_table_is_links_and_forms(chromium, live_server, plan):
    visitor = Visitor(chromium, live_server.url, 1280, script=False)
    visitor.sign_in()
    visitor.go(f"/truong/{plan.school.slug}/ke-hoach/{plan.pk}/")
    for number in (0, 1):
        visitor.page.locator("input[name=chon]").nth(number).check()
    visitor.page.get_by_role("button", name="Sửa các mục đã chọn").click()
    assert visitor.title() == "Sửa nhiều mục một lúc"
    visitor.page.locator("#chu").fill("Tổ Văn phòng")
    visitor.page.get_by_role("button", name="Sửa 2 mục").click()
    assert stored(plan, "responsible")[:2] == [["Tổ Văn phòng"]] * 2
    visitor.page.get_by_role("button", name="Hoàn tác").click()
    assert stored(plan, "responsible")[1] == []
    visitor.page.get_by_role("link", name="Thời gian, hạn").click()
    assert "xep=han" in visitor.page.url
    visitor.leave()
