"""Imported files and imports: what was read from a file, and what a person decided, until it becomes a plan."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from caitien.web.schools.owned import SchoolOwned


def stored_name(imported: ImportedFile, _name: str) -> str:
    """Where a file is kept: by school and content, never under the name that somebody's computer gave it."""
    return f"imports/{imported.school_id}/{imported.sha256}.{imported.format}"


class ImportedFile(SchoolOwned):
    """A file as it came in. The same content is kept once a school."""

    name = models.CharField("tên tệp", max_length=255)
    format = models.CharField(max_length=8)  # docx, pdf, xlsx, txt: by content, not by name
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to=stored_name, max_length=200)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "sha256"], name="same_file_once_a_school")]

    def __str__(self) -> str:
        return self.name


class Import(SchoolOwned):
    """One reading of one file, with its review. Nothing of it is in a plan until it is accepted."""

    class State(models.TextChoices):
        READING = "reading", gettext_lazy("Đang đọc")
        REVIEW = "review", gettext_lazy("Chờ duyệt")
        ACCEPTED = "accepted", gettext_lazy("Đã đưa vào kế hoạch")
        DISCARDED = "discarded", gettext_lazy("Đã bỏ")

    file = models.ForeignKey(ImportedFile, on_delete=models.CASCADE, related_name="imports")
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    source = models.JSONField(default=dict, blank=True)  # the source document (pages, tables, cells with their places)
    plan_value = models.JSONField(default=dict, blank=True)  # the plan value as read
    decisions = models.JSONField(default=dict, blank=True)  # what the reviewer settled
    plan = models.ForeignKey("plans.Plan", on_delete=models.SET_NULL, null=True, blank=True, related_name="imports")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["school", "state", "-created_at"], name="imports_of_school")]

    def __str__(self) -> str:
        return f"{self.file} · {self.get_state_display()}"
