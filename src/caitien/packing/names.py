"""Names of files that every computer can write: letters without marks, no folders, no signs, never two alike."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from caitien.plan.text import fold

LONGEST = 80
RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}
"""Names that Windows keeps for devices."""


def plain_name(name: str) -> str:
    """ "Kế hoạch số 12/KH.pdf" -> "ke-hoach-so-12-kh.pdf". Never empty, at most `LONGEST` letters and the ending."""
    last = name.replace("\\", "/").strip()
    path = PurePosixPath(last.replace("/", " "))
    ending = re.sub(r"[^a-z0-9]", "", fold(path.suffix))[:8]
    stem = re.sub(r"[^a-z0-9.]+", "-", fold(path.stem if ending else path.name)).strip("-.")[:LONGEST].rstrip("-.")
    if not stem or stem in RESERVED:
        stem = f"tep-{stem}".rstrip("-")
    return f"{stem}.{ending}" if ending else stem


def folder_name(code: str | None, place: int) -> str:
    """The folder of an evidence: its code, "H1-1.1-01" of "[H1-1.1-01]"; without a code a number."""
    plain = re.sub(r"[^A-Za-z0-9.-]+", "-", code or "").strip("-.")
    return plain or f"chua-co-ma-{place + 1:03d}"


class Taken:
    """Names that were given in one package: a second one alike gets a number. Capitals make no difference."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def free(self, path: str) -> str:
        """The path, or the same with "-2", "-3", …"""
        at = PurePosixPath(path)
        found, number = path, 1
        while found.casefold() in self._names:
            number += 1
            found = str(at.with_name(f"{at.stem}-{number}{at.suffix}"))
        self._names.add(found.casefold())
        return found
