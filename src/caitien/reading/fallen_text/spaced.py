"""Tables whose columns stand apart by spaces, as extractors print them that keep the layout of the page.

Columns are read from the gutters that run down a page, rows from their labels or from where most cells begin.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from caitien.plan.text import squash
from caitien.reading.fallen_text import wording as w
from caitien.reading.fallen_text.doubts import doubts_of
from caitien.reading.fallen_text.endings import TOTAL, ends_table, is_band
from caitien.reading.fallen_text.evidence import KIND_OF_FIELD
from caitien.reading.fallen_text.heading import may_begin_heading
from caitien.reading.fallen_text.lines import Line
from caitien.reading.lexicon import field_of, guess_fields
from caitien.reading.source import Cell, Table

_WORD = re.compile(r"\S+")
_SEGMENT = re.compile(r"\S+(?: \S+)*")
_SPACED_LINES = 8  # at least, with two gaps or more each
_SPACED_SHARE = 0.15
_HEAD_LINES = 9  # the tallest heading
_SURE = 0.8
_STRAY = 0.07  # of a page's lines may have a letter in a gutter
_MANY_LINES = 12  # from here on one line may
_CODE_FIRST = re.compile(r"(tiêu chí|tc)?\s*\d{1,2}\.\d{1,2}\b", re.I)
_LIST_MARKS = frozenset("-–+•*▪●◦○➢✓o\uf0b7\uf0a7\uf0d8\uf0fc\uf02d")  # the last are Word's own, of its Symbol fonts
_LETTERS_BETWEEN = 2  # a gutter one letter wide is one only where the cell before it is often this much shorter


@dataclass(slots=True)
class _Print:
    """A line as printed: its words with their places, and its columns' texts once the columns are known."""

    line: Line
    words: list[tuple[int, int, str]]
    segments: int
    cells: dict[int, str] = field(default_factory=dict)
    band: bool = False  # words run over gutters


def looks_spaced(lines: list[Line]) -> bool:
    """Whether an extractor kept the layout: many lines with wide gaps between words."""
    count = sum(len(_SEGMENT.findall(line.raw)) >= 3 for line in lines)
    return count >= _SPACED_LINES and count >= _SPACED_SHARE * len(lines)


def find_spaced(
    lines: list[Line], begin: int, check: Callable[[], None] | None = None
) -> tuple[int, int, Table] | None:
    """The first such table at or after line `begin`: its first line, the line after its last, the table."""
    after_failure = begin
    for i in range(begin, len(lines)):
        if check is not None:
            check()
        if i < after_failure:
            continue
        segments = _SEGMENT.findall(lines[i].raw)
        if len(segments) < 3 or sum(map(may_begin_heading, segments)) < 2:
            continue
        found = _table_at(lines, i, begin)
        if found is not None:
            return found
        after_failure = i + 2
    return None


def _table_at(lines: list[Line], i: int, begin: int) -> tuple[int, int, Table] | None:
    end = next((n for n in range(i + 1, len(lines)) if _ends(lines[n])), len(lines))
    first = i
    while first > begin and i - first < 3 and not lines[first].new_page and not lines[first].gap:
        first -= 1  # a tall heading whose first line few cells have
    if end - i < 3:
        return None
    pages = _pages(lines[first:end], i - first)
    edges = _gutters(pages[0])
    if len(edges) < 2:
        return None
    heads = _heading(pages[0], edges, i - first)
    if heads is None:
        return None
    start, head_end, headings = heads
    body: list[_Print] = []
    known = [squash(h) for h in headings]
    for number, page in enumerate(pages):
        own = edges if number == 0 else _like(_gutters(page), _extent(page), edges, _extent(pages[0]))
        prints = page[head_end:] if number == 0 else page
        for line in prints:
            _place(line, own)
        body += _without_heading(prints, known)
    fields = [field_of(heading) for heading in headings]
    rows = _rows(body, fields)
    if not rows:
        return None
    table = _build(headings, fields, rows, lines[first + start].page)
    table.doubts = doubts_of(table, fields)
    return first + start, end, table


def _ends(line: Line) -> bool:
    return len(_SEGMENT.findall(line.raw)) <= 2 and ends_table(line.text)


def _pages(lines: list[Line], least: int) -> list[list[_Print]]:
    """The printed lines by page, without what stands at the top or foot of every page."""
    pages: list[list[_Print]] = [[]]
    for n, line in enumerate(lines):
        if line.new_page and n > least:
            pages.append([])
        raw = line.raw.expandtabs()
        words = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(raw)]
        pages[-1].append(_Print(line, words, len(_SEGMENT.findall(raw))))
    if len(pages) > 1:
        seen = Counter(
            key for page in pages for key in {_furniture(p) for p in (*page[:2], *page[-2:]) if p.segments <= 2}
        )
        for number, page in enumerate(pages):
            pages[number] = [
                p for k, p in enumerate(page) if not (k < 2 or k >= len(page) - 2) or seen[_furniture(p)] < 2
            ]
    return [page for page in pages if page]


def _furniture(line: _Print) -> str:
    return re.sub(r"\d+", "#", squash(line.line.text))


def _extent(page: list[_Print]) -> tuple[int, int]:
    table = [p for p in page if p.segments > 1] or page
    return min(p.words[0][0] for p in table), max(p.words[-1][1] for p in table)


def _gutters(page: list[_Print]) -> list[int]:
    """Where columns begin but the first: character places, from the places that hardly a line has a letter at."""
    table = [p for p in page if p.segments >= 3] or [p for p in page if p.segments >= 2]
    if not table:
        return []
    low, high = _extent(page)
    used = [0] * (high + 2)
    for p in table:
        for a, b, _ in p.words:
            for x in range(a, b):
                used[x] += 1
    stray = max(1 if len(table) >= _MANY_LINES else 0, int(_STRAY * len(table)))
    edges: list[int] = []
    x = low
    while x < high:
        if used[x] > stray:
            x += 1
            continue
        a = x
        while x < high and used[x] <= stray:
            x += 1
        edges += _hidden(table, a, x)  # a column that hardly a line has
        if x < high and (x - a >= 2 or _parts(table, a)):
            edges.append(x)
    edges = sorted(set(edges))
    return [e for k, e in enumerate(edges) if not _only_marks(table, edges[k - 1] if k else low, e)]


def _only_marks(table: list[_Print], a: int, b: int) -> bool:
    """Whether nothing but list marks stands between two places: they belong to the text right of them."""
    inside = {text for p in table for x, _, text in p.words if a <= x < b}
    return bool(inside) and inside <= _LIST_MARKS


def _hidden(table: list[_Print], a: int, b: int) -> list[int]:
    """The beginning of a column that stands wholly in a gutter, spaces on both sides; none when there is none."""
    starts = []
    for p in table:
        for k, (x, _, _) in enumerate(p.words):
            if a < x < b and k and x - p.words[k - 1][1] >= 2:
                last = k
                while last + 1 < len(p.words) and p.words[last + 1][0] - p.words[last][1] < 2:
                    last += 1
                if p.words[last][1] < b or last + 1 == len(p.words):
                    starts.append(x)
    return [min(starts)] if len(starts) >= 2 and b - min(starts) >= 3 else []


def _parts(table: list[_Print], gutter: int) -> bool:
    """Whether a gutter one letter wide parts two columns: the words right of it often stand far from the words left of it."""
    near = far = alone = 0
    for p in table:
        right = next((a for a, _, _ in p.words if a == gutter + 1), None)
        if right is None:
            continue
        left = max((b for _, b, _ in p.words if b <= gutter), default=None)
        if left is None or gutter - left >= _LETTERS_BETWEEN:
            alone += left is None
            far += left is not None
        else:
            near += 1
    return far + alone >= 2 and far + alone >= 0.2 * (near + far + alone)


def _like(edges: list[int], extent: tuple[int, int], model: list[int], model_extent: tuple[int, int]) -> list[int]:
    """The gutters of a further page, as many as the first page's: the likeliest of its own, or the first page's moved."""
    if len(edges) == len(model):
        return edges
    scale = (extent[1] - extent[0]) / max(1, model_extent[1] - model_extent[0])
    out: list[int] = []
    for x in model:
        wanted = extent[0] + (x - model_extent[0]) * scale
        near = min((e for e in edges if not out or e > out[-1]), key=lambda e: abs(e - wanted), default=None)
        out.append(
            near if near is not None and abs(near - wanted) <= 6 else max(int(wanted), out[-1] + 1 if out else 0)
        )
    return out


def _place(line: _Print, edges: list[int]) -> None:
    """Puts a line's words into columns; a run of words over two gutters or more is a band."""
    columns: list[int] = []
    for a, _, text in line.words:
        c = sum(a >= e - 1 for e in edges) if not any(a == e - 1 for e in edges) else sum(a >= e for e in edges)
        columns.append(c)
        line.cells[c] = f"{line.cells[c]} {text}" if c in line.cells else text
    line.band = line.segments == 1 and len(set(columns)) > (1 if is_band(line.line.text) else 2)


def _heading(page: list[_Print], edges: list[int], sure: int) -> tuple[int, int, list[str]] | None:
    """The heading's first line and the line after its last in the page, and its texts: the lines that say most by the lexicon."""
    best: tuple[float, int, int, list[str]] | None = None
    limit = next((n for n in range(sure + 1, len(page)) if _first_row(page[n], edges)), len(page))
    for start in range(sure + 1):
        if start < sure and page[start].segments == 1 and len(page[start].words) > 6:
            continue
        texts: list[list[str]] = [[] for _ in range(len(edges) + 1)]
        for n in range(start, min(sure + _HEAD_LINES, limit)):
            line = _Print(page[n].line, page[n].words, page[n].segments)
            _place(line, edges)
            if line.band and n > sure:
                break
            for c, text in line.cells.items():
                texts[c].append(text)
            if n < sure:
                continue
            heads = [_own_heading(t) for t in texts]
            value = sum(_known(h) for h in heads)
            if best is None or value > best[0] + 0.01:
                best = (value, start, n + 1, heads)
    if best is None or best[0] < 3 or best[0] < 0.5 * (len(edges) + 1):
        return None
    return best[1:]


def _own_heading(lines: list[str]) -> str:
    """A column's heading without what stands over several columns, where only that makes it a known one."""
    whole = " ".join(lines)
    if _known(whole):
        return whole
    tails = (" ".join(lines[k:]) for k in range(1, len(lines)) if lines[k][:1].isupper())
    return next((tail for tail in tails if _known(tail)), whole)


def _known(heading: str) -> float:
    guesses = guess_fields(heading) if heading else []
    return guesses[0].score if guesses and guesses[0].score >= _SURE else 0.0


def _first_row(line: _Print, edges: list[int]) -> bool:
    first = line.words[0][2].strip("().")
    return first == "1" or is_band(line.line.text) or bool(_CODE_FIRST.match(line.line.text))


def _without_heading(prints: list[_Print], known: list[str]) -> list[_Print]:
    """A page's lines without the heading printed again: at its top, or over the next part of the table."""
    kept: list[_Print] = []
    n = 0
    while n < len(prints):
        end = n
        while end < min(n + _HEAD_LINES, len(prints)) and _of_heading(prints[end], known):
            end += 1
        if end > n and (n == 0 or max(len(p.cells) for p in prints[n:end]) >= 3):
            n = end
            continue
        kept.append(prints[n])
        n += 1
    return kept


def _of_heading(line: _Print, known: list[str]) -> bool:
    return bool(line.cells) and all(
        c < len(known) and squash(text) and squash(text) in known[c] for c, text in line.cells.items()
    )


def _rows(body: list[_Print], fields: list[str | None]) -> list[list[_Print]]:
    """The printed lines by row of the table."""
    label = _label_column(body, len(fields))
    starts = set(_starts_by_label(body, label) if label is not None else _starts_by_cells(body, len(fields)))
    starts.update(_restarts(body, starts, [KIND_OF_FIELD.get(f or "", "text") for f in fields]))
    rows: list[list[_Print]] = []
    after_band = True
    for n, p in enumerate(body):
        if p.band and (is_band(p.line.text) or n in starts):
            rows.append([p])
            after_band = True
        elif n in starts or after_band or TOTAL.match(p.line.text):
            rows.append([p])
            after_band = False
        else:
            rows[-1].append(p)
    return rows


def _label_column(body: list[_Print], columns: int) -> int | None:
    """The column whose cells are numbers counting up, else codes of criteria."""
    lines = [p for p in body if not p.band]
    for c in range(min(3, columns)):
        numbers = [n for p in lines if c in p.cells and (n := w.integer(p.cells[c])) is not None]
        others = sum(c in p.cells for p in lines) - len(numbers)
        if len(numbers) >= 2 and others <= 0.3 * len(numbers):
            return c
    for c in range(columns):
        codes = sum(c in p.cells and bool(_CODE_FIRST.match(p.cells[c])) for p in lines)
        if codes >= 2 and codes >= 0.5 * sum(c in p.cells and not p.cells[c][:1].islower() for p in lines):
            return c
    return None


def _starts_by_label(body: list[_Print], label: int) -> Iterator[int]:
    """One row a label. Labels stand at the top of their rows, or in their middle: then a row begins where most cells do."""
    at = [
        n
        for n, p in enumerate(body)
        if not p.band
        and label in p.cells
        and (w.integer(p.cells[label]) is not None or _CODE_FIRST.match(p.cells[label]))
    ]
    on_top = sum(_start(body[n], label) >= 0 for n in at) >= 0.6 * len(at)
    if on_top:
        yield from at
        return
    for before, place in zip([-1, *at], at, strict=False):
        yield max(range(before + 1, place + 1), key=lambda n: (_start(body[n], label), -n))


def _restarts(body: list[_Print], starts: set[int], kinds: list[str]) -> Iterator[int]:
    """Rows under a label merged over several: half of the cells begin at one line, a person and a time among them."""
    last: dict[int, str] = {}
    for n, p in enumerate(body):
        if n in starts or p.band:
            last = {}
        elif len(p.cells) >= max(4, 0.5 * len(kinds)) and not any(t[:1].islower() for t in p.cells.values()):
            people = [t for c, t in p.cells.items() if kinds[c] == "person" and c in last and _new_people(last[c], t)]
            times = [t for c, t in p.cells.items() if kinds[c] == "period" and c in last and _new_time(last[c], t)]
            if people and times:
                yield n
                last = {}
        last.update(p.cells)


def _new_people(before: str, text: str) -> bool:
    return not before.endswith((",", ";", "-", "–", "+")) and (w.starts_role(text) or w.is_name(text.split()))


def _new_time(before: str, text: str) -> bool:
    if before.endswith(("-", "–", "/", ",")) or w.bare(before.split()[-1]) in (
        "tháng",
        "quý",
        "từ",
        "đến",
        "hk",
        "ngày",
    ):
        return False
    return w.period_key(text) and w.period_share(text.split()) >= 0.6


def _start(line: _Print, label: int | None) -> float:
    """How many cells begin at the line, less those that go on."""
    score = 0.0 if not line.line.gap else 0.5
    for c, text in line.cells.items():
        if c != label:
            score += -1.5 if text[:1].islower() else 1.0
    return score


def _starts_by_cells(body: list[_Print], columns: int) -> Iterator[int]:
    for n, p in enumerate(body):
        if p.band or len(p.cells) < 0.6 * columns:
            continue
        if not any(text[:1].islower() for text in p.cells.values()):
            yield n


def _build(headings: list[str], fields: list[str | None], rows: list[list[_Print]], page: int) -> Table:
    count = len(headings)
    cells = [Cell(0, c, text, page=page) for c, text in enumerate(headings)]
    merged = [c for c, name in enumerate(fields) if name in ("standard", "criteria")]
    label: dict[int, Cell] = {}
    for r, lines in enumerate(rows, start=1):
        if lines[0].band:
            label = {}
            cells.append(Cell(r, 0, " ".join(p.line.text for p in lines), colspan=count, page=lines[0].line.page))
            continue
        texts: dict[int, list[str]] = {}
        pages: dict[int, int] = {}
        for p in lines:
            for c, text in p.cells.items():
                texts.setdefault(c, []).append(text)
                pages.setdefault(c, p.line.page)
        own = {c: Cell(r, c, "\n".join(texts[c]), page=pages[c]) for c in sorted(texts)}
        for c in merged:  # the label of a merged cell stands for the rows below it too
            if c in own:
                label[c] = own[c]
                for narrower in merged[merged.index(c) + 1 :]:
                    if narrower not in own:
                        label.pop(narrower, None)
            elif c in label:
                own[c] = replace(label[c], row=r)
        cells.extend(own[c] for c in sorted(own))
    return Table(row_count=len(rows) + 1, column_count=count, cells=cells, page=page)
