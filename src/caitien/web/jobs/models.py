"""A job: slow work that a person asked for, how far it is, and what came of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy

from caitien.web.schools.owned import SchoolOwned


class Job(SchoolOwned):
    """Work of one kind (`kinds.py`) with its arguments. Words are stored in Vietnamese, as everything stored is."""

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("Đang chờ")
        RUNNING = "running", gettext_lazy("Đang làm")
        DONE = "done", gettext_lazy("Đã xong")
        FAILED = "failed", gettext_lazy("Chưa làm được")
        CANCELLED = "cancelled", gettext_lazy("Đã thôi")

    kind = models.CharField(max_length=60)
    label = models.CharField(max_length=200)  # what it does, in words: "Gói toàn bộ minh chứng"
    arguments = models.JSONField(default=dict, blank=True)
    same = models.CharField(max_length=64, blank=True)  # of kind and arguments: a button pressed twice is one job
    behind = models.BooleanField(default=False)  # nobody waits for it: taken after what somebody waits for
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveBigIntegerField(default=0)
    of = models.PositiveBigIntegerField(default=0)  # 0: nobody knows how much there is
    words = models.CharField(max_length=200, blank=True)  # what it does just now; when done: what came of it
    error = models.TextField(blank=True)  # one sentence
    stored = models.CharField(max_length=300, blank=True)  # path of the file in the storage
    file_name = models.CharField(max_length=200, blank=True)  # as it is offered to the person
    content_type = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    result = models.JSONField(null=True, blank=True)
    address = models.CharField(max_length=500, blank=True)  # path of the page on which the result is seen
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    heartbeat = models.DateTimeField(null=True, blank=True)  # when its runner was last known to live
    runner = models.CharField(max_length=120, blank=True)  # who does it: machine/slot/process
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "behind", "id"], name="jobs_in_their_order"),
            models.Index(fields=["school", "created_by", "-id"], name="jobs_of_a_person"),
            models.Index(fields=["finished_at"], name="jobs_by_their_end"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in OPEN

    @property
    def percent(self) -> int | None:
        """0 to 100; None when nobody knows how much there is."""
        return min(100, self.done * 100 // self.of) if self.of else None

    def get_absolute_url(self, school: Any = None) -> str:
        """The page that shows how far it is (`school`: when it is at hand, to save a query)."""
        return reverse("jobs:job", args=[(school or self.school).slug, self.pk])


OPEN = (Job.State.WAITING, Job.State.RUNNING)
