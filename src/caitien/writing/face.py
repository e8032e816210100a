"""How wide the letters of the face are, and what is reckoned from it: lengths of lines, heights of rows, balanced lines.

Liberation Serif has the widths of Times New Roman, so that one table serves PDF and DOCX.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from math import ceil

MM_PER_PT = 25.4 / 72
LINE_EM = 1.149  # height of a line at single spacing

_REGULAR = {
    180: "'",
    200: "|",
    250: " ,.",
    278: "/:;\\ijlt",
    333: "!()-I[]`fr‘’",
    350: "•",
    389: "Js",
    408: '"',
    444: "?acez“”",
    469: "^",
    480: "{}",
    500: "#$*0123456789_bdghknopquvxy–đ",
    529: "ơ",
    541: "~",
    542: "ư",
    556: "FPS",
    564: "+<=>",
    611: "ELTZ",
    667: "BCR",
    722: "ADGHKNOQUVXYwĐƠ",
    776: "Ư",
    778: "&m",
    833: "%",
    889: "M",
    921: "@",
    944: "W",
    1000: "…—",
}
_BOLD = {
    220: "|",
    250: " ,.",
    278: "'/\\il",
    333: "!()-:;[]`fjt‘’",
    350: "•",
    389: "Is",
    394: "{}",
    444: "cerz",
    500: "#$*0123456789?J_agovxy–“”",
    520: "~",
    554: "ơ",
    555: '"',
    556: "Sbdhknpquđ",
    570: "+<=>",
    581: "^",
    600: "ư",
    611: "FP",
    667: "BELTZ",
    722: "ACDNRUVXYwĐ",
    778: "GHKOQƠ",
    796: "Ư",
    833: "&m",
    930: "@",
    944: "M",
    1000: "%W…—",
}
"""Width in thousandths of an em: the letters that have it (a Vietnamese letter is as wide as the letter under its marks)."""

_WIDTH = {
    bold: {letter: width for width, letters in table.items() for letter in letters}
    for bold, table in ((False, _REGULAR), (True, _BOLD))
}


def length_mm(text: str, size: float, *, bold: bool = False) -> float:
    """How long a text is on one line, in mm, at this size in points."""
    return sum(_em(letter, bold) for letter in text) / 1000 * size * MM_PER_PT


@lru_cache(maxsize=4096)
def _em(letter: str, bold: bool) -> int:
    table = _WIDTH[bold]
    known = table.get(letter)
    if known is None:
        base = unicodedata.normalize("NFD", letter)[0]
        known = table.get(base, 0 if unicodedata.combining(letter) else 800)
    return known


def line_count(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """About how many lines a paragraph takes in a width in mm."""
    return max(1, ceil(1.06 * length_mm(text, size, bold=bold) / max(width, 1)))


def balanced(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """A heading in lines of about one length: [the text] where it fits in the width in mm, else cut between words."""
    words = text.split()
    whole = length_mm(text, size, bold=bold)
    if whole <= width or len(words) < 2:
        return [text]
    wanted = ceil(whole / width)
    lines: list[str] = []
    for left in range(wanted, 1, -1):
        goal = length_mm(" ".join(words), size, bold=bold) / left
        best = min(
            range(1, len(words)), key=lambda n: abs(length_mm(" ".join(words[:n]), size, bold=bold) - goal), default=0
        )
        if not best:
            break
        lines.append(" ".join(words[:best]))
        words = words[best:]
    return [*lines, " ".join(words)] if words else lines
