"""Reading the keys back from a DOCX that was written here and edited in Word: field pointer -> the words that stand there now."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

MARK = "\N{ZERO WIDTH SPACE}"
"""What a key's content control holds: something, so that Word shows no placeholder, and nothing to see."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_keys(content: bytes) -> dict[str, list[str]]:
    """The lines of each keyed field of a DOCX by its pointer ("actions/3/period/text").

    A field's words go from its key to the next key, or to the end of the cell (in running text: of the paragraph).
    An empty list is a field that is empty on paper. Words typed inside a key's control count as well.
    The file must be one that `caitien.reading` has opened safely before; raises KeyError when it holds no document.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"), parser)
    found: dict[str, list[str]] = {}
    in_cells: set[Any] = set()
    for cell in root.iter(f"{_W}tc"):
        paragraphs = list(cell.iter(f"{_W}p"))
        in_cells.update(paragraphs)
        _walk(paragraphs, found)
    for paragraph in root.iter(f"{_W}p"):
        if paragraph not in in_cells:
            _walk([paragraph], found)
    return found


def _walk(paragraphs: list[Any], found: dict[str, list[str]]) -> None:
    key: str | None = None
    for paragraph in paragraphs:
        line = ""
        for element in paragraph.iter():
            if element.tag == f"{_W}tag":
                if key is not None and line.strip():
                    found[key].append(line.strip())
                key, line = element.get(f"{_W}val"), ""
                if key is not None:
                    found[key] = []
            elif element.tag == f"{_W}t":
                line += (element.text or "").replace(MARK, "")
            elif element.tag == f"{_W}br":
                line += "\n"
        if key is not None and line.strip():
            found[key].append(line.strip())
