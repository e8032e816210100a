"""When a digest is due: from a choice, the day it was last sent, and the days left of what there is to do. No query here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from caitien.web.reminders.models import ReminderChoice

Digest = ReminderChoice.Digest
DAYS_THAT_COUNT = (-1, 0, 1, 3)
"""Days left at which somebody who wants daily mail gets one: late since yesterday, today, tomorrow, in three days."""


def is_owed(choice: str, sent_on: date | None, today: date, days_left: Iterable[int | None]) -> bool:
    """Whether a digest goes out today. Never twice a day.

    Weekly: on Monday, or the first time after it that this is asked (the computer of a school is not always on). Daily:
    besides, on every day on which something is due today, tomorrow, in three days, or is late since yesterday.
    """
    if choice == Digest.OFF or (sent_on is not None and sent_on >= today):
        return False
    monday = today - timedelta(days=today.weekday())
    if sent_on is None or sent_on < monday:
        return True
    return choice == Digest.DAILY and any(days in DAYS_THAT_COUNT for days in days_left)
