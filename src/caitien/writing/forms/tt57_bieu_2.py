"""`tt57-bieu-2`: Biểu 2 (Mẫu số 2, Phụ lục V) of Thông tư 57/2026/TT-BGDĐT: eight sections, ten columns, landscape.

What the plan does not say stands in our own words only where they hold for any school; elsewhere a dotted line
is left to be filled in by hand. The signed text of the circular has not been seen: the order of sections and columns
comes from two independent transcriptions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caitien.plan import Action, ImprovementPlan, Issue, MonitoringRound, OrganisationRole
from caitien.plan.text import fold
from caitien.writing import pieces
from caitien.writing.cells import ActionCells, row_numbers, spans, standard_of
from caitien.writing.document import Block, Cell, Document, Heading, Paragraph, Row, Table, cell, header_row, run
from caitien.writing.forms import Form
from caitien.writing.text import clean, dots, lines

SUBJECT = "Cải tiến chất lượng"

PURPOSES = (
    "Khắc phục các hạn chế trọng tâm được chỉ ra qua tự đánh giá, phát huy điểm mạnh, nâng cao chất lượng giáo dục",
    "Làm căn cứ phân công, bố trí nguồn lực, theo dõi và đánh giá việc cải tiến trong năm học",
    "Xây dựng nền nếp tự đánh giá, cải tiến liên tục và trách nhiệm giải trình của nhà trường",
)
DEMANDS = (
    "Có trọng tâm, khả thi, phù hợp điều kiện thực tế của nhà trường",
    "Chỉ chọn các vấn đề cần ưu tiên, không dàn trải cho mọi tiêu chí",
    "Mỗi việc ghi rõ nội dung, mục tiêu, biện pháp, thời gian, nguồn lực, người chịu trách nhiệm và kết quả cần đạt",
    "Gắn với kế hoạch năm học và kế hoạch phát triển của nhà trường",
    "Được theo dõi, đánh giá và điều chỉnh kịp thời trong quá trình thực hiện",
)
ORGANISATION = (
    OrganisationRole(
        role="Người đứng đầu cơ sở giáo dục",
        tasks=[
            "Chỉ đạo, tổ chức thực hiện; phân công nhiệm vụ, bố trí nguồn lực.",
            "Chịu trách nhiệm về kết quả thực hiện kế hoạch.",
        ],
    ),
    OrganisationRole(
        role="Hội đồng tự đánh giá",
        tasks=[
            "Theo dõi, giám sát việc thực hiện kế hoạch; rà soát vào cuối học kỳ I và cuối năm học.",
            "Đề xuất điều chỉnh khi cần; cập nhật kết quả vào báo cáo tự đánh giá.",
        ],
    ),
    OrganisationRole(
        role="Tổ chuyên môn, các bộ phận",
        tasks=[
            "Thực hiện các nội dung được phân công đúng thời hạn; lưu giữ minh chứng.",
            "Báo cáo kết quả, khó khăn và kiến nghị với Hội đồng tự đánh giá.",
        ],
    ),
)
REVIEW = (
    "a) Kế hoạch được rà soát, đánh giá ít nhất hai lần trong năm học: cuối học kỳ I và cuối năm học.",
    "b) Kết quả thực hiện là cơ sở để cập nhật báo cáo tự đánh giá và lập kế hoạch cải tiến của năm học tiếp theo.",
    "c) Việc thực hiện bảo đảm công khai, minh bạch và trách nhiệm giải trình.",
)
ROUNDS = ("Cuối học kỳ I", "Cuối năm học")

ISSUE_HEADERS = (
    "TT",
    "Tiêu chuẩn",
    "Tiêu chí liên quan (nếu có)",
    "Đánh giá hiện trạng",
    "Điểm hạn chế",
    "Nguyên nhân của hạn chế",
)
ISSUE_WIDTHS = (10, 32, 24, 64, 66, 56)
PLAN_HEADERS = (
    "TT",
    "Nội dung cải tiến",
    "Mục tiêu cải tiến",
    "Hoạt động/ giải pháp",
    "Chỉ số đánh giá kết quả",
    "Thời gian thực hiện",
    "Đơn vị/cá nhân phụ trách",
    "Nguồn lực bảo đảm",
    "Thông tin, dữ liệu hoặc minh chứng dự kiến",
    "Mức độ thực hiện",
)
PLAN_WIDTHS = (9, 31, 28, 41, 25, 24, 25, 25, 25, 19)
MONITORING_HEADERS = (
    "Thời điểm",
    "Nội dung theo dõi",
    "Kết quả thực hiện",
    "Điều chỉnh (nếu có)",
    "Người đánh giá",
)
MONITORING_WIDTHS = (34, 62, 62, 54, 40)

LEVELS = {
    "mam_non": "Trường mầm non",
    "tieu_hoc": "Trường tiểu học",
    "thcs": "Trường trung học cơ sở",
    "thpt": "Trường trung học phổ thông",
    "gdtx": "Trung tâm giáo dục thường xuyên",
    "th_thcs": "Trường tiểu học và trung học cơ sở",
    "thcs_thpt": "Trường trung học cơ sở và trung học phổ thông",
    "nhieu_cap": "Trường phổ thông có nhiều cấp học",
}


def build(plan: ImprovementPlan) -> Document:
    blocks: list[Block] = [
        pieces.letterhead(plan),
        pieces.title(plan, SUBJECT),
        Heading("I. THÔNG TIN CHUNG"),
        *_general(plan),
        Heading("II. CĂN CỨ XÂY DỰNG KẾ HOẠCH"),
        *_grounds(plan),
        Heading("III. MỤC ĐÍCH, YÊU CẦU"),
        Heading("1. Mục đích", level=2),
        *(pieces.items(plan.purposes, as_printed=True) if plan.purposes else pieces.items(PURPOSES)),
        Heading("2. Yêu cầu", level=2),
        *pieces.items(DEMANDS),
        Heading("IV. VẤN ĐỀ TRỌNG TÂM CẦN CẢI TIẾN"),
        _issues(plan),
        Heading("V. KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG"),
        _actions(plan),
        Heading("VI. GIÁM SÁT NỘI BỘ"),
        _monitoring(plan),
        Heading("VII. TỔ CHỨC THỰC HIỆN"),
        *pieces.organisation(plan.organisation or ORGANISATION, keyed=bool(plan.organisation)),
        Heading("VIII. ĐÁNH GIÁ, BÁO CÁO"),
        *(Paragraph((run(line),), first_line=10, before=3) for line in REVIEW),
        pieces.closing(plan, "Kế hoạch cải tiến chất lượng"),
        pieces.signature(plan),
    ]
    return Document(
        title=pieces.document_title(plan, SUBJECT),
        subject="Biểu 2, Phụ lục V, Thông tư 57/2026/TT-BGDĐT",
        author=pieces.issuing_body(plan),
        blocks=tuple(blocks),
        orientation="landscape",
    )


def _general(plan: ImprovementPlan) -> Iterator[Block]:
    school = plan.school
    kind = LEVELS.get(school.level or "", dots())
    ownership = " ".join(lines(school.ownership or ""))
    if fold(ownership).startswith(fold(kind)):  # "Trường tiểu học công lập, 03 điểm trường" says it already
        kind, ownership = ownership, ""
    yield Paragraph(
        (run(f"1. Tên cơ sở giáo dục: {clean(school.name or '').strip() or dots()}"),), first_line=10, before=3
    )
    yield Paragraph((run(f"2. Loại hình: {kind}{f', {ownership}' if ownership else ''}"),), first_line=10, before=3)
    address = " ".join(lines(school.address or "")) or dots()
    yield Paragraph((run(f"3. Địa chỉ: {address}"),), first_line=10, before=3)


def _grounds(plan: ImprovementPlan) -> Iterator[Block]:
    """The three grounds that the form names for every school, unless the plan names its own, then the texts of the plan."""
    bases = [text for b in plan.legal_bases if (text := pieces.legal_basis(b).rstrip(";. "))]
    own = [fold(text) for text in bases]
    standing = {
        r"bao cao (ket qua )?tu danh gia": "Báo cáo tự đánh giá của nhà trường",
        r"ket qua (ra soat|thuc hien)": f"Kết quả rà soát việc thực hiện kế hoạch cải tiến chất lượng năm học {pieces.previous_school_year(plan)}",
        r"ke hoach (giao duc |giao duc nha truong )?nam hoc": f"Kế hoạch năm học {pieces.school_year(plan)} và định hướng phát triển của nhà trường",
    }
    yield from pieces.items(
        [
            *(said for begins, said in standing.items() if not any(re.match(begins, text) for text in own)),
            *(bases or ["Thông tư số 57/2026/TT-BGDĐT ngày 07/7/2026 của Bộ trưởng Bộ Giáo dục và Đào tạo"]),
        ]
    )


# --- IV


def _issues(plan: ImprovementPlan) -> Table:
    found = (
        [(issue, f"issues/{n}") for n, issue in enumerate(plan.issues)]
        if plan.issues
        else list(_from_actions(plan.actions))
    )
    rows = [_issue_row(n, issue, at) for n, (issue, at) in enumerate(found, start=1)]
    if not rows:
        rows = [Row(tuple(cell("", key=f"issues/{n}/{f}" if f else None) for f in _ISSUE_FIELDS)) for n in range(3)]
    standards = [row.cells[1].text or None for row in rows]
    return Table(
        ISSUE_WIDTHS,
        (header_row(*ISSUE_HEADERS),),
        _merged_down(rows, 1, spans(standards)),
        name="Vấn đề trọng tâm",
    )


_ISSUE_FIELDS = (None, "standard", "criteria", "current_state", "weakness", "cause")


def _issue_row(number: int, issue: Issue, at: str) -> Row:
    standard = " ".join(lines(issue.standard or "")) or ", ".join(
        dict.fromkeys(f"Tiêu chuẩn {standard_of(c)}" for c in issue.criteria)
    )
    return Row(
        (
            cell(str(number), align="center"),
            cell(standard, align="center", label=f"Tiêu chuẩn, vấn đề {number}"),
            cell(", ".join(issue.criteria), align="center", key=f"{at}/criteria", label=f"Tiêu chí, vấn đề {number}"),
            cell(issue.current_state, key=f"{at}/current_state", label=f"Hiện trạng, vấn đề {number}"),
            cell(issue.weakness, key=f"{at}/weakness", label=f"Hạn chế, vấn đề {number}"),
            cell(issue.cause, key=f"{at}/cause", label=f"Nguyên nhân, vấn đề {number}"),
        )
    )


def _from_actions(actions: list[Action]) -> Iterator[tuple[Issue, str]]:
    """Where the plan names no issues: the weaknesses of its actions, those of one criterion and one wording only once."""
    seen: set[tuple[str, ...]] = set()
    for index, action in sorted(enumerate(actions), key=lambda pair: _criteria_order(pair[1])):
        said = (*action.criteria, *lines(action.weakness or ""), *lines(action.cause or ""))
        if not action.weakness or said in seen:
            continue
        seen.add(said)
        issue = Issue(
            criteria=action.criteria,
            current_state=action.current_state,
            weakness=action.weakness,
            cause=action.cause,
        )
        yield issue, f"actions/{index}"


def _criteria_order(action: Action) -> tuple[int, list[int]]:
    code = next(iter(action.criteria), "")
    parts = [int(p) for p in code.lstrip("Mm").split(".") if p.isdecimal()]
    return (0 if parts and not code[:1].isalpha() else 1, parts)


def _merged_down(rows: list[Row], column: int, down: list[int]) -> tuple[Row, ...]:
    """Rows with equal neighbours in one column made a single cell."""
    made: list[Row] = []
    for row, span in zip(rows, down, strict=True):
        cells: list[Cell] = list(row.cells)
        if span:
            old = cells[column]
            cells[column] = Cell(old.paragraphs, 1, span, old.align, "middle" if span > 1 else old.valign)
        else:
            del cells[column]
        made.append(Row(tuple(cells)))
    return tuple(made)


# --- V, VI


def _actions(plan: ImprovementPlan) -> Table:
    numbers = row_numbers(plan.actions)
    rows = [_action_row(ActionCells(action, index, numbers[index])) for index, action in enumerate(plan.actions)] or [
        Row(tuple(cell("") for _ in PLAN_HEADERS)) for _ in range(3)
    ]
    return Table(PLAN_WIDTHS, (header_row(*PLAN_HEADERS),), tuple(rows), name="Kế hoạch cải tiến chất lượng", main=True)


def _action_row(action: ActionCells) -> Row:
    return Row(
        (
            cell(str(action.row), align="center"),
            action.content(criteria=True),
            action.text("objective", "Mục tiêu"),
            action.measures(),
            action.indicators(),
            action.period(),
            action.people(),
            action.resources(),
            action.evidence(),
            action.progress(status_first=True),
        )
    )


def _monitoring(plan: ImprovementPlan) -> Table:
    rounds = list(plan.monitoring) or [MonitoringRound(round=name) for name in ROUNDS]
    fields = ("round", "content", "result", "adjustment", "reviewer")
    rows = tuple(
        Row(
            tuple(
                cell(getattr(entry, field), key=f"monitoring/{n}/{field}", label=f"{header}, đợt {n + 1}")
                for field, header in zip(fields, MONITORING_HEADERS, strict=True)
            ),
            height=14,
        )
        for n, entry in enumerate(rounds)
    )
    return Table(MONITORING_WIDTHS, (header_row(*MONITORING_HEADERS),), rows, name="Giám sát nội bộ")


FORM = Form(
    id="tt57-bieu-2",
    title="Biểu 2: Kế hoạch cải tiến chất lượng (8 mục, 10 cột)",
    source="Mẫu số 2, Phụ lục V, Thông tư 57/2026/TT-BGDĐT",
    confidence="Tám mục và mười cột theo hai nguồn độc lập chép lại Thông tư; chưa đối chiếu với bản ký.",
    build=build,
    order=10,
)
