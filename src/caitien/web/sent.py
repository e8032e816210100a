"""What a form or a script sent, read without trust: whole numbers that are none, letters that no database takes."""

from __future__ import annotations

LONGEST_NUMBER = 9  # digits: what is longer is no version, place or count of ours


def whole(text: str | None, otherwise: int) -> int:
    """The whole number, 0 or more, that was sent; `otherwise` for anything else ("", "²", "-1", a hundred digits)."""
    sent = text or ""
    return int(sent) if sent.isdecimal() and len(sent) <= LONGEST_NUMBER else otherwise


def storable(text: str) -> str:
    """The text without NUL and without halves of letters, which JSON can hold (an emoji cut in two) and no database."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
