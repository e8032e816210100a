"""`plan-progress`: the plan that follows progress: text portrait, nine columns landscape, standards merged down the page.

The layout that primary schools used with Thông tư 17/2018 after the amendments of 2024 (no circular prescribes it).
"""

from __future__ import annotations

from collections.abc import Iterator

from caitien.plan import ImprovementPlan, PriorResult
from caitien.writing import pieces
from caitien.writing.cells import ActionCells, by_standard, row_numbers, spans, standard_of
from caitien.writing.document import (
    Block,
    Cell,
    Document,
    Heading,
    NewSection,
    Row,
    Table,
    body,
    cell,
    header_row,
)
from caitien.writing.forms import Form
from caitien.writing.text import dots, lines

SUBJECT = "Cải tiến chất lượng giáo dục sau tự đánh giá"
HEADERS = (
    "Tiêu chuẩn",
    "Tiêu chí",
    "TT",
    "Nội dung kế hoạch",
    "Thời gian dự kiến",
    "Người chịu trách nhiệm",
    "Tiến độ thực hiện",
    "Kết quả",
    "Ghi chú",
)
WIDTHS = (15, 14, 10, 58, 25, 31, 33, 42, 38)


def build(plan: ImprovementPlan) -> Document:
    blocks: list[Block] = [
        pieces.letterhead(plan),
        pieces.title(plan, SUBJECT),
        Heading("I. MỤC ĐÍCH, YÊU CẦU"),
        *_purposes(plan),
        Heading("II. CĂN CỨ XÂY DỰNG KẾ HOẠCH"),
        *_grounds(plan),
        NewSection("landscape"),
        Heading("III. NỘI DUNG KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG GIÁO DỤC"),
        _table(plan),
        NewSection("portrait"),
        Heading("IV. TỔ CHỨC THỰC HIỆN"),
        *(pieces.organisation(plan.organisation) if plan.organisation else [body(dots(32)), body(dots(32))]),
        pieces.closing(plan, "Kế hoạch cải tiến chất lượng giáo dục"),
        pieces.signature(plan),
    ]
    return Document(
        title=pieces.document_title(plan, SUBJECT),
        subject=f"Kế hoạch cải tiến chất lượng giáo dục năm học {pieces.school_year(plan)}",
        author=pieces.issuing_body(plan),
        blocks=tuple(blocks),
    )


def _purposes(plan: ImprovementPlan) -> Iterator[Block]:
    texts = [" ".join(lines(p)) for p in plan.purposes if lines(p)] or [
        f"Xây dựng kế hoạch cải tiến chất lượng giáo dục để thực hiện trong năm học {pieces.school_year(plan)}, "
        "phát huy điểm mạnh, khắc phục điểm yếu, từng bước nâng cao chất lượng giáo dục.",
        "Kế hoạch cụ thể, khả thi, phù hợp với điều kiện thực tế của nhà trường và địa phương.",
    ]
    for number, text in enumerate(texts, start=1):
        yield pieces.item(text, marker=f"{number}.")


def _grounds(plan: ImprovementPlan) -> Iterator[Block]:
    yield Heading("1. Báo cáo tự đánh giá của nhà trường", level=2)
    yield Heading("2. Các văn bản quy phạm pháp luật, văn bản hướng dẫn hiện hành", level=2)
    bases = [text for b in plan.legal_bases if (text := pieces.legal_basis(b).rstrip(";. "))]
    for n, text in enumerate(bases):
        end = ";" if n < len(bases) - 1 else "."
        yield body(f"Căn cứ {text}{end}", italic=True)
    if not bases:
        yield body(dots(32))
    school_year = next(
        (r.school_year for r in plan.prior_results if r.school_year), None
    ) or pieces.previous_school_year(plan)
    yield Heading(f"3. Kết quả thực hiện cải tiến chất lượng năm học {school_year}", level=2)
    for result in plan.prior_results:
        if line := _result(result):
            yield pieces.item(line)
    if not plan.prior_results:
        yield body(dots(32))
    if plan.level_reached is not None:
        yield pieces.item(
            f"Tự đánh giá đạt Mức {plan.level_reached}." if plan.level_reached else "Tự đánh giá: không đạt Mức 1."
        )
    yield Heading("4. Chủ trương, định hướng, giải pháp trọng tâm của địa phương, ngành và nhà trường", level=2)


def _result(result: PriorResult) -> str | None:
    """The line as printed, else "Mức 1: tổng số 27 tiêu chí; đạt 26/27 (96,3%); không đạt 1."."""
    if result.text and lines(result.text):
        return " ".join(lines(result.text))
    if result.level is None or result.assessed is None or result.met is None:
        return None
    percent = (
        f"{100 * result.met / result.assessed:.1f}".rstrip("0").rstrip(".").replace(".", ",")
        if result.assessed
        else "0"
    )
    missed = result.not_met if result.not_met is not None else result.assessed - result.met
    return (
        f"Mức {result.level}: tổng số {result.assessed:02d} tiêu chí; "
        f"đạt {result.met}/{result.assessed} ({percent}%); không đạt {missed}."
    )


def _table(plan: ImprovementPlan) -> Table:
    order = by_standard(plan.actions)
    numbers = row_numbers(plan.actions)
    actions = [plan.actions[i] for i in order]
    standards = [_standard(a.criteria) for a in actions]
    criteria = [(s, tuple(a.criteria)) if a.criteria else None for s, a in zip(standards, actions, strict=True)]
    down, criteria_down = spans(standards), spans(criteria)
    rows = []
    for n, index in enumerate(order):
        made = ActionCells(plan.actions[index], index, numbers[index])
        cells: list[Cell] = []
        if down[n]:
            cells.append(cell(standards[n], align="center", valign="middle", bold=True, rowspan=down[n]))
        if criteria_down[n]:
            shown = ", ".join(
                c.split(".", 1)[1] if c.upper().startswith("M") and "." in c else c for c in actions[n].criteria
            )
            key = f"{made.at}/criteria"
            cells.append(
                cell(shown, align="center", valign="middle", rowspan=criteria_down[n], key=key, label="Tiêu chí")
            )
        cells += [
            cell(numbers[index], align="center"),
            made.content(measures=True),
            made.period(),
            made.people(),
            made.progress(status_first=False),
            made.text("result", "Kết quả"),
            made.text("note", "Ghi chú"),
        ]
        rows.append(Row(tuple(cells)))
    return Table(WIDTHS, (header_row(*HEADERS),), tuple(rows), name="Kế hoạch cải tiến chất lượng", main=True)


def _standard(criteria: list[str]) -> str | None:
    """ "1.2" -> "1"; the level-4 items of the 2018 frameworks -> "ĐG Mức 4"."""
    if not criteria:
        return None
    code = standard_of(criteria[0])
    return "ĐG Mức 4" if code.upper() == "M4" else code


FORM = Form(
    id="plan-progress",
    title="Kế hoạch cải tiến theo tiến độ (khung 2018, 9 cột)",
    source="Cách trình bày các trường dùng với Thông tư 17, 18, 19/2018/TT-BGDĐT (nay hết hiệu lực)",
    confidence="Theo bản thật của trường tiểu học; không có mẫu bắt buộc.",
    build=build,
    order=20,
)
