"""From ruled lines to grids: which lines belong together, their rows and columns, and the merged places between them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

from caitien.reading.formats.pdf_page import Rule

_SNAP = 3.0  # points: lines nearer than this are one line (double rules, borders drawn twice)
_JOIN = 4.0  # points: gaps in a line that are still the line (dashes, borders drawn cell by cell)
_COVER = 0.5  # of a cell's side: a line this long parts two cells
_OPEN = 6.0  # points: how far rules must stand out beyond the last crossing rule to make an open side

Place = tuple[int, int, int, int]  # row, column, rows, columns


@dataclass(slots=True)
class Grid:
    """A ruled table on a page: column edges, row edges, and its cells as places on them."""

    xs: list[float]
    ys: list[float]
    places: list[Place]
    at: dict[tuple[int, int], int] = field(default_factory=dict)  # row, column -> index in places
    open_below: bool = False  # the last row has no rule under it

    def __post_init__(self) -> None:
        for i, (r, c, rows, columns) in enumerate(self.places):
            for y in range(r, r + rows):
                for x in range(c, c + columns):
                    self.at[(y, x)] = i

    def find(self, x: float, y: float) -> int | None:
        """Index of the place that holds a point; None outside."""
        c, r = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        return self.at.get((r, c))

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]


def grids(level: list[Rule], plumb: list[Rule]) -> list[Grid]:
    """Every ruled table with at least two cells, from the top of the page down."""
    rows, columns = joined(level), joined(plumb)
    found = [made for h, v in _components(rows, columns) if (made := grid(h, v)) is not None]
    found = [g for g in found if len(g.places) > 1]
    return sorted(found, key=lambda g: (g.ys[0], g.xs[0]))


def joined(rules: list[Rule]) -> list[Rule]:
    """Rules on one line joined over small gaps; rules side by side taken as one."""
    made: list[Rule] = []
    group: list[Rule] = []
    for rule in [*sorted(rules, key=lambda r: r.at), None]:
        if group and (rule is None or rule.at - group[0].at > _SNAP):
            made += _joined_line(group)
            group = []
        if rule is not None:
            group.append(rule)
    return made


def _joined_line(group: list[Rule]) -> list[Rule]:
    at = sum(r.at for r in group) / len(group)
    made: list[Rule] = []
    for rule in sorted(group, key=lambda r: r.start):
        if made and rule.start <= made[-1].end + _JOIN:
            made[-1].end = max(made[-1].end, rule.end)
        else:
            made.append(Rule(at, rule.start, rule.end))
    return [r for r in made if r.end - r.start > _SNAP]


def _components(level: list[Rule], plumb: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that touch each other, group by group."""
    parent = list(range(len(level) + len(plumb)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for j, v in enumerate(plumb, start=len(level)):
        for i, h in enumerate(level):
            if (
                v.start - _SNAP <= h.at <= v.end + _SNAP
                and h.start - _SNAP <= v.at <= h.end + _SNAP
                and root(i) != root(j)
            ):
                parent[root(j)] = root(i)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, h in enumerate(level):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(plumb, start=len(level)):
        groups.setdefault(root(j), ([], []))[1].append(v)
    return [(h, v) for h, v in groups.values() if h and v]


def grid(level: list[Rule], plumb: list[Rule]) -> Grid | None:
    """The grid of rules that belong together; None when they enclose nothing. Sides may be open."""
    xs, ys = _edges(plumb), _edges(level)
    open_below = False
    if xs and ys:
        left, right = min(h.start for h in level), max(h.end for h in level)
        top, bottom = min(v.start for v in plumb), max(v.end for v in plumb)
        xs = ([left] if left < xs[0] - _OPEN else []) + xs + ([right] if right > xs[-1] + _OPEN else [])
        open_below = bottom > ys[-1] + _OPEN
        ys = ([top] if top < ys[0] - _OPEN else []) + ys + ([bottom] if open_below else [])
    if len(xs) < 2 or len(ys) < 2:
        return None
    xs, ys = _parting(xs, ys, plumb), _parting(ys, xs, level)
    if len(xs) < 2 or len(ys) < 2:
        return None
    return Grid(xs, ys, _places(xs, ys, level, plumb), open_below=open_below)


def _edges(rules: list[Rule]) -> list[float]:
    edges: list[float] = []
    for at in sorted(r.at for r in rules):
        if not edges or at - edges[-1] > _SNAP:
            edges.append(at)
    return edges


def _parting(edges: list[float], across: list[float], rules: list[Rule]) -> list[float]:
    """Inner edges that part at least two cells; the outer ones always stay."""
    bands = list(pairwise(across))
    inner = [e for e in edges[1:-1] if any(_parts(rules, e, a, b) for a, b in bands)]
    return [edges[0], *inner, edges[-1]]


def _parts(rules: list[Rule], at: float, start: float, end: float) -> bool:
    """Whether rules at `at` cover enough of the side from `start` to `end`."""
    covered = sum(max(0.0, min(r.end, end) - max(r.start, start)) for r in rules if abs(r.at - at) <= _SNAP)
    return covered >= _COVER * (end - start)


def _places(xs: list[float], ys: list[float], level: list[Rule], plumb: list[Rule]) -> list[Place]:
    """Cells: the smallest places of the grid, put together where no rule parts them."""
    rows, columns = len(ys) - 1, len(xs) - 1
    by_x = [[v for v in plumb if abs(v.at - x) <= _SNAP] for x in xs]
    by_y = [[h for h in level if abs(h.at - y) <= _SNAP] for y in ys]
    region = {(r, c): r * columns + c for r in range(rows) for c in range(columns)}
    parent = list(range(rows * columns))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for r in range(rows):
        for c in range(columns):
            if c + 1 < columns and not _parts(by_x[c + 1], xs[c + 1], ys[r], ys[r + 1]):
                parent[root(region[(r, c + 1)])] = root(region[(r, c)])
            if r + 1 < rows and not _parts(by_y[r + 1], ys[r + 1], xs[c], xs[c + 1]):
                parent[root(region[(r + 1, c)])] = root(region[(r, c)])
    left = {place: root(i) for place, i in region.items()}
    made: list[Place] = []
    for r in range(rows):
        for c in range(columns):
            if (r, c) not in left:
                continue
            mark = left[(r, c)]
            width = 1
            while left.get((r, c + width)) == mark:
                width += 1
            height = 1
            while all(left.get((r + height, c + i)) == mark for i in range(width)):
                height += 1
            for y in range(r, r + height):
                for x in range(c, c + width):
                    del left[(y, x)]
            made.append((r, c, height, width))
    return made
