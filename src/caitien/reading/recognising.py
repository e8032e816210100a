"""In the child process of `words`: scanned pages and pictures drawn large enough, and read by Tesseract one by one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

from caitien.reading.limits import Limits
from caitien.reading.tesseract import SECONDS_A_PAGE, find_program, words_of_picture
from caitien.reading.words_inside import FORMATS, MOST_PIXELS

DPI = 300  # Tesseract's data is made for letters of about 30 pixels: 10 points at 300 dpi
_MOST_SIDE = 5_000  # pixels: an A3 page at 300 dpi
_SMALL_SIDE = 1_500  # a picture smaller than this is drawn twice as large: screenshots, pictures sent by chat
_EVEN = 0.8  # of the brightest paper: darker paper lies in a shadow
_SPARE = 3.0  # seconds before the end, to answer in

Say = Callable[[float, str], None]


def recognised(content: bytes, scans: Sequence[int], picture: bool, limits: Limits, say: Say) -> dict[str, Any]:
    """{"pages": [[number, text], …]} of the pages that were read before the time was up."""
    end = time.monotonic() + limits.seconds - _SPARE
    program = find_program()
    read: list[tuple[int, str]] = []
    if program is None:
        return {"pages": read}
    drawn = _frames(content, scans) if picture else _pages(content, scans)
    for done, (number, image) in enumerate(drawn):
        say(done / len(scans), f"Đang nhận dạng chữ trang quét {done + 1}/{len(scans)}")
        left = end - time.monotonic()
        if left < 1:
            break
        if image is None:
            continue
        text = words_of_picture(_grey(image), program, min(SECONDS_A_PAGE, left), shaded=is_shaded(image))
        if text is not None:
            read.append((number, text))
    return {"pages": read}


def _pages(content: bytes, scans: Sequence[int]) -> Iterator[tuple[int, Any]]:
    """Pages of a PDF as pictures, one at a time; None for one that cannot be drawn."""
    from caitien.reading.formats.pdf import open_pdf

    document = open_pdf(content)
    try:
        for number in scans:
            try:
                page = document[number - 1]
                width, height = page.get_size()
                scale = min(DPI / 72, _MOST_SIDE / max(width, height, 1))
                image = page.render(scale=scale, grayscale=True).to_pil()
                page.close()
            except Exception:  # whatever a broken page makes PDFium say: the others are read
                image = None
            yield number, image
    finally:
        document.close()


def open_picture(content: bytes) -> Any:
    """A Pillow image of one of the formats that are read, nothing decoded yet. Raises OSError, ValueError for too large a one."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # the bound is ours
    file = Image.open(BytesIO(content), formats=FORMATS)
    if file.width * file.height > MOST_PIXELS:
        raise ValueError("too many pixels")
    return file


def upright(file: Any, side: int, mode: str) -> Any:
    """The picture that `file` stands at, as it was seen, on white. `side`: pixels that are enough; `mode`: "L" or "RGB"."""
    from PIL import Image, ImageOps

    file.draft(mode, (side, side))
    if file.width * file.height > MOST_PIXELS:
        raise ValueError("too many pixels")
    try:
        image = ImageOps.exif_transpose(file)
    except Exception:  # Exif that nobody can read is no reason to leave the picture unseen
        image = file.copy()
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        flat = Image.new("RGB", image.size, "white")
        flat.paste(image, mask=image.getchannel("A"))
        image = flat
    return image.convert(mode)


def _frames(content: bytes, scans: Sequence[int]) -> Iterator[tuple[int, Any]]:
    """The pages of a picture (a TIFF of a scanner has several), upright; None for one that is broken."""
    from PIL import Image

    with open_picture(content) as file:
        for number in scans:
            try:
                file.seek(number - 1)
                image = upright(file, _MOST_SIDE, "L")
            except Exception:  # Pillow's readers raise whatever they stumble over: the other pages are read
                yield number, None
                continue
            if max(image.size) < _SMALL_SIDE:
                image = image.resize((image.width * 2, image.height * 2), Image.Resampling.LANCZOS)
            image.thumbnail((_MOST_SIDE, _MOST_SIDE))
            yield number, image


def is_shaded(image: Any) -> bool:
    """Whether the paper itself is much darker in one place than in another: a photograph, not a scan."""
    from PIL import Image, ImageFilter

    paper = image.convert("L").resize((120, 160), Image.Resampling.BOX).filter(ImageFilter.MaxFilter(9))
    levels = sorted(paper.tobytes())
    return bool(levels[len(levels) // 20] < _EVEN * levels[-len(levels) // 20])


def _grey(image: Any) -> bytes:
    """The picture as PGM, which costs nothing to write or read."""
    file = BytesIO()
    image.convert("L").save(file, "PPM")
    return file.getvalue()
