"""The head of a table: found wherever it stands, on however many levels, in whatever words."""

from __future__ import annotations

import pytest

from caitien.errors import ReadingError
from caitien.reading.interpret import interpret
from caitien.reading.lexicon import field_of, unit_of
from reading.interpret.drawing import document, table


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Thời \n\ngian\n\ndự kiến", "period"),
        ("Hạn hoàn thành", "period"),
        ("Cá nhân/ tổ chức thực hiện", "responsible"),
        ("Đơn vị, cá nhân phụ trách", "responsible"),
        ("Người chịu trách nhiệm", "responsible"),
        ("Sản phẩm/Minh chứng sau thực hiện", "expected_evidence"),
        ("Thông tin, dữ liệu hoặc minh chứng dự kiến", "expected_evidence"),
        ("Dự kiến nguồn kinh phí", "funding_sources"),
        ("Dự kiến kinh phí thực hiện", "budget"),
        ("KP dự kiến (nghìn đồng)", "budget"),
        ("Nguồn lực bảo đảm", "resources"),
        ("Chỉ số đánh giá kết quả", "indicators"),
        ("Kết quả cần đạt", "indicators"),
        ("Kết quả", "result"),
        ("Giải pháp khắc phục", "measures"),
        ("Hoạt động/giải pháp", "measures"),
        ("Điểm yếu/Hạn chế", "weakness"),
        ("Hạn chế, nguyên nhân", "weakness"),
        ("Nguyên nhân của hạn chế", "cause"),
        ("Mức độ thực hiện", "progress"),
        ("Nội dung cần cải tiến", "content"),
        ("Số TT", "number"),
        ("Ngưòi phụ trác", "responsible"),
        ("Thời gan thực hiện", "period"),
    ],
)
def test_a_heading_as_schools_write_it_is_known(heading: str, field: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize("heading", ["Họ và tên", "Nơi nhận", "Năm học", "Trường Tiểu học", "Cộng", ""])
def test_other_words_are_no_heading(heading: str) -> None:
    assert field_of(heading) is None


def test_the_unit_of_money_stands_in_the_heading() -> None:
    assert [unit_of(h) for h in ("Kinh phí (nghìn đồng)", "KP (ĐVT: triệu đồng)", "Kinh phí (1.000đ)", "Kinh phí (đồng)")] == [
        1_000, 1_000_000, 1_000, 1,
    ]  # fmt: skip


def test_headings_on_two_levels_are_read_together() -> None:
    plan = interpret(
        document(
            table(
                [
                    "TT",
                    "Tiêu chí",
                    "Nội dung công việc",
                    "Thời gian",
                    "<",
                    "Thực hiện",
                    "<",
                    "Kinh phí (triệu đồng)",
                    "<",
                ],
                ["^", "^", "^", "Bắt đầu", "Kết thúc", "Chủ trì", "Phối hợp", "Số tiền", "Nguồn"],
                ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"],
                [
                    "1",
                    "1.2",
                    "Kiện toàn hội đồng trường",
                    "9/2025",
                    "12/2025",
                    "Hiệu trưởng",
                    "Công đoàn",
                    "12,5",
                    "Ngân sách",
                ],
            )
        )
    )
    (action,) = plan.actions
    assert (action.period.start, action.period.end) == ("2025-09", "2025-12")
    assert (action.responsible, action.collaborators) == (["Hiệu trưởng"], ["Công đoàn"])
    assert (action.resources.budget_vnd, action.resources.funding_sources) == (12_500_000, ["Ngân sách"])


def test_headings_on_two_levels_without_merged_cells_are_read_too() -> None:
    plan = interpret(
        document(
            table(
                ["TT", "Tiêu chí", "Nội dung công việc", "Người thực hiện", "<", "Thời gian"],
                ["", "", "", "Chính", "Phối hợp", ""],
                ["1", "1.2", "Kiện toàn hội đồng trường", "Hiệu trưởng", "Công đoàn", "HK I"],
            )
        )
    )
    (action,) = plan.actions
    assert (action.responsible, action.collaborators, action.period.kind) == (["Hiệu trưởng"], ["Công đoàn"], "term")


def test_a_heading_below_title_rows_is_found() -> None:
    plan = interpret(
        document(
            table(
                ["TRƯỜNG MẦM NON HOA ĐÀO", "<", "<", "<"],
                ["KẾ HOẠCH CẢI TIẾN CHẤT LƯỢNG NĂM HỌC 2025-2026", "<", "<", "<"],
                ["", "", "", ""],
                ["Tiêu chí", "Điểm yếu", "Biện pháp", "Người phụ trách"],
                ["2.1", "Hồ sơ chưa đủ", "Bổ sung hồ sơ", "Văn thư"],
            ),
            "năm học",
            format="xlsx",
        )
    )
    assert plan.school.name == "Trường Mầm non Hoa Đào"
    assert plan.school_year == "2025-2026"
    assert plan.actions[0].criteria == ["2.1"]


def test_two_columns_named_tc_are_standard_and_criterion() -> None:
    plan = interpret(
        document(
            table(
                ["TC", "TC", "Nội dung", "Thời gian", "Phụ trách"],
                ["III", "2,3", "Mua thiết bị dạy học", "10/2025", "Kế toán"],
            )
        )
    )
    assert plan.actions[0].criteria == ["3.2", "3.3"]


def test_a_column_that_is_not_known_is_kept_and_said() -> None:
    plan = interpret(
        document(
            table(
                ["Tiêu chí", "Nội dung công việc", "Thời gian", "Người phụ trách", "Đối tượng thụ hưởng"],
                ["1.2", "Kiện toàn hội đồng trường", "9/2025", "Hiệu trưởng", "Học sinh khối 5"],
            )
        )
    )
    assert plan.actions[0].model_dump()["extra"] == {"Đối tượng thụ hưởng": "Học sinh khối 5"}
    assert [f.rule for f in plan.findings] == ["unknown-column"]
    assert "Đối tượng thụ hưởng" in plan.findings[0].message


def test_a_file_without_a_table_says_what_to_do() -> None:
    with pytest.raises(ReadingError, match="không có bảng nào") as caught:
        interpret(document("Kế hoạch cải tiến năm học 2025-2026"))
    assert caught.value.code == "no_table"


def test_a_table_of_other_things_says_which_headings_it_has() -> None:
    with pytest.raises(ReadingError, match="“Họ và tên”") as caught:
        interpret(document(table(["STT", "Họ và tên", "Lớp"], ["1", "Nguyễn An Bình", "5A"])))
    assert caught.value.code == "no_columns"
