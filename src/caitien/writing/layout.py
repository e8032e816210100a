"""Measures that both paper backends share, after Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caitien.writing.document import Orientation


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


SIZES = Sizes()
HEADER_MM = 10.0  # from the paper's edge to the page number, inside the top margin
CELL_PADDING_MM = 1.4
SIGNATURE_SPACE_PT = 64  # between the signer's office and name: room for a signature and the seal
LETTERHEAD_LEFT: dict[Orientation, float] = {"portrait": 0.44, "landscape": 0.45}
SIGNATURE_LEFT: dict[Orientation, float] = {"portrait": 0.5, "landscape": 0.5}
_CAPS_EM = 0.63  # mean width of a bold capital of the face, spaces counted


def share(width: float, shares: Sequence[float]) -> list[float]:
    """A width in mm dealt out in these shares."""
    whole = sum(shares)
    return [width * part / whole for part in shares]


def caps_width_mm(text: str, size: float) -> float:
    """About how long a line of bold capitals is, in mm: enough for a line of a third to a half beneath it."""
    return len(text) * _CAPS_EM * size * 25.4 / 72
