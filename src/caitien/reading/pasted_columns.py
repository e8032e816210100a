"""Which column of a pasted block went where: by its heading, and where there is none by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from caitien.plan.lists import starts_item
from caitien.plan.text import fold, one_space
from caitien.reading.headers import PART, TIME, Header, find_header, heading_at
from caitien.reading.headers import Column as HeadColumn
from caitien.reading.lexicon import guess_fields, is_numbering, unit_of
from caitien.reading.pasted_guess import guess_by_content
from caitien.reading.source import Cell, Table

How = Literal["chosen", "heading", "content", "none"]

COLUMN_FIELDS: dict[str, str] = {
    "number": "Số thứ tự",
    "standard": "Tiêu chuẩn",
    "criteria": "Tiêu chí",
    "current_state": "Hiện trạng",
    "strength": "Điểm mạnh",
    "weakness": "Điểm yếu, hạn chế",
    "cause": "Nguyên nhân",
    "content": "Nội dung cải tiến",
    "objective": "Mục tiêu",
    "measures": "Giải pháp, biện pháp",
    "indicators": "Chỉ số đánh giá kết quả",
    "period": "Thời gian, hạn",
    "period_start": "Bắt đầu",
    "period_end": "Kết thúc",
    "responsible": "Người phụ trách",
    "collaborators": "Người phối hợp",
    "resources": "Nguồn lực",
    "budget": "Kinh phí",
    "funding_sources": "Nguồn kinh phí",
    "expected_evidence": "Minh chứng, sản phẩm dự kiến",
    "progress": "Tiến độ",
    "result": "Kết quả",
    "note": "Ghi chú",
}
"""Every field a column can go to, as it is called on screen. Money of one source is "part:" and the source's name."""

SURE = 0.85  # from here a guess is shown as sure; below, as something to look at
_NAMED = 0.8  # how well a heading must fit its wording for a row to be a row of headings


@dataclass(slots=True)
class PastedColumn:
    """A column and where it went. `sure` is 0 to 1; `field` is None for a column that is left out."""

    index: int
    header: str
    field: str | None
    sure: float
    how: How
    samples: list[str]


def name_columns(
    table: Table, chosen: Sequence[str | None] | None = None, *, first_row_is_heading: bool | None = None
) -> tuple[Header, list[PastedColumn]]:
    """The head of a pasted table, ready for `read_rows`, and what is said of each column that has any text.

    `chosen`: a field ("" for a column that is left out, None for "you say") by place. `first_row_is_heading`: what a
    person says about it; None looks for itself.
    """
    head = _head(table, first_row_is_heading)
    grid = table.grid()
    end = head.end if head else 0
    columns = []
    for index in range(table.column_count):
        named = head.columns[index] if head else None
        texts = [one_space(c.text) for r in range(end, table.row_count) if (c := grid[r][index]) and c.row == r]
        said = _said_above(grid, head, index)
        how: How = "heading" if named and named.field else "none"
        columns.append(
            PastedColumn(
                index, said, named.field if named else None, named.score if named else 0.0, how, [t for t in texts if t]
            )
        )
    _by_content(columns, grid, _telling(grid, end), headless=head is None)
    _as_chosen(columns, chosen)
    header = _header(head, columns)
    for column in columns:
        column.samples = column.samples[:3]
    return header, [c for c in columns if c.header or c.samples]


def choosable(field_name: str) -> bool:
    """Whether a column can be said to hold this field."""
    return field_name in COLUMN_FIELDS or (field_name.startswith((PART, TIME)) and len(field_name) <= 200)


def _head(table: Table, wanted: bool | None) -> Header | None:
    """The rows of headings: those of a plan, or any row most of whose cells are wordings of headings."""
    if wanted is False or not table.row_count:
        return None
    found = find_header(table)
    if found is not None and found.kind != "monitoring":
        return found
    grid = table.grid()
    for row in range(min(table.row_count, 6)):
        cells = list({id(c): c for c in grid[row] if c is not None and c.text.strip()}.values())
        if cells and _are_headings(cells, table.column_count):
            return heading_at(table, row)
        if len(cells) > 1:
            break
    return heading_at(table, 0) if wanted else None


def _are_headings(cells: list[Cell], width: int) -> bool:
    texts = [one_space(c.text) for c in cells]
    if any(len(t) > 80 for t in texts) or any(starts_item(c.text) and len(cells) == 1 for c in cells):
        return False
    scores = [guesses[0].score if (guesses := guess_fields(t)) else 0.0 for t in texts]
    if len(texts) == 1:
        return width == 1 and scores[0] >= 0.99
    named = sum(score >= _NAMED for score in scores)
    return named >= 2 and named >= 0.5 * len(texts)


def _said_above(grid: list[list[Cell | None]], head: Header | None, index: int) -> str:
    """All that stands in the heading rows of a column, as pasted."""
    if head is None:
        return ""
    cells = {id(c): c for r in range(head.first, head.end) if (c := grid[r][index])}
    return " – ".join(dict.fromkeys(t for c in cells.values() if (t := one_space(c.text))))


def _header(head: Header | None, columns: list[PastedColumn]) -> Header:
    """What `read_rows` needs. A field that two columns hold is numbered in the second: "note#1"."""
    seen: dict[str, int] = {}
    made = []
    for column in columns:
        name = column.field
        if name is not None:
            seen[name] = seen.get(name, 0) + 1
            name = name if seen[name] == 1 else f"{name}#{seen[name] - 1}"
        heading = column.header if name else ""
        unit = unit_of(column.header) if column.field and column.field.startswith(("budget", PART, "resources")) else 1
        made.append(HeadColumn(column.index, name, heading, unit, column.sure))
    if head is None:
        return Header("actions", 0, 0, made, [set() for _ in made])
    return Header("actions", head.first, head.end, made, head.texts)


def _as_chosen(columns: list[PastedColumn], chosen: Sequence[str | None] | None) -> None:
    for column, name in zip(columns, chosen or (), strict=False):
        if name is None or (name and not choosable(name)):
            continue
        if (name or None) == column.field:
            continue
        column.field, column.sure, column.how = name or None, 1.0, "chosen"


def _telling(grid: list[list[Cell | None]], end: int) -> list[int]:
    """The rows that tell what columns hold: not numberings, names of standards, sums, or rows with little in them."""
    filled = {}
    for r in range(end, len(grid)):
        texts = [one_space(c.text) for c in {id(c): c for c in grid[r] if c is not None and c.text.strip()}.values()]
        if texts and not is_numbering(texts) and not re.match(r"\W*(tong|cong)\b", fold(texts[0])):
            filled[r] = len(texts)
    usual = sorted(filled.values())[len(filled) // 2] if filled else 0
    return [r for r, count in filled.items() if count > usual / 2]


def _by_content(columns: list[PastedColumn], grid: list[list[Cell | None]], rows: list[int], *, headless: bool) -> None:
    """Fields for the columns without a heading. Where others have headings, only what is certain is guessed."""
    texts = {}
    for column in columns:
        if column.field is None and not column.header:
            cells = [c for r in rows if (c := grid[r][column.index]) is not None and c.text.strip()]
            if cells:  # a merged cell counts for each row that it covers
                texts[column.index] = [one_space(c.text) for c in cells]
    for index, (name, sure) in guess_by_content(
        texts, {c.field for c in columns if c.field}, headless=headless
    ).items():
        columns[index].field, columns[index].sure, columns[index].how = name, sure, "content"
