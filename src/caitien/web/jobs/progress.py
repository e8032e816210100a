"""How a job says how far it is, and hears that nobody wants it any more."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from caitien.web.jobs.models import Job

LEAST_BETWEEN = 0.25  # seconds between two writes: four a second
LONGEST_WORDS = 200


class Cancelled(Exception):
    """The person does not want the job any more, or another runner has it: stop, keep nothing."""


class Progress:
    """Given to a job: `progress(done, of, words)`. `folder`: an empty folder of its own, removed afterwards."""

    def __init__(self, job: Job, folder: Path) -> None:
        self.job = job
        self.folder = folder
        self.unwanted = False  # set by whoever learns it first
        self._written = float("-inf")

    def __call__(self, done: int = 0, of: int = 0, words: str = "") -> None:
        """Says how far the job is (`of` = 0: nobody knows); cheap, call it as often as you like.

        Written at most four times a second, in the job's own transaction if it has one open. Raises Cancelled.
        """
        if self.unwanted:
            raise Cancelled
        now = time.monotonic()
        if now - self._written < LEAST_BETWEEN:
            return
        self._written = now
        if not self._write(done=max(0, done), of=max(0, of), words=words[:LONGEST_WORDS], heartbeat=timezone.now()):
            self.unwanted = True
            raise Cancelled

    def _write(self, **columns: object) -> bool:
        """Whether the job is still wanted, and ours."""
        return bool(held_by(self.job).update(**columns))


def held_by(job: Job):  # type: ignore[no-untyped-def]
    """The row of the job as long as it runs and is this runner's: nothing when it was cancelled or taken over."""
    model = type(job)
    return model.objects.filter(
        pk=job.pk, school_id=job.school_id, state=model.State.RUNNING, runner=job.runner, attempts=job.attempts
    )
