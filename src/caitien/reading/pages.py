"""Pictures of the pages of a PDF, for the screen that shows a row beside the page it came from."""

from __future__ import annotations

from io import BytesIO

from caitien.reading.refusals import refuse

_MOST_PIXELS = 4000  # of a side: a poster drawn at any scale must not fill the memory


def page_image(data: bytes, page: int, scale: float = 1.5) -> bytes:
    """Page `page` (1 is the first) of a PDF as PNG; `scale` is pixels a point (1.5 is 108 dpi).

    Raises ReadingError ("encrypted", "damaged") for a PDF that does not open, IndexError for a page it does not have.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = "encrypted" if "password" in str(error).lower() else "damaged"
        raise refuse(code, program="Adobe Reader") from None
    try:
        if not 1 <= page <= len(document):
            raise IndexError(page)
        opened = document[page - 1]
        width, height = opened.get_size()
        fitting = min(scale, _MOST_PIXELS / max(width, height, 1))
        drawn = opened.render(scale=fitting).to_pil()
        file = BytesIO()
        drawn.quantize(64).save(file, "PNG", optimize=True)
        return file.getvalue()
    finally:
        document.close()
