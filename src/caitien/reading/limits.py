"""How large and how slow a file may be, and the watch that a reader asks between pages, rows and parts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from caitien.reading.refusals import refuse

Progress = Callable[[float, str], None]
"""Called with the share that is done (0 to 1) and a Vietnamese phrase that says what is being done."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of reading. What passes them is refused with a sentence, within `seconds` and about 512 MB."""

    file_bytes: int = 50 * 1024 * 1024
    pages: int = 300
    unpacked_bytes: int = 200 * 1024 * 1024  # of a DOCX or XLSX, which are ZIP archives
    xml_part_bytes: int = 32 * 1024 * 1024  # of one XML part that is held as a tree (its tree is 5 to 8 times larger)
    xml_marks: int = 1_500_000  # tags and attributes of such a part: what its tree costs, some 200 bytes each
    compression_ratio: int = 200  # unpacked / packed, for an XML part over 1 MB unpacked
    archive_members: int = 5_000
    cells: int = 200_000
    text_chars: int = 5_000_000
    seconds: float = 9.0


DEFAULT_LIMITS = Limits()

PASTE_LIMITS = Limits(text_chars=5_000_000, cells=20_000, seconds=6.0)
"""Of a block pasted from the clipboard, HTML and all: it is read while somebody waits. `text_chars` counts the HTML too."""
PASTED_ROWS = 500
PASTED_COLUMNS = 60
PASTED_CELL_CHARS = 20_000  # the longest cell seen in a real plan has 1,900


@dataclass(slots=True)
class Watch:
    """One reading under its limits: refuses when time is up, passes progress on."""

    limits: Limits = DEFAULT_LIMITS
    on_progress: Progress | None = None
    started: float = field(default_factory=time.monotonic)

    def check(self) -> None:
        """Raise ReadingError("too_slow") when the time of `limits.seconds` is used up."""
        if time.monotonic() - self.started > self.limits.seconds:
            raise refuse("too_slow", seconds=round(self.limits.seconds))

    def progress(self, share: float, message: str) -> None:
        """Check the time and tell who listens how far reading is."""
        self.check()
        if self.on_progress is not None:
            self.on_progress(max(0.0, min(1.0, share)), message)
