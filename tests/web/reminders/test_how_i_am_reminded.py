"""The page where one chooses, the letter of today, and the page that stops the letters."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from caitien.web.reminders import tokens
from caitien.web.reminders.digest import STOP
from caitien.web.reminders.models import ReminderChoice
from caitien.web.reminders.sending import FOLDER_BACKEND
from web.invented import make_user
from web.reminders.conftest import make_action

CHOICES = "/viec-cua-toi/nhac-viec/"


@pytest.fixture
def mine(client, teacher):
    client.force_login(teacher)
    return client


def test_weekly_until_one_chooses(mine, teacher):
    html = mine.get(CHOICES).content.decode()
    assert "Thư nhắc gửi tới pom@example.edu.vn mỗi tuần một lần, vào thứ Hai." in html
    assert not ReminderChoice.objects.exists(), "reading writes nothing"


def test_a_choice_is_kept(mine, teacher):
    assert mine.post(CHOICES, {"digest": "daily", "language": "en"}).status_code == 302
    choice = ReminderChoice.objects.get(user=teacher)
    assert (choice.digest, choice.language) == ("daily", "en")
    assert mine.post(CHOICES, {"digest": "off", "language": "vi"}).status_code == 302
    assert "Bạn không nhận thư nhắc việc." in mine.get(CHOICES).content.decode()


def test_choosing_does_not_forget_the_calendar_nor_what_was_sent(mine, teacher, today):
    mine.post(CHOICES, {"calendar": "new"})
    ReminderChoice.objects.update(sent_on=today)
    seed = ReminderChoice.objects.get().calendar_seed
    mine.post(CHOICES, {"digest": "daily", "language": "vi"})
    choice = ReminderChoice.objects.get()
    assert (choice.calendar_seed, choice.sent_on) == (seed, today)


@pytest.mark.parametrize("sent", [{}, {"digest": "hourly", "language": "vi"}, {"digest": "off", "language": "fr"}])
def test_what_is_no_choice_is_said(mine, sent):
    answer = mine.post(CHOICES, sent)
    assert answer.status_code == 422
    assert "Hãy chọn một" in answer.content.decode()


def test_the_calendar_is_made_renewed_and_closed(mine, teacher):
    assert ".ics" not in mine.get(CHOICES).content.decode()
    mine.post(CHOICES, {"calendar": "new"})
    first = address(mine)
    assert Client().get(first).status_code == 200
    mine.post(CHOICES, {"calendar": "new"})
    second = address(mine)
    assert first != second
    assert [Client().get(one).status_code for one in (first, second)] == [404, 200]
    mine.post(CHOICES, {"calendar": "off"})
    assert Client().get(second).status_code == 404


def address(client) -> str:
    import re

    html = client.get(CHOICES).content.decode()
    return re.search(r'value="http://testserver(/lich/[\w-]+\.ics)"', html)[1]


def test_without_a_mail_server_the_page_says_that_nothing_is_sent(mine, settings):
    settings.EMAIL_BACKEND = FOLDER_BACKEND
    assert "thư nhắc chưa tới ai" in mine.get(CHOICES).content.decode()


def test_without_an_address_the_page_says_so(client, school):
    client.force_login(make_user("khong-thu", "", school, "staff"))
    assert "chưa có thư điện tử nên chưa nhận được thư nhắc" in client.get(CHOICES).content.decode()


def test_the_letter_of_today_can_be_read(mine, running, today):
    assert "không có gì để nhắc" in mine.get(reverse("reminders:letter")).content.decode()
    make_action(running, "Sửa mái", days=-2, responsible=["Hà Thị Pọm"])
    html = mine.get(reverse("reminders:letter")).content.decode()
    assert "[Cải Tiến] 1 việc quá hạn" in html
    assert "trễ 2 ngày" in html


# --- stopping


def stop_url(user) -> str:
    return reverse("reminders:stop", args=[tokens.make(STOP, user.pk)])


def test_opening_the_link_does_not_stop_and_one_click_does(teacher):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.get(stop_url(teacher))
    assert "Bấm nút dưới đây là xong" in answer.content.decode()
    assert not ReminderChoice.objects.exists(), "mail scanners open every link"
    answer = strict.post(stop_url(teacher), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert ReminderChoice.objects.get(user=teacher).digest == "off"


def test_it_can_stop_nothing_else(teacher, other_school):
    other = make_user("khac", "", other_school, "staff")
    ReminderChoice.objects.create(user=other, digest="daily")
    Client().post(stop_url(teacher))
    assert ReminderChoice.objects.get(user=other).digest == "daily"


def test_a_wrong_link_is_not_found(teacher):
    from uuid import uuid4

    good = tokens.make(STOP, teacher.pk)
    wrong = ["x", "a" * 43, good[:-3] + "AAA", tokens.make("calendar", teacher.pk), tokens.make(STOP, uuid4())]
    for token in wrong:
        for method in ("get", "post"):
            answer = getattr(Client(), method)(reverse("reminders:stop", args=[token]))
            assert answer.status_code == 404
    assert not ReminderChoice.objects.exists()
