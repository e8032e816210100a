"""What was made of files for the screen (pictures of pages, words as tables), kept in a folder of this machine for a while.

It can all be made again, so it is thrown away when it is old or the folder is full; it is no part of a backup.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from pathlib import Path

from django.conf import settings

from caitien.web.evidence.models import StoredFile

FOLDER = "seen"
MOST_BYTES = 1024 * 1024 * 1024
STAY = 30 * 24 * 3600  # seconds
SWEEP_EVERY = 3600  # seconds
_swept = float("-inf")


def kept(file: StoredFile, name: str) -> bytes | None:
    """What was kept under this name; None when there is nothing."""
    try:
        return (_folder(file) / name).read_bytes()
    except OSError:
        return None


def keep(file: StoredFile, name: str, content: bytes) -> None:
    """Keeps it, whole or not at all; a full disk is no reason to show nothing."""
    folder = _folder(file)
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, half = tempfile.mkstemp(dir=folder)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
            os.replace(half, folder / name)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(half)
    sweep_now_and_then()


def sweep_now_and_then() -> None:
    """Sweeps when this process has not for an hour."""
    global _swept
    if time.monotonic() - _swept > SWEEP_EVERY:
        _swept = time.monotonic()
        sweep()


def sweep(most: int = MOST_BYTES, stay: float = STAY) -> int:
    """Removes what is old, then the oldest until the rest fits. Returns how many files went."""
    found: list[tuple[float, int, Path]] = []
    for path in (Path(settings.DATA) / FOLDER).rglob("*"):
        with contextlib.suppress(OSError):
            if path.is_file():
                said = path.stat()
                found.append((said.st_mtime, said.st_size, path))
    found.sort()
    total, gone, now = sum(size for _, size, _ in found), 0, time.time()
    for when, size, path in found:
        if now - when <= stay and total <= most:
            break
        with contextlib.suppress(OSError):
            path.unlink()
            gone += 1
        total -= size
    return gone


def _folder(file: StoredFile) -> Path:
    return Path(settings.DATA) / FOLDER / str(file.school_id) / file.sha256
