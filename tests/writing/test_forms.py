"""What each form holds: columns, sections, merged cells, and what stands where the plan says nothing."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from caitien import writing
from caitien.errors import WritingError
from caitien.plan.model import LegalBasis
from caitien.writing.document import Heading, Table
from writing.files import W, docx_xml
from writing.sample_plan import ROWS, sample_plan


def main_table(form: str, **changes) -> Table:
    return next(t for t in writing.build(sample_plan(**changes), form).tables() if t.main)


def column(table: Table, index: int) -> list[str]:
    return [row.cells[index].text for row in table.rows]


def test_bieu_2_has_eight_sections_in_the_order_of_the_circular():
    blocks = writing.build(sample_plan(), "tt57-bieu-2").blocks
    numbers = [b.text.split(".")[0] for b in blocks if isinstance(b, Heading) and b.level == 1]
    assert numbers == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]


def test_bieu_2_has_ten_columns_in_the_order_of_the_circular():
    assert [c.text for c in main_table("tt57-bieu-2").header[0].cells] == [
        "TT",
        "Nội dung cải tiến",
        "Mục tiêu cải tiến",
        "Hoạt động/ giải pháp",
        "Chỉ số đánh giá kết quả",
        "Thời gian thực hiện",
        "Đơn vị/cá nhân phụ trách",
        "Nguồn lực bảo đảm",
        "Thông tin, dữ liệu hoặc minh chứng dự kiến",
        "Mức độ thực hiện",
    ]


def test_the_last_column_of_bieu_2_says_one_of_three_words_and_the_plan_s_own():
    assert column(main_table("tt57-bieu-2"), 9) == [
        "Đang thực hiện (50%)\nĐã thực hiện xong lần một",
        "Hoàn thành",
        "Đang thực hiện (30%)\nĐã đối chiếu ba tháng",
        "Đang thực hiện",
        "Chưa hoàn thành\nChưa triển khai",
        "Chưa hoàn thành (quá hạn)\nQuá hạn, đang chờ chỉ tiêu",
        "Đang thực hiện\nĐang biên soạn",
        "Đang thực hiện (40%)",
        "Chưa hoàn thành (dừng thực hiện)\nDừng do thiếu chuyên gia",
        "Đang thực hiện (20%)\nĐã khảo sát",
        "Chưa hoàn thành\nChưa triển khai",
        "Chưa hoàn thành",
        "Đang thực hiện\nĐang khảo sát tài liệu",
    ]


def test_resources_are_as_printed_else_the_budget_and_its_sources():
    said = column(main_table("tt57-bieu-2"), 7)
    assert said[0] == "Không"
    assert said[1] == "Không"
    assert said[2] == "Máy tính văn phòng; ổ cứng sao lưu 3.200.000 đồng\nNguồn: Chi thường xuyên"
    assert said[4] == "18,5 triệu đồng (ngân sách)"
    assert said[5] == "27.499.000 đồng\nNguồn: UBND xã; Chi khác"
    assert said[10] == "Chưa xác định\nNguồn: Chi khác"
    assert said[12] == ""


def test_a_budget_that_the_printed_resources_do_not_name_is_added():
    plan = sample_plan(
        actions=[{"content": "Mua máy", "resources": {"text": "Giáo viên Tin học", "budget_vnd": 5000000}}]
    )
    table = next(t for t in writing.build(plan, "tt57-bieu-2").tables() if t.main)
    assert table.rows[0].cells[7].text == "Giáo viên Tin học\nKinh phí: 5.000.000 đồng"


def test_issues_come_from_the_weaknesses_when_the_plan_names_none():
    issues = next(writing.build(sample_plan(), "tt57-bieu-2").tables())
    assert len(issues.rows) == 12  # the level-4 item has no weakness
    assert issues.rows[0].cells[1].text == "Tiêu chuẩn 1"
    assert [len(row.cells) for row in issues.rows] == [6, 5, 5, 5, 6, 5, 6, 5, 5, 6, 5, 5]


def test_the_plan_s_own_issues_are_printed():
    own = [{"criteria": ["3.2"], "standard": "Tiêu chuẩn 3", "weakness": "Còn hình thức", "cause": "Thiếu công cụ"}]
    issues = next(writing.build(sample_plan(issues=own), "tt57-bieu-2").tables())
    assert [c.text for c in issues.rows[0].cells] == ["1", "Tiêu chuẩn 3", "3.2", "", "Còn hình thức", "Thiếu công cụ"]


def test_two_rounds_of_monitoring_wait_to_be_filled_in():
    monitoring = list(writing.build(sample_plan(), "tt57-bieu-2").tables())[2]
    assert column(monitoring, 0) == ["Cuối học kỳ I", "Cuối năm học"]
    assert len(monitoring.header[0].cells) == 5


def test_the_plan_by_progress_has_nine_columns_and_groups_by_standard():
    table = main_table("plan-progress")
    assert [c.text for c in table.header[0].cells][:4] == ["Tiêu chuẩn", "Tiêu chí", "TT", "Nội dung kế hoạch"]
    groups = [(row.cells[0].text, row.cells[0].rowspan) for row in table.rows if len(row.cells) == 9]
    assert groups == [("1", 4), ("2", 2), ("3", 3), ("4", 3), ("ĐG Mức 4", 1)]


def test_the_plan_by_weakness_has_ten_columns_and_roman_standards():
    table = main_table("plan-weakness")
    assert len(table.header[0].cells) == 10
    groups = [(row.cells[0].text, row.cells[0].rowspan) for row in table.rows if len(row.cells) == 10]
    assert groups == [("I", 4), ("II", 2), ("III", 3), ("IV", 3), ("Mức 4", 1)]
    assert [c.text for c in table.rows[5].cells][:1] == ["2, 3"]


def test_merged_cells_are_merged_in_word():
    content = writing.write(sample_plan(), "plan-weakness", "docx")
    table = docx.Document(BytesIO(content)).tables[1]
    assert [table.cell(r, 0).text for r in range(1, 8)] == ["I"] * 4 + ["II"] * 2 + ["III"]
    starts = [e for e in docx_xml(content).iter(f"{W}vMerge") if e.get(f"{W}val") == "restart"]
    assert len(starts) == 5  # four standards of several rows, one criterion with two actions


def test_rows_out_of_order_stand_under_their_standard_and_keep_their_numbers():
    table = main_table("plan-progress", actions=[ROWS[9], ROWS[0], ROWS[4]])
    numbers = [row.cells[-7].text for row in table.rows]
    assert numbers == ["1", "5", "10"]


@pytest.mark.parametrize("form", [f.id for f in writing.list_forms()])
@pytest.mark.parametrize("file_format", writing.FORMATS)
def test_an_empty_plan_is_a_form_to_fill_in_by_hand(form, file_format):
    from caitien.plan import ImprovementPlan

    assert len(writing.write(ImprovementPlan(), form, file_format)) > 3000


def test_an_unknown_form_names_the_nearest():
    with pytest.raises(WritingError, match="tt57-bieu-2"):
        writing.write(sample_plan(), "tt57-bieu2", "docx")


def test_an_unknown_format_names_the_known_ones():
    with pytest.raises(WritingError, match="docx, pdf, xlsx"):
        writing.write(sample_plan(), "tt57-bieu-2", "odt")


def test_the_form_follows_the_framework():
    assert writing.default_form(sample_plan()) == "tt57-bieu-2"
    assert writing.default_form(sample_plan(framework="tt17-2018-tieu-hoc")) == "plan-weakness"
    assert writing.default_form(sample_plan(framework=None, actions=[{"content": "x"}])) == "plan-progress"


def test_bieu_2_names_a_ground_and_the_kind_of_school_once():
    plan = sample_plan()
    plan.legal_bases = [
        LegalBasis(kind="Báo cáo", subject="tự đánh giá năm học 2025-2026"),
        LegalBasis(kind="Kế hoạch", subject="giáo dục năm học 2026-2027"),
    ]
    plan.school.level, plan.school.ownership = "tieu_hoc", "Trường tiểu học công lập, 03 điểm trường"
    texts = [b.text for b in writing.build(plan, "tt57-bieu-2").blocks if hasattr(b, "text")]
    first = next(n for n, text in enumerate(texts) if text.startswith("II."))
    last = next(n for n, text in enumerate(texts) if text.startswith("III."))
    grounds = [text.lstrip("- ") for text in texts[first + 1 : last]]
    assert [text.split(" năm học")[0] for text in grounds] == [
        "Kết quả rà soát việc thực hiện kế hoạch cải tiến chất lượng",
        "Báo cáo tự đánh giá",
        "Kế hoạch giáo dục",
    ]
    assert "2. Loại hình: Trường tiểu học công lập, 03 điểm trường" in texts
