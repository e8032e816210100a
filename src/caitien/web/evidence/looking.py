"""Looking at a file without taking it: pages as pictures, Word and Excel as paragraphs and tables, text as text.

Nothing of the file itself is ever sent to be shown: pictures are drawn anew and words are read out, in child processes.
"""

from __future__ import annotations

import csv
import io
import logging
import threading
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from caitien.errors import ReadingError
from caitien.reading.drawn import Drawn, draw_guarded, read_source_guarded
from caitien.reading.source import SourceDocument
from caitien.reading.source_json import source_from_json, source_to_json
from caitien.reading.words import PAGE_BREAK, file_words
from caitien.web.evidence.kinds import KINDS, Family
from caitien.web.evidence.models import StoredFile
from caitien.web.evidence.seen_before import keep, kept
from caitien.web.evidence.shown_words import Part, parts_of, parts_of_lines, parts_of_rows

log = logging.getLogger(__name__)

AT_A_TIME = 4  # pages drawn by one process: who looks at a page looks at the next
AT_ONCE = 2  # processes that draw, of one server process
WAIT = 60.0  # seconds for one's turn
DRAWN_PICTURES = ("jpg", "png", "webp", "gif", "tif", "bmp")
SIDES = {"": 1_600, "lon": 2_600, "nho": 320}
"""?co= of a page's picture -> pixels of its longer side."""
_turn = threading.BoundedSemaphore(AT_ONCE)
WEBP = b"RIFF"


class Way(StrEnum):
    """How a file is shown."""

    PAGES = "pages"
    WORDS = "words"
    NOTHING = "nothing"


class CannotBeShown(Exception):
    """A file that is not shown, though its kind could be. `str()`: why, for who looks."""

    def __init__(self, code: str) -> None:
        super().__init__(SENTENCES.get(code) or SENTENCES[""])
        self.code = code


SENTENCES: dict[str, Any] = {
    "": _("Không xem được tệp này ngay trên trang. Hãy tải về để mở trên máy."),
    "busy": _("Máy chủ đang bận vẽ nhiều trang khác. Hãy tải lại trang sau một phút."),
    "encrypted": _("Tệp đặt mật khẩu nên không xem được ngay trên trang. Hãy tải về, mở bằng mật khẩu của tệp."),
    "damaged": _(
        "Tệp hỏng, hoặc chưa tải lên trọn vẹn, nên không xem được. Hãy tải về mở thử; nếu không mở được, hãy nộp lại bản khác."
    ),
    "not_there": _("Không lấy được tệp từ nơi lưu. Hãy báo người quản lý máy chủ."),
}


def way_of(file: StoredFile) -> Way:
    """How files of this kind are shown."""
    if file.kind == "pdf" or file.kind in DRAWN_PICTURES:
        return Way.PAGES
    kind = KINDS.get(file.kind)
    if file.kind in ("docx", "xlsx") or (kind is not None and kind.family is Family.TEXT):
        return Way.WORDS
    return Way.NOTHING


def page_count(file: StoredFile) -> int:
    """How many pages a file has that is shown as pictures. Raises CannotBeShown."""
    if said := kept(file, "count"):
        return int(said)
    return _draw(file, 1, "")


def page_picture(file: StoredFile, number: int, size: str = "") -> bytes | None:
    """A page as a picture (PNG, or WebP); None when there is no such page. `size`: of `SIDES`. Raises CannotBeShown."""
    if (made := kept(file, _name(number, size))) is not None:
        return made
    _draw(file, number, size)
    return kept(file, _name(number, size))


def parts(file: StoredFile) -> list[Part]:
    """A file that is shown as words, in parts of which each is a page of ours. Raises CannotBeShown."""
    if file.kind in ("docx", "xlsx"):
        return parts_of(_source(file))
    text = file.text or _text(file)
    if file.kind == "csv" and (rows := _rows(text)):
        return parts_of_rows(rows)
    return parts_of_lines(text)


def words(file: StoredFile) -> list[Part]:
    """The words inside a file as they are searched, a part a page where it has pages."""
    return [part for page in file.text.split(PAGE_BREAK) for part in parts_of_lines(page) or [Part([])]]


def _draw(file: StoredFile, number: int, size: str) -> int:
    """Draws a page and the next ones, keeps them, and gives how many pages there are."""
    if not _turn.acquire(timeout=WAIT):
        raise CannotBeShown("busy")
    try:
        # Who waited for his turn waited perhaps for this very page.
        if kept(file, _name(number, size)) is not None and (said := kept(file, "count")):
            return int(said)
        made = _drawn(file, number, size)
    finally:
        _turn.release()
    for page, picture in made.pages.items():
        keep(file, _name(page, size), picture)
    keep(file, "count", str(made.count).encode())
    return made.count


def _drawn(file: StoredFile, number: int, size: str) -> Drawn:
    try:
        return draw_guarded(
            content_of(file),
            number,
            number + (0 if size else AT_A_TIME - 1),
            picture=file.kind != "pdf",
            side=SIDES[size],
        )
    except ReadingError as error:
        log.warning("file %s is not shown: %s", file.pk, error.code)
        raise CannotBeShown(error.code) from None


def _source(file: StoredFile) -> SourceDocument:
    if said := kept(file, "source.json"):
        return source_from_json(said.decode("utf-8"))
    try:
        source = read_source_guarded(content_of(file))
    except ReadingError as error:
        raise CannotBeShown(error.code) from None
    keep(file, "source.json", source_to_json(source).encode("utf-8"))
    return source


def _text(file: StoredFile) -> str:
    found = file_words(content_of(file), recognise=False)
    if found.code and not found.text:
        raise CannotBeShown(found.code)
    return found.text


def _rows(text: str) -> list[list[str]]:
    """The cells of a CSV, whatever stands between them; [] when they are not told apart."""
    head = text[:4096]
    between = max(",;\t|", key=head.count)
    if not head.count(between):
        return []
    try:
        return [row for row in csv.reader(io.StringIO(text), delimiter=between) if any(row)]
    except csv.Error:
        return []


def content_of(file: StoredFile) -> bytes:
    """The bytes of a file. Raises CannotBeShown when they are not where they were."""
    try:
        with file.content.open("rb") as stream:
            content: bytes = stream.read()
    except OSError as error:
        log.error("file %s of school %s cannot be opened: %s", file.pk, file.school_id, error)
        raise CannotBeShown("not_there") from None
    return content


def _name(number: int, size: str) -> str:
    return f"{number}-{SIDES[size]}"
