"""Opening what was written: the text of DOCX and PDF, normalised so that only words and their order count."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pypdfium2
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def docx_xml(content: bytes, name: str = "word/document.xml"):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def docx_text(content: bytes) -> str:
    paragraphs = docx_xml(content).iter(f"{W}p")
    return squeezed("\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in paragraphs))


def pdf_text(content: bytes, headers: list[str]) -> str:
    """The words of a PDF without page numbers and without the table headers that later pages repeat."""
    pdf = pypdfium2.PdfDocument(content)
    seen: list[str] = []
    for number, page in enumerate(pdf, start=1):
        text = squeezed(page.get_textpage().get_text_bounded())
        if number > 1:
            assert text.startswith(str(number)), "the page number stands first on every page but the first"
            text = text[len(str(number)) :]
        for header in headers:
            if text.startswith(header) and any(header in before for before in seen):
                text = text[len(header) :]
        seen.append(text)
    return "".join(seen)


def squeezed(text: str) -> str:
    """No white space at all: lines are broken at other places in each format."""
    return re.sub(r"[\s\u200b\ufffe\x00-\x1f]+", "", text)
