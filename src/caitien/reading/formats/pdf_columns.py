"""Tables whose rules are missing, in part or all: their columns and rows from how the words line up.

Rules that are drawn always win. Only where a table has none between its columns (lines above and below alone, or no
line at all) the white stripes between words part them; only where it has none between its rows, the numbers in the
first column, or gaps that most columns have at the same height, do.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from caitien.reading.formats.pdf_grid import Grid, Place, joined
from caitien.reading.formats.pdf_lines import Line, lines_of
from caitien.reading.formats.pdf_page import Page, Rule, Word

_COLUMNS = 3  # fewer side by side are a letterhead or signatures, not a table
_LINES = 5  # of text with so many columns make a table without rules
_STRIPE = 5.0  # points: the narrowest white stripe between two columns
_CROSSED = 0.06  # of the lines may cross a stripe: bands of merged cells, wide headings
_WIDE = 0.4  # of the page: a rule shorter than this frames no plan
_SAME_HEIGHT = 2.5  # points: baselines of one row's first lines
_GAP = 1.25  # times the usual distance of lines: more than this starts a paragraph
_NUMBER = re.compile(r"(\d{1,3})[.)]?")


def missing_rules(page: Page, found: list[Grid]) -> tuple[list[Rule], list[Rule]]:
    """Level and plumb rules that the page should have had: for tables with level rules only, or with no rules.

    `found`: the tables that its own rules make; nothing is put on top of them.
    """
    free = [w for w in page.words if not any(g.holds((w.x0 + w.x1) / 2, w.baseline) for g in found)]
    if not free:
        return [], []
    level: list[Rule] = []
    plumb: list[Rule] = []
    for top, bottom, left, right, inner in _level_only(page, found):
        words = [w for w in free if top < w.baseline < bottom and left - 3 <= w.x0 and w.x1 <= right + 3]
        level += [Rule(y, left, right) for y in inner]
        plumb += _columns(words, left, right, inner)
    if level or found:
        return (level, plumb) if plumb else ([], [])
    return _unruled(free)


def split_rows(grid: Grid, page: Page) -> Grid:
    """The grid with the rows that no rule parts parted where the words show it; the same grid when they do not."""
    cuts: dict[int, list[float]] = {}
    for band, (top, bottom) in enumerate(pairwise(grid.ys)):
        places = [p for p in grid.places if p[0] == band and p[2] == 1]
        if len(places) < _COLUMNS or bottom - top < 30:
            continue
        words = [w for w in page.words if top < w.baseline - 0.25 * w.size < bottom and grid.xs[0] < w.x0 < grid.xs[-1]]
        by_column: dict[int, list[Word]] = {}
        for word in words:
            by_column.setdefault(bisect_right(grid.xs, (word.x0 + word.x1) / 2) - 1, []).append(word)
        columns = [lines_of(by_column[p[1]]) for p in sorted(places, key=lambda p: p[1]) if p[1] in by_column]
        found = row_starts(columns)
        if found:
            cuts[band] = found
    return _cut(grid, cuts) if cuts else grid


def row_starts(columns: list[list[Line]]) -> list[float]:
    """Heights at which a row ends and the next starts, [] when there is but one row. `columns`: lines, left to right."""
    if len(columns) < _COLUMNS:
        return []
    lines = [line for column in columns for line in column]
    pitch = _usual_distance(columns)
    starts = _numbered_starts(columns, pitch) or _aligned_starts(columns, pitch)
    made: list[float] = []
    for start in starts:
        above = [x.bottom for x in lines if x.baseline < start - _SAME_HEIGHT]
        if not above:
            continue
        own_top = min(x.top for x in lines if abs(x.baseline - start) <= _SAME_HEIGHT)
        made.append((max(above) + own_top) / 2 if max(above) < own_top else own_top + 1)
    return made


def _numbered_starts(columns: list[list[Line]], pitch: float) -> list[float]:
    """Baselines of 1, 2, 3, … in the first column, when other columns have a line at each of them too."""
    anchors = columns[0]
    while anchors and not _NUMBER.fullmatch(anchors[0].text):
        anchors = anchors[1:]  # a heading, or the end of a row that began on the page before
    numbers = [_NUMBER.fullmatch(line.text) for line in anchors]
    if len(anchors) < 2 or not all(numbers):
        return []
    values = [int(n.group(1)) for n in numbers if n]
    if any(b != a + 1 for a, b in pairwise(values)):
        return []
    baselines = [line.baseline for line in anchors]
    apart = all(b - a > 1.6 * pitch for a, b in pairwise(baselines))
    if not apart and len(anchors) < 4:
        return []
    for baseline in baselines:
        beside = sum(any(abs(x.baseline - baseline) <= _SAME_HEIGHT for x in column) for column in columns[1:])
        if beside < max(2, 0.5 * (len(columns) - 1)):
            return []
    return baselines


def _aligned_starts(columns: list[list[Line]], pitch: float) -> list[float]:
    """Baselines at which most columns start a paragraph at once."""
    firsts: list[float] = []
    for column in columns:
        firsts += [column[0].baseline]
        firsts += [b.baseline for a, b in pairwise(column) if b.baseline - a.baseline > _GAP * pitch]
    starts: list[float] = []
    for baseline in sorted(set(firsts)):
        together = sum(abs(f - baseline) <= _SAME_HEIGHT for f in firsts)
        if together >= max(_COLUMNS, 0.6 * len(columns)) and (not starts or baseline - starts[-1] > pitch):
            starts.append(baseline)
    return starts if len(starts) > 1 else []


def _usual_distance(columns: list[list[Line]]) -> float:
    distances = sorted(b.baseline - a.baseline for column in columns for a, b in pairwise(column))
    return distances[len(distances) // 4] if distances else 14.0


def _cut(grid: Grid, cuts: dict[int, list[float]]) -> Grid:
    ys: list[float] = []
    first: list[int] = []  # old row -> its first new row
    for band, top in enumerate(grid.ys[:-1]):
        first.append(len(ys))
        ys += [top, *cuts.get(band, [])]
    first.append(len(ys))
    ys.append(grid.ys[-1])
    places: list[Place] = []
    for r, c, rows, columns in grid.places:
        if rows == 1 and r in cuts:
            places += [(new, c, 1, columns) for new in range(first[r], first[r + 1])]
        else:
            places.append((first[r], c, first[r + rows] - first[r], columns))
    return Grid(grid.xs, ys, sorted(places), open_below=grid.open_below)


def _level_only(page: Page, found: list[Grid]) -> list[tuple[float, float, float, float, list[float]]]:
    """Stacks of level rules of one width with no table of their own: top, bottom, left, right, heights."""
    rules = [
        r
        for r in joined(page.level)
        if r.end - r.start > _WIDE * page.width and not any(g.ys[0] - 3 <= r.at <= g.ys[-1] + 3 for g in found)
    ]
    stacks: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        own = [s for s in stacks if abs(s[0].start - rule.start) < 4 and abs(s[0].end - rule.end) < 4]
        if own:
            own[0].append(rule)
        else:
            stacks.append([rule])
    return [(s[0].at, s[-1].at, s[0].start, s[0].end, [r.at for r in s]) for s in stacks if len(s) > 1]


def _unruled(words: list[Word]) -> tuple[list[Rule], list[Rule]]:
    """Rules round and between the columns of a table that has none; nothing when the page shows no such table."""
    lines = lines_of(words)
    wide = [i for i, line in enumerate(lines) if len(_runs(line)) >= _COLUMNS]
    if len(wide) < _LINES:
        return [], []
    body = lines[wide[0] : wide[-1] + 1]
    rest = wide[-1] + 1
    while (
        rest < len(lines)
        and lines[rest].baseline - body[-1].baseline < 1.6 * body[-1].size
        and len(_runs(lines[rest])) > 1
    ):
        body.append(lines[rest])
        rest += 1
    left, right = min(x.x0 for x in body) - 3, max(x.x1 for x in body) + 3
    top, bottom = min(x.top for x in body) - 1, max(x.bottom for x in body) + 1
    plumb = _columns([w for line in body for w in line.words], left, right, [top, bottom])
    if len(plumb) < _COLUMNS + 1:
        return [], []
    return [Rule(top, left, right), Rule(bottom, left, right)], plumb


def _runs(line: Line) -> list[Word]:
    """The first word of each part of a line that a gap of a letter's width sets off."""
    made = [line.words[0]]
    for a, b in pairwise(line.words):
        if b.x0 - a.x1 > max(a.size, _STRIPE):
            made.append(b)
    return made


def _columns(words: list[Word], left: float, right: float, heights: list[float]) -> list[Rule]:
    """Plumb rules at the white stripes between words, band by band; in a band where a word crosses one it is left out."""
    lines = len(lines_of(words)) or 1
    crossings = [0] * (int(right - left) + 2)
    for word in words:
        for x in range(max(0, int(word.x0 - left)), min(len(crossings), int(word.x1 - left) + 1)):
            crossings[x] += 1
    stripes: list[float] = []
    begun: int | None = None
    for at, crossed in enumerate([*crossings, lines]):
        if crossed <= _CROSSED * lines:
            begun = at if begun is None else begun
        elif begun is not None:
            if at - begun >= _STRIPE and begun > 0:
                stripes.append(left + (begun + at) / 2)
            begun = None
    if len(stripes) + 1 < _COLUMNS:
        return []
    top, bottom = heights[0], heights[-1]
    made = [Rule(left, top, bottom), Rule(right, top, bottom)]
    for stripe in stripes:
        for a, b in pairwise(heights):
            if not any(a < w.baseline < b and w.x0 < stripe < w.x1 for w in words):
                made.append(Rule(stripe, a, b))
    return made
