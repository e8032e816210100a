"""How large and how slow a file may be: one dataclass, so that a server can choose other bounds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of reading. What passes them is refused with a sentence, within `seconds` and about 512 MB."""

    file_bytes: int = 50 * 1024 * 1024
    pages: int = 300
    unpacked_bytes: int = 200 * 1024 * 1024  # of a DOCX or XLSX, which are ZIP archives
    compression_ratio: int = 200  # unpacked / packed, for archives over 1 MB unpacked
    archive_members: int = 5_000
    cells: int = 200_000
    text_chars: int = 5_000_000
    seconds: float = 9.0


DEFAULT_LIMITS = Limits()
