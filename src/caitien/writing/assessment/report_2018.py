"""`report-2018`: báo cáo tự đánh giá of the frameworks of 2018 (Công văn 5932/BGDĐT-QLCL): five parts a criterion."""

from __future__ import annotations

from collections.abc import Iterator

from caitien.assessment.model import SelfAssessment
from caitien.standards import Standard
from caitien.writing.assessment import Asked, AssessmentForm, parts
from caitien.writing.assessment.bieu_1 import signature
from caitien.writing.assessment.citations import Citations, citations
from caitien.writing.assessment.evidence_list import evidence_table
from caitien.writing.assessment.examined import Examined, examine
from caitien.writing.assessment.five_parts import five_parts
from caitien.writing.assessment.parts import centred, fact, items, line, long_text
from caitien.writing.assessment.result_tables import criteria_table, levels_table, school_level
from caitien.writing.assessment.school_tables import school_tables
from caitien.writing.document import Block, Contents, Document, Heading, NewSection

KIND = "BÁO CÁO TỰ ĐÁNH GIÁ"


def build(assessment: SelfAssessment, asked: Asked) -> Document:
    examined = examine(assessment)
    framework = examined.framework
    cites = citations(assessment, framework)
    of_standards = [one for one in examined.result.criteria if one.standard is not None]
    items_of_last = [one for one in examined.result.criteria if one.standard is None]
    blocks: list[Block] = [
        *parts.covers(assessment, KIND),
        *centred("DANH SÁCH VÀ CHỮ KÝ THÀNH VIÊN HỘI ĐỒNG TỰ ĐÁNH GIÁ"),
        parts.council_signatures(assessment),
        *centred("MỤC LỤC", new_page=True),
        Contents(depth=3),
        *parts.abbreviations_part(assessment),
        Heading("TỔNG HỢP KẾT QUẢ TỰ ĐÁNH GIÁ", new_page=True, align="center"),
        criteria_table(examined, of_standards, "Tổng hợp kết quả tự đánh giá", bands=True, every=True),
    ]
    if items_of_last:
        last = max(level.number for level in framework.levels)
        blocks += [
            line(f"Kết quả đánh giá Mức {last}:", bold=True, keep_with_next=True),
            criteria_table(examined, items_of_last, f"Kết quả Mức {last}", every=True),
        ]
    blocks += [
        line(f"Kết quả: nhà trường {school_level(examined)}.", bold=True),
        Heading("PHẦN I. CƠ SỞ DỮ LIỆU CỦA NHÀ TRƯỜNG", new_page=True, align="center"),
        *_school(assessment),
        *school_tables(assessment, asked.tables, level=2),
        Heading("PHẦN II. TỰ ĐÁNH GIÁ", new_page=True, align="center"),
        Heading("A. ĐẶT VẤN ĐỀ", level=2),
        *_opening(assessment, cites),
        Heading("B. TỰ ĐÁNH GIÁ", level=2),
    ]
    for standard in framework.standards:
        blocks += _standard(examined, standard, cites)
    if framework.level_items:
        last = max(level.number for level in framework.levels)
        blocks.append(Heading(f"II. Tự đánh giá Mức {last}", level=2))
        for criterion in framework.level_items:
            blocks.append(Heading(f"Mục {criterion.code}: {criterion.title}", level=3))
            blocks += five_parts(examined, criterion, cites, level=4)
    blocks += [
        Heading("PHẦN III. KẾT LUẬN CHUNG", new_page=True, align="center"),
        *_conclusion(examined, cites),
        NewSection("landscape"),
        Heading("PHẦN IV. PHỤ LỤC", align="center"),
        Heading("1. Danh mục mã minh chứng", level=2),
        evidence_table(framework, cites.entries, cites),
        NewSection("portrait"),
        Heading("2. Văn bản kèm theo", level=2),
        *items(
            [
                f"{parts.council_decision_line(assessment)};",
                f"Kế hoạch tự đánh giá năm học {parts.school_year(assessment)};",
                *parts.legal_bases(assessment),
            ]
        ),
    ]
    return Document(
        title=f"Báo cáo tự đánh giá năm học {parts.school_year(assessment)}",
        subject=framework.title,
        author=parts.school_name(assessment),
        blocks=tuple(blocks),
    )


def _school(assessment: SelfAssessment) -> Iterator[Block]:
    view, school = assessment.overview, assessment.school
    yield from fact("Tên trường", school.name, "school/name")
    yield from fact("Địa chỉ", view.address or school.address, "overview/address")
    yield from fact("Liên hệ", view.contact, "overview/contact")
    yield from fact("Cơ quan quản lý trực tiếp", parts.governing_body(assessment), "overview/governing_body")
    yield from fact("Loại hình", view.ownership or school.ownership, "overview/ownership")
    yield from fact("Năm thành lập", view.founded, "overview/founded")
    yield from fact("Quy mô", view.scale, "overview/scale")


def _opening(assessment: SelfAssessment, cites: Citations) -> Iterator[Block]:
    view = assessment.overview
    yield Heading("1. Tình hình chung của nhà trường", level=3)
    for name, field in (
        ("Bối cảnh", "setting"),
        ("Thuận lợi", "advantages"),
        ("Khó khăn", "difficulties"),
        ("Đặc điểm học sinh", "pupils"),
    ):
        yield line(f"{name}:")
        yield from long_text(getattr(view, field), cites, key=f"overview/{field}")
    yield Heading("2. Mục đích, phạm vi tự đánh giá", level=3)
    yield from fact("Mục đích", view.purpose, "overview/purpose")
    yield from fact("Phạm vi", view.scope, "overview/scope")
    yield Heading("3. Quá trình tự đánh giá", level=3)
    yield from fact("Thời gian", view.period, "overview/period")
    yield from items(view.process, cites, key="overview/process")


def _standard(examined: Examined, standard: Standard, cites: Citations) -> Iterator[Block]:
    review = examined.standard(standard.code)
    yield Heading(f"Tiêu chuẩn {standard.code}: {standard.title}", level=2)
    yield line("Mở đầu:", italic=True)
    yield from long_text(review.opening, cites)
    for criterion in standard.criteria:
        yield Heading(f"Tiêu chí {criterion.code}: {criterion.title}", level=3)
        yield from five_parts(examined, criterion, cites, level=4)
    yield Heading(f"Kết luận về tiêu chuẩn {standard.code}", level=3)
    yield from long_text(review.conclusion, cites)
    own = next(one for one in examined.result.standards if one.code == standard.code)
    titles = {level.number: level.title for level in examined.framework.levels}
    reached = [f"{count} đạt {titles[level]}" for level, count in own.by_level.items() if count]
    counted = [*reached, f"{own.not_met} không đạt" if own.not_met else ""]
    counted.append(f"{own.not_judged} chưa xét" if own.not_judged else "")
    said = ", ".join(text for text in counted if text)
    yield line(f"Trong {own.criteria} tiêu chí của tiêu chuẩn này: {said} (mỗi tiêu chí tính ở mức cao nhất đã đạt).")


def _conclusion(examined: Examined, cites: Citations) -> Iterator[Block]:
    end = examined.assessment.conclusion
    yield from long_text(end.summary, cites, key="conclusion/summary")
    yield line("Kết quả theo từng mức:", keep_with_next=True)
    yield levels_table(examined)
    yield line(f"Mức đánh giá của nhà trường: {school_level(examined)}.", bold=True)
    yield from (line(f"- {condition.sentence}") for condition in examined.result.conditions)
    asked = [*end.to_department, *end.to_commune, *end.to_others]
    if asked:
        yield line("Kiến nghị:")
        yield from items(asked, cites)
    yield signature(examined.assessment)


FORM = AssessmentForm(
    id="report-2018",
    title="Báo cáo tự đánh giá theo khung 2018 (mỗi tiêu chí năm mục)",
    source="Công văn 5932/BGDĐT-QLCL năm 2018 (phổ thông), Công văn 5942 (mầm non)",
    confidence="Bố cục theo một nguồn chép lại và thói quen của các trường; không đối chiếu được với bản ký.",
    build=build,
    order=11,
    not_for=("tt57",),
    instead="tt57-bieu-1",
)
