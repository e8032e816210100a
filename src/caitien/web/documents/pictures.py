"""Pages of a PDF as pictures: drawn in a process of their own, kept beside the file, so that a page is drawn once."""

from __future__ import annotations

import logging
import subprocess
import sys

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from caitien.web.documents.models import ImportedFile

SECONDS = 10  # to draw one page
MEMORY = 512 * 1024 * 1024  # bytes of the process that draws

DRAW = """
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
except (ImportError, ValueError, OSError):
    pass
from caitien.reading.pages import page_image
sys.stdout.buffer.write(page_image(sys.stdin.buffer.read(), int(sys.argv[1])))
"""
log = logging.getLogger(__name__)


def picture(file: ImportedFile, number: int) -> bytes | None:
    """The page (1 is the first) as PNG; None when there is no such page or it cannot be drawn."""
    name = f"{folder(file)}/{number}.png"
    if default_storage.exists(name):
        with default_storage.open(name) as kept:
            return kept.read()
    with file.content.open("rb") as content:
        drawn = _draw(content.read(), number)
    if drawn is not None:
        default_storage.save(name, ContentFile(drawn))
    return drawn


def folder(file: ImportedFile) -> str:
    """Where the pictures of a file are kept."""
    return f"{file.content.name}.pages"


def forget(file: ImportedFile) -> None:
    """Remove the pictures of a file."""
    try:
        _, names = default_storage.listdir(folder(file))
    except (FileNotFoundError, NotImplementedError):
        return
    for name in names:
        default_storage.delete(f"{folder(file)}/{name}")
    default_storage.delete(folder(file))


def _draw(pdf: bytes, number: int) -> bytes | None:
    command = [sys.executable, "-c", DRAW.format(memory=MEMORY), str(number)]
    try:
        done = subprocess.run(command, input=pdf, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        log.warning("page %s of a PDF could not be drawn: %s", number, error)
        return None
    return done.stdout or None
