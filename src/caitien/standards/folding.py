"""Vietnamese text without its marks, for comparing and searching: "Kế hoạch ĐỔI MỚI" -> "ke hoach doi moi"."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Lower case, no diacritics, đ as d, one space. For comparing only: never shown, never stored."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D").lower())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())
