"""A real runner, in a process of its own: it comes when it is needed, does what waits, and goes; what dies is done again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from web.test_the_server_starts import free_port

TESTS = Path(__file__).resolve().parents[2]
LONGEST = 180  # seconds, on a machine busy with other tests
POSTGRESQL = os.environ.get("CAITIEN_DATABASE_URL", "").startswith("postgres")


class Asker:
    """The process that asks; `folder` is its data folder."""

    def __init__(self, folder: Path, database: str, runners: int = 1) -> None:
        self.folder = folder
        self.env = {**os.environ, "CAITIEN_DATA": str(folder), "CAITIEN_DATABASE_URL": database, "PYTHONUTF8": "1"}
        self.env |= {"PYTHONPATH": str(TESTS), "DJANGO_SETTINGS_MODULE": "web.jobs.settings_with_samples"}
        self.env["CAITIEN_JOB_RUNNERS"] = str(runners)
        command = [sys.executable, "-m", "web.jobs.asker"]
        self.process = subprocess.Popen(command, env=self.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert json.loads(self.process.stdout.readline()) == "ready"

    def ask(self, do: str, **more):
        self.process.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def enqueue(self, kind: str, **arguments) -> str:
        return self.ask("enqueue", kind=kind, arguments=arguments)

    def ended(self, job: str) -> dict:
        told = self.ask("wait", job=job, seconds=LONGEST)
        assert told["state"] not in ("waiting", "running"), told
        return told

    def running(self, job: str) -> dict:
        """The job, as soon as its runner has begun and said how far it is."""
        until = time.monotonic() + LONGEST
        while not ((told := self.ask("wait", job=job, seconds=0))["state"] == "running" and told["words"]):
            assert time.monotonic() < until, told
            time.sleep(0.05)
        return told

    def gone(self) -> None:
        """Ends the runners of the tests before."""
        for runner in self.runners():
            runner.kill()
            runner.wait(timeout=LONGEST)

    def runners(self) -> list[psutil.Process]:
        found = []
        for process in psutil.process_iter(["cmdline"]):
            if "caitien.web.jobs.runner" in (process.info["cmdline"] or []):
                try:
                    if process.environ().get("CAITIEN_DATA") == str(self.folder):
                        found.append(process)
                except psutil.Error:
                    continue
        return found


def runner_of(told: dict) -> int:
    return int(told["runner"].rpartition("/")[2])


@contextmanager
def an_asker(folder: Path, runners: int = 1) -> Iterator[Asker]:
    """With a database of its own: a file, or on the server that CAITIEN_DATABASE_URL names."""
    if not POSTGRESQL:
        with closed(Asker(folder, "", runners)) as asker:
            yield asker
        return
    import psycopg

    server = os.environ["CAITIEN_DATABASE_URL"]
    name = f"viec_nen_{os.getpid()}_{runners}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        with closed(Asker(folder, f"{server.rpartition('/')[0]}/{name}", runners)) as asker:
            yield asker
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def closed(asker: Asker) -> Iterator[Asker]:
    try:
        yield asker
    finally:
        asker.process.stdin.close()
        asker.process.wait(timeout=LONGEST)
        asker.gone()


@pytest.fixture(scope="module")
def asker(tmp_path_factory) -> Iterator[Asker]:
    with an_asker(tmp_path_factory.mktemp("viec-nen")) as asker:
        yield asker


def test_a_job_is_done_though_nobody_started_a_worker(asker):
    job = asker.enqueue("sample-file", size=1000)
    told = asker.ended(job)
    assert (told["state"], told["size"]) == ("done", 1000)
    assert asker.ask("read", job=job) == "0123456789" * 100
    assert runner_of(told) != asker.process.pid


def test_many_jobs_at_once_are_done_once_each_by_one_runner(asker, tmp_path):
    told = tmp_path / "told"
    jobs = [asker.enqueue("sample-slow", told=str(told), number=number, seconds=0.05) for number in range(20)]
    ended = [asker.ended(job) for job in jobs]
    assert {one["state"] for one in ended} == {"done"}
    assert len({one["runner"] for one in ended}) == 1
    assert len(asker.runners()) == 1
    lines = told.read_text().splitlines()
    assert lines == [f"{what} {number}" for number in range(20) for what in ("begun", "ended")]


def test_what_nobody_waits_for_comes_last(asker):
    behind, before = asker.ask("rows", kinds=[["sample-behind", True], ["sample-slow", False]])
    asker.ask("wake")
    first, second = asker.ended(before), asker.ended(behind)
    assert first["finished_at"] <= second["started_at"]


def test_a_cancelled_job_stops_and_keeps_nothing(asker, tmp_path):
    told = tmp_path / "told"
    job = asker.enqueue("sample-slow", told=str(told), seconds=LONGEST)
    asker.running(job)
    assert asker.ask("cancel", job=job)
    after = asker.enqueue("sample-file")
    assert asker.ended(after)["state"] == "done"  # the same runner goes on with the next
    assert asker.ended(job)["state"] == "cancelled"
    assert told.read_text() == "begun \n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_a_job_whose_runner_was_killed_is_done_again(asker, tmp_path):
    told = tmp_path / "told"
    job = asker.enqueue("sample-slow", told=str(told), seconds=1)
    os.kill(runner_of(asker.running(job)), signal.SIGKILL)
    ended = asker.ended(job)
    assert (ended["state"], ended["attempts"]) == ("done", 2)
    assert told.read_text() == "begun \nbegun \nended \n"


def test_a_job_that_kills_its_runner_twice_has_failed_and_the_next_is_done(asker):
    job, after = asker.ask("rows", kinds=[["sample-crash", False], ["sample-file", True]])
    asker.ask("wake")
    assert asker.ended(after)["state"] == "done"
    ended = asker.ended(job)
    assert (ended["state"], ended["attempts"]) == ("failed", 2)
    assert "dừng giữa chừng hai lần" in ended["error"]


def test_a_job_that_never_ends_is_stopped_with_the_programs_it_started(asker, tmp_path):
    asker.gone()
    told = tmp_path / "told"
    deaf, after = asker.enqueue("sample-deaf", told=str(told)), asker.enqueue("sample-file")
    assert asker.ended(after)["state"] == "done"
    ended = asker.ended(deaf)
    assert ended["state"] == "failed"
    assert "lâu quá mức" in ended["error"]
    assert ends(int(told.read_text()))


def ends(process: int, seconds: float = 10) -> bool:
    """Whether a process is gone within the time; one that nobody has buried yet (a zombie) is gone."""
    for _ in range(int(seconds * 20)):
        try:
            if psutil.Process(process).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_a_job_that_wants_too_much_memory_is_told_so_and_the_runner_goes_on(asker):
    ended = asker.ended(asker.enqueue("sample-hungry"))
    assert (ended["state"], ended["attempts"]) == ("failed", 1)
    assert "không đủ bộ nhớ" in ended["error"]


def test_what_failed_is_begun_anew_on_request(asker):
    job = asker.enqueue("sample-refused")
    assert asker.ended(job)["state"] == "failed"
    assert asker.ask("again", job=job)
    assert asker.ended(job)["error"].startswith("Chưa có minh chứng nào")


def test_a_server_that_starts_does_what_was_left_waiting(asker):
    asker.gone()
    (job,) = asker.ask("rows", kinds=[["sample-file", True]])
    server = subprocess.Popen(
        [sys.executable, "-m", "caitien.cli", "serve", "--port", str(free_port())],
        env=asker.env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert asker.ended(job)["state"] == "done"
    finally:
        server.terminate()
        server.wait(timeout=LONGEST)


def test_two_runners_share_the_work_and_do_nothing_twice(tmp_path):
    told = tmp_path / "told"
    with an_asker(tmp_path / "hai", runners=2) as asker:
        jobs = [asker.enqueue("sample-slow", told=str(told), number=0, seconds=3)]
        asker.running(jobs[0])
        jobs += [asker.enqueue("sample-slow", told=str(told), number=number, seconds=0.2) for number in range(1, 21)]
        ended = [asker.ended(job) for job in jobs]
        assert len(asker.runners()) == 2
    assert {one["state"] for one in ended} == {"done"}
    assert len({one["runner"] for one in ended}) == 2
    begun = [line for line in told.read_text().splitlines() if line.startswith("begun")]
    assert sorted(begun) == sorted(f"begun {number}" for number in range(21))
