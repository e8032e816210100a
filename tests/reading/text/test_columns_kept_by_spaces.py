"""Text whose columns stand apart by spaces (`pdftotext -layout`): read by the gutters; rows in doubt are said to be."""

from __future__ import annotations

import textwrap
from dataclasses import replace

from caitien.plan.model import ImprovementPlan
from caitien.reading.interpret import interpret
from caitien.reading.limits import DEFAULT_LIMITS
from caitien.reading.opening import open_source

WIDTHS = [4, 10, 26, 30, 14, 16, 14]
HEADS = ["TT", "Tiêu chí", "Điểm yếu", "Giải pháp khắc phục", "Thời gian", "Người phụ trách", "Kinh phí"]
ROWS = [
    ["1", "1.2", "Hội đồng trường họp chưa đủ số lần theo quy định.", "- Lập lịch họp ngay từ đầu năm học\n- Giám sát thực hiện nghị quyết", "Tháng 9/2025 - 5/2026", "Hà Thị Mận, Lý Văn Tẩn", "Không"],
    ["2", "1.5", "Sinh hoạt tổ còn nặng về hành chính.", "Đổi mới sinh hoạt tổ theo hướng nghiên cứu bài học, hai lần một tháng", "Cả năm học", "Tổ trưởng chuyên môn", "2.500.000 đồng"],
    ["3", "3.2", "Phòng Tin học thiếu máy tính.", "Lập tờ trình xin kinh phí, mua bổ sung mười máy tính", "Trước 30/11/2025", "Kế toán", "18,5 triệu đồng"],
    ["4", "3.5", "Nhà vệ sinh dãy B xuống cấp.", "Khảo sát, lập dự toán rồi sửa chữa trong hè", "HK I", "Hiệu trưởng", "40.000.000 đồng"],
    ["5", "5.1", "Kế hoạch bài dạy chưa phân hóa đối tượng học sinh.", "Tổ trưởng duyệt kế hoạch bài dạy hằng tuần", "HK II", "Tổ trưởng chuyên môn", "Không"],
]  # fmt: skip


def _line(texts: list[str], widths: list[int]) -> str:
    return "".join(text.ljust(width) for text, width in zip(texts, widths, strict=True)).rstrip()


def _printed(cells: list[str], widths: list[int]) -> list[str]:
    """A row as it stands on the page: every cell broken to its column, all cells from the top."""
    columns = [
        [x for part in text.split("\n") for x in textwrap.wrap(part, width - 2) or [""]]
        for text, width in zip(cells, widths, strict=True)
    ]
    height = max(map(len, columns))
    return [_line([c[k] if k < len(c) else "" for c in columns], widths) for k in range(height)]


def _paper(rows: list[list[str]], *, break_after: int = 3) -> bytes:
    """A plan on two pages; the second is printed with other gutters, under the heading again."""
    lines = ["TRƯỜNG TIỂU HỌC SUỐI MƠ", "", "KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG NĂM HỌC 2025-2026", ""]
    lines += [x for row in [HEADS, *rows[:break_after]] for x in _printed(row, WIDTHS)]
    wider = [w + 1 for w in WIDTHS]
    second = [x for row in [HEADS, *rows[break_after:]] for x in _printed(row, wider)]
    after = ["", "Nơi nhận:" + " " * 60 + "HIỆU TRƯỞNG", "- Lưu: VT." + " " * 60 + "Hà Thị Mận"]
    return ("\n".join(lines) + "\n\f" + "\n".join(second + after) + "\n").encode()


def _read(rows: list[list[str]]) -> ImprovementPlan:
    return interpret(open_source(_paper(rows), "ke-hoach.txt"))


def test_every_cell_comes_back_though_the_second_page_has_other_gutters() -> None:
    plan = _read(ROWS)
    assert [a.number for a in plan.actions] == [1, 2, 3, 4, 5]
    assert [a.criteria for a in plan.actions] == [[row[1]] for row in ROWS]
    assert [a.weakness for a in plan.actions] == [row[2] for row in ROWS]
    assert plan.actions[0].measures == [
        "Lập lịch họp ngay từ đầu năm học",
        "Giám sát thực hiện nghị quyết",
    ]
    assert [a.period.text for a in plan.actions] == [row[4] for row in ROWS]
    assert plan.actions[0].responsible == ["Hà Thị Mận", "Lý Văn Tẩn"]
    assert [a.resources.budget_vnd for a in plan.actions] == [0, 2_500_000, 18_500_000, 40_000_000, 0]


def test_rows_that_read_well_are_not_doubted() -> None:
    assert not [f for f in _read(ROWS).findings if f.rule == "doubtful-row"]


def test_a_row_with_words_of_another_column_is_doubted_by_name() -> None:
    rows = [list(row) for row in ROWS]
    rows[1][4] = "đồ dùng dạy học còn cũ"
    (finding,) = [f for f in _read(rows).findings if f.rule == "doubtful-row"]
    assert finding.severity == "warning"
    assert finding.action == 1
    assert "Thời gian" in finding.message


def test_a_text_whose_rows_are_mostly_doubtful_says_so_once() -> None:
    rows = [list(row) for row in ROWS]
    for row in rows[:3]:
        row[4] = "đồ dùng dạy học còn cũ"
    source = open_source(_paper(rows), "ke-hoach.txt")
    assert any("3 trên 5 dòng" in note for note in source.notes)
    assert not open_source(_paper(ROWS), "ke-hoach.txt").notes


def test_a_heading_that_ends_in_the_line_it_begins_in_is_not_sought_for_ever() -> None:
    text = (
        "STT Nội dung công việc Thời gian Người thực Kinh phí Kết quả mong\nhiện (1000đ) đợi\n"
        "1 Sửa nhà vệ sinh HK I Hiệu trưởng 15.000 Nhà vệ sinh sạch\n"
    )
    assert open_source(text.encode(), "ke-hoach.txt", replace(DEFAULT_LIMITS, seconds=5)).blocks
