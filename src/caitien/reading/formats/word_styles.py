"""What a Word style says that reading needs: bold, hidden, centred, list number; with styles it is based on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off", "none")


@dataclass(slots=True)
class Style:
    bold: bool | None = None
    hidden: bool | None = None
    centred: bool | None = None
    number: tuple[str | None, int | None] | None = None  # list id, level


_NOTHING = Style()


@dataclass(slots=True)
class Styles:
    """Styles by id, resolved. `paragraph_default` is the id of the style of a paragraph that names none."""

    xml: dict[str, Any] = field(default_factory=dict)
    resolved: dict[str, Style] = field(default_factory=dict)
    paragraph_default: str = ""

    @classmethod
    def from_xml(cls, root: Any | None) -> Styles:
        made = cls()
        for style in root.iterchildren(W + "style") if root is not None else ():
            key = style.get(W + "styleId") or ""
            made.xml[key] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
                made.paragraph_default = key
        return made

    def get(self, key: str | None) -> Style:
        """The style of an id with what it inherits; an empty style for an id that does not exist."""
        if not key or key not in self.xml:
            return _NOTHING
        if key not in self.resolved:
            self.resolved[key] = _NOTHING  # a style based on itself ends here
            self.resolved[key] = self._resolve(self.xml[key])
        return self.resolved[key]

    def _resolve(self, xml: Any) -> Style:
        based = xml.find(W + "basedOn")
        base = self.get(None if based is None else based.get(W + "val"))
        run, paragraph = xml.find(W + "rPr"), xml.find(W + "pPr")
        bold, hidden = switch(run, "b"), switch(run, "vanish")
        centred, number = centred_of(paragraph), number_of(paragraph)
        if number is not None and base.number is not None:
            number = (number[0] or base.number[0], number[1] if number[1] is not None else base.number[1])
        return Style(
            bold=base.bold if bold is None else bold,
            hidden=base.hidden if hidden is None else hidden,
            centred=base.centred if centred is None else centred,
            number=base.number if number is None else number,
        )


def switch(properties: Any | None, name: str) -> bool | None:
    """A yes/no property of a run ("b", "vanish"): None when it is not said."""
    found = None if properties is None else properties.find(W + name)
    return None if found is None else (found.get(W + "val") or "1") not in _OFF


def centred_of(paragraph_properties: Any | None) -> bool | None:
    """Whether a paragraph says it is centred; None when it does not say."""
    found = None if paragraph_properties is None else paragraph_properties.find(W + "jc")
    return None if found is None else found.get(W + "val") == "center"


def number_of(paragraph_properties: Any | None) -> tuple[str | None, int | None] | None:
    """List id and level of a paragraph; None when it says nothing of lists."""
    found = None if paragraph_properties is None else paragraph_properties.find(W + "numPr")
    if found is None:
        return None
    number, level = found.find(W + "numId"), found.find(W + "ilvl")
    at = None if level is None else level.get(W + "val")
    return (None if number is None else number.get(W + "val"), int(at) if at and at.isdigit() else None)
