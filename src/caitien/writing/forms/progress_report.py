"""`progress-report`: Báo cáo kết quả thực hiện kế hoạch cải tiến chất lượng, as things stand on a day.

No circular prescribes its form; Thông tư 57/2026 asks for reviews at least twice a year (Biểu 2, mục VI and VIII).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from caitien.plan import ImprovementPlan
from caitien.plan.summary import StatusCount, Summary, deadline, summarise
from caitien.writing import pieces
from caitien.writing.cells import STATUS_WORDS, ActionCells, by_standard, row_numbers
from caitien.writing.document import (
    Block,
    Document,
    Heading,
    Letterhead,
    NewSection,
    Row,
    Table,
    Title,
    body,
    cell,
    header_row,
)
from caitien.writing.forms import Form
from caitien.writing.text import clean, dots, lines, long_date, money

SUBJECT = "Kết quả thực hiện kế hoạch cải tiến chất lượng"
COUNT_HEADERS = (
    "Tiêu chuẩn",
    "Số nội dung",
    "Hoàn thành",
    "Đang thực hiện",
    "Chưa hoàn thành",
    "Chưa ghi mức độ",
    "Trong đó quá hạn",
)
COUNT_WIDTHS = (42, 22, 22, 22, 22, 22, 22)
ACTION_HEADERS = (
    "TT",
    "Tiêu chí",
    "Nội dung cải tiến",
    "Thời gian",
    "Người phụ trách",
    "Kinh phí",
    "Mức độ thực hiện",
    "Kết quả",
    "Ghi chú",
)
ACTION_WIDTHS = (10, 15, 60, 26, 34, 26, 36, 48, 28)
LATE_HEADERS = ("Mục", "Nội dung cải tiến", "Hạn", "Số ngày quá hạn", "Người phụ trách", "Mức độ")
LATE_WIDTHS = (12, 62, 25, 18, 36, 31)
MONEY_HEADERS = ("Nguồn kinh phí", "Số nội dung", "Kinh phí dự kiến (đồng)")
MONEY_WIDTHS = (90, 26, 44)
SPENT_HEADERS = (*MONEY_HEADERS, "Đã chi (đồng)")
SPENT_WIDTHS = (66, 22, 36, 36)
NO_STANDARD = "Chưa ghi tiêu chí"


def progress_report(
    plan: ImprovementPlan, on: date, proposals: Sequence[str] = (), photos: Mapping[int, int] | None = None
) -> Document:
    """The report as a document tree. `on`: the day for which it speaks; `proposals`: what the school asks for;
    `photos`: index of an action to how many photographs were reported for it.

    Without proposals those that monitoring wrote as adjustments stand there, else lines to fill in by hand.
    """
    summary = summarise(plan, on)
    blocks: list[Block] = [
        _letterhead(plan, on),
        Title("BÁO CÁO", f"{SUBJECT} năm học {pieces.school_year(plan)}"),
        body(_opening(plan, on)),
        Heading("I. KẾT QUẢ CHUNG"),
        *(body(sentence, after=4) for sentence in _general(summary)),
        _counts(summary),
        NewSection("landscape"),
        Heading("II. KẾT QUẢ TỪNG NỘI DUNG"),
        _actions(plan, photos or {}),
        NewSection("portrait"),
        Heading("III. NỘI DUNG QUÁ HẠN"),
        *_late(plan, summary),
        Heading("IV. KINH PHÍ THEO NGUỒN"),
        *_money(plan, summary),
        Heading("V. ĐỀ XUẤT, KIẾN NGHỊ"),
        *_proposals(plan, proposals),
        body(
            f"Trên đây là báo cáo {SUBJECT[:1].lower()}{SUBJECT[1:]} năm học {pieces.school_year(plan)}./.",
            keep_with_next=True,
        ),
        pieces.signature(plan),
    ]
    return Document(
        title=f"Báo cáo {SUBJECT[:1].lower()}{SUBJECT[1:]} năm học {pieces.school_year(plan)}",
        subject=f"Tính đến ngày {on:%d/%m/%Y}",
        author=pieces.issuing_body(plan),
        blocks=tuple(blocks),
    )


def build(plan: ImprovementPlan) -> Document:
    return progress_report(plan, date.today())


def _letterhead(plan: ImprovementPlan, on: date) -> Letterhead:
    """That of the school; the report has a number of its own and the day on which it speaks."""
    place = clean(plan.document.place or "").strip() or "………………"
    return replace(
        pieces.letterhead(plan), number="Số: ……/BC-……", place_and_date=f"{place}, {long_date(on.isoformat())}"
    )


def _opening(plan: ImprovementPlan, on: date) -> str:
    info = plan.document
    number = f" số {clean(info.number).strip()}" if info.number else ""
    signed = f" {long_date(info.date)}" if info.date else ""
    return (
        f"Thực hiện Kế hoạch cải tiến chất lượng{number}{signed}, "
        f"nhà trường báo cáo kết quả tính đến ngày {on:%d/%m/%Y} như sau:"
    )


def _general(summary: Summary) -> Iterator[str]:
    whole = summary.whole
    if not whole.total:
        yield "Kế hoạch chưa có nội dung cải tiến nào."
        return
    said = [
        f"hoàn thành {whole.done} ({_percent(whole)})",
        f"đang thực hiện {whole.in_progress}",
        f"chưa hoàn thành {whole.not_done}",
    ]
    if whole.unsaid:
        said.append(f"chưa ghi mức độ {whole.unsaid}")
    yield f"Kế hoạch có {whole.total} nội dung cải tiến: {', '.join(said)}."
    yield f"Quá hạn: {whole.late} nội dung; đến hạn trong 14 ngày tới: {len(summary.due_soon)} nội dung."


def _percent(count: StatusCount) -> str:
    return f"{count.percent_done:.1f}".rstrip("0").rstrip(".").replace(".", ",") + "%"


def _counts(summary: Summary) -> Table:
    rows = [_count_row(_standard_name(code), count) for code, count in summary.by_standard.items()]
    rows.append(_count_row("Cộng", summary.whole, bold=True))
    return Table(COUNT_WIDTHS, (header_row(*COUNT_HEADERS),), tuple(rows), name="Số nội dung theo tiêu chuẩn")


def _count_row(name: str, count: StatusCount, *, bold: bool = False) -> Row:
    numbers = (count.total, count.done, count.in_progress, count.not_done, count.unsaid, count.late)
    return Row((cell(name, bold=bold), *(cell(str(n), align="center", bold=bold, number=n) for n in numbers)))


def _standard_name(code: str) -> str:
    if not code:
        return NO_STANDARD
    return "Mục riêng của Mức 4" if code.upper() == "M4" else f"Tiêu chuẩn {code}"


def _actions(plan: ImprovementPlan, photos: Mapping[int, int]) -> Table:
    numbers = row_numbers(plan.actions)
    rows = []
    for index in by_standard(plan.actions):
        made = ActionCells(plan.actions[index], index, numbers[index])
        criteria = ", ".join(clean(c) for c in plan.actions[index].criteria)
        rows.append(
            Row(
                (
                    cell(numbers[index], align="center"),
                    cell(criteria, align="center", key=f"{made.at}/criteria", label=f"Tiêu chí, mục {made.row}"),
                    made.content(),
                    made.period(),
                    made.people(),
                    made.budget(),
                    made.progress(status_first=True),
                    made.reached(photos=photos.get(index, 0)),
                    made.text("note", "Ghi chú"),
                )
            )
        )
    return Table(
        ACTION_WIDTHS,
        (header_row(*ACTION_HEADERS),),
        tuple(rows) or (Row(tuple(cell("") for _ in ACTION_HEADERS)),),
        name="Kết quả từng nội dung",
        main=True,
    )


def _late(plan: ImprovementPlan, summary: Summary) -> Iterator[Block]:
    if not summary.late:
        yield body(f"Đến ngày {summary.on:%d/%m/%Y} không có nội dung nào quá hạn.")
        return
    numbers = row_numbers(plan.actions)
    rows = []
    for index in sorted(summary.late, key=lambda i: (deadline(plan.actions[i]) or summary.on, i)):
        action, end = plan.actions[index], deadline(plan.actions[index])
        days = (summary.on - end).days if end and end < summary.on else None
        rows.append(
            Row(
                (
                    cell(numbers[index], align="center"),
                    cell(" ".join(lines(action.content or ""))),
                    cell(f"{end:%d/%m/%Y}" if end else "", align="center"),
                    cell(str(days) if days is not None else "", align="center", number=days),
                    cell("; ".join(" ".join(lines(p)) for p in action.responsible)),
                    cell(STATUS_WORDS.get(action.progress.status or "", "Chưa ghi")),
                )
            )
        )
    yield Table(LATE_WIDTHS, (header_row(*LATE_HEADERS),), tuple(rows), name="Nội dung quá hạn")


def _money(plan: ImprovementPlan, summary: Summary) -> Iterator[Block]:
    """Planned by source; and spent, when anybody wrote what was."""
    if not summary.money:
        yield body("Kế hoạch không ghi khoản kinh phí nào.")
        return
    spent = any(line.spent_vnd is not None for action in plan.actions for line in action.resources.lines)
    rows = [_money_row(part.source, part.actions, part.planned_vnd, part.spent_vnd, spent) for part in summary.money]
    rows.append(_money_row("Cộng", None, summary.planned_vnd, summary.spent_vnd, spent, bold=True))
    headers, widths = (SPENT_HEADERS, SPENT_WIDTHS) if spent else (MONEY_HEADERS, MONEY_WIDTHS)
    yield Table(widths, (header_row(*headers),), tuple(rows), name="Kinh phí theo nguồn")
    if summary.no_money:
        yield body(f"Ngoài ra {len(summary.no_money)} nội dung chưa xác định kinh phí.")


def _money_row(source: str, actions: int | None, vnd: int, spent_vnd: int, spent: bool, *, bold: bool = False) -> Row:
    amounts = (vnd, spent_vnd) if spent else (vnd,)
    return Row(
        (
            cell(source, bold=bold),
            cell("" if actions is None else str(actions), align="center", bold=bold, number=actions),
            *(cell(money(amount), align="right", bold=bold, number=amount) for amount in amounts),
        )
    )


def _proposals(plan: ImprovementPlan, proposals: Sequence[str]) -> Iterator[Block]:
    said = [
        " ".join(lines(p)) for p in (*proposals, *(() if proposals else (m.adjustment or "" for m in plan.monitoring)))
    ]
    said = [text for text in said if text]
    if said:
        yield from pieces.items(said, as_printed=True)
    else:
        yield body(dots(32))
        yield body(dots(32))


FORM = Form(
    id="progress-report",
    title="Báo cáo kết quả thực hiện kế hoạch cải tiến chất lượng (tính đến hôm nay)",
    source="Rà soát ít nhất hai lần mỗi năm học: Biểu 2, mục VI và VIII, Thông tư 57/2026/TT-BGDĐT",
    confidence="Thể thức theo Nghị định 30/2020/NĐ-CP; không có mẫu bắt buộc.",
    build=build,
    order=60,
    kind="report",
)
