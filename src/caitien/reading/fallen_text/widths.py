"""How wide letters are printed: a cell's line breaks where the next word no longer fits its column."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Advance widths of Times New Roman, the face of official documents (Nghị định 30/2020), in thousandths of an em.
_GROUPS = {
    250: " .,·",
    278: "ijltIJ/\\:;|!’‘'",
    333: "()[]-fr",
    389: "sJ",
    408: '"',
    444: "acezCEZ?“”",
    480: "{}",
    500: "bdghknopquvxyđ0123456789$_–*#",
    541: "^~",
    556: "FLPSăơưâê",
    564: "+<>=",
    611: "ELTZ",
    667: "BCRÔƠ",
    722: "ADGHKNOQUVXYĐwƯ&",
    778: "mM",
    833: "%",
    889: "M",
    944: "W",
    1000: "…—",
}
_WIDTHS = {letter: width for width, letters in _GROUPS.items() for letter in letters}
_WIDTHS.update(
    {"j": 278, "a": 444, "c": 444, "e": 444, "s": 389, "ơ": 500, "ư": 500, "ă": 444, "â": 444, "ê": 444, "ô": 500}
)
_WIDTHS.update(
    {
        "E": 611,
        "C": 667,
        "Z": 611,
        "S": 556,
        "P": 556,
        "F": 556,
        "L": 611,
        "J": 389,
        "M": 889,
        "I": 333,
        "Ă": 722,
        "Â": 722,
    }
)


@lru_cache(maxsize=20_000)
def width_of(word: str) -> float:
    """The printed width of a word in em (the font's size), as Times New Roman sets it."""
    total = 0
    for character in word:
        width = _WIDTHS.get(character)
        if width is None:
            base = unicodedata.normalize("NFD", character)[0]
            width = _WIDTHS.get(base, 500)
        total += width
    return total / 1000
