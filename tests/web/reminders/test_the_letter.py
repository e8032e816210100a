"""What a digest says, in text and in simple HTML, and when it goes out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from caitien.web.reminders.digest import digest_of, message
from caitien.web.reminders.schedule import is_owed
from caitien.web.reminders.school_work import school_work
from caitien.web.reminders.work import memberships_of, work_of
from caitien.web.schools.models import Membership, School
from web.invented import make_user
from web.reminders.conftest import TODAY, join, make_action, make_plan

NAME = "Hà Thị Pọm"
MONDAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = "https://caitien.example.edu.vn"


def letter_to(user, language="vi"):
    memberships = list(memberships_of([user.pk]))
    digest = digest_of(user, work_of(memberships, TODAY)[user.pk], school_work([m.school for m in memberships], TODAY))
    return message(digest, language, TODAY) if digest else None


def html_of(letter) -> str:
    ((content, kind),) = [(part.content, part.mimetype) for part in letter.alternatives]
    assert kind == "text/html"
    return content


def test_late_and_due_in_fourteen_days_with_links(teacher, running):
    late = make_action(running, "Sửa mái lớp học", days=-12, responsible=[NAME], criteria=["3.1"])
    make_action(running, "Họp tổ", days=14, responsible=[NAME])
    make_action(running, "Còn lâu", days=15, responsible=[NAME])
    letter = letter_to(teacher)
    assert letter.to == ["pom@example.edu.vn"]
    assert letter.subject == "[Cải Tiến] 1 việc quá hạn, 1 việc sắp đến hạn"
    assert "Chào Hà Thị Pọm," in letter.body
    assert (
        "- Sửa mái lớp học (3.1) – hạn 06/11/2026, trễ 12 ngày\n  https://caitien.example.edu.vn/truong/" in letter.body
    )
    assert f"/muc/{late.pk}/" in letter.body
    assert "còn 14 ngày" in letter.body
    assert "Còn lâu" not in letter.body
    assert "\n\n\n" not in letter.body
    assert f"/muc/{late.pk}/" in html_of(letter)
    assert "https://caitien.example.edu.vn/viec-cua-toi/" in letter.body


def test_it_is_in_her_language_and_the_plans_words_stay(teacher, running):
    from django.utils import translation

    make_action(running, "Sửa mái lớp học", days=-12, responsible=[NAME])
    with translation.override("vi"):
        letter = letter_to(teacher, "en")
        assert translation.get_language() == "vi"
    assert "Sửa mái lớp học" in letter.body
    assert '<html lang="en">' in html_of(letter)


def test_a_section_a_school(teacher, running, other_school):
    Membership.objects.create(school=other_school, user=teacher, role="staff")
    join(teacher, other_school, NAME)
    make_action(running, "ở một", days=-1, responsible=[NAME])
    make_action(make_plan(other_school), "ở hai", days=1, collaborators=[NAME])
    body = letter_to(teacher).body
    assert f"== {running.school.name} ==" in body
    assert f"== {other_school.name} ==" in body
    assert "bạn phối hợp" in body


def test_a_leader_sees_the_whole_school_by_who_is_late(secretary, running):
    for days in (-40, -3):
        make_action(running, f"trễ {days}", days=days, responsible=["Lò Văn Ún"])
    make_action(running, "không ai", days=-3)
    make_action(running, "sắp", days=3, responsible=["Tổ Khối 1"])
    secretary.email = "tk@example.edu.vn"
    letter = letter_to(secretary)
    assert letter.subject == f"[Cải Tiến] {running.school.name}: 3 việc quá hạn, 1 việc sắp đến hạn"
    assert "Toàn trường: 3 mục quá hạn, 1 mục đến hạn trong 14 ngày." in letter.body
    assert "- Lò Văn Ún: 2 mục quá hạn, trễ lâu nhất 40 ngày" in letter.body
    assert "- Chưa có người phụ trách: 1 mục quá hạn" in letter.body
    assert f"/ke-hoach/{running.pk}/" in letter.body


def test_who_leads_nothing_does_not_see_the_school(teacher, running):
    make_action(running, "của người khác", days=-3, responsible=["Lò Văn Ún"])
    assert letter_to(teacher) is None


def test_nothing_to_remind_of_is_no_letter(teacher, running):
    make_action(running, "xong", days=-3, responsible=[NAME], progress_status="done")
    make_action(running, "còn lâu", days=100, responsible=[NAME])
    assert letter_to(teacher) is None


def test_nobody_is_reminded_of_a_year_that_is_over(teacher, secretary, school):
    make_action(make_plan(school, year="2025-2026"), "năm ngoái", days=-300, responsible=[NAME])
    assert letter_to(teacher) is None
    assert letter_to(secretary) is None


def test_ugly_words_stay_in_their_line(teacher, running):
    School.objects.filter(pk=running.school.pk).update(name="Trường\nBcc: ai@example.org")
    make_action(running, "Dòng một\r\ndòng <hai> & “ba” " + "dài " * 100, days=-1, responsible=[NAME])
    letter = letter_to(teacher)
    assert "Dòng một dòng <hai> & “ba”" in letter.body
    assert "…" in letter.body
    assert "&lt;hai&gt; &amp;" in html_of(letter)
    assert b"\nBcc:" not in letter.message().as_bytes().split(b"\n\n")[0]


def test_the_school_in_the_subject_cannot_add_a_header(secretary, running):
    School.objects.filter(pk=running.school.pk).update(name="Trường\nBcc: ai@example.org")
    make_action(running, "trễ", days=-1)
    secretary.email = "tk@example.edu.vn"
    assert "Trường Bcc: ai@example.org: 1 việc quá hạn" in letter_to(secretary).subject
    letter_to(secretary).message()


def test_stopping_is_one_click_of_the_mail_program(teacher, running):
    make_action(running, "trễ", days=-1, responsible=[NAME])
    headers = letter_to(teacher).extra_headers
    assert headers["List-Unsubscribe"].startswith("<https://caitien.example.edu.vn/thoi-nhac/")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_without_an_address_it_says_where_to_look_instead_of_wrong_links(teacher, running, settings):
    settings.SITE_URL = ""
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "*", ".example.org"]
    make_action(running, "trễ", days=-1, responsible=[NAME])
    letter = letter_to(teacher)
    assert "http" not in letter.body
    assert "href" not in html_of(letter)
    assert "Mở Cải Tiến, vào “Việc của tôi”" in letter.body
    assert "List-Unsubscribe" not in letter.extra_headers


@pytest.mark.parametrize(
    ("said", "https", "address"),
    [
        ("may-chu", False, "http://may-chu"),
        ("", True, "https://ten.example.edu.vn"),
        ("", False, ""),
        ("https://x.vn", False, "https://x.vn"),
    ],
)
def test_the_address_of_the_installation(settings, said, https, address):
    from caitien.web.reminders.addresses import site

    settings.SITE_URL, settings.HTTPS = said, https
    settings.ALLOWED_HOSTS = ["localhost", "ten.example.edu.vn"]
    assert site() == address


# --- when it goes out


def weekly(sent_on, today, days=()):
    return is_owed("weekly", sent_on, today, days)


def test_weekly_on_monday_and_not_again_until_the_next():
    assert weekly(None, MONDAY)
    for after in range(7):
        assert not weekly(MONDAY, MONDAY + timedelta(days=after), [0, -1])
    assert weekly(MONDAY, MONDAY + timedelta(days=7))


def test_a_computer_that_was_off_on_monday_sends_on_tuesday():
    assert weekly(MONDAY - timedelta(days=6), MONDAY + timedelta(days=1))


def test_over_the_end_of_the_year():
    assert weekly(date(2026, 12, 28), date(2027, 1, 4))
    assert not weekly(date(2026, 12, 28), date(2027, 1, 3))


@pytest.mark.parametrize(
    ("days", "owed"), [(-2, False), (-1, True), (0, True), (1, True), (2, False), (3, True), (4, False), (None, False)]
)
def test_daily_on_days_with_something_due(days, owed):
    assert is_owed("daily", MONDAY, TODAY, [days]) == owed
    assert not is_owed("weekly", MONDAY, TODAY, [days])


def test_never_twice_a_day_and_never_to_who_wants_none():
    assert not is_owed("daily", TODAY, TODAY, [0])
    assert not is_owed("weekly", MONDAY, MONDAY, [0])
    assert not is_owed("off", None, MONDAY, [0])
    assert not is_owed("daily", TODAY + timedelta(days=1), TODAY, [0]), "a clock that was set back"


def test_who_has_no_school_gets_nothing(db):
    assert not list(memberships_of([make_user("khong-truong").pk]))
