"""The private calendar: a program asks without signing in, and gets what Google, Apple and Outlook accept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from caitien.web.reminders import feed, tokens
from caitien.web.reminders.models import ReminderChoice
from caitien.web.schools.models import Membership
from web.reminders.conftest import TODAY, join, make_action, make_plan

NAME = "Hà Thị Pọm"
LONG = "Bồi dưỡng giáo viên về phương pháp dạy học tích cực, ứng dụng công nghệ thông tin; sinh hoạt chuyên môn " * 3


@pytest.fixture(autouse=True)
def fresh(settings):
    settings.SITE_URL = "https://caitien.example.edu.vn"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "calendar"}}
    cache.clear()


@pytest.fixture
def choice(teacher):
    found = ReminderChoice.objects.create(user=teacher)
    feed.renew(found)
    return found


def path(choice) -> str:
    return feed.address_of(choice).removeprefix("https://caitien.example.edu.vn")


def ask(choice, **headers):
    return Client().get(path(choice), headers=headers)


def events(answer) -> dict[str, object]:
    return {str(e["description"]): e for e in Calendar.from_ical(answer.content).walk("VEVENT")}


def summaries(answer) -> list[str]:
    return [str(e["summary"]) for e in Calendar.from_ical(answer.content).walk("VEVENT")]


def test_all_my_deadlines_in_all_my_schools(choice, teacher, running, other_school, today):
    Membership.objects.create(school=other_school, user=teacher, role="staff")
    join(teacher, other_school, NAME)
    make_action(running, "Ở trường một", days=3, responsible=[NAME])
    make_action(make_plan(other_school, state="draft"), "Ở trường hai", days=5, collaborators=[NAME])
    make_action(running, "Đã trễ", days=-5, responsible=[NAME])
    make_action(running, "Đã xong", days=2, responsible=[NAME], progress_status="done")
    make_action(running, "Không hạn", responsible=[NAME])
    make_action(running, "Của người khác", days=2, responsible=["Lò Văn Ún"])
    answer = ask(choice)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert sorted(summaries(answer)) == ["Hạn: Ở trường hai", "Hạn: Ở trường một", "Quá hạn: Đã trễ"]
    assert any(about.startswith(f"{other_school.name} · kế hoạch 2026-2027 (bản nháp)") for about in events(answer))


def test_what_calendar_programs_need(choice, running, today):
    last = date(2027, 2, 28)
    action = make_action(running, LONG, to=last, responsible=[NAME], progress_status="in_progress", progress_percent=40)
    answer = ask(choice)
    lines = answer.content.split(b"\r\n")
    assert b"\n" not in b"".join(lines), "every line ends with CRLF"
    assert max(len(line) for line in lines) <= 75, "folded by octets"
    for line in lines:
        line.decode()  # and never inside of a letter
    assert lines[0] == b"BEGIN:VCALENDAR"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["dtstart"].dt == last
    assert event["dtend"].dt == date(2027, 3, 1), "the day after, for an all-day event"
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert event["dtstamp"].dt.tzinfo is not None
    assert "Mức độ: Đang thực hiện 40%" in event["description"]
    assert (
        event["url"]
        == f"https://caitien.example.edu.vn/truong/{running.school.slug}/ke-hoach/{running.pk}/muc/{action.pk}/"
    )
    assert event["url"] in event["description"], "Google shows no URL of its own"


def test_an_event_keeps_its_id_when_everything_else_changes(choice, running, today):
    action = make_action(running, "Cũ", days=3, responsible=[NAME], criteria=["1.1"], number=1)
    (before,) = Calendar.from_ical(ask(choice).content).walk("VEVENT")
    action.content, action.criteria, action.number, action.position = "Mới", ["2.2"], 9, 77
    action.ends_on, action.period_end = TODAY + timedelta(days=9), (TODAY + timedelta(days=9)).isoformat()
    action.save()
    make_action(running, "Khác", days=1, responsible=[NAME])
    after = {e["uid"]: e for e in Calendar.from_ical(ask(choice).content).walk("VEVENT")}
    assert len(after) == 2
    assert str(after[before["uid"]]["summary"]) == "Hạn: Mới"


def test_nothing_new_is_answered_shortly(choice, running, today):
    action = make_action(running, "Việc", days=3, responsible=[NAME])
    first = ask(choice)
    again = ask(choice, if_none_match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert ask(choice, if_none_match=f'W/{first.headers["ETag"]}, "x"').status_code == 304
    action.progress_status = "in_progress"
    action.save()
    assert ask(choice, if_none_match=first.headers["ETag"]).status_code == 200


@pytest.mark.parametrize("what", ["finished", "removed", "left", "state", "day"])
def test_whatever_changes_the_calendar_changes_its_tag(choice, teacher, running, today, monkeypatch, what):
    from django.utils import timezone

    action = make_action(running, "Việc", days=3, responsible=[NAME])
    tag = ask(choice).headers["ETag"]
    match what:
        case "finished":
            action.progress_status = "done"
            action.save()
        case "removed":
            action.removed_at = timezone.now()
            action.save()
        case "left":
            Membership.objects.filter(user=teacher).delete()
        case "state":
            running.state = "draft"
            running.save()
        case "day":
            monkeypatch.setattr("django.utils.timezone.localdate", lambda *_a, **_k: TODAY + timedelta(days=1))
    assert ask(choice, if_none_match=tag).status_code == 200


def test_told_to_nobody_else(choice, running, today):
    answer = ask(choice)
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"].startswith("private")
    assert not answer.cookies


def test_another_address_is_not_found(choice, teacher, running, today):
    old = path(choice)
    token = old.removeprefix("/lich/").removesuffix(".ics")
    wrong = [
        "x", "", "a" * 43, token[:-1], token + "A", token[:-2] + ("AA" if token[-2:] != "AA" else "BB"), "é" * 43,
        tokens.make("stop", teacher.pk), tokens.make(feed.PURPOSE, teacher.pk), tokens.make(feed.PURPOSE, teacher.pk, "0" * 32),
        token.swapcase(), "-" * 43,
    ]  # fmt: skip
    for one in wrong:
        assert Client().get(f"/lich/{one}.ics").status_code == 404, one
    feed.renew(choice)
    assert Client().get(old).status_code == 404
    assert ask(choice).status_code == 200


def test_a_calendar_that_was_never_made_or_was_closed_or_of_a_closed_account(choice, teacher, running, today):
    url = path(choice)
    teacher.is_active = False
    teacher.save()
    assert Client().get(url).status_code == 404
    teacher.is_active = True
    teacher.save()
    choice.calendar_seed = ""
    choice.save()
    assert Client().get(url).status_code == 404
    assert feed.address_of(choice) == ""


def test_only_reading(choice, running, today):
    assert Client().head(path(choice)).status_code == 200
    for method in ("post", "put", "delete"):
        assert getattr(Client(), method)(path(choice)).status_code == 405


def test_a_program_that_asks_without_end_is_told_to_wait(choice, running, today, monkeypatch):
    monkeypatch.setattr("caitien.web.reminders.views.feed.MOST_AN_HOUR", 3)
    assert [ask(choice).status_code for _each in range(5)] == [200, 200, 200, 429, 429]
    assert ask(choice).headers["Retry-After"] == "3600"


def test_a_calendar_is_bounded_to_the_nearest(choice, running, today, monkeypatch):
    monkeypatch.setattr(feed, "MOST_EVENTS", 2)
    for days in (-3, 40, 1, 5):
        make_action(running, f"{days}", days=days, responsible=[NAME])
    assert sorted(summaries(ask(choice))) == ["Hạn: 1", "Hạn: 5"]


def test_a_year_that_is_over_is_in_no_calendar(choice, school, today):
    make_action(make_plan(school, year="2025-2026"), "năm ngoái", days=-200, responsible=[NAME])
    assert summaries(ask(choice)) == []


def test_as_many_queries_for_a_hundred_deadlines(choice, running, today):
    def count(**headers) -> int:
        with CaptureQueriesContext(connection) as queries:
            ask(choice, **headers)
        return len(queries)

    make_action(running, "một", days=1, responsible=[NAME])
    few = count()
    for number in range(99):
        make_action(running, f"{number}", days=number, responsible=[NAME])
    assert count() == few <= 8
    assert count(if_none_match=ask(choice).headers["ETag"]) == few - 1, "the heads of the plans are not read"


def test_the_file_of_a_plan(browser, running, today):
    make_action(running, "Của Ún", days=3, responsible=["Lò Văn Ún (TTCM)"])
    make_action(running, "Của Pọm", days=3, responsible=[NAME])
    url = reverse("plans:plan_ics", args=[running.school.slug, running.pk])
    answer = browser.get(url)
    assert sorted(summaries(answer)) == ["Hạn: Của Pọm", "Hạn: Của Ún"]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="han-ke-hoach-2026-2027.ics"'
    one = browser.get(url, {"nguoi": "Lò Văn Ún"})
    assert summaries(one) == ["Hạn: Của Ún"]
    assert 'filename="han-ke-hoach-2026-2027-lo-van-un.ics"' in one.headers["Content-Disposition"]


def test_an_event_of_the_plans_file_and_of_my_calendar_is_the_same_event(choice, browser, running, today):
    make_action(running, "Việc", days=3, responsible=[NAME])
    url = reverse("plans:plan_ics", args=[running.school.slug, running.pk])
    uids = [
        {str(e["uid"]) for e in Calendar.from_ical(a.content).walk("VEVENT")} for a in (browser.get(url), ask(choice))
    ]
    assert uids[0] == uids[1]
