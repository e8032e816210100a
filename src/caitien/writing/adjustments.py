"""Bảng tổng hợp điều chỉnh: what was changed in an approved plan, from what to what, why, by whom and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from caitien.plan import ImprovementPlan
from caitien.plan.comparing import Change
from caitien.plan.fields import RECORD_WORDS, word_for
from caitien.plan.showing import shown
from caitien.writing import FileFormat, pieces, render
from caitien.writing.document import Block, Document, Row, Table, Title, body, cell, header_row
from caitien.writing.text import clean, dots, long_date

SUBJECT = "Điều chỉnh kế hoạch cải tiến chất lượng"
HEADERS = (
    "TT",
    "Mục",
    "Nội dung điều chỉnh",
    "Trước điều chỉnh",
    "Sau điều chỉnh",
    "Lý do",
    "Người điều chỉnh",
    "Ngày",
)
WIDTHS = (10, 16, 34, 56, 56, 44, 32, 22)
EVERYTHING = "Toàn văn"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One amendment. `where`: "Mục 3"; `what`: the field's name on screen; `before`, `after`: as printed, "" for nothing."""

    where: str
    what: str
    before: str
    after: str
    reason: str
    author: str
    when: date | datetime


def adjustments_of(changes: Iterable[Change], reason: str, author: str, when: date | datetime) -> list[Adjustment]:
    """The changes between two versions (`caitien.plan.comparing.compare`) as amendments made together for one reason."""
    return [Adjustment(where_of(c), what_of(c), *texts(c), reason, author, when) for c in changes]


def adjustments_document(plan: ImprovementPlan, adjustments: Sequence[Adjustment], on: date) -> Document:
    """The table as a document tree, landscape. `plan`: as amended; `on`: the day of the paper."""
    info = plan.document
    number = f" số {clean(info.number).strip()}" if info.number else ""
    signed = f" {long_date(info.date)}" if info.date else ""
    place = clean(info.place or "").strip() or "………………"
    head = replace(pieces.letterhead(plan), number="Số: ……/……", place_and_date=f"{place}, {long_date(on.isoformat())}")
    rows = tuple(_row(n, a) for n, a in enumerate(adjustments, 1)) or (Row(tuple(cell("") for _ in HEADERS)),)
    blocks: list[Block] = [
        head,
        Title("BẢNG TỔNG HỢP", f"{SUBJECT} năm học {pieces.school_year(plan)}"),
        body(f"Điều chỉnh Kế hoạch cải tiến chất lượng{number}{signed}: {len(adjustments)} nội dung.", after=4),
        Table(WIDTHS, (header_row(*HEADERS),), rows, name="Bảng điều chỉnh", main=True),
        body("Các nội dung khác của kế hoạch giữ nguyên./.", keep_with_next=True),
        pieces.signature(plan),
    ]
    return Document(
        title=f"{SUBJECT} năm học {pieces.school_year(plan)}",
        subject=f"{len(adjustments)} nội dung điều chỉnh",
        author=pieces.issuing_body(plan),
        blocks=tuple(blocks),
        orientation="landscape",
    )


def adjustments_file(
    plan: ImprovementPlan, adjustments: Sequence[Adjustment], on: date, file_format: FileFormat | str
) -> bytes:
    """The table as a file: "docx", "pdf" or "xlsx". Raises WritingError for another format."""
    return render(adjustments_document(plan, adjustments, on), file_format)


def _row(number: int, adjustment: Adjustment) -> Row:
    return Row(
        (
            cell(str(number), align="center"),
            cell(adjustment.where, align="center"),
            cell(adjustment.what),
            cell(adjustment.before),
            cell(adjustment.after),
            cell(adjustment.reason or dots(12)),
            cell(adjustment.author),
            cell(f"{adjustment.when:%d/%m/%Y}", align="center"),
        )
    )


def where_of(change: Change) -> str:
    """ "Mục 3", "Vấn đề 2"; "Toàn văn" for a fact of the whole plan."""
    return f"{RECORD_WORDS[change.record]} {change.action}" if change.record in RECORD_WORDS else EVERYTHING


def what_of(change: Change) -> str:
    """The field's name on screen, "Thời gian"; for a whole row what became of it."""
    if change.field is not None:
        word = word_for(change.field, change.record)
        return word[:1].upper() + word[1:]
    return {"added": "Bổ sung", "removed": "Bỏ", "moved": "Thứ tự", "changed": "Sửa"}[change.kind]


def texts(change: Change) -> tuple[str, str]:
    """Before and after in whole; lists with an item a line."""
    if change.kind == "moved":
        return f"Vị trí {change.before + 1}", f"Vị trí {change.after + 1}"
    return _lines(change.before), _lines(change.after)


def _lines(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(text for text in map(shown, value) if text)
    if isinstance(value, dict) and ("content" in value or "weakness" in value or "round" in value):
        said = [value.get("content") or value.get("weakness") or value.get("round"), *value.get("measures", ())]
        people = "; ".join(value.get("responsible") or ())
        said += [
            shown(value.get("period")) and f"Thời gian: {shown(value['period'])}",
            people and f"Phụ trách: {people}",
        ]
        return "\n".join(str(text) for text in said if text)
    return shown(value)
