"""Which job a runner takes next, and what becomes of those whose runner died."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from caitien.web.jobs.asking import BLANK
from caitien.web.jobs.models import Job
from caitien.web.jobs.performing import begin

SILENT = timedelta(seconds=60)
"""A runner that has not been heard of for so long is dead."""
ATTEMPTS = 2
DIED = "Việc này bị dừng giữa chừng hai lần (máy chủ tắt, hoặc thiếu bộ nhớ). Hãy bấm “Làm lại”; nếu vẫn vậy, báo người quản trị."


def something_waits() -> bool:
    """Whether there is a job to take (one cheap question)."""
    return Job.objects.filter(state=Job.State.WAITING).exists()


def take(runner: str) -> Job | None:
    """The job that has waited longest, as this runner's; those for which nobody waits come last.

    Several runners never get the same: PostgreSQL skips rows that another holds, SQLite lets one write at a time.
    """
    if not something_waits():
        return None
    with transaction.atomic():
        job: Job | None = (
            Job.objects.select_for_update(skip_locked=True)
            .filter(state=Job.State.WAITING)
            .order_by("behind", "created_at", "id")
            .first()
        )
        if job is not None:
            begin(job, runner)
    return job


def recover(slot: str = "") -> int:
    """Jobs whose runner died wait again, once; the second time they failed. Returns how many there were.

    `slot`: "machine/1/" when its lock is ours now: whoever had it before is dead, however short ago it was heard of.
    """
    dead = Q(heartbeat__lt=timezone.now() - SILENT) | Q(heartbeat=None)
    if slot:
        dead |= Q(runner__startswith=slot)
    lost = Job.objects.filter(dead, state=Job.State.RUNNING)
    given_up = lost.filter(attempts__gte=ATTEMPTS).update(
        state=Job.State.FAILED, error=DIED, words="", finished_at=timezone.now()
    )
    return given_up + lost.update(state=Job.State.WAITING, **BLANK)
