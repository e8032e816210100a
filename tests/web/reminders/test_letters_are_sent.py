"""A run of the reminders: everybody once, one failure stops nobody, and it says plainly what became of it."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from caitien.web.reminders import sending
from caitien.web.reminders.models import ReminderChoice
from caitien.web.reminders.running import run
from caitien.web.reminders.sending import send_digests
from caitien.web.schools.models import Membership
from web.invented import make_school, make_user
from web.reminders.conftest import TODAY, join, make_action, make_plan

NAME = "Hà Thị Pọm"


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = "https://caitien.example.edu.vn"


def worker(school, number: int, *, email: bool = True):
    """A member of staff with a name of her own."""
    user = make_user(f"nv-{number}", f"Nhân Viên {number}", school, "staff")
    if email:
        user.email = f"nv{number}@example.edu.vn"
        user.save()
    join(user, school, f"Nhân Viên {number}")
    return user


def late(plan, *numbers: int) -> None:
    make_action(plan, "việc trễ", days=-1, responsible=[f"Nhân Viên {number}" for number in numbers])


def test_everybody_with_something_urgent_gets_one_letter(school, running):
    for number in range(3):
        worker(school, number)
    late(running, 0, 1)
    report = send_digests(TODAY)
    assert sorted(letter.to[0] for letter in mail.outbox) == ["nv0@example.edu.vn", "nv1@example.edu.vn"]
    assert report.nothing == 1
    assert report.sentence() == "Đã gửi 2, không có gì để nhắc 1."


def test_never_twice_the_same_day(school, running):
    worker(school, 1)
    late(running, 1)
    send_digests(TODAY)
    again = send_digests(TODAY)
    assert len(mail.outbox) == 1
    assert again.sentence() == "Đã gửi 0, chưa đến ngày gửi 1."


def test_two_runs_at_once_send_one_letter(school, running, monkeypatch):
    """The second run starts after the first has looked and before it has sent."""
    user = worker(school, 1)
    late(running, 1)
    real = sending._take
    runs = []

    def both(choice, today):
        if not runs:
            runs.append(1)
            send_digests(today)
        return real(choice, today)

    monkeypatch.setattr(sending, "_take", both)
    report = send_digests(TODAY)
    assert len(mail.outbox) == 1
    assert report.not_today == 1
    assert ReminderChoice.objects.get(user=user).sent_on == TODAY


def test_who_says_no_while_letters_go_out_gets_none(school, running, monkeypatch):
    user = worker(school, 1)
    late(running, 1)
    real = sending.is_owed

    def meanwhile(*args):
        ReminderChoice.objects.update_or_create(user=user, defaults={"digest": "off"})
        return real(*args)

    monkeypatch.setattr(sending, "is_owed", meanwhile)
    send_digests(TODAY)
    assert mail.outbox == []


def test_choices_are_kept(school, running):
    off, weekly, daily = (worker(school, number) for number in range(3))
    late(running, 0, 1, 2)
    monday = TODAY - timedelta(days=2)
    ReminderChoice.objects.create(user=off, digest="off")
    ReminderChoice.objects.create(user=weekly, digest="weekly", sent_on=monday)
    ReminderChoice.objects.create(user=daily, digest="daily", sent_on=monday)
    report = send_digests(TODAY)
    assert report.sent == ["nv-2"]
    assert (report.off, report.not_today) == (1, 1)


def test_without_an_address_one_is_named_and_without_a_school_or_active_account_one_is_passed_over(school, running):
    worker(school, 1, email=False)
    gone = worker(school, 2)
    gone.is_active = False
    gone.save()
    left = worker(school, 3)
    Membership.objects.filter(user=left).delete()
    late(running, 1, 2, 3)
    report = send_digests(TODAY)
    assert report.no_email == ["nv-1"]
    assert (report.sent, mail.outbox) == ([], [])


class Refusing:
    """A mail server that refuses one address, and is gone for some of the others."""

    def __init__(self, refuses=(), broken=()):
        self.refuses, self.broken, self.sent, self.opened = refuses, broken, [], 0

    def open(self):
        self.opened += 1

    def close(self):
        pass

    def send_messages(self, letters):
        to = letters[0].to[0]
        if to in self.refuses:
            raise smtplib.SMTPRecipientsRefused({to: (550, b"no such user")})
        if to in self.broken:
            raise ConnectionResetError("connection lost")
        self.sent.append(to)
        return 1


@pytest.fixture
def server(monkeypatch):
    found = Refusing()
    monkeypatch.setattr(sending, "get_connection", lambda: found)
    return found


def test_one_failure_stops_nobody_else_and_is_tried_again(school, running, server):
    for number in range(4):
        worker(school, number)
    late(running, 0, 1, 2, 3)
    server.refuses = ["nv1@example.edu.vn"]
    report = send_digests(TODAY)
    assert sorted(server.sent) == ["nv0@example.edu.vn", "nv2@example.edu.vn", "nv3@example.edu.vn"]
    assert report.sentence() == "Đã gửi 3, lỗi 1: nv-1 (máy chủ thư không nhận địa chỉ này)."
    server.refuses = []
    assert send_digests(TODAY).sent == ["nv-1"]


def test_a_letter_that_failed_is_owed_as_before(school, running, server):
    user = worker(school, 1)
    late(running, 1)
    before = TODAY - timedelta(days=9)
    ReminderChoice.objects.create(user=user, sent_on=before)
    server.refuses = [user.email]
    send_digests(TODAY)
    assert ReminderChoice.objects.get(user=user).sent_on == before


def test_a_mail_server_that_is_not_there_is_not_asked_five_hundred_times(school, running, server):
    for number in range(6):
        worker(school, number)
    late(running, *range(6))
    server.broken = [f"nv{number}@example.edu.vn" for number in range(6)]
    report = send_digests(TODAY)
    assert (len(report.failed), report.left) == (sending.GIVE_UP_AFTER, 6 - sending.GIVE_UP_AFTER)
    assert "chưa gửi vì không nối được máy chủ thư 3" in report.sentence()
    assert not ReminderChoice.objects.filter(sent_on=TODAY).exists()


def test_a_connection_lost_once_is_opened_again(school, running, server):
    for number in range(3):
        worker(school, number)
    late(running, 0, 1, 2)
    server.broken = ["nv1@example.edu.vn"]
    report = send_digests(TODAY)
    assert len(report.sent) == 2
    assert len(report.failed) == 1


def test_a_mistake_of_the_program_in_one_letter_is_said_and_stops_nobody(school, running, monkeypatch):
    for number in range(2):
        worker(school, number)
    late(running, 0, 1)
    real = sending.message

    def broken(digest, *args):
        if digest.user.username == "nv-0":
            raise KeyError("x")
        return real(digest, *args)

    monkeypatch.setattr(sending, "message", broken)
    report = send_digests(TODAY)
    assert report.sent == ["nv-1"]
    assert report.failed == [("nv-0", "lỗi của chương trình: KeyError; xem nhật ký")]


def test_without_a_mail_server_letters_go_to_a_folder_and_it_says_so(school, running, settings, tmp_path, today):
    settings.EMAIL_BACKEND = sending.FOLDER_BACKEND
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    for number in range(30):
        worker(school, number)
    late(running, *range(30))
    lines, ok = run()
    assert ok
    assert lines[0] == "Đã ghi vào thư mục 30."
    assert "KHÔNG có thư nào được gửi đi" in lines[1]
    assert str(tmp_path / "mail") in lines[1]
    files = list((tmp_path / "mail").iterdir())
    assert len(files) == 30, "a file a letter"
    assert all(b"To: nv" in file.read_bytes() for file in files)


def test_the_command_says_what_is_not_set(school, running, settings, today):
    settings.SITE_URL = ""
    settings.ALLOWED_HOSTS = ["localhost"]
    out = StringIO()
    call_command("send_reminders", stdout=out)
    assert "Chưa đặt CAITIEN_URL" in out.getvalue()


def test_the_command_fails_when_a_letter_failed(school, running, server, today):
    worker(school, 1)
    late(running, 1)
    server.refuses = ["nv1@example.edu.vn"]
    with pytest.raises(CommandError):
        call_command("send_reminders", stdout=StringIO())


def test_trying_sends_and_records_nothing(school, running, today):
    worker(school, 1)
    late(running, 1)
    lines, ok = run(try_only=True)
    assert ok
    assert lines[:2] == ["Sẽ gửi 1.", "  nv-1"]
    assert mail.outbox == []
    assert not ReminderChoice.objects.exists()


def test_only_one_user(school, running):
    for number in range(2):
        worker(school, number)
    late(running, 0, 1)
    assert send_digests(TODAY, only="nv-1").sent == ["nv-1"]


def test_five_hundred_users_cost_as_many_queries_as_five(db, monkeypatch):
    """Looking up is constant; what grows is one taking in hand a letter."""
    monkeypatch.setattr(sending, "AT_ONCE", 1000)
    schools = [make_school(f"t-{n}", f"Trường {n}") for n in range(3)]
    plans = [make_plan(school) for school in schools]
    made = 0

    def more(count: int) -> int:
        nonlocal made
        for number in range(made, made + count):
            worker(schools[number % 3], number)
        for place, plan in enumerate(plans):
            numbers = [number for number in range(made, made + count) if number % 3 == place]
            make_action(plan, "chung", days=-1, responsible=[f"Nhân Viên {number}" for number in numbers])
        made += count
        with CaptureQueriesContext(connection) as queries:
            report = send_digests(TODAY, try_only=True)
        assert len(report.sent) == made
        return len(queries)

    assert more(6) == more(494) <= 12
