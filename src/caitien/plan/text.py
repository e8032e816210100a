"""Vietnamese text: one form for keeping, others for comparing and sorting."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # ngang huyền hỏi ngã sắc nặng


def one_space(text: str | None) -> str:
    """The text in Unicode NFC, with one space where there were several (line breaks count as spaces), trimmed."""
    return " ".join(lines_of(text))


def lines_of(text: str | None) -> list[str]:
    """The lines of a text that are not empty, each in NFC with one space between words."""
    if not text:
        return []
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    lines = (_SPACES.sub(" ", line).strip() for line in re.split(r"[\r\n\v\f\u2028\u2029]+", text))
    return [line for line in lines if line]


def fold(text: str | None) -> str:
    """For comparing words: no diacritics, đ as d, lower case, one space. "Tiêu  CHUẨN" is "tieu chuan"."""
    decomposed = unicodedata.normalize("NFD", one_space(text).lower().replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def squash(text: str | None) -> str:
    """For asking whether two texts say the same: NFC, lower case, letters and digits only."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", text or "").lower())


def sort_key(text: str | None) -> tuple[list[tuple[int, int]], list[int]]:
    """A key that sorts as a Vietnamese dictionary does: letters first (a ă â b c d đ …), tones only break ties."""
    letters, tones = [], []
    for character in one_space(text).lower():
        decomposed = unicodedata.normalize("NFD", character)
        tone = "".join(c for c in decomposed if c in _TONES)
        letter = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
        place = _LETTERS.find(letter)
        letters.append((1, place) if place >= 0 else (0 if character < "a" else 2, ord(character)))
        tones.append(_TONES.get(tone, 0))
    return letters, tones
