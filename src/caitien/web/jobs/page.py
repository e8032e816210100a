"""What the page of a job says: how long it may still take, how many come before it, until when its file is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caitien.web.jobs.models import Job
from caitien.web.jobs.sweeping import FILES_STAY

SURE_AFTER = timedelta(seconds=4)
LEAST_SHARE = 0.05
A_MINUTE = timedelta(minutes=1)
OFTEN, SELDOM = 1, 3  # seconds between two looks: the first minute, and later


def time_left(begun: datetime | None, now: datetime, done: int, of: int) -> timedelta | None:
    """How long it will still take if it goes on as it has gone; None as long as that would be a guess.

    >>> time_left(datetime(2026, 11, 22, 8, 0), datetime(2026, 11, 22, 8, 1), 25, 100)
    datetime.timedelta(seconds=180)
    """
    if begun is None or not of or done < of * LEAST_SHARE or now - begun < SURE_AFTER:
        return None
    return (now - begun) * max(0, of - done) / done


def words_of(left: timedelta | None) -> str:
    """ "còn khoảng 3 phút", "còn chưa đầy một phút"; nothing for None."""
    if left is None:
        return ""
    minutes = round(left / A_MINUTE)
    if minutes < 1:
        return _("còn chưa đầy một phút")
    return ngettext("còn khoảng %(count)s phút", "còn khoảng %(count)s phút", minutes) % {"count": minutes}


def look_again_in(job: Job, now: datetime) -> int:
    """Seconds after which the page asks again."""
    return OFTEN if now - job.created_at < A_MINUTE else SELDOM


def ahead_of(job: Job) -> int:
    """How many jobs a runner does before this one (one query)."""
    earlier = Q(state=Job.State.WAITING, behind=job.behind, created_at__lt=job.created_at)
    if job.behind:
        earlier |= Q(state=Job.State.WAITING, behind=False)
    return Job.objects.filter(earlier | Q(state=Job.State.RUNNING)).count()


def seen(job: Job, now: datetime) -> dict[str, Any]:
    """What the template is given of a job."""
    return {
        "job": job,
        "ahead": ahead_of(job) if job.state == Job.State.WAITING else 0,
        "left": words_of(time_left(job.started_at, now, job.done, job.of)),
        "every": look_again_in(job, now),
        "kept_until": job.finished_at + FILES_STAY if job.stored and job.finished_at else None,
        "file_is_gone": job.state == Job.State.DONE and job.file_name and not job.stored,
    }
