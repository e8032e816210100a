"""From the steps of an alignment to rows of cells, and the labels of merged cells onto their rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from caitien.plan.text import squash
from caitien.reading.fallen_text import wording as w
from caitien.reading.fallen_text.lines import Line
from caitien.reading.fallen_text.ways import BAND, Step, Way


@dataclass(slots=True)
class RowCell:
    """The lines of a cell and the page on which it begins."""

    lines: list[str]
    page: int

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(slots=True)
class Row:
    """A printed row: cells by column; a band has its one cell under BAND. `labels`: merged cells' labels printed inside."""

    cells: dict[int, RowCell] = field(default_factory=dict)
    labels: list[RowCell] = field(default_factory=list)
    labels_before: list[RowCell] = field(default_factory=list)
    first_line: int = 0

    @property
    def is_band(self) -> bool:
        return BAND in self.cells


@dataclass(slots=True)
class Group:
    """A merged cell: `text` stands over rows `start` to before `end`."""

    start: int
    end: int
    cell: RowCell


def rows_of(path: list[Way], lines: list[Line]) -> tuple[list[Row], int | None]:
    """The rows of an alignment, and the line at which the table was over (None: it went on to the end)."""
    rows: list[Row] = []
    early: list[RowCell] = []  # labels before the first row
    for way in path:
        piece = way.piece
        if piece is None:
            continue
        if way.step is Step.AFTER:
            return rows, piece.line
        page = lines[piece.line].page
        if way.step is Step.LABEL and not rows:
            early.append(RowCell([piece.text], page))
            continue
        if way.step in (Step.ROW, Step.BAND) or not rows:
            rows.append(Row(first_line=piece.line, labels_before=early))
            early = []
        row = rows[-1]
        if way.step is Step.LABEL:
            row.labels.append(RowCell([piece.text], page))
        elif way.column in row.cells:
            row.cells[way.column].lines.append(piece.text)
        else:
            row.cells[way.column] = RowCell([piece.text], page)
    return rows, None


def label_groups(rows: list[Row], kinds: list[str]) -> dict[int, list[Group]]:
    """For the columns of standards and criteria: which rows each label stands over."""
    criteria = next((c for c, k in enumerate(kinds) if k == "criteria"), None)
    standard = next((c for c, k in enumerate(kinds) if k == "standard"), None)
    number = next((c for c, k in enumerate(kinds) if k == "number"), None)
    text = max((c for c, k in enumerate(kinds) if k == "text"), key=lambda c: _amount(rows, c), default=None)
    same = [_same(rows[i - 1], rows[i], number, text) if i else False for i in range(len(rows))]
    out: dict[int, list[Group]] = {}
    codes: list[str] = [""] * len(rows)
    if criteria is not None:
        labels = _labels(rows, criteria, standard, want_standard=False)
        groups = _assign(labels, rows, same, codes=None)
        out[criteria] = groups
        for g in groups:
            for r in range(g.start, g.end):
                codes[r] = g.cell.text
    if standard is not None:
        labels = _labels(rows, standard, criteria, want_standard=True)
        out[standard] = _assign(labels, rows, same, codes=codes if criteria is not None else None)
    return out


def _amount(rows: list[Row], column: int) -> int:
    return sum(len(r.cells[column].text) for r in rows if column in r.cells)


def _same(a: Row, b: Row, number: int | None, text: int | None) -> bool:
    """Whether two neighbouring rows are one action printed twice, or at least carry one number."""
    if number is not None and number in a.cells and number in b.cells:
        return a.cells[number].text == b.cells[number].text
    if text is not None and text in a.cells and text in b.cells:
        x, y = squash(a.cells[text].text), squash(b.cells[text].text)
        return x == y or (len(x) > 30 and x[:30] == y[:30])
    others = [c for c in a.cells if c in b.cells]
    return sum(squash(a.cells[c].text) == squash(b.cells[c].text) for c in others) >= 2


def _labels(rows: list[Row], column: int, other: int | None, *, want_standard: bool) -> list[tuple[int, RowCell]]:
    """The labels of a column with their places: how many rows had begun when each was printed."""
    out: list[tuple[int, RowCell]] = []
    for i, row in enumerate(rows):
        if row.is_band:
            continue
        for label in row.labels_before:
            if other is None or _is_standard(label.text) == want_standard:
                out.append((i, label))
        own = row.cells.get(column)
        if own is not None and not (other is not None and _belongs_to_other(own.text, want_standard)):
            out.append((i, own))
        elif other is not None and other in row.cells and column not in row.cells:
            strange = row.cells[other]
            if _belongs_to_other(strange.text, not want_standard):
                out.append((i, strange))
        for label in row.labels:
            if other is None or _is_standard(label.text) == want_standard:
                out.append((i + 1, label))
    return out


def _is_standard(text: str) -> bool:
    return bool(re.fullmatch(r"[IVX]+\.?|.*mức.*|tiêu chuẩn.*|ĐG", text, re.I))


def _belongs_to_other(text: str, want_standard: bool) -> bool:
    """A code with a dot is no standard; a Roman number is no criterion."""
    return w.is_code(text) if want_standard else bool(re.fullmatch(r"[IVX]+\.?", text))


_EMPTY = 3.0
_SPLIT = 6.0


def _assign(
    labels: list[tuple[int, RowCell]], rows: list[Row], same: list[bool], codes: list[str] | None
) -> list[Group]:
    """Cuts the rows into groups, one a label, in order: a label is printed before, in the middle of, or after its rows."""
    if not labels:
        return []
    count = len(rows)
    states: dict[int, tuple[float, tuple[int, ...]]] = {}
    for start in range(labels[0][0] + 1):
        states[start] = (1.2 * start, (start,))
    for k, (place, cell) in enumerate(labels):
        after = labels[k + 1][0] if k + 1 < len(labels) else count
        following = labels[k + 1][1].text if k + 1 < len(labels) else None
        fresh: dict[int, tuple[float, tuple[int, ...]]] = {}
        ends = range(place, after + 1) if following is not None else range(max(place, 1), count + 1)
        for end in ends:
            for start, (cost, cuts) in states.items():
                if start > place or end < start:
                    continue
                value = cost + _group_cost(cell.text, start, end, place, same, codes, rows)
                if end < count and same[end] and following != cell.text and end > start:
                    value += _SPLIT
                if following is None:
                    value += 1.2 * (count - end)
                if end not in fresh or value < fresh[end][0]:
                    fresh[end] = (value, (*cuts, end))
        states = fresh
    _, cuts = min(states.values(), key=lambda s: s[0])
    groups = []
    for (_, cell), start, end in zip(labels, cuts, cuts[1:], strict=False):
        if end > start:
            groups.append(Group(start, end, cell))
    return groups


def _group_cost(
    text: str, start: int, end: int, place: int, same: list[bool], codes: list[str] | None, rows: list[Row]
) -> float:
    if end == start:
        return _EMPTY if codes is None else _EMPTY + 1
    middle = (start + end) / 2
    cost = 0.25 if place == start else 0.25 * abs(place - middle) + (0.8 if place == end else 0.0)
    if place == start and end - start > 1:
        cost += 0.1 * (end - start - 1)
    for r in range(start + 1, end):
        if codes is None and not same[r]:
            cost += 0.15
        if codes is not None and _drops(codes[r - 1], codes[r]):
            cost += _SPLIT
    if codes is not None:
        own = _standard_number(text)
        for r in range(start, end):
            code = re.match(r"\D*(\d{1,2})\.\d", codes[r])
            if own is not None and code and int(code.group(1)) != own:
                cost += _SPLIT
            if own is None and code:
                cost += 1.0
    return cost


def _last_number(code: str) -> int | None:
    numbers = re.findall(r"\d{1,2}", code)
    return int(numbers[-1]) if numbers else None


def _drops(before: str, after: str) -> bool:
    a, b = re.findall(r"\d{1,2}", before), re.findall(r"\d{1,2}", after)
    if not a or not b:
        return False
    if "." in before and "." in after:
        return int(b[0]) != int(a[0])
    return int(b[0]) < int(a[-1])


_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}


def _standard_number(text: str) -> int | None:
    plain = re.sub(r"^(tiêu chuẩn|tc)\s*", "", text.strip(), flags=re.I).rstrip(".:")
    first = re.match(r"([IVX]+|\d{1,2})\b", plain)
    if first is None or re.search(r"mức", text, re.I):
        return None
    return _ROMAN.get(first.group(1)) or (int(first.group(1)) if first.group(1).isdigit() else None)
