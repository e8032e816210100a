"""Starting a runner when none is there. Knows no Django, so that `caitien serve` can call it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from caitien.web.data_folder import data_folder
from caitien.web.jobs.locks import FileLock

FOLDER = "runners"
SECONDS_TO_START = 20  # after which a runner that was started and never came is given up
AFTER_THE_SERVER = 5.0  # seconds, in which the first pages are served
MOST_LOG = 1_000_000  # bytes
LOOKS, BETWEEN_LOOKS = 50, 0.02  # at a lock that somebody else holds for a few milliseconds; seconds
LONGEST_PAUSE = 300.0  # seconds
_one_at_a_time = threading.Lock()
_ended_badly = 0  # runners one after the other that this process started


def runners() -> int:
    """How many runners this machine may have at a time (CAITIEN_JOB_RUNNERS, default 1)."""
    with contextlib.suppress(ValueError):
        return max(1, int(os.environ.get("CAITIEN_JOB_RUNNERS", "1")))
    return 1


def slots(folder: Path | None = None) -> list[FileLock]:
    """The lock of each runner there may be."""
    place = (folder or data_folder()) / FOLDER
    return [FileLock(place / f"{number}.lock") for number in range(1, runners() + 1)]


def look_soon() -> None:
    """`caitien serve` calls this: a few seconds after the server a runner comes, does what was left waiting, clears, goes."""
    timer = threading.Timer(AFTER_THE_SERVER, wake, kwargs={"idle": 0.0})
    timer.daemon = True
    timer.start()


def wake(idle: float | None = None) -> bool:
    """Starts a runner when there is room for one more and none is starting already. Returns whether one was started.

    `idle`: seconds after which it goes when there is no work (None: the usual).
    A runner that goes looks once more after it has let its lock go, so a job that was committed before this is called is
    seen either by it or by the one started here.
    """
    place = data_folder() / FOLDER
    with _one_at_a_time:
        guard = FileLock(place / "starting.lock")
        for _attempt in range(LOOKS):  # another process may be starting one at this very moment
            if guard.take():
                break
            time.sleep(BETWEEN_LOOKS)
        else:
            return False
        try:
            free = next((slot for slot in slots(place.parent) if _is_free(slot)), None)
            if free is None or _is_starting(place):
                return False
            started(place).write_text(str(time.time()))
            _spawn(place, idle)
            return True
        finally:
            guard.release()


def started(place: Path) -> Path:
    """The file that says that a runner is on its way; the runner removes it when it has its lock."""
    return place / "starting"


def _is_free(slot: FileLock) -> bool:
    free = slot.take()
    slot.release()
    return free


def _is_starting(place: Path) -> bool:
    try:
        age = time.time() - started(place).stat().st_mtime
    except OSError:
        return False
    return 0 <= age < SECONDS_TO_START


def _spawn(place: Path, idle: float | None) -> None:
    """A process of its own that outlives who started it; what it complains of goes to a file."""
    log = place / "runner.log"
    with contextlib.suppress(OSError):
        if log.stat().st_size > MOST_LOG:
            os.replace(log, log.with_suffix(".old.log"))
    apart: dict[str, Any] = {"start_new_session": True}
    if os.name == "nt":  # pragma: no cover
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW  # type: ignore[attr-defined]
        apart = {"creationflags": flags}
    command = [sys.executable, "-X", "utf8", "-m", "caitien.web.jobs.runner", *([] if idle is None else [str(idle)])]
    with log.open("ab") as complaints:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=complaints, stderr=complaints, **apart)  # noqa: S603
    threading.Thread(target=_mind, args=(process,), name="runner", daemon=True).start()


def _mind(process: subprocess.Popen[bytes]) -> None:
    """Waits for its end, so that no dead process is left behind. One that was killed, or that a job took with it, is
    followed by another: what waits may be work at whose page nobody looks. Each time later, if that does not help.
    """
    global _ended_badly
    if process.wait() == 0:
        _ended_badly = 0
        return
    _ended_badly += 1
    time.sleep(min(LONGEST_PAUSE, 0.5 * 2 ** min(_ended_badly, 10)))
    with contextlib.suppress(OSError):
        wake()
