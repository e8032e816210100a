"""A table of school data is filled in as a spreadsheet is on a laptop, and cell by cell on a phone; no number is lost."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import expect

from caitien.web.assessments.models import SchoolTable
from web.assessments.made import assess
from web.browser.visitor import SLOW, Visitor
from web.school_data.numbers import LAST, NOW, OLD, address, classes, stored

GRADE_6, GRADE_7, GRADE_8, GRADE_9, TOTAL = range(5)  # rows
YEARS = (OLD, LAST, NOW)


@pytest.fixture
def assessment(people):
    from caitien.web.accounts.models import User

    people.level = "thcs"
    people.save()
    return assess(people, User.objects.get(username="thu-ky"))


def before_the_table(visitor, assessment, table: str = "classes"):
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.sign_in()
    visitor.go(address(assessment, table=table))
    expect(visitor.page.locator("#luu")).to_contain_text("tự lưu")
    return visitor


def leave(visitor) -> None:
    visitor.page.goto("about:blank")
    visitor.page.wait_for_timeout(400)  # what is on its way to the server arrives while there is a database
    visitor.leave()


@pytest.fixture
def secretary(chromium, live_server, assessment):
    """The secretary before the table of classes, on a laptop."""
    visitor = before_the_table(Visitor(chromium, live_server.url, 1280), assessment)
    yield visitor
    leave(visitor)


@pytest.fixture
def phone(chromium, live_server, assessment):
    visitor = before_the_table(Visitor(chromium, live_server.url, 390), assessment)
    yield visitor
    leave(visitor)


def cell(visitor, row: int, column: str):
    place = visitor.page.locator("#bang-so tbody tr").nth(row)
    return place.locator(".sheet-input").nth(YEARS.index(column))


def keys(visitor, *pressed: str) -> None:
    named = ("Enter", "Tab", "Escape", "F2", "Home", "End", "Delete", "Backspace")
    for one in pressed:
        if one.split("+")[-1] in named or "Arrow" in one or one.startswith("Control+"):
            visitor.page.keyboard.press(one)
        else:
            visitor.page.keyboard.type(one)


def saved(visitor) -> None:
    expect(visitor.page.locator(".unsaved")).to_have_count(0, timeout=SLOW)
    expect(visitor.page.locator("#luu")).not_to_contain_text("Đang lưu", timeout=SLOW)


def put_on_clipboard(visitor, text: str) -> None:
    visitor.page.evaluate("text => navigator.clipboard.writeText(text)", text)


def clipboard(visitor) -> str:
    return visitor.page.evaluate("navigator.clipboard.readText()")


def test_a_column_is_filled_by_keyboard_alone_and_the_sum_follows(secretary, assessment):
    cell(secretary, GRADE_6, NOW).click()
    keys(secretary, "4", "Enter", "5", "Enter", "1.234", "ArrowDown", "12,5", "Tab")
    saved(secretary)
    expect(secretary.page.locator("#luu")).to_contain_text("Đã lưu")
    assert stored(assessment) == {f"grade-{n}": {NOW: value} for n, value in ((6, 4), (7, 5), (8, 1234), (9, 12.5))}
    assert cell(secretary, TOTAL, NOW).get_attribute("placeholder") == "1.255,5"
    expect(secretary.page.locator("#soat-so")).to_contain_text("không phải số nguyên")
    secretary.look("table of school data")


def test_arrows_walk_tab_goes_on_and_escape_gives_up(secretary, assessment):
    cell(secretary, GRADE_6, OLD).click()
    keys(secretary, "ArrowRight", "ArrowRight", "ArrowDown", "7", "Escape", "ArrowUp")
    expect(cell(secretary, GRADE_6, NOW)).to_be_focused()
    keys(secretary, "Tab")
    expect(cell(secretary, GRADE_7, OLD)).to_be_focused()
    keys(secretary, "3", "F2", "ArrowLeft", "1", "Enter")  # inside the words: 1 before 3
    expect(cell(secretary, GRADE_8, OLD)).to_be_focused()
    saved(secretary)
    assert stored(assessment) == {"grade-7": {OLD: 13}}


def test_typing_replaces_f2_goes_on_and_delete_empties(secretary, assessment):
    cell(secretary, GRADE_6, NOW).click()
    keys(secretary, "12", "Enter", "ArrowUp", "F2", "3", "Enter")
    saved(secretary)
    assert stored(assessment) == {"grade-6": {NOW: 123}}
    keys(secretary, "ArrowUp", "4", "Enter")
    saved(secretary)
    assert stored(assessment) == {"grade-6": {NOW: 4}}
    keys(secretary, "ArrowUp", "Delete")
    saved(secretary)
    assert stored(assessment) == {}


def test_a_block_of_a_spreadsheet_comes_in_and_goes_out(secretary, assessment):
    put_on_clipboard(secretary, "3\t4\t4\n4\t4\t4\r\n4\t5\t5\n3\t3\t4\n14\t16\t17\n")
    cell(secretary, GRADE_6, OLD).click()
    keys(secretary, "Control+v")
    saved(secretary)
    expect(secretary.page.locator("#luu")).to_contain_text("Đã dán")
    assert stored(assessment) == {
        f"grade-{n}": dict(zip(YEARS, numbers, strict=True))
        for n, numbers in ((6, (3, 4, 4)), (7, (4, 4, 4)), (8, (4, 5, 5)), (9, (3, 3, 4)))
    }  # the totals are what is computed anyway
    cell(secretary, GRADE_8, LAST).click()
    keys(secretary, "Shift+ArrowRight", "Shift+ArrowDown", "Shift+ArrowDown", "Control+c")
    assert clipboard(secretary) == "5\t5\n3\t4\n16\t17"  # computed ones too


def test_all_of_a_gesture_is_taken_back_and_done_again(secretary, assessment):
    cell(secretary, GRADE_6, NOW).click()
    keys(secretary, "9", "Enter")
    saved(secretary)
    put_on_clipboard(secretary, "1\t1\t1\n2\t2\t2")
    cell(secretary, GRADE_6, OLD).click()
    keys(secretary, "Control+v")
    saved(secretary)
    keys(secretary, "Control+z")
    expect(secretary.page.locator("#luu")).to_contain_text("Đã hoàn tác: dán 6 ô")
    assert stored(assessment) == {"grade-6": {NOW: 9}}
    expect(cell(secretary, GRADE_6, NOW)).to_have_value("9")
    keys(secretary, "Control+y")
    expect(secretary.page.locator("#luu")).to_contain_text("Đã làm lại")
    assert stored(assessment)["grade-7"] == dict.fromkeys(YEARS, 2)


def test_the_top_cell_fills_down(secretary, assessment):
    cell(secretary, GRADE_6, NOW).click()
    keys(secretary, "4", "Enter", "ArrowUp", "Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown", "Control+d")
    saved(secretary)
    assert stored(assessment) == {f"grade-{n}": {NOW: 4} for n in (6, 7, 8, 9)}


def test_numbers_written_without_a_network_arrive_when_it_is_back(secretary, assessment):
    secretary.context.set_offline(True)
    cell(secretary, GRADE_6, NOW).click()
    keys(secretary, "4", "Enter", "5", "Enter")
    expect(secretary.page.locator("#luu")).to_contain_text("2 ô còn giữ trong máy này")
    secretary.context.set_offline(False)
    saved(secretary)
    assert stored(assessment) == {"grade-6": {NOW: 4}, "grade-7": {NOW: 5}}
    secretary.complaints.clear()  # the browser complains of the network itself


def test_numbers_written_after_the_session_ended_wait_for_signing_in(secretary, assessment):
    secretary.context.clear_cookies(name="sessionid")
    cell(secretary, GRADE_6, NOW).click()
    keys(secretary, "4", "Enter")
    expect(secretary.page.locator("#luu")).to_contain_text("bạn đã đăng xuất")
    secretary.complaints.clear()
    secretary.sign_in()
    secretary.go(address(assessment, table="classes"))
    saved(secretary)
    assert stored(assessment) == {"grade-6": {NOW: 4}}


def test_a_number_that_another_wrote_meanwhile_is_asked_about(secretary, assessment):
    from caitien.web.assessments.school_data_writing import write
    from web.invented import make_user

    colleague = make_user("thanh-vien", "Vàng A Sử")
    write(assessment, [], [classes(grade_6={NOW: 8}, grade_7={NOW: 7})], user=colleague)
    cell(secretary, GRADE_6, NOW).click()
    keys(secretary, "4", "Enter")
    asked = secretary.page.locator("#hoi")
    expect(asked).to_contain_text("Vàng A Sử vừa ghi ô này")
    expect(asked).to_contain_text("Vừa được lưu: 8")
    expect(cell(secretary, GRADE_7, NOW)).to_have_value("7")  # what the other wrote elsewhere is seen
    asked.get_by_role("button", name="Giữ số của tôi").click()
    saved(secretary)
    assert stored(assessment)["grade-6"] == {NOW: 4}


def test_a_finding_leads_to_its_cell(secretary):
    cell(secretary, GRADE_6, NOW).click()
    keys(secretary, "khoảng 4", "Enter")
    saved(secretary)
    expect(cell(secretary, GRADE_6, NOW)).to_have_value("khoảng 4")
    secretary.page.locator("#soat-so").get_by_role("link", name="Đến ô").click()
    expect(cell(secretary, GRADE_6, NOW)).to_be_focused()


def test_what_is_saved_is_not_brought_back_over_what_another_wrote(secretary, assessment):
    cell(secretary, GRADE_6, NOW).click()
    keys(secretary, "4", "Enter")
    saved(secretary)
    SchoolTable.objects.update(cells={"grade-6": {NOW: 8}}, version=2)
    secretary.page.reload()
    expect(cell(secretary, GRADE_6, NOW)).to_have_value("8")


def test_yes_and_no_are_chosen_and_words_are_written(chromium, live_server, assessment):
    visitor = before_the_table(Visitor(chromium, live_server.url, 1280), assessment, "head")
    try:
        visitor.page.get_by_label("Tỉnh, thành phố trực thuộc trung ương, Nội dung").click()
        keys(visitor, "Lào Cai", "Enter", "Mường Khương", "Enter")
        visitor.page.get_by_label("Công lập, Nội dung").select_option("Có")
        visitor.page.get_by_label("Nguồn số liệu").fill("Sổ đăng bộ")
        visitor.page.get_by_label("Số liệu tính đến ngày").fill("5/9/2026")
        visitor.page.keyboard.press("Tab")
        saved(visitor)
        expect(visitor.page.get_by_label("Số liệu tính đến ngày")).not_to_be_focused()
        row = SchoolTable.objects.get()
        assert row.cells == {"public": {"value": 1}}
        assert row.texts == {"province": {"value": "Lào Cai"}, "commune": {"value": "Mường Khương"}}
        assert (row.source, row.as_of) == ("Sổ đăng bộ", "2026-09-05")
    finally:
        leave(visitor)


def test_on_a_phone_cells_are_tapped_and_filled(phone, assessment):
    phone.look("table of school data on a phone")
    first = cell(phone, GRADE_6, NOW)
    assert first.get_attribute("inputmode") == "numeric"
    expect(first).to_be_in_viewport()  # the newest year is in sight
    box = first.bounding_box()
    assert box["height"] >= 44
    first.tap() if phone.page.evaluate("'ontouchstart' in window") else first.click()
    keys(phone, "4", "Enter", "5", "Enter")
    saved(phone)
    assert stored(assessment) == {"grade-6": {NOW: 4}, "grade-7": {NOW: 5}}
    heading = phone.page.locator("#bang-so tbody th").first.bounding_box()
    assert heading["x"] >= 0  # the names of the rows stay in sight


def test_five_years_scroll_in_their_frame_alone(chromium, live_server, people):
    people.level = "thcs"
    people.save()
    of_2018 = assess(people, framework="tt18-2018-trung-hoc")
    visitor = before_the_table(Visitor(chromium, live_server.url, 390), of_2018)
    try:
        assert visitor.page.locator("#bang-so thead th[data-c]").count() == 5
        visitor.look("five years on a phone")
        expect(visitor.page.locator(f"#bang-so thead th[data-c='{NOW}']")).to_be_in_viewport()
    finally:
        leave(visitor)


def test_without_script_one_button_saves_it_all(visitor_without_script, assessment):
    visitor_without_script.sign_in()
    visitor_without_script.go(address(assessment, table="classes"))
    visitor_without_script.page.get_by_label(f"Khối lớp 6, năm học {NOW}").fill("4")
    visitor_without_script.page.get_by_label("Số liệu tính đến ngày").fill("5/9/2026")
    visitor_without_script.page.get_by_role("button", name="Lưu bảng này").click()
    expect(visitor_without_script.page.get_by_text("Đã lưu 2 ô.")).to_be_visible()
    assert stored(assessment) == {"grade-6": {NOW: 4}}


LETTERS = "0123456789.,-% \t\n\"'aă=+<&"


def test_blocks_of_any_letters_go_out_and_come_in_as_they_were(secretary):
    """Two hundred blocks of cells, tabs and line breaks and quotes in them, through the text of a clipboard and its HTML."""
    chance = random.Random(2026)
    blocks = [
        [
            ["".join(chance.choices(LETTERS, k=chance.randint(0, 6))).strip() for _c in range(columns)]
            for _r in range(rows)
        ]
        for rows, columns in ((chance.randint(1, 5), chance.randint(2, 5)) for _b in range(200))
    ]
    path = secretary.page.evaluate("document.querySelector('script[src*=table-sheet]').src").replace(
        "table-sheet", "grid-clip"
    )
    back = secretary.page.evaluate(
        "async ([path, blocks]) => { const clip = await import(path); return blocks.map((one) => clip.fromText(clip.toText(one))) }",
        [path, blocks],
    )
    for sent, got in zip(blocks, back, strict=True):
        assert got == sent
