"""`evidence-list`: danh mục minh chứng, with exactly the five columns of Thông tư 57/2026 (Phụ lục IV), or those of 2018."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from caitien.assessment.model import EvidenceEntry, SelfAssessment
from caitien.standards import Framework
from caitien.writing.assessment import Asked, AssessmentForm, parts
from caitien.writing.assessment.citations import Citations, citations, with_addresses
from caitien.writing.assessment.examined import framework_of
from caitien.writing.document import Block, Cell, Document, Paragraph, Row, Table, Title, cell, header_row, run
from caitien.writing.text import clean, lines

HEADERS = ("TT", "Mã minh chứng", "Tên minh chứng", "Định dạng, vị trí lưu trữ hoặc đường dẫn điện tử", "Ghi chú")
WIDTHS = (11, 29, 66, 62, 34)
HEADERS_2018 = (
    "TT",
    "Mã minh chứng",
    "Tên minh chứng",
    "Số, ngày ban hành hoặc thời điểm khảo sát, điều tra",
    "Nơi ban hành hoặc nhóm, cá nhân thực hiện",
    "Ghi chú",
)
WIDTHS_2018 = (11, 27, 66, 42, 40, 50)
LEFT_OUT = {"rejected": "không được chấp nhận", "replaced": "đã có bản thay thế"}


def build(assessment: SelfAssessment, asked: Asked) -> Document:
    framework = framework_of(assessment)
    found = citations(assessment, framework)
    year = parts.school_year(assessment)
    blocks: list[Block] = [
        parts.letterhead(assessment, None),
        Title("DANH MỤC MINH CHỨNG", f"Tự đánh giá năm học {year}"),
        evidence_table(framework, found.entries, found, main=True),
        Paragraph(
            (run(f"Danh mục có {len(found.entries)} minh chứng."),), first_line=10, before=6, keep_with_next=True
        ),
        parts.signed_by_head(assessment, ("- Hội đồng tự đánh giá;", "- Lưu: VT."), for_council=True),
    ]
    return Document(
        title=f"Danh mục minh chứng, năm học {year}",
        subject=framework.short_title,
        author=parts.school_name(assessment),
        blocks=tuple(blocks),
        orientation="landscape",
    )


def evidence_table(
    framework: Framework, entries: Sequence[EvidenceEntry], cites: Citations, *, main: bool = False
) -> Table:
    """The list as a table: five columns, or six where codes have a box (2018). Its lines are what citations lead to."""
    old = "{box}" in framework.evidence.code
    headers, widths = (HEADERS_2018, WIDTHS_2018) if old else (HEADERS, WIDTHS)
    rows = tuple(
        Row(tuple(_old_cells(n, one, cites) if old else _cells(n, one, cites)))
        for n, one in enumerate(entries, start=1)
    )
    if not rows:
        rows = tuple(Row(tuple(cell("") for _ in headers), height=8) for _ in range(3))
    return Table(widths, (header_row(*headers),), rows, name="Danh mục minh chứng", main=main)


def _cells(n: int, one: EvidenceEntry, cites: Citations) -> Iterator[Cell]:
    yield cell(str(n), align="center")
    yield _code(one, cites)
    name = " ".join(parts.flat(one.name).split())
    number = parts.flat(one.number)
    about = [f"số {number}" if number and number not in name else "", _issued(one.date) if one.date else ""]
    issuer = parts.flat(one.issuer)
    said = ", ".join(part for part in (*about, f"của {issuer}" if issuer and issuer not in name else "") if part)
    yield cell(f"{name} ({said})" if said else name)
    yield _place(one.place)
    yield cell(_note(one))


def _old_cells(n: int, one: EvidenceEntry, cites: Citations) -> Iterator[Cell]:
    yield cell(str(n), align="center")
    yield _code(one, cites)
    yield cell(parts.flat(one.name))
    number = parts.flat(one.number)
    said = [f"Số {number}" if number else "", _issued(one.date) if one.date else ""]
    yield cell(", ".join(part for part in said if part))
    yield cell(parts.flat(one.issuer))
    note = _note(one)
    yield cell("\n".join(part for part in (note, "\n".join(lines(one.place or ""))) if part))


def _code(one: EvidenceEntry, cites: Citations) -> Cell:
    made = Paragraph((run(clean(one.code or "")),), align="center", anchor=cites.anchors.get(one.code or ""))
    return Cell((made,), align="center")


def _place(place: str | None) -> Cell:
    made = tuple(Paragraph(with_addresses(line), align="left") for line in lines(place or ""))
    return Cell(made) if made else cell("")


def _note(one: EvidenceEntry) -> str:
    """The school's note; beneath, what follows from the entry: shared, formerly coded otherwise, no longer good."""
    said = [parts.flat(one.note)]
    if len(one.criteria) > 1:
        said.append(f"Dùng cho tiêu chí {', '.join(one.criteria)}")
    if one.old_codes:
        said.append(f"Mã cũ: {', '.join(one.old_codes)}")
    if one.state in LEFT_OUT:
        said.append(LEFT_OUT[one.state].capitalize())
    return "\n".join(part for part in said if part)


def _issued(date: str) -> str:
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", date)
    return f"ngày {found[3]}/{found[2]}/{found[1]}" if found else parts.flat(date)


FORM = AssessmentForm(
    id="evidence-list",
    title="Danh mục minh chứng (TT 57: năm cột; khung 2018: sáu cột)",
    source="Phụ lục IV, Thông tư 57/2026/TT-BGDĐT; khung 2018: Công văn 5932/BGDĐT-QLCL",
    confidence="Năm cột theo hai nguồn độc lập chép lại Thông tư; sáu cột của 2018 theo một nguồn.",
    build=build,
    order=50,
    formats=("docx", "pdf", "xlsx"),
)
