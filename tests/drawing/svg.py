"""Reads a picture as a program would: every shape and every word with the room it takes."""

from __future__ import annotations

from xml.etree import ElementTree

from caitien.drawing.lettering import width_of

SVG = "{http://www.w3.org/2000/svg}"
SLACK = 0.02  # numbers are written to the hundredth


def parsed(text: str) -> ElementTree.Element:
    """The picture as XML; a picture that is no XML fails here."""
    root = ElementTree.fromstring(text)
    assert root.tag == f"{SVG}svg"
    return root


def words(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def size(root: ElementTree.Element) -> tuple[float, float]:
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    return width, height


def boxes(root: ElementTree.Element) -> list[tuple[str, float, float, float, float]]:
    """(what, left, top, right, bottom) of every bar, line and line of words."""
    found = []
    for element in root:
        at = element.attrib
        kind = element.tag.removeprefix(SVG)
        if kind == "rect":
            x, y, wide, high = (float(at[name]) for name in ("x", "y", "width", "height"))
            found.append((kind, x, y, x + wide, y + high))
        elif kind == "line":
            x1, y1, x2, y2 = (float(at[name]) for name in ("x1", "y1", "x2", "y2"))
            found.append((kind, min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
        elif kind == "text":
            x, y, high = float(at["x"]), float(at["y"]), float(at["font-size"])
            wide = width_of(element.text or "", high)
            left = x - {"middle": wide / 2, "end": wide}.get(at.get("text-anchor", ""), 0)
            found.append((f"text {element.text!r}", left, y - 0.8 * high, left + wide, y + 0.25 * high))
    return found


def outside(root: ElementTree.Element) -> list[tuple[str, float, float, float, float]]:
    """What stands beyond the edge of the picture."""
    left, top, wide, high = map(float, root.attrib["viewBox"].split())
    return [
        box
        for box in boxes(root)
        if box[1] < left - SLACK or box[2] < top - SLACK or box[3] > left + wide + SLACK or box[4] > top + high + SLACK
    ]


def overlapping(root: ElementTree.Element) -> list[tuple[str, str]]:
    """Pairs of words that stand upon each other."""
    texts = [box for box in boxes(root) if box[0].startswith("text")]
    return [
        (one[0], other[0])
        for number, one in enumerate(texts)
        for other in texts[number + 1 :]
        if one[1] < other[3] - SLACK and other[1] < one[3] - SLACK and one[2] < other[4] - 1 and other[2] < one[4] - 1
    ]
