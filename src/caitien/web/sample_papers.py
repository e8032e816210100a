"""Papers for the demo's evidence, made here: each says what it is, in the kind of file that a school would have."""

from __future__ import annotations

import hashlib
import io
import textwrap
from typing import Any

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jpeg": "image/jpeg",
    "png": "image/png",
}
PAPER, INK, SOFT = "#fbf7ec", "#2a2a2a", "#7a7466"


def paper(kind: str, title: str, lines: list[str]) -> bytes:
    """A file of the kind with a title and lines."""
    if kind == "xlsx":
        return _workbook(title, lines)
    if kind in ("jpeg", "png"):
        return _picture(kind, title, lines)
    from caitien.writing import render
    from caitien.writing.document import Document, Paragraph, Run

    blocks = [Paragraph((Run(title, bold=True),)), *(Paragraph((Run(line),)) for line in lines)]
    return render(Document(title=title, blocks=tuple(blocks)), kind)


def stored(school: Any, user: Any, kind: str, content: bytes, words: str = "") -> Any:
    """The content in the school's storage, once. `words`: those inside it; what has none waits to be looked at."""
    from django.core.files.base import ContentFile

    from caitien.web.evidence.models import StoredFile

    digest = hashlib.sha256(content).hexdigest()
    there = StoredFile.objects.for_school(school).filter(sha256=digest).first()
    if there is not None:
        return there
    file = StoredFile(
        school=school, sha256=digest, size=len(content), kind=kind, content_type=CONTENT_TYPES[kind], created_by=user
    )
    if words:
        file.text, file.text_state = words, StoredFile.Words.READ
    file.content.save(digest, ContentFile(content), save=False)
    file.save()
    return file


def _workbook(title: str, lines: list[str]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Bảng"
    for row in ([title], [], ["TT", "Nội dung"], *([n, line] for n, line in enumerate(lines, 1))):
        sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _picture(kind: str, title: str, lines: list[str]) -> bytes:
    """A sheet of paper photographed on a table. Words only where the machine has letters for them."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", (900, 1200), "#8a7a63")
    pen = ImageDraw.Draw(picture)
    pen.polygon(((70, 60), (840, 40), (860, 1150), (50, 1165)), fill=PAPER)
    font = ImageFont.load_default(size=30)
    top = 120
    for line in textwrap.wrap(title, 42):
        pen.text((120, top), line, fill=INK, font=font)
        top += 46
    for row in range(len(lines) * 3):
        pen.line((120, top + 40 + row * 52, 780 - row * 61 % 190, top + 40 + row * 52), fill=SOFT, width=5)
    written = io.BytesIO()
    picture.save(written, kind.upper(), **({"quality": 80} if kind == "jpeg" else {}))
    return written.getvalue()
