"""Pictures for the demo's reports, drawn here: no photographs, no real people or places."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageDraw


def draw(what: str) -> bytes:
    """A JPEG of 800 by 600: "trong-cay", young trees in a schoolyard; else books on shelves."""
    picture = Image.new("RGB", (800, 600), "#cfe6f2")
    pen = ImageDraw.Draw(picture)
    if what == "trong-cay":
        pen.rectangle((0, 380, 800, 600), fill="#c9a878")
        pen.rectangle((60, 210, 560, 390), fill="#f3d9a0", outline="#8a6a3a", width=4)
        pen.polygon(((40, 210), (310, 120), (580, 210)), fill="#b5523b")
        for left in range(100, 520, 105):
            pen.rectangle((left, 260, left + 60, 330), fill="#6f9fb5", outline="#5b4a32", width=3)
        for place, left in enumerate(range(70, 800, 140)):
            low = 470 + place % 3 * 35
            pen.rectangle((left - 5, low - 120, left + 5, low), fill="#6b4a2b")
            pen.ellipse((left - 48, low - 200, left + 48, low - 100), fill=("#4e8a4a", "#5f9c4f", "#3f7a45")[place % 3])
            pen.ellipse((left - 40, low - 12, left + 40, low + 14), fill="#8a6440")
        return _jpeg(picture)
    picture.paste("#e9dcc3", (0, 0, 800, 600))
    colours = ("#c0504d", "#4f81bd", "#9bbb59", "#e0a030", "#8064a2")
    for shelf, top in enumerate(range(40, 520, 130)):
        pen.rectangle((40, top + 108, 760, top + 124), fill="#7a5632")
        for book, left in enumerate(range(56, 730, 26)):
            high = top + (book * 37 + shelf * 11) % 28
            pen.rectangle((left, high, left + 20, top + 107), fill=colours[shelf % 5], outline="#40342a")
            pen.line((left + 4, high + 18, left + 16, high + 18), fill="#f6efe0", width=3)
    return _jpeg(picture)


def _jpeg(picture: Any) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=80)
    return written.getvalue()
