"""SVG as text: elements with their attributes escaped, numbers short, and nothing in it that XML forbids."""

from __future__ import annotations

import math
import re
from html import escape
from typing import Any

from caitien.drawing.ink import BASE, GRID, INKS, PAPER, SOFT, SOFT_TEXT, TEXT
from caitien.drawing.lettering import width_of

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MARGIN = 12.0  # of white paper round a picture that stands alone
COLOURS = frozenset({"fill", "stroke", "stroke_dasharray"})
"""What a page's classes say better: attributes of a file of its own."""
FONT = "'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"


class Canvas:
    """A drawing in the making, `width` units wide; a unit is a pixel at its natural size.

    `alone`: a file of its own, which says its colours; without, a page gives its classes the colours of its theme.
    """

    def __init__(self, name: str, width: float, *, alone: bool) -> None:
        self.name, self.width, self.alone = re.sub(r"[^a-z0-9-]", "-", name.lower()), width, alone
        self._parts: list[str] = []
        self._textures: set[str] = set()

    def rect(self, x: float, y: float, width: float, height: float, ink: str) -> None:
        """A bar of an ink, with its texture over it."""
        look = INKS[ink]
        inset = 0.5 if look.line else 0.0  # so that the outline stands inside of the bar
        place: dict[str, Any] = {
            "x": x + inset,
            "y": y + inset,
            "width": max(width - 2 * inset, 0.0),
            "height": max(height - 2 * inset, 0.0),
        }
        self._add("rect", f"ink-{ink}", **place, fill=look.fill, stroke=look.line, stroke_dasharray=look.dashes)
        if look.texture:
            self._textures.add(look.texture)
            place = {"x": x, "y": y, "width": width, "height": height}
            self._parts.append(f'<rect{_attributes(place)} fill="url(#{self.name}-{look.texture})"/>')

    def band(self, x: float, y: float, width: float, height: float) -> None:
        """A soft ground behind what is of today."""
        self._add("rect", "draw-now", x=x, y=y, width=width, height=height, fill=SOFT)

    def line(self, x1: float, y1: float, x2: float, y2: float, *, strong: bool = False) -> None:
        css, colour = ("draw-base", BASE) if strong else ("draw-grid", GRID)
        self._add("line", css, x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour)

    def text(
        self, x: float, y: float, words: str, size: float, *, anchor: str = "", ink: str = "", strong: bool = False,
        soft: bool = False,
    ) -> None:  # fmt: skip
        """Words with their baseline at y. `ink`: they stand upon a bar of that ink, around x. `anchor`: "middle" or "end" at x."""
        place: dict[str, Any] = {"x": x, "y": y, "font_size": size, "text_anchor": anchor}
        if strong:
            place["font_weight"] = "bold"
        if not ink:
            self._add("text", "draw-soft" if soft else "", words, **place, fill=SOFT_TEXT if soft else TEXT)
            return
        look = INKS[ink]
        if (
            look.texture
        ):  # a plain patch keeps it readable (programs that put pictures into reports know no outline of words)
            wide, high = width_of(words, size) + 4, size + 1
            self._add("rect", f"ink-{ink}", x=x - wide / 2, y=y - size * 0.85, width=wide, height=high, fill=look.fill)
        self._add("text", f"on-{ink}", words, **place, fill=look.words)

    def finished(self, height: float, title: str, description: str) -> str:
        """The SVG, `height` units high; a file of its own stands upon white paper and has a size."""
        margin = MARGIN if self.alone else 0.0
        wide, high = self.width + 2 * margin, height + 2 * margin
        size = {"width": wide, "height": high, "font_family": FONT} if self.alone else {}
        root = _attributes(
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "class": "drawing",
                "viewBox": " ".join(map(_number, (-margin, -margin, wide, high))),
                **size,
                "role": "img",
                "aria-labelledby": f"{self.name}-t {self.name}-d",
            }
        )
        ground = _attributes({"x": -margin, "y": -margin, "width": wide, "height": high, "fill": PAPER})
        paper = f"<rect{ground}/>" if self.alone else ""
        return (
            f'<svg{root}><title id="{self.name}-t">{_words(title)}</title><desc id="{self.name}-d">{_words(description)}</desc>'
            f"{self._definitions()}{paper}{''.join(self._parts)}</svg>"
        )

    def _definitions(self) -> str:
        made = "".join(TEXTURES[texture].format(id=f"{self.name}-{texture}") for texture in sorted(self._textures))
        return f"<defs>{made}</defs>" if made else ""

    def _add(self, element: str, css: str, words: str | None = None, **attributes: Any) -> None:
        if not self.alone:
            attributes = {name: value for name, value in attributes.items() if name not in COLOURS}
        opening = f"<{element}{_attributes({'class': css} | attributes)}"
        self._parts.append(f"{opening}/>" if words is None else f"{opening}>{_words(words)}</{element}>")


_PATTERN = '<pattern id="{{id}}" width="6" height="6" patternUnits="userSpaceOnUse"{turned}>{drawn}</pattern>'
TEXTURES = {
    "stripes": _PATTERN.format(
        turned=' patternTransform="rotate(45)"',
        drawn=f'<path d="M1 0V6" class="draw-texture" stroke="{PAPER}" stroke-width="1.5" stroke-opacity="0.45"/>',
    ),
    "dots": _PATTERN.format(
        turned="",
        drawn=f'<path d="M1.5 1.5h.01M4.5 4.5h.01" class="draw-texture" stroke="{PAPER}" stroke-width="1.8" stroke-opacity="0.6" stroke-linecap="round"/>',
    ),
}


def _attributes(given: dict[str, object]) -> str:
    return "".join(
        f' {name.replace("_", "-")}="{_number(value) if isinstance(value, int | float) else escape(str(value))}"'
        for name, value in given.items()
        if value is not None and value != ""
    )


def _number(value: float) -> str:
    """12.3456 is "12.35", 12.0 is "12"; never "nan" or "inf"."""
    if not math.isfinite(value):
        raise ValueError("a picture has a place for every number, and none for this one")
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def _words(text: str) -> str:
    return escape(NOT_XML.sub("", text), quote=False)
