"""What the clipboard holds as HTML (Word, Excel, LibreOffice, Google Sheets, web pages) as paragraphs and tables.

The parser only reports tags and text (lxml's SAX interface): nothing is loaded, run or expanded, and no tree is built, so
that deep or endless HTML costs no more than its length.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from caitien.plan.text import lines_of, one_space
from caitien.reading.limits import Watch
from caitien.reading.refusals import refuse
from caitien.reading.source import Block, Cell, Paragraph, Table

MOST_NESTED = 20  # tables within tables; Word pages pasted from e-mail have three or four
_WIDEST = 400  # columns that a cell may span
_SKIPPED = {"script", "style", "title", "xml", "object", "svg", "template", "noscript", "iframe", "math", "select", "audio", "video", "canvas"}  # fmt: skip
_LINES = {"p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "section", "article", "hr", "caption", "address"}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_LIST_MARK = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)


@dataclass(slots=True)
class Markup:
    """What the HTML shows, in order. `hidden`: texts that the program it was copied from did not show, or had deleted."""

    blocks: list[Block] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


def read_markup(html: str, watch: Watch) -> Markup:
    """The paragraphs and tables of an HTML text. Raises ReadingError for what passes the limits of `watch`."""
    from lxml import etree

    target = _Collector(watch)
    taker: Any = target
    parser: Any = etree.HTMLParser(target=taker, recover=True, no_network=True, huge_tree=True)
    clean = re.sub("[\0\ue000\ue001]", "", html.encode("utf-8", "replace").decode("utf-8"))
    try:
        for start in range(0, len(clean), 65_536):
            parser.feed(clean[start : start + 65_536])
            watch.check()
        parser.close()
    except etree.LxmlError:
        return Markup(target.finished(), target.hidden)
    return Markup(target.finished(), target.hidden)


@dataclass(slots=True)
class _Words:
    """Text being put together: finished lines, and the pieces of the line that is open. `mark`: of a list item."""

    lines: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    mark: str = ""

    def add(self, text: str) -> None:
        self.pieces.append(re.sub(r"[ \t\r\n\f]+", " ", text))

    def break_line(self) -> None:
        """A line ends here, whatever stands in it."""
        if line := one_space("".join(self.pieces)):
            self.lines.append(self.mark + line)
            self.mark = ""
        self.pieces = []

    def begin_item(self, mark: str) -> None:
        self.break_line()
        self.mark = mark

    def put(self, line: str) -> None:
        """A line of its own."""
        self.break_line()
        self.lines.append(line)

    def text(self) -> str:
        self.break_line()
        return "\n".join(self.lines)


@dataclass(slots=True)
class _OpenCell:
    colspan: int
    rowspan: int
    words: _Words = field(default_factory=_Words)
    number: float | int | None = None
    inner: list[_OpenTable] = field(default_factory=list)


@dataclass(slots=True)
class _OpenTable:
    rows: list[list[_OpenCell]] = field(default_factory=list)
    cell: _OpenCell | None = None
    lists: list[int | None] = field(default_factory=list)  # for each open list: its next number, None for bullets


class _Collector:
    """Takes the parser's tags and text. The stack of open tables says where text goes."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.hidden: list[str] = []
        self.blocks: list[Block] = []
        self.outer = _Words()
        self.outer_lists: list[int | None] = []
        self.tables: list[_OpenTable] = []
        self.cells = 0
        self.open: list[tuple[str, str]] = []  # open elements: name, and what it does: skip, hide, mark or ""
        self.skipping = self.hiding = 0
        self.unseen = ""
        self.mark = ""

    # --- what lxml calls
    def start(self, tag: str, attributes: dict[str, str]) -> None:
        style = attributes.get("style") or attributes.get("data-style", "")  # renamed by the page that took the paste
        does = ""
        if tag in _SKIPPED:
            does, self.skipping = "skip", self.skipping + 1
        elif tag == "del" or "hidden" in attributes or _HIDDEN.search(style):
            does, self.hiding = "hide", self.hiding + 1
        elif tag == "span" and _LIST_MARK.search(style):
            does, self.mark = "mark", ""
        self.open.append((tag, does))
        if self.skipping or self.hiding:
            return
        if tag == "br":
            self._words().break_line()
        elif tag == "table":
            self._begin_table()
        elif tag == "tr" and self.tables:
            self.tables[-1].cell = None
            self.tables[-1].rows.append([])
        elif tag in ("td", "th"):
            self._begin_cell(attributes)
        elif tag in ("ul", "ol"):
            self._lists().append(_whole(attributes.get("start"), 1, 9999) if tag == "ol" else None)
            self._words().break_line()
        elif tag == "li":
            self._begin_item()
        elif tag in _LINES:
            self._words().break_line()

    def end(self, tag: str) -> None:
        does = self._close(tag)
        if does == "skip":
            self.skipping -= 1
        elif does == "hide":
            self.hiding -= 1
            if not self.hiding:
                self.hidden += lines_of(self.unseen)
                self.unseen = ""
        elif does == "mark":
            self._end_mark()
        if self.hiding and tag in _LINES | {"td", "th", "tr"}:
            self.unseen += "\u2029"
        if self.skipping or self.hiding or does in ("skip", "hide"):
            return
        if tag == "table" and self.tables:
            self._end_table()
        elif tag in ("td", "th") and self.tables:
            self.tables[-1].cell, self.tables[-1].lists = None, []
        elif tag in ("ul", "ol") and self._lists():
            self._lists().pop()
            self._words().break_line()
        elif tag in _LINES:
            self._words().break_line()

    def data(self, text: str) -> None:
        if self.skipping:
            return
        if self.hiding:
            self.unseen += re.sub(r"\s+", " ", text)
        elif any(does == "mark" for _, does in self.open[-4:]):
            self.mark += text
        elif self.tables and self.tables[-1].cell is None:
            if text.strip():  # words between the cells of a table belong to no cell: they are kept, in front of it
                self.outer.break_line()
                self.outer.add(text)
                self.outer.break_line()
        else:
            self._words().add(text)

    def comment(self, text: str) -> None: ...

    def pi(self, target: str, text: str | None = None) -> None: ...

    def close(self) -> None: ...

    def finished(self) -> list[Block]:
        """All that was seen; tables that were not closed are closed here."""
        while self.tables:
            self._end_table()
        self._end_paragraphs()
        self.hidden += lines_of(self.unseen)
        return self.blocks

    # --- where text goes
    def _words(self) -> _Words:
        for table in reversed(self.tables):
            if table.cell is not None:
                return table.cell.words
        return self.outer

    def _lists(self) -> list[int | None]:
        return self.tables[-1].lists if self.tables else self.outer_lists

    def _close(self, tag: str) -> str:
        for at in range(len(self.open) - 1, max(-1, len(self.open) - 50), -1):
            if self.open[at][0] == tag:
                gone = self.open.pop(at)
                return gone[1]
        return ""

    # --- tables
    def _begin_table(self) -> None:
        if len(self.tables) >= MOST_NESTED:
            raise refuse("paste_too_deep")
        if self.tables and self.tables[-1].cell is None and self.tables[-1].rows:
            self._begin_cell({})
        if not self.tables:
            self._end_paragraphs()
        self.tables.append(_OpenTable())

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        if not self.tables:
            self._begin_table()
        table = self.tables[-1]
        if not table.rows:
            table.rows.append([])
        self.cells += 1
        if self.cells > self.watch.limits.cells:
            raise refuse("paste_too_many_cells", limit=_grouped(self.watch.limits.cells))
        rowspan = attributes.get("rowspan", "")
        table.cell = _OpenCell(
            _whole(attributes.get("colspan"), 1, _WIDEST),
            self.watch.limits.cells if rowspan.strip() == "0" else _whole(rowspan, 1, self.watch.limits.cells),
            number=_number(attributes),
        )
        table.lists = []
        table.rows[-1].append(table.cell)

    def _end_table(self) -> None:
        table = self.tables.pop()
        home = next((t.cell for t in reversed(self.tables) if t.cell is not None), None)
        if home is not None:
            home.inner.append(table)
            home.words.put(f"\ue000{len(home.inner) - 1}\ue001")
            return
        self._end_paragraphs()
        self.blocks += _blocks(table, self.watch)

    def _end_paragraphs(self) -> None:
        self.blocks += [Paragraph(line) for line in self.outer.text().split("\n") if line]
        self.outer = _Words()

    # --- lists
    def _begin_item(self) -> None:
        lists = self._lists()
        number = lists[-1] if lists else None
        if number is None:
            self._words().begin_item("- ")
        else:
            self._words().begin_item(f"{number}. ")
            lists[-1] = number + 1

    def _end_mark(self) -> None:
        """Word draws bullets as text ("·" of the font Symbol) before the words of an item."""
        mark = one_space(self.mark)
        self.mark = ""
        if mark:
            self._words().begin_item(f"{mark} " if re.fullmatch(r"\(?\w{1,3}(\.\d{1,2})*[.)]+", mark) else "- ")


def _blocks(table: _OpenTable, watch: Watch) -> list[Block]:
    """A table as it is; one that only frames others is looked through."""
    cells = [cell for row in table.rows for cell in row]
    filled = [cell for cell in cells if cell.inner or cell.words.text()]
    if len(filled) == 1 and filled[0].inner:
        found: list[Block] = []
        for line in filled[0].words.text().split("\n"):
            inner = re.fullmatch("\ue000(\\d+)\ue001", line)
            if inner and int(inner[1]) < len(filled[0].inner):
                found += _blocks(filled[0].inner[int(inner[1])], watch)
            elif line:
                found.append(Paragraph(line))
        return found
    if not filled:
        return []
    return [_table(table, watch)]


def _table(table: _OpenTable, watch: Watch) -> Table:
    """The cells at their places: a cell that spans rows pushes those of the next rows to the right."""
    rows = [row for row in table.rows if row]
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    width = 0
    for r, row in enumerate(rows):
        watch.check()
        c = 0
        for open_cell in row:
            while (r, c) in taken:
                c += 1
            height = max(1, min(open_cell.rowspan, len(rows) - r))
            across = 1
            while across < open_cell.colspan and (r, c + across) not in taken:
                across += 1
            if height * across > 1:
                if len(taken) + height * across > watch.limits.cells:
                    raise refuse("paste_too_many_cells", limit=_grouped(watch.limits.cells))
                taken.update((i, j) for i in range(r, r + height) for j in range(c, c + across))
            cells.append(Cell(r, c, _flat(open_cell), height, across, number=open_cell.number))
            c += across
            width = max(width, c)
    return Table(len(rows), width, cells)


def _flat(cell: _OpenCell) -> str:
    """The text of a cell; a table inside it as lines, its cells one after another."""

    def lines_of_table(table: _OpenTable) -> str:
        rows = (" ".join(text for inner in row if (text := _flat(inner))) for row in table.rows)
        return "\n".join(row for row in rows if row)

    def put(found: re.Match[str]) -> str:
        at = int(found[1])
        return lines_of_table(cell.inner[at]) if at < len(cell.inner) else ""

    text = cell.words.text()
    return "\n".join(lines_of(re.sub("\ue000(\\d{1,6})\ue001", put, text))) if cell.inner else text


def _number(attributes: dict[str, str]) -> float | int | None:
    """The number behind a cell: LibreOffice (sdval), Excel of old (x:num), Google Sheets (data-sheets-value)."""
    raw = attributes.get("sdval") or attributes.get("x:num")
    if not raw and (sheets := attributes.get("data-sheets-value")) and len(sheets) < 2000:
        try:
            value = json.loads(sheets)
        except (ValueError, RecursionError):
            return None
        raw = str(value.get("3", "")) if isinstance(value, dict) else None
    if not raw or not re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", raw):
        return None
    return float(raw) if "." in raw else int(raw)


def _whole(text: str | None, least: int, most: int) -> int:
    plain = (text or "").strip()
    return min(max(int(plain), least), most) if re.fullmatch(r"\d{1,9}", plain) else least


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
