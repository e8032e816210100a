"""A measure is ticked by one tap: who and when stay with its words, and two people never clash."""

from __future__ import annotations

from django.utils import timezone

from caitien.web.plans.models import Action

FIRST, SECOND = "Họp hội đồng trường", "Lấy ý kiến phụ huynh"


def done(action) -> list[str]:
    action.refresh_from_db()
    return [mark["text"] for mark in action.measures_done]


def test_a_tap_says_who_and_when(teacher, action, at):
    assert teacher.post(at("tick"), {"dong": SECOND, "xong": "1"}).status_code == 302
    action.refresh_from_db()
    assert action.measures_done == [{"text": SECOND, "on": timezone.localdate().isoformat(), "by": "Vi Thị Sim"}]
    page = teacher.get(at("action")).content.decode()
    assert "1/2 đã làm" in page
    assert "Vi Thị Sim" in page


def test_a_second_tap_takes_it_off(teacher, action, at):
    teacher.post(at("tick"), {"dong": FIRST, "xong": "1"})
    teacher.post(at("tick"), {"dong": FIRST, "xong": "0"})
    assert done(action) == []


def test_two_people_who_tick_from_the_same_page_both_count(teacher, chair, action, at):
    teacher.post(at("tick"), {"dong": SECOND, "xong": "1"})
    chair.post(at("tick"), {"dong": FIRST, "xong": "1"})
    assert done(action) == [FIRST, SECOND]


def test_who_ticked_first_stays_named_and_nothing_is_written_twice(teacher, chair, action, at):
    teacher.post(at("tick"), {"dong": FIRST, "xong": "1"})
    version = Action.objects.get(pk=action.pk).version
    chair.post(at("tick"), {"dong": FIRST, "xong": "1"})
    action.refresh_from_db()
    assert action.measures_done[0]["by"] == "Vi Thị Sim"
    assert action.version == version


def test_a_tick_follows_its_words_when_they_are_corrected_and_moved(teacher, browser, action, at):
    teacher.post(at("tick"), {"dong": SECOND, "xong": "1"})
    action.refresh_from_db()
    words = "Lấy ý kiến của phụ huynh\nGửi công văn\nHọp hội đồng trường"
    browser.post(at("action_field", field="measures"), {"version": action.version, "measures": words})
    assert done(action) == ["Lấy ý kiến của phụ huynh"]


def test_a_line_that_somebody_took_away_is_said_and_not_ticked(teacher, browser, action, at):
    browser.post(at("action_field", field="measures"), {"version": 1, "measures": FIRST})
    response = teacher.post(at("tick"), {"dong": SECOND, "xong": "1"})
    assert response.status_code == 409
    assert "vừa được người khác sửa hoặc bỏ" in response.content.decode()
    assert done(action) == []


def test_a_line_with_a_break_in_it_is_found_whatever_the_browser_made_of_it(teacher, action, at):
    Action.objects.filter(pk=action.pk).update(measures=["Họp\nhai lần"])
    teacher.post(at("tick"), {"dong": "Họp\r\nhai lần", "xong": "1"})
    assert done(action) == ["Họp\nhai lần"]


def test_htmx_gets_the_panel_with_what_was_done_and_an_undo_for_who_may(browser, action, at):
    html = browser.post(at("tick"), {"dong": FIRST, "xong": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert html.startswith('<section class="panel stack-tight" id="f-measures"')
    assert "Đã đánh dấu là đã làm." in html
    record = Action.history.filter(id=action.pk).latest()
    assert f"/hoan-tac/{record.pk}/" in html
    browser.post(f"/truong/{action.school.slug}/ke-hoach/{action.plan_id}/hoan-tac/{record.pk}/")
    assert done(action) == []


def test_a_tick_is_in_the_history_with_its_words(teacher, browser, action, at):
    teacher.post(at("tick"), {"dong": FIRST, "xong": "1"})
    page = browser.get(at("action")).content.decode()
    assert "Biện pháp đã làm" in page
    assert f'<ins class="pre">{FIRST}</ins>' in page


def test_one_more_line_is_added_at_the_end_once(browser, action, at):
    for _ in range(2):
        browser.post(at("add_line", field="measures"), {"dong": "  Báo cáo   kết quả "})
    action.refresh_from_db()
    assert action.measures == [FIRST, SECOND, "Báo cáo kết quả"]


def test_an_empty_line_or_one_as_long_as_a_book_is_refused(browser, action, at):
    assert "Chưa ghi gì" in browser.post(at("add_line", field="measures"), {"dong": "  "}).content.decode()
    response = browser.post(at("add_line", field="measures"), {"dong": "x" * 2001})
    assert response.status_code == 409
    assert "x" * 2001 in response.content.decode()


def test_lines_are_added_to_lists_only(browser, at):
    assert browser.post(at("add_line", field="content"), {"dong": "x"}).status_code == 404


def test_one_tick_is_taken_back_and_those_made_since_stay(browser, teacher, action, at):
    teacher.post(at("tick"), {"dong": FIRST, "xong": "1"})
    record = Action.history.filter(id=action.pk).latest()
    teacher.post(at("tick"), {"dong": SECOND, "xong": "1"})
    browser.post(f"/truong/{action.school.slug}/ke-hoach/{action.plan_id}/hoan-tac/{record.pk}/")
    assert done(action) == [SECOND]
