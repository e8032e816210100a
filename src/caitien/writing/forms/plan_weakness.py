"""`plan-weakness`: the plan that starts from weaknesses, ten columns, standards in Roman numerals merged down the page.

The layout that primary schools used with Thông tư 17/2018 (no circular prescribes it).
"""

from __future__ import annotations

from caitien.plan import ImprovementPlan
from caitien.writing import pieces
from caitien.writing.cells import ActionCells, by_standard, row_numbers, spans, standard_of
from caitien.writing.document import Block, Cell, Document, Row, Table, body, cell, header_row
from caitien.writing.forms import Form

SUBJECT = "Cải tiến chất lượng"
HEADERS = (
    "Tiêu chuẩn",
    "Tiêu chí",
    "Điểm yếu",
    "Nội dung công việc",
    "Thời điểm thực hiện",
    "Cá nhân/ tổ chức thực hiện",
    "Biện pháp thực hiện",
    "Sản phẩm/Minh chứng sau thực hiện",
    "Dự kiến kinh phí thực hiện",
    "Dự kiến nguồn kinh phí",
)
WIDTHS = (16, 12, 39, 31, 23, 26, 39, 38, 24, 20)


def build(plan: ImprovementPlan) -> Document:
    blocks: list[Block] = [pieces.letterhead(plan), pieces.title(plan, SUBJECT)]
    blocks += [
        body(f"Căn cứ {text[:1].upper() + text[1:]};", italic=True)
        for text in (pieces.legal_basis(b).rstrip(";. ") for b in plan.legal_bases)
        if text
    ]
    blocks.append(
        body(
            f"{pieces.issuing_body(plan) or 'Nhà trường'} xây dựng kế hoạch cải tiến chất lượng như sau:",
            after=5,
            keep_with_next=True,
        )
    )
    blocks += [_table(plan), pieces.signature(plan)]
    return Document(
        title=pieces.document_title(plan, SUBJECT),
        subject=f"Kế hoạch cải tiến chất lượng năm học {pieces.school_year(plan)}",
        author=pieces.issuing_body(plan),
        blocks=tuple(blocks),
        orientation="landscape",
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
            shown = standards[n] or ""
            cells.append(cell(shown, align="center", valign="middle", bold=True, rowspan=down[n]))
        if criteria_down[n]:
            shown = ", ".join(_criterion(c) for c in plan.actions[index].criteria)
            key = f"{made.at}/criteria"
            cells.append(
                cell(shown, align="center", valign="middle", rowspan=criteria_down[n], key=key, label="Tiêu chí")
            )
        cells += [
            made.text("weakness", "Điểm yếu"),
            made.content(),
            made.period(),
            made.people(),
            made.measures(),
            made.evidence(),
            made.budget(),
            made.sources(),
        ]
        rows.append(Row(tuple(cells)))
    return Table(WIDTHS, (header_row(*HEADERS),), tuple(rows), name="Kế hoạch cải tiến chất lượng", main=True)


def _standard(criteria: list[str]) -> str | None:
    """ "1.2" -> "I"; the level-4 items of the 2018 frameworks -> "Mức 4"."""
    if not criteria:
        return None
    code = standard_of(criteria[0])
    if code.upper() == "M4":
        return "Mức 4"
    return pieces.ROMAN[int(code)] if code.isdecimal() and 0 < int(code) < len(pieces.ROMAN) else code


def _criterion(code: str) -> str:
    """ "1.2" -> "2", as the column stands beside its standard."""
    return code.split(".", 1)[1] if "." in code else code


FORM = Form(
    id="plan-weakness",
    title="Kế hoạch cải tiến theo điểm yếu (khung 2018, 10 cột)",
    source="Cách trình bày các trường dùng với Thông tư 17, 18, 19/2018/TT-BGDĐT (nay hết hiệu lực)",
    confidence="Theo bản thật của trường tiểu học; không có mẫu bắt buộc.",
    build=build,
    order=30,
)
