"""`assessment-plan`: kế hoạch tự đánh giá, in nine sections; what the value does not say is left to be filled in by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from caitien.assessment.calendar import dues
from caitien.assessment.model import SelfAssessment
from caitien.plan.people import split_people
from caitien.standards import Framework
from caitien.writing.assessment import Asked, AssessmentForm, parts
from caitien.writing.assessment.examined import framework_of
from caitien.writing.assessment.parts import TEXT_SIZE, fact, items, line
from caitien.writing.document import Block, Document, Heading, Row, Table, Title, cell, header_row
from caitien.writing.text import dots

SCHEDULE_HEADERS = ("Thời gian", "Nội dung công việc", "Người, nhóm thực hiện")
WORK_HEADERS = ("Tiêu chí", "Nhóm, người phụ trách", "Ghi chú")
RESOURCE_HEADERS = ("Tiêu chuẩn, tiêu chí", "Nguồn lực cần huy động", "Thời điểm", "Ghi chú")


def build(assessment: SelfAssessment, asked: Asked) -> Document:
    framework = framework_of(assessment)
    to = parts.governing_body(assessment)
    year = parts.school_year(assessment)
    document = framework.document
    annex = f", {document.annex}" if document.annex else ""
    head = assessment.model_copy(
        update={"document": assessment.document.model_copy(update={"number": None, "date": None})}
    )
    blocks: list[Block] = [
        parts.letterhead(head, "KH"),
        Title("KẾ HOẠCH", f"Tự đánh giá năm học {year}"),
        *(line(f"Căn cứ {basis};", italic=True) for basis in parts.legal_bases(assessment)),
        line(f"Căn cứ {parts.council_decision_line(assessment)},", italic=True),
        line(f"Hội đồng tự đánh giá của {parts.the_school(assessment)} lập kế hoạch như sau:"),
        Heading("I. MỤC ĐÍCH"),
        *fact("Mục đích tự đánh giá", assessment.overview.purpose),
        Heading("II. PHẠM VI"),
        *fact("Phạm vi", assessment.overview.scope),
        *fact("Thời gian của số liệu, minh chứng", assessment.overview.period),
        Heading("III. CÔNG CỤ TỰ ĐÁNH GIÁ"),
        line(
            f"{document.kind} số {document.number}{annex}: {len(framework.standards)} tiêu chuẩn, "
            f"{len(framework.criteria)} tiêu chí, {len(framework.levels)} mức."
        ),
        Heading("IV. HỘI ĐỒNG TỰ ĐÁNH GIÁ"),
        Heading("1. Thành phần", level=2),
        parts.members_table(assessment),
        *_groups(assessment),
        Heading("3. Phân công viết tiêu chí", level=2),
        _work(assessment, framework),
        Heading("V. TẬP HUẤN NGHIỆP VỤ"),
        line(f"Thời gian, địa điểm: {dots()}"),
        line(f"Người tham gia, nội dung: {dots()}"),
        Heading("VI. NGUỒN LỰC"),
        _empty(RESOURCE_HEADERS, (48, 55, 32, 30), "Nguồn lực"),
        Heading("VII. THUÊ CHUYÊN GIA (NẾU CÓ)"),
        line(dots(30)),
        Heading("VIII. DANH MỤC MÃ MINH CHỨNG"),
        line(_evidence(assessment, framework)),
        Heading("IX. THỜI GIAN THỰC HIỆN"),
        _schedule(assessment, asked.dates),
        parts.signed_by_head(
            assessment,
            (f"- {to};" if to else "- Cơ quan quản lý trực tiếp;", "- Thành viên Hội đồng tự đánh giá;", "- Lưu: VT."),
            for_council=True,
        ),
    ]
    return Document(
        title=f"Kế hoạch tự đánh giá năm học {year}",
        subject=framework.short_title,
        author=parts.school_name(assessment),
        blocks=tuple(blocks),
    )


def _groups(assessment: SelfAssessment) -> Iterator[Block]:
    yield Heading("2. Nhóm thư ký, nhóm công tác", level=2)
    groups = sorted(assessment.council.groups, key=lambda group: group.kind != "secretariat")
    if groups:
        yield parts.groups_table(groups, "Nhóm thư ký, nhóm công tác")
    else:
        yield from items([])


def _work(assessment: SelfAssessment, framework: Framework) -> Table:
    """Every criterion of the framework with who writes it: the groups, and those who are named at the criterion."""
    writers = {review.code: review.writers for review in assessment.criteria}
    rows = []
    for criterion in (*framework.criteria, *framework.level_items):
        groups = [parts.flat(group.name) for group in assessment.council.groups if criterion.code in group.criteria]
        people = [name for one in writers.get(criterion.code, ()) for name in split_people(one)]
        rows.append(
            Row(
                (
                    cell(f"{criterion.code}. {criterion.title}"),
                    cell("\n".join(dict.fromkeys([*groups, *people]))),
                    cell("Bắt buộc" if criterion.mandatory else ""),
                )
            )
        )
    return Table(
        (92, 48, 25), (header_row(*WORK_HEADERS),), tuple(rows), name="Phân công viết tiêu chí", size=TEXT_SIZE
    )


def _schedule(assessment: SelfAssessment, changed: Mapping[str, date] | None) -> Table:
    """The usual order of work (`plan_sections.yaml`) with the days of the legal calendar, or empty lines where there is none."""
    days = _days(assessment, changed)
    rows = tuple(
        Row((cell(_when(step["when"], days.get(step.get("event")))), cell(step["what"]), cell("")))
        for step in schedule_of(assessment.framework)["steps"]
    )
    if not rows:
        return _empty(SCHEDULE_HEADERS, (35, 90, 40), "Thời gian thực hiện")
    return Table((35, 90, 40), (header_row(*SCHEDULE_HEADERS),), rows, name="Thời gian thực hiện", size=TEXT_SIZE)


def _days(assessment: SelfAssessment, changed: Mapping[str, date] | None) -> dict[str | None, date]:
    """The last day of each event of the calendar; {} while the school year is not known."""
    try:
        found = dues(assessment.framework or "", assessment.school_year or "", date.min, changed=changed)
    except ValueError:
        return {}
    return {one.id: one.last_day for one in found}


def _when(words: str, day: date | None) -> str:
    return f"{words} (chậm nhất {day:%d/%m/%Y})" if day else words


def schedule_of(framework: str | None) -> dict[str, Any]:
    """The order of work of a framework's family: its steps, their source and how sure it is."""
    families = _sections()
    family = next((name for name in families if (framework or "").startswith(name)), "other")
    found: dict[str, Any] = families[family]
    return found


def _evidence(assessment: SelfAssessment, framework: Framework) -> str:
    style = framework.evidence
    count = f"; đến nay có {len(assessment.evidence)} minh chứng" if assessment.evidence else ""
    return f"Minh chứng được mã hóa theo mẫu {style.example}, mỗi minh chứng một mã dùng cho mọi tiêu chí liên quan{count}."


def _empty(headers: tuple[str, ...], widths: tuple[float, ...], name: str) -> Table:
    rows = tuple(Row(tuple(cell("") for _ in headers), height=9) for _ in range(4))
    return Table(widths, (header_row(*headers),), rows, name=name, size=TEXT_SIZE)


@cache
def _sections() -> dict[str, Any]:
    text = files("caitien.writing.assessment").joinpath("plan_sections.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


FORM = AssessmentForm(
    id="assessment-plan",
    title="Kế hoạch tự đánh giá",
    source="Điều 9, Thông tư 57/2026/TT-BGDĐT; các mục theo mẫu của Công văn 5932/BGDĐT-QLCL năm 2018",
    confidence="Thông tư 57 đòi có kế hoạch, không thấy mẫu; chín mục là của năm 2018, mốc thời gian theo một nguồn.",
    build=build,
    order=40,
)
