"""Text as printed: Unicode NFC, one space, no invisible letters. Nothing else is ever mended."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[ \u00a0\u2000-\u200a\u202f\u3000]+")
_INVISIBLE = {0xAD: None, 0x200B: None, 0x200C: None, 0x200D: None, 0x2060: None, 0xFEFF: None}


def clean(text: str) -> str:
    """Text in NFC with one space, without invisible letters; "\\n" between lines, "\\t" where a tab stands."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(lines).strip()
