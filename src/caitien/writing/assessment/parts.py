"""Pieces that the papers of a self-assessment share: covers, head, people of the council, abbreviations, text or dots."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from caitien.assessment.abbreviations import abbreviations
from caitien.assessment.model import CouncilMember, SelfAssessment, Weakness, WorkingGroup
from caitien.plan import DocumentInfo, ImprovementPlan
from caitien.plan.people import split_people
from caitien.writing import pieces
from caitien.writing.assessment.citations import Citations
from caitien.writing.document import (
    Align,
    Block,
    Cover,
    Heading,
    Letterhead,
    ListItem,
    PageBreak,
    Paragraph,
    Row,
    Run,
    SignatureBlock,
    Table,
    cell,
    header_row,
    run,
)
from caitien.writing.face import length_mm
from caitien.writing.text import brings_mark, clean, dots, lines, long_date, upper

ROLES = {"chair": "Chủ tịch", "vice_chair": "Phó Chủ tịch", "secretary": "Thư ký", "member": "Ủy viên"}
SIGNING_ROW = 11.0  # mm
TEXT_SIZE = 12.0  # of tables that hold running text
BODY_SIZE = 13.0
LINE_MM = 153.0  # of a first line on paper that stands upright

MEMBER_HEADERS = ("TT", "Họ và tên", "Chức vụ, đơn vị", "Nhiệm vụ trong hội đồng")
GROUP_HEADERS = ("TT", "Nhóm", "Nhóm trưởng và thành viên", "Tiêu chí được giao", "Nhiệm vụ")


def flat(text: str | None) -> str:
    """A text on one line, "" for none."""
    return " ".join(lines(text or ""))


def said(text: str | None) -> str:
    """A text on one line, or dots to write on by hand."""
    return flat(text) or dots()


def as_plan(assessment: SelfAssessment, info: DocumentInfo | None = None) -> ImprovementPlan:
    """The head of the self-assessment as the plan's value has it, for the pieces that official papers share.

    `info`: of another paper of the self-assessment; what it does not say is taken from the report's.
    """
    own = assessment.document
    if info is not None:
        own = own.model_copy(update={"number": None, "date": None})
        own = own.model_copy(update={name: value for name, value in info if value not in (None, "")})
        if not (info.signer.name or info.signer.role):
            own = own.model_copy(update={"signer": assessment.document.signer})
    return ImprovementPlan(school=assessment.school, school_year=assessment.school_year, document=own)


def letterhead(assessment: SelfAssessment, kind: str | None, info: DocumentInfo | None = None) -> Letterhead:
    """Who issues the paper, place and date. `kind`: its number's letters ("QĐ"); None is a paper without a number."""
    plan = as_plan(assessment, info)
    head = pieces.letterhead(plan)
    if kind is None:
        return replace(head, number="")
    return head if plan.document.number else replace(head, number=f"Số: ……/{kind}-……")


def school_name(assessment: SelfAssessment) -> str:
    return pieces.issuing_body(as_plan(assessment))


def the_school(assessment: SelfAssessment) -> str:
    """The school inside a sentence: "trường Tiểu học …", or "nhà trường" when its name is not known."""
    name = school_name(assessment)
    return name[:1].lower() + name[1:] if name.lower().startswith(("trường ", "trung tâm ")) else name or "nhà trường"


def school_year(assessment: SelfAssessment) -> str:
    return pieces.school_year(as_plan(assessment))


def head_of_school(assessment: SelfAssessment) -> tuple[tuple[str, ...], str]:
    """Office (in capitals) and name of the head: who signs the paper, else the council's chair."""
    block = pieces.signature(as_plan(assessment))
    chair = next((one for one in assessment.council.members if one.role == "chair"), None)
    return block.role, block.name or (clean(chair.name).strip() if chair else "")


def signed_by_head(
    assessment: SelfAssessment, recipients: Sequence[str], *, for_council: bool = False
) -> SignatureBlock:
    """Recipients and the signature of the head. `for_council`: signed as the council's chair."""
    role, name = head_of_school(assessment)
    if for_council:
        chair = next((one for one in assessment.council.members if one.role == "chair"), None)
        role, name = ("TM. HỘI ĐỒNG", "CHỦ TỊCH"), clean(chair.name).strip() if chair else name
    return SignatureBlock(role, name, tuple(recipients))


def governing_body(assessment: SelfAssessment) -> str:
    """Whom the papers are sent to: the governing body as the school names it."""
    return flat(assessment.overview.governing_body) or flat(assessment.document.parent_body)


def covers(assessment: SelfAssessment, kind: str) -> Iterator[Block]:
    """Bìa with a frame, bìa trong without."""
    info = assessment.document
    found = re.match(r"(\d{4})-(\d{2})", info.date or "")
    year = pieces.first_year(as_plan(assessment))
    when = f"tháng {int(found[2]):02d} năm {found[1]}" if found else f"tháng …… năm {year + 1 if year else '……'}"
    one = Cover(
        parent=upper(info.parent_body or "").strip() or dots(13),
        issuer=upper(school_name(assessment)) or dots(13),
        kind=kind,
        subject=f"NĂM HỌC {school_year(assessment)}",
        foot=f"{clean(info.place or '').strip() or '………………'}, {when}",
    )
    yield one
    yield replace(one, framed=False)


def centred(text: str, *, before: float = 0, after: float = 6, new_page: bool = False) -> Iterator[Block]:
    """A line in capitals in the middle, that the list of contents does not name."""
    if new_page:
        yield PageBreak()
    yield Paragraph((run(text, bold=True),), align="center", before=before, after=after, keep_with_next=True)


def line(
    text: str, *, bold: bool = False, italic: bool = False, align: Align = "justify", keep_with_next: bool = False
) -> Paragraph:
    """A paragraph of one line's gap; `keep_with_next`: it stands on the page of what follows."""
    return Paragraph(
        (run(text, bold=bold, italic=italic),), first_line=10, before=3, align=align, keep_with_next=keep_with_next
    )


def fact(name: str, value: str | None, key: str | None = None) -> Iterator[Paragraph]:
    """ "a) Tên: …" on one line; a longer text as paragraphs beneath; dots to write on when nothing is known."""
    own = lines(value or "")
    if len(own) < 2:
        left = (LINE_MM - length_mm(f"{name}: ", BODY_SIZE)) / length_mm("…", BODY_SIZE)
        shown = own[0] if own else dots(max(8, int(left)))
        yield Paragraph(
            (run(f"{name}: "), run(shown)), first_line=10, before=3, key=key, align="justify" if own else "left"
        )
        return
    yield line(f"{name}:")
    yield from (Paragraph((run(text),), first_line=10, before=3, key=key) for text in own)


def items(texts: Sequence[str], cites: Citations | None = None, *, key: str | None = None) -> Iterator[Block]:
    """Lines of a list as the school wrote them; dots to write on when there are none."""
    shown = [(n, flat(text)) for n, text in enumerate(texts) if flat(text)]
    if not shown:
        yield ListItem("-", (Run(dots(30)),))
    for n, text in shown:
        runs = cites.runs(text) if cites else (Run(text),)
        at = f"{key}/{n}" if key else None
        if brings_mark(text):
            yield Paragraph(runs, first_line=10, before=3, key=at)
        else:
            yield ListItem("-", runs, key=at)


def weaknesses(found: Sequence[Weakness], cites: Citations, *, codes: bool = True) -> Iterator[Block]:
    """Each weakness with its cause. `codes`: the criteria that it names stand before it."""
    shown = [weakness for weakness in found if flat(weakness.text)]
    if not shown:
        yield ListItem("-", (Run(dots(30)),))
    for weakness in shown:
        text = flat(weakness.text)
        named = f"Tiêu chí {', '.join(weakness.criteria)}: " if codes and weakness.criteria else ""
        yield ListItem("-", (*((Run(clean(named)),) if named else ()), *cites.runs(text)))
        if flat(weakness.cause):
            runs = (Run("Nguyên nhân: ", italic=True), *cites.runs(flat(weakness.cause)))
            yield Paragraph(runs, indent=10, before=2)


def long_text(text: str | None, cites: Citations, *, key: str | None = None) -> Iterator[Block]:
    """A text as paragraphs, or dots to write on."""
    found = list(cites.body(text, key=key))
    yield from found or [Paragraph((Run(dots(32)),), first_line=10, before=4, key=key)]


# --- the council


def council_signatures(assessment: SelfAssessment) -> Table:
    """Danh sách và chữ ký: the members with room to sign."""
    members = in_rank(assessment.council.members) or [CouncilMember(name="") for _ in range(5)]
    rows = tuple(
        Row(
            (
                cell(str(n), align="center", valign="middle"),
                cell(flat(one.name), valign="middle"),
                cell(flat(one.position), valign="middle"),
                cell(_role(one), valign="middle", align="center"),
                cell(""),
            ),
            height=SIGNING_ROW,
        )
        for n, one in enumerate(members, start=1)
    )
    header = header_row("TT", "Họ và tên", "Chức vụ", "Nhiệm vụ", "Chữ ký")
    return Table((10, 50, 45, 30, 30), (header,), rows, name="Chữ ký của hội đồng", size=TEXT_SIZE)


def members_table(assessment: SelfAssessment, *, tasks: bool = True) -> Table:
    """The members, chair first. `tasks`: what each was given to do stands under her role."""
    rows = []
    for n, one in enumerate(in_rank(assessment.council.members), start=1):
        given = [flat(task) for task in one.tasks if flat(task)] if tasks else []
        work = "\n".join([_role(one), *(task if brings_mark(task) else f"- {task}" for task in given)])
        rows.append(Row((cell(str(n), align="center"), cell(flat(one.name)), cell(flat(one.position)), cell(work))))
    empty = tuple(Row(tuple(cell("") for _ in MEMBER_HEADERS), height=8) for _ in range(5))
    return Table(
        (10, 48, 45, 62),
        (header_row(*MEMBER_HEADERS),),
        tuple(rows) or empty,
        name="Hội đồng tự đánh giá",
        size=TEXT_SIZE,
    )


def groups_table(groups: Sequence[WorkingGroup], name: str) -> Table:
    """Working groups, or the secretariat: people, criteria that they write, tasks."""
    rows = tuple(
        Row(
            (
                cell(str(n), align="center"),
                cell(flat(group.name)),
                cell("\n".join(_people(group))),
                cell(", ".join(group.criteria)),
                cell("\n".join(flat(task) for task in group.tasks)),
            )
        )
        for n, group in enumerate(groups, start=1)
    )
    empty = tuple(Row(tuple(cell("") for _ in GROUP_HEADERS), height=8) for _ in range(3))
    return Table((10, 32, 50, 30, 43), (header_row(*GROUP_HEADERS),), rows or empty, name=name, size=TEXT_SIZE)


def in_rank(members: Sequence[CouncilMember]) -> list[CouncilMember]:
    """Chair, deputies, secretary, members; those of one rank as they were written."""
    order = list(ROLES)
    return sorted(members, key=lambda one: order.index(one.role))


def _role(member: CouncilMember) -> str:
    return f"{ROLES[member.role]} hội đồng" if member.name or member.role != "member" else ""


def _people(group: WorkingGroup) -> Iterator[str]:
    leader = flat(group.leader)
    if leader:
        yield f"{leader} (nhóm trưởng)"
    yield from (name for one in group.members for name in split_people(one) if name != leader)


# --- abbreviations


def abbreviations_table(assessment: SelfAssessment) -> Table | None:
    """Danh mục chữ viết tắt; None when the texts hold none. What nobody has explained stands with an empty place."""
    rows = tuple(
        Row(
            (
                cell(str(n), align="center"),
                cell(one.short, bold=True),
                cell(one.meaning, key=f"abbreviations/{clean(one.short)}"),
            )
        )
        for n, one in enumerate(abbreviations(assessment), start=1)
    )
    if not rows:
        return None
    return Table((12, 43, 110), (header_row("TT", "Chữ viết tắt", "Nghĩa"),), rows, name="Chữ viết tắt", size=TEXT_SIZE)


def abbreviations_part(assessment: SelfAssessment) -> Iterator[Block]:
    yield Heading("DANH MỤC CHỮ VIẾT TẮT", new_page=True, align="center")
    yield abbreviations_table(assessment) or line("Báo cáo không dùng chữ viết tắt.")


def council_decision_line(assessment: SelfAssessment) -> str:
    """ "Quyết định số 45/QĐ-THCS ngày 10 tháng 9 năm 2026 về việc thành lập Hội đồng tự đánh giá"."""
    decision = assessment.council.decision
    number = f" số {flat(decision.number)}" if flat(decision.number) else " số ……"
    return f"Quyết định{number} {long_date(decision.date)} về việc thành lập Hội đồng tự đánh giá"


def legal_bases(assessment: SelfAssessment) -> list[str]:
    """The legal texts as the school names them, without the mark at their end."""
    return [text for basis in assessment.legal_bases if (text := pieces.legal_basis(basis).rstrip(";. "))]
