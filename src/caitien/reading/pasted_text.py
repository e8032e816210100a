"""What the clipboard holds as plain text: cells between tabs as Excel writes them, Markdown, a PDF's text, or bare lines."""

from __future__ import annotations

import re

from caitien.errors import ReadingError
from caitien.plan.lists import join_lines, split_items, starts_item
from caitien.plan.text import lines_of, one_space
from caitien.reading.limits import PASTED_CELL_CHARS, PASTED_ROWS, Watch
from caitien.reading.refusals import refuse
from caitien.reading.source import Block, Cell, Paragraph, Table

_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=[\t\r\n]|$)')
_FIELD_END = re.compile(r"[\t\r\n]")
_BAR_LINE = re.compile(r"^\s*\|.*\|\s*$")
_BAR_RULE = re.compile(r"^[\s|:+=-]+$")
_NUMBERED = re.compile(r"^\s*\(?\d{1,2}[.)]\s+\S")
_LEAST_FALLEN = 12  # lines that a table whose frame is lost has at least: headings of three columns and some rows


def split_tabs(text: str, watch: Watch) -> list[list[str]]:
    """Rows of cells between tabs. A cell with line breaks or tabs stands in quotes, as Excel and Google Sheets write it.

    Quotes that do not enclose a whole cell are words of the cell.
    """
    rows: list[list[str]] = [[]]
    at, count, end = 0, 0, len(text)
    while at <= end:
        count += 1
        if count > watch.limits.cells * 2:
            raise refuse("paste_too_many_cells", limit=f"{watch.limits.cells:,}".replace(",", "."))
        quoted = _enclosed(text, at, watch) if text.startswith('"', at) else None
        if quoted is not None:
            value, at = quoted
        else:
            stop = _FIELD_END.search(text, at)
            value, at = (text[at : stop.start()], stop.start()) if stop else (text[at:], end)
        rows[-1].append(value)
        if at >= end:
            break
        if text[at] == "\t":
            at += 1
            continue
        at += 2 if text.startswith("\r\n", at) else 1
        if at >= end:
            break
        rows.append([])
    return rows


def _enclosed(text: str, at: int, watch: Watch) -> tuple[str, int] | None:
    """A cell in quotes and where it ends; None when the quote is only a letter of the cell."""
    watch.check()
    found = _QUOTED.match(text, at, min(len(text), at + 2 * PASTED_CELL_CHARS))
    if found is None:
        return None
    inside = found[1]
    if '""' in inside or re.search(r"[\t\r\n]", inside):
        return inside.replace('""', '"'), found.end()
    return None  # Excel writes a cell that is only "quoted" as it stands


def read_plain(text: str, watch: Watch) -> list[Block]:
    """Paragraphs and tables of a plain text. Raises ReadingError for what passes the limits of `watch`."""
    if "\t" in text:
        return [_table(split_tabs(text, watch))]
    lines = text.splitlines()
    if len(lines) > 20 * PASTED_ROWS:
        raise refuse("paste_too_many_rows", rows=len(lines), limit=PASTED_ROWS)
    if sum(bool(_BAR_LINE.match(line)) for line in lines) >= max(1, 0.5 * len([x for x in lines if x.strip()])):
        return _with_bars(lines)
    if fallen := _fallen(text, lines, watch):
        return fallen
    return lines_as_rows(lines)


def lines_as_rows(lines: list[str]) -> list[Block]:
    """Bare lines: each is a row. Numbered lines with bullets under them are things to do, and how."""
    plain = [line for line in lines if line.strip()]
    if not plain:
        return []
    numbered = [bool(_NUMBERED.match(line)) for line in plain]
    if numbered[0] and not all(numbered) and sum(numbered) >= 1 and len(plain) > 1:
        return [_table(_with_steps(plain, numbered))]
    return [_table([["\n".join(split_items(line)) or one_space(line)] for line in plain])]


def _with_steps(lines: list[str], numbered: list[bool]) -> list[list[str]]:
    rows: list[list[str]] = []
    for line, is_new in zip(lines, numbered, strict=True):
        if is_new:
            rows.append([" ".join(split_items(line)) or one_space(line), ""])
        else:
            rows[-1][1] += ("\n" if rows[-1][1] else "") + one_space(line)
    return rows


def _with_bars(lines: list[str]) -> list[Block]:
    """A Markdown table, and the lines round it."""
    blocks: list[Block] = []
    rows: list[list[str]] = []
    for line in lines:
        if _BAR_LINE.match(line):
            if not _BAR_RULE.match(line):
                inner = line.strip()[1:-1].replace("\\|", "\ue002")
                cells = [cell.replace("\ue002", "|").strip() for cell in inner.split("|")]
                rows.append([re.sub(r"(?i)<br ?/?>", "\n", cell).replace("**", "") for cell in cells])
        elif line.strip():
            if rows:
                blocks.append(_table(rows))
                rows = []
            blocks.append(Paragraph(one_space(line)))
    return [*blocks, _table(rows)] if rows else blocks


def _fallen(text: str, lines: list[str], watch: Watch) -> list[Block]:
    """A plan copied from a PDF: no cells are left in its text, the reader of such texts puts them together."""
    from caitien.reading.formats.text import read
    from caitien.reading.headers import find_header

    if len([line for line in lines if line.strip()]) < _LEAST_FALLEN and text.count(";") < 4:
        return []
    try:
        document = read(text, watch)
    except ReadingError as error:
        if error.code == "too_slow":
            raise refuse("paste_too_slow", seconds=round(watch.limits.seconds)) from None
        return []
    if not any(find_header(table) for table in document.tables()):
        return []
    for block in document.blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                cell.text = "\n".join(_unwrapped(cell.text))
    return document.blocks


def _unwrapped(text: str) -> list[str]:
    """The lines of a cell without the breaks of the page: only what begins an item begins a line."""
    groups: list[list[str]] = []
    for line in lines_of(text):
        if not groups or starts_item(line):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [join_lines(group) for group in groups]


def _table(rows: list[list[str]]) -> Table:
    width = max((len(row) for row in rows), default=0)
    cells = [Cell(r, c, "\n".join(lines_of(text))) for r, row in enumerate(rows) for c, text in enumerate(row)]
    return Table(len(rows), width, cells)
