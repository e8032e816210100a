"""Asking for a job, waiting a moment for it, taking it back, asking again."""

from __future__ import annotations

import hashlib
import json
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from caitien.web.jobs.kinds import Kind, kind_of
from caitien.web.jobs.models import OPEN, Job
from caitien.web.jobs.starting import wake
from caitien.web.schools.not_now import NotNow

TWICE = timedelta(seconds=2)
"""Who asks for the same within this time pressed a button twice; later he may want what has changed since."""
MOST_WAITING = 20  # jobs of one person, besides those for which nobody waits
LATE = timedelta(seconds=3)
SILENT = timedelta(seconds=15)
LOOK_EVERY = 0.04  # seconds
TOLD = (
    "state", "done", "of", "words", "error", "stored", "file_name", "content_type", "size", "result", "address",
    "started_at", "finished_at", "heartbeat", "runner", "attempts",
)  # fmt: skip
"""What a runner writes. The school and the person stay as they are in memory."""


def enqueue(school: Any, user: Any, kind: str | Kind, label: str, arguments: dict[str, Any] | None = None) -> Job:
    """Asks for a job; a runner is started when none is there, after the transaction is committed.

    `label`: stored Vietnamese words (gettext_noop) of what it does. `arguments`: what JSON can hold (keys as text).
    The same asked for twice by the same person is one job, as long as it has not begun. Raises NotNow when this person
    has too many waiting; ValueError for an unknown kind: a mistake of the program.
    """
    found = kind if isinstance(kind, Kind) else kind_of(kind)
    if found is None:
        raise ValueError(f"there is no kind of job called {kind}")
    arguments = json.loads(json.dumps(arguments or {}, cls=DjangoJSONEncoder))
    same = _digest(found.name, arguments)
    if (job := _asked_already(school, user, same)) is not None:
        return job
    if user is not None and not found.behind:
        _not_too_many(school, user)
    job = Job.objects.create(
        school=school,
        kind=found.name,
        label=label[:200],
        arguments=arguments,
        same=same,
        behind=found.behind,
        created_by=user,
    )
    _hand_over(job)
    return job


def wait_a_moment(job: Job, seconds: float = 1.0) -> Job:
    """The job as it is when it has ended, or after so many seconds. Call it outside of a transaction.

    For views: work that is short answers at once (`jobs:file`), longer work shows its page (`jobs:job`).
    """
    until = time.monotonic() + (0 if settings.JOBS_AT_ONCE else seconds)
    while True:
        job.refresh_from_db(fields=TOLD)
        if not job.is_open or time.monotonic() >= until:
            return job
        time.sleep(LOOK_EVERY)


def nudge(job: Job) -> None:
    """Somebody looks at a job that should have begun, or of whose runner nothing is heard: a runner is started if none lives.

    The computer may have been switched off in the meantime, or a runner have failed to start.
    """
    now = timezone.now()
    late = job.state == Job.State.WAITING and now - job.created_at > LATE
    silent = job.state == Job.State.RUNNING and (job.heartbeat is None or now - job.heartbeat > SILENT)
    if (late or silent) and not settings.JOBS_AT_ONCE:
        wake()


def cancel(job: Job) -> bool:
    """The person does not want it any more; a runner that has it hears of it when it next says how far it is."""
    return bool(
        Job.objects.filter(pk=job.pk, school_id=job.school_id, state__in=OPEN).update(
            state=Job.State.CANCELLED, finished_at=timezone.now(), words=""
        )
    )


def again(job: Job) -> bool:
    """Begins an ended job anew, under the same key. False when it waits or runs already."""
    begun = (
        Job.objects.filter(pk=job.pk, school_id=job.school_id)
        .exclude(state__in=OPEN)
        .update(state=Job.State.WAITING, **BLANK, attempts=0, created_at=timezone.now(), finished_at=None)
    )
    if begun:
        job.refresh_from_db(fields=TOLD)
        _hand_over(job)
    return bool(begun)


BLANK: dict[str, Any] = {"done": 0, "of": 0, "words": "", "error": "", "runner": "", "started_at": None}
"""What is said of a job that has not begun."""


def _asked_already(school: Any, user: Any, same: str) -> Job | None:
    waiting = Q(state=Job.State.WAITING) | Q(state=Job.State.RUNNING, created_at__gt=timezone.now() - TWICE)
    found: Job | None = Job.objects.for_school(school).filter(waiting, created_by=user, same=same).first()
    return found


def _not_too_many(school: Any, user: Any) -> None:
    waiting = Job.objects.for_school(school).filter(created_by=user, state=Job.State.WAITING, behind=False)
    if waiting.count() >= MOST_WAITING:
        raise NotNow(
            _("Bạn đang có %(count)s việc chờ máy làm. Hãy đợi bớt, hoặc thôi những việc không cần nữa, rồi bấm lại.")
            % {"count": MOST_WAITING},
            links=((_("Những việc bạn đã giao máy"), reverse("jobs:list", args=[school.slug])),),
        )


def _digest(kind: str, arguments: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps([kind, arguments], sort_keys=True).encode()).hexdigest()


def _hand_over(job: Job) -> None:
    from caitien.web.jobs.tasks import perform  # imports the tasks API, of which a server without jobs knows nothing

    perform.enqueue(str(job.pk))
    if settings.JOBS_AT_ONCE:
        job.refresh_from_db(fields=TOLD)
