"""The head of a table: which rows are headings (one level or more), and which field each column holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from caitien.plan.text import fold, one_space, squash
from caitien.reading.lexicon import Guess, guess_fields, guess_monitoring, names_a_source, unit_of
from caitien.reading.source import Cell, Table

Kind = Literal["actions", "issues", "monitoring"]

SEARCHED_ROWS = 40  # a heading stands within the first rows, below the title rows of a sheet at most
REPEATED_ROWS = 8  # a table that goes on says its headings at once, or not at all
LONGEST_HEADING = 120  # letters: a longer text is not a heading
_SURE = 0.72

_NEEDS_ONE = {"content", "measures", "weakness", "objective"}
_AND_ONE = {
    "period", "period_start", "period_end", "responsible", "expected_evidence", "progress", "budget", "result", "resources", "measures", "indicators",
}  # fmt: skip
_ISSUE_FIELDS = {"number", "standard", "criteria", "current_state", "weakness", "cause", "strength", "note"}
_NOT_A_PLAN = re.compile(
    r"\b(ho va ten|ho ten|chuc vu|chuc danh|chu ky|ky ten|ma minh chung|ngay sinh|so dien thoai)\b"
)
_SECOND_CHOICE = {
    "content": ("measures",),
    "measures": ("content", "indicators"),
    "criteria": ("standard",),
    "result": ("indicators",),
    "responsible": ("collaborators",),
    "period": ("period_end",),
    "weakness": ("current_state",),
    "objective": ("indicators",),
    "budget": ("funding_sources",),
}


@dataclass(slots=True)
class Column:
    """One column: the field it holds (None: not known), its heading as printed, the đồng in one unit of its numbers."""

    index: int
    field: str | None
    heading: str
    unit: int = 1
    score: float = 0.0


@dataclass(slots=True)
class Header:
    """The head of a table. Rows `first` up to (not with) `end` are headings; `columns` by place."""

    kind: Kind
    first: int
    end: int
    columns: list[Column]
    texts: list[set[str]] = field(default_factory=list)  # squashed headings by column, to know a repeated head by

    def fields(self) -> set[str]:
        """The fields that some column holds."""
        return {c.field for c in self.columns if c.field}


def find_header(table: Table) -> Header | None:
    """The head of a table that holds actions, issues or monitoring rounds; None for any other table."""
    grid = table.grid()
    best: Header | None = None
    best_count = 1.0
    for row in range(min(table.row_count, REPEATED_ROWS if table.continues else SEARCHED_ROWS)):
        if best is not None and best_count > 5 and row > best.end + 3:
            break
        cells = _distinct(grid[row])
        if len(cells) < 3 or sum(len(one_space(c.text)) > LONGEST_HEADING for c in cells) > 0:
            continue
        if sum(c.colspan >= table.column_count for c in cells):
            continue
        header = _header_at(table, grid, row)
        if header is None:
            continue
        count = len(header.fields()) + sum(c.score for c in header.columns) / 100
        if count > best_count + 0.5:
            best, best_count = header, count
    return best


def heading_at(table: Table, row: int) -> Header:
    """The columns as the headings of `row` (with those merged above and below it) name them, whatever the table holds."""
    grid = table.grid()
    first, end = _extent(table, grid, row) if _distinct(grid[row]) else (row, row + 1)
    paths = [_path(grid, first, end, column) for column in range(table.column_count)]
    columns = _assign(paths, guess_fields)
    _second_thoughts(columns, table, grid, end)
    texts = [{squash(p) for p in path} | {squash(" ".join(path))} for path in paths]
    return Header("actions", first, end, columns, texts)


def headings_seen(table: Table) -> list[str]:
    """The short texts of the first row that has several: what a user would call the headings of this table."""
    for row in table.grid()[:SEARCHED_ROWS]:
        texts = [one_space(c.text) for c in _distinct(row) if one_space(c.text)]
        if len(texts) >= 2:
            return [t if len(t) <= 40 else t[:39] + "…" for t in texts]
    return []


def repeats_header(header: Header, row: list[Cell | None]) -> bool:
    """Whether a row says the headings again, as Word does on each page."""
    texts = [(i, squash(c.text)) for i, c in enumerate(row) if c is not None and squash(c.text)]
    if len(texts) < 2:
        return False
    same = sum(i < len(header.texts) and text in header.texts[i] for i, text in texts)
    return same >= max(2, round(0.7 * len(texts)))


def _distinct(row: list[Cell | None]) -> list[Cell]:
    return list({id(cell): cell for cell in row if cell is not None and cell.text.strip()}.values())


def _header_at(table: Table, grid: list[list[Cell | None]], row: int) -> Header | None:
    first, end = _extent(table, grid, row)
    paths = [_path(grid, first, end, column) for column in range(table.column_count)]
    headings = [" ".join(path) for path in paths]
    lists_people = _NOT_A_PLAN.search(fold(" | ".join(headings)))
    texts = [{squash(p) for p in path} | {squash(h)} for path, h in zip(paths, headings, strict=True)]
    monitoring = _assign(paths, guess_monitoring)
    found = {c.field for c in monitoring if c.field}
    if not lists_people and len(found) >= 3 and found & {"adjustment", "reviewer"} and "content" in found:
        return Header("monitoring", first, end, monitoring, texts)
    columns = _assign(paths, guess_fields)
    _second_thoughts(columns, table, grid, end)
    fields = {c.field for c in columns if c.field}
    if len(fields - {"note", "number"}) < 2:
        return None
    dated = bool(fields & {"period", "period_start", "period_end"})
    planned = dated and len(fields & (_NEEDS_ONE | {"criteria"})) >= 2  # "Họ và tên người phụ trách" in a plan
    if lists_people and not planned:
        return None
    if fields <= _ISSUE_FIELDS and "weakness" in fields and fields & {"current_state", "cause"}:
        return Header("issues", first, end, columns, texts)
    when = {"period"} if any(f.startswith(TIME) for f in fields) else set()
    if fields & _NEEDS_ONE and (fields | when) & _AND_ONE and len(fields) >= 3:
        return Header("actions", first, end, columns, texts)
    return None


def _extent(table: Table, grid: list[list[Cell | None]], row: int) -> tuple[int, int]:
    """First row and end of the headings of which `row` is one: merged cells reach over several rows."""
    cells = _distinct(grid[row])
    first = min(c.row for c in cells)
    end = max(min(c.row + c.rowspan, row + 4) for c in cells if c.rowspan <= 4)
    grouped = [c for c in cells if c.colspan > 1]
    if end == row + 1 and grouped and row + 1 < table.row_count:
        below = _distinct(grid[row + 1])
        under = [c for c in below if any(g.column <= c.column < g.column + g.colspan for g in grouped)]
        others = [c for c in below if not any(c is u for u in under)]
        short = all(len(one_space(c.text)) <= 40 for c in below)
        named = sum(bool(guess_fields(one_space(c.text))) for c in under)
        if under and short and named and not others:
            end = row + 2
    return first, max(end, row + 1)


def _path(grid: list[list[Cell | None]], first: int, end: int, column: int) -> list[str]:
    """The headings over a column, from the top, once each."""
    path: list[str] = []
    last: Cell | None = None
    for row in range(first, end):
        cell = grid[row][column]
        if cell is None or cell is last:
            continue
        text = one_space(cell.text)
        if text and not re.fullmatch(r"[\s()\[\]\d.]*", text) and len(text) <= LONGEST_HEADING:
            path.append(text)
        last = cell
    return path


def _guesses(path: list[str], guess: object) -> list[Guess]:
    """What the headings over a column may mean: together first, then the lowest, then what it stands under."""
    look = guess if callable(guess) else guess_fields
    if not path:
        return []
    best: dict[str, float] = {}
    tries = [(path[0], 1.0)] if len(path) == 1 else [(" ".join(path), 1.0), (path[-1], 0.97), (path[0], 0.8)]
    for text, weight in tries:
        for g in look(text):
            score = g.score * weight
            if score > best.get(g.field, 0.0):
                best[g.field] = score
    return [Guess(f, s) for f, s in sorted(best.items(), key=lambda item: -item[1])]


def _assign(paths: list[list[str]], guess: object) -> list[Column]:
    """Each field to the column that says it best; a column whose field is taken gets its second choice, or none."""
    columns = [
        Column(i, None, " – ".join(dict.fromkeys(path)), unit_of(" ".join(path))) for i, path in enumerate(paths)
    ]
    if guess is guess_fields:
        _columns_of_sources(columns, paths)
        _columns_of_times(columns, paths)
    wishes = [
        (g.score, -i, i, g.field)
        for i, path in enumerate(paths)
        if columns[i].field is None
        for g in _guesses(path, guess)
        if g.score >= _SURE
    ]  # fmt: skip
    taken: set[str] = set()
    strongest = {i: max(s for s, _, j, _ in wishes if j == i) for _, _, i, _ in wishes}
    for score, _, i, name in sorted(wishes, reverse=True):
        if columns[i].field is not None or name in taken or score < strongest[i] - 0.2:
            continue
        columns[i].field, columns[i].score = name, score
        taken.add(name)
    for i, path in enumerate(paths):
        if columns[i].field is not None or guess is not guess_fields:
            continue
        guesses = [g for g in _guesses(path, guess) if g.score >= _SURE]
        choices = _SECOND_CHOICE.get(guesses[0].field, ()) if guesses else ()
        second = next((c for c in choices if c not in taken), None)
        if second:
            columns[i].field, columns[i].score = second, 0.6
            taken.add(second)
    _two_columns_of_criteria(columns)
    return columns


PART = "part:"
"""Begins the field of a column that holds what one source gives; the name of the source follows."""


def _columns_of_sources(columns: list[Column], paths: list[list[str]]) -> None:
    """Money in several columns, one a source: "Kinh phí: Ngân sách | Xã hội hóa | Tổng". One alone is not such a group."""
    named = [i for i, path in enumerate(paths) if path and names_a_source(path[-1])]
    under_money = [i for i in named if len(paths[i]) > 1 and _is_of_money(paths[i][0])]
    if len(under_money) < 2 and not (
        under_money
        and any(
            paths[i][:1] == p[:1] and i != j
            for i in under_money
            for j, p in enumerate(paths)
            if fold(p[-1] if p else "").startswith(("tong", "cong"))
        )
    ):
        return
    for i in under_money:
        columns[i].field, columns[i].score = PART + paths[i][-1], 1.0


TIME = "time:"
"""Begins the field of a column whose heading is a time and whose cells are marks ("HK I | HK II" with x)."""


def _columns_of_times(columns: list[Column], paths: list[list[str]]) -> None:
    """Times as columns under one heading: "Thời gian: HK I | HK II", "Tháng: 9 | 10 | 11 | 12"."""
    from caitien.plan.periods import parse_period

    for i, path in enumerate(paths):
        if len(path) < 2 or not any(g.field == "period" and g.score >= _SURE for g in guess_fields(path[0])):
            continue
        group = [p for p in paths if len(p) > 1 and p[0] == path[0]]
        times = [
            p for p in group if parse_period(p[-1], "2025-2026").kind in ("term", "month", "quarter", "school_year")
        ]
        if len(group) >= 2 and len(times) == len(group):
            columns[i].field, columns[i].score = TIME + path[-1], 1.0


def _is_of_money(heading: str) -> bool:
    return any(
        g.field in ("budget", "funding_sources", "resources") and g.score >= _SURE for g in guess_fields(heading)
    )


def _two_columns_of_criteria(columns: list[Column]) -> None:
    """ "TC | TC": the first is the standard. The standard always stands left of its criterion."""
    places = {c.field: c.index for c in columns if c.field in ("standard", "criteria")}
    if len(places) == 2 and places["standard"] > places["criteria"]:
        by_second_choice = columns[places["standard"]].score <= 0.6
        if by_second_choice:
            columns[places["standard"]].field, columns[places["criteria"]].field = "criteria", "standard"


def _second_thoughts(columns: list[Column], table: Table, grid: list[list[Cell | None]], end: int) -> None:
    """What only the other columns can tell."""
    fields = {c.field for c in columns if c.field}
    for column in columns:
        heading = fold(column.heading)
        if (
            column.field == "measures"
            and "content" not in fields
            and "weakness" not in fields
            and "hoat dong" in heading
        ):
            column.field = "content"
        elif "period" not in fields and (
            (column.field == "period_end" and "period_start" not in fields)
            or (column.field == "progress" and _mostly_periods(column.index, table, grid, end))
        ):
            column.field = "period"
        elif (
            column.field == "result"
            and "progress" not in fields
            and "indicators" not in fields
            and "can" in heading.split()
        ):
            column.field = "indicators"
        fields = {c.field for c in columns if c.field}


def _mostly_periods(column: int, table: Table, grid: list[list[Cell | None]], end: int) -> bool:
    from caitien.plan.periods import parse_period

    texts = [cell.text for row in grid[end : end + 12] if (cell := row[column]) is not None and cell.text.strip()]
    good = sum(parse_period(text).kind not in ("unknown", "none", "ongoing") for text in texts)
    return len(texts) >= 2 and good >= 0.6 * len(texts)
