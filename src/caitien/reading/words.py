"""The words of a file, for finding it again: what is written in it, page by page, scans recognised where that is possible.

No plan is looked for here, and nothing is refused: a file that cannot be read has no words and a note that says why.
Reading and recognising are done in processes of their own (`guarded`), so that a hostile file costs a note.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from caitien.errors import ReadingError
from caitien.reading.guarded import in_child
from caitien.reading.limits import Limits, Progress
from caitien.reading.opening import read_bytes
from caitien.reading.tesseract import ADVICE, state
from caitien.reading.words_notes import note_of

MOST_LETTERS = 500_000  # of the words that are kept: some 200 pages
MOST_RECOGNISED = 40  # pages of a scan; each takes 2 to 10 seconds
PAGE_BREAK = "\f"
WORD_LIMITS = Limits(
    file_bytes=200 * 1024 * 1024,
    pages=1_000,
    unpacked_bytes=400 * 1024 * 1024,
    text_chars=20_000_000,
    seconds=60.0,
)
RECOGNISING_SECONDS = 420.0
MEMORY_BYTES = 768 * 1024 * 1024  # the file itself may weigh 200 MB


@dataclass(frozen=True, slots=True)
class FileWords:
    """What is written in a file.

    `kind`: "docx", "pdf", "xlsx", "txt", "picture", or "other" for what is not read. `pages`: how many it has, None where
    that means nothing. `text`: Unicode NFC, PAGE_BREAK between pages of a PDF, at most MOST_LETTERS. `note`: one Vietnamese
    sentence or several on what was not read and what to do, "" when all was. `code`: why, for a program ("encrypted",
    "damaged", "no_tesseract", "no_vietnamese", "cut", …), "" when all was read. `recognised`: pages read by Tesseract.
    `scans`: pages (1 is the first) that are pictures, read or not.
    """

    kind: str
    pages: int | None = None
    text: str = ""
    note: str = ""
    code: str = ""
    recognised: int = 0
    scans: tuple[int, ...] = field(default=())

    @property
    def waits_for_tesseract(self) -> bool:
        """Whether the file has pages that could be read if Tesseract and its Vietnamese data were installed."""
        return self.code in ADVICE


def file_words(
    source: Path | str | bytes,
    name: str | None = None,
    limits: Limits = WORD_LIMITS,
    on_progress: Progress | None = None,
    *,
    recognise: bool = True,
    recognising_seconds: float = RECOGNISING_SECONDS,
) -> FileWords:
    """The words of a DOCX, PDF, XLSX, text file or picture. Never raises for what stands in a file.

    `source`: a path, or the bytes. `recognise`: False leaves scans unread. `on_progress(share, Vietnamese phrase)`.
    """
    try:
        content, shown = read_bytes(source, name, limits)
        answer = in_child({"name": shown, "kind": "words"}, content, limits, on_progress, MEMORY_BYTES)["answer"]
    except ReadingError as error:
        return FileWords("other", note=note_of(error.code, limits), code=error.code)
    found = _from_answer(answer)
    if not found.scans or not recognise:
        return found
    if (lacking := state()) != "ready":
        return _noted(found, lacking, ADVICE[lacking])
    return _recognised(found, content, shown, replace(limits, seconds=recognising_seconds), on_progress)


def _recognised(
    found: FileWords, content: bytes, shown: str, limits: Limits, on_progress: Progress | None
) -> FileWords:
    """The same with the words of its scanned pages, as many as there is time for."""
    wanted = found.scans[:MOST_RECOGNISED]
    asked = {"name": shown, "kind": "recognise", "scans": wanted, "picture": found.kind == "picture"}
    try:
        answer = in_child(asked, content, limits, on_progress, MEMORY_BYTES)["answer"]
    except ReadingError as error:
        return _noted(found, error.code, note_of("not_recognised", limits))
    read: dict[int, str] = {int(page): text for page, text in answer["pages"]}
    parts = found.text.split(PAGE_BREAK)
    parts += [""] * (max(found.scans, default=1) - len(parts))
    for page, text in read.items():
        if text:
            parts[page - 1] = f"{parts[page - 1]}\n{text}".strip()
    made = replace(found, text=bounded(PAGE_BREAK.join(parts)), recognised=len(read))
    left = [page for page in found.scans if page not in read]
    return (
        _noted(made, "not_all_recognised", note_of("not_all_recognised", limits, pages=pages(left))) if left else made
    )


def pages(numbers: list[int]) -> str:
    """Page numbers for a sentence: "3, 5–9 và 12"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    words = ["–".join(map(str, run)) for run in runs]
    return " và ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def bounded(text: str) -> str:
    """The text as it may be kept: NFC, no letter that a database refuses, at most MOST_LETTERS."""
    text = unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode("utf-8"))
    return "".join(c for c in text if c in "\n\t\f" or c.isprintable() or c.isspace())[:MOST_LETTERS].strip("\n\t ")


def _from_answer(answer: dict[str, Any]) -> FileWords:
    return FileWords(
        answer["kind"], answer["pages"], answer["text"], answer["note"], answer["code"], 0, tuple(answer["scans"])
    )


def _noted(found: FileWords, code: str, note: str) -> FileWords:
    return replace(found, code=code, note=f"{found.note} {note}".strip())
