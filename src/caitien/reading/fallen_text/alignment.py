"""Aligns the lines of a table with its columns: the likeliest way, by dynamic programming over pieces of lines.

A cell goes on, the next column begins, a new row begins, or, after a page's end, cut cells go on in column order.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from caitien.plan.text import fold
from caitien.reading.fallen_text import wording as w
from caitien.reading.fallen_text.evidence import Piece, make_piece, next_score, start_score
from caitien.reading.fallen_text.lines import SPACE, Line
from caitien.reading.fallen_text.model import Model, boundary_class

_BEAM = 14.0  # a way this much worse than the best at the same place is given up
_MOST_WAYS = 14
_LINES_AFTER_PAGE = 60  # where a line may begin with the rest of one cell and go on with the rest of another
BAND, AFTER, NOWHERE = -2, -9, -1


class Step(Enum):
    """What a piece does."""

    GO_ON = 1  # the next line of the cell
    NEXT = 2  # begins a cell further right in the row
    ROW = 3  # begins a row
    RESUME = 4  # goes on with a cell that the page's end cut
    LABEL = 5  # a label of merged cells, printed somewhere among its rows
    BAND = 6  # begins a band over the whole width
    AFTER = 7  # the table is over


@dataclass(slots=True)
class Way:
    """One way to read everything so far. `cells`: the last piece of every column in the row."""

    score: float
    before: Way | None
    step: Step
    piece: Piece | None
    column: int
    resuming: bool
    label: bool
    far: int  # the furthest column of the row
    cells: tuple[Piece | None, ...]
    widest: float  # widest line of the cell so far
    number: int | None  # of the row, as its TT column says


_END = re.compile(
    r"^(nơi nhận|(kt\.?|tm\.?|tuq\.?|q\.)\s*\S+|(p\.?|phó )?hiệu trưởng\s*$|chủ tịch hội đồng|người lập|thủ trưởng|xác nhận|trên đây là|duyệt)\b",
    re.I,
)
_PLACE_AND_DATE = re.compile(r"ngày\s*[\d.…]*\s*tháng\s*[\d.…]*\s*năm\s*[\d.…]{2,}\s*$", re.I)
_SECTION = re.compile(r"^([IVX]{1,5}|[A-ZĐ]|\d{1,2})\s*[.)/]\s+\S")
_BAND = re.compile(r"^(tiêu chuẩn|tiêu chí|phần|nhóm|lĩnh vực)\s*[\dIVX]{1,4}(\.\d{1,2})?\s*[.:\-–)]", re.I)
_TOTAL = re.compile(r"^(tổng( cộng| kinh phí| số)?|cộng)\b", re.I)


def align(
    lines: list[Line], begin: int, end: int, model: Model, on_line: Callable[[int], None] | None = None
) -> list[Way]:
    """The steps of the best way through lines `begin` to before `end`, in order; the last may be AFTER."""
    columns = len(model.kinds)
    empty: tuple[Piece | None, ...] = (None,) * columns
    ways: list[Way] = [Way(0.0, None, Step.ROW, None, NOWHERE, False, False, columns - 1, empty, 0.0, None)]
    since_page = 10_000
    for i in range(begin, end):
        if on_line is not None and i % 64 == 0:
            on_line(i)
        line = lines[i]
        since_page = 0 if line.new_page else since_page + 1
        nodes = _cuts(line, since_page < _LINES_AFTER_PAGE and (line.gap > 0 or line.new_page or line.leading))
        size = len(line.words)
        at: dict[int, list[Way]] = {0: ways}
        for a in (0, *nodes):
            here = at.get(a)
            if not here:
                continue
            here = _prune(here)
            for b in (*(n for n in nodes if n > a), size):
                piece = make_piece(line, i, a, b)
                piece.starts = [start_score(piece, k, f) for k, f in zip(model.kinds, model.fields, strict=True)]
                piece.nexts = [next_score(piece, k, f) for k, f in zip(model.kinds, model.fields, strict=True)]
                at.setdefault(b, []).extend(_extend(here, piece, line, lines, model))
        ways = _prune(at.get(size, []))
        if not ways:
            return []
    best = max(ways, key=lambda way: way.score + _closing(way, model))
    path: list[Way] = []
    node: Way | None = best
    while node is not None and node.piece is not None:
        path.append(node)
        node = node.before
    path.reverse()
    return path


def _cuts(line: Line, after_page: bool) -> list[int]:
    """Places inside a line where two cells may have been run together."""
    words = line.words
    if len(words) > 16:
        return sorted(line.glued)
    cuts: list[int] = []
    for k in range(1, len(words)):
        word, prior = words[k], words[k - 1]
        if (
            k in line.glued
            or w.is_capitalised(word)
            or word[:1].isdigit()
            or prior[-1:].isdigit()
            or (word in "-–+•*" and k < len(words) - 1)
            or word[:1] in '“"'
            or after_page
            or (w.folded(prior) == "khong" and w.folded(word) in ("khong", "0"))
        ):
            cuts.append(k)
    return cuts


def _prune(ways: list[Way]) -> list[Way]:
    """The best way of each state, and of those the ones near the best."""
    best: dict[tuple[int, bool, bool, bool], Way] = {}
    for way in ways:
        key = (way.column, way.resuming, way.label, way.piece is not None and way.step is Step.ROW)
        known = best.get(key)
        if known is None or way.score > known.score:
            best[key] = way
    kept = sorted(best.values(), key=lambda way: -way.score)
    floor = kept[0].score - _BEAM if kept else 0.0
    return [way for way in kept[:_MOST_WAYS] if way.score >= floor]


def _extend(ways: list[Way], piece: Piece, line: Line, lines: list[Line], model: Model) -> list[Way]:
    out: list[Way] = []
    columns = len(model.kinds)
    if piece.start == 0:
        boundary = boundary_class(lines[piece.line - 1] if piece.line else None, line)
        go_on, change = model.boundary(boundary)
        page = line.new_page
        soft_page = 0.0 if page else -7.0
    else:
        glued = piece.start in line.glued
        change = -0.8 if glued else (-3.2 if piece.opens else -3.6)
        go_on, page, soft_page = 0.0, False, -99.0
    over = model.too_wide(piece.width)
    row_best: tuple[float, Way] | None = None
    for way in ways:
        c = way.column
        score = way.score
        if c == AFTER:
            if piece.end == len(line.words) and piece.start == 0:
                out.append(_after(way, piece, model, 0.0))
            continue
        last = way.cells[c] if c >= 0 else None
        if c == BAND:
            if piece.start == 0 and not page and piece.end == len(line.words):
                value = score + go_on + (0.3 if piece.lower else -1.5)
                out.append(_next_way(way, value, Step.GO_ON, piece, BAND, way.resuming, way.far, way.cells, way.number))
        elif piece.start == 0 and not page and not way.label and last is not None and last.line == piece.line - 1:
            value = score + go_on + piece.nexts[c] + over[c] + _flow(last, piece, model, c, way.widest)
            value += model.lexical(piece, c, start=False)
            cells = (*way.cells[:c], piece, *way.cells[c + 1 :])
            out.append(_next_way(way, value, Step.GO_ON, piece, c, way.resuming, way.far, cells, way.number))
        ended = last.end_quality if last is not None else 0.0
        if c >= 0:
            _next_cells(out, way, piece, score + change + ended, over, model, columns)
            if (piece.start == 0 and soft_page > -50) or way.resuming:
                jump = soft_page if not way.resuming else max(soft_page, 0.0)
                _resumptions(
                    out, way, piece, score + change + jump, over, model, columns, fresh=piece.start == 0 and page
                )
            if not way.label and model.has_labels and piece.width < 6 and w.is_short_label(piece.text):
                out.append(_labelled(way, score + change + ended - 5.0, piece))
        elif c == BAND:
            for to in range(columns):
                if model.kinds[to] in ("money", "fund"):
                    value = score + change - 0.3 + piece.starts[to] + over[to]
                    cells = (*way.cells[:to], piece, *way.cells[to + 1 :])
                    out.append(_next_way(way, value, Step.NEXT, piece, to, False, columns - 1, cells, way.number))
        closing = score + ended + _closing(way, model)
        if row_best is None or closing > row_best[0]:
            row_best = (closing, way)
        if piece.start == 0 and piece.end == len(line.words):
            bonus = _ending(piece)
            if c != NOWHERE and bonus > -3.5:
                out.append(_after(way, piece, model, closing - score + bonus))
    if row_best is not None:
        _new_rows(out, row_best[1], piece, row_best[0] + change - 0.7, over, model, columns)
        # a second way in with the row number that fits, when the best way lost count
    return out


def _next_way(
    way: Way,
    score: float,
    step: Step,
    piece: Piece,
    column: int,
    resuming: bool,
    far: int,
    cells: tuple[Piece | None, ...],
    number: int | None,
) -> Way:
    widest = max(way.widest, piece.width) if step is Step.GO_ON else piece.width
    return Way(score, way, step, piece, column, resuming, False, far, cells, widest, number)


def _next_cells(
    out: list[Way], way: Way, piece: Piece, base: float, over: list[float], model: Model, columns: int
) -> None:
    """The piece begins a cell to the right."""
    skipped = 0.0
    for to in range(way.column + 1, columns):
        if way.cells[to] is None:
            value = base - skipped + piece.starts[to] + over[to] + model.lexical(piece, to, start=True)
            number = way.number
            if model.kinds[to] == "number" and piece.number is not None:
                value += _counting(way.number, piece.number)
                number = piece.number
            if value > way.score - 25:
                cells = (*way.cells[:to], piece, *way.cells[to + 1 :])
                far = max(way.far, to)
                out.append(_next_way(way, value, Step.NEXT, piece, to, way.resuming, far, cells, number))
        if to > way.far and way.cells[to] is None:
            skipped += model.skip[to]


def _resumptions(
    out: list[Way], way: Way, piece: Piece, base: float, over: list[float], model: Model, columns: int, *, fresh: bool
) -> None:
    """The piece goes on with a cell of the row that a page's end cut; columns come in their order again."""
    first = 0 if not way.resuming or fresh else way.column + 1
    for to in range(first, columns):
        last = way.cells[to]
        if last is None:
            if to > way.far and not way.resuming:
                value = base + piece.starts[to] + over[to] + model.lexical(piece, to, start=True) - 0.5
                cells = (*way.cells[:to], piece, *way.cells[to + 1 :])
                out.append(_next_way(way, value, Step.NEXT, piece, to, True, to, cells, way.number))
            continue
        if model.kinds[to] in ("number", "standard", "criteria"):
            continue
        refund = -last.end_quality if last.end_quality < 0 else -2.0 * last.end_quality
        if model.kinds[to] in ("money", "fund") and w.is_no_money(last.text):
            refund -= 4.0
        value = base + refund + piece.nexts[to] + over[to] + _flow(last, piece, model, to, last.width)
        value += (0.6 if piece.lower else -0.6) + model.lexical(piece, to, start=False)
        cells = (*way.cells[:to], piece, *way.cells[to + 1 :])
        out.append(_next_way(way, value, Step.RESUME, piece, to, True, way.far, cells, way.number))


def _new_rows(
    out: list[Way], way: Way, piece: Piece, base: float, over: list[float], model: Model, columns: int
) -> None:
    skipped = 0.0
    for to in range(columns):
        value = base - skipped + piece.starts[to] + over[to] + model.lexical(piece, to, start=True)
        number = way.number
        if model.kinds[to] == "number" and piece.number is not None:
            value += _counting(way.number, piece.number)
            number = piece.number
        cells: tuple[Piece | None, ...] = (*(None,) * to, piece, *(None,) * (columns - to - 1))
        out.append(_next_way(way, value, Step.ROW, piece, to, False, to, cells, number))
        skipped += model.skip[to]
    band = 3.0 if _BAND.match(piece.text) and len(piece.words) > 3 else (2.5 if _TOTAL.match(piece.text) else -9.0)
    if band > 0 and not model.bands:
        band -= 2.0
    if band > -5:
        none: tuple[Piece | None, ...] = (None,) * columns
        out.append(_next_way(way, base + band, Step.BAND, piece, BAND, False, columns - 1, none, way.number))


def _labelled(way: Way, score: float, piece: Piece) -> Way:
    return Way(
        score, way, Step.LABEL, piece, way.column, way.resuming, True, way.far, way.cells, way.widest, way.number
    )


def _after(way: Way, piece: Piece, model: Model, bonus: float) -> Way:
    value = way.score + bonus + (1.5 if piece.width > 1.3 * model.widest() else 0.0)
    return Way(value, way, Step.AFTER, piece, AFTER, False, False, way.far, way.cells, 0.0, way.number)


def _ending(piece: Piece) -> float:
    """How likely this line is the first after the table."""
    text = piece.text
    if _END.match(text) or _PLACE_AND_DATE.search(text):
        return 6.0
    if _SECTION.match(text):
        capitals = sum(x.isupper() for x in piece.words[1:])
        return 7.0 if capitals >= 2 and capitals >= 0.6 * (len(piece.words) - 1) else -1.0
    if fold(text).startswith(("can cu ", "noi nhan")):
        return 2.0
    return -3.0


def _counting(before: int | None, number: int) -> float:
    """Whether a row number follows the one before; a row printed twice keeps its number."""
    if before is None:
        return 2.0 if number == 1 else -1.0
    if number == before + 1:
        return 3.0
    if number == before:
        return 1.5
    return 0.0 if number == 1 else -3.0


def _closing(way: Way, model: Model) -> float:
    """What it costs to end the row here: the columns to the right that it never had."""
    if way.column in (BAND, AFTER, NOWHERE):
        return 0.0
    return -sum(model.skip[c] for c in range(way.far + 1, len(model.skip)) if way.cells[c] is None)


def _flow(last: Piece, piece: Piece, model: Model, c: int, widest: float) -> float:
    """How well `piece` goes on from `last`: broken where the next word no longer fitted, or at a paragraph's end."""
    score = 0.0
    if model.kinds[c] in ("standard", "criteria") and w.is_short_label(last.text) and w.is_short_label(piece.text):
        score -= 5.0  # two labels, not one over two lines
    if piece.lower:
        score += 0.3 if not last.sentence else -0.8
    elif piece.bullet:
        score += 0.0 if last.terminated or last.text.endswith(",") else -0.4
        if last.sentence:
            score -= 0.5
    elif (
        not last.terminated
        and not last.text.endswith((",", "-", "–"))
        and model.kinds[c] not in ("person", "period", "money")
    ):
        score -= 0.9
    elif last.sentence and model.kinds[c] != "person":
        score -= 0.7
    known = model.widths[c]
    bound = known if known is not None else max(widest, model.head_widths[c])
    need = last.width + SPACE + piece.first_width
    if need > bound * 0.98:
        return score + 0.6
    slack = (bound - need) / bound
    if last.text.endswith(("-", "/", "–")):
        return score
    if (last.terminated and piece.opens) or piece.bullet:
        return score - 0.3
    cost = 0.5 + 9.0 * slack if known is not None else 0.3 + 4.0 * slack
    return score - min(cost, 5.0)
