"""Reads a Word document (.docx): paragraphs and tables in the order of the body, as a reader of the paper sees them.

The XML is walked directly: python-docx's cell objects cost the square of the table's size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from caitien.reading.formats.printed_text import clean
from caitien.reading.formats.word_numbering import Numbering
from caitien.reading.formats.word_styles import Style, Styles, centred_of, number_of, switch
from caitien.reading.formats.word_symbols import symbol
from caitien.reading.formats.word_tables import place_cells
from caitien.reading.legacy_fonts import LEGACY_FONT, legacy_encoding
from caitien.reading.limits import Watch
from caitien.reading.package import Package
from caitien.reading.refusals import refuse
from caitien.reading.source import Block, Paragraph, SourceDocument, Table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

P, TBL, TR, TC, R = W + "p", W + "tbl", W + "tr", W + "tc", W + "r"
_SDT, _SDT_CONTENT = W + "sdt", W + "sdtContent"
_ALTERNATE, _CHOICE, _FALLBACK = _MC + "AlternateContent", _MC + "Choice", _MC + "Fallback"
_BOX = W + "txbxContent"
_DROPPED = {W + "del", W + "moveFrom"}
_KEPT = {W + "ins", W + "moveTo"}
_WRAPPERS = _KEPT | {
    W + n for n in ("hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo", "ruby", "rubyBase")
}

NOTES = {
    "deleted": "Tệp còn theo dõi thay đổi (Track Changes): chữ đã xoá được bỏ qua, chữ mới thêm được giữ lại.",
    "hidden": "Tệp có chữ ẩn; chữ ẩn không được đọc.",
    "struck": "Tệp có chữ bị gạch ngang; chữ đó vẫn được đọc như chữ thường.",
    "embedded": "Tệp có phần nhúng từ tệp khác; phần nhúng không được đọc.",
    "pictures": "Tệp có ảnh; chữ trong ảnh không được đọc.",
}


def read(data: bytes, watch: Watch) -> SourceDocument:
    """A DOCX as a SourceDocument; raises ReadingError (bombs, macros, damage, no text, old fonts)."""
    package = Package(data, "docx", watch)
    main = package.main_part()
    root = package.xml(main)
    body = None if root is None else root.find(W + "body")
    if body is None:
        raise refuse("damaged", program="Word")
    parts = dict(package.relations(main).values())
    reader = _Reader(
        watch=watch,
        styles=Styles.from_xml(package.xml(parts["styles"]) if "styles" in parts else None),
        numbering=Numbering.from_xml(package.xml(parts["numbering"]) if "numbering" in parts else None),
        breaks_rendered=next(root.iter(W + "lastRenderedPageBreak"), None) is not None,
    )
    watch.progress(0.2, "Đang đọc tệp Word")
    blocks = reader.blocks(body)
    text = "\n".join(_texts(blocks))
    if not text.strip():
        raise refuse("no_text")
    fonts = _fonts(root, package.read(parts["styles"]) if "styles" in parts else None)
    if old := legacy_encoding(text, font_names=fonts):
        raise refuse("legacy_font", encoding=old)
    return SourceDocument(
        format="docx",
        blocks=blocks,
        pages=reader.page,
        page_sizes=reader.page_sizes(),
        notes=[NOTES[key] for key in NOTES if key in reader.seen],
    )


@dataclass(slots=True)
class _Written:
    """The visible text of a paragraph's runs while it is put together."""

    pieces: list[str] = field(default_factory=list)
    bold: int = 0  # letters in bold, letters not
    plain: int = 0
    boxes: list[Any] = field(default_factory=list)  # text boxes anchored in the paragraph

    def text(self) -> str:
        return clean("".join(self.pieces))


@dataclass(slots=True)
class _Reader:
    watch: Watch
    styles: Styles
    numbering: Numbering
    breaks_rendered: bool
    page: int = 1
    cells: int = 0
    chars: int = 0
    seen: set[str] = field(default_factory=set)  # keys of NOTES
    sections: list[tuple[int, tuple[float, float]]] = field(default_factory=list)  # last page, size in points

    # Blocks

    def blocks(self, container: Any) -> list[Block]:
        """Paragraphs and tables directly in `container` (body, content control, text box), in order."""
        found: list[Block] = []
        for i, element in enumerate(self._flat(container)):
            if i % 256 == 0:
                self.watch.check()
            if element.tag == P:
                found += self._paragraph(element)
            elif element.tag == TBL:
                found += self._table(element)
            elif element.tag == W + "sectPr":
                self._section(element)
        return found

    def _flat(self, container: Any) -> Iterator[Any]:
        """Children, with content controls, custom XML and alternate content looked through."""
        for child in container:
            tag = child.tag
            if tag == _SDT:
                content = child.find(_SDT_CONTENT)
                if content is not None:
                    yield from self._flat(content)
            elif tag in _WRAPPERS:
                yield from self._flat(child)
            elif tag == _ALTERNATE:
                chosen = _chosen(child)
                if chosen is not None:
                    yield from self._flat(chosen)
            elif tag in _DROPPED:
                self.seen.add("deleted")
            elif tag == W + "altChunk":
                self.seen.add("embedded")
            else:
                yield child

    def _paragraph(self, p: Any) -> list[Block]:
        """A paragraph as a block (none when it is blank), then what its text boxes hold."""
        if not len(p):
            return []
        properties = p.find(W + "pPr")
        style = self._style(properties)
        if switch(properties, "pageBreakBefore") and not self.breaks_rendered:
            self.page += 1
        page = self.page
        text, written = self._written(p, properties, style)
        centred = centred_of(properties)
        made: list[Block] = []
        if text:
            made.append(
                Paragraph(
                    text=text,
                    page=self.page if _breaks_first(p) else page,
                    bold=written.bold > 0 and not written.plain,
                    centred=bool(style.centred if centred is None else centred),
                )
            )
        for box in written.boxes:
            made += self.blocks(box)
        section = None if properties is None else properties.find(W + "sectPr")
        if section is not None:
            self._section(section)
            kind = section.find(W + "type")
            if not self.breaks_rendered and (kind is None or kind.get(W + "val") != "continuous"):
                self.page += 1
        return made

    # Text

    def _style(self, properties: Any | None) -> Style:
        named = None if properties is None else properties.find(W + "pStyle")
        return self.styles.get(self.styles.paragraph_default if named is None else named.get(W + "val"))

    def _written(self, p: Any, properties: Any | None, style: Style) -> tuple[str, _Written]:
        """Text of a paragraph with the number or bullet that Word draws, and what else is known of its letters."""
        written = _Written()
        self._runs(p, style, written)
        text = written.text()
        self.chars += len(text)
        if self.chars > self.watch.limits.text_chars:
            raise refuse("too_much_text")
        return self._prefix(properties, style, text) + text, written

    def _prefix(self, properties: Any | None, style: Style, text: str) -> str:
        own = number_of(properties)
        inherited = style.number or (None, None)
        number = inherited if own is None else (own[0] or inherited[0], own[1] if own[1] is not None else inherited[1])
        if number[0] in (None, "0"):
            return ""
        if not text and _mark_deleted(properties):
            return ""
        prefix = self.numbering.prefix(number[0] or "", number[1] or 0)
        if text:
            return prefix
        return "" if prefix.strip() in ("-", "–", "—", "+", "*", "•") else prefix.strip()

    def _runs(self, parent: Any, style: Style, written: _Written) -> None:
        for child in parent:
            tag = child.tag
            if tag == R:
                self._run(child, style, written)
            elif tag in _WRAPPERS:
                self._runs(child, style, written)
            elif tag == _SDT:
                content = child.find(_SDT_CONTENT)
                if content is not None:
                    self._runs(content, style, written)
            elif tag in _DROPPED:
                self.seen.add("deleted")
            elif tag == _ALTERNATE:
                chosen = _chosen(child)
                if chosen is not None:
                    self._runs(chosen, style, written)
            elif isinstance(tag, str) and tag.startswith(_M):
                written.pieces += [t.text or "" for t in child.iter(_M + "t")]

    def _run(self, run: Any, style: Style, written: _Written) -> None:
        properties = run.find(W + "rPr")
        bold = hidden = None
        if properties is not None:
            bold, hidden = switch(properties, "b"), switch(properties, "vanish")
            named = properties.find(W + "rStyle")
            if named is not None:
                character = self.styles.get(named.get(W + "val"))
                bold = character.bold if bold is None else bold
                hidden = character.hidden if hidden is None else hidden
            if switch(properties, "strike") or switch(properties, "dstrike"):
                self.seen.add("struck")
        bold = style.bold if bold is None else bold
        hidden = style.hidden if hidden is None else hidden
        before = len(written.pieces)
        self._run_content(run, written)
        said = sum(len(piece.strip()) for piece in written.pieces[before:])
        if hidden:
            del written.pieces[before:]
            if said:
                self.seen.add("hidden")
        elif bold:
            written.bold += said
        else:
            written.plain += said

    def _run_content(self, run: Any, written: _Written) -> None:
        pieces = written.pieces
        for child in run:
            tag = child.tag
            if tag == W + "t":
                pieces.append((child.text or "").replace("\n", " "))
            elif tag == W + "tab" or tag == W + "ptab":
                pieces.append("\t")
            elif tag == W + "br":
                if child.get(W + "type") == "page" and not self.breaks_rendered:
                    self.page += 1
                pieces.append("\n")
            elif tag == W + "cr":
                pieces.append("\n")
            elif tag == W + "lastRenderedPageBreak":
                self.page += 1
            elif tag == W + "noBreakHyphen":
                pieces.append("-")
            elif tag == W + "sym":
                pieces.append(symbol(child.get(W + "font") or "", child.get(W + "char") or ""))
            elif tag == W + "ruby":
                self._runs(child, Style(), written)
            elif tag == _ALTERNATE:
                chosen = _chosen(child)
                if chosen is not None:
                    self._run_content(chosen, written)
            elif tag in (W + "drawing", W + "pict", W + "object"):
                boxes = _outermost(child, _BOX)
                written.boxes += boxes
                if not boxes and tag != W + "object":
                    self.seen.add("pictures")

    # Tables

    def _table(self, tbl: Any) -> list[Block]:
        """A table as one block; a table that only lays out another gives what it holds instead."""
        if _is_layout(tbl):
            made: list[Block] = []
            for row in self._rows(tbl):
                for tc in self._cells_of(row):
                    made += self.blocks(tc)
            return made
        grid = [_number_value(column.get(W + "w")) for column in _children(tbl, "tblGrid", "gridCol")]
        first_page = self.page
        rows = []
        boxes: list[Any] = []
        for row in self._rows(tbl):
            self.watch.check()
            start, end = self.page, self.page
            line = []
            for tc in self._cells_of(row):
                self.cells += 1
                if self.cells > self.watch.limits.cells:
                    raise refuse("too_many_cells", limit=self.watch.limits.cells)
                self.page = start
                line.append((tc, *self._cell(tc, boxes)))
                end = max(end, self.page)
            rows.append((row, line))
            self.page = end
        placed = place_cells(rows, grid)
        if placed.hidden_text:
            self.seen.add("hidden")
        made = [Table(placed.row_count, placed.column_count, placed.cells, page=first_page)] if placed.cells else []
        for box in boxes:
            made += self.blocks(box)
        return made

    def _rows(self, tbl: Any) -> Iterator[Any]:
        for row in self._flat(tbl):
            if row.tag != TR:
                continue
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                self.seen.add("deleted")
            elif switch(properties, "hidden"):
                self.seen.add("hidden")
            else:
                yield row

    def _cells_of(self, row: Any) -> Iterator[Any]:
        return (cell for cell in self._flat(row) if cell.tag == TC)

    def _cell(self, tc: Any, boxes: list[Any]) -> tuple[str, bool, int]:
        """Text of a cell, whether all of it is bold, and the page on which its text starts."""
        lines: list[str] = []
        bold = plain = 0
        page = self.page
        for element in self._flat(tc):
            if element.tag == P:
                properties = element.find(W + "pPr")
                breaks_first = not lines and _breaks_first(element)
                text, written = self._written(element, properties, self._style(properties))
                if breaks_first:
                    page = self.page
                lines.append(text)
                bold, plain = bold + written.bold, plain + written.plain
                for box in written.boxes:
                    lines += _texts(self.blocks(box))
            elif element.tag == TBL:
                for block in self._table(element):
                    lines += _rows_as_lines(block) if isinstance(block, Table) else [block.text]
        return "\n".join(line for line in lines if line), bold > 0 and not plain, page

    # Pages

    def _section(self, section: Any) -> None:
        size = section.find(W + "pgSz")
        width = _number_value(None if size is None else size.get(W + "w")) or 11906
        height = _number_value(None if size is None else size.get(W + "h")) or 16838
        self.sections.append((self.page, (width / 20, height / 20)))

    def page_sizes(self) -> list[tuple[float, float]]:
        """Width and height in points of every page, by the section in which it stands."""
        sizes: list[tuple[float, float]] = []
        for last, size in self.sections:
            sizes += [size] * (last - len(sizes))
        return sizes + sizes[-1:] * (self.page - len(sizes))


def _texts(blocks: list[Block]) -> list[str]:
    return [t for b in blocks for t in ([c.text for c in b.cells] if isinstance(b, Table) else [b.text])]


def _rows_as_lines(table: Table) -> list[str]:
    """A table inside a cell as lines of text: one a row, its cells with a space between."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return [" ".join(t for t in texts if t) for _, texts in sorted(rows.items())]


def _is_layout(tbl: Any) -> bool:
    """Whether a table only frames another: it has few cells, and one of them holds a table with more columns."""
    inner = [t for tc in tbl.iter(TC) for t in tc.iterchildren(TBL)]
    if not inner:
        return False
    rows = list(tbl.iterchildren(TR))
    columns = max((len(list(row.iterchildren(TC))) for row in rows), default=0)
    if len(rows) > 3 or columns > 2:
        return False
    for table in inner:
        inner_rows = list(table.iterchildren(TR))
        inner_columns = max((len(list(row.iterchildren(TC))) for row in inner_rows), default=0)
        if inner_columns >= 3 and inner_columns > columns and len(inner_rows) >= 2:
            return True
    return columns == 1 and len(rows) == 1


def _children(parent: Any, name: str, child: str) -> list[Any]:
    found = parent.find(W + name)
    return [] if found is None else list(found.iterchildren(W + child))


def _chosen(alternate: Any) -> Any | None:
    """Of alternate content: the choice, its fallback when there is none."""
    choice = alternate.find(_CHOICE)
    return alternate.find(_FALLBACK) if choice is None else choice


def _outermost(parent: Any, tag: str) -> list[Any]:
    """Elements of `tag` below `parent` that stand in no other of them; of alternate content only the choice."""
    found: list[Any] = []
    for child in parent:
        if child.tag == tag:
            found.append(child)
        elif child.tag == _ALTERNATE:
            chosen = _chosen(child)
            found += [] if chosen is None else _outermost(chosen, tag)
        else:
            found += _outermost(child, tag)
    return found


def _breaks_first(p: Any) -> bool:
    """Whether the page breaks before the first letter of a paragraph."""
    for element in p.iter(W + "t", W + "lastRenderedPageBreak", W + "br"):
        if element.tag == W + "t":
            if element.text and element.text.strip():
                return False
        elif element.tag == W + "lastRenderedPageBreak" or element.get(W + "type") == "page":
            return True
    return False


def _mark_deleted(properties: Any | None) -> bool:
    mark = None if properties is None else properties.find(W + "rPr")
    return mark is not None and mark.find(W + "del") is not None


def _number_value(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


_FONT_NAMES = re.compile(rb'w:(?:ascii|hAnsi)="([^"]+)"')


def _fonts(root: Any, styles: bytes | None) -> set[str]:
    """Names of old fonts among those that the text and the styles use."""
    used = {f.get(W + a) or "" for f in root.iter(W + "rFonts") for a in ("ascii", "hAnsi")}
    used |= {name.decode("utf-8", "replace") for name in _FONT_NAMES.findall(styles or b"")}
    return {name for name in used if LEGACY_FONT.fullmatch(name)}
