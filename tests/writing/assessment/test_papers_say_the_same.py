"""Every paper of a self-assessment says the same, in the same order, as DOCX and as PDF: what the document tree says."""

from __future__ import annotations

from collections import Counter

import pypdfium2
import pytest

from assessment.invented_assessment import small_assessment
from caitien.assessment.model import SelfAssessment
from caitien.writing import assessment as papers
from caitien.writing import render
from caitien.writing.backends import pdf
from caitien.writing.document import Contents, Document, Table, plain_lines
from writing.files import W, docx_xml, squeezed

FRAMEWORKS = ("tt57-2026-pho-thong", "tt17-2018-tieu-hoc")
CASES = [
    pytest.param(framework, form.id, empty, id=f"{framework[:4]} {form.id}{' empty' if empty else ''}")
    for framework in FRAMEWORKS
    for form in papers.list_forms(framework)
    for empty in (False, True)
]


def built(framework: str, form: str, empty: bool) -> Document:
    value = SelfAssessment(framework=framework) if empty else small_assessment(framework)
    one = papers.Asked(criterion="1.2") if papers.discover()[form].by_criterion else None
    return papers.build(value, form, one)


def words_of_docx(content: bytes) -> str:
    """The words of a DOCX, without the page numbers that its list of contents shows."""
    texts = []
    for paragraph in docx_xml(content).iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        letters = [t.text or "" for t in paragraph.iter(f"{W}t")]
        if style is not None and style.get(f"{W}val", "").startswith("TOC"):
            assert letters.pop().isdecimal()
        texts.append("".join(letters))
    return squeezed("".join(texts))


def words_of_pdf(content: bytes, document: Document) -> str:
    """The words of a PDF, without page numbers and without the numbers of the list of contents."""
    entries = {squeezed(h.text) for h in document.outline(max_depth(document))}
    contents_end = pdf.heading_pages(document)[0] if entries else 0
    seen: list[str] = []
    for number, page in enumerate(pypdfium2.PdfDocument(content), start=1):
        raw = page.get_textpage().get_text_bounded()
        lines = [squeezed(line) for line in raw.splitlines() if squeezed(line)]
        if lines and lines[0] == str(number):
            lines = lines[1:]
        else:
            assert number == 1 or (has_cover(document) and number <= 2), (
                "every page but covers and the first has its number"
            )
        if has_cover(document) and 3 < number < contents_end:
            lines = [without_page(line, lines[:n], entries) for n, line in enumerate(lines)]
        seen.append("".join(lines))
    return "".join(seen)


def without_page(line: str, before: list[str], entries: set[str]) -> str:
    """A line of the list of contents without its page number; an entry may end on a second line."""
    cut = line.rstrip("0123456789")
    if cut != line and (cut in entries or any("".join((*before[-k:], cut)) in entries for k in (1, 2))):
        return cut
    for entry in entries:  # an entry that ends in a digit itself: "Đánh giá chung tiêu chuẩn 1"
        if line.startswith(entry) and line[len(entry) :].isdecimal():
            return entry
    return line


def no_hyphens(text: str) -> str:
    """PDF readers take a hyphen at the end of a line for a broken word."""
    return squeezed(text).replace("-", "")


def max_depth(document: Document) -> int:
    return max((b.depth for b in document.blocks if isinstance(b, Contents)), default=0)


def has_cover(document: Document) -> bool:
    return type(document.blocks[0]).__name__ == "Cover"


@pytest.mark.parametrize(("framework", "form", "empty"), CASES)
def test_docx_says_what_the_tree_says(framework, form, empty):
    document = built(framework, form, empty)
    assert words_of_docx(render(document, "docx")) == squeezed("".join(plain_lines(document)))


@pytest.mark.parametrize(("framework", "form", "empty"), CASES)
def test_pdf_says_what_the_tree_says_and_nothing_more(framework, form, empty):
    document = built(framework, form, empty)
    left = no_hyphens(words_of_pdf(render(document, "pdf"), document))
    headers = {no_hyphens(c.text) for t in document.tables() for row in t.header for c in row.cells}
    said = [line for text in plain_lines(document) if (line := no_hyphens(text))]
    numbers = [line for line in said if not any(letter.isalpha() for letter in line)]
    for line in sorted({*said, *headers} - set(numbers), key=len, reverse=True):
        assert left.count(line) >= said.count(line), line
        # Headers stand again on each page that their table goes on to; all else stands as often as in the tree.
        left = left.replace(line, "\n", -1 if line in headers else said.count(line))
    # Numbers in cells side by side run together in a PDF: their digits are counted; years may stand in headers again.
    there, wanted = Counter(left.replace("\n", "")), Counter("".join(numbers))
    assert wanted - there == Counter()
    assert set(there - wanted) <= set("".join(line for line in headers if line in numbers))


@pytest.mark.parametrize(("framework", "form", "empty"), CASES)
def test_pdf_says_it_in_the_same_order(framework, form, empty):
    document = built(framework, form, empty)
    said = no_hyphens(words_of_pdf(render(document, "pdf"), document))
    place = 0
    for block in document.blocks:
        if isinstance(block, Contents):
            texts = [heading.text for heading in document.outline(block.depth)]
        elif isinstance(block, Table):
            texts = [c.text for row in block.header for c in row.cells if c.rowspan == 1]
        else:
            texts = list(plain_lines(Document("", (block,))))
        for text in map(no_hyphens, texts):
            assert text in said[place:], text
            place = said.index(text, place) + len(text)


@pytest.mark.parametrize(("framework", "form", "empty"), CASES)
def test_the_same_value_gives_the_same_bytes(framework, form, empty):
    document = built(framework, form, empty)
    for file_format in ("docx", "pdf"):
        assert render(document, file_format) == render(built(framework, form, empty), file_format)


@pytest.mark.parametrize(
    ("framework", "form"), [("tt57-2026-pho-thong", "tt57-bieu-1"), ("tt17-2018-tieu-hoc", "report-2018")]
)
def test_contents_of_word_begin_with_the_pages_of_the_pdf(framework, form):
    """Word counts anew when it opens the file; until then its list shows where the headings stand in the PDF."""
    document = built(framework, form, False)
    outline = [item for item in pypdfium2.PdfDocument(render(document, "pdf")).get_toc() if item.level < 3]
    pages = [item.get_dest().get_index() + 1 for item in outline]
    assert pdf.heading_pages(document) == pages
    written = [
        [t.text for t in p.iter(f"{W}t")][-1]
        for p in docx_xml(render(document, "docx")).iter(f"{W}p")
        if (style := p.find(f"{W}pPr/{W}pStyle")) is not None and style.get(f"{W}val", "").startswith("TOC")
    ]
    assert [int(number) for number in written] == pages
    settings = docx_xml(render(document, "docx"), "word/settings.xml")
    assert settings.find(f"{W}updateFields") is not None
