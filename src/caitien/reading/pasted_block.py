"""One table out of what the clipboard holds: HTML or plain text, whichever says more, and what stands beside the table."""

from __future__ import annotations

import html as escaping
import re
from collections.abc import Iterable

from caitien.plan.text import fold, one_space
from caitien.reading.legacy_fonts import legacy_encoding
from caitien.reading.limits import PASTE_LIMITS, PASTED_CELL_CHARS, PASTED_COLUMNS, PASTED_ROWS, Limits, Watch
from caitien.reading.pasted_doubts import CellFinding, short
from caitien.reading.pasted_html import Markup, read_markup
from caitien.reading.pasted_text import lines_as_rows, read_plain
from caitien.reading.refusals import refuse
from caitien.reading.source import Block, Cell, Paragraph, Table

BESIDE, HIDDEN = "beside-table", "hidden-text"
BAND = re.compile(r"^\W*([ivx\d]+[.)]?\s*)?(tieu chuan|tieu chi|tc)\s*[\divx]")


def cells(text: str | None, html: str | None, *, limits: Limits = PASTE_LIMITS) -> list[list[str]]:
    """The plain grid of a block, for pasting into cells that exist: rows of equal length, a merged cell at its first place.

    Line breaks inside a cell are "\\n". Raises ReadingError.
    """
    table, _ = one_table(text, html, Watch(limits))
    rows = [[""] * table.column_count for _ in range(table.row_count)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


def one_table(text: str | None, html: str | None, watch: Watch) -> tuple[Table, list[CellFinding]]:
    """The table of the block; what stands beside it is inserted as a band, or told in a finding."""
    if len(text or "") + len(html or "") > watch.limits.text_chars:
        raise refuse("paste_too_large", limit=f"{watch.limits.text_chars:,}".replace(",", "."))
    plain = (text or "").encode("utf-8", "replace").decode("utf-8").replace("\0", "").strip("\r\n")
    markup = read_markup(html, watch) if html and html.strip() else Markup()
    blocks = _better(markup.blocks, plain, watch)
    if not any(_filled(block) for block in blocks):
        raise refuse("paste_picture" if html and "<img" in html[:100_000].lower() else "paste_empty")
    table, told = _joined([block for block in blocks if _filled(block)])
    table = _trimmed(table)
    if _of_a_sheet(text, html):
        for cell in table.cells:  # Excel holds a criterion as a number, and drops the nought of 1.10
            if cell.number is None and re.fullmatch(r"\d[.,]\d", cell.text):
                cell.number = float(cell.text.replace(",", "."))
    _check_size(table)
    if old := legacy_encoding("\n".join(cell.text for cell in table.cells)):
        raise refuse("legacy_font", encoding=old)
    if markup.hidden and blocks is markup.blocks:
        all_of_it = "\n".join(markup.hidden)
        told.append(
            CellFinding(HIDDEN, "hint", f"Chữ đang ẩn hoặc đã xóa trong tệp gốc không được lấy: “{short(one_space(all_of_it))}”.", all_of_it)
        )  # fmt: skip
    return table, told


def _of_a_sheet(text: str | None, html: str | None) -> bool:
    if not html or not html.strip():
        return "\t" in (text or "")
    return (
        re.search(r"office:excel|Excel\.Sheet|google-sheets|\bsdnum=|LibreOffice.{0,40}Calc", html[:200_000])
        is not None
    )


def _better(marked: list[Block], plain: str, watch: Watch) -> list[Block]:
    """The HTML where it has a table, or there is no other; the text where it has cells, or words that the HTML lost."""
    if not plain.strip():
        return _lines(marked)
    tables = [block for block in marked if isinstance(block, Table)]
    if tables and words_of(plain) <= words_of("\n".join(c.text for t in tables for c in t.cells)) | words_of(
        _prose(marked)
    ):
        return marked
    if tables and (
        "\t" not in plain or len(words_of(plain) - words_of(_all_text(marked))) <= 0.02 * len(words_of(plain))
    ):
        return marked
    if "\t" in plain or not marked:
        return read_plain(plain, watch)
    found = read_plain(plain, watch)
    return found if any(isinstance(b, Table) and b.column_count > 1 for b in found) else _lines(marked)


def _lines(blocks: list[Block]) -> list[Block]:
    """Paragraphs alone (a list copied from Word): each is a row."""
    if any(isinstance(block, Table) for block in blocks):
        return blocks
    return lines_as_rows([block.text for block in blocks if isinstance(block, Paragraph)])


def _joined(blocks: list[Block]) -> tuple[Table, list[CellFinding]]:
    """The largest table, with those as wide as it is; names of standards between them as bands; the rest is told."""
    tables = [block for block in blocks if isinstance(block, Table)]
    main = max(tables, key=lambda t: (t.column_count > 1, sum(bool(c.text) for c in t.cells)))
    prose: list[str] = []
    told: list[CellFinding] = []
    made: list[Cell] = []
    height = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            if BAND.match(fold(block.text)) and len(block.text) <= 200:
                made.append(Cell(height, 0, block.text, colspan=main.column_count))
                height += 1
            else:
                prose.append(block.text)
        elif block.column_count == main.column_count:
            made += [Cell(c.row + height, c.column, c.text, c.rowspan, c.colspan, number=c.number) for c in block.cells]
            height += block.row_count
        else:
            what = f"Một bảng khác ({block.column_count} cột) trong khối dán không được lấy; nếu cần, hãy dán riêng bảng đó"
            told.append(_beside(what, "\n".join(c.text for c in block.cells if c.text)))
    if prose:
        told.insert(0, _beside("Chữ nằm ngoài bảng không được lấy", "\n".join(prose)))
    return Table(height, main.column_count, made), told


def _beside(what: str, text: str) -> CellFinding:
    return CellFinding(BESIDE, "hint", f"{what}: “{short(one_space(text), 90)}”.", text)


def _trimmed(table: Table) -> Table:
    """Without the empty rows at its end and the empty columns at its right: a whole sheet may have been selected."""
    filled = [cell for cell in table.cells if cell.text]
    height = max((cell.row for cell in filled), default=-1) + 1
    width = max((cell.column for cell in filled), default=-1) + 1
    kept = [cell for cell in table.cells if cell.row < height and cell.column < width]
    for cell in kept:
        cell.rowspan = min(cell.rowspan, height - cell.row)
        cell.colspan = min(cell.colspan, width - cell.column)
    return Table(height, width, kept)


def _check_size(table: Table) -> None:
    filled = {cell.row for cell in table.cells if cell.text}
    if len(filled) > PASTED_ROWS or table.row_count > 20 * PASTED_ROWS:
        raise refuse("paste_too_many_rows", rows=max(len(filled), table.row_count), limit=PASTED_ROWS)
    if table.column_count > PASTED_COLUMNS:
        raise refuse("paste_too_many_columns", columns=table.column_count, limit=PASTED_COLUMNS)
    if table.row_count * table.column_count > PASTE_LIMITS.cells:
        raise refuse("paste_too_many_cells", limit=f"{PASTE_LIMITS.cells:,}".replace(",", "."))
    for cell in table.cells:
        if len(cell.text) > PASTED_CELL_CHARS:
            raise refuse("paste_long_cell", letters=len(cell.text), limit=PASTED_CELL_CHARS, start=one_space(cell.text)[:40])  # fmt: skip


def as_html(table: Table, told: Iterable[CellFinding] = ()) -> str:
    """The block as a small table that reads back the same, what stood beside it with it: what the preview carries along."""
    beside = [line for f in told if f.rule == BESIDE for line in f.quote.split("\n")]
    gone = [line for f in told if f.rule == HIDDEN for line in f.quote.split("\n")]
    rows: list[list[str]] = [[] for _ in range(table.row_count)]
    covered: set[tuple[int, int]] = set()
    for cell in table.cells:
        covered.update((r, c) for r in range(cell.row, cell.row + cell.rowspan) for c in range(cell.column, cell.column + cell.colspan))  # fmt: skip
    empty = [(r, c) for r in range(table.row_count) for c in range(table.column_count) if (r, c) not in covered]
    for cell in sorted([*table.cells, *(Cell(r, c, "") for r, c in empty)], key=lambda c: (c.row, c.column)):
        spans = (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "") + (f' colspan="{cell.colspan}"' if cell.colspan > 1 else "")  # fmt: skip
        number = f' sdval="{cell.number}"' if cell.number is not None else ""
        words = escaping.escape(cell.text, quote=False).replace("\n", "<br>")
        rows[cell.row].append(f"<td{spans}{number}>{words}</td>")
    marks = [f"<p>{escaping.escape(line)}</p>" for line in beside] + [f"<del>{escaping.escape(t)}</del>" for t in gone]
    return "\n".join(marks) + "<table>" + "\n".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "</table>"


def _filled(block: Block) -> bool:
    return bool(block.text.strip()) if isinstance(block, Paragraph) else any(c.text for c in block.cells)


def _all_text(blocks: list[Block]) -> str:
    return "\n".join(b.text if isinstance(b, Paragraph) else "\n".join(c.text for c in b.cells) for b in blocks)


def _prose(blocks: list[Block]) -> str:
    return "\n".join(b.text for b in blocks if isinstance(b, Paragraph))


def words_of(text: str) -> set[str]:
    """The words of a text for asking whether they are in another: without marks of lists."""
    lines = [re.sub(r"^\s*\(?(\d{1,2}|[a-zđ])[.)]\s+", "", line) for line in text.split("\n")]
    return set(re.findall(r"\w+", fold(" ".join(lines))))
