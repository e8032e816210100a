"""A backend of Django's tasks API that needs no worker: whoever asks for a job starts a runner when none is there."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist

from caitien.web.jobs.models import Job
from caitien.web.jobs.starting import wake

STATUS = {
    Job.State.WAITING: TaskResultStatus.READY,
    Job.State.RUNNING: TaskResultStatus.RUNNING,
    Job.State.DONE: TaskResultStatus.SUCCESSFUL,
    Job.State.FAILED: TaskResultStatus.FAILED,
    Job.State.CANCELLED: TaskResultStatus.FAILED,
}


class RunnerBackend(BaseTaskBackend):
    """Jobs are rows already (`models.Job`), so nothing is stored twice: enqueueing wakes a runner that looks for them.

    With JOBS_AT_ONCE the job is done here and now, in the process that asks (tests, commands).
    """

    supports_get_result = True

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> TaskResult[Any]:
        from caitien.web.jobs.tasks import perform

        self.validate_task(task)
        if task.func is not perform.func:
            raise InvalidTaskError("work of a school is asked for by caitien.web.jobs.asking.enqueue")
        key = str(args[0])
        if settings.JOBS_AT_ONCE:
            task.call(key)
        else:
            transaction.on_commit(wake)
        return self._told(task, key, TaskResultStatus.READY, timezone.now())

    def get_result(self, result_id: str) -> TaskResult[Any]:
        from caitien.web.jobs.tasks import perform

        job = Job.objects.filter(pk=result_id).first()
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        told = self._told(perform, str(job.pk), STATUS[Job.State(job.state)], job.created_at)
        for name, value in (
            ("started_at", job.started_at),
            ("last_attempted_at", job.started_at),
            ("finished_at", job.finished_at),
            ("worker_ids", [job.runner] * job.attempts),
        ):
            object.__setattr__(told, name, value)
        return told

    def _told(self, task: Any, key: str, status: TaskResultStatus, when: Any) -> TaskResult[Any]:
        return TaskResult(
            task=task,
            id=key,
            status=status,
            enqueued_at=when,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=[key],
            kwargs={},
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
