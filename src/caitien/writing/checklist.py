"""A printable checklist of a framework: every criterion, level and requirement with cells to tick by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from caitien.writing import FileFormat, render
from caitien.writing.document import Block, Document, Heading, Row, Table, Title, body, cell, header_row

if TYPE_CHECKING:
    from caitien.standards import Criterion, Framework, OfficialText

HEADERS = ("Mã", "Yêu cầu", "Đạt", "Không đạt", "Chưa xét", "Mã minh chứng, ghi chú")
WIDTHS = (24, 118, 14, 16, 14, 66)
UNKNOWN = "(Chưa có lời của mức này; xem văn bản.)"
OF_HIGHEST_LEVEL = "Mục riêng của mức cao nhất"


def framework_checklist(
    framework: Framework, file_format: FileFormat | str, official: OfficialText | None = None
) -> bytes:
    """The checklist as a file: "docx", "pdf" or "xlsx". Raises WritingError for another format.

    `official`: the wording of the circular where this installation has it; it stands under our summaries.
    """
    return render(checklist_document(framework, official), file_format)


def checklist_document(framework: Framework, official: OfficialText | None = None) -> Document:
    """The document tree of the checklist, landscape, a table for each standard."""
    blocks: list[Block] = [
        Title("PHIẾU ĐỐI CHIẾU", framework.title),
        body("Tên trường: ……………………………………………………  Năm học: ……………  Người xét: ……………………………", after=4),
        body(_about(framework, official), italic=True, after=6),
    ]
    for standard in framework.standards:
        blocks.append(Heading(f"Tiêu chuẩn {standard.code}: {standard.title}"))
        blocks.append(_table(f"Tiêu chuẩn {standard.code}", framework, standard.criteria, official))
    if framework.level_items:
        blocks.append(Heading(OF_HIGHEST_LEVEL))
        blocks.append(_table(OF_HIGHEST_LEVEL, framework, framework.level_items, official))
    blocks.append(Heading("Cách xét mức của trường"))
    blocks += [body(f"{_level_title(framework, rule.level)}: {rule.text}") for rule in framework.rules.school]
    return Document(
        title=f"Phiếu đối chiếu: {framework.short_title}",
        blocks=tuple(blocks),
        orientation="landscape",
        subject=framework.title,
    )


def _about(framework: Framework, official: OfficialText | None) -> str:
    words = "Yêu cầu là lời tóm tắt của Cải Tiến, không thay văn bản"
    if official is not None:
        words += f"; nguyên văn lấy từ {official.source}"
    return f"{words}. Chưa xét không phải là không đạt."


def _table(name: str, framework: Framework, criteria: tuple[Criterion, ...], official: OfficialText | None) -> Table:
    rows = tuple(row for criterion in criteria for row in _rows(framework, criterion, official))
    return Table(WIDTHS, (header_row(*HEADERS),), rows, name=name, main=True)


def _rows(framework: Framework, criterion: Criterion, official: OfficialText | None) -> Iterator[Row]:
    mandatory = " (bắt buộc)" if criterion.mandatory else ""
    yield Row((cell(criterion.code, bold=True), cell(f"{criterion.title}{mandatory}", bold=True, colspan=5)))
    evidence = "; ".join(e.name for e in criterion.suggested_evidence)
    if evidence:
        yield Row((cell("Gợi ý", italic=True), cell(f"Minh chứng: {evidence}.", italic=True, colspan=5)))
    words = official.criteria.get(criterion.code) if official else None
    for level in criterion.levels:
        yield _row_to_tick(None, _level_title(framework, level.level), bold=True)
        for requirement in level.requirements:
            yield _row_to_tick(requirement.code, requirement.text)
        if not level.known:
            yield Row((cell(None), cell(UNKNOWN, italic=True, colspan=5)))
        if words is not None and (verbatim := words.levels.get(level.level)):
            yield Row((cell("Nguyên văn", italic=True), cell(verbatim, colspan=5)))
    if criterion.indicators:
        figures = "; ".join(f"{i.name} ({i.unit})" for i in criterion.indicators)
        yield Row((cell("Dữ liệu", italic=True), cell(f"Để theo dõi, không phải ngưỡng: {figures}.", colspan=5)))


def _row_to_tick(code: str | None, text: str, *, bold: bool = False) -> Row:
    return Row((cell(code), cell(text, bold=bold), cell(None), cell(None), cell(None), cell(None)))


def _level_title(framework: Framework, number: int) -> str:
    return next(level.title for level in framework.levels if level.number == number)
