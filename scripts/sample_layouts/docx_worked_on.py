"""A Word plan that several people worked on: tracked changes, content controls, a table cut in two, its header typed again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from . import docx_tools as word
from .common import NATION, School, doc_facts, numbered, with_money, with_people, with_when
from .content_secondary import SECONDARY
from .grid import C, Row, h
from .items import Item, Sample

CAO_PHONG = School("Trường THCS Cao Phong Hạ", "thcs", "UBND XÃ CAO PHONG HẠ", "Cao Phong Hạ", "Bùi Văn Tưởng")

WHENS = [
    ("Từ 05/9/2025 đến 31/5/2026", "2025-09-05", "2026-05-31"),
    ("Tháng 9, 10/2025", "2025-09", "2025-10"),
    ("Trong tháng 11/2025", "2025-11", "2025-11"),
    ("HKI", "2025-09-05", "2026-01-17"),
    ("Quý I, II/2026", "2026-01", "2026-06"),
    ("Ngày 20/11/2025", None, "2025-11-20"),
    ("Từ T10/2025 đến T02/2026", "2025-10", "2026-02"),
]
MONEY = [
    ("Ngân sách: 12.000.000; XHH: 3.000.000", 15_000_000, ("Ngân sách", "XHH")),
    ("Không", 0, ()),
    ("khoảng 5.000.000 đồng (chi thường xuyên)", 5_000_000, ("chi thường xuyên",)),
    ("", None, ()),
    ("2,5 triệu/đợt x 2 đợt = 5 triệu đồng, quỹ hội", 5_000_000, ("quỹ hội",)),
]


def cao_phong() -> Sample:
    people = [
        ("Bùi Văn Tưởng - Hiệu trưởng",),
        ("Đ/c Xa Thị Nhung", "Đ/c Hà Công Lý"),
        ("Tổ Văn phòng",),
        ("Toàn thể giáo viên",),
    ]
    items = numbered(with_money(with_people(with_when(SECONDARY[:16], WHENS), people), MONEY))
    # a period cell merged over two rows, twice
    for first in (3, 9):
        items[first + 1] = items[first + 1].but(time=items[first].time, start=items[first].start, end=items[first].end)
    header: Row = [h("Stt"), h("TC"), h("Nội dung công việc"), h("Cách thức, biện pháp tiến hành"), h("Thời gian tiến hành"),
                   h("Người/ bộ phận chịu trách nhiệm"), h("Dự toán kinh phí"), h("Kết quả đạt được"), h("Mức độ hoàn thành")]  # fmt: skip
    rows = [_row(item, n, items) for n, item in enumerate(items)]

    d = word.new(landscape=True)
    d.sections[0].header.paragraphs[0].text = "Kế hoạch cải tiến chất lượng 2025-2026 (bản sửa lần 2)"
    d.sections[0].footer.paragraphs[0].text = "Trường THCS Cao Phong Hạ"
    word.letterhead(
        d,
        (CAO_PHONG.parent, "TRƯỜNG THCS CAO PHONG HẠ", "Số: 96/KH-THCS"),
        (*NATION, "Cao Phong Hạ, ngày 12 tháng 9 năm 2025"),
    )
    word.title(d, "KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG", "Năm học 2025-2026")
    word.para(d, "Căn cứ Thông tư số 18/2018/TT-BGDĐT ngày 22/8/2018 của Bộ GDĐT;", italic=True)
    word.para(d, "Căn cứ Hướng dẫn nhiệm vụ năm học 2025-2026,", italic=True)
    word.para(d, "A. MỤC ĐÍCH", bold=True)
    word.para(d, "- Từng bước khắc phục các điểm yếu.")
    word.para(d, "B. NỘI DUNG", bold=True)
    widths = (0.9, 1.2, 4.4, 5.4, 2.6, 3.2, 3.0, 2.8, 2.2)
    first = word.table(d, [header, *rows[:6]], widths, size=10)
    d.add_page_break()
    second = word.table(d, [*rows[6:11], header, *rows[11:]], widths, headers=0, size=10)
    _revise(first, [(1, 2), (3, 2)])
    _revise(second, [(2, 2)])
    _control(first, 2, 5)
    _control(second, 0, 3)
    word.para(d, "C. TỔ CHỨC THỰC HIỆN", bold=True)
    word.para(d, "Các bộ phận báo cáo tiến độ ngày 25 hằng tháng.")
    word.signature(d, ("Nơi nhận:", "- Phòng VH-XH xã;", "- Lưu: VT."), ("HIỆU TRƯỞNG", "", CAO_PHONG.head))
    facts = doc_facts(
        CAO_PHONG, "2025-2026", number="96/KH-THCS", date="2025-09-12", legal_numbers=["18/2018/TT-BGDĐT"], recipients=2
    )
    columns = ("content", "measures", "time", "responsible", "budget", "result", "progress")
    return Sample(
        "thcs-cao-phong-ha-2025-2026.docx", word.saved(d), items, columns, facts,
        troubles="theo dõi thay đổi, ô điều khiển, bảng bị cắt đôi không tiêu đề, tiêu đề gõ lại giữa bảng, ô thời gian gộp",
    )  # fmt: skip


def _row(item: Item, n: int, items: Sequence[Item]) -> list[C]:
    row = [
        C(str(item.stt)), C("; ".join(item.criteria)), C(item.content), C(lines=item.measures, soft=n % 2 == 0),
        C(item.time, rowspan=2 if n in (3, 9) else 1), C("; ".join(item.responsible)), C(item.budget), C(item.result), C(item.progress),
    ]  # fmt: skip
    if n in (4, 10):
        del row[4]
    return row


def _revise(table: Any, places: Sequence[tuple[int, int]]) -> None:
    """Someone deleted a word and put in another, and the change was never accepted: what stands is what was put in."""
    for r, c in places:
        run = table.rows[r].cells[c].paragraphs[0].runs[0]._r
        gone = OxmlElement("w:del")
        put = OxmlElement("w:ins")
        for mark, number in ((gone, "1"), (put, "2")):
            mark.set(qn("w:id"), f"{r}{c}{number}")
            mark.set(qn("w:author"), "Văn thư")
            mark.set(qn("w:date"), "2025-09-10T08:00:00Z")
        old = OxmlElement("w:r")
        text = OxmlElement("w:delText")
        text.text = "Nội dung năm học trước đã xóa "
        old.append(text)
        gone.append(old)
        run.addprevious(gone)
        run.addprevious(put)
        put.append(run)


def _control(table: Any, r: int, c: int) -> None:
    """The paragraph of a cell inside a content control."""
    paragraph = table.rows[r].cells[c].paragraphs[0]._p
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    control.append(OxmlElement("w:sdtPr"))
    control.append(content)
    paragraph.addprevious(control)
    content.append(paragraph)
