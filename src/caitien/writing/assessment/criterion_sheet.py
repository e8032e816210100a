"""`criterion-sheet`: phiếu đánh giá tiêu chí, a paper for each criterion, after Thông tư 57/2026 or the forms of 2018."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from caitien.assessment.evidence_codes import cited
from caitien.assessment.model import CriterionReview, EvidenceEntry, SelfAssessment, Weakness, WorkingGroup
from caitien.standards import Criterion
from caitien.writing.assessment import Asked, AssessmentForm, parts
from caitien.writing.assessment.bieu_1 import demands, levels_table
from caitien.writing.assessment.citations import Citations, citations
from caitien.writing.assessment.evidence_list import evidence_table
from caitien.writing.assessment.examined import WORDS, Examined, criteria_asked, examine
from caitien.writing.assessment.five_parts import five_parts, is_2018
from caitien.writing.assessment.parts import TEXT_SIZE, items, line, weaknesses
from caitien.writing.assessment.result_tables import conclusion_of
from caitien.writing.document import (
    Block,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    SignatureBlock,
    Table,
    Title,
    cell,
    header_row,
)
from caitien.writing.text import dots

REQUIREMENT_HEADERS = ("Yêu cầu", "Nhận định", "Ghi chú")


def build(assessment: SelfAssessment, asked: Asked) -> Document:
    examined = examine(assessment)
    cites = citations(assessment, examined.framework, linked=False)
    blocks: list[Block] = []
    wanted = criteria_asked(examined, asked.criterion)
    for n, criterion in enumerate(wanted):
        if n:
            blocks.append(PageBreak())
        blocks += _sheet(examined, criterion, cites, asked)
    named = f"tiêu chí {wanted[0].code}" if len(wanted) == 1 else f"{len(wanted)} tiêu chí"
    return Document(
        title=f"Phiếu đánh giá {named}, năm học {parts.school_year(assessment)}",
        subject=examined.framework.short_title,
        author=parts.school_name(assessment),
        blocks=tuple(blocks),
    )


def _sheet(examined: Examined, criterion: Criterion, cites: Citations, asked: Asked) -> Iterator[Block]:
    assessment = examined.assessment
    review = examined.review(criterion.code)
    standard = examined.framework.standard(criterion.code)
    yield parts.letterhead(assessment, None)
    yield Title("PHIẾU ĐÁNH GIÁ TIÊU CHÍ", f"Tiêu chí {criterion.code}: {criterion.title}")
    if standard is not None:
        yield line(f"Tiêu chuẩn {standard.code}: {standard.title}")
    yield line(f"Nhóm, người viết: {', '.join(_writers(examined, review)) or dots()}")
    said = (
        list(five_parts(examined, criterion, cites, level=1))
        if is_2018(examined.framework)
        else list(_of_2026(examined, criterion, review, cites, asked))
    )
    yield from said[:-1]
    last = said[-1]  # the signatures never stand alone on a page
    yield replace(last, keep_with_next=True) if isinstance(last, Paragraph) else last
    leader = next((group.leader for group in _groups(examined, criterion.code) if group.leader), None)
    yield SignatureBlock(
        ("TRƯỞNG NHÓM",),
        parts.flat(leader),
        (),
        left_role=("NGƯỜI VIẾT",),
        left_name=parts.flat(review.writers[0]) if len(review.writers) == 1 else "",
    )


def _of_2026(
    examined: Examined, criterion: Criterion, review: CriterionReview, cites: Citations, asked: Asked
) -> Iterator[Block]:
    yield Heading("1. Yêu cầu của tiêu chí")
    yield from demands(examined, criterion, asked)
    yield Heading("2. Hiện trạng, kết quả và đánh giá từng mức")
    yield levels_table(examined, criterion, cites)
    if any(one.judged or one.note for one in review.requirements):
        yield Heading("3. Nhận định từng yêu cầu")
        yield _requirements(criterion, review)
    following = 4 if any(one.judged or one.note for one in review.requirements) else 3
    standard = examined.framework.standard(criterion.code)
    of_standard = [
        weak
        for weak in (examined.standard(standard.code).weaknesses if standard else ())
        if criterion.code in weak.criteria
    ]
    yield Heading(f"{following}. Điểm mạnh, hạn chế")
    yield line("Điểm mạnh:")
    yield from items(review.strengths, cites)
    yield line("Hạn chế và nguyên nhân:")
    yield from weaknesses([*review.weaknesses, *_others(of_standard, review.weaknesses)], cites, codes=False)
    yield Heading(f"{following + 1}. Kết luận")
    yield line(conclusion_of(examined, criterion.code), bold=True)
    yield Heading(f"{following + 2}. Minh chứng")
    yield replace(
        evidence_table(examined.framework, _evidence(review, cites), cites), name=f"Minh chứng {criterion.code}"
    )


def _requirements(criterion: Criterion, review: CriterionReview) -> Table:
    own = {one.code: one for one in review.requirements}
    rows = []
    for requirement in criterion.requirements:
        one = own.get(requirement.code)
        said = WORDS[one.judged if one else None]
        rows.append(
            Row(
                (
                    cell(f"{requirement.code}: {requirement.text}"),
                    cell(said, align="center"),
                    cell(one.note if one else ""),
                )
            )
        )
    return Table(
        (95, 26, 44), (header_row(*REQUIREMENT_HEADERS),), tuple(rows), name="Nhận định từng yêu cầu", size=TEXT_SIZE
    )


def _evidence(review: CriterionReview, cites: Citations) -> list[EvidenceEntry]:
    """The evidence that the sheet's texts cite or that names the criterion, in the order of the list."""
    texts = [level.description for level in review.levels]
    codes = {one.code for text in texts for one in cited(text, cites.style)}
    return [one for one in cites.entries if one.code in codes or review.code in one.criteria]


def _others(found: list[Weakness], already: list[Weakness]) -> list[Weakness]:
    said = {parts.flat(weak.text) for weak in already}
    return [weak for weak in found if parts.flat(weak.text) not in said]


def _writers(examined: Examined, review: CriterionReview) -> list[str]:
    groups = [parts.flat(group.name) for group in _groups(examined, review.code)]
    return [*groups, *(name for name in map(parts.flat, review.writers) if name)]


def _groups(examined: Examined, code: str) -> list[WorkingGroup]:
    return [group for group in examined.assessment.council.groups if code in group.criteria]


FORM = AssessmentForm(
    id="criterion-sheet",
    title="Phiếu đánh giá tiêu chí (một phiếu cho mỗi tiêu chí)",
    source="Theo bảng của Biểu 1, Thông tư 57/2026/TT-BGDĐT; khung 2018: Phụ lục 5, Công văn 5932/BGDĐT-QLCL",
    confidence="Thông tư 57 không thấy in phiếu riêng: phiếu này sắp lại nội dung của Biểu 1. Phiếu 2018 theo một nguồn.",
    build=build,
    order=20,
    by_criterion=True,
)
