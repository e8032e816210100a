"""PDF from the document tree, set by Typst with the faces that come with the package (no font of the machine is used).

Every text goes into the Typst source as a string literal, so that nothing a user wrote is ever read as Typst's markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from caitien.writing.document import (
    Block,
    Cell,
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
    Row,
    Run,
    SignatureBlock,
    Table,
    Title,
    page_size,
    text_height,
    text_width,
)
from caitien.writing.face import balanced, length_mm
from caitien.writing.grid import place
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

MIME = "application/pdf"
FONTS = Path(__file__).resolve().parent.parent / "fonts"
FACE = "Liberation Serif"
ASCENT_EM, DESCENT_EM, LINE_GAP_EM = 0.891, 0.216, 0.042
"""Of the face (and of Times New Roman): lines stand as far apart as in Word at single spacing."""

_UNBROKEN = re.compile(r"[^\s-]{6,}-?")
_BREAK_HERE = "\N{ZERO WIDTH SPACE}"


def render(document: Document) -> bytes:
    """The document as a PDF file: tagged, with bookmarks, language Vietnamese, the same bytes for the same plan."""
    import typst

    compiled = typst.Compiler(input=source(document).encode("utf-8"), root=str(FONTS), font_paths=_fonts()).compile(
        format="pdf"
    )
    return cast(bytes, compiled)


def source(document: Document) -> str:
    """The document as Typst source."""
    return "\n".join(_Source(document).parts())


def heading_pages(document: Document) -> list[int]:
    """The page of each heading that the document's list of contents names, in order.

    Set without page numbers and links, so that nothing on a page depends on another: Typst needs a third of the time.
    """
    import json

    import typst

    depth = max((b.depth for b in document.blocks if isinstance(b, Contents)), default=0)
    asked = (
        f"#context [#metadata(query(heading).filter(h => h.level <= {depth}).map(h => h.location().page())) <pages>]"
    )
    text = "\n".join([*_Source(document, numbered=False).parts(), asked])
    compiler = typst.Compiler(input=text.encode("utf-8"), root=str(FONTS), font_paths=_fonts())
    return cast("list[int]", json.loads(compiler.query("<pages>", field="value", one=True)))


@cache
def _fonts() -> Any:
    """Only the faces of the package: neither the machine's nor Typst's own."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


_PRELUDE = f"""
#set text(font: "{FACE}", lang: "vi", region: "VN", hyphenate: false, overhang: false, top-edge: {ASCENT_EM}em, bottom-edge: -{DESCENT_EM}em)
#set par(leading: {LINE_GAP_EM}em, spacing: {LINE_GAP_EM}em)
#set table(stroke: 0.5pt, inset: (x: {CELL_PADDING_MM}mm, y: 2pt))
#set grid(inset: 0pt)
#let sized(size, body) = if size == none {{ body }} else {{ text(size: size, body) }}
#let para(body, align-to: left, justify: false, size: none, indent: 0mm, first: 0mm, before: 0pt, after: 0pt, sticky: false) = block(
  above: before, below: after, width: 100%, sticky: sticky, breakable: true, inset: (left: indent),
  align(align-to, sized(size, par(justify: justify, first-line-indent: (amount: first, all: true), body))))
#let head(level, before, new-page, body, centred: false) = {{
  if new-page {{ pagebreak(weak: true) }}
  block(above: before, below: 3pt, width: 100%, sticky: true, inset: (left: if centred {{ 0mm }} else {{ 10mm }}),
    align(if centred {{ center }} else {{ left }}, heading(level: level, outlined: true, body)))
}}
#let ruled(body, part) = context {{
  let length = measure(body).width * part
  block(above: 0pt, below: 0pt, width: 100%, height: 5pt, align(center + top, line(start: (0pt, 2pt), length: length, stroke: 0.6pt)))
}}
"""


class _Source:
    """Writes the Typst source; holds what changes on the way: the orientation of the page."""

    def __init__(self, document: Document, *, numbered: bool = True) -> None:
        self.document = document
        self.orientation: Orientation = document.orientation
        self.numbered = numbered

    def parts(self) -> Iterator[str]:
        document = self.document
        yield (
            f"#set document(title: {_string(document.title)}, author: {_string(document.author)},"
            f" description: {_string(document.subject)}, date: none)"
        )
        yield _PRELUDE
        yield f"#let lead(place, body) = {'link(place, body)' if self.numbered else 'body'}"
        yield f"#set text(size: {document.size}pt)\n#show heading: set text(size: {document.size}pt)"
        yield self.page()
        for block in document.blocks:
            yield from self.block(block)

    def page(self) -> str:
        """Paper, margins, and the page number in the middle of the top margin, from the second page on."""
        width, height = page_size(self.orientation)
        m = self.document.margins
        number = f"align(center, text(size: {SIZES.page_number}pt, counter(page).display()))"
        return (
            f"#set page(width: {width}mm, height: {height}mm, margin: (top: {m.top}mm, bottom: {m.bottom}mm,"
            f' left: {m.left}mm, right: {m.right}mm), numbering: "1", footer: none, header-ascent: 4mm,'
            f" header: {f'context if here().page() > 1 {{ {number} }}' if self.numbered else 'none'})"
        )

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph():
                yield f"#{_paragraph(block)}"
            case ListItem():
                marked = Paragraph((Run(f"{block.marker} "), *block.runs), first_line=10, before=3)
                yield f"#{_paragraph(marked)}"
            case Heading():
                before = 10 if block.level == 1 else 6
                new_page = "true" if block.new_page else "false"
                centred = ", centred: true" if block.align == "center" else ""
                yield f"#head({block.level}, {before}pt, {new_page}, {_text(block.text)}{centred})"
            case Letterhead():
                yield from self.letterhead(block)
            case Title():
                yield from self.title(block)
            case Table():
                yield from self.table(block)
            case SignatureBlock():
                yield from self.signature(block)
            case Cover():
                yield from self.cover(block)
            case Contents():
                yield from self.contents(block)
            case PageBreak():
                yield "#pagebreak()"
            case NewSection():
                self.orientation = block.orientation
                yield self.page()

    def letterhead(self, block: Letterhead) -> Iterator[str]:
        part = LETTERHEAD_LEFT[self.orientation]
        margins = self.document.margins
        name = heading_lines(block.issuer, part, self.orientation, margins, SIZES.issuer)
        over = heading_lines(block.parent, part, self.orientation, margins, SIZES.parent, bold=False)
        parent = _text("\n".join(over), size=SIZES.parent)
        issuer = _text("\n".join(name), size=SIZES.issuer, bold=True)
        motto = _text(block.motto, size=SIZES.motto, bold=True)
        yield (
            f"#grid(columns: ({part}fr, {1 - part}fr), align: center, row-gutter: 4pt,\n"
            f"{{ {_centred(parent)}\n{_centred(issuer)}\nruled({issuer}, 40%) }},\n"
            f"{{ {_centred(_text(block.nation, size=SIZES.nation, bold=True))}\n{_centred(motto)}\nruled({motto}, 100%) }},\n"
            f"{_centred(_text(block.number, size=SIZES.number))},\n"
            f"{_centred(_text(block.place_and_date, size=SIZES.place_and_date, italic=True))})"
        )

    def title(self, block: Title) -> Iterator[str]:
        cut = heading_lines(block.subject, 0.9, self.orientation, self.document.margins, SIZES.subject)
        subject = _text("\n".join(cut), size=SIZES.subject, bold=True)
        kind = _text(block.kind, size=SIZES.kind, bold=True)
        yield f"#para(align-to: center, before: 14pt, sticky: true, {kind})"
        yield f"#para(align-to: center, sticky: true, {subject})"
        yield f"#ruled({subject}, 38%)"
        yield "#v(4pt)"

    def signature(self, block: SignatureBlock) -> Iterator[str]:
        part = SIGNATURE_LEFT[self.orientation]
        left = [_para(_text(block.recipients_title, size=SIZES.recipients_title, bold=True, italic=True))]
        left += [_para(_text(line, size=SIZES.recipients)) for line in block.recipients]
        right = _signer(block.role, block.name)
        if block.left_role:
            left = _signer(block.left_role, block.left_name)
        yield (
            f"#block(above: 10pt, breakable: false, width: 100%, grid(columns: ({part}fr, {1 - part}fr),\n"
            f"{{ {_lines(left)} }},\n{{ {_lines(right)} }}))"
        )

    def contents(self, block: Contents) -> Iterator[str]:
        look = f"set text(size: {SIZES.contents}pt)\nset block(above: 1pt, below: 1pt)\n"
        if not self.numbered:
            yield f"#{{ {look}"
            for heading in self.document.outline(block.depth):
                yield (
                    f"block(width: 100%, inset: (left: {6 * (heading.level - 1)}mm),"
                    f' {_text(heading.text)} + [ ] + box(width: 1fr) + [ ] + text("00"))'
                )
            yield "}"
            return
        yield (
            "#{ set outline.entry(fill: box(width: 1fr, line(length: 100%, stroke: (thickness: 0.6pt,"
            f' dash: "loosely-dotted"))))\nshow outline.entry: set block(above: 1pt, below: 1pt)\n{look}outline(title: none, depth: {block.depth}, indent: 6mm) }}'
        )

    def cover(self, block: Cover) -> Iterator[str]:
        margins = self.document.margins
        height = text_height(self.orientation, margins) - COVER_SPARE
        inner = text_width(self.orientation, margins) - 2 * CELL_PADDING_MM
        kind = "\n".join(balanced(block.kind, inner, SIZES.cover_kind, bold=True))
        subject = "\n".join(balanced(block.subject, inner, SIZES.cover_subject, bold=True))
        top, _, foot = COVER_ROWS
        cells = (
            f"align(center + top, {{ v(12pt)\n{_centred(_text(block.parent, size=SIZES.cover))}\n"
            f"{_centred(_text(block.issuer, size=SIZES.cover, bold=True))} }})",
            f"align(center + horizon, {{ {_centred(_text(kind, size=SIZES.cover_kind, bold=True))}\nv(8pt)\n"
            f"{_centred(_text(subject, size=SIZES.cover_subject, bold=True))} }})",
            f"align(center + bottom, {{ {_centred(_text(block.foot, size=SIZES.cover, bold=True))}\nv(12pt) }})",
        )
        frame = "rect(width: 100%, height: 100%, stroke: 0.75pt, inset: 1.5pt, rect(width: 100%, height: 100%, stroke: 0.75pt, inset: 0pt, {}))"
        grid = f"grid(columns: (1fr,), rows: ({top}mm, 1fr, {foot}mm),\n" + ",\n".join(cells) + ")"
        framed = frame.format(grid) if block.framed else grid
        yield f"#page(header: none, block(width: 100%, height: {height}mm, {framed}))"

    def table(self, table: Table) -> Iterator[str]:
        widths = share(text_width(self.orientation, self.document.margins), table.widths)
        columns = ", ".join(f"{w:.3f}mm" for w in widths)
        whole = ("block(breakable: false, ", ")") if table.together else ("", "")
        yield f"#{{ set text(size: {table.size}pt)\n{whole[0]}table(columns: ({columns}),\ntable.header(repeat: true,"
        yield from self.rows(table.header, 0, widths, table.size)
        yield "),"
        yield from self.rows(table.rows, len(table.header), widths, table.size)
        yield f"){whole[1]} }}"

    def rows(self, rows: tuple[Row, ...], first: int, widths: list[float], size: float) -> Iterator[str]:
        height = text_height(self.orientation, self.document.margins)
        for row, line in zip(rows, place(rows, len(widths)), strict=True):
            own = [p for p in line if not p.part]
            spans_mm = [sum(widths[p.column : p.column + p.colspan]) for p in own][: len(row.cells)]
            breakable = "true" if may_break(row, spans_mm, size, height) else "false"
            for n, placed in enumerate(own):
                spans = f", colspan: {placed.colspan}" if placed.colspan > 1 else ""
                spans += f", rowspan: {placed.rowspan}" if placed.rowspan > 1 else ""
                width = sum(widths[placed.column : placed.column + placed.colspan])
                vertical = "horizon" if placed.cell.valign == "middle" else "top"
                content = _cell(placed.cell, width, size)
                if row.height and not n:
                    content = f"grid(columns: (0pt, 1fr), box(height: {row.height}mm), {content})"
                cut = "true" if placed.rowspan > 1 else breakable
                yield (
                    f"table.cell(x: {placed.column}, y: {first + placed.row}{spans},"
                    f" align: {placed.cell.align.replace('justify', 'left')} + {vertical}, breakable: {cut}, {content}),"
                )


@dataclass(frozen=True, slots=True)
class Room:
    """How wide a cell is inside, in mm: what has no place to break and is wider may be broken anywhere."""

    width: float
    size: float
    bold: bool

    def cut(self, word: re.Match[str]) -> str:
        if length_mm(word[0], self.size, bold=self.bold) <= self.width:
            return word[0]
        at_slashes = word[0].replace("/", f"/{_BREAK_HERE}")
        parts = at_slashes.split(_BREAK_HERE)
        if all(length_mm(part, self.size, bold=self.bold) <= self.width for part in parts):
            return at_slashes
        return _BREAK_HERE.join(word[0])


def _cell(cell: Cell, width: float, size: float) -> str:
    """A cell's paragraphs; words longer than the cell is wide may be broken anywhere, as Word does."""
    room = Room(width - 2 * CELL_PADDING_MM, size, cell.bold)
    shown = [_anchored(p, _runs(p.runs, room=room)) for p in cell.paragraphs if p.text]
    if not shown:
        return "[]"
    if len(shown) == 1:
        return shown[0]
    return "{ " + _lines(f"par(spacing: 3pt, {text})" for text in shown) + " }"


def _paragraph(paragraph: Paragraph) -> str:
    named = [f"align-to: {paragraph.align.replace('justify', 'left')}"]
    if paragraph.align == "justify":
        named.append("justify: true")
    if paragraph.size:
        named.append(f"size: {paragraph.size}pt")
    named += [
        f"{name}: {value}{unit}"
        for name, value, unit in (
            ("indent", paragraph.indent, "mm"),
            ("first", paragraph.first_line, "mm"),
            ("before", paragraph.before, "pt"),
            ("after", paragraph.after, "pt"),
        )
        if value
    ]
    if paragraph.keep_with_next:
        named.append("sticky: true")
    return f"para({', '.join(named)}, {_anchored(paragraph, _runs(paragraph.runs))})"


def _para(text: str) -> str:
    return f"para({text})"


def _centred(text: str) -> str:
    return f"para(align-to: center, {text})"


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(parts)


def _runs(runs: tuple[Run, ...], *, room: Room | None = None) -> str:
    shown = [
        _linked(r, _text(r.text, bold=r.bold, italic=r.italic, underline=r.underline, room=room))
        for r in runs
        if r.text
    ]
    return " + ".join(shown) or "[]"


def _signer(role: Iterable[str], name: str) -> list[str]:
    lines = [_centred(_text(line, size=SIZES.signer, bold=True)) for line in role]
    return [*lines, f"v({SIGNATURE_SPACE_PT}pt)", _centred(_text(name, size=SIZES.signer, bold=True))]


def _linked(run: Run, shown: str) -> str:
    if run.link is None:
        return shown
    place = f"label({_string(run.link[1:])})" if run.link.startswith("#") else _string(run.link)
    return f"lead({place}, {shown})"


def _anchored(paragraph: Paragraph, shown: str) -> str:
    """Words that links of the document lead to: an empty piece that carries the name stands before them."""
    return f"[#metadata(none)#label({_string(paragraph.anchor)})] + {shown}" if paragraph.anchor else shown


def _text(
    text: str,
    *,
    size: float | None = None,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    room: Room | None = None,
) -> str:
    """A Typst expression that shows this text; a line feed is a line break."""
    if room is not None:
        text = _UNBROKEN.sub(room.cut, text)
    look = "".join(
        part
        for part, wanted in (
            (f"size: {size}pt, ", size),
            ('weight: "bold", ', bold),
            ('style: "italic", ', italic),
        )
        if wanted
    )
    shown = " + linebreak() + ".join(f"text({look}{_string(line)})" for line in text.split("\n"))
    return f"underline({shown})" if underline else shown


_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def _string(text: str) -> str:
    """A Typst string literal of this text (https://typst.app/docs/reference/foundations/str/#escapes)."""
    return f'"{text.translate(_ESCAPES)}"'
