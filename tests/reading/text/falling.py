"""How text falls out of a PDF, by the extractors that schools' files went through: the order, blank lines and glued cells.

`as_pdfbox` follows the line and paragraph rules of Apache PDFBox (and Tika), which made the real files that we know.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any


def as_pdfbox(pdf: bytes, *, trailing_space: bool = True) -> str:
    """Characters in the order of the page's content; a new line where heights do not overlap, a blank one where they jump."""
    import pdfplumber

    out: list[str] = []
    with pdfplumber.open(BytesIO(pdf)) as document:
        for page in document.pages:
            out.append(_page(page.chars, trailing_space))
    return "\n\n\n\n".join(text.strip("\n") for text in out) + "\n"


def as_pdfium(pdf: bytes) -> str:
    """PDFium's own text: lines without blank ones, pages apart by a form feed."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    pages = [document[i].get_textpage().get_text_range().replace("\r\n", "\n") for i in range(len(document))]
    return "\f".join(pages)


def as_pdfminer(pdf: bytes) -> str:
    """pdfminer's boxes: lines of a cell together, blank lines between boxes, form feeds between pages."""
    from pdfminer.high_level import extract_text

    text: str = extract_text(BytesIO(pdf))
    return text


def _page(chars: list[dict[str, Any]], trailing_space: bool) -> str:
    text = ""
    last: dict[str, Any] | None = None
    line_start: dict[str, Any] | None = None
    started_paragraph = False
    low = high = 0.0
    tallest = 0.0
    for char in chars:
        height = char["size"] * 0.5  # PDFBox measures the height of letters, about half the size
        y = char["bottom"]
        if last is None or line_start is None:
            text += char["text"]
            last = line_start = char
            low, high, tallest = y, y - height, height
            started_paragraph = True
            continue
        overlaps = (high <= y <= low) or (y - height <= low <= y)
        space = char["size"] * 0.25
        if not overlaps:
            gap = abs(y - last["bottom"])
            indent = char["x0"] - line_start["x0"]
            paragraph = gap > 2.5 * tallest or (not started_paragraph and (indent > 2.0 * space or indent < -space))
            text = text.rstrip(" ") + (" " if trailing_space and _wrapped(line_start, char) else "")
            text += "\n\n" if paragraph else "\n"
            started_paragraph = paragraph
            line_start = char
            low, high, tallest = y, y - height, height
        else:
            if (char["x0"] - last["x1"] > 0.3 * space or char["x0"] < last["x0"] - space) and not text.endswith(
                (" ", "\n")
            ):
                text += " "
            low, high, tallest = max(low, y), min(high, y - height), max(tallest, height)
        if not (char["text"].isspace() and text.endswith((" ", "\n"))):
            text += char["text"]
        last = char
    return text


def _wrapped(above: dict[str, Any], below: dict[str, Any]) -> bool:
    """Word leaves the space at which it broke a line: the next line begins under it, a line lower."""
    drop = below["bottom"] - above["bottom"]
    return abs(below["x0"] - above["x0"]) < 1.5 * above["size"] and 0 < drop < 2 * above["size"]
