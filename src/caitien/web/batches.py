"""Histories whose lines know which other lines were made by the same request: a batch, taken back together."""

from __future__ import annotations

from django.db import models


class Batched(models.Model):
    """What a line of history knows besides who and when (see `plans/history_lines.py`, which fills it in)."""

    batch = models.UUIDField(null=True, blank=True, db_index=True)

    class Meta:
        abstract = True
