"""Measures that both paper backends share, after Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caitien.writing.document import Margins, Orientation, Row, text_width
from caitien.writing.face import LINE_EM, MM_PER_PT, balanced, line_count


@dataclass(frozen=True, slots=True)
class Sizes:
    """Letter sizes in points; the range that the decree allows stands behind each."""

    nation: float = 12  # quốc hiệu 12–13
    motto: float = 13  # tiêu ngữ 13–14
    parent: float = 12  # cơ quan chủ quản 12–13
    issuer: float = 12  # cơ quan ban hành 12–13
    number: float = 13  # số, ký hiệu 13
    place_and_date: float = 13  # địa danh, ngày tháng 13–14
    kind: float = 14  # tên loại 13–14
    subject: float = 14  # trích yếu 13–14
    signer: float = 13  # chức vụ, họ tên 13–14
    recipients_title: float = 12  # "Nơi nhận:" 12
    recipients: float = 11  # nơi nhận 11
    page_number: float = 13  # số trang 13–14
    contents: float = 12
    cover_kind: float = 26  # of a cover; the decree says nothing of covers
    cover_subject: float = 16
    cover: float = 14


SIZES = Sizes()
HEADER_MM = 10.0  # from the paper's edge to the page number, inside the top margin
CELL_PADDING_MM = 1.4
SIGNATURE_SPACE_PT = 64  # between the signer's office and name: room for a signature and the seal
LETTERHEAD_LEFT: dict[Orientation, float] = {"portrait": 0.455, "landscape": 0.45}
SIGNATURE_LEFT: dict[Orientation, float] = {"portrait": 0.5, "landscape": 0.5}
COVER_ROWS = (50.0, 0.0, 30.0)
"""Heights in mm of a cover's top and foot; what is left is its middle."""
COVER_SPARE = 3.0  # mm left under a cover: room for the frame and for the mark that ends the page
MOST_UNBROKEN = 0.5  # of the text's height: a row taller than this may be cut by a page's end


def share(width: float, shares: Sequence[float]) -> list[float]:
    """A width in mm dealt out in these shares."""
    whole = sum(shares)
    return [width * part / whole for part in shares]


def heading_lines(
    text: str, part: float, orientation: Orientation, margins: Margins, size: float, *, bold: bool = True
) -> list[str]:
    """A line of the letterhead or the title, cut into balanced lines where it is longer than its part of the width."""
    return balanced(text, text_width(orientation, margins) * part - 2, size, bold=bold)


def may_break(row: Row, widths: Sequence[float], size: float, height: float) -> bool:
    """Whether a row is so tall that it has to be cut by the end of a page; other rows move to the next page whole.

    `widths`: of the cells of this row in mm; `height`: between the margins in mm. Cells merged down do not count.
    """
    tallest = 0.0
    for cell, width in zip(row.cells, widths, strict=True):
        if cell.rowspan > 1:
            continue
        inner = width - 2 * CELL_PADDING_MM
        count = sum(line_count(p.text, inner, size, bold=cell.bold) for p in cell.paragraphs)
        tallest = max(tallest, (count * LINE_EM * size + 3 * len(cell.paragraphs)) * MM_PER_PT)
    return tallest > MOST_UNBROKEN * height
