"""ISO days and months ("2025-10-15", "2025-10") as the first and the last day that they mean."""

from __future__ import annotations

import calendar
from datetime import date


def first_day(value: str | None) -> date | None:
    """The day itself, or the first of the month; None for nothing or for no date."""
    return _day(value, last=False)


def last_day(value: str | None) -> date | None:
    """The day itself, or the last of the month; None for nothing or for no date."""
    return _day(value, last=True)


def _day(value: str | None, *, last: bool) -> date | None:
    if not value:
        return None
    try:
        if len(value) == 7:
            year, month = int(value[:4]), int(value[5:])
            return date(year, month, calendar.monthrange(year, month)[1] if last else 1)
        return date.fromisoformat(value[:10])
    except ValueError:
        return None
