"""A person follows a job in a real browser: it moves by itself, with a script and without, and ends with its file."""

from __future__ import annotations

import pytest
from django.utils import timezone

from caitien.web.jobs.asking import enqueue
from caitien.web.jobs.models import Job
from web.invented import make_user
from web.jobs.sample import jobs_of_samples

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Bao-cao-tu-danh-gia-cua-truong-nam-hoc-2026-2027-ban-day-du-kem-phu-luc.zip"


@pytest.fixture
def job(people, settings, tmp_path) -> Job:
    settings.DATA = tmp_path
    user = make_user("nguoi-giao", "Lò Thị Giao", people, "secretary")
    job = enqueue(people, user, jobs_of_samples.sample_file, "Gói toàn bộ minh chứng của năm học", {"name": LONG})
    Job.objects.update(state="waiting")
    return job


def run(done: int) -> None:
    Job.objects.update(state="running", done=done, of=140, words=f"Đang gói MC.1.3.{done:02}", heartbeat=timezone.now())


def test_the_page_moves_and_ends_with_the_file(visitor, people, job):
    visitor.sign_in("nguoi-giao")
    visitor.go(job.get_absolute_url(people))
    visitor.look("a job that waits")
    stop = visitor.page.get_by_role("button", name="Thôi, không làm nữa")
    stop.focus()
    for done in (35, 70):
        run(done)
        visitor.page.get_by_text(f"Đã làm {done}/140").wait_for()
    assert stop.evaluate("button => button === document.activeElement")  # what moves takes the place of nobody's hand
    visitor.look("a job that runs")
    Job.objects.update(state="done")
    visitor.page.get_by_role("link", name="Tải tệp về").wait_for()
    visitor.look("a job that is done")
    got = visitor.download(visitor.page.get_by_role("link", name="Tải tệp về"))
    assert got.read_bytes() == b"0123456789"


def test_what_failed_is_begun_anew(visitor, people, job):
    visitor.sign_in("nguoi-giao")
    Job.objects.update(state="failed", error="Máy chủ hết chỗ. Hãy báo người quản trị rồi bấm “Làm lại”.", stored="")
    visitor.go(job.get_absolute_url(people))
    visitor.look("a job that failed")
    visitor.page.get_by_role("button", name="Làm lại").click()
    visitor.page.get_by_role("link", name="Tải tệp về").wait_for()


def test_a_job_is_stopped(visitor, people, job):
    visitor.sign_in("nguoi-giao")
    visitor.go(job.get_absolute_url(people))
    visitor.page.get_by_role("button", name="Thôi, không làm nữa").click()
    visitor.page.get_by_text("Bạn đã bấm thôi").wait_for()
    visitor.look("a job that was stopped")


def test_without_script_the_page_comes_anew_by_itself(visitor_without_script, people, job):
    visitor = visitor_without_script
    visitor.sign_in("nguoi-giao")
    visitor.go(job.get_absolute_url(people))
    assert visitor.page.get_by_role("link", name="Xem lại").is_visible()
    run(35)
    visitor.page.get_by_text("Đã làm 35/140").wait_for()
    Job.objects.update(state="done")
    visitor.page.get_by_role("link", name="Tải tệp về").wait_for()
    assert visitor.download(visitor.page.get_by_role("link", name="Tải tệp về")).read_bytes() == b"0123456789"
