"""Whoever asks for work starts a runner, once, and only when there is room for one; one that goes looks once more."""

from __future__ import annotations

import os
import time

import pytest

from caitien.web.jobs import runner, starting, taking
from caitien.web.jobs.asking import LATE, enqueue, nudge
from caitien.web.jobs.locks import FileLock
from caitien.web.jobs.models import Job


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    monkeypatch.setenv("CAITIEN_DATA", str(tmp_path))
    monkeypatch.delenv("CAITIEN_JOB_RUNNERS", raising=False)
    return tmp_path


@pytest.fixture(autouse=True)
def spawned(monkeypatch) -> list:
    """A line for each process that would have been started."""
    found: list = []
    monkeypatch.setattr(starting, "_spawn", lambda place, idle: found.append(idle))
    return found


def came(folder) -> FileLock:
    """What a runner does first."""
    _number, lock = runner._own_slot(folder)
    starting.started(folder / starting.FOLDER).unlink()
    return lock


def test_many_who_ask_at_once_start_one(spawned):
    assert [starting.wake() for _ in range(20)] == [True] + [False] * 19
    assert len(spawned) == 1


def test_while_one_lives_none_is_started_and_afterwards_another(spawned, folder):
    starting.wake()
    lock = came(folder)
    assert not starting.wake()
    lock.release()
    assert starting.wake()
    assert len(spawned) == 2


def test_one_that_was_started_and_never_came_is_given_up(spawned, folder):
    starting.wake()
    old = time.time() - starting.SECONDS_TO_START - 1
    os.utime(starting.started(folder / starting.FOLDER), (old, old))
    assert starting.wake()


def test_as_many_live_as_the_setting_says(spawned, folder, monkeypatch):
    monkeypatch.setenv("CAITIEN_JOB_RUNNERS", "2")
    for _ in range(2):
        assert starting.wake()
        came(folder)
    assert not starting.wake()
    monkeypatch.setattr(runner, "LOOKS", 2)
    assert runner._own_slot(folder) is None


@pytest.mark.parametrize("said", ["0", "-3", "nhiều", ""])
def test_a_strange_number_of_runners_is_one(said, monkeypatch):
    monkeypatch.setenv("CAITIEN_JOB_RUNNERS", said)
    assert starting.runners() == 1


def test_a_runner_is_started_when_the_transaction_is_committed(
    spawned, school, secretary, settings, django_capture_on_commit_callbacks
):
    settings.JOBS_AT_ONCE = False
    with django_capture_on_commit_callbacks(execute=True):
        enqueue(school, secretary, "sample-file", "Gói")
        assert spawned == []
    assert len(spawned) == 1


def test_what_was_asked_for_while_a_runner_went_is_done_by_it(school, secretary, settings, folder, monkeypatch):
    """Who asked found the lock held, so started nobody; the runner had looked just before."""
    settings.JOBS_AT_ONCE = False
    number, lock = runner._own_slot(folder)
    looks = []

    def asked_for_after_its_last_look(name):
        if not looks:
            looks.append(name)
            enqueue(school, secretary, "sample-file", "Gói")
            assert not starting.wake()
            return None
        return taking_really(name)

    taking_really = taking.take
    monkeypatch.setattr(taking, "take", asked_for_after_its_last_look)
    assert runner.Runner(lock, f"may/{number}/", idle=-1.0).run() == 0
    assert Job.objects.get().state == "done"


def test_who_looks_at_work_that_should_have_begun_starts_a_runner(spawned, school, secretary, settings):
    settings.JOBS_AT_ONCE = False
    job = enqueue(school, secretary, "sample-file", "Gói")
    nudge(job)
    assert spawned == []
    job.created_at -= 2 * LATE
    nudge(job)
    assert len(spawned) == 1
