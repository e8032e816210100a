"""Whether a PDF asks for a password before it shows anything; many only forbid printing, and those are taken.

`python -m caitien.web.evidence.locked_pdf` is the child that tries it: the file is its standard input.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from tempfile import TemporaryFile
from typing import BinaryIO

from caitien.web.evidence.refusals import refuse

_BLOCK = 1024 * 1024
_MARK = b"/Encrypt"
SECONDS = 20
MEMORY_BYTES = 400 * 1024 * 1024
LOCKED = 3  # exit code of the child


def check(stream: BinaryIO) -> None:
    """Raises RefusedFile "password" when nobody could read it. A file that the child cannot open otherwise is let through."""
    if not _mentions_encryption(stream):
        return
    with TemporaryFile() as copy:  # the child opens the file itself; what is held in memory has no file
        stream.seek(0)
        shutil.copyfileobj(stream, copy, _BLOCK)
        copy.seek(0)
        command = [sys.executable, "-m", "caitien.web.evidence.locked_pdf"]
        try:
            done = subprocess.run(command, stdin=copy, capture_output=True, timeout=SECONDS)  # noqa: S603
        except subprocess.TimeoutExpired:
            return
    if done.returncode == LOCKED:
        raise refuse("password", program="Adobe Reader, Chrome")


def _mentions_encryption(stream: BinaryIO) -> bool:
    stream.seek(0)
    kept = b""
    while block := stream.read(_BLOCK):
        if _MARK in kept + block:
            return True
        kept = block[-len(_MARK) :]
    return False


def main() -> int:
    from caitien.reading.guarded import bound_memory

    bound_memory(MEMORY_BYTES)
    import pypdfium2

    try:
        pypdfium2.PdfDocument(os.fdopen(0, "rb", closefd=False)).close()
    except pypdfium2.PdfiumError as error:
        return LOCKED if "assword" in str(error) else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
