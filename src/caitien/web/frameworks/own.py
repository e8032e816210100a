"""Frameworks of this installation: files that an administrator uploaded, in the data folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from caitien.standards import Framework, FrameworkInfo

_read: dict[str, int] = {}
"""The folder -> when it changed last, as far as this worker has read it."""


def folder() -> Path:
    return Path(settings.OWN_FRAMEWORKS)


def refresh() -> None:
    """Frameworks are read again when another worker has put one in or taken one out."""
    here = folder()
    try:
        changed = here.stat().st_mtime_ns
    except OSError:
        changed = 0
    if _read.get(str(here), 0) != changed:
        from caitien.standards import forget

        forget()
        _read[str(here)] = changed


def installed() -> list[FrameworkInfo]:
    """Those that were uploaded here and load."""
    from caitien.standards import available

    return [info for info in available() if Path(info.path).parent == folder()]


def install(content: bytes) -> Framework:
    """Check a file and put it in. Raises FrameworkFileError with every mistake; then nothing was stored."""
    from caitien.standards import install_file

    return install_file(content, folder())


def remove(framework_id: str) -> bool:
    """Take one out again. False when it was not uploaded here."""
    if framework_id not in {info.id for info in installed()}:
        return False
    (folder() / f"{framework_id}.yaml").unlink(missing_ok=True)
    refresh()
    return True
