"""What has arrived of files on their way: one file each in the data folder, which only grows, written by one at a time.

The length of the file is the truth about how much arrived, whatever the database says: it is right after a cut line, a
full disk and a killed server. Knows no models.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings

from caitien.web.jobs.locks import FileLock

FOLDER = "uploads"
BLOCK = 16 * 1024
"""Bytes read at once of what arrives. The server waits for all of them, so this is what a broken line may lose."""
MEGABYTE = 1024 * 1024
KEPT_FREE = 200 * MEGABYTE
"""Of the disk: a database on a full disk serves nobody."""


class Body(Protocol):
    """What arrives: a request, or a file."""

    def read(self, length: int, /) -> bytes: ...


class Busy(Exception):
    """Somebody else writes at this moment."""


class Elsewhere(Exception):
    """Not what comes next. `offset`: how many bytes there are."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def path_of(school: UUID, upload: UUID) -> Path:
    """Where the bytes of an upload are."""
    return Path(settings.DATA) / FOLDER / str(school) / f"{upload}.part"


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """While the block runs nobody else writes this file, in whatever process. Raises Busy at once."""
    lock = FileLock(path.with_suffix(".lock"))
    if not lock.take():
        raise Busy
    try:
        yield
    finally:
        lock.release()


def arrived(path: Path) -> int:
    """Bytes there are; 0 when nothing came yet."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def append(path: Path, offset: int, body: Body, length: int, until: float) -> int:
    """Adds up to `length` bytes of `body`; whoever calls is `alone`. Returns how many there are now.

    Raises Elsewhere when the file is not `offset` bytes long, OSError of a full disk. What arrived before a cut line, before
    `until` (of time.monotonic) or before the disk was full stays, so that only the rest is sent again.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600), "wb", buffering=0) as target:
        there = target.seek(0, os.SEEK_END)
        if there != offset:
            raise Elsewhere(there)
        left = length
        while left and time.monotonic() < until:
            block = body.read(min(BLOCK, left))
            if not block:
                break
            left -= len(block)
            rest = memoryview(block)
            while rest:
                rest = rest[target.write(rest) :]
        return target.tell()


def sha256_of(path: Path) -> str:
    """The sum of a file's bytes, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def head_of(path: Path, length: int) -> bytes:
    """Its first bytes; b"" when nothing came yet."""
    try:
        with path.open("rb") as stream:
            return stream.read(length)
    except FileNotFoundError:
        return b""


def forget(path: Path) -> None:
    """Throws away what has arrived."""
    for one in (path, path.with_suffix(".lock")):
        with suppress(OSError):
            one.unlink()


def room_for(size: int) -> bool:
    """Whether the disk takes so many bytes more."""
    folder = Path(settings.DATA)
    return shutil.disk_usage(folder).free >= size + KEPT_FREE


def clear_forms(before: float) -> None:
    """Throws away what forms without a script left behind when the server was stopped in their middle."""
    for path in Path(settings.FILE_UPLOAD_TEMP_DIR or settings.DATA / FOLDER).glob("*.upload*"):
        with suppress(OSError):
            if path.stat().st_mtime < before:
                path.unlink()


def abandoned(before: float) -> Iterator[tuple[UUID, Path]]:
    """(id of the upload, file) of everything that did not grow since `before` (of time.time)."""
    for path in (Path(settings.DATA) / FOLDER).glob("*/*.part"):
        with suppress(OSError, ValueError):
            if path.stat().st_mtime < before:
                yield UUID(path.stem), path
