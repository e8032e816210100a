"""Cells broken over lines and pages, run together on a line, labels of merged cells: each comes back to its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from caitien.plan.text import one_space
from caitien.reading.interpret import interpret
from caitien.reading.opening import open_source
from caitien.reading.source import Table

SAMPLES = Path(__file__).resolve().parents[3] / "samples"


@pytest.fixture(scope="module")
def twice() -> list[list[str]]:
    """Each action printed twice, nine columns, blank lines between most cells."""
    return _rows("suoi-hoa-2025-2026.txt")


@pytest.fixture(scope="module")
def spaced() -> list[list[str]]:
    """Ten columns, a blank line after every line."""
    return _rows("doi-thong-2023-2024.txt")


def _rows(name: str) -> list[list[str]]:
    document = open_source(SAMPLES / name)
    (table,) = document.tables()
    return [[one_space(cell.text) if cell else "" for cell in row] for row in table.grid()]


def test_every_printed_row_is_a_row(twice: list[list[str]], spaced: list[list[str]]) -> None:
    assert len(twice) == 1 + 64
    assert len(spaced) == 1 + 17


def test_headings_run_together_are_columns(twice: list[list[str]], spaced: list[list[str]]) -> None:
    assert twice[0] == [
        "Tiêu chuẩn",
        "Tiêu chí",
        "TT",
        "Nội dung kế hoạch",
        "Thời gian dự kiến",
        "Người chịu trách nhiệm",
        "Tiến độ thực hiện",
        "Kết quả",
        "Ghi chú",
    ]
    assert spaced[0][4:7] == ["Thời điểm thực hiện", "Cá nhân/ tổ chức thực hiện", "Biện pháp thực hiện"]


def test_a_time_and_a_name_on_one_line_come_apart(twice: list[list[str]]) -> None:
    assert twice[17][4:6] == ["08 – 11", "Lã Thị Ngoan"]


def test_a_cell_that_a_page_cut_goes_on_behind_the_rest_of_another(twice: list[list[str]]) -> None:
    assert twice[27][3].startswith("Tăng cường các biện pháp giáo dục toàn diện; chú trọng giáo dục kỹ năng")
    assert twice[27][4:6] == ["09 – 12", "Trương Thị Ngân"]
    assert twice[31][5] == "Hoàng Văn Thành"
    assert twice[31][6].startswith("Đã rà soát hiện trạng, lập kế hoạch sửa chữa")
    assert twice[62][3].endswith("trong 5 năm liên tiếp.")
    assert twice[62][6].endswith("đánh giá và báo cáo định kỳ.")


def test_a_label_glued_to_the_cell_before_it_is_taken_off(twice: list[list[str]]) -> None:
    assert twice[9][7].endswith("chất lượng giảng dạy nâng cao.")
    assert twice[9][1] == twice[10][1] == "1.5"


def test_labels_of_merged_cells_stand_on_all_their_rows(twice: list[list[str]], spaced: list[list[str]]) -> None:
    assert [row[1] for row in twice[1:9]] == ["1.1", "1.1", "1.2", "1.2", "1.3", "1.3", "1.4", "1.4"]
    assert {row[0] for row in twice[41:45]} == {"4"}
    assert {row[0] for row in twice[55:]} == {"ĐG Mức 4"}
    assert [row[0] for row in spaced[1:]] == ["I"] * 7 + ["II"] + ["III"] * 3 + ["IV"] * 2 + ["V"] * 4


def test_a_row_that_lost_its_beginning_stays_a_row_of_its_own(twice: list[list[str]]) -> None:
    damaged = twice[54]
    assert damaged[1] == "5.5"
    assert damaged[2:5] == ["", "", ""]
    assert damaged[6].startswith("trợ học sinh; đang triển khai")


def test_two_bulleted_lists_side_by_side_stay_two_cells(spaced: list[list[str]]) -> None:
    assert (
        spaced[12][6] == "- Chấn chỉnh hoạt động của Ban đại diện CMHS; - Tổ chức các cuộc thăm hỏi gia đình học sinh"
    )
    assert spaced[12][7].startswith("- Biên bản các cuộc họp cha m học sinh;")


def test_money_and_its_source_come_apart(spaced: list[list[str]]) -> None:
    assert spaced[10][8:] == ["27.499.000", "UBND thành phố"]
    assert spaced[16][8:] == ["Chưa xác định", "Chi khác, CMHS đóng góp"]


def test_line_breaks_of_the_page_are_kept_and_said_to_be_the_pages() -> None:
    document = open_source(SAMPLES / "suoi-hoa-2025-2026.txt")
    table = next(document.tables())
    assert isinstance(table, Table)
    assert document.wrapped
    assert any(cell.text.startswith("Xây dựng, cập nhật và\ntriển khai") for cell in table.cells)


def test_a_name_cut_by_a_page_between_two_lines_stays_in_its_cell() -> None:
    plan = interpret(open_source(SAMPLES / "suoi-hoa-2025-2026.txt"))
    (action,) = [a for a in plan.actions if a.number == 26]
    assert len(action.responsible) == 2
    assert not [f for f in plan.findings if f.rule == "two-owners" and f.action == plan.actions.index(action)]
