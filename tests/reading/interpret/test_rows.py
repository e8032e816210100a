"""Rows: joined over page breaks, merged cells carried down, bands and totals set aside."""

from __future__ import annotations

from caitien.plan.model import ImprovementPlan
from caitien.reading.interpret import interpret
from reading.interpret.drawing import document, table

HEAD = ["Tiêu chuẩn", "Tiêu chí", "Nội dung công việc", "Thời gian", "Người phụ trách", "Minh chứng"]
PLAIN = ["TT", "Tiêu chí", "Nội dung công việc", "Biện pháp", "Thời gian", "Người phụ trách"]


def criteria(plan: ImprovementPlan) -> list[list[str]]:
    return [a.criteria for a in plan.actions]


def test_merged_cells_count_for_every_row_they_cover() -> None:
    plan = interpret(
        document(
            table(
                HEAD,
                ["I", "2", "Kiện toàn hội đồng trường", "9/2025", "Hiệu trưởng", "Quyết định"],
                ["^", "3", "Đổi mới sinh hoạt tổ", "^", "^", "Biên bản"],
                ["II", "1", "Bồi dưỡng giáo viên", "10/2025", "Phó hiệu trưởng", "Kế hoạch"],
            )
        )
    )
    assert criteria(plan) == [["1.2"], ["1.3"], ["2.1"]]
    assert [a.period.start for a in plan.actions] == ["2025-09", "2025-09", "2025-10"]
    assert plan.actions[1].responsible == ["Hiệu trưởng"]


def test_standards_left_empty_below_the_first_are_those_above() -> None:
    plan = interpret(
        document(
            table(
                HEAD,
                ["I", "2", "Kiện toàn hội đồng trường", "9/2025", "Hiệu trưởng", "Quyết định"],
                ["", "3", "Đổi mới sinh hoạt tổ chuyên môn", "9/2025", "Tổ trưởng", "Biên bản"],
                ["", "", "Tổ chức chuyên đề cấp cụm", "3/2026", "Tổ trưởng", "Báo cáo"],
            )
        )
    )
    assert criteria(plan) == [["1.2"], ["1.3"], ["1.3"]]


def test_bands_name_the_standard_and_the_criterion_of_what_follows() -> None:
    plan = interpret(
        document(
            table(
                ["TT", "Nội dung công việc", "Biện pháp", "Thời gian", "Người phụ trách"],
                ["Tiêu chuẩn 2: Cán bộ quản lý, giáo viên, nhân viên và học sinh", "<", "<", "<", "<"],
                ["Tiêu chí 2.2: Đối với giáo viên", "<", "<", "<", "<"],
                ["1", "Bồi dưỡng giáo viên", "Mở lớp tập huấn", "10/2025", "Phó hiệu trưởng"],
                ["2", "Thao giảng cấp trường", "Mỗi tổ hai tiết", "11/2025", "Tổ trưởng"],
                ["Tiêu chí 2.4. Học sinh", "<", "<", "<", "<"],
                ["3", "Mở câu lạc bộ đọc sách", "Sinh hoạt hằng tuần", "HK I", "Thư viện"],
            )
        )
    )
    assert criteria(plan) == [["2.2"], ["2.2"], ["2.4"]]


def test_a_band_in_a_sheet_without_merged_cells_is_a_band() -> None:
    plan = interpret(
        document(
            table(
                PLAIN,
                ["I", "Tiêu chuẩn 1: Tổ chức và quản lý nhà trường", "", "", "", ""],
                ["1", "2", "Kiện toàn hội đồng trường", "Họp bầu bổ sung", "9/2025", "Hiệu trưởng"],
                ["II", "Tiêu chuẩn 2: Đội ngũ", "", "", "", ""],
                ["2", "1", "Bồi dưỡng cán bộ quản lý", "Cử đi học", "10/2025", "Hiệu trưởng"],
            )
        )
    )
    assert criteria(plan) == [["1.2"], ["2.1"]]


def test_the_standard_of_a_paragraph_holds_for_the_table_below_it() -> None:
    head = ["Tiêu chí", "Điểm yếu", "Giải pháp khắc phục", "Hạn hoàn thành", "Người phụ trách"]
    plan = interpret(
        document(
            "1. Tiêu chuẩn 1: Tổ chức và quản lý nhà trường",
            table(head, ["2", "Hội đồng trường họp chưa đều", "Lập lịch họp", "30/11/2025", "Thư ký"]),
            "2. Tiêu chuẩn 3: Cơ sở vật chất",
            table(head, ["5", "Thiếu máy chiếu", "Mua 02 máy chiếu", "31/12/2025", "Kế toán"]),
        )
    )
    assert criteria(plan) == [["1.2"], ["3.5"]]
    assert plan.actions[0].period.end == "2025-11-30"


def test_totals_and_empty_rows_are_no_actions() -> None:
    plan = interpret(
        document(
            table(
                [*PLAIN, "Kinh phí"],
                ["1", "1.2", "Kiện toàn hội đồng trường", "Họp", "9/2025", "Hiệu trưởng", "5.000.000"],
                ["", "", "", "", "", "", ""],
                ["2", "", "", "", "", "", ""],
                ["", "", "Tổng cộng", "", "", "", "5.000.000"],
                ["Tổng kinh phí: 5.000.000 đồng (Bằng chữ: Năm triệu đồng)", "<", "<", "<", "<", "<", "<"],
            )
        )
    )
    assert len(plan.actions) == 1
    assert plan.findings == []


def test_work_that_begins_like_a_total_is_work() -> None:
    plan = interpret(
        document(
            table(
                PLAIN,
                ["1", "1.2", "Tổng kết công tác thi đua", "Họp toàn trường", "5/2026", "Hiệu trưởng"],
                ["2", "4.1", "Cộng tác với cha mẹ học sinh", "Họp định kỳ", "9/2025", "GVCN"],
            )
        )
    )
    assert [a.number for a in plan.actions] == [1, 2]


def test_headings_and_numbers_of_columns_said_again_are_skipped() -> None:
    plan = interpret(
        document(
            table(
                PLAIN,
                ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
                ["1", "1.2", "Kiện toàn hội đồng trường", "Họp", "9/2025", "Hiệu trưởng"],
                PLAIN,
                ["2", "1.3", "Đổi mới sinh hoạt tổ", "Dự giờ", "10/2025", "Tổ trưởng"],
            )
        )
    )
    assert [a.number for a in plan.actions] == [1, 2]


def test_a_row_cut_by_the_page_is_one_row() -> None:
    plan = interpret(
        document(
            table(
                PLAIN,
                [
                    "1",
                    "1.2",
                    "Kiện toàn hội đồng\ntrường và các hội",
                    "- Rà soát thành\nviên;\n- Bầu bổ",
                    "Tháng 9/2025 –",
                    "Nguyễn Thị",
                ],
                page=1,
            ),
            table(
                PLAIN,
                ["", "", "đồng khác", "sung", "11/2025", "Hoa"],
                ["2", "1.3", "Đổi mới sinh hoạt tổ\nchuyên môn", "Dự giờ", "10/2025", "Trần Văn Bé"],
                page=2,
                continues=True,
            ),
            wrapped=True,
            format="pdf",
        )
    )
    first, second = plan.actions
    assert first.content == "Kiện toàn hội đồng trường và các hội đồng khác"
    assert first.measures == ["Rà soát thành viên;", "Bầu bổ sung"]
    assert (first.period.start, first.period.end) == ("2025-09", "2025-11")
    assert first.responsible == ["Nguyễn Thị Hoa"]
    assert second.number == 2


def test_a_table_that_goes_on_without_its_head_is_read_by_the_head_before() -> None:
    plan = interpret(
        document(
            table(PLAIN, ["1", "1.2", "Kiện toàn hội đồng trường", "Họp", "9/2025", "Hiệu trưởng"]),
            table(["2", "1.3", "Đổi mới sinh hoạt tổ", "Dự giờ", "10/2025", "Tổ trưởng"], page=2, continues=True),
            format="pdf",
        )
    )
    assert [a.criteria for a in plan.actions] == [["1.2"], ["1.3"]]


def test_several_pieces_of_work_under_one_merged_weakness_are_several_actions() -> None:
    plan = interpret(
        document(
            table(
                ["Tiêu chí", "Điểm yếu", "Nội dung công việc", "Thời gian", "Người phụ trách"],
                ["3.1", "Sân chơi hẹp", "Mở rộng sân phía đông", "HK I", "Hiệu trưởng"],
                ["^", "^", "Trồng cây bóng mát", "Tháng 3", "Đoàn đội"],
            )
        )
    )
    assert [a.content for a in plan.actions] == ["Mở rộng sân phía đông", "Trồng cây bóng mát"]
    assert [a.weakness for a in plan.actions] == ["Sân chơi hẹp"] * 2
    assert [a.criteria for a in plan.actions] == [["3.1"]] * 2


def test_measures_typed_on_rows_of_their_own_are_one_action() -> None:
    plan = interpret(
        document(
            table(
                PLAIN,
                ["1", "1.2", "Kiện toàn hội đồng trường", "Họp xét nhân sự", "9/2025", "Hiệu trưởng"],
                ["", "", "", "Trình cấp trên phê duyệt", "", ""],
                ["2", "1.3", "Đổi mới sinh hoạt tổ", "Dự giờ", "10/2025", "Tổ trưởng"],
            )
        )
    )
    assert plan.actions[0].measures == ["Họp xét nhân sự", "Trình cấp trên phê duyệt"]
    assert len(plan.actions) == 2


def test_letterheads_signatures_and_lists_of_people_are_not_read_as_plans() -> None:
    plan = interpret(
        document(
            table(
                [
                    "UBND XÃ SÔNG TRÀ\nTRƯỜNG TIỂU HỌC SÔNG TRÀ\nSố: 12/KH-THST",
                    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSông Trà, ngày 10 tháng 9 năm 2025",
                ]
            ),
            "KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG NĂM HỌC 2025-2026",
            table(["TT", "Họ và tên", "Chức vụ", "Nhiệm vụ"], ["1", "Lê Văn Tám", "Hiệu trưởng", "Chủ tịch hội đồng"]),
            table(PLAIN, ["1", "1.2", "Kiện toàn hội đồng trường", "Họp", "9/2025", "Hiệu trưởng"]),
            table(["Nơi nhận:\n- UBND xã;\n- Lưu: VT.", "KT. HIỆU TRƯỞNG\nPHÓ HIỆU TRƯỞNG\n(Đã ký)\nLê Văn Tám"]),
        )
    )
    assert len(plan.actions) == 1
    info = plan.document
    assert (info.number, info.place, info.date) == ("12/KH-THST", "Sông Trà", "2025-09-10")
    assert (info.parent_body, info.issuing_body) == ("UBND XÃ SÔNG TRÀ", "TRƯỜNG TIỂU HỌC SÔNG TRÀ")
    assert (info.signer.role, info.signer.name) == ("KT. HIỆU TRƯỞNG PHÓ HIỆU TRƯỞNG", "Lê Văn Tám")
    assert plan.recipients == ["UBND xã", "Lưu: VT"]


def test_a_schedule_beside_the_plan_is_set_aside_and_said() -> None:
    plan = interpret(
        document(
            table(
                [
                    "Tiêu chí",
                    "Điểm yếu",
                    "Nội dung công việc",
                    "Biện pháp",
                    "Thời gian",
                    "Người phụ trách",
                    "Minh chứng",
                ],
                ["1.2", "Họp chưa đều", "Kiện toàn hội đồng trường", "Họp", "9/2025", "Hiệu trưởng", "Quyết định"],
            ),
            table(
                ["Thời gian", "Nội dung công việc", "Ghi chú"], ["Tuần 1 tháng 9/2025", "Họp hội đồng tự đánh giá", ""]
            ),
        )
    )
    assert len(plan.actions) == 1
    assert [f.rule for f in plan.findings] == ["table-set-aside"]


def test_a_number_that_excel_has_cut_is_read_by_its_place_and_said() -> None:
    drawn = table(
        ["Tiêu chí", "Nội dung công việc", "Thời gian", "Người phụ trách"],
        ["1.9", "Thực hiện quy chế dân chủ", "9/2025", "Công đoàn"],
        ["1.1", "Bảo đảm an ninh trật tự", "9/2025", "Bảo vệ"],
    )
    for cell in drawn.cells:
        if cell.column == 0 and cell.row:
            cell.number = float(cell.text)
    plan = interpret(document(drawn, format="xlsx"))
    assert criteria(plan) == [["1.9"], ["1.10"]]
    assert [f.rule for f in plan.findings] == ["criterion-by-order"]


def test_rows_numbered_by_their_criterion_have_that_criterion() -> None:
    plan = interpret(
        document(
            table(
                ["TT", "Nội dung", "Thời gian", "Người phụ trách"],
                ["1", "Tiêu chuẩn 1: Tổ chức và quản lý", "", ""],
                ["1.1", "Bổ sung phương hướng, chiến lược", "9/2025", "Hiệu trưởng"],
                ["1.2", "Kiện toàn hội đồng trường", "9/2025", "Hiệu trưởng"],
                ["2", "Tiêu chuẩn 2: Đội ngũ", "", ""],
                ["2.1", "Bồi dưỡng cán bộ quản lý", "10/2025", "Hiệu trưởng"],
            )
        )
    )
    assert criteria(plan) == [["1.1"], ["1.2"], ["2.1"]]


def test_a_criterion_cut_by_the_page_does_not_swallow_the_next_action() -> None:
    head = ["Tiêu chí", "Nội dung công việc", "Thời gian", "Người phụ trách"]
    plan = interpret(
        document(
            table(
                head,
                ["1.1", "Bổ sung chiến lược", "9/2025", "Hiệu trưởng"],
                ["1.2", "Kiện toàn hội đồng", "9/2025", "Hiệu trưởng"],
            ),
            table(
                head,
                ["", "Lập lịch họp cả năm", "10/2025", "Thư ký"],
                ["1.3", "Đổi mới sinh hoạt tổ", "10/2025", "Tổ trưởng"],
                page=2,
                continues=True,
            ),
            wrapped=True,
            format="pdf",
        )
    )
    assert criteria(plan) == [["1.1"], ["1.2"], ["1.2"], ["1.3"]]
