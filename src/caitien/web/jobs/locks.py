"""A lock that the system lets go when its holder dies: a file, on Linux, macOS and Windows. Knows no Django."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


class FileLock:
    """Held by one process (and one FileLock of it) at a time. The file stays; what counts is the lock upon it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held: int | None = None

    def take(self) -> bool:
        """Takes it if it is free, without waiting. True when it is held now."""
        if self._held is not None:
            return True
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)  # not inherited by children
        if not _locked(handle):
            os.close(handle)
            return False
        self._held = handle
        return True

    def release(self) -> None:
        """Lets it go; nothing when it is not held."""
        if self._held is not None:
            handle, self._held = self._held, None
            with contextlib.suppress(OSError):
                _unlock(handle)
            os.close(handle)


if os.name == "nt":  # pragma: no cover
    import msvcrt

    def _locked(handle: int) -> bool:
        try:
            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined]

else:
    import fcntl

    def _locked(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
