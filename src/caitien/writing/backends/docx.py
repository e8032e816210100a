"""DOCX from the document tree, the file's XML written directly: no template with foreign styles, and fast for long tables.

python-docx and Word agree on what comes out; python-docx is not used for writing because its table interface takes
seconds for two hundred rows. Order of elements follows ISO/IEC 29500-1 (wml.xsd), which Word insists on.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from caitien.writing.backends import docx_parts
from caitien.writing.document import (
    Align,
    Block,
    Contents,
    Cover,
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
from caitien.writing.face import balanced, length_mm
from caitien.writing.grid import Placed, place
from caitien.writing.keys import MARK
from caitien.writing.layout import (
    CELL_PADDING_MM,
    COVER_ROWS,
    COVER_SPARE,
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
    yield "word/settings.xml", docx_parts.settings(document)
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
        self.bookmarks = count(1)
        self.first_section = True
        self.table_text = docx_parts.table_text_size(document)
        self.after_cover = False
        self.headings = count()
        self.deepest = max((b.depth for b in document.blocks if isinstance(b, Contents)), default=0)

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
                mark = self.bookmark(_toc(next(self.headings))) if block.level <= self.deepest else ""
                style = f"Heading{block.level}"
                plain = Paragraph(runs, align=block.align)
                yield _paragraph(plain, style=style, page_break=block.new_page, mark=mark)
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
            case Cover():
                yield from self.cover(block)
            case Contents():
                yield from self.contents(block)
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
        signer = _signer(block.role, block.name)
        if block.left_role:
            recipients = _signer(block.left_role, block.left_name)
        yield _paragraph(Paragraph((), size=6, keep_with_next=True))
        yield _bare_table((left, right), [(recipients, signer)])
        yield _paragraph(Paragraph((), size=1))

    def cover(self, block: Cover) -> Iterator[str]:
        """One table as high as the page, its border the frame, and the end of a section that has no page number."""
        margins = self.document.margins
        width, height = text_width(self.orientation, margins), text_height(self.orientation, margins) - COVER_SPARE
        top, _, foot = COVER_ROWS
        inner = width - 2 * CELL_PADDING_MM
        kind = balanced(block.kind, inner, SIZES.cover_kind, bold=True)
        subject = balanced(block.subject, inner, SIZES.cover_subject, bold=True)
        parts: tuple[tuple[float, str, list[Paragraph]], ...] = (
            (
                top,
                "top",
                [
                    Paragraph((Run(block.parent),), align="center", size=SIZES.cover, before=12),
                    Paragraph((Run(block.issuer, bold=True),), align="center", size=SIZES.cover, before=2),
                ],
            ),
            (
                height - top - foot,
                "center",
                [
                    _centred("\n".join(kind), bold=True, size=SIZES.cover_kind),
                    Paragraph(
                        (Run("\n".join(subject), bold=True),), align="center", size=SIZES.cover_subject, before=8
                    ),
                ],
            ),
            (foot, "bottom", [Paragraph((Run(block.foot, bold=True),), align="center", size=SIZES.cover, after=12)]),
        )
        sides = "".join(
            f'<w:{side} w:val="double" w:sz="6" w:space="0" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right")
        )
        yield (
            f'<w:tbl><w:tblPr><w:tblW w:w="{_twips(width)}" w:type="dxa"/><w:jc w:val="center"/>'
            f"{f'<w:tblBorders>{sides}</w:tblBorders>' if block.framed else ''}"
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="{_twips(width)}"/></w:tblGrid>'
        )
        for tall, vertical, paragraphs in parts:
            yield (
                f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_twips(tall)}" w:hRule="exact"/></w:trPr><w:tc><w:tcPr>'
                f'<w:tcW w:w="{_twips(width)}" w:type="dxa"/><w:vAlign w:val="{vertical}"/></w:tcPr>'
            )
            yield from (_paragraph(paragraph) for paragraph in paragraphs)
            yield "</w:tc></w:tr>"
        yield "</w:tbl>"
        small = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        yield f"<w:p><w:pPr>{small}{self.section(numbered=False)}</w:pPr></w:p>"

    def contents(self, block: Contents) -> Iterator[str]:
        """Word's own field, its result written out with the page numbers of the PDF until Word counts its own pages."""
        from caitien.writing.backends.pdf import heading_pages

        pages = heading_pages(self.document)
        every = enumerate(zip(self.document.outline(self.deepest), pages, strict=True))
        entries = [(_toc(n), heading, page) for n, (heading, page) in every if heading.level <= block.depth]
        for n, (name, heading, page) in enumerate(entries):
            begin = _field("begin", f" TOC \\o &quot;1-{block.depth}&quot; \\h \\z \\u ") if n == 0 else ""
            end = _field("end") if n == len(entries) - 1 else ""
            asked = _field("begin", f" PAGEREF {name} \\h ")
            number = f"{asked}<w:r><w:t>{page}</w:t></w:r>{_field('end')}"
            yield (
                f'<w:p><w:pPr><w:pStyle w:val="TOC{heading.level}"/></w:pPr>{begin}'
                f'<w:hyperlink w:anchor="{name}" w:history="1">'
                f'<w:r><w:t xml:space="preserve">{escape(heading.text)}</w:t></w:r><w:r><w:tab/></w:r>{number}'
                f"</w:hyperlink>{end}</w:p>"
            )

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
            for n, (row, line) in enumerate(zip(rows, place(rows, len(widths)), strict=True)):
                keep = table.together and (is_header or n < len(rows) - 1)
                own = [p for p in line if not p.part][: len(row.cells)]
                spans = [sum(millimetres[p.column : p.column + p.colspan]) for p in own]
                whole = is_header or not may_break(row, spans, table.size, height)
                yield _row_start(whole=whole, header=is_header, height=row.height)
                for placed in line:
                    yield from self.table_cell(placed, widths, table.size, keep=keep)
                yield "</w:tr>"
        yield "</w:tbl>"

    def table_cell(self, placed: Placed, widths: list[int], size: float, *, keep: bool = False) -> Iterator[str]:
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
            shown = cell.paragraphs
            if size != self.table_text:  # Word's one style of table text has the size of the first table
                shown = tuple(replace(p, size=p.size or size) for p in shown)
            if keep:
                shown = tuple(replace(p, keep_with_next=True) for p in shown)
            yield from self.keyed(shown, style="TableText")
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
            mark = self.mark(paragraph) if begins else ""
            if paragraph.anchor:
                mark = self.bookmark(paragraph.anchor) + mark
            yield _paragraph(paragraph, style=style, mark=mark)

    def mark(self, paragraph: Paragraph) -> str:
        key = paragraph.key or ""
        return (
            f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr((paragraph.label or key)[:64])}/><w:tag w:val={quoteattr(key)}/>"
            f'<w:id w:val="{next(self.ids)}"/><w15:appearance w15:val="hidden"/></w:sdtPr>'
            f"<w:sdtContent><w:r><w:t>{MARK}</w:t></w:r></w:sdtContent></w:sdt>"
        )

    def bookmark(self, name: str) -> str:
        """A place that links of the document lead to."""
        number = next(self.bookmarks)
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'

    # --- sections

    def section(self, *, numbered: bool = True) -> str:
        """The properties of the section that ends here: paper, margins, page numbers."""
        width, height = page_size(self.orientation)
        margins = self.document.margins
        turned = ' w:orient="landscape"' if self.orientation == "landscape" else ""
        headers = '<w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId5"/>'
        first = "<w:titlePg/>" if self.first_section else ""
        if not numbered:
            headers, first = headers.replace("rId4", "rId5"), ""
        elif self.after_cover:
            first = ""
        xml = (
            f"<w:sectPr>{headers if self.first_section or self.after_cover or not numbered else ''}"
            f'<w:type w:val="nextPage"/><w:pgSz w:w="{_twips(width)}" w:h="{_twips(height)}"{turned}/>'
            f'<w:pgMar w:top="{_twips(margins.top)}" w:right="{_twips(margins.right)}"'
            f' w:bottom="{_twips(margins.bottom)}" w:left="{_twips(margins.left)}"'
            f' w:header="{_twips(docx_parts.HEADER_MM)}" w:footer="{_twips(docx_parts.HEADER_MM)}" w:gutter="0"/>'
            f"{first}</w:sectPr>"
        )
        self.first_section = False
        self.after_cover = not numbered
        return xml


def _row_start(*, whole: bool, header: bool, height: float) -> str:
    properties = "<w:cantSplit/>" if whole else ""
    properties += f'<w:trHeight w:val="{_twips(height)}" w:hRule="atLeast"/>' if height else ""
    properties += "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr>{properties}</w:trPr>" if properties else "<w:tr>"


def _signer(role: Iterable[str], name: str) -> list[str]:
    lines = [_paragraph(_centred(line, bold=True, size=SIZES.signer, keep_with_next=True)) for line in role]
    signed = Paragraph((Run(name, bold=True),), align="center", size=SIZES.signer, before=SIGNATURE_SPACE_PT)
    return [*lines, _paragraph(signed)]


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
    elif paragraph.align == "center":
        properties.append('<w:ind w:firstLine="0"/><w:jc w:val="center"/>')
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
    shown = f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{text}</w:r>"
    if run.link is None:
        return shown
    if run.link.startswith("#"):
        return f'<w:hyperlink w:anchor={quoteattr(run.link[1:])} w:history="1">{shown}</w:hyperlink>'
    # An address as a field: a relationship would want a part of the package that the body knows of.
    address = escape(run.link, {'"': "%22", "\\": "%5C"})
    return f"{_field('begin', f' HYPERLINK &quot;{address}&quot; ')}{shown}{_field('end')}"


def _field(kind: str, instruction: str | None = None) -> str:
    """A mark of a field; with an instruction, all that stands before the field's result."""
    mark = f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
    if instruction is None:
        return mark
    return f'{mark}<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>{_field("separate")}'


def _toc(number: int) -> str:
    return f"_Toc{number + 1:06d}"


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
