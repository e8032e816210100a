"""`caitien serve --remind`: the reminders once a day, for a school's computer on which nobody sets up a scheduled task.

One thread of the serving process, which never imports Django: the letters are sent by a process of its own, whose memory
returns to the system. Several servers do no harm: who was sent a letter today is sent none again.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time as clock
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))  # no summer time
FROM = time(6, 30)
LOOK_EVERY = 600  # seconds; a computer that was asleep is soon in step again
LONGEST = 3600  # seconds that sending may take


def start() -> threading.Thread:
    """Begins to look at the clock, until the process ends."""
    thread = threading.Thread(target=_for_ever, name="remind", daemon=True)
    thread.start()
    return thread


def is_time(now: datetime, last: date | None) -> bool:
    """Whether the reminders of today are to be sent: it is half past six or later, and they were not begun today."""
    here = now.astimezone(VIETNAM)
    return here.time() >= FROM and last != here.date()


def look(now: datetime, last: date | None, send: Callable[[], None]) -> date | None:
    """Sends when it is time. Returns the day for which sending was last begun."""
    if not is_time(now, last):
        return last
    send()
    return now.astimezone(VIETNAM).date()


def _for_ever() -> None:
    last: date | None = None
    while True:
        last = look(datetime.now(VIETNAM), last, _send)
        clock.sleep(LOOK_EVERY)


def _send() -> None:
    try:
        subprocess.run([sys.executable, "-m", "caitien.cli", "remind"], timeout=LONGEST, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"caitien: chưa gửi được thư nhắc việc: {error}", file=sys.stderr, flush=True)
