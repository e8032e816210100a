"""Pieces that every form of a plan shares: letterhead, title, legal bases, roles, signature and recipients."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from caitien.plan import ImprovementPlan, LegalBasis, OrganisationRole
from caitien.writing.document import Block, Heading, Letterhead, ListItem, Paragraph, SignatureBlock, Title, body, run
from caitien.writing.text import brings_mark, clean, dots, lines, long_date, upper

_KIND = re.compile(r"^\s*kế\s+hoạch\b[\s:.–-]*", re.IGNORECASE)
_SCHOOL_YEAR = re.compile(r"năm\s+học\s+\d{4}", re.IGNORECASE)
_ARCHIVE = re.compile(r"^lưu\b", re.IGNORECASE)
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def letterhead(plan: ImprovementPlan) -> Letterhead:
    """Who issues the plan, its number, place and date; what is not known is a dotted line to fill in by hand."""
    info = plan.document
    return Letterhead(
        parent=upper(info.parent_body or "").strip() or dots(13),
        issuer=upper(issuing_body(plan)) or dots(13),
        number=f"Số: {clean(info.number).strip()}" if info.number else "Số: ……/KH-……",
        place_and_date=f"{clean(info.place or '').strip() or '………………'}, {long_date(info.date, year=first_year(plan))}",
    )


def issuing_body(plan: ImprovementPlan) -> str:
    return clean(plan.document.issuing_body or plan.school.name or "").strip()


def first_year(plan: ImprovementPlan) -> int | None:
    """The calendar year in which the plan's school year begins, the year such a plan is signed in."""
    found = re.match(r"\s*(\d{4})\s*[-–]", plan.school_year or "")
    return int(found[1]) if found else None


def previous_school_year(plan: ImprovementPlan) -> str:
    """ "2026-2027" -> "2025-2026"; a dotted line when the plan's year is not known."""
    year = first_year(plan)
    return f"{year - 1}-{year}" if year else "……-……"


def school_year(plan: ImprovementPlan) -> str:
    return clean(plan.school_year or "").strip() or "……-……"


def title(plan: ImprovementPlan, subject: str) -> Title:
    """ "KẾ HOẠCH" and what it is about: the plan's own title where it has one, else `subject` and the school year."""
    own = _KIND.sub("", " ".join(lines(plan.title or ""))).strip()
    about = own or subject
    if own.isupper() and own:
        pass  # as printed
    elif about:
        about = about[0].upper() + about[1:]
    if not _SCHOOL_YEAR.search(about):
        about += f" NĂM HỌC {school_year(plan)}" if about.isupper() else f" năm học {school_year(plan)}"
    return Title("KẾ HOẠCH", about)


def document_title(plan: ImprovementPlan, subject: str) -> str:
    """The title for the file's properties: "Kế hoạch cải tiến chất lượng năm học 2026-2027"."""
    about = title(plan, subject).subject
    return f"Kế hoạch {about if about.isupper() else about[:1].lower() + about[1:]}"


def legal_basis(basis: LegalBasis) -> str:
    """ "Thông tư số 17/2018/TT-BGDĐT ngày 22/8/2018 về …"."""
    kind = clean(basis.kind or "").strip()
    number = clean(basis.number or "").strip()
    words = [kind, f"số {number}" if number else ""]
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", basis.date or "")
    if found:
        words.append(f"ngày {found[3]}/{int(found[2]) if int(found[2]) > 2 else found[2]}/{found[1]}")
    words.append(" ".join(lines(basis.subject or "")))
    return " ".join(word for word in words if word)


def item(text: str, *, key: str | None = None, marker: str = "-") -> ListItem | Paragraph:
    """A line of a list: the marker is put before it unless the text brings its own."""
    flat = " ".join(lines(text))
    if brings_mark(flat):
        return Paragraph((run(flat),), first_line=10, before=3, key=key)
    return ListItem(marker, (run(flat),), key=key)


def items(texts: Sequence[str], *, as_printed: bool = False) -> Iterator[Block]:
    """Lines of a list. Our own words are closed with ";" and the last one with "."; the plan's stand as printed."""
    for index, text in enumerate(texts):
        close = "" if as_printed else ";" if index < len(texts) - 1 else "."
        yield item(text + close)


def organisation(roles: Sequence[OrganisationRole], *, keyed: bool = True) -> Iterator[Block]:
    """Who does what: a heading for each role, its tasks beneath. `keyed`: the words are the plan's, not ours."""
    for index, role in enumerate(roles):
        name = " ".join(lines(role.role or "")) or dots()
        yield Heading(name if re.match(r"\s*\d+\s*[.)]", name) else f"{index + 1}. {name}", level=2)
        for n, task in enumerate(role.tasks):
            if lines(task):
                yield item(task, key=f"organisation/{index}/tasks/{n}" if keyed else None)


def closing(plan: ImprovementPlan, name: str) -> Paragraph:
    """The sentence above the signature, kept on its page."""
    school = clean(plan.school.name or "").strip() or "nhà trường"
    school = school[:1].lower() + school[1:] if school.lower().startswith(("trường ", "trung tâm ")) else school
    return body(
        f"Trên đây là {name} năm học {school_year(plan)} của {school}; "
        "yêu cầu các tổ chức, cá nhân có liên quan nghiêm túc thực hiện./.",
        keep_with_next=True,
    )


def signature(plan: ImprovementPlan) -> SignatureBlock:
    """Recipients, the last "- Lưu: VT." (Nghị định 30/2020), and who signs."""
    signer = plan.document.signer
    role = tuple(upper(line) for line in lines(signer.role or "")) or (_head_of(plan),)
    sent_to = [re.sub(r"^[-–•\s]+|[\s;.,]+$", "", " ".join(lines(r))) for r in plan.recipients]
    archive = next((r for r in sent_to if _ARCHIVE.match(r)), "Lưu: VT")
    named = [f"- {r};" for r in sent_to if r and not _ARCHIVE.match(r)] or [f"- {dots(10)};"]
    return SignatureBlock(role, clean(signer.name or "").strip(), (*named, f"- {archive}."))


def _head_of(plan: ImprovementPlan) -> str:
    centre = plan.school.level == "gdtx" or (plan.school.name or "").strip().lower().startswith("trung tâm")
    return "GIÁM ĐỐC" if centre else "HIỆU TRƯỞNG"
