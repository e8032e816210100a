"""The rows of plan tables: bands and totals set aside, rows joined over page breaks, merged cells carried down."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from caitien.plan.criteria import parse_criteria, parse_standard
from caitien.plan.lists import starts_item
from caitien.plan.text import fold, one_space
from caitien.reading.headers import Column, Header, repeats_header
from caitien.reading.lexicon import is_numbering
from caitien.reading.source import Box, Cell, Table

_TOTAL = re.compile(
    r"(tong cong|tong kinh phi|tong so( tien)?|tong|cong)( (kinh phi|chung|du kien|cac muc|tien))*( ?\([^)]*\))?\W*[\d.,]*\W*(dong|d|vnd)?\W*"
)
_TOTAL_START = re.compile(
    r"(tong cong|tong kinh phi|tong so tien|cong)\s*(\(|:|kinh phi|tieu chuan|nhom|muc|phan|trang|\d|$)|bang chu\b|so tien bang chu"
)
_BAND = re.compile(
    r"\W*(?:(?:[ivx]+|\d{1,2}|[a-z])[.)]?\s*)?(tieu\s*chuan\s*(?:so\s*)?(?:[ivx]+|\d)\b|(?:dg|danh gia|tu danh gia)?\s*muc\s*4\b)"
)
_CRITERION_BAND = re.compile(r"\W*(?:(?:[ivx]+|[\d.]{1,5}|[a-z])(?:[.)]\s*|\s+))?(?:tieu\s*chi|tc)\s*\d")
_FOOT = re.compile(
    r"\bngay\b.{1,12}\bthang\b.{1,12}\bnam\b|^\W*(noi nhan|nguoi lap|hieu truong|thu truong|t/?m\b|kt\.|chu tich|phe duyet|xac nhan)"
)
_TEXT_FIELDS = (
    "content",
    "weakness",
    "objective",
    "current_state",
    "cause",
    "measures",
    "indicators",
    "expected_evidence",
    "result",
    "note",
)


@dataclass(slots=True)
class Row:
    """One row of a plan, its cells by field, as printed (lines kept). `carried`: fields whose text stands in a row above."""

    texts: dict[str, str] = field(default_factory=dict)
    carried: set[str] = field(default_factory=set)
    headings: dict[str, str] = field(default_factory=dict)  # field or "extra:…" -> the heading of its column
    extra: dict[str, str] = field(default_factory=dict)  # heading -> text, of columns that are not recognised
    numbers: dict[str, float | int] = field(default_factory=dict)  # XLSX: the number behind a cell
    units: dict[str, int] = field(default_factory=dict)
    standard: str | None = None
    band_criteria: list[str] = field(default_factory=list)
    shared: set[tuple[int, int, int]] = field(
        default_factory=set
    )  # merged text cells over several rows: table, row, column
    table: int = 0
    rows: list[int] = field(default_factory=list)
    page: int = 1
    boxes: dict[str, list[Box]] = field(default_factory=dict)

    def own(self, name: str) -> str:
        """The text of a field that stands in this row itself, "" when it is carried from above."""
        return "" if name in self.carried else self.texts.get(name, "")


@dataclass(slots=True)
class Context:
    """What holds for the rows that follow: the standard and criterion of the last band or cell."""

    standard: str | None = None
    band_criteria: list[str] = field(default_factory=list)
    criteria_text: str = ""
    merged: set[str] = field(default_factory=set)  # fields of which some cell stands for several rows


@dataclass(slots=True)
class Rows:
    """What a table gives: its rows, and the texts of its margins (XLSX: what stands under the table)."""

    rows: list[Row] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)


def read_rows(
    table: Table,
    table_index: int,
    header: Header,
    context: Context,
    *,
    body: int,
    before: Row | None = None,
    wrapped: bool = False,
) -> Rows:
    """The rows of a table from row `body` on. `before`: the last row of the table that this one continues.

    A row that goes on from `before` (or from the row above) is joined to it. `context` is changed: bands count for later tables.
    """
    out = Rows()
    grid = table.grid()
    habits = _habits(grid, header, body + 1 if before is not None else body)
    if before is not None:
        habits.numbered = habits.numbered or bool(before.own("number"))
        habits.criteria = habits.criteria or bool(before.own("criteria"))
    top = True
    held = _cut_cells(table, header, body) if table.continues or before is not None else {}
    for r in range(body, table.row_count):
        cells = _cells_of(grid[r])
        texts = [one_space(c.text) for c in cells]
        if not any(re.search(r"\w", t) for t in texts):
            continue
        if repeats_header(header, grid[r]) or is_numbering(texts):
            continue
        starting = [c for c in cells if c.row == r or (r == body and c.row < body)]
        if _is_total(starting):
            continue
        if _is_foot(starting, out):
            out.margins += [line for c in _rest(grid, r) for line in c.text.splitlines() if line.strip()]
            break
        if _take_band(starting, table, header, context, out):
            top = False
            continue
        row = _row(table, table_index, grid[r], r, header, context)
        if not row.texts and not row.extra:
            continue
        previous = out.rows[-1] if out.rows else before
        at_break = top and (table.continues or before is not None) and not out.rows
        if previous is not None and _goes_on(row, previous, habits, at_break=at_break, wrapped=wrapped):
            _join(previous, row)
        elif _has_substance(row):
            _carry(row, previous, context)
            if at_break and previous is not None:
                _carry_over_break(row, previous, context.merged | _merged_fields(table, header))
            elif previous is not None and (over := {name for name, end in held.items() if r < end}):
                _carry_over_break(row, previous, over)
            context.merged |= row.carried & (_MERGEABLE | _SHARED_WORDS)
            out.rows.append(row)
        elif len(" ".join(row.texts.values())) > 3:
            out.set_aside.append(" | ".join(one_space(t) for t in row.texts.values()))
        top = False
    _set_groups_aside(out)
    return out


def _set_groups_aside(out: Rows) -> None:
    """ "1 | Nâng cao chất lượng đội ngũ", all else empty, over "1.1 …", "1.2 …": the name of a group is no action."""
    groups = [row for row, following in pairwise(out.rows) if _names_a_group(row, following)]
    out.rows = [row for row in out.rows if not any(row is group for group in groups)]
    out.set_aside += [one_space(" ".join(t for n, t in row.texts.items() if n in _GROUP_FIELDS)) for row in groups]


_GROUP_FIELDS = {"content", "weakness", "measures"}


def _names_a_group(row: Row, following: Row) -> bool:
    number = row.own("number").strip(" .)")
    names = {name for name in row.texts if row.own(name).strip()} - {"number"}
    if not (re.fullmatch(r"\w{1,4}", number) and len(names) == 1 and names <= _GROUP_FIELDS):
        return False
    return re.match(rf"{re.escape(number)}\.\d", following.own("number").strip()) is not None


@dataclass(slots=True)
class _Habits:
    """What this table's rows usually have: a number, a criterion. Shares of the rows with text."""

    numbered: bool = False
    criteria: bool = False
    roman_bands: bool = False


def _habits(grid: list[list[Cell | None]], header: Header, body: int) -> _Habits:
    place = {c.field: c.index for c in header.columns if c.field}
    rows = [row for row in grid[body:] if sum(bool(c.text.strip()) for c in _cells_of(row)) >= 3]

    def share(name: str) -> float:
        if name not in place or not rows:
            return 0.0
        return sum(bool((c := row[place[name]]) and c.text.strip()) for row in rows) / len(rows)

    numbers = [fold(c.text) for row in rows if "number" in place and (c := row[place["number"]]) is not None]
    arabic = sum(bool(re.fullmatch(r"\W*\d+\W*", n)) for n in numbers)
    return _Habits(share("number") >= 0.6, share("criteria") >= 0.6, arabic >= 2)


def _cells_of(row: list[Cell | None]) -> list[Cell]:
    return list({id(cell): cell for cell in row if cell is not None}.values())


def _rest(grid: list[list[Cell | None]], row: int) -> list[Cell]:
    return [cell for r in range(row, len(grid)) for cell in _cells_of(grid[r]) if cell.row == r and cell.text.strip()]


def _is_total(cells: list[Cell]) -> bool:
    texts = [fold(c.text) for c in cells if c.text.strip()]
    if not texts or len(texts) > 5:
        return False
    said = [t for t in texts if not re.fullmatch(r"\W*(?:[ivx]+|\d{1,2})?\W*", t)]
    if not said:
        return False
    return bool(_TOTAL.fullmatch(said[0]) or (len(texts) <= 3 and len(said[0]) < 90 and _TOTAL_START.match(said[0])))


def _is_foot(cells: list[Cell], out: Rows) -> bool:
    """Place and date, or the signer's role, under the rows of a sheet."""
    texts = [fold(c.text) for c in cells if c.text.strip()]
    return bool(out.rows) and 1 <= len(texts) <= 3 and len(cells) - len(texts) >= 2 and bool(_FOOT.search(texts[0]))


def _take_band(cells: list[Cell], table: Table, header: Header, context: Context, out: Rows) -> bool:
    """A row across the table that names a standard or a criterion for the rows below it; any other full-width row."""
    filled = [c for c in cells if c.text.strip()]
    if not filled or len(filled) > 2:
        return False
    text = one_space(" ".join(c.text for c in filled))
    widest = max(filled, key=lambda c: len(c.text))
    wide = widest.colspan >= max(3, table.column_count - 2)
    lonely = len(cells) - len(filled) >= 2 or table.column_count - sum(c.colspan for c in filled) >= 2
    if not (wide or lonely):
        return False
    fields = {c.field for c in header.columns if c.field and any(f.column == c.index for f in filled)}
    words = fold(text)
    if found := _BAND.match(words):
        if lonely and not wide and fields & {"measures", "note", "result"}:
            return False
        context.standard = parse_standard(found[1]) or context.standard
        context.band_criteria, context.criteria_text = [], ""
        return True
    if _CRITERION_BAND.match(words):
        codes = parse_criteria(words, context.standard)
        if codes:
            context.band_criteria = codes
            if codes[0][0].isdecimal() or codes[0].startswith("M4"):
                context.standard = codes[0].split(".")[0]
            return True
    roman = re.match(r"\s*([ivx]+)\b[.):]?\s*\S", words)
    if roman and (wide or len(filled) == 2) and len(text) <= 160:
        if (standard := parse_standard(roman[1])) and _roman_is_standard(header):
            context.standard, context.band_criteria, context.criteria_text = standard, [], ""
        return True
    if wide and widest.colspan >= table.column_count:
        if len(text) > 100:
            out.set_aside.append(text)
        return True
    return False


def _roman_is_standard(header: Header) -> bool:
    """Roman bands number standards in tables that have a column of criteria and none of standards."""
    return "criteria" in header.fields() and "standard" not in header.fields()


def _row(table: Table, table_index: int, places: list[Cell | None], r: int, header: Header, context: Context) -> Row:
    row = Row(table=table_index, rows=[r], standard=context.standard, band_criteria=list(context.band_criteria))
    done: set[int] = set()
    for column in header.columns:
        cell = places[column.index] if column.index < len(places) else None
        if cell is None:
            continue
        if id(cell) in done and cell.colspan > 1:
            continue
        done.add(id(cell))
        _put(row, column, cell, r, table_index)
    pages = [c.page for c in _cells_of(places) if c.row == r]
    row.page = min(pages) if pages else table.page
    return row


def _put(row: Row, column: Column, cell: Cell, r: int, table_index: int) -> None:
    if not cell.text.strip():
        return
    if column.field is None:
        if column.heading and cell.row == r:
            row.extra[column.heading] = cell.text
        return
    row.texts[column.field] = cell.text
    row.headings[column.field] = column.heading
    row.units[column.field] = column.unit
    if cell.boxes:
        row.boxes[column.field] = list(cell.boxes)
    if cell.number is not None:
        row.numbers[column.field] = cell.number
    if cell.row < r:
        row.carried.add(column.field)
    if cell.rowspan > 1:
        row.shared.add((table_index, cell.row, cell.column))


def _goes_on(row: Row, previous: Row, habits: _Habits, *, at_break: bool, wrapped: bool) -> bool:
    """Whether a row is the rest of the row before: cut by a page, or typed on under it."""
    if row.own("number") or row.own("criteria"):
        return False
    texts = {name: text for name in row.texts if (text := row.own(name)).strip()}
    if not texts:
        return True  # nothing of its own: an empty piece of merged cells
    names = set(texts)
    key_cut = (habits.numbered and "number" not in row.texts) or (habits.criteria and "criteria" not in row.texts)
    begun = [text for text in texts.values() if _mid_sentence(text)]
    if at_break:
        whole = not begun and names >= {"content", "responsible"} and names & {"period", "period_end"}
        if whole and not (habits.numbered and "number" not in row.texts):
            return False  # the criterion's cell was cut by the page, not the row
        if key_cut or len(begun) >= max(1, len(texts) - 1):
            return True
        return not names & {"content", "weakness"} and not row.carried & {"content"}
    if names & {"content", "weakness"}:
        if wrapped and key_cut and "content" in row.texts and _mid_sentence(row.own("content")):
            return True
        return len(begun) == len(texts) and not names & {"period", "responsible"}
    if "content" in row.carried or "measures" in row.carried:
        return not names & {"period", "period_end", "responsible", "progress"} and names <= {
            "measures",
            "expected_evidence",
            "indicators",
            "note",
        }
    different = [n for n in ("period", "period_end", "progress") if n in names and n in previous.texts]
    return not different or not ({"measures", "objective"} & names)


def _mid_sentence(text: str) -> bool:
    """Whether a text begins in the middle: lower case, or a closing mark."""
    start = text.lstrip()
    return bool(start) and not starts_item(start) and (start[0].islower() or start[0] in ")],.;:%")


def _join(previous: Row, row: Row) -> None:
    for name in row.texts:
        text = row.own(name)
        if not text.strip():
            continue
        before = previous.texts.get(name, "")
        previous.texts[name] = f"{before}\n{text}" if before else text
        previous.headings.setdefault(name, row.headings.get(name, ""))
        previous.units.setdefault(name, row.units.get(name, 1))
        previous.numbers.pop(name, None)
        previous.boxes.setdefault(name, []).extend(row.boxes.get(name, []))
        previous.carried.discard(name)
    for heading, text in row.extra.items():
        previous.extra[heading] = f"{previous.extra[heading]}\n{text}" if heading in previous.extra else text
    if row.table == previous.table:
        previous.rows += row.rows


def _has_substance(row: Row) -> bool:
    """Whether a row says something to do, or a weakness: a lone number, or dots to fill in, does not."""
    return any(len(re.findall(r"[^\W\d_]", row.texts.get(name, ""))) >= 3 for name in _TEXT_FIELDS)


_MERGEABLE = {"responsible", "collaborators", "period", "period_start", "period_end"}
_SHARED_WORDS = {"current_state", "weakness", "cause", "objective"}  # what several actions answer together


def _carry_over_break(row: Row, previous: Row, merged: set[str]) -> None:
    """The lower half of a cell merged over rows, where the page cut it: it is empty and means what stands above.

    Only in columns that merge cells elsewhere: else an empty cell is an empty cell.
    """
    for name in merged & (_MERGEABLE | _SHARED_WORDS):
        if name in previous.texts and name not in row.texts:
            row.texts[name] = previous.texts[name]
            row.headings[name] = previous.headings.get(name, "")
            row.carried.add(name)


def _cut_cells(table: Table, header: Header, body: int) -> dict[str, int]:
    """Empty cells over several rows at the top of a page: the rest of a cell above. Field to the row where it ends."""
    fields = {c.index: c.field for c in header.columns if c.field}
    tops = [c for c in table.cells if c.row == body and c.rowspan > 1 and not c.text.strip() and c.column in fields]
    return {fields[c.column]: c.row + c.rowspan for c in tops}


def _merged_fields(table: Table, header: Header) -> set[str]:
    tall = {cell.column for cell in table.cells if cell.rowspan > 1}
    return {c.field for c in header.columns if c.field and c.index in tall}


def _carry(row: Row, previous: Row | None, context: Context) -> None:
    """The standard and the criterion of the rows above, where this row leaves them empty."""
    if "standard" in row.texts:
        standard = parse_standard(row.texts["standard"])
        if standard and standard != context.standard:
            context.standard, context.criteria_text = standard, ""
            if "standard" not in row.carried:
                context.band_criteria = []
    row.standard = context.standard
    if row.texts.get("criteria", "").strip():
        context.criteria_text = row.texts["criteria"]
    elif context.criteria_text and "criteria" not in row.texts:
        row.texts["criteria"] = context.criteria_text
        row.carried.add("criteria")
    if "criteria" in row.texts and (full := parse_criteria(row.texts["criteria"], context.standard)):
        standard = full[0].split(".")[0]
        if standard != context.standard and "standard" not in row.texts:
            context.standard = standard
    if (
        previous is not None
        and "content" not in row.texts
        and "content" in previous.texts
        and "weakness" not in row.texts
    ):
        row.texts["content"] = previous.texts["content"]
        row.carried.add("content")
