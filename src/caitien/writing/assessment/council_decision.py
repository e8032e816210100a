"""`council-decision`: the decision that sets up the self-assessment council, with its lists (Nghị định 30/2020, Phụ lục III)."""

from __future__ import annotations

from collections.abc import Iterator

from caitien.assessment.model import SelfAssessment
from caitien.plan import LegalBasis
from caitien.writing import pieces
from caitien.writing.assessment import Asked, AssessmentForm, parts
from caitien.writing.assessment.examined import framework_of
from caitien.writing.assessment.parts import centred, line
from caitien.writing.document import Block, Document, Paragraph, SignatureBlock, Title, run
from caitien.writing.text import dots, long_date, upper

DUTIES = (
    "Hội đồng tự đánh giá có nhiệm vụ lập kế hoạch tự đánh giá; phân công, tổ chức thu thập, xử lý, phân tích minh chứng; "
    "đánh giá mức đạt được của từng tiêu chí; viết, thông qua báo cáo tự đánh giá; theo dõi việc thực hiện kế hoạch cải "
    "tiến chất lượng."
)


def build(assessment: SelfAssessment, asked: Asked) -> Document:
    decision = assessment.council.decision
    plan = parts.as_plan(assessment, decision)
    year = parts.school_year(assessment)
    role, name = parts.head_of_school(assessment.model_copy(update={"document": plan.document}))
    to = parts.governing_body(assessment)
    blocks: list[Block] = [
        parts.letterhead(assessment, "QĐ", decision),
        Title("QUYẾT ĐỊNH", f"Về việc thành lập Hội đồng tự đánh giá năm học {year}"),
        *centred(f"{' '.join(role)} {upper(parts.school_name(assessment)) or dots(13)}", before=6),
        *(line(f"{basis};", italic=True) for basis in _grounds(assessment)),
        line(f"Xét đề nghị của {dots()}.", italic=True),
        *centred("QUYẾT ĐỊNH:", before=6),
        *_articles(assessment),
        SignatureBlock(role, name, ("- Như Điều 3;", *([f"- {to} (để báo cáo);"] if to else []), "- Lưu: VT, HĐTĐG.")),
        *_lists(assessment),
    ]
    return Document(
        title=f"Quyết định thành lập Hội đồng tự đánh giá năm học {year}",
        subject="Hội đồng tự đánh giá",
        author=parts.school_name(assessment),
        blocks=tuple(blocks),
    )


def _grounds(assessment: SelfAssessment) -> Iterator[str]:
    """The legal texts as the school names them; without any, the circular of its framework."""
    bases = parts.legal_bases(assessment)
    if not bases and assessment.framework:
        document = framework_of(assessment).document
        made = LegalBasis(kind=document.kind, number=document.number, date=document.issued.isoformat())
        bases = [f"{pieces.legal_basis(made)} của Bộ trưởng Bộ Giáo dục và Đào tạo"]
    for basis in bases or [dots()]:
        yield basis if basis.lower().startswith("căn cứ") else f"Căn cứ {basis}"


def _articles(assessment: SelfAssessment) -> Iterator[Block]:
    council = assessment.council
    count = f"{len(council.members):02d}" if council.members else "……"
    lists = "danh sách kèm theo"
    yield _article(
        1,
        f"Thành lập Hội đồng tự đánh giá năm học {parts.school_year(assessment)} của "
        f"{parts.the_school(assessment)} gồm {count} thành viên ({lists}).",
    )
    also = " Các nhóm giúp việc của hội đồng có tên trong danh sách kèm theo." if council.groups else ""
    yield _article(2, f"{DUTIES}{also} Hội đồng tự giải thể sau khi hoàn thành nhiệm vụ.")
    yield _article(
        3,
        "Các thành viên có tên tại Điều 1, các tổ chức, cá nhân liên quan chịu trách nhiệm thi hành Quyết "
        "định này. Quyết định có hiệu lực kể từ ngày ký./.",
    )


def _article(number: int, text: str) -> Paragraph:
    return Paragraph((run(f"Điều {number}. ", bold=True), run(text)), first_line=10, before=6)


def _lists(assessment: SelfAssessment) -> Iterator[Block]:
    council = assessment.council
    yield from _list_head(assessment, "DANH SÁCH THÀNH VIÊN HỘI ĐỒNG TỰ ĐÁNH GIÁ")
    yield parts.members_table(assessment)
    for kind, title in (  # short as they are, these two stand on the page of the first where there is room
        ("secretariat", "DANH SÁCH NHÓM THƯ KÝ"),
        ("working", "DANH SÁCH CÁC NHÓM CÔNG TÁC"),
    ):
        groups = [group for group in council.groups if group.kind == kind]
        if groups:
            yield from _list_head(assessment, title, new_page=False)
            yield parts.groups_table(groups, title.capitalize())


def _list_head(assessment: SelfAssessment, title: str, *, new_page: bool = True) -> Iterator[Block]:
    decision = assessment.council.decision
    number = parts.flat(decision.number) or "……/QĐ-……"
    yield from centred(title, new_page=new_page, before=0 if new_page else 18, after=0)
    text = f"(Kèm theo Quyết định số {number} {long_date(decision.date)} của {_head(assessment)})"
    yield Paragraph((run(text, italic=True),), align="center", after=8, keep_with_next=True)


def _head(assessment: SelfAssessment) -> str:
    role, _ = parts.head_of_school(assessment)
    office = " ".join(role).capitalize()
    return f"{office} {parts.school_name(assessment) or dots(13)}"


FORM = AssessmentForm(
    id="council-decision",
    title="Quyết định thành lập Hội đồng tự đánh giá kèm các danh sách",
    source="Điều 9, Thông tư 57/2026/TT-BGDĐT; thể thức theo Nghị định 30/2020/NĐ-CP",
    confidence="Thành phần hội đồng theo một nguồn chép lại; nhóm thư ký, nhóm công tác là thói quen từ Công văn 5932/2018.",
    build=build,
    order=30,
)
