"""Gives a line of history what the row's saving knew: batch and amendment; and tells the row which line it became."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from simple_history.signals import post_create_historical_record, pre_create_historical_record


@receiver(pre_create_historical_record)
def name_the_batch(instance: Any, history_instance: Any, **_: Any) -> None:
    for name in ("batch", "amendment"):
        if hasattr(history_instance, name):
            setattr(history_instance, name, getattr(instance, f"_{name}", None))


@receiver(post_create_historical_record)
def name_the_record(instance: Any, history_instance: Any, **_: Any) -> None:
    instance._record = history_instance.pk
