"""The page says how far a job is, gives its file, leads on to its result, tells what went wrong, and can begin anew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caitien.web.jobs import downloads
from caitien.web.jobs.asking import enqueue, wait_a_moment
from caitien.web.jobs.models import Job
from caitien.web.jobs.page import time_left, words_of
from caitien.web.jobs.views import ready_or_page
from web.invented import make_user

HTMX = {"HX-Request": "true"}


def url(name: str, job: Job) -> str:
    return reverse(f"jobs:{name}", args=[job.school.slug, job.pk])


@pytest.fixture
def waiting(school, secretary) -> Job:
    return Job.objects.create(school=school, kind="sample-file", label="Gói toàn bộ minh chứng", created_by=secretary)


@pytest.fixture
def done(school, secretary) -> Job:
    return enqueue(school, secretary, "sample-file", "Gói toàn bộ minh chứng", {"size": 1000})


def run(job: Job, **columns) -> None:
    now = timezone.now()
    values = {"state": "running", "runner": "m/1/1", "attempts": 1, "started_at": now, "heartbeat": now, **columns}
    Job.objects.filter(pk=job.pk).update(**values)


def test_one_that_waits_says_how_many_come_first(browser, school, waiting):
    for _number in range(2):
        earlier = Job.objects.create(school=school, kind="sample-file", label="Khác")
        Job.objects.filter(pk=earlier.pk).update(created_at=waiting.created_at - timedelta(minutes=1))
    Job.objects.create(school=school, kind="sample-file", label="Sau")
    html = browser.get(url("job", waiting)).content.decode()
    assert "còn 2 việc khác làm trước" in html
    assert "Thôi, không làm nữa" in html


def test_one_that_runs_says_how_far_it_is_and_how_long_it_takes(browser, waiting):
    run(waiting, done=40, of=140, words="Đang gói MC.1.3.05", started_at=timezone.now() - timedelta(minutes=2))
    html = browser.get(url("job", waiting)).content.decode()
    assert "Đã làm 40/140 (28 %), còn khoảng 5 phút" in html
    assert "Đang gói MC.1.3.05" in html
    assert '<progress class="meter" value="40" max="140"' in html


def test_without_script_the_page_looks_again_by_itself(browser, waiting, done):
    assert '<noscript><meta http-equiv="refresh"' in browser.get(url("job", waiting)).content.decode()
    assert "http-equiv" not in browser.get(url("job", done)).content.decode()


def test_the_script_asks_for_what_moves_only(browser, waiting):
    html = browser.get(url("job", waiting), headers=HTMX).content.decode()
    assert 'hx-trigger="every 1s"' in html
    assert "<html" not in html
    Job.objects.filter(pk=waiting.pk).update(created_at=timezone.now() - timedelta(minutes=5))
    assert 'hx-trigger="every 3s"' in browser.get(url("job", waiting), headers=HTMX).content.decode()


def test_when_it_has_ended_the_script_opens_the_page_anew(browser, done):
    answer = browser.get(url("job", done), headers=HTMX)
    assert answer.headers["HX-Redirect"] == url("job", done)


def test_a_file_is_offered_with_its_size_and_until_when(browser, done):
    html = browser.get(url("job", done)).content.decode()
    assert "Gói minh chứng.zip" in html
    assert timezone.localtime(done.finished_at + timedelta(days=7)).strftime("%d/%m/%Y") in html
    assert url("file", done) in html


def test_the_file_is_an_attachment_that_can_do_nothing(browser, done):
    answer = browser.get(url("file", done))
    assert b"".join(answer.streaming_content) == b"0123456789" * 100
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Length"] == "1000"


@pytest.mark.parametrize(
    ("asked", "status", "got", "where"),
    [
        ("bytes=990-", 206, b"0123456789", "bytes 990-999/1000"),
        ("bytes=5-9", 206, b"56789", "bytes 5-9/1000"),
        ("bytes=-3", 206, b"789", "bytes 997-999/1000"),
        ("bytes=998-5000", 206, b"89", "bytes 998-999/1000"),
        ("bytes=1000-", 416, b"", "bytes */1000"),
        ("bytes=-0", 416, b"", "bytes */1000"),
        ("bytes=0-1,5-6", 200, b"0123456789" * 100, None),
        ("bytes=9-5", 200, b"0123456789" * 100, None),
        ("bytes=²-", 200, b"0123456789" * 100, None),
        ("lines=1-2", 200, b"0123456789" * 100, None),
    ],
)
def test_a_download_that_was_cut_goes_on(browser, done, asked, status, got, where):
    answer = browser.get(url("file", done), headers={"Range": asked})
    assert (answer.status_code, answer.headers.get("Content-Range")) == (status, where)
    assert (answer.getvalue() if answer.streaming else answer.content) == got


def test_a_download_of_another_file_does_not_go_on(browser, done):
    tag = browser.get(url("file", done), headers={"Range": "bytes=0-1"}).headers["ETag"]
    same = browser.get(url("file", done), headers={"Range": "bytes=998-", "If-Range": tag})
    other = browser.get(url("file", done), headers={"Range": "bytes=998-", "If-Range": '"khac"'})
    assert (same.status_code, same.getvalue()) == (206, b"89")
    assert (other.status_code, len(other.getvalue())) == (200, 1000)


def test_large_files_leave_room_for_pages(browser, school, secretary):
    """Each keeps a thread until the slowest phone has it all; a part that is small does not."""
    large = enqueue(school, secretary, "sample-file", "Gói", {"size": 2 * downloads.LARGE})
    sent = [browser.get(url("file", large)) for _number in range(downloads.MOST_AT_ONCE)]
    assert {answer.status_code for answer in sent} == {200}
    refused = browser.get(url("file", large))
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
    assert "Hãy đợi một phút rồi tải lại" in refused.content.decode()
    assert browser.get(url("file", large), headers={"Range": "bytes=-10"}).status_code == 206
    for close in sent[0]._resource_closers:  # the phone is gone: the server closes the answer
        close()
    assert len(browser.get(url("file", large)).getvalue()) == large.size
    assert browser.get(url("file", large)).status_code == 200
    for answer in sent[1:]:
        assert len(answer.getvalue()) == large.size


def test_short_work_leads_straight_to_its_file(done, waiting, settings):
    assert ready_or_page(wait_a_moment(done)) == url("file", done)
    assert ready_or_page(wait_a_moment(waiting, 0)) == url("job", waiting)


def test_a_result_that_is_a_page_is_gone_to_with_its_sentence(browser, school, secretary):
    job = enqueue(school, secretary, "sample-page", "Kiểm tra liên kết", {"address": "/tro-giup/vai-tro/"})
    assert ready_or_page(job) == "/tro-giup/vai-tro/"
    answer = browser.get(url("job", job), follow=True)
    assert answer.redirect_chain == [("/tro-giup/vai-tro/", 302)]
    assert "Đã kiểm tra 12 liên kết: 3 hỏng" in answer.content.decode()
    assert browser.get(url("job", job), headers=HTMX).headers["HX-Redirect"] == "/tro-giup/vai-tro/"


def test_what_failed_says_why_and_is_begun_anew_by_a_button(browser, school, secretary):
    job = enqueue(school, secretary, "sample-refused", "Gói", {})
    html = browser.get(url("job", job)).content.decode()
    assert "Chưa có minh chứng nào. Hãy thêm minh chứng rồi gói lại." in html
    assert url("again", job) in html
    Job.objects.filter(pk=job.pk).update(kind="sample-file")  # the reason is gone
    assert browser.post(url("again", job)).headers["Location"] == url("job", job)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")


def test_to_begin_anew_what_runs_changes_nothing(browser, waiting):
    run(waiting, done=5)
    browser.post(url("again", waiting))
    waiting.refresh_from_db()
    assert (waiting.state, waiting.done) == ("running", 5)


def test_it_can_be_stopped(browser, waiting):
    run(waiting)
    browser.post(url("stop", waiting))
    html = browser.get(url("job", waiting)).content.decode()
    assert "Bạn đã bấm thôi" in html


def test_what_had_ended_before_the_button_was_pressed_stays(browser, done):
    answer = browser.post(url("stop", done), follow=True).content.decode()
    assert "đã kết thúc trước khi bạn bấm" in answer
    assert "Tải tệp về" in answer


def test_a_file_that_was_cleared_is_said_to_be_and_can_be_made_anew(browser, done):
    Job.objects.filter(pk=done.pk).update(stored="")
    html = browser.get(url("job", done)).content.decode()
    assert "Tệp đã được dọn" in html
    assert url("again", done) in html
    assert browser.get(url("file", done)).status_code == 404


def test_my_last_jobs_are_mine(browser, school, done, waiting):
    Job.objects.create(school=school, kind="sample-file", label="Của người khác", created_by=make_user("khac"))
    html = browser.get(reverse("jobs:list", args=[school.slug])).content.decode()
    assert html.count("Gói toàn bộ minh chứng") == 2
    assert "Của người khác" not in html


# --- who may


def member(school, role: str) -> Client:
    client = Client()
    client.force_login(make_user(f"nguoi-{role}", "", school, role))
    return client


def test_who_may_not_do_what_the_kind_names_sees_nothing_of_it(school, done):
    teacher, vice = member(school, "staff"), member(school, "vice_chair")
    for name in ("job", "file"):
        assert teacher.get(url(name, done)).status_code == 404
        assert vice.get(url(name, done)).status_code == 200
    assert teacher.post(url("stop", done)).status_code == 404
    assert teacher.post(url("again", done)).status_code == 404


def test_who_asked_and_has_another_role_now_sees_the_page_and_has_no_file(school, secretary, browser, done):
    from caitien.web.schools.models import Membership

    Membership.objects.filter(user=secretary).update(role="viewer")
    html = browser.get(url("job", done)).content.decode()
    assert "Vai trò hiện nay của bạn không tải được tệp này" in html
    assert url("file", done) not in html
    assert browser.get(url("file", done)).status_code == 404
    assert browser.post(url("again", done)).status_code == 404


def test_what_depends_on_who_asks_is_for_who_asked(school, secretary, browser):
    job = enqueue(school, secretary, "sample-own", "Gói của tôi", {})
    chair = member(school, "chair")
    assert browser.get(url("file", job)).status_code == 200
    assert chair.get(url("file", job)).status_code == chair.get(url("job", job)).status_code == 404


def test_the_job_of_another_school_does_not_exist(other_school, done, school):
    stranger = member(other_school, "chair")
    assert stranger.get(url("job", done)).status_code == 404
    assert stranger.get(reverse("jobs:file", args=[other_school.slug, done.pk])).status_code == 404


# --- how long


def test_the_time_left_is_told_when_it_is_no_guess():
    begun = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    after = begun + timedelta(minutes=1)
    assert words_of(time_left(begun, after, 25, 100)) == "còn khoảng 3 phút"
    assert words_of(time_left(begun, after, 90, 100)) == "còn chưa đầy một phút"
    assert words_of(time_left(begun, after, 4, 100)) == ""
    assert words_of(time_left(begun, begun + timedelta(seconds=3), 50, 100)) == ""
    assert words_of(time_left(None, after, 5, 0)) == ""


# --- what it costs


def test_looking_again_asks_the_database_little(browser, school, waiting, django_assert_max_num_queries):
    browser.get(url("job", waiting))
    for number in range(30):
        Job.objects.create(school=school, kind="sample-file", label=f"Việc {number}")
    with django_assert_max_num_queries(6):
        browser.get(url("job", waiting), headers=HTMX)
    with django_assert_max_num_queries(6):
        browser.get(reverse("jobs:list", args=[school.slug]))
