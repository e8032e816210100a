"""Reads a PDF: ruled tables with their merged cells, tables that go on over pages, the paragraphs between."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from caitien.reading.formats.pdf_columns import missing_rules, split_rows
from caitien.reading.formats.pdf_grid import Grid, grids
from caitien.reading.formats.pdf_lines import LineGroup, cell_text, paragraphs, turned_text
from caitien.reading.formats.pdf_page import Page, Word, read_page
from caitien.reading.formats.pdf_signatures import signatures
from caitien.reading.legacy_fonts import legacy_encoding
from caitien.reading.limits import Watch
from caitien.reading.refusals import refuse
from caitien.reading.source import Block, Box, Cell, Paragraph, SourceDocument, Table

_MARGIN = 0.1  # of the page's height: where running heads and page numbers stand
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:trang|page)?\s*\d{1,4}(?:\s*(?:/|trên|of)\s*\d{1,4})?[-–—.\s]*", re.IGNORECASE)
_SAME_EDGE = 4.0  # points: how far the column edges of a table may move from page to page
_MANY_UNREADABLE = 0.2
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_SECURITY = 5  # FPDF_ERR_SECURITY


def read(data: bytes, watch: Watch) -> SourceDocument:
    """A PDF as a SourceDocument. Raises ReadingError (password, too many pages, a scan, old fonts, damage)."""
    document = open_pdf(data)
    try:
        count = len(document)
        if count > watch.limits.pages:
            raise refuse("too_many_pages", pages=count, limit=watch.limits.pages)
        if not count:
            raise refuse("damaged", program="Adobe Reader")
        signed = signatures(document, data)
        return _Reading(watch, count).read(document, signed)
    finally:
        document.close()


def open_pdf(data: bytes) -> Any:
    """The pypdfium2 document of a PDF; its caller closes it. Raises ReadingError: "encrypted", "damaged"."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code in (_PASSWORD, _SECURITY) or "password" in str(error).lower():
            raise refuse("encrypted", program="Adobe Reader") from None
        raise refuse("damaged", program="Adobe Reader") from None


@dataclass(slots=True)
class _PageParts:
    page: Page
    tables: list[tuple[Grid, Table]] = field(default_factory=list)
    groups: list[LineGroup] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    watch: Watch
    count: int
    cells: int = 0
    chars: int = 0

    def read(self, document: Any, signed: Any) -> SourceDocument:
        parts: list[_PageParts] = []
        for i in range(self.count):
            self.watch.progress(0.05 + 0.9 * i / self.count, f"Đang đọc trang {i + 1}/{self.count}")
            seen = self._seen(document, i)
            self.chars += seen.letters
            if self.chars > self.watch.limits.text_chars:
                raise refuse("too_much_text")
            parts.append(self._parts(seen))
            seen.level, seen.plumb = [], []
        self._refuse_what_has_no_text(parts)
        _drop_running_heads(parts)
        blocks = _blocks(parts)
        return SourceDocument(
            "pdf",
            blocks,
            pages=self.count,
            page_sizes=[_rounded(p.page.shown.size) for p in parts],
            wrapped=True,
            signatures=signed,
            notes=_notes(parts),
        )

    def _seen(self, document: Any, i: int) -> Page:
        import pypdfium2

        try:
            page = document[i]
            try:
                return read_page(page, i + 1, self.watch)
            finally:
                page.close()
        except pypdfium2.PdfiumError:
            raise refuse("damaged", program="Adobe Reader") from None

    def _parts(self, page: Page) -> _PageParts:
        """Tables and paragraphs of one page."""
        made = _PageParts(page)
        found = grids(page.level, page.plumb)
        level, plumb = missing_rules(page, found)
        found = [split_rows(grid, page) for grid in [*found, *(grids(level, plumb) if level else [])]]
        inside: list[dict[int, list[Word]]] = [{} for _ in found]
        turned: list[dict[int, list[tuple[int, Word]]]] = [{} for _ in found]
        outside: list[Word] = []
        for word in page.words:
            x, y = (word.x0 + word.x1) / 2, word.baseline - 0.25 * word.size
            where = _place(found, x, y)
            if where is None:
                outside.append(word)
            else:
                inside[where[0]].setdefault(where[1], []).append(word)
        for turn, word in page.turned:
            where = _place(found, (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2)
            if where is not None:
                turned[where[0]].setdefault(where[1], []).append((turn, word))
        for grid, words, on_end in zip(found, inside, turned, strict=True):
            self.cells += len(grid.places)
            if self.cells > self.watch.limits.cells:
                raise refuse("too_many_cells", limit=self.watch.limits.cells)
            if words or on_end:
                made.tables.append((grid, _table(grid, words, on_end, page)))
        made.groups = paragraphs(outside, page.width)
        return made

    def _refuse_what_has_no_text(self, parts: list[_PageParts]) -> None:
        letters = sum(p.page.letters for p in parts)
        if not letters:
            raise refuse("scanned" if any(p.page.images for p in parts) else "no_text")
        if letters < 20 * self.count and all(p.page.images for p in parts):
            raise refuse("scanned")  # a scan with a stamp or a page number put over it
        if sum(p.page.unreadable for p in parts) > _MANY_UNREADABLE * letters:
            raise refuse("unreadable_text")
        text = "\n".join(
            t for p in parts for t in [*(c.text for _, x in p.tables for c in x.cells), *(g.text for g in p.groups)]
        )
        fonts = set().union(*(p.page.fonts for p in parts))
        if old := legacy_encoding(text, font_names=fonts):
            raise refuse("legacy_font", encoding=old)


def _place(found: list[Grid], x: float, y: float) -> tuple[int, int] | None:
    """The table and the place in it that hold a point; of tables inside one another the smallest."""
    best: tuple[float, int, int] | None = None
    for i, grid in enumerate(found):
        if grid.holds(x, y) and (at := grid.find(x, y)) is not None:
            area = (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0])
            if best is None or area < best[0]:
                best = (area, i, at)
    return None if best is None else best[1:]


def _table(grid: Grid, words: dict[int, list[Word]], on_end: dict[int, list[tuple[int, Word]]], page: Page) -> Table:
    cells: list[Cell] = []
    for i, (r, c, rows, columns) in enumerate(grid.places):
        own = words.get(i, [])
        text = cell_text(own, grid.xs[c], grid.xs[c + columns])
        if i in on_end:
            text = "\n".join(filter(None, [text, turned_text(on_end[i])]))
        box = page.box(grid.xs[c], grid.ys[r], grid.xs[c + columns], grid.ys[r + rows])
        cells.append(
            Cell(
                row=r,
                column=c,
                text=text,
                rowspan=rows,
                colspan=columns,
                page=page.number,
                boxes=[Box(page.number, *box)],
                bold=bool(own) and all(w.bold for w in own),
            )
        )
    return Table(len(grid.ys) - 1, len(grid.xs) - 1, cells, page=page.number)


def _drop_running_heads(parts: list[_PageParts]) -> None:
    """Page numbers, and heads that stand on most pages, go from the margins; of a repeated head the first stays."""

    def in_margin(part: _PageParts, group: LineGroup) -> bool:
        _, top, _, bottom = group.box()
        return bottom < _MARGIN * part.page.height or top > (1 - _MARGIN) * part.page.height

    said = Counter(
        key for part in parts for key in {(g.text, round(g.box()[1] / 4)) for g in part.groups if in_margin(part, g)}
    )
    seen: set[tuple[str, int]] = set()
    for part in parts:
        kept: list[LineGroup] = []
        for group in part.groups:
            if in_margin(part, group):
                key = (group.text, round(group.box()[1] / 4))
                repeated = said[key] > max(1, len(parts) / 2)
                if _PAGE_NUMBER.fullmatch(group.text) or (repeated and key in seen):
                    continue
                seen.add(key)
            kept.append(group)
        part.groups = kept


def _blocks(parts: list[_PageParts]) -> list[Block]:
    """Everything in order of reading; a table at the top of a page goes on from one that ended the page before."""
    blocks: list[Block] = []
    chain: list[tuple[Grid, Table]] = []
    for part in parts:
        page = part.page
        text_left = min((g.box()[0] for g in part.groups), default=0.0)
        text_right = max((g.box()[2] for g in part.groups), default=page.width)
        middle = (text_left + text_right) / 2
        for i, item in enumerate(_in_order(part)):
            if isinstance(item, LineGroup):
                x0, top, x1, bottom = item.box()
                near = (
                    abs((x0 + x1) / 2 - middle) < 0.03 * page.width
                    or abs((x0 + x1) / 2 - page.width / 2) < 0.02 * page.width
                )
                centred = near and x0 > text_left + 0.04 * page.width
                box = Box(page.number, *page.box(x0, top, x1, bottom))
                blocks.append(Paragraph(item.text, page.number, box, item.bold, centred))
                continue
            grid, table = item
            before = blocks[-1] if blocks else None
            if i == 0 and chain and before is chain[-1][1] and chain[-1][1].page == page.number - 1:
                table.continues = _same_columns(chain[-1][0], grid)
            if not table.continues:
                _unify(chain)
                chain = []
            chain.append((grid, table))
            blocks.append(table)
    _unify(chain)
    return blocks


def _in_order(part: _PageParts) -> list[LineGroup | tuple[Grid, Table]]:
    """Paragraphs in their reading order, each table before the first paragraph that stands under its top."""
    made: list[LineGroup | tuple[Grid, Table]] = []
    waiting = sorted(part.tables, key=lambda t: (t[0].ys[0], t[0].xs[0]))
    for group in part.groups:
        while waiting and waiting[0][0].ys[0] < group.box()[1]:
            made.append(waiting.pop(0))
        made.append(group)
    return made + list(waiting)


def _same_columns(above: Grid, below: Grid) -> bool:
    """Whether two tables have the same column edges, or one of them some of the other's (rows of merged cells)."""
    if abs(above.xs[0] - below.xs[0]) > _SAME_EDGE or abs(above.xs[-1] - below.xs[-1]) > _SAME_EDGE:
        return False
    few, many = sorted((above.xs, below.xs), key=len)
    return all(any(abs(x - y) <= _SAME_EDGE for y in many) for x in few)


def _unify(chain: list[tuple[Grid, Table]]) -> None:
    """Give the parts of a table over pages the same columns: a page of merged rows alone shows fewer edges."""
    if len({len(grid.xs) for grid, _ in chain}) < 2:
        return
    edges = max((grid.xs for grid, _ in chain), key=len)
    for grid, table in chain:
        if len(grid.xs) == len(edges):
            continue
        at = [min(range(len(edges)), key=lambda k: abs(edges[k] - x)) for x in grid.xs]
        for cell in table.cells:
            first, last = at[cell.column], at[cell.column + cell.colspan]
            cell.column, cell.colspan = first, max(1, last - first)
        table.column_count = len(edges) - 1


def _notes(parts: list[_PageParts]) -> list[str]:
    notes: list[str] = []
    scanned = [str(p.page.number) for p in parts if not p.page.letters and p.page.images]
    if scanned:
        notes.append(f"Trang {', '.join(scanned)} là ảnh chụp, không có chữ để đọc.")
    if any(p.page.slanted for p in parts):
        notes.append("Chữ chìm viết nghiêng trên trang (dấu bản quyền, dấu bản nháp) được bỏ qua.")
    return notes


def _rounded(size: tuple[float, float]) -> tuple[float, float]:
    return round(size[0], 1), round(size[1], 1)
