"""Phiếu theo dõi một mục: all that is known of one action on paper, with lines to report progress by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from caitien.errors import WritingError
from caitien.plan import Action, ImprovementPlan
from caitien.plan.summary import deadline
from caitien.writing import FileFormat, pieces, render
from caitien.writing.cells import (
    STATUS_WORDS,
    ActionCells,
    indicator_line,
    listed,
    mark_line,
    money_line,
    row_numbers,
    together,
)
from caitien.writing.document import (
    Block,
    Cell,
    Document,
    Heading,
    Row,
    SignatureBlock,
    Table,
    Title,
    cell,
    header_row,
)
from caitien.writing.text import clean, lines, long_date

FACT_HEADERS = ("Thông tin", "Trong kế hoạch")
FACT_WIDTHS = (44, 121)
DIARY_HEADERS = ("Ngày", "Người báo cáo", "Mức độ", "%", "Nội dung đã làm, vướng mắc")
DIARY_WIDTHS = (22, 34, 27, 12, 70)
EMPTY_LINES = 4
ROW_TO_WRITE_IN = 11.0  # mm


@dataclass(frozen=True, slots=True)
class ProgressEntry:
    """One report on an action. `status` is a status of the plan value; `percent` 0 to 100; None is not said.

    `photos`: how many photographs came with it.
    """

    when: date
    author: str
    text: str = ""
    status: str | None = None
    percent: int | None = None
    photos: int = 0


def action_sheet(plan: ImprovementPlan, index: int, on: date, entries: Sequence[ProgressEntry] = ()) -> Document:
    """The sheet as a document tree. `index`: place in `plan.actions`; `on`: the day of the paper.

    Raises WritingError when the plan has no such action.
    """
    if not 0 <= index < len(plan.actions):
        raise WritingError(f"Kế hoạch không có mục thứ {index + 1}; kế hoạch có {len(plan.actions)} mục.")
    action = plan.actions[index]
    number = row_numbers(plan.actions)[index]
    place = clean(plan.document.place or "").strip() or "………………"
    head = replace(pieces.letterhead(plan), number="", place_and_date=f"{place}, {long_date(on.isoformat())}")
    facts = tuple(Row((cell(name, bold=True), value)) for name, value in _facts(action, index, number))
    blocks: list[Block] = [
        head,
        Title("PHIẾU THEO DÕI", f"Mục {number} của kế hoạch cải tiến chất lượng năm học {pieces.school_year(plan)}"),
        Table(FACT_WIDTHS, (header_row(*FACT_HEADERS),), facts, name=f"Mục {number}", main=True),
        Heading("Quá trình thực hiện"),
        Table(DIARY_WIDTHS, (header_row(*DIARY_HEADERS),), tuple(_diary(action, entries)), name="Quá trình thực hiện"),
        SignatureBlock(
            ("NGƯỜI PHỤ TRÁCH",), "", ("- Hội đồng tự đánh giá;", "- Lưu: hồ sơ kế hoạch cải tiến chất lượng.")
        ),
    ]
    return Document(
        title=f"Phiếu theo dõi mục {number}, năm học {pieces.school_year(plan)}",
        subject=" ".join(lines(action.content or ""))[:200],
        author=pieces.issuing_body(plan),
        blocks=tuple(blocks),
    )


def action_sheet_file(
    plan: ImprovementPlan, index: int, on: date, file_format: FileFormat | str, entries: Sequence[ProgressEntry] = ()
) -> bytes:
    """The sheet as a file: "docx", "pdf" or "xlsx". Raises WritingError for another format or for no such action."""
    return render(action_sheet(plan, index, on, entries), file_format)


def _facts(action: Action, index: int, number: str) -> Iterator[tuple[str, Cell]]:
    """Name and value of each field; what is empty stays, to be filled in by hand."""
    made = ActionCells(action, index, number)
    yield "Tiêu chí", cell(", ".join(clean(c) for c in action.criteria), key=f"{made.at}/criteria", label="Tiêu chí")
    for field, name in (("current_state", "Hiện trạng"), ("weakness", "Điểm yếu"), ("cause", "Nguyên nhân")):
        if getattr(action, field):
            yield name, made.text(field, name)
    yield "Nội dung cải tiến", made.content()
    yield "Mục tiêu", made.text("objective", "Mục tiêu")
    yield "Biện pháp", made.measures()
    if action.measures_done:
        yield "Biện pháp đã làm", _lines(mark_line(mark) for mark in action.measures_done)
    yield "Chỉ số đánh giá", made.indicators()
    if any(value.baseline or value.target or value.actual for value in action.indicator_values):
        yield "Giá trị của chỉ số", _lines(indicator_line(value) for value in action.indicator_values)
    yield "Thời gian", _left(made.period())
    end = deadline(action)
    if end is not None:
        yield "Hạn", cell(f"{end:%d/%m/%Y}")
    yield "Người phụ trách", _people(action.responsible, f"{made.at}/responsible", "Phụ trách")
    yield "Người phối hợp", _people(action.collaborators, f"{made.at}/collaborators", "Phối hợp")
    yield "Nguồn lực, kinh phí", made.resources()
    if action.resources.lines:
        yield "Các khoản kinh phí", _lines(money_line(line) for line in action.resources.lines)
    yield "Minh chứng dự kiến", made.evidence()
    if action.evidence_at_hand:
        yield "Minh chứng đã có", _lines(mark_line(mark) for mark in action.evidence_at_hand)
    yield "Mức độ thực hiện", made.progress(status_first=True)
    yield "Kết quả", made.text("result", "Kết quả")
    yield "Ghi chú", made.text("note", "Ghi chú")
    link = (action.model_extra or {}).get("continues")
    if isinstance(link, dict):
        yield "Tiếp nối", cell(f"Mục {link.get('number')} của kế hoạch năm học {link.get('school_year')}")


def _left(made: Cell) -> Cell:
    return replace(made, align="left", paragraphs=tuple(replace(p, align="left") for p in made.paragraphs))


def _lines(said: Iterable[str]) -> Cell:
    return cell("\n".join(said))


def _people(names: Sequence[str], key: str, label: str) -> Cell:
    return together(listed(names, key=key, label=label), empty_key=key, label=label)


def _diary(action: Action, entries: Sequence[ProgressEntry]) -> Iterator[Row]:
    """What was reached in former years, the reports of this one, and lines to write on."""
    for prior in (action.model_extra or {}).get("prior") or ():
        said = [prior.get("text"), prior.get("result")]
        words = ". ".join(" ".join(lines(s)).rstrip(".") for s in said if s)
        yield _entry(f"Năm học {prior.get('school_year')}", "", prior, words)
    for entry in sorted(entries, key=lambda e: e.when):
        told = "\n".join(part for part in (entry.text, f"({entry.photos} ảnh)" if entry.photos else "") if part)
        yield _entry(f"{entry.when:%d/%m/%Y}", entry.author, {"status": entry.status, "percent": entry.percent}, told)
    for _ in range(max(3, EMPTY_LINES - len(entries))):
        yield Row(tuple(cell("") for _ in DIARY_HEADERS), height=ROW_TO_WRITE_IN)


def _entry(when: str, who: str, reached: dict[str, Any], text: str) -> Row:
    percent = reached.get("percent")
    return Row(
        (
            cell(when, align="center"),
            cell(who),
            cell(STATUS_WORDS.get(reached.get("status") or "", "")),
            cell("" if percent is None else f"{percent}%", align="center"),
            cell(text),
        )
    )
