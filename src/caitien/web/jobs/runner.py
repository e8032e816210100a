"""`python -m caitien.web.jobs.runner`: does the jobs that wait, one after the other, and goes when there are none.

Started by whoever asks for a job (`starting.wake`), or by `caitien serve`. As many as CAITIEN_JOB_RUNNERS says may live
on a machine; one too many goes at once.
"""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import signal
import sys
import threading
import time
from pathlib import Path

from caitien.web.data_folder import data_folder
from caitien.web.jobs.locks import FileLock
from caitien.web.jobs.starting import BETWEEN_LOOKS, FOLDER, LOOKS, slots, started, wake

IDLE = 60.0  # seconds without work after which it goes: who asks twice does not wait for its start twice
LOOK_EVERY = 0.1  # seconds; an index answers
BEAT = 5.0  # seconds between signs of life
RECOVER_EVERY = 20.0  # seconds
GRACE = 10.0  # seconds in which a job that is not wanted any more may stop by itself
MOST_JOBS = 200  # then another takes over: what libraries have hoarded returns to the system
MEMORY = 1536 * 1024 * 1024  # bytes, of this process and of each it starts
UNCIVIL = 10  # how much it steps back behind the web server (nice)
TOO_LONG = "Việc này lâu quá mức cho phép nên đã dừng. Hãy chia thành việc nhỏ hơn, hoặc báo người quản trị."

log = logging.getLogger("caitien.jobs")


def main(idle: float = IDLE) -> int:
    """Runs until nothing waits any more. Returns the exit code."""
    folder = data_folder()
    found = _own_slot(folder)
    if found is None:
        return 0
    number, lock = found
    _be_modest()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caitien.web.settings")
    import django

    django.setup()
    with contextlib.suppress(OSError):
        started(folder / FOLDER).unlink()
    slot = f"{_machine(folder)}/{number}/"
    try:
        return Runner(lock, slot, idle).run()
    finally:
        lock.release()


class Runner:
    """`slot`: "machine/1/"; with the number of the process it is the name under which this runner holds jobs."""

    def __init__(self, lock: FileLock, slot: str, idle: float) -> None:
        self.lock, self.slot, self.idle = lock, slot, idle
        self.name = f"{slot}{os.getpid()}"

    def run(self) -> int:
        from caitien.web.jobs.sweeping import clear_what_jobs_left
        from caitien.web.jobs.taking import recover, something_waits, take

        recover(self.slot)
        looked = worked = time.monotonic()
        swept = False
        jobs = 0
        while True:
            if (job := take(self.name)) is not None:
                self.do(job)
                worked = time.monotonic()
                jobs += 1
                if jobs < MOST_JOBS:
                    continue
                self.lock.release()
                wake()
                return 0
            if not swept:  # the first job does not wait for it
                clear_what_jobs_left()
                swept = True
            now = time.monotonic()
            if now - looked > RECOVER_EVERY:
                recover()
                looked = now
            if now - worked > self.idle:
                self.lock.release()
                # Whoever asked while the lock was held started nobody: so look once more now that it is not.
                if not something_waits() or not self.lock.take():
                    return 0
                continue
            time.sleep(LOOK_EVERY)

    def do(self, job: object) -> None:
        from caitien.web.jobs.performing import carry_out, work_folder
        from caitien.web.jobs.progress import Progress

        progress = Progress(job, work_folder(job))  # type: ignore[arg-type]
        ended = threading.Event()
        heart = threading.Thread(target=self._beat, args=(job, progress, ended), name="heart", daemon=True)
        heart.start()
        try:
            carry_out(job, progress)  # type: ignore[arg-type]
        finally:
            ended.set()
            heart.join(timeout=BEAT)

    def _beat(self, job: object, progress: object, ended: threading.Event) -> None:
        """Signs of life while the job runs; the end of this process when the job will not end."""
        from django.db import DatabaseError, connection
        from django.utils import timezone

        from caitien.web.jobs.kinds import kind_of
        from caitien.web.jobs.performing import fail
        from caitien.web.jobs.progress import held_by

        kind = kind_of(job.kind)  # type: ignore[attr-defined]
        begun = time.monotonic()
        unwanted_since = None
        try:
            while not ended.wait(BEAT):
                now = time.monotonic()
                with contextlib.suppress(DatabaseError):  # busy: the job itself writes
                    if kind is not None and now - begun > kind.longest:
                        fail(job, TOO_LONG)  # type: ignore[arg-type]
                    if not held_by(job).update(heartbeat=timezone.now()):  # type: ignore[arg-type]
                        progress.unwanted = True  # type: ignore[attr-defined]
                        unwanted_since = unwanted_since or now
                if unwanted_since and now - unwanted_since > GRACE and not ended.is_set():
                    log.error("job %s does not stop: the runner ends", job.pk)  # type: ignore[attr-defined]
                    self.lock.release()
                    wake()
                    _end_with_children()
        finally:
            connection.close()


def _own_slot(folder: Path) -> tuple[int, FileLock] | None:
    """A free place among the runners of this machine, and its number; None when all are taken."""
    for _attempt in range(LOOKS):  # who asks whether a runner lives holds a lock for a moment
        for number, lock in enumerate(slots(folder), start=1):
            if lock.take():
                return number, lock
        time.sleep(BETWEEN_LOOKS)
    return None


def _end_with_children() -> None:
    """At once, and with the programs that the job has started."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(3)


def _machine(folder: Path) -> str:
    """A name of this data folder on this machine, made once."""
    file = folder / FOLDER / "machine"
    with contextlib.suppress(OSError):
        if name := file.read_text().strip():
            return name
    name = secrets.token_hex(8)
    file.write_text(name)
    return name


def _be_modest() -> None:
    """Less urgent than the web server, and bounded in memory, where the system can."""
    from caitien.reading.guarded import bound_memory

    bound_memory(MEMORY)
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(UNCIVIL)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else IDLE))
