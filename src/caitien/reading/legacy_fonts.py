"""Tells text written in the old encodings TCVN3 (ABC) and VNI from Unicode Vietnamese, by the letters inside its words.

Old fonts (.VnTime, VNI-Times) draw Vietnamese letters in place of others: "kế hoạch" is stored as "kÕ ho¹ch" in
TCVN3 and "keá hoaïch" in VNI. Nothing is converted here: the secretary is asked to, so that no word changes unseen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

Legacy = Literal["TCVN3 (ABC)", "VNI"]

LEGACY_FONT = re.compile(r"(\.?Vn[A-Z][A-Za-z]*|VNI[- ]?[A-Za-z]+)", re.ASCII)
"""Names of the fonts: .VnTime, .VnTimeH, .VnArial, VNI-Times, VNI-Helve, …"""

# Letters that stand inside a word in TCVN3 and in no Unicode Vietnamese, French or German word.
_TCVN3_INSIDE = "¡¢£¤¥¦§¨©ª«¬®µ¶·¸¹»¼½¾Æ×ØÞßæëî÷øþÎÏ"
# A vowel, then the letter that draws its mark in VNI: "aù", "oä", "ö" (ư) and "ñ" (đ).
_VNI_PAIR = re.compile(
    r"[aeiouyöôAEIOUYÖÔ][ûïåäüëøÛÏÅÄÜËØ]|[aeoöôAEOÖÔ][ùÙ]|[aeAE][âêáàãéèÂÊÁÀÃÉÈ]|[ñÑ](?=[aeiouyöôAEIOUYÖÔ])"
)
_WORD = re.compile(r"\S+")
_EDGES = "«»“”\"'()[]{}.,;:!?·•§¶*+-–—…©®×"
_MARKS_ONLY_IN_UNICODE = re.compile(r"[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")

_MIN_WORDS = 4
_MIN_SHARE = 0.08


def legacy_encoding(text: str, *, font_names: Iterable[str] = ()) -> Legacy | None:
    """The old encoding in which `text` (or a good part of it) is written, or None.

    `font_names`: fonts the file names; when an old font is among them fewer odd words are proof enough.
    """
    words = _WORD.findall(text)
    if not words:
        return None
    tcvn3 = vni = 0
    for word in words:
        if word.isascii():
            continue
        core = word.strip(_EDGES)
        if _MARKS_ONLY_IN_UNICODE.search(core):
            continue
        if _looks_tcvn3(core):
            tcvn3 += 1
        elif _looks_vni(core):
            vni += 1
    odd = max(tcvn3, vni)
    named = any(LEGACY_FONT.fullmatch(name) for name in font_names)
    enough = odd >= _MIN_WORDS and (named or odd / len(words) >= _MIN_SHARE)
    if not enough:
        return None
    return "TCVN3 (ABC)" if tcvn3 >= vni else "VNI"


def _looks_tcvn3(word: str) -> bool:
    letters = sum(c.isascii() and c.isalpha() for c in word)
    return letters > 0 and any(c in _TCVN3_INSIDE for c in word)


def _looks_vni(word: str) -> bool:
    return _VNI_PAIR.search(word) is not None


_SYLLABLE = re.compile(
    r"(?:ngh|ng|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?"
    r"(?:uyê|uya|oai|oay|oeo|uây|uôi|ươi|ươu|iêu|yêu|uyu|"
    r"iê|yê|uô|ươ|oa|oă|oe|uâ|uê|uy|uơ|ai|ao|au|ay|âu|ây|eo|êu|ia|iu|oi|ôi|ơi|ua|ui|ưa|ưi|ưu|[aăâeêioôơuưy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


def vietnamese_share(text: str) -> float:
    """Of the words with letters beyond ASCII, the share that is built like a Vietnamese syllable (0 to 1)."""
    words = [part.strip(_EDGES) for w in _WORD.findall(text[:20_000]) for part in re.split(r"[-–/,;:().0-9]+", w)]
    marked = [w for w in words if not w.isascii() and any(c.isalpha() for c in w)]
    return sum(map(is_syllable, marked)) / len(marked) if marked else 0.0


def is_syllable(word: str) -> bool:
    """True when `word` is built like a Vietnamese syllable: onset, vowels, at most one tone, coda."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = sum(c in _TONES for c in decomposed)
    bare = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    return tones <= 1 and _SYLLABLE.fullmatch(bare) is not None
