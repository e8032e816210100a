"""DOCX from the document tree, the file's XML written directly: no template with foreign styles, and fast for long tables.

python-docx and Word agree on what comes out; python-docx is not used for writing because its table interface takes
seconds for two hundred rows. Order of elements follows ISO/IEC 29500-1 (wml.xsd), which Word insists on.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from caitien.writing.backends import docx_parts
from caitien.writing.document import (
    Align,
    Block,
    Document,
    Heading,
    Letterhead,
    ListItem,
    NewSection,
    Orientation,
    PageBreak,
    Paragraph,
    Run,
    SignatureBlock,
    Table,
    Title,
    page_size,
    text_height,
    text_width,
)
from caitien.writing.face import length_mm
from caitien.writing.grid import Placed, place
from caitien.writing.keys import MARK
from caitien.writing.layout import (
    CELL_PADDING_MM,
    LETTERHEAD_LEFT,
    SIGNATURE_LEFT,
    SIGNATURE_SPACE_PT,
    SIZES,
    heading_lines,
    may_break,
    share,
)

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every member of the archive: the same plan gives the same bytes."""

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def render(document: Document) -> bytes:
    """The document as a DOCX file."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in _members(document):
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, text.encode("utf-8"))
    return buffer.getvalue()


def _members(document: Document) -> Iterator[tuple[str, str]]:
    yield "[Content_Types].xml", docx_parts.CONTENT_TYPES
    yield "_rels/.rels", docx_parts.PACKAGE_RELATIONSHIPS
    yield "docProps/core.xml", docx_parts.core_properties(document)
    yield "docProps/app.xml", docx_parts.APP_PROPERTIES
    yield "word/document.xml", _Body(document).xml()
    yield "word/_rels/document.xml.rels", docx_parts.DOCUMENT_RELATIONSHIPS
    yield "word/styles.xml", docx_parts.styles(document)
    yield "word/settings.xml", docx_parts.SETTINGS
    yield "word/fontTable.xml", docx_parts.FONT_TABLE
    yield "word/header1.xml", docx_parts.PAGE_NUMBER_HEADER
    yield "word/header2.xml", docx_parts.EMPTY_HEADER


def _twips(mm: float) -> int:
    return round(mm * 1440 / 25.4)


class _Body:
    """Writes `word/document.xml`; holds what changes on the way: the orientation and the ids of content controls."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.orientation: Orientation = document.orientation
        self.ids = count(1)
        self.first_section = True

    def xml(self) -> str:
        parts = [docx_parts.DOCUMENT_START]
        for index, block in enumerate(self.document.blocks):
            parts.extend(self.block(block, last=index == len(self.document.blocks) - 1))
        parts.append(self.section())
        parts.append("</w:body></w:document>")
        return "".join(parts)

    def block(self, block: Block, *, last: bool) -> Iterator[str]:
        match block:
            case Paragraph():
                yield from self.keyed([block])
            case ListItem():
                marked = (Run(f"{block.marker} "), *block.runs)
                yield from self.keyed([Paragraph(marked, first_line=10, before=3, key=block.key)])
            case Heading():
                runs = (Run(block.text, bold=True),)
                yield _paragraph(Paragraph(runs), style=f"Heading{block.level}", page_break=block.new_page)
            case Letterhead():
                yield from self.letterhead(block)
            case Title():
                yield from self.title(block)
            case Table():
                yield from self.table(block)
                if last:
                    yield _paragraph(Paragraph((), size=1))
            case SignatureBlock():
                yield from self.signature(block)
            case PageBreak():
                yield '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
            case NewSection():
                small = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
                yield f"<w:p><w:pPr>{small}{self.section()}</w:pPr></w:p>"
                self.orientation = block.orientation

    # --- letterhead, title, signature

    def letterhead(self, block: Letterhead) -> Iterator[str]:
        width = text_width(self.orientation, self.document.margins)
        left, right = share(width, (LETTERHEAD_LEFT[self.orientation], 1 - LETTERHEAD_LEFT[self.orientation]))
        margins = self.document.margins
        parent = heading_lines(block.parent, left / width, self.orientation, margins, SIZES.parent, bold=False)
        name = heading_lines(block.issuer, left / width, self.orientation, margins, SIZES.issuer)
        issuer = [
            _paragraph(_centred("\n".join(parent), size=SIZES.parent)),
            _paragraph(_centred("\n".join(name), bold=True, size=SIZES.issuer)),
            _rule(0.4 * max(length_mm(line, SIZES.issuer, bold=True) for line in name), left),
        ]
        nation = [
            _paragraph(_centred(block.nation, bold=True, size=SIZES.nation)),
            _paragraph(_centred(block.motto, bold=True, size=SIZES.motto)),
            _rule(length_mm(block.motto, SIZES.motto, bold=True), right),
        ]
        number = [_paragraph(_centred(block.number, size=SIZES.number))]
        date = [_paragraph(_centred(block.place_and_date, italic=True, size=SIZES.place_and_date))]
        yield _bare_table((left, right), [(issuer, nation), (number, date)])

    def title(self, block: Title) -> Iterator[str]:
        width = text_width(self.orientation, self.document.margins)
        kind = Paragraph((Run(block.kind, bold=True),), align="center", size=SIZES.kind, before=14, keep_with_next=True)
        yield _paragraph(kind, style="Title")
        subject = heading_lines(block.subject, 0.9, self.orientation, self.document.margins, SIZES.subject)
        yield _paragraph(_centred("\n".join(subject), bold=True, size=SIZES.subject, keep_with_next=True))
        longest = max(length_mm(line, SIZES.subject, bold=True) for line in subject)
        yield _rule(0.4 * longest, width, after=6)

    def signature(self, block: SignatureBlock) -> Iterator[str]:
        width = text_width(self.orientation, self.document.margins)
        left, right = share(width, (SIGNATURE_LEFT[self.orientation], 1 - SIGNATURE_LEFT[self.orientation]))
        title = (Run(block.recipients_title, bold=True, italic=True),)
        recipients = [_paragraph(Paragraph(title, align="left", size=SIZES.recipients_title))]
        recipients += [
            _paragraph(Paragraph((Run(line),), align="left", size=SIZES.recipients)) for line in block.recipients
        ]
        signer = [_paragraph(_centred(line, bold=True, size=SIZES.signer, keep_with_next=True)) for line in block.role]
        name = Paragraph((Run(block.name, bold=True),), align="center", size=SIZES.signer, before=SIGNATURE_SPACE_PT)
        signer.append(_paragraph(name))
        yield _paragraph(Paragraph((), size=6, keep_with_next=True))
        yield _bare_table((left, right), [(recipients, signer)])
        yield _paragraph(Paragraph((), size=1))

    # --- tables

    def table(self, table: Table) -> Iterator[str]:
        width = text_width(self.orientation, self.document.margins)
        millimetres = share(width, table.widths)
        widths = [_twips(mm) for mm in millimetres]
        height = text_height(self.orientation, self.document.margins)
        padding = _twips(CELL_PADDING_MM)
        yield (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
            f'<w:left w:w="{padding}" w:type="dxa"/><w:right w:w="{padding}" w:type="dxa"/></w:tblCellMar>'
            f'<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
            f' w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val={quoteattr(table.name)}/></w:tblPr>'
        )
        yield "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{w}"/>' for w in widths) + "</w:tblGrid>"
        for rows, is_header in ((table.header, True), (table.rows, False)):
            for row, line in zip(rows, place(rows, len(widths)), strict=True):
                own = [p for p in line if not p.part][: len(row.cells)]
                spans = [sum(millimetres[p.column : p.column + p.colspan]) for p in own]
                whole = is_header or not may_break(row, spans, table.size, height)
                yield _row_start(whole=whole, header=is_header, height=row.height)
                for placed in line:
                    yield from self.table_cell(placed, widths, table.size)
                yield "</w:tr>"
        yield "</w:tbl>"

    def table_cell(self, placed: Placed, widths: list[int], size: float) -> Iterator[str]:
        cell = placed.cell
        width = sum(widths[placed.column : placed.column + placed.colspan])
        span = f'<w:gridSpan w:val="{placed.colspan}"/>' if placed.colspan > 1 else ""
        merge = ""
        if placed.rowspan > 1:
            merge = "<w:vMerge/>" if placed.part else '<w:vMerge w:val="restart"/>'
        middle = '<w:vAlign w:val="center"/>' if cell.valign == "middle" else ""
        yield f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{middle}</w:tcPr>'
        if placed.part or not cell.paragraphs:
            yield _paragraph(Paragraph((), size=size), style="TableText")
        else:
            yield from self.keyed(cell.paragraphs, style="TableText")
        yield "</w:tc>"

    # --- paragraphs

    def keyed(self, paragraphs: Iterable[Paragraph], style: str | None = None) -> Iterator[str]:
        """Paragraphs; where a field begins, its key stands before its words in a content control of no width.

        The control does not hold the words themselves: Word shows both the same, but python-docx and what is built on it
        read only what stands outside of controls, and would find every cell empty. Nothing is locked: a locked control
        forbids deleting its row. How such a file is read back: `caitien.writing.keys`.
        """
        before: str | None = None
        for paragraph in paragraphs:
            begins = paragraph.key is not None and paragraph.key != before
            before = paragraph.key
            yield _paragraph(paragraph, style=style, mark=self.mark(paragraph) if begins else "")

    def mark(self, paragraph: Paragraph) -> str:
        key = paragraph.key or ""
        return (
            f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr((paragraph.label or key)[:64])}/><w:tag w:val={quoteattr(key)}/>"
            f'<w:id w:val="{next(self.ids)}"/><w15:appearance w15:val="hidden"/></w:sdtPr>'
            f"<w:sdtContent><w:r><w:t>{MARK}</w:t></w:r></w:sdtContent></w:sdt>"
        )

    # --- sections

    def section(self) -> str:
        """The properties of the section that ends here: paper, margins, page numbers."""
        width, height = page_size(self.orientation)
        margins = self.document.margins
        turned = ' w:orient="landscape"' if self.orientation == "landscape" else ""
        headers = '<w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId5"/>'
        first = "<w:titlePg/>" if self.first_section else ""
        xml = (
            f"<w:sectPr>{headers if self.first_section else ''}"
            f'<w:type w:val="nextPage"/><w:pgSz w:w="{_twips(width)}" w:h="{_twips(height)}"{turned}/>'
            f'<w:pgMar w:top="{_twips(margins.top)}" w:right="{_twips(margins.right)}"'
            f' w:bottom="{_twips(margins.bottom)}" w:left="{_twips(margins.left)}"'
            f' w:header="{_twips(docx_parts.HEADER_MM)}" w:footer="{_twips(docx_parts.HEADER_MM)}" w:gutter="0"/>'
            f"{first}</w:sectPr>"
        )
        self.first_section = False
        return xml


def _row_start(*, whole: bool, header: bool, height: float) -> str:
    properties = "<w:cantSplit/>" if whole else ""
    properties += f'<w:trHeight w:val="{_twips(height)}" w:hRule="atLeast"/>' if height else ""
    properties += "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr>{properties}</w:trPr>" if properties else "<w:tr>"


def _centred(
    text: str, *, size: float, bold: bool = False, italic: bool = False, keep_with_next: bool = False
) -> Paragraph:
    return Paragraph((Run(text, bold, italic),), align="center", size=size, keep_with_next=keep_with_next)


_JC: dict[Align, str] = {"left": "left", "center": "center", "right": "right", "justify": "both"}


def _paragraph(paragraph: Paragraph, *, style: str | None = None, page_break: bool = False, mark: str = "") -> str:
    properties = [f'<w:pStyle w:val="{style}"/>'] if style else []
    if paragraph.keep_with_next:
        properties.append("<w:keepNext/>")
    if page_break:
        properties.append("<w:pageBreakBefore/>")
    if not style or paragraph.before or paragraph.after:
        properties.append(
            f'<w:spacing w:before="{round(paragraph.before * 20)}" w:after="{round(paragraph.after * 20)}"/>'
        )
    if paragraph.indent or paragraph.first_line:
        properties.append(f'<w:ind w:left="{_twips(paragraph.indent)}" w:firstLine="{_twips(paragraph.first_line)}"/>')
    if not (style or "").startswith("Heading"):
        properties.append(f'<w:jc w:val="{_JC[paragraph.align]}"/>')
    if not paragraph.runs and paragraph.size:
        properties.append(f'<w:rPr><w:sz w:val="{round(paragraph.size * 2)}"/></w:rPr>')
    runs = "".join(_run(run, paragraph.size) for run in paragraph.runs)
    return f"<w:p><w:pPr>{''.join(properties)}</w:pPr>{mark}{runs}</w:p>"


def _run(run: Run, size: float | None) -> str:
    if not run.text:
        return ""
    look = "<w:b/><w:bCs/>" if run.bold else ""
    look += "<w:i/><w:iCs/>" if run.italic else ""
    if size:
        look += f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
    look += '<w:u w:val="single"/>' if run.underline else ""
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in run.text.split("\n"))
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{text}</w:r>"


def _rule(length: float, width: float, *, after: float = 0) -> str:
    """A drawn line of this length in mm in the middle of this width: an empty paragraph's upper border."""
    side = max(0, _twips((width - length) / 2))
    return (
        '<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        f'<w:spacing w:before="20" w:after="{round(after * 20)}" w:line="80" w:lineRule="exact"/>'
        f'<w:ind w:left="{side}" w:right="{side}"/><w:rPr><w:sz w:val="4"/></w:rPr></w:pPr></w:p>'
    )


def _bare_table(widths: Iterable[float], rows: list[tuple[list[str], ...]]) -> str:
    """A table without rules, for what stands side by side; its rows are not cut by a page's end."""
    twips = [_twips(mm) for mm in widths]
    parts = [
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>',
        "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{w}"/>' for w in twips) + "</w:tblGrid>",
    ]
    for row in rows:
        parts.append("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
        for width, content in zip(twips, row, strict=True):
            parts.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(content)}</w:tc>')
        parts.append("</w:tr>")
    parts.append("</w:tbl>")
    return "".join(parts)
