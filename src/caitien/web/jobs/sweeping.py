"""What jobs leave behind is cleared: files after a week, jobs after three months, work that was cut short."""

from __future__ import annotations

import logging
import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError
from django.utils import timezone

from caitien.web.jobs.models import OPEN, Job
from caitien.web.jobs.performing import WORK, path_of, work_folder

log = logging.getLogger("caitien.jobs")
FILES_STAY = timedelta(days=7)
JOBS_STAY = timedelta(days=90)
AT_ONCE = 500  # rows a round


def sweep() -> int:
    """Clears what is over its time. Returns how many files were deleted."""
    now = timezone.now()
    deleted = 0
    for job in Job.objects.filter(finished_at__lt=now - FILES_STAY).exclude(stored="")[:AT_ONCE]:
        default_storage.delete(job.stored)
        deleted += Job.objects.filter(pk=job.pk, stored=job.stored).update(stored="")
    for job in Job.objects.filter(finished_at__lt=now - JOBS_STAY).exclude(state__in=OPEN)[:AT_ONCE]:
        for attempt in range(1, job.attempts + 1):  # a runner may have died between storing a file and saying so
            default_storage.delete(path_of(job, attempt))
        job.delete()
    _clear_work()
    return deleted


def clear_what_jobs_left() -> None:
    """`sweep` for whoever has other work to do: what cannot be deleted today stays until tomorrow."""
    try:
        sweep()
    except (OSError, DatabaseError):
        log.exception("what jobs left behind could not be cleared")


def _clear_work() -> None:
    """Folders of jobs that do not run."""
    place = Path(settings.DATA) / WORK
    there = list(place.iterdir()) if place.is_dir() else []  # first: what begins from now on is not among them
    kept = {work_folder(job).name for job in Job.objects.filter(state=Job.State.RUNNING)} if there else set()
    for folder in there:
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)
