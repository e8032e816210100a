"""The plan around its table: bases, earlier results, purposes, organisation, recipients, signatures."""

from __future__ import annotations

import re
from datetime import date

from caitien.plan.lists import split_items, starts_item
from caitien.plan.model import ImprovementPlan, LegalBasis, OrganisationRole, PriorResult, Signature
from caitien.plan.text import fold, one_space
from caitien.reading.document_head import read_document, read_school, read_school_year, read_title
from caitien.reading.paragraphs import Section, sections, words_around
from caitien.reading.source import SourceDocument


def read_furniture(source: SourceDocument, plan_tables: set[int], heads: list[str], feet: list[str]) -> ImprovementPlan:
    """A plan with everything that stands around its tables. `heads`, `feet`: texts of sheets above and under the rows."""
    around = words_around(source, plan_tables, heads, feet)
    plan = ImprovementPlan()
    plan.title = read_title(around.before)
    plan.school = read_school(around.all())
    plan.school_year = read_school_year(around.before, around.all(), plan.title)
    plan.document = read_document(around.before, around.after, plan.school)
    if plan.school_year is None and plan.document.date:
        year, month = int(plan.document.date[:4]), int(plan.document.date[5:7])
        plan.school_year = f"{year}-{year + 1}" if month >= 6 else f"{year - 1}-{year}"
    parts = sections(around.all())
    plan.sections = [part.heading for part in parts]
    plan.school.ownership = _said(around.before, r"loại hình(?: cơ sở giáo dục| trường| nhà trường)?")
    plan.school.address = _said(around.before, r"địa chỉ(?: trường| trụ sở)?")
    plan.legal_bases = read_bases(around.before)
    plan.prior_results = read_prior_results(around.all())
    plan.level_reached = read_level(around.all())
    plan.purposes = read_purposes(parts)
    plan.organisation = read_organisation(parts)
    plan.recipients = read_recipients(around.after or around.before)
    plan.signatures = read_signatures(source, around.all())
    return plan


def _said(paragraphs: list[str], label: str) -> str | None:
    """What stands after a label: "2. Loại hình: công lập"."""
    for text in paragraphs:
        if found := re.match(rf"^\W*(?:\d+[.)]\s*|[a-z][.)]\s*)?{label}\s*:\s*(\S.*)$", text, re.IGNORECASE):
            return one_space(found[1]).rstrip(" .;")
    return None


_KIND = (
    r"Hiến pháp|Bộ luật|Luật|Nghị quyết|Nghị định|Thông tư liên tịch|Thông tư|Quyết định|Công văn|Hướng dẫn|Chỉ thị|Kế hoạch|Văn bản hợp nhất|"
    r"Văn bản|Báo cáo|Điều lệ|Thông báo|Tờ trình|Nghị Quyết"
)
_BASIS = re.compile(
    rf"^(?:[-–+•*]\s*)?(?:\d+[.)]\s*)?(?:(?:Căn cứ(?: vào)?|Thực hiện|Theo)\s+)?(?P<kind>{_KIND})\b\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(
    r"^(?P<name>[^\d;]{0,60}?)\s*(?:số\s*:?\s*)?(?P<number>\d{1,5}[a-zA-Z]?\s*/\s*[\w&.]+(?:\s*[/-]\s*[\w&.]+)*)"
)
_DAY = re.compile(
    r"^[\s,(]*(?:ngày\s*)?(\d{1,2})\s*(?:/|-|\.|\s*tháng\s*)\s*(\d{1,2})\s*(?:/|-|\.|\s*năm\s*)\s*((?:19|20)\d\d)\)?"
)
_ISSUER = re.compile(
    r"^[\s,]*của\s+(?P<issuer>.{3,90}?)(?=\s*,?\s*(?:ban hành|về|vè|quy định|sửa đổi|hướng dẫn|phê duyệt|V/v|$))\s*,?\s*(?P<subject>.*)$",
    re.IGNORECASE | re.DOTALL,
)


def read_bases(paragraphs: list[str]) -> list[LegalBasis]:
    """The documents that the plan rests on. One named inside the subject of another is not a basis of its own."""
    bases: list[LegalBasis] = []
    in_section = False
    for text in paragraphs:
        words = fold(text)
        if re.match(r"^(phan\s+)?[ivx]{1,5}\s*[.)/-]\s*", words):
            in_section = "can cu" in words
            continue
        starts = re.match(r"^\W*(\d+[.)]\s*)?(can cu|thuc hien|theo)\b", words)
        cited = starts and re.search(
            r"\b(thong tu|nghi dinh|quyet dinh|luat|cong van|huong dan|ke hoach|chi thi|nghi quyet)\b", words[:60]
        )
        if not (in_section or (starts and "can cu" in words[:20]) or cited):
            continue
        text = _THEREFORE.sub("", text)
        for piece in re.split(
            rf"(?<=[/ ]\d{{4}})\s*(?:,|\bvà\b)\s+(?=(?:{_KIND})\s+(?:liên tịch\s+)?số)|;\s*|(?<=[^\d\s]\.)\s+(?=Căn cứ)|\s+(?=Căn cứ\s)",
            text,
        ):
            if basis := _basis(piece.strip(" .,/")):
                bases.append(basis)
    return bases


_THEREFORE = re.compile(
    r",?\s*(?:nhà trường|trường|đơn vị|trung tâm|hội đồng)\b[^,;]*\b(?:xây dựng|ban hành|lập)\s+kế hoạch.*$",
    re.IGNORECASE | re.DOTALL,
)


def _basis(text: str) -> LegalBasis | None:
    found = _BASIS.match(text)
    if not found:
        return None
    kind, rest = found["kind"], one_space(found["rest"])
    basis = LegalBasis(kind=kind[:1].upper() + kind[1:])
    if number := _NUMBER.match(rest):
        basis.number = re.sub(r"\s+", "", number["number"]).rstrip(".,")
        name, rest = number["name"].strip(), rest[number.end() :]
        if name:
            basis.kind = f"{basis.kind} {name}" if basis.kind == "Luật" else basis.kind
        if day := _DAY.match(rest):
            basis.date = _iso(day[3], day[2], day[1])
            rest = rest[day.end() :]
    elif not re.search(r"\w{3}", rest) or (
        basis.kind in ("Văn bản", "Kế hoạch") and not re.search(r"năm học|phát triển|chiến lược", rest)
    ):
        return None
    if basis.number and (issuer := _ISSUER.match(rest)):
        basis.issuer = one_space(issuer["issuer"])  # type: ignore[attr-defined]  # cơ quan ban hành, as printed
        rest = issuer["subject"]
    basis.subject = one_space(rest).strip(" ,.;:") or None
    return basis


def read_prior_results(paragraphs: list[str]) -> list[PriorResult]:
    """ "Mức 4: Tổng số 05 tiêu chí, trong đó số tiêu chí đạt 3/5 …" and the school year in the line above them."""
    results: list[PriorResult] = []
    year: str | None = None
    for text in paragraphs:
        if found := re.search(r"năm\s+học\s*:?\s*(20\d\d)\s*[-–—]\s*(20\d\d)", text, re.IGNORECASE):
            year = f"{found[1]}-{found[2]}"
        line = re.match(r"^\W*(?:Đạt\s+)?Mức\s*(?:độ\s*)?([1-4])\s*[:,–-]?\s*(.*)$", text, re.IGNORECASE | re.DOTALL)
        if not line:
            continue
        met = re.search(r"đạt\D{0,25}?(\d{1,2})\s*/\s*(\d{1,2})", line[2], re.IGNORECASE)
        if not met or int(met[1]) > int(met[2]):
            continue
        missed = re.search(r"không\s+đạt\D{0,12}?(\d{1,2})", line[2], re.IGNORECASE)
        results.append(
            PriorResult(
                school_year=year,
                level=int(line[1]),
                assessed=int(met[2]),
                met=int(met[1]),
                not_met=int(missed[1]) if missed else None,
                text=one_space(re.sub(r"^[-–+•*]\s*", "", text)),
            )
        )
    return results


def read_level(paragraphs: list[str]) -> int | None:
    """ "Tự đánh giá đạt mức 3" is 3."""
    for text in paragraphs:
        if len(text) <= 200 and (
            found := re.search(
                r"tu danh gia\W*(?:cua (?:nha )?truong\W*)?(?:\w+ ){0,4}?(?:dat|:)\s*muc\s*(?:do )?([1-4])\b",
                fold(text),
            )
        ):
            return int(found[1])
    return None


def read_purposes(parts: list[Section]) -> list[str]:
    """The points of the section on purposes (and requirements)."""
    part = next((p for p in parts if re.search(r"\bmuc dich\b", fold(p.heading))), None)
    if part is None:
        return []
    points = [
        p
        for p in part.lines
        if not re.fullmatch(r"\W*(\d+[.)]?|[a-z][.)])?\s*(muc dich|yeu cau)( ?,? ?yeu cau)?\W*", fold(p))
    ]
    return split_items("\n".join(points))


def read_organisation(parts: list[Section]) -> list[OrganisationRole]:
    """Who does what: numbered roles of the section "Tổ chức thực hiện", the points under each as tasks."""
    part = next((p for p in reversed(parts) if re.search(r"\bto chuc thuc hien\b", fold(p.heading))), None)
    roles: list[OrganisationRole] = []
    for line in part.lines if part else []:
        words = fold(line)
        if re.match(r"(tren day la|noi nhan)", words):
            break
        numbered = re.match(r"^(?:\d{1,2}|[a-zđ])\s*[.)]\s*(\S.*)$", line)
        if numbered and len(line) <= 160 and not line.rstrip().endswith(";"):
            role, _, task = numbered[1].partition(":")
            roles.append(
                OrganisationRole(role=one_space(role).rstrip(" .:"), tasks=[one_space(task)] if task.strip() else [])
            )
        elif roles:
            roles[-1].tasks += split_items(line)
        else:
            named = re.match(r"^[-–+•]\s*([^:]{3,60}):\s*(\S.*)$", line)
            if named:
                roles.append(OrganisationRole(role=one_space(named[1]), tasks=split_items(named[2])))
    return roles


def read_recipients(paragraphs: list[str]) -> list[str]:
    """The lines under "Nơi nhận"."""
    for i, text in enumerate(paragraphs):
        found = re.match(r"(?i)^\W*nơi\s+nhận\W*(.*)$", text)
        if not found:
            continue
        recipients = [found[1]] if re.search(r"\w", found[1]) and not found[1].isupper() else []
        for line in paragraphs[i + 1 : i + 20]:
            if (
                not (starts_item(line) or re.match(r"^(Như trên|Lưu|Sở|UBND|Phòng|Hội đồng|CB)", line))
                or len(line) > 120
            ):
                break
            recipients.append(line)
        return [r.strip(" ;.,") for item in recipients for r in split_items(item)]
    return []


_TIME = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\s?(?:Z|[+-]\d\d:?\d\d))?)")
_SIGNED_ON = re.compile(
    r"(?:thời\s*gian\s*ký|ngày\s*ký|ký\s*ngày)\s*:?\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4})[\s,]+(\d\d:\d\d(?::\d\d)?)\s*([+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_SIGNED_BY = re.compile(
    r"(?:người\s*ký|ký\s*bởi|được\s*ký\s*bởi|signed\s*by)\s*:?\s*(.{2,80}?)\s*(?=$|thời\s*gian|ngày\s*ký|email|cơ\s*quan)",
    re.IGNORECASE,
)


def read_signatures(source: SourceDocument, paragraphs: list[str]) -> list[Signature]:
    """Electronic signatures in the file, and those that a signing service has printed: a name or address, then a time."""
    found = [Signature(name=s.name, time=s.time) for s in source.signatures]
    name: str | None = None
    for text in paragraphs:
        by, on = _SIGNED_BY.search(text), _SIGNED_ON.search(text)
        if by:
            name = one_space(by[1])
        if on:
            time = f"{_iso(on[3], on[2], on[1])}T{on[4]}{on[5] or ''}"
            found.append(Signature(name=name, time=time))
            name = None
            continue
        time_found = _TIME.search(text)
        mail = re.search(r"\S+@\S+\.\w+", text)
        if mail:
            name = mail[0]
        if time_found and name:
            found.append(Signature(name=name, time=time_found[1].replace(" ", "T", 1)))
            name = None
        elif not by and not mail:
            name = None
    seen: dict[tuple[str | None, str | None], Signature] = {}
    for signature in found:
        seen.setdefault((signature.name, signature.time), signature)
    return list(seen.values())


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
