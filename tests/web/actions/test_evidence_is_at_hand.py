"""Expected evidence is a list of things to come: there or not, since when, who says so, where it is kept."""

from __future__ import annotations

import pytest
from django.utils import timezone

from caitien.web.plans.action_page import link_of
from caitien.web.plans.templatetags.action_parts import co_lien_ket

MINUTES = "Biên bản họp"


def marks(action) -> list[dict]:
    action.refresh_from_db()
    return action.evidence_at_hand


def test_one_tap_says_that_it_is_there(teacher, action, at):
    teacher.post(at("evidence_item"), {"dong": MINUTES, "co": "1"})
    assert marks(action) == [{"text": MINUTES, "on": timezone.localdate().isoformat(), "by": "Vi Thị Sim"}]
    assert "1/2 đã có" in teacher.get(at("action")).content.decode()


def test_where_it_is_kept_and_since_when(teacher, action, at):
    teacher.post(at("evidence_item"), {"dong": MINUTES, "co": "1"})
    teacher.post(at("evidence_item"), {"dong": MINUTES, "co": "1", "note": "Tủ số 2", "on": "5/10/2025"})
    (mark,) = marks(action)
    assert (mark["note"], mark["on"], mark["by"]) == ("Tủ số 2", "2025-10-05", "Vi Thị Sim")


def test_a_day_that_no_calendar_has_is_said_and_the_note_stays_in_the_form(teacher, action, at):
    sent = {"dong": MINUTES, "co": "1", "note": "Tủ số 2", "on": "31/02/2026"}
    response = teacher.post(at("evidence_item"), sent)
    assert response.status_code == 422
    html = response.content.decode()
    assert "Không có ngày “31/02/2026”" in html
    assert 'value="Tủ số 2"' in html
    assert marks(action) == []


def test_for_htmx_an_error_goes_to_the_place_of_the_line(teacher, at):
    sent = {"dong": "Bản kế hoạch sửa đổi", "co": "1", "note": "x", "on": "x"}
    response = teacher.post(at("evidence_item"), sent, headers={"HX-Request": "true"})
    assert response["HX-Retarget"] == "#mc-1"


def test_what_is_not_there_after_all_is_taken_off(teacher, action, at):
    teacher.post(at("evidence_item"), {"dong": MINUTES, "co": "1"})
    teacher.post(at("evidence_item"), {"dong": MINUTES, "co": "0"})
    assert marks(action) == []


def test_two_people_mark_two_things(teacher, chair, action, at):
    teacher.post(at("evidence_item"), {"dong": "Bản kế hoạch sửa đổi", "co": "1"})
    chair.post(at("evidence_item"), {"dong": MINUTES, "co": "1"})
    assert [mark["text"] for mark in marks(action)] == [MINUTES, "Bản kế hoạch sửa đổi"]


def test_a_line_that_is_gone_is_said(teacher, at):
    assert teacher.get(at("evidence_item") + "?dong=khong-co").status_code == 409
    assert teacher.post(at("evidence_item"), {"dong": "khong-co", "co": "1"}).status_code == 409


@pytest.mark.parametrize(
    ("note", "link"),
    [
        ("https://example.org/a?b=1", "https://example.org/a?b=1"),
        ("bản mềm http://example.org/x.", "http://example.org/x"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://ai@example.org/", ""),
        ("https://", ""),
        ("https://[x", ""),
        ("Tủ hồ sơ", ""),
        (None, ""),
    ],
)
def test_only_an_address_of_the_web_is_a_link(note, link):
    assert link_of(note) == link


def test_a_link_learns_nothing_of_the_page_and_words_are_never_markup():
    html = co_lien_ket('<b>"x" https://example.org/?a=1&b="2 </b>')
    assert 'rel="noopener noreferrer nofollow"' in html
    assert "<b>" not in html
    assert "&lt;b&gt;" in html
