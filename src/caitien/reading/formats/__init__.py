"""The readers by format: adding a format is a file here with `read(data, watch)` and one line in READERS.

`read(data: bytes, watch: Watch) -> SourceDocument`; plain text is decoded before (`read(text: str, watch)`).
A reader is imported when a file of its format comes, so that nothing heavy loads before it is needed.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from caitien.reading.limits import Watch
from caitien.reading.source import Format, SourceDocument

READERS: dict[Format, str] = {
    "docx": "caitien.reading.formats.docx",
    "pdf": "caitien.reading.formats.pdf",
    "xlsx": "caitien.reading.formats.xlsx",
    "txt": "caitien.reading.formats.text",
}


def read_as(format: Format, content: bytes | str, watch: Watch) -> SourceDocument:
    """Read `content` (bytes; str for "txt") with the reader of `format`. Raises ReadingError."""
    module: Any = import_module(READERS[format])
    document: SourceDocument = module.read(content, watch)
    return document
