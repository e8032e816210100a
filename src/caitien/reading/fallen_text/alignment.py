"""Aligns the lines of a table with its columns: the likeliest way, by dynamic programming over pieces of lines.

A cell goes on, the next column begins, a new row begins, or, after a page's end, cut cells go on in column order.
Scores are log odds against an indifferent reading; their sizes were chosen on documents with known cells.
"""

from __future__ import annotations

from collections.abc import Callable

from caitien.reading.fallen_text import wording as w
from caitien.reading.fallen_text.endings import BAND_ALONE, BAND_TITLE, TOTAL, ending
from caitien.reading.fallen_text.evidence import Piece, make_piece, next_score, start_score
from caitien.reading.fallen_text.lines import SPACE, Line
from caitien.reading.fallen_text.model import LABEL_KINDS, Model, boundary_class
from caitien.reading.fallen_text.ways import AFTER, BAND, NOWHERE, Step, Way

BEAM = 14.0  # a way this much worse than the best at the same place is given up
_LONGEST_CUT_LINE = 16  # words: a longer line stands in a column too wide to be glued to the next
_NEW_PAGE = (-9.0, -0.4)  # at a page's end no cell simply goes on: it is resumed
_NEAR = 5.0  # of the best: a way that still may well win
_JUMP_BACK = (-7.0, -12.0)  # to an earlier column of the row without a page's end; more in a text that shows its pages
_BEST_FLOW = 5.0  # at most: what flow and a closing mark can add
_GLUE = {"label": -0.8, "opens": -3.2, "lower": -3.6}  # two cells on one line
_AFTER_SHORT = 2.0  # less unlikely after a cell of one line: the next cell's first line stands at its height
_AFTER_LABEL = 2.6
_ROW = -0.7
_LABEL_AMONG_ROWS = -5.0
_WIDEST_LABEL = 6.0  # em
_MERGED_KINDS = ("person", "period", "money", "fund")
_LATE = -3.5  # a cell printed after cells to its right

_SHORT_KINDS = ("person", "period", "money")

Pieces = dict[tuple[int, int, int], Piece]


def align(
    lines: list[Line],
    begin: int,
    end: int,
    model: Model,
    pieces: Pieces,
    on_line: Callable[[int], None] | None = None,
    beam: float = BEAM,
) -> list[Way]:
    """The steps of the best way through lines `begin` to before `end`, in order; the last may be AFTER.

    `pieces`: kept between passes, so that what does not depend on the model is asked once.
    """
    return _Aligner(lines, model, pieces, beam).run(begin, end, on_line)


class _Node:
    """The ways that reach one place, the best of each state."""

    __slots__ = ("best", "floor", "ways")

    def __init__(self) -> None:
        self.ways: dict[int, Way] = {}
        self.best = -1e18
        self.floor = -1e18  # what is worse is given up

    def pruned(self) -> list[Way]:
        floor = self.floor
        return [way for way in self.ways.values() if way.score >= floor]


class _Aligner:
    def __init__(self, lines: list[Line], model: Model, pieces: Pieces, beam: float) -> None:
        self.beam = beam
        self.lines = lines
        self.model = model
        self.pieces = pieces
        self.columns = len(model.kinds)
        self.order = tuple(model.fields)
        self.merged = [c for c, kind in enumerate(model.kinds) if kind in _MERGED_KINDS]
        self.widest = model.widest()
        self.missing = [sum(model.skip[c + 1 :]) for c in range(self.columns)]  # by furthest column of a row
        self.none: tuple[Piece | None, ...] = (None,) * self.columns
        self.node = _Node()
        self.line = lines[0]
        self.piece: Piece
        self.jump_back = _JUMP_BACK[0]

    def run(self, begin: int, end: int, on_line: Callable[[int], None] | None) -> list[Way]:
        self.jump_back = _JUMP_BACK[any(line.new_page for line in self.lines[begin:end])]
        ways = [Way(0.0, None, Step.ROW, None, NOWHERE, False, False, self.columns - 1, self.none, 0.0, None)]
        for i in range(begin, end):
            if on_line is not None and i % 64 == 0:
                on_line(i)
            line = self.line = self.lines[i]
            top = max(way.score for way in ways) - _NEAR
            resuming = line.new_page or any(way.resuming and way.score > top for way in ways)
            cuts = _cuts(line, resuming)
            size = len(line.words)
            nodes = {0: _Node(), size: _Node(), **{k: _Node() for k in cuts}}
            for a in (0, *cuts):
                here = ways if a == 0 else nodes[a].pruned()
                if not here:
                    continue
                for b in (*(n for n in cuts if n > a), size):
                    self.node = nodes[b]
                    self._extend(here, self._piece(i, a, b))
            ways = nodes[size].pruned()
            if not ways:
                return []
        node: Way | None = max(ways, key=lambda way: way.score + self._closing(way))
        path: list[Way] = []
        while node is not None and node.piece is not None:
            path.append(node)
            node = node.before
        path.reverse()
        return path

    def _piece(self, i: int, a: int, b: int) -> Piece:
        piece = self.pieces.get((i, a, b))
        if piece is None:
            piece = self.pieces[(i, a, b)] = make_piece(self.line, i, a, b)
        if piece.order != self.order:
            piece.order = self.order
            scores = [self._scores(piece, c) for c in range(self.columns)]
            piece.starts = [start for start, _ in scores]
            piece.nexts = [go_on for _, go_on in scores]
            piece.model = None
        if piece.model is not self.model:
            piece.model = self.model
            over = self.model.too_wide(piece.width)
            first, further = self.model.lexical(piece)
            piece.begins = [x + y + z for x, y, z in zip(piece.starts, over, first, strict=True)]
            piece.goes_on = [x + y + z for x, y, z in zip(piece.nexts, over, further, strict=True)]
        return piece

    def _scores(self, piece: Piece, column: int) -> tuple[float, float]:
        kind, name = self.model.kinds[column], self.model.fields[column]
        known = piece.memo.get(name)
        if known is None:
            wrong = piece.run_on
            if piece.start == 0 and (BAND_TITLE.match(piece.text) or BAND_ALONE.match(piece.text)):
                wrong += 2.5
            start = start_score(piece, kind, name) - (0.0 if kind in LABEL_KINDS else wrong)
            known = piece.memo[name] = (start, next_score(piece, kind, name) - wrong)
        return known

    def _push(
        self,
        way: Way,
        score: float,
        step: Step,
        column: int,
        *,
        resuming: bool = False,
        far: int = 0,
        number: int | None = None,
        fresh: bool = False,
    ) -> None:
        """Keeps a further step when it is the best of its state. `fresh`: the row's cells begin anew."""
        node = self.node
        if score < node.floor:
            return
        if score > node.best:
            node.best = score
            node.floor = score - self.beam
        label = step is Step.LABEL
        key = column * 4 + resuming * 2 + label
        known = node.ways.get(key)
        if known is not None and known.score >= score:
            return
        piece = self.piece
        cells = self.none if fresh else way.cells
        if column >= 0 and not label:
            cells = (*cells[:column], piece, *cells[column + 1 :])
        widest = max(way.widest, piece.width) if step is Step.GO_ON else piece.width
        node.ways[key] = Way(score, way, step, piece, column, resuming, label, far, cells, widest, number)

    def _extend(self, ways: list[Way], piece: Piece) -> None:
        """Every step that the piece may be, from every way that reaches its start."""
        self.piece = piece
        model, line = self.model, self.line
        at_start = piece.start == 0
        whole = piece.end == len(line.words)
        page = False
        if at_start:
            go_on, change = model.boundary(boundary_class(self.lines[piece.line - 1] if piece.line else None, line))
            page = line.new_page
            if page:
                go_on, change = _NEW_PAGE
        else:
            go_on = -99.0
            label = piece.start in line.glued or piece.bullet
            change = _GLUE["label"] if label else _GLUE["opens" if piece.opens else "lower"]
        begins, goes_on, node = piece.begins, piece.goes_on, self.node
        best_row: tuple[float, Way] | None = None
        usual = change
        after = ending(piece.text, piece.words) if at_start and whole else 0.0
        for way in ways:
            c = way.column
            if not at_start and piece.opens and way.piece is not None and way.step is not Step.GO_ON:
                change = min(-0.6, usual + (_AFTER_LABEL if way.piece.short_label else _AFTER_SHORT))
            else:
                change = usual
            if c == AFTER:
                if at_start and whole:
                    self._after(way, way.score)
                continue
            last = way.cells[c] if c >= 0 else None
            if at_start and not page and not way.label:
                if c == BAND and whole:
                    value = way.score + go_on + (0.3 if piece.lower else -1.5)
                    self._push(way, value, Step.GO_ON, BAND, far=way.far, number=way.number)
                elif last is not None and last.line == piece.line - 1:
                    value = way.score + go_on + goes_on[c]
                    if value > node.floor - _BEST_FLOW:
                        value += self._flow(last, c, way.widest)
                        self._push(way, value, Step.GO_ON, c, resuming=way.resuming, far=way.far, number=way.number)
            ended = last.end_quality if last is not None else 0.0
            if c >= 0:
                self._next_cells(way, way.score + change + ended)
                if at_start or way.resuming:
                    jump = 0.0 if page or way.resuming else self.jump_back
                    self._resumptions(way, way.score + change + jump, fresh=at_start and page)
            if (
                c >= NOWHERE
                and model.has_labels
                and not way.label
                and piece.width < _WIDEST_LABEL
                and piece.short_label
            ):
                value = way.score + change + ended + _LABEL_AMONG_ROWS
                self._push(way, value, Step.LABEL, c, resuming=way.resuming, far=way.far, number=way.number)
            if c == BAND and way.piece is not None and TOTAL.match(way.piece.text):
                for to, kind in enumerate(model.kinds):
                    if kind in ("money", "fund"):
                        value = way.score + change - 0.3 + begins[to]
                        self._push(way, value, Step.NEXT, to, far=self.columns - 1, number=way.number)
            closed = way.score + ended + self._closing(way)
            if best_row is None or closed > best_row[0]:
                best_row = (closed, way)
            if at_start and whole and c != NOWHERE:
                self._after(way, closed + after)
        if best_row is not None:
            self._rows(best_row[1], best_row[0] + change + _ROW)

    def _next_cells(self, way: Way, base: float) -> None:
        """The piece begins a cell further right."""
        piece, model, cells = self.piece, self.model, way.cells
        begins, node, skip, far, column = piece.begins, self.node, model.skip, way.far, way.column
        late = base + _LATE
        for to in range(column + 1, self.columns):
            if cells[to] is not None:
                continue
            value = base + begins[to]
            number = way.number
            if piece.number is not None and model.kinds[to] == "number":
                value += _counting(number, piece.number)
                number = piece.number
            if value >= node.floor:
                self._push(way, value, Step.NEXT, to, resuming=way.resuming, far=max(far, to), number=number)
            if to > far:
                base -= skip[to]
        for to in self.merged:  # a merged cell further left, printed among the rows that it stands over
            if to >= column:
                break
            if cells[to] is None:
                value = late + begins[to]
                if value >= node.floor:
                    self._push(way, value, Step.NEXT, to, resuming=way.resuming, far=far, number=way.number)

    def _resumptions(self, way: Way, base: float, *, fresh: bool) -> None:
        """The piece goes on with a cell of the row that a page's end cut; columns come in their order again."""
        piece, model = self.piece, self.model
        for to in range(0 if fresh or not way.resuming else way.column + 1, self.columns):
            last = way.cells[to]
            if last is None:
                if to > way.far and not way.resuming:  # a cell that begins on the new page
                    value = base + piece.begins[to] - 0.5
                    self._push(way, value, Step.NEXT, to, resuming=True, far=to, number=way.number)
                continue
            kind = model.kinds[to]
            if kind in LABEL_KINDS:
                continue
            value = base + piece.goes_on[to] + (0.6 if piece.lower else -0.6)
            value += -last.end_quality if last.end_quality < 0 else -2.0 * last.end_quality
            value += model.unfinished(self.lines[last.line], last)
            if value < self.node.floor - _BEST_FLOW:
                continue
            value += self._flow(last, to, last.width)
            if piece.closing:
                value += _closes(way, to, piece)
            if kind in ("money", "fund") and (last.no_money or w.is_money(last.text)):
                value -= 4.0
            elif kind == "person" and piece.lower and last.name:
                value -= 1.5
            self._push(way, value, Step.RESUME, to, resuming=True, far=way.far, number=way.number)

    def _rows(self, way: Way, base: float) -> None:
        """The piece begins a row, or a band between rows."""
        piece, model = self.piece, self.model
        skipped = 0.0
        for to in range(self.columns):
            value = base - skipped + piece.begins[to]
            number = way.number
            if piece.number is not None and model.kinds[to] == "number":
                value += _counting(number, piece.number)
                number = piece.number
            self._push(way, value, Step.ROW, to, far=to, number=number, fresh=True)
            skipped += model.skip[to]
        band = self._band(piece)
        if band:
            value = base + band
            self._push(way, value, Step.BAND, BAND, far=self.columns - 1, number=way.number, fresh=True)

    def _band(self, piece: Piece) -> float:
        """How likely the piece is a band: a standard or criterion named over the whole width, or a total; 0 for no."""
        if piece.start:
            return 0.0
        own = (
            "standard"
            if piece.word == "tieu" and len(piece.words) > 1 and piece.words[1].lower() == "chuẩn"
            else "criteria"
        )
        alone = own not in self.model.kinds
        if (BAND_TITLE.match(piece.text) and len(piece.words) > 3) or (alone and BAND_ALONE.match(piece.text)):
            return 4.0 if alone else (3.0 if self.model.bands else 1.0)
        if TOTAL.match(piece.text):
            return 2.5 if self.model.bands else 0.5
        return 0.0

    def _after(self, way: Way, score: float) -> None:
        value = score + (1.5 if self.piece.width > 1.3 * self.widest else 0.0)
        self._push(way, value, Step.AFTER, AFTER, far=way.far, number=way.number)

    def _closing(self, way: Way) -> float:
        """What it costs to end the row here: the columns to the right that it never had."""
        return 0.0 if way.column < 0 else -self.missing[way.far]

    def _flow(self, last: Piece, c: int, widest: float) -> float:
        """How well the piece goes on from `last`: broken where the next word no longer fitted, or at a paragraph's end."""
        piece, model = self.piece, self.model
        kind = model.kinds[c]
        score = 0.0
        if kind in LABEL_KINDS and last.short_label and piece.short_label:
            score -= 5.0  # two labels, not one over two lines
        if piece.lower:
            score += 0.3 if not last.sentence else -0.8
        elif piece.bullet:
            score += 0.0 if last.terminated or last.text.endswith(",") else -0.4
            score -= 0.5 if last.sentence else 0.0
        elif not last.terminated and not last.text.endswith((",", "-", "–")) and kind not in _SHORT_KINDS:
            score -= 0.9
        elif last.sentence and kind != "person":
            score -= 0.7
        known = model.widths[c]
        bound = known if known is not None else max(widest, model.head_widths[c])
        need = last.width + SPACE + piece.first_width
        score += model.pairs.get((last.last_word, piece.opening_word), 0.0)
        if need > bound * 0.98:
            return score + 0.6
        if last.text.endswith(("-", "/", "–")):
            return score
        if (last.terminated and piece.opens) or piece.bullet:
            return score - 0.3
        slack = (bound - need) / bound
        return score - min(0.5 + 9.0 * slack if known is not None else 0.3 + 4.0 * slack, 5.0)


def _cuts(line: Line, resuming: bool) -> list[int]:
    """Places inside a line where two cells may have been run together; anywhere when cut cells are being resumed."""
    words = line.words
    if len(words) > _LONGEST_CUT_LINE:  # only where it shows: a list mark, a number, a label
        marks = (
            k
            for k in range(1, len(words) - 1)
            if words[k] in "-+•*" or words[k][0].isdigit() != words[k - 1][0].isdigit()
        )
        return sorted({*line.glued, *marks}) if len(words) <= 2 * _LONGEST_CUT_LINE else sorted(line.glued)
    if resuming:
        return list(range(1, len(words)))
    cuts: list[int] = []
    for k in range(1, len(words)):
        word, prior = words[k], words[k - 1]
        if (
            k in line.glued
            or w.is_capitalised(word)
            or word[0].isdigit()
            or prior[-1].isdigit()
            or (word in "-–+•*" and k < len(words) - 1)
            or word[0] in '“"'
        ):
            cuts.append(k)
    return cuts


def _counting(before: int | None, number: int) -> float:
    """Whether a row number follows the one before; a row printed twice keeps its number."""
    if before is None:
        return 2.0 if number == 1 else -1.0
    if number == before + 1:
        return 3.0
    if number == before:
        return 1.5
    return 0.0 if number == 1 else -3.0


def _closes(way: Way, column: int, piece: Piece) -> float:
    """A closing quotation mark or bracket belongs to the cell that it was opened in."""
    for opening, closing in ("“”", "()"):
        if piece.text.count(closing) > piece.text.count(opening):
            text = way.text_of(column)
            return 2.5 if text.count(opening) > text.count(closing) else -2.5
    return 0.0
