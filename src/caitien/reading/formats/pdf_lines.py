"""From words to lines and paragraphs, in the order in which a person reads the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from caitien.reading.formats.pdf_page import Word
from caitien.reading.formats.printed_text import clean
from caitien.reading.source import AUTHOR_BREAK

_SAME_LINE = 0.45  # of the letter size: how far baselines may differ on one line (superscripts, patched fonts)
_APART = 2.2  # of the letter size: a gap this wide parts what stands side by side (letterhead, signatures)
_NEXT_LINE = 2.0  # of the letter size: lines further apart are of different paragraphs
_SIGNATURE_SPACE = 9  # of the letter size: the room left for a signature and a stamp
_ITEM = re.compile(
    r"(?:[-–—+*•▪➢✓☐☑●○■◆❖]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[IVX]{1,5}[.)]|\(\d{1,2}\))(?:\s|$)|[-–+•](?=\S)"
)


@dataclass(slots=True)
class Line:
    """Words on one baseline with no wide gap between them."""

    words: list[Word]
    x0: float = 0.0
    x1: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    baseline: float = 0.0
    size: float = 0.0
    text: str = ""
    bold: bool = False

    def __post_init__(self) -> None:
        self.words.sort(key=lambda w: w.x0)
        self.x0, self.x1 = self.words[0].x0, max(w.x1 for w in self.words)
        self.top, self.bottom = min(w.top for w in self.words), max(w.bottom for w in self.words)
        self.baseline = max(w.baseline for w in self.words)
        self.size = max(w.size for w in self.words)
        self.text = clean(" ".join(w.text for w in self.words))
        self.bold = all(w.bold for w in self.words)

    @classmethod
    def edge(cls, x: float) -> Line:
        """The edge of the page as a line without width."""
        return cls([Word("", x, x, 0, 0, 0, 0)])


@dataclass(slots=True)
class LineGroup:
    """A paragraph on the page."""

    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)

    def box(self) -> tuple[float, float, float, float]:
        lines = self.lines
        return (
            min(x.x0 for x in lines),
            min(x.top for x in lines),
            max(x.x1 for x in lines),
            max(x.bottom for x in lines),
        )


def lines_of(words: list[Word]) -> list[Line]:
    """Words as lines from the top down; each line from left to right, whatever gaps it has."""
    made: list[list[Word]] = []
    baseline = size = 0.0
    for word in sorted(words, key=lambda w: (w.baseline, w.x0)):
        if made and word.baseline - baseline <= _SAME_LINE * max(size, word.size):
            made[-1].append(word)
            size = max(size, word.size)
        else:
            made.append([word])
            baseline, size = word.baseline, word.size
    return [Line(line) for line in made]


def cell_text(words: list[Word], left: float, right: float) -> str:
    """Text of a cell that stands from `left` to `right`: its lines with "\\n" between.

    A break that the page did not need (the next word had room, and a sentence or an item begins) is the author's:
    AUTHOR_BREAK stands before its "\\n".
    """
    lines = lines_of(words)
    if len(lines) < 2:
        return lines[0].text if lines else ""
    padding = max(0.0, min(min(x.x0 for x in lines) - left, right - max(x.x1 for x in lines)))
    room = max(max(x.x1 - x.x0 for x in lines), right - left - 2 * padding - 1)
    text = lines[0].text
    for above, line in pairwise(lines):
        first = line.words[0]
        fits = above.x1 - above.x0 + 0.35 * above.size + first.x1 - first.x0 < room - 0.2 * above.size
        begins = above.text.endswith((".", ";", ":", "!", "?")) or line.text[0].isupper() or _ITEM.match(line.text)
        text += (AUTHOR_BREAK if fits and begins else "") + "\n" + line.text
    return text


def turned_text(words: list[tuple[int, Word]]) -> str:
    """Text that stands on end in a cell: read bottom up (three quarter turns make it so) or top down."""
    made: list[str] = []
    for turn in sorted({t for t, _ in words}):
        own = sorted((w for t, w in words if t == turn), key=lambda w: (w.baseline, w.x0))
        lines: list[list[Word]] = []
        for word in own:
            if lines and word.baseline - lines[-1][0].baseline <= _SAME_LINE * word.size:
                lines[-1].append(word)
            else:
                lines.append([word])
        for line in lines:
            line.sort(key=lambda w: -w.bottom if turn == 1 else w.top)
            made.append(clean(" ".join(w.text for w in line)))
    return "\n".join(made)


def paragraphs(words: list[Word], page_width: float) -> list[LineGroup]:
    """Words outside tables as paragraphs in reading order; of what stands side by side the left comes first."""
    rows = [_segments(line) for line in lines_of(words)]
    made: list[LineGroup] = []
    plain: list[Line] = []
    i = 0
    while i < len(rows):
        end, gutter = _side_by_side(rows, i, page_width / 2)
        if end == i:
            plain += rows[i]
            i += 1
            continue
        while (
            plain and _fits_beside(plain[-1], gutter) and 0 < rows[i][0].top - plain[-1].bottom < 0.6 * plain[-1].size
        ):
            i -= 1  # a line of one side that stands a little higher than its neighbour
            plain.pop()
        made += _grouped(plain)
        plain = []
        segments = [s for row in rows[i:end] for s in row]
        made += _grouped([s for s in segments if s.x1 <= gutter], beside=True)
        made += _grouped([s for s in segments if s.x0 >= gutter], beside=True)
        i = end
    return made + _grouped(plain)


def _side_by_side(rows: list[list[Line]], start: int, middle: float) -> tuple[int, float]:
    """Where a stretch of lines in two columns that begins at `start` ends, and the x between its columns."""
    if len(rows[start]) < 2:
        return start, 0.0
    gaps = [(b.x0 - a.x1, a.x1, b.x0) for a, b in pairwise(rows[start])]
    _, low, high = max(gaps)
    end = start + 1
    while end < len(rows):
        below = rows[end]
        if below[0].top - rows[end - 1][0].bottom > _SIGNATURE_SPACE * below[0].size:
            break
        if len(below) == 1 and abs((below[0].x0 + below[0].x1) / 2 - middle) < below[0].size:
            break  # a title in the middle of the page
        parts = [(a.x1, b.x0) for a, b in pairwise([Line.edge(-1e9), *below, Line.edge(1e9)])]
        fitting = [(max(low, a), min(high, b)) for a, b in parts if min(high, b) - max(low, a) > below[0].size]
        if not fitting:
            break
        low, high = fitting[0]
        end += 1
    return end, (low + high) / 2


def _fits_beside(line: Line, gutter: float) -> bool:
    return line.x1 <= gutter or line.x0 >= gutter


def _grouped(segments: list[Line], *, beside: bool = False) -> list[LineGroup]:
    """Lines of one column, top to bottom, as paragraphs. `beside`: another column stands beside it."""
    if not segments:
        return []
    left, right = min(s.x0 for s in segments), max(s.x1 for s in segments)
    groups: list[LineGroup] = []
    for segment in segments:
        if groups and _stands_under(segment, groups[-1]) and _goes_on(groups[-1], segment, left, right, beside):
            groups[-1].lines.append(segment)
        else:
            groups.append(LineGroup([segment]))
    return groups


def _segments(line: Line) -> list[Line]:
    parts: list[list[Word]] = [[line.words[0]]]
    reached = line.words[0].x1
    for word in line.words[1:]:
        if word.x0 - reached > _APART * max(word.size, 1):
            parts.append([])
        parts[-1].append(word)
        reached = max(reached, word.x1)
    return [Line(part) for part in parts] if len(parts) > 1 else [line]


def _stands_under(segment: Line, group: LineGroup) -> bool:
    last = group.lines[-1]
    apart = segment.baseline - last.baseline
    x0, _, x1, _ = group.box()
    return 0 < apart <= _NEXT_LINE * max(segment.size, last.size) and segment.x0 < x1 and segment.x1 > x0


def _goes_on(group: LineGroup, segment: Line, left: float, right: float, beside: bool) -> bool:
    """Whether a line is more of the paragraph above: the line above was full, and nothing starts anew."""
    last = group.lines[-1]
    if segment.bold != last.bold or segment.text.isupper() != last.text.isupper():
        return False
    if _ITEM.match(segment.text) or abs(segment.size - last.size) > 0.15 * last.size:
        return False
    centred = abs((segment.x0 + segment.x1) / 2 - (last.x0 + last.x1) / 2) < segment.size
    if centred and (beside or last.x0 - left > 3 * last.size):
        return False  # lines of a letterhead, a title, a signature are each their own
    if segment.x0 > group.box()[0] + 1.2 * segment.size and segment.x0 > last.x0 + segment.size:
        return False
    first = segment.words[0]
    return last.x1 + 0.3 * last.size + (first.x1 - first.x0) > right - 0.5 * last.size
