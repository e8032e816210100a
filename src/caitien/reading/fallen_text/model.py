"""What is learned from the document itself: column widths, how boundaries look, which cells are often empty, first words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from math import log

from caitien.reading.fallen_text.evidence import KIND_OF_FIELD, SKIPPED_AT_FIRST, Piece
from caitien.reading.fallen_text.heading import Column
from caitien.reading.fallen_text.lines import SPACE, Line
from caitien.reading.fallen_text.ways import BAND, Step, Way

LABEL_KINDS = ("number", "standard", "criteria")
CHANGE = -0.9  # of a line to begin another cell, before anything is known
Boundary = tuple[
    int, bool, bool, bool, bool
]  # empty lines (0, 1, 2), trailing space, void paragraph, leading space, list item


def boundary_class(before: Line | None, line: Line) -> Boundary:
    """How the break between two lines looks in the file."""
    return (min(line.gap, 2), bool(before and before.trailing), line.voids > 0, line.leading, line.item)


@dataclass(slots=True)
class Model:
    """The columns, and all that is known of them so far."""

    fields: list[str | None]
    kinds: list[str]
    head_widths: list[float]
    skip: list[float]
    widths: list[float | None]
    breaks: dict[Boundary, tuple[float, float]] = field(default_factory=dict)
    default_break: tuple[float, float] = (0.0, -1.0)
    first_words: list[dict[str, float] | None] = field(default_factory=list)  # None: a column of labels
    has_labels: bool = False
    bands: bool = False
    wide: float = 30.0
    pairs: dict[tuple[str, str], float] = field(default_factory=dict)
    nothing: list[float] = field(default_factory=list)  # a 0 for every column
    trailing: tuple[float, float] = (0.0, 0.0)  # of a cell going on, when its line ends with a space, and when not

    def boundary(self, boundary: Boundary) -> tuple[float, float]:
        """Log odds of such a break inside a cell, and between two cells."""
        return self.breaks.get(boundary, self.default_break)

    def too_wide(self, width: float) -> list[float]:
        """By column: the cost of a piece wider than the column."""
        out = []
        for known in self.widths:
            if known is None:
                out.append(0.0)
                continue
            over = width / known - 1.02
            out.append(-min(0.5 + 25 * over, 14.0) if over > 0 else 0.0)
        return out

    def lexical(self, piece: Piece) -> tuple[list[float], list[float]]:
        """By column, what the first word says of the start of a cell and of a further line, by how the document's own cells begin."""
        if not self.first_words:
            return self.nothing, self.nothing
        word = piece.word
        first = [0.0 if scores is None else scores.get(word, -0.2) for scores in self.first_words]
        return first, [0.5 * x for x in first] if piece.bullet else self.nothing

    def unfinished(self, line: Line, piece: Piece) -> float:
        """What the space at the end of a line says about the cell going on (log odds)."""
        if piece.end != len(line.words):
            return 0.0
        return self.trailing[0] if line.trailing else self.trailing[1]

    def widest(self) -> float:
        """The widest column, in em."""
        return max((x for x in self.widths if x is not None), default=self.wide)


def first_model(columns: list[Column], lines: list[Line], begin: int, end: int) -> Model:
    """The model before anything was aligned: from the headings, and from how often breaks look alike."""
    fields = [c.field for c in columns]
    kinds = [KIND_OF_FIELD.get(f or "", "text") for f in fields]
    model = Model(
        fields=fields,
        kinds=kinds,
        head_widths=[c.widest for c in columns],
        skip=[SKIPPED_AT_FIRST.get(f or "", 1.8) for f in fields],
        widths=[None] * len(columns),
        nothing=[0.0] * len(columns),
        has_labels=any(k in ("standard", "criteria") for k in kinds),
        pairs=_pairs(lines),
    )
    counts = Counter(boundary_class(lines[i - 1], lines[i]) for i in range(begin + 1, end) if not lines[i].new_page)
    total = sum(counts.values()) or 1
    gaps = sum(n for (gap, *_), n in counts.items() if gap) / total
    trails = sum(n for (_, trailing, *_), n in counts.items() if trailing) / total
    for boundary in counts:
        gap, trailing, void, leading, item = boundary
        go_on = change = 0.0
        if 0.05 < gaps < 0.7:
            go_on, change = (-3.0, 0.7) if gap else (0.2, -1.2)
            if item:  # list items stand apart inside a cell too
                go_on, change = max(go_on, -0.6), min(change, 0.2)
        elif gaps >= 0.7 and not gap:
            go_on, change = -0.7, 0.7
        if 0.3 < trails < 0.97:
            go_on += 0.2 if trailing else -0.8
            change += -0.4 if trailing else 0.6
        if void:
            go_on -= 0.7
        if leading:
            change += 0.2
        model.breaks[boundary] = (go_on, change + CHANGE)
    return model


def _pairs(lines: list[Line]) -> dict[tuple[str, str], float]:
    counts: Counter[tuple[str, str]] = Counter()
    for line in lines:
        words = [word.lower() for word in line.words]
        for a, b in pairwise(words):
            if a.isalpha():
                counts[(a, b.rstrip(".,;:)”"))] += 1
    return {pair: min(1.6, 0.8 * log(1 + n)) for pair, n in counts.items()}


def learn(model: Model, path: list[Way], lines: list[Line]) -> Model:
    """A better model, from an alignment made with the one before."""
    return _Learner(model, lines).learn(path)


class _Learner:
    def __init__(self, model: Model, lines: list[Line]) -> None:
        self.model = model
        self.lines = lines
        n = len(model.kinds)
        self.line_widths: list[list[float]] = [[] for _ in range(n)]
        self.needs: list[list[float]] = [[] for _ in range(n)]  # a line and the word that no longer fitted
        self.starts: list[Counter[str]] = [Counter() for _ in range(n)]
        self.inside: Counter[Boundary] = Counter()
        self.between: Counter[Boundary] = Counter()
        self.filled = [0] * n
        self.rows = 0
        self.bands = 0

    def learn(self, path: list[Way]) -> Model:
        last: dict[int, Piece] = {}
        for way in path:
            piece = way.piece
            step = way.step
            if piece is None or step is Step.AFTER:
                break
            line = self.lines[piece.line]
            if piece.start == 0 and not line.new_page and piece.line:
                boundary = boundary_class(self.lines[piece.line - 1], line)
                (self.inside if step is Step.GO_ON else self.between)[boundary] += 1
            c = way.column
            if step is Step.BAND:
                self.bands += 1
                last = {}
            if c == BAND or step is Step.LABEL or c < 0:
                continue
            if step is Step.ROW:
                self.rows += 1
                last = {}
            if step in (Step.ROW, Step.NEXT):
                self.filled[c] += 1
                self.starts[c][piece.word] += 1
            elif c in last:
                before = last[c]
                if piece.bullet:
                    self.starts[c][piece.word] += 1
                if not (before.terminated and piece.opens) and not piece.bullet:
                    self.needs[c].append(before.width + SPACE + piece.first_width)
            self.line_widths[c].append(piece.width)
            last[c] = piece
        return self._model()

    def _model(self) -> Model:
        old = self.model
        n = len(old.kinds)
        widths = [_fit_width(sorted(self.line_widths[c]), sorted(self.needs[c]), old.head_widths[c]) for c in range(n)]
        skip = []
        for c in range(n):
            prior = min(0.9, 2.718 ** -old.skip[c])
            share = (self.rows - self.filled[c] + 4 * prior) / (self.rows + 4)
            skip.append(min(4.5, max(0.1, -log(max(share, 0.011)))))
        return Model(
            fields=old.fields,
            kinds=old.kinds,
            head_widths=old.head_widths,
            skip=skip,
            widths=widths,
            breaks=self._breaks(),
            trailing=self._trailing(),
            pairs=old.pairs,
            first_words=self._first_words(),
            has_labels=old.has_labels,
            nothing=old.nothing,
            bands=self.bands > 0,
        )

    def _breaks(self) -> dict[Boundary, tuple[float, float]]:
        inside, between = sum(self.inside.values()) + 4, sum(self.between.values()) + 4
        out = {}
        for boundary in set(self.inside) | set(self.between) | set(self.model.breaks):
            prior_in, prior_out = self.model.breaks.get(boundary, self.model.default_break)
            a, b = self.inside[boundary], self.between[boundary]
            both = (a + b + 2) / (inside + between)
            p_in = (a + 1.0 * 2.718 ** min(prior_in, 0.5)) / inside
            p_out = (b + 1.0 * 2.718 ** min(prior_out, 0.5)) / between
            out[boundary] = (_clip(log(p_in / both), -4, 1), _clip(log(p_out / both), -4, 1.5) + CHANGE)
        return out

    def _trailing(self) -> tuple[float, float]:
        counts = {}
        for name, counter in (("in", self.inside), ("out", self.between)):
            yes = sum(n for (_, trailing, *_), n in counter.items() if trailing) + 2
            all_ = sum(counter.values()) + 4
            counts[name] = yes / all_
        a, b = counts["in"], counts["out"]
        return _clip(log(a / b), -2.5, 2.5), _clip(log((1 - a) / (1 - b)), -2.5, 2.5)

    def _first_words(self) -> list[dict[str, float] | None]:
        total: Counter[str] = Counter()
        for counter in self.starts:
            total.update(counter)
        everything = sum(total.values()) + 1
        out: list[dict[str, float] | None] = []
        for kind, counter in zip(self.model.kinds, self.starts, strict=True):
            if kind in LABEL_KINDS:
                out.append(None)
                continue
            own = sum(counter.values())
            scores = {}
            for word, count in total.items():
                here = max(0.0, counter[word] - 0.8)  # a word seen once says nothing: it may be there by mistake
                usual = max(0.2, count - 0.8) / everything
                scores[word] = _clip(log((here + 4 * usual) / (own + 4) / usual), -1.5, 1.8)
            out.append(scores)
        return out


def _clip(value: float, low: float, high: float) -> float:
    return max(low, min(high, value))


def _fit_width(lines: list[float], needs: list[float], head: float) -> float | None:
    """The column width that most lines fit in and most broken lines, with the next word, do not."""
    if not lines:
        return None
    candidates = sorted({x for x in lines if x >= head * 0.98} | {head})
    best, best_cost = None, 0.0
    for width in candidates:
        too_wide = len(lines) - bisect_right(lines, width * 1.005)
        would_fit = bisect_left(needs, width * 0.99)
        cost = too_wide * 1.0 + would_fit * 0.6
        if best is None or cost < best_cost - 1e-9:
            best, best_cost = width, cost
    if best is None:
        return None
    if len(lines) < 4 or len(needs) < 2:
        return max(best, lines[-1]) * 1.6  # too few lines to know
    return best * 1.01
