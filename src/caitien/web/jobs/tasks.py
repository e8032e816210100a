"""The one task of Django's tasks API: to do a job. Which backend carries it is a setting (TASKS)."""

from __future__ import annotations

from django_tasks import task


@task()
def perform(key: str) -> None:
    """Does the job with this key, if it still waits. A backend with workers of its own calls this in its worker."""
    from caitien.web.jobs.performing import perform_one

    perform_one(key)
