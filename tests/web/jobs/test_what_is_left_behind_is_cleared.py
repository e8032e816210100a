"""Files are kept for a week, jobs for three months; what was cut short leaves nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from caitien.web.jobs.asking import enqueue
from caitien.web.jobs.models import Job
from caitien.web.jobs.performing import path_of, work_folder
from caitien.web.jobs.sweeping import clear_what_jobs_left, sweep


def ended(job: Job, days: float) -> None:
    Job.objects.filter(pk=job.pk).update(finished_at=timezone.now() - timedelta(days=days))


@pytest.fixture
def job(school, secretary) -> Job:
    return enqueue(school, secretary, "sample-file", "Gói", {})


def test_a_file_is_there_for_a_week(job):
    ended(job, 6.9)
    assert sweep() == 0
    assert default_storage.exists(job.stored)
    ended(job, 7.1)
    assert sweep() == 1
    assert not default_storage.exists(job.stored)
    job.refresh_from_db()
    assert (job.state, job.stored, job.file_name) == ("done", "", "Gói minh chứng.zip")


def test_a_job_is_known_for_three_months(job):
    ended(job, 89)
    sweep()
    assert Job.objects.filter(pk=job.pk).exists()
    ended(job, 91)
    sweep()
    assert not Job.objects.filter(pk=job.pk).exists()


def test_a_file_that_was_stored_by_a_runner_that_died_goes_with_its_job(job):
    left = default_storage.save(path_of(job, 2), ContentFile(b"x"))
    Job.objects.filter(pk=job.pk).update(attempts=2)
    ended(job, 91)
    sweep()
    assert not default_storage.exists(left)


def test_folders_of_work_that_was_cut_short_go_and_those_of_running_jobs_stay(school, settings):
    running = Job.objects.create(school=school, kind="sample-file", label="x", state="running", attempts=1)
    dead = Job.objects.create(school=school, kind="sample-file", label="x", state="failed", attempts=1)
    for one in (running, dead):
        work_folder(one).mkdir(parents=True)
    sweep()
    assert work_folder(running).exists()
    assert not work_folder(dead).exists()


def test_a_storage_that_does_not_answer_stops_nobody(job, monkeypatch, caplog):
    ended(job, 8)

    def broken(_name):
        raise OSError("no answer")

    monkeypatch.setattr(default_storage, "delete", broken)
    clear_what_jobs_left()
    assert "could not be cleared" in caplog.text


def test_the_daily_reminders_clear_too(job, settings):
    from caitien.web.reminders.running import run

    ended(job, 8)
    run(try_only=True)
    assert default_storage.exists(job.stored)
    run()
    assert not default_storage.exists(job.stored)
