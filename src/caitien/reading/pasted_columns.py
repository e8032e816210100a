"""Which column of a pasted block went where: by its heading, and where there is none by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from caitien.plan.criteria import parse_criteria, parse_standard
from caitien.plan.lists import starts_item
from caitien.plan.money import parse_money
from caitien.plan.money_words import amount_in_words
from caitien.plan.periods import parse_period
from caitien.plan.progress import parse_progress
from caitien.plan.text import fold, one_space
from caitien.reading.headers import PART, TIME, Header, find_header, heading_at
from caitien.reading.headers import Column as HeadColumn
from caitien.reading.lexicon import guess_fields, names_a_source, unit_of
from caitien.reading.pasted_people import is_people
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
_LEAST = 0.55  # below this, what stands in a column does not tell what it is
_SAMPLE = 60  # cells of a column that are looked at


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
    _by_content(columns, headless=head is None)
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


# --- by content


def _by_content(columns: list[PastedColumn], *, headless: bool) -> None:
    """Fields for the columns without a heading. Where others have headings, only what is certain is guessed."""
    open_columns = [c for c in columns if c.field is None and not c.header and c.samples]
    taken: set[str | None] = {c.field for c in columns}
    wishes = sorted(
        (
            (score, -column.index, column.index, name)
            for column in open_columns
            for name, score in _scores(column.samples[:_SAMPLE], column.index).items()
            if score >= (_LEAST if headless else 0.8)
        ),
        reverse=True,
    )
    for score, _, index, name in wishes:
        column = columns[index]
        if column.field is None and name not in taken:
            column.field, column.sure, column.how = name, round(min(score, 0.97), 2), "content"
            taken.add(name)
    if headless:
        _long_texts([c for c in open_columns if c.field is None], open_columns, taken)


def _long_texts(columns: list[PastedColumn], named: list[PastedColumn], taken: set[str | None]) -> None:
    """The columns of words that nothing tells apart: what is lacking, what is to be done, how, as plans print them."""
    length = {c.index: sum(map(len, c.samples)) / len(c.samples) for c in columns}
    wordy = [c for c in columns if length[c.index] >= (1 if len(named) == 1 else 6) and re.search(r"[^\W\d_]", "".join(c.samples))]  # fmt: skip
    content = next((c for c in named if c.field == "content"), None)
    if content is None and wordy:
        lacking = [c for c in wordy[:-1] if "weakness" not in taken and _share_lacking(c) >= 0.3]
        content = (max(wordy, key=lambda c: length[c.index]) if len(wordy) > 3 else next(c for c in wordy if c not in lacking[:1]))  # fmt: skip
        content.field, content.sure, content.how = "content", 0.8 if len(wordy) == 1 else 0.6, "content"
        wordy.remove(content)
    before = next((c for c in wordy if content and c.index < content.index), None)
    if before is not None and "weakness" not in taken and _share_lacking(before) >= 0.3:
        before.field, before.sure, before.how = "weakness", 0.5, "content"
        wordy.remove(before)
    for column, name in zip(
        wordy, [n for n in ("measures", "expected_evidence", "note") if n not in taken], strict=False
    ):
        column.field, column.sure, column.how = name, 0.4, "content"


def _share_lacking(column: PastedColumn) -> float:
    return sum(bool(_LACKS.search(fold(t))) for t in column.samples) / len(column.samples)


def _scores(texts: list[str], place: int) -> dict[str, float]:
    """How well each field fits the texts of a column, 0 to 1."""
    folded = [fold(t) for t in texts]
    count = len(texts)

    def share(test: Callable[[str], object], among: list[str] = texts) -> float:
        return sum(bool(test(t)) for t in among) / count

    length = sum(map(len, texts)) / count
    scores: dict[str, float] = {}
    numbers = [int(t.strip(" .)")) for t in texts if re.fullmatch(r"\d{1,3}\s?[.)]?", t)]
    rising = len(numbers) == count and all(b == a + 1 for a, b in pairwise(numbers))
    if rising:
        scores["number"] = 0.95 if count > 1 and place == 0 else 0.75 if place == 0 and numbers[0] == 1 else 0.6
    scores["criteria"] = share(_only_criteria, folded)
    scores["standard"] = 0.9 * share(lambda t: re.fullmatch(r"(tieu chuan )?([ivx]{1,4}|\d)\.?(:.*)?", t) and parse_standard(t), folded) * (not rising)  # fmt: skip
    bare = len(numbers) == count
    scores["period"] = (0.6 if bare else 1.0) * share(_is_time) * (not rising)
    scores["budget"] = (0.5 if bare else 1.0) * share(_is_money)
    if scores["budget"] and not any(re.search(r"\d", t) for t in texts):
        scores["budget"] = 0.0
    scores["responsible"] = 0.97 * share(is_people)
    scores["funding_sources"] = 0.9 * share(lambda t: len(t) <= 60 and names_a_source(t))
    if length <= 60:
        scores["progress"] = 0.95 * share(lambda t: _PROGRESS.match(t) and parse_progress(t).status, folded)
    scores["expected_evidence"] = 0.9 * share(_EVIDENCE.search, folded)
    scores["indicators"] = 0.75 * share(lambda t: _COUNTED.search(t) and not _BEGINS_WORK.match(t), folded)
    if length >= 12:
        scores["cause"] = 0.85 * share(lambda t: re.match(r"\W*(do|vi|nguyen nhan)\b", t), folded)
        scores["weakness"] = 0.75 * share(lambda t: _LACKS.search(t) and not _BEGINS_WORK.match(t), folded)
        scores["objective"] = 0.8 * share(lambda t: re.match(r"\W*(nham|de|phan dau|muc tieu|100%)\b", t), folded)
        scores["content"] = 0.7 * share(_BEGINS_WORK.match, folded)
        scores["measures"] = 0.78 * share(lambda t: len(re.findall(r"(?:^|\s)[-+•]\s?\S", t)) >= 2)
    return scores


_PROGRESS = re.compile(r"\W*(da|dang|chua|hoan thanh|xong|qua han|\d{1,3} ?%)")
_EVIDENCE = re.compile(
    r"^\W*(bien ban|quyet dinh|danh sach|anh|hinh anh|ho so|so (theo doi|ghi|dau bai)|bao cao|hoa don|phieu|giay|bang (tong hop|ke|diem|diem danh)|"
    r"video|minh chung|ke hoach so|to trinh|chung (chi|nhan)|giao an|bai thu hoach|ket qua khao sat|h\d+-|mc\.)"
)
_COUNTED = re.compile(
    r"\d ?%|\d+ ?/ ?\d+|\b(it nhat|toi thieu|tro len|dat)\b.{0,20}\d|^\W*\d+ (may|buoi|bo|phong|lop|tiet|lan|cuon)"
)
_LACKS = re.compile(r"\b(chua|con|thieu|han che|khong|yeu|thap|cham|xuong cap|hu hong|it)\b")
_BEGINS_WORK = re.compile(
    r"\W*(to chuc|tham muu|xay dung|boi duong|mua|sua|lap|bo sung|trang bi|phoi hop|tang cuong|ra soat|cu|dang ky|hoan thien|huy dong|"
    r"tuyen truyen|trong|nang|cai tao|kiem tra|day manh|tap huan|thuc hien|trien khai|phan cong|ky|bo tri|dau tu|cap nhat|doi moi|duy tri|"
    r"thanh lap|khao sat|lam|ho tro|van dong|de nghi|xin|phu dao|ban hanh|thay)\b"
)


def _only_criteria(text: str) -> bool:
    return bool(
        re.fullmatch(r"\W*((tieu chi|tc)\W*)?((\d|[ivx]{1,4})[.,]\d{1,2}|m4\.\d)(\W+(va |tc |tieu chi )?(\d[.,]\d{1,2}|\d{1,2}|m4\.\d))*\W*(:.*)?", text)
        and parse_criteria(text)
    )  # fmt: skip


def _is_time(text: str) -> bool:
    if len(text) > 80:
        return False
    if _only_criteria(fold(text)):
        return False
    if re.fullmatch(r"\W*\d{1,2}\W{1,3}\d{1,2}(\W\d{2,4})?\W*", text):
        return True  # 31/02 too: it was meant as a day
    kind = parse_period(text, "2025-2026").kind
    return kind not in ("unknown", "none") and (kind != "yearly" or len(text) < 20)


def _is_money(text: str) -> bool:
    if len(text) > 80 or re.search(r"\d\s?/\s?\d", text) or re.fullmatch(r"[1-9]\d?([.,]\d{1,2})?", text):
        return False
    if re.fullmatch(r"\d{1,3}([.,]\d+)?E\+?\d{1,2}", text, re.IGNORECASE) or amount_in_words(text):
        return True
    return parse_money(text).vnd is not None
