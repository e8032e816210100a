"""Layouts that the reader met for the first time in plans written to trip it, of invented schools."""

from __future__ import annotations

import io

from openpyxl import Workbook

from caitien.reading import read_plan
from caitien.reading.interpret import interpret
from caitien.reading.source import Cell, SourceDocument, Table
from reading.adversary.word_tables import plan_of

HEADINGS = ["STT", "Nội dung công việc", "Thời gian", "Người thực hiện", "Kinh phí", "Kết quả mong đợi"]


def test_a_row_across_the_table_names_the_criterion_of_the_numbered_rows_below() -> None:
    plan = plan_of(
        [
            HEADINGS,
            ["I", ("TIÊU CHUẨN 1: TỔ CHỨC VÀ QUẢN LÝ", 5, 1)],
            ["1", ("Tiêu chí 1.1: Phương hướng, chiến lược", 5, 1)],
            ["1.1", "Công khai chiến lược", "9/2025", "Hiệu trưởng", "0", "100% lớp"],
            ["2", ("Tiêu chí 1.3: Các đoàn thể", 5, 1)],
            ["2.1", "Giới thiệu quần chúng ưu tú", "HK I", "Chi bộ", "0", "01 đảng viên"],
            ["2.2", "Kiện toàn Công đoàn", "HK II", "Công đoàn", "0", "Có nghị quyết"],
        ]
    )
    assert [(str(a.number), a.criteria) for a in plan.actions] == [("1.1", ["1.1"]), ("2.1", ["1.3"]), ("2.2", ["1.3"])]


def test_the_name_of_a_group_of_numbered_rows_is_no_action() -> None:
    plan = plan_of(
        [
            HEADINGS,
            ["1", "Nâng cao chất lượng đội ngũ", "", "", "", ""],
            ["1.1", "Cử giáo viên đi học", "9/2025", "Hiệu trưởng", "0", "02 người"],
            ["1.2", "Bồi dưỡng tin học", "HK I", "Tổ trưởng", "0", "100%"],
            ["2", "Sửa nhà vệ sinh", "Hè 2026", "Kế toán", "12.000.000", "Xong 04 phòng"],
        ]
    )
    assert [a.content for a in plan.actions] == ["Cử giáo viên đi học", "Bồi dưỡng tin học", "Sửa nhà vệ sinh"]
    assert any(f.quote == "Nâng cao chất lượng đội ngũ" for f in plan.findings)


def test_headings_in_everyday_words_are_known() -> None:
    plan = plan_of(
        [
            [
                "STT",
                "Việc cần làm",
                "Cách làm",
                "Ai làm",
                "Khi nào xong",
                "Cần gì (kinh phí, vật chất)",
                "Đã làm đến đâu",
            ],
            ["1", "Trồng cây xanh", "Mỗi lớp 02 cây", "GVCN", "30/11/2025", "2 triệu đồng", "Đang làm"],
            ["2", "Sơn lại cổng trường", "Thuê thợ", "Bảo vệ", "12/2025", "Không", "Xong"],
        ]
    )
    first, second = plan.actions
    assert (first.responsible, first.period.end, first.resources.budget_vnd) == (["GVCN"], "2025-11-30", 2_000_000)
    assert [a.progress.status for a in (first, second)] == ["in_progress", "done"]


def test_money_in_a_column_for_each_source_is_added_and_the_sources_are_named() -> None:
    rows = [
        [("STT", 1, 2), ("Nội dung", 1, 2), ("Thời gian", 1, 2), ("Kinh phí (triệu đồng)", 2, 1)],
        ["Ngân sách", "Xã hội hóa"],
        ["1", "Sửa bếp ăn một chiều", "9/2025", "15", "2,5"],
        ["2", "Mua tủ sách lớp học", "10/2025", "", "4"],
    ]
    first, second = plan_of(rows).actions  # type: ignore[arg-type]
    assert (first.resources.budget_vnd, first.resources.funding_sources) == (17_500_000, ["Ngân sách", "Xã hội hóa"])
    assert (second.resources.budget_vnd, second.resources.funding_sources) == (4_000_000, ["Xã hội hóa"])


def test_a_total_beside_the_columns_of_sources_is_the_budget() -> None:
    rows = [
        [("STT", 1, 2), ("Nội dung", 1, 2), ("Thời gian", 1, 2), ("Kinh phí (đồng)", 3, 1)],
        ["Ngân sách", "XHH", "Tổng"],
        ["1", "Sửa bếp ăn một chiều", "9/2025", "15.000.000", "2.000.000", "17.000.000"],
        ["2", "Mua tủ sách lớp học", "10/2025", "", "4.000.000", "4.000.000"],
    ]
    plan = plan_of(rows)  # type: ignore[arg-type]
    assert [a.resources.budget_vnd for a in plan.actions] == [17_000_000, 4_000_000]
    assert plan.actions[1].resources.funding_sources == ["XHH"]


def _pages(*pages: list[list[tuple[int, int, int, str]]]) -> SourceDocument:
    """A table over pages as the PDF reader gives it: rows of (column, rows, columns, text)."""
    tables = []
    for number, rows in enumerate(pages, 1):
        cells = [Cell(r, c, text, tall, wide, number) for r, row in enumerate(rows) for c, tall, wide, text in row]
        tables.append(Table(len(rows), max(c.column + c.colspan for c in cells), cells, number, number > 1))
    return SourceDocument("pdf", list(tables), pages=len(pages), wrapped=True)


def _row(*texts: str, start: int = 0) -> list[tuple[int, int, int, str]]:
    return [(start + i, 1, 1, text) for i, text in enumerate(texts)]


def test_a_merged_cell_cut_by_the_page_holds_for_every_row_below_the_break() -> None:
    head = _row("Thời gian", "STT", "Nội dung công việc", "Người thực hiện")
    plan = interpret(
        _pages(
            [head, _row("Tháng 11/2025", "1", "Đề nghị bố trí nhân viên thiết bị", "Hiệu trưởng")],
            [
                [(0, 2, 1, ""), *_row("2", "Mua máy tính phòng Tin học", "Kế toán", start=1)],
                _row("3", "Sửa nhà vệ sinh dãy B", "Bảo vệ", start=1),
                _row("Tháng 01/2026", "4", "Xây dựng thư viện", "Thư viện"),
            ],
        )
    )
    assert [a.period.text for a in plan.actions] == ["Tháng 11/2025"] * 3 + ["Tháng 01/2026"]


def test_a_weakness_over_several_rows_cut_by_the_page_holds_below_the_break() -> None:
    head = _row("STT", "Điểm yếu", "Nội dung công việc", "Người thực hiện", "Thời gian")
    plan = interpret(
        _pages(
            [head, _row("1", "Thiếu đồ chơi ngoài trời.", "Bồi dưỡng chuyên môn", "Hiệu trưởng", "9/2025")],
            [
                _row("2", "", "Mua đồ chơi", "Kế toán", "10/2025"),
                [_row("3")[0], (1, 2, 1, "Bếp chưa một chiều."), *_row("Sửa bếp", "Bảo vệ", "11/2025", start=2)],
                [_row("4")[0], *_row("Mua tủ hấp", "Kế toán", "12/2025", start=2)],
            ],
        )
    )
    assert [a.weakness for a in plan.actions] == ["Thiếu đồ chơi ngoài trời."] * 2 + ["Bếp chưa một chiều."] * 2


def test_a_row_whose_words_occur_in_headings_does_not_begin_a_new_table() -> None:
    head = _row("TT", "Tiêu chí cần cải tiến", "Hạn chế", "Biện pháp cải tiến", "Thời gian", "Trách nhiệm", "Kết quả")
    row = _row(
        "2",
        "Tiêu chí 5.4 (Mức 2)",
        "Hoạt động trải nghiệm, hướng nghiệp chưa phong phú.",
        "Tổ chức hoạt động trải nghiệm",
        "Thời gian: HK II",
        "Phụ trách: Tổ trưởng",
        "Kết quả tốt",
    )
    plan = interpret(
        _pages([head, _row("1", "TC 4.1", "Hoạt động hình thức.", "Họp định kỳ", "HK I", "GVCN", "Tốt")], [row])
    )
    assert [a.criteria for a in plan.actions] == [["4.1"], ["5.4"]]


def test_an_amount_without_points_cut_by_a_narrow_column_is_one_amount() -> None:
    head = _row("TT", "Nội dung công việc", "Thời gian", "Kinh phí")
    plan = interpret(_pages([head, _row("1", "Mua máy tính", "9/2025", "2000000\n0")]))
    assert plan.actions[0].resources.budget_vnd == 20_000_000


def test_terms_as_columns_with_marks_are_the_time() -> None:
    rows = [
        [("TT", 1, 2), ("Tiêu chí", 1, 2), ("Hạn chế", 1, 2), ("Biện pháp", 1, 2), ("Thời gian thực hiện", 2, 1)],
        ["HK I", "HK II"],
        ["1", "1.1", "Chiến lược ít được phổ biến", "Niêm yết", "x", ""],
        ["2", "1.3", "Ít đảng viên mới", "Bồi dưỡng", "", "x"],
        ["3", "1.8", "Dự giờ còn ít", "Dự giờ chéo", "x", "x"],
    ]
    periods = [a.period for a in plan_of(rows).actions]  # type: ignore[arg-type]
    assert [p.text for p in periods] == ["HK I", "HK II", "HK I, HK II"]
    assert [(p.start, p.end) for p in periods] == [
        ("2025-09-05", "2026-01-17"),
        ("2026-01-19", "2026-05-31"),
        ("2025-09-05", "2026-05-31"),
    ]


def test_a_band_above_the_headings_holds_for_the_rows_below_them() -> None:
    plan = plan_of(
        [
            [("TIÊU CHUẨN 2: CÁN BỘ QUẢN LÝ, GIÁO VIÊN", 5, 1)],
            ["TT", "Tiêu chí", "Nội dung cải tiến", "Thời gian", "Người thực hiện"],
            ["1", "2", "Cử giáo viên đi học", "9/2025", "Hiệu trưởng"],
            ["2", "3", "Bố trí nhân viên thư viện", "10/2025", "Hiệu trưởng"],
        ]
    )
    assert [a.criteria for a in plan.actions] == [["2.2"], ["2.3"]]


def test_the_sum_of_a_standard_is_no_action() -> None:
    plan = plan_of(
        [
            HEADINGS,
            ["1", "Mua 15 bộ máy vi tính", "9/2025", "Kế toán", "15.000.000", "Đủ máy"],
            ["", "Cộng tiêu chuẩn 1", "", "", "15.000.000", ""],
            ["2", "Cộng tác với trạm y tế xã", "HK I", "Y tế", "0", "02 buổi"],
        ]
    )
    assert [a.number for a in plan.actions] == [1, 2]


def test_who_helps_is_said_in_brackets() -> None:
    rows = [HEADINGS, ["1", "Trồng cây", "9/2025", "Hiệu trưởng (chủ trì), Công đoàn (phối hợp)", "0", "20 cây"]]
    action = plan_of(rows).actions[0]  # type: ignore[arg-type]
    assert (action.responsible, action.collaborators) == (["Hiệu trưởng (chủ trì)"], ["Công đoàn"])


def test_the_last_item_of_a_list_in_a_sheet_belongs_to_the_row_above() -> None:
    book = Workbook()
    for row in (
        ["STT", "Nội dung cải tiến", "Biện pháp", "Thời gian", "Người phụ trách"],
        [1, "Ban đại diện cha mẹ", "- Hướng dẫn Thông tư 55", "HK I", "Hiệu trưởng"],
        [None, None, "- Họp định kỳ 3 lần", None, None],
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    plan = read_plan(out.getvalue(), "ke-hoach.xlsx").plan
    assert [a.measures for a in plan.actions] == [["Hướng dẫn Thông tư 55", "Họp định kỳ 3 lần"]]


def test_headings_of_lists_of_people_and_evidence_may_stand_in_a_plan() -> None:
    plan = plan_of(
        [
            ["TT", "Tiêu chí", "Nội dung cải tiến", "Họ và tên người phụ trách", "Thời gian", "Mã minh chứng dự kiến"],
            ["1", "1.1", "Công khai chiến lược", "Vàng A Páo", "9/2025", "[H1-1.1-05]"],
        ]
    )
    (action,) = plan.actions
    assert (action.responsible, action.expected_evidence) == (["Vàng A Páo"], ["[H1-1.1-05]"])
