"""Text in the old encodings TCVN3 (ABC) and VNI as Unicode, for finding it; what a plan says is never converted unseen."""

from __future__ import annotations

import re
import unicodedata

from caitien.reading.legacy_fonts import Legacy

_TCVN3 = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ", 0xBB: "ằẳẵắ", 0xC6: "ặầẩẫấậè", 0xCE: "ẻẽéẹềểễếệìỉ", 0xDC: "ĩíịò", 0xE1: "ỏõóọồổỗốộờởỡớợù", 0xF1: "ủũúụừửữứựỳỷỹýỵ",
}  # fmt: skip
"""TCVN 5712:1993, VN3: code of the first letter -> letters with codes one after the other."""

_VNI_MARKS = {
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",  # à á ả ã ạ
    "â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
"""The letter after a vowel -> the marks that it draws over it."""
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ò": "ị", "ó": "ĩ", "î": "ỵ"}
_VNI = re.compile(
    f"([aeoyuôö])([{''.join(_VNI_MARKS)}])|([{''.join(_VNI_LETTERS)}])",
    re.IGNORECASE,
)


def to_unicode(text: str, encoding: Legacy) -> str:
    """The text with its letters as Unicode (NFC). `encoding`: what `legacy_encoding` said of it."""
    made = text.translate(_tcvn3()) if encoding.startswith("TCVN3") else _VNI.sub(_vni, text)
    return unicodedata.normalize("NFC", made)


def _tcvn3() -> dict[int, str]:
    return {first + i: letter for first, letters in _TCVN3.items() for i, letter in enumerate(letters)}


def _vni(match: re.Match[str]) -> str:
    base, mark, lone = match.groups()
    if lone:
        made = _VNI_LETTERS[lone.lower()]
        return made.upper() if lone.isupper() else made
    letter = _VNI_LETTERS.get(base.lower(), base.lower())
    made = unicodedata.normalize("NFC", letter + _VNI_MARKS[mark.lower()])
    return made.upper() if base.isupper() else made
