"""Pages of a PDF and pictures as small pictures for the screen; and a file as paragraphs and tables: each in a child process.

What comes out was drawn or written anew here: nothing of the file that was sent is in it but what one sees.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from caitien.reading.guarded import in_child
from caitien.reading.limits import Limits
from caitien.reading.source import SourceDocument
from caitien.reading.words import MEMORY_BYTES, WORD_LIMITS

DRAWING = replace(WORD_LIMITS, seconds=25.0)
SHOWING = replace(WORD_LIMITS, seconds=20.0)
SIDE = 1_600  # pixels of the longer side: A4 at 137 dpi, enough for a phone held near and for a screen
_HEAVY = 150_000  # bytes of a page as PNG from which it is tried as a photograph
_MOST_SIDE = 4_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """Some pages. `count`: how many the file has; `pages`: number -> picture (PNG, or WebP of what is a photograph)."""

    count: int
    pages: dict[int, bytes]


def draw_guarded(
    content: bytes, first: int, last: int, *, picture: bool = False, side: int = SIDE, limits: Limits = DRAWING
) -> Drawn:
    """Pages `first` to `last` of a PDF, or of a picture (a TIFF has several), as many as there are. Raises ReadingError.

    A page that cannot be drawn is left out.
    """
    asked = {"name": "", "kind": "draw", "first": first, "last": last, "picture": picture, "side": side}
    answer = in_child(asked, content, limits, None, MEMORY_BYTES)["answer"]
    return Drawn(answer["count"], {number: base64.b64decode(said) for number, said in answer["pages"]})


def read_source_guarded(content: bytes, limits: Limits = SHOWING) -> SourceDocument:
    """A DOCX or XLSX (or any file that `open_source` reads) as its paragraphs and tables. Raises ReadingError."""
    from caitien.reading.source_json import source_from_json

    return source_from_json(in_child({"name": "", "kind": "source"}, content, limits, None, MEMORY_BYTES)["answer"])


def drawn(request: dict[str, Any], content: bytes) -> dict[str, Any]:
    """In the child: the pages that are asked for, as plain JSON values. Raises ReadingError."""
    first, last, side = request["first"], request["last"], min(request["side"], _MOST_SIDE)
    source = _frames(content, first, last, side) if request["picture"] else _pages(content, first, last, side)
    count = next(source)
    pages = [[number, base64.b64encode(_written(image)).decode("ascii")] for number, image in source]
    return {"count": count, "pages": pages}


def source_in_child(content: bytes, limits: Limits) -> str:
    """In the child: a SourceDocument as JSON text. Raises ReadingError."""
    from caitien.reading.opening import open_source
    from caitien.reading.source_json import source_to_json

    return source_to_json(open_source(content, "", limits))


def _pages(content: bytes, first: int, last: int, side: int) -> Iterator[Any]:
    """How many pages there are, then each with its number."""
    from caitien.reading.formats.pdf import open_pdf

    document = open_pdf(content)
    try:
        yield len(document)
        for number in range(first, min(last, len(document)) + 1):
            try:
                page = document[number - 1]
                scale = min(side / max(*page.get_size(), 1), 4.0)
                image = page.render(scale=scale).to_pil()
                page.close()
            except Exception:  # whatever a broken page makes PDFium say: the others are shown
                image = None
            if image is not None:
                yield number, image
    finally:
        document.close()


def _frames(content: bytes, first: int, last: int, side: int) -> Iterator[Any]:
    from caitien.reading.recognising import open_picture, upright
    from caitien.reading.refusals import refuse

    try:
        file = open_picture(content)
        count = min(getattr(file, "n_frames", 1), WORD_LIMITS.pages) if file.format == "TIFF" else 1
    except (OSError, SyntaxError, EOFError, ValueError):
        raise refuse("damaged", program="trình xem ảnh") from None
    yield count
    for number in range(first, min(last, count) + 1):
        try:
            file.seek(number - 1)
            image = upright(file, side, "RGB")
            image.thumbnail((side, side))
        except Exception:  # Pillow's readers raise whatever they stumble over
            image = None
        if image is not None:
            yield number, image


def _written(image: Any) -> bytes:
    """Letters as PNG of few colours; what becomes heavy so, as a photograph."""
    colours = image.convert("RGB")
    drawing = BytesIO()
    colours.quantize(64).save(drawing, "PNG", optimize=True)
    if drawing.tell() < _HEAVY:
        return drawing.getvalue()
    photograph = BytesIO()
    colours.save(photograph, "WEBP", quality=78, method=3)
    return min(drawing.getvalue(), photograph.getvalue(), key=len)
