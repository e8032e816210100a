"""`tt57-bieu-1`: Biểu 1 (Mẫu số 1, Phụ lục V) of Thông tư 57/2026/TT-BGDĐT: báo cáo tự đánh giá, in four parts.

What the school does not say is a dotted line; levels are computed from the judgements. The signed circular has not been
seen: the four parts come from two independent transcriptions, what stands inside them from one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from caitien.assessment.model import SelfAssessment
from caitien.standards import Criterion, Standard
from caitien.writing.assessment import Asked, AssessmentForm, parts
from caitien.writing.assessment.citations import Citations, citations
from caitien.writing.assessment.evidence_list import evidence_table
from caitien.writing.assessment.examined import WORDS, Examined, examine
from caitien.writing.assessment.parts import TEXT_SIZE, centred, fact, items, line, long_text, weaknesses
from caitien.writing.assessment.result_tables import (
    conclusion_of,
    criteria_table,
    school_level,
    standards_table,
)
from caitien.writing.assessment.school_tables import school_tables
from caitien.writing.document import Block, Contents, Document, Heading, Row, SignatureBlock, Table, cell, header_row

KIND = "BÁO CÁO TỰ ĐÁNH GIÁ"
LEVEL_HEADERS = ("Mức", "Hiện trạng, kết quả kèm mã minh chứng", "Đánh giá (Đạt/Không đạt)")
LEVEL_WIDTHS = (17, 122, 26)
PROCESS = (
    "a) Lập kế hoạch tự đánh giá",
    "b) Tổ chức thực hiện: phân công, thu thập minh chứng",
    "c) Kiểm tra, phân tích thông tin, minh chứng",
    "d) Tổng hợp kết quả, xác nhận báo cáo",
)


def build(assessment: SelfAssessment, asked: Asked) -> Document:
    examined = examine(assessment)
    cites = citations(assessment, examined.framework)
    year = parts.school_year(assessment)
    blocks: list[Block] = [
        *parts.covers(assessment, KIND),
        *centred("DANH SÁCH VÀ CHỮ KÝ THÀNH VIÊN HỘI ĐỒNG TỰ ĐÁNH GIÁ"),
        parts.council_signatures(assessment),
        *centred("MỤC LỤC", new_page=True),
        Contents(depth=3),
        *parts.abbreviations_part(assessment),
        Heading("PHẦN I. TỔNG QUAN", new_page=True, align="center"),
        *_overview(assessment, cites),
        Heading("PHẦN II. TỰ ĐÁNH GIÁ", new_page=True, align="center"),
    ]
    for standard in examined.framework.standards:
        blocks += _standard(examined, standard, cites, asked)
    if examined.framework.level_items:
        blocks.append(Heading("Yêu cầu riêng của mức cao nhất", level=2))
        for criterion in examined.framework.level_items:
            blocks += criterion_part(examined, criterion, cites, asked)
    blocks += [
        Heading("PHẦN III. KẾT LUẬN", new_page=True, align="center"),
        *_conclusion(examined, cites),
        Heading("PHẦN IV. PHỤ LỤC", new_page=True, align="center"),
        *_annexes(examined, cites, asked),
    ]
    return Document(
        title=f"Báo cáo tự đánh giá năm học {year}",
        subject=f"Biểu 1, Phụ lục V, {examined.framework.document.kind} {examined.framework.document.number}",
        author=parts.school_name(assessment),
        blocks=tuple(blocks),
    )


# --- I


def _overview(assessment: SelfAssessment, cites: Citations) -> Iterator[Block]:
    view, school = assessment.overview, assessment.school
    yield Heading("1. Thông tin chung về cơ sở giáo dục", level=2)
    yield from fact("a) Tên cơ sở giáo dục", school.name, "school/name")
    yield from fact("b) Địa chỉ", view.address or school.address, "overview/address")
    yield from fact("c) Liên hệ", view.contact, "overview/contact")
    yield from fact("d) Cơ quan quản lý trực tiếp", parts.governing_body(assessment), "overview/governing_body")
    kind = [parts.flat(view.ownership or school.ownership), LEVELS.get(school.level or "", "")]
    yield from fact("đ) Loại hình, cấp học", ", ".join(word for word in kind if word), "overview/ownership")
    yield from fact("e) Năm thành lập", view.founded, "overview/founded")
    yield from fact("g) Quy mô", view.scale, "overview/scale")
    yield Heading("2. Bối cảnh", level=2)
    for name, field in (
        ("a) Điều kiện kinh tế - xã hội của địa phương", "setting"),
        ("b) Thuận lợi", "advantages"),
        ("c) Khó khăn", "difficulties"),
        ("d) Đặc điểm người học", "pupils"),
    ):
        yield line(f"{name}:")
        yield from long_text(getattr(view, field), cites, key=f"overview/{field}")
    yield Heading("3. Mục đích, phạm vi, thời gian tự đánh giá", level=2)
    yield from fact("a) Mục đích", view.purpose, "overview/purpose")
    yield from fact("b) Phạm vi", view.scope, "overview/scope")
    yield from fact("c) Thời gian", view.period, "overview/period")
    yield Heading("4. Quá trình tự đánh giá", level=2)
    if view.process:
        yield from items(view.process, cites, key="overview/process")
    else:
        for step in PROCESS:
            yield from fact(step, None)


LEVELS = {
    "mam_non": "mầm non",
    "tieu_hoc": "tiểu học",
    "thcs": "trung học cơ sở",
    "thpt": "trung học phổ thông",
    "gdtx": "giáo dục thường xuyên",
    "th_thcs": "tiểu học và trung học cơ sở",
    "thcs_thpt": "trung học cơ sở và trung học phổ thông",
    "nhieu_cap": "nhiều cấp học",
}


# --- II


def _standard(examined: Examined, standard: Standard, cites: Citations, asked: Asked) -> Iterator[Block]:
    review = examined.standard(standard.code)
    yield Heading(f"Tiêu chuẩn {standard.code}: {standard.title}", level=2)
    yield from cites.body(review.opening)
    for criterion in standard.criteria:
        yield from criterion_part(examined, criterion, cites, asked)
    yield Heading(f"Đánh giá chung tiêu chuẩn {standard.code}", level=3)
    yield Heading("1. Điểm mạnh nổi bật", level=4)
    own = [examined.review(criterion.code) for criterion in standard.criteria]
    yield from items([*review.strengths, *(text for one in own for text in one.strengths)], cites)
    yield Heading("2. Hạn chế trọng tâm và nguyên nhân cốt lõi", level=4)
    yield from weaknesses([*review.weaknesses, *(weak for one in own for weak in one.weaknesses)], cites)
    yield Heading("3. Định hướng cải tiến", level=4)
    yield line("a) Xu hướng qua 03 năm học liên tiếp:")
    yield from long_text(review.trend, cites)
    yield line("b) Vấn đề ưu tiên cải tiến:")
    yield from items(review.priorities, cites)
    yield from cites.body(review.conclusion)
    yield Heading("4. Bảng tổng hợp kết quả", level=4)
    results = [examined.results[criterion.code] for criterion in standard.criteria]
    yield criteria_table(examined, results, f"Kết quả tiêu chuẩn {standard.code}")


def criterion_part(examined: Examined, criterion: Criterion, cites: Citations, asked: Asked) -> Iterator[Block]:
    """A criterion: what is asked at each level, the table of what there is, the sentence of its level."""
    yield Heading(f"Tiêu chí {criterion.code}: {criterion.title}", level=3)
    yield from demands(examined, criterion, asked)
    yield levels_table(examined, criterion, cites)
    yield line(f"Kết luận: {conclusion_of(examined, criterion.code)}", bold=True)


def demands(examined: Examined, criterion: Criterion, asked: Asked) -> Iterator[Block]:
    """Mức 1, Mức 2, Không đạt Mức 1, a line each: the circular's words where they are attached, else our summary, called so."""
    titles = {level.number: level.title for level in examined.framework.levels}
    official = asked.official.criteria.get(criterion.code) if asked.official else None
    for level in criterion.levels:
        words = parts.flat(official.levels.get(level.level)) if official else ""
        if words:
            yield line(f"{titles[level.level]}: {words}")
            continue
        summary = " ".join(requirement.text for requirement in level.requirements)
        yield line(f"{titles[level.level]} (tóm tắt yêu cầu): {parts.said(summary)}")
    lowest = titles[criterion.levels[0].level]
    yield replace(line(f"Không đạt {lowest}: chưa đáp ứng đầy đủ yêu cầu của {lowest}."), after=4)


def levels_table(examined: Examined, criterion: Criterion, cites: Citations) -> Table:
    """Mức | Hiện trạng, kết quả kèm mã minh chứng | Đánh giá."""
    titles = {level.number: level.title for level in examined.framework.levels}
    judged = examined.results[criterion.code].judged
    rows = tuple(
        Row(
            (
                cell(titles[level.level], align="center", bold=True),
                cites.cell(
                    examined.level(criterion.code, level.level).description,
                    key=examined.key(criterion.code, "level", level.level),
                ),
                cell(WORDS[judged[level.level]], align="center"),
            )
        )
        for level in criterion.levels
    )
    return Table(LEVEL_WIDTHS, (header_row(*LEVEL_HEADERS),), rows, name=f"Tiêu chí {criterion.code}", size=TEXT_SIZE)


# --- III


def _conclusion(examined: Examined, cites: Citations) -> Iterator[Block]:
    assessment = examined.assessment
    end = assessment.conclusion
    yield Heading("1. Khái quát kết quả tự đánh giá", level=2)
    yield from long_text(end.summary, cites, key="conclusion/summary")
    yield Heading("2. Kết quả tự đánh giá", level=2)
    yield Heading("a) Kết quả theo tiêu chí", level=3)
    yield criteria_table(examined, examined.result.criteria, "Kết quả theo tiêu chí", bands=True)
    yield Heading("b) Kết quả theo tiêu chuẩn", level=3)
    yield standards_table(examined)
    yield Heading("3. Mức đạt được của cơ sở giáo dục", level=2)
    yield line(f"Cơ sở giáo dục tự đánh giá: {school_level(examined)}.", bold=True)
    yield from (line(f"- {condition.sentence}") for condition in examined.result.conditions)
    yield Heading("4. Kiến nghị", level=2)
    for name, field in (
        ("a) Với Sở Giáo dục và Đào tạo", "to_department"),
        ("b) Với Ủy ban nhân dân cấp xã", "to_commune"),
        ("c) Với tổ chức, cá nhân khác (nếu có)", "to_others"),
    ):
        yield line(f"{name}:")
        yield from items(getattr(end, field), cites, key=f"conclusion/{field}")
    yield line("Người đứng đầu cơ sở giáo dục chịu trách nhiệm về tính trung thực, chính xác của báo cáo này.")
    yield signature(assessment)


def signature(assessment: SelfAssessment) -> SignatureBlock:
    """The head signs and seals; the report goes to the governing body and the province's department."""
    to = parts.governing_body(assessment)
    recipients = [f"- {to};" if to else "- Cơ quan quản lý trực tiếp;"]
    if "sở giáo dục" not in to.lower():
        recipients.append("- Sở Giáo dục và Đào tạo;")
    return parts.signed_by_head(assessment, (*recipients, "- Lưu: VT, hồ sơ tự đánh giá."))


# --- IV


def _annexes(examined: Examined, cites: Citations, asked: Asked) -> Iterator[Block]:
    assessment = examined.assessment
    yield Heading("1. Cơ sở dữ liệu của nhà trường", level=2)
    yield from school_tables(assessment, asked.tables)
    yield Heading("2. Tư liệu", level=2)
    yield from items(
        [
            f"{parts.council_decision_line(assessment)};",
            f"Kế hoạch tự đánh giá năm học {parts.school_year(assessment)};",
            "Bảng biểu kèm theo báo cáo.",
        ]
    )
    yield Heading("3. Danh mục minh chứng", level=2)
    yield evidence_table(examined.framework, cites.entries, cites)
    yield Heading("4. Văn bản khác", level=2)
    yield from items(parts.legal_bases(assessment))


FORM = AssessmentForm(
    id="tt57-bieu-1",
    title="Biểu 1: Báo cáo tự đánh giá (bốn phần)",
    source="Mẫu số 1, Phụ lục V, Thông tư 57/2026/TT-BGDĐT",
    confidence="Bốn phần theo hai nguồn độc lập chép lại Thông tư, chi tiết theo một nguồn; chưa đối chiếu với bản ký.",
    build=build,
    order=10,
    not_for=("tt1",),
    instead="report-2018",
)
