"""Letters of the symbol fonts (Wingdings, Symbol) as the Unicode letters they look like."""

from __future__ import annotations

_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐", 0x75: "◆", 0x76: "❖", 0x77: "◆",
    0x78: "☒", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "☐", 0xB7: "•", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "→",
    0xF0: "⇒", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_SYMBOL = {
    0x2D: "-", 0xA3: "≤", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xAE: "→", 0xAC: "←",
    0xDE: "⇒",
}  # fmt: skip


def symbol(font: str, code: str) -> str:
    """The letter of w:sym: `code` is hexadecimal, often in the private range F000 to F0FF; "•" when it is not known."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    private = 0xF000 <= number <= 0xF0FF
    table = _SYMBOL if font.lower().startswith("symbol") else _WINGDINGS if "dings" in font.lower() else {}
    if table or private:
        return table.get(number & 0xFF, "•")
    return chr(number) if 0x20 <= number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else ""


def private_letter(letter: str) -> str:
    """A letter of the private range F000 to F0FF, as PDFs made from Word hold bullets, as what it looks like."""
    number = ord(letter)
    return _WINGDINGS.get(number & 0xFF, _SYMBOL.get(number & 0xFF, "•")) if 0xF000 <= number <= 0xF0FF else letter
