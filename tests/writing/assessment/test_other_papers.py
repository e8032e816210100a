"""The report of 2018, criterion sheets, the decision on the council, the plan, and the list of evidence."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import openpyxl
import pytest

from assessment.invented_assessment import SCHOOL, small_assessment
from caitien.assessment.model import SelfAssessment
from caitien.writing import assessment as papers
from caitien.writing import render
from caitien.writing.document import Document, Heading, Letterhead, SignatureBlock, Table, Title, plain_lines

OLD = "tt17-2018-tieu-hoc"
NEW = "tt57-2026-pho-thong"


def lines(document: Document) -> list[str]:
    return list(plain_lines(document))


def table(document: Document, name: str) -> Table:
    return next(t for t in document.tables() if t.name == name)


def cells(found: Table) -> list[list[str]]:
    return [[c.text for c in row.cells] for row in found.rows]


# --- the report of 2018


def test_a_criterion_of_2018_has_five_parts_with_a_table_of_its_indicators():
    document = papers.build(small_assessment(OLD), "report-2018")
    headings = [b.text for b in document.blocks if isinstance(b, Heading)]
    start = headings.index("Tiêu chí 1.1: Phương hướng, chiến lược xây dựng và phát triển nhà trường")
    assert headings[start + 1 : start + 6] == [
        "1. Mô tả hiện trạng",
        "2. Điểm mạnh",
        "3. Điểm yếu",
        "4. Kế hoạch cải tiến chất lượng",
        "5. Tự đánh giá",
    ]
    found = cells(table(document, "Tự đánh giá 1.1"))
    assert found == [
        ["a", "Đạt", "(*)", "Đạt", "(*)", "Đạt"],
        ["b", "Đạt", "–", "–", "–", "–"],
        ["c", "Đạt", "–", "–", "–", "–"],
        ["Đạt", "Đạt", "Đạt"],
    ]


def test_which_of_several_indicators_is_not_met_is_not_guessed():
    document = papers.build(small_assessment(OLD), "report-2018")
    found = cells(table(document, "Tự đánh giá 1.2"))  # judged not met as a whole
    assert [row[1] for row in found[:3]] == ["", "", ""]
    assert found[3][0] == "Không đạt"
    unjudged = cells(table(document, "Tự đánh giá 1.4"))
    assert [row[1] for row in unjudged[:3]] == ["Chưa xét"] * 3


def test_an_indicator_judged_by_itself_says_so():
    value = small_assessment(OLD)
    value.criteria[1] = value.criteria[1].model_copy(
        update={
            "requirements": SelfAssessment.model_validate(
                {"criteria": [{"code": "1.2", "requirements": [{"code": "1.2.M1.b", "judged": "not_met"}]}]}
            )
            .criteria[0]
            .requirements
        }
    )
    found = cells(table(papers.build(value, "report-2018"), "Tự đánh giá 1.2"))
    assert [row[1] for row in found[:3]] == ["", "Không đạt", ""]


def test_the_summary_of_2018_marks_every_level_reached_and_levels_that_are_not_asked():
    document = papers.build(small_assessment(OLD), "report-2018")
    found = {
        row[0].split(".")[0] + "." + row[0].split(".")[1].split()[0]: row[1:]
        for row in cells(table(document, "Tổng hợp kết quả tự đánh giá"))
        if row[0][0].isdigit()
    }
    assert found["1.1"] == ["", "x", "x", "x"]
    assert found["1.2"] == ["x", "", "", "–"][:4]
    assert found["1.4"] == ["Chưa xét"]


def test_the_report_of_2018_has_its_parts_and_lays_the_list_of_evidence_across():
    document = papers.build(small_assessment(OLD), "report-2018")
    first = [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 1]
    assert first[2:] == [
        "PHẦN I. CƠ SỞ DỮ LIỆU CỦA NHÀ TRƯỜNG",
        "PHẦN II. TỰ ĐÁNH GIÁ",
        "PHẦN III. KẾT LUẬN CHUNG",
        "PHẦN IV. PHỤ LỤC",
    ]
    word = docx.Document(BytesIO(render(document, "docx")))
    assert [s.page_width > s.page_height for s in word.sections] == [False, False, False, True, False]
    headers = table(document, "Danh mục minh chứng").header[0].cells
    assert len(headers) == 6
    assert "Mục M4.1" in "\n".join(lines(document))


# --- sheets


@pytest.mark.parametrize(("framework", "count"), [(NEW, 15), (OLD, 32)])
def test_without_a_criterion_named_there_is_a_sheet_for_each(framework, count):
    document = papers.build(small_assessment(framework), "criterion-sheet")
    assert sum(isinstance(b, Title) for b in document.blocks) == count


def test_a_sheet_of_2026_shows_requirements_judged_one_by_one_and_its_own_evidence():
    value = small_assessment()
    value.criteria[0].requirements = (
        SelfAssessment.model_validate(
            {
                "criteria": [
                    {"code": "1.1", "requirements": [{"code": "1.1.M1.a", "judged": "not_met", "note": "Thiếu bản in"}]}
                ]
            }
        )
        .criteria[0]
        .requirements
    )
    document = papers.build(value, "criterion-sheet", papers.Asked(criterion="1.1"))
    found = cells(table(document, "Nhận định từng yêu cầu"))
    assert found[0][1:] == ["Không đạt", "Thiếu bản in"]
    assert found[1][1] == "Chưa xét"
    assert [row[1] for row in cells(table(document, "Minh chứng 1.1"))] == ["MC.1.1.01", "MC.1.1.02", "MC.1.1.03"]
    assert "Nhóm, người viết: Nhóm 1, Vi Thị Hồng Mai" in lines(document)


def test_writer_and_leader_sign_a_sheet():
    document = papers.build(small_assessment(), "criterion-sheet", papers.Asked(criterion="1.1"))
    block = document.blocks[-1]
    assert isinstance(block, SignatureBlock)
    assert (block.left_role, block.left_name) == (("NGƯỜI VIẾT",), "Vi Thị Hồng Mai")
    assert (block.role, block.name) == (("TRƯỞNG NHÓM",), "Tòng Văn Khánh")


# --- the decision and the plan


def test_the_decision_has_number_grounds_articles_and_its_lists():
    document = papers.build(small_assessment(), "council-decision")
    head = document.blocks[0]
    assert isinstance(head, Letterhead)
    assert (head.number, head.place_and_date) == ("Số: 45/QĐ-THCSSN", "Suối Ngàn, ngày 10 tháng 9 năm 2026")
    said = lines(document)
    assert "Căn cứ Thông tư số 57/2026/TT-BGDĐT ngày 07/7/2026;" in said
    assert sum(line.startswith("Điều ") for line in said) == 3
    assert any("gồm 07 thành viên" in line for line in said)
    assert [t.name for t in document.tables()] == [
        "Hội đồng tự đánh giá",
        "Danh sách nhóm thư ký",
        "Danh sách các nhóm công tác",
    ]
    members = cells(table(document, "Hội đồng tự đánh giá"))
    assert members[0] == ["1", "Vi Thị Hồng Mai", "Hiệu trưởng", "Chủ tịch hội đồng\n- Phụ trách tiêu chuẩn 1"]
    assert f"(Kèm theo Quyết định số 45/QĐ-THCSSN ngày 10 tháng 9 năm 2026 của Hiệu trưởng {SCHOOL})" in said


def test_the_decision_can_be_made_before_a_framework_is_chosen():
    document = papers.build(small_assessment(framework=None, legal_bases=[]), "council-decision")
    assert any(line.startswith("Căn cứ ……") for line in lines(document))


def test_members_stand_by_their_rank():
    value = small_assessment()
    value.council.members.reverse()
    members = cells(table(papers.build(value, "council-decision"), "Hội đồng tự đánh giá"))
    assert [row[3].split("\n")[0] for row in members[:3]] == [
        "Chủ tịch hội đồng",
        "Phó Chủ tịch hội đồng",
        "Thư ký hội đồng",
    ]


def test_the_plan_gives_every_criterion_to_somebody_and_has_a_calendar():
    document = papers.build(small_assessment(), "assessment-plan")
    work = cells(table(document, "Phân công viết tiêu chí"))
    assert len(work) == 15
    assert work[0] == ["1.1. Tầm nhìn, sứ mạng/mục tiêu và kế hoạch phát triển", "Nhóm 1\nVi Thị Hồng Mai", ""]
    assert work[2][2] == "Bắt buộc"
    steps = cells(table(document, "Thời gian thực hiện"))
    assert ["Trước ngày 15/6 (chậm nhất 14/06/2027)", "Hội đồng phê duyệt báo cáo tự đánh giá", ""] in steps
    block = document.blocks[-1]
    assert isinstance(block, SignatureBlock)
    assert (block.role, block.name) == (("TM. HỘI ĐỒNG", "CHỦ TỊCH"), "Vi Thị Hồng Mai")


def test_a_day_that_the_school_set_itself_stands_in_the_plan_and_an_unknown_year_has_no_days():
    asked = papers.Asked(dates={"report": date(2027, 6, 5)})
    steps = cells(table(papers.build(small_assessment(), "assessment-plan", asked), "Thời gian thực hiện"))
    assert "Trước ngày 15/6 (chậm nhất 05/06/2027)" in [row[0] for row in steps]
    steps = cells(table(papers.build(small_assessment(school_year=None), "assessment-plan"), "Thời gian thực hiện"))
    assert "Trước ngày 15/6" in [row[0] for row in steps]


def test_the_plan_of_2018_has_sixteen_weeks():
    steps = cells(table(papers.build(small_assessment(OLD), "assessment-plan"), "Thời gian thực hiện"))
    assert (steps[0][0], steps[-1][0]) == ("Tuần 1", "Tuần 15 – 16")


# --- the list of evidence


def test_the_list_as_a_workbook_has_exactly_five_columns_and_a_line_for_each():
    book = openpyxl.load_workbook(BytesIO(papers.write(small_assessment(), "evidence-list", "xlsx")))
    sheet = book.worksheets[0]
    rows = [
        [c.value for c in row] for row in sheet.iter_rows() if row[0].value == "TT" or isinstance(row[0].value, int)
    ]
    assert rows[0] == [
        "TT",
        "Mã minh chứng",
        "Tên minh chứng",
        "Định dạng, vị trí lưu trữ hoặc đường dẫn điện tử",
        "Ghi chú",
    ]
    assert len(rows) == 46
    assert rows[1][1] == "MC.1.1.01"


def test_rejected_and_replaced_evidence_is_left_out_unless_a_text_cites_it():
    evidence = [
        {"code": "MC.1.1.02", "name": "Hai"},
        {"code": "MC.1.1.01", "name": "Một"},
        {"code": "MC.4.3.09", "name": "Bị trả, không dẫn", "state": "rejected"},
        {"code": "MC.1.2.09", "name": "Đã thay, có dẫn", "state": "replaced"},
        {"name": "Chưa có mã"},
        {
            "code": "MC.2.1.01",
            "name": "Dùng chung",
            "criteria": ["2.1", "3.4"],
            "old_codes": ["[H2-2.1-03]"],
            "note": "Bản sao",
        },
    ]
    value = small_assessment(evidence=evidence)
    value.criteria[0].levels[0].description = "Có (MC.1.2.09)."
    found = cells(table(papers.build(value, "evidence-list"), "Danh mục minh chứng"))
    assert [row[1] for row in found] == ["MC.1.1.01", "MC.1.1.02", "MC.1.2.09", "MC.2.1.01", ""]
    assert found[2][4] == "Đã có bản thay thế"
    assert found[3][4] == "Bản sao\nDùng cho tiêu chí 2.1, 3.4\nMã cũ: [H2-2.1-03]"


def test_number_date_and_issuer_stand_behind_the_name_where_there_is_no_column_for_them():
    entry = {
        "code": "MC.1.1.01",
        "name": "Quyết định 12/QĐ-TH",
        "number": "12/QĐ-TH",
        "date": "2026-09-05",
        "issuer": "Sở GD&ĐT",
    }
    found = cells(table(papers.build(small_assessment(evidence=[entry]), "evidence-list"), "Danh mục minh chứng"))
    assert found[0][2] == "Quyết định 12/QĐ-TH (ngày 05/09/2026, của Sở GD&ĐT)"
    old = small_assessment(OLD, evidence=[{**entry, "code": "[H1-1.1-01]", "number": "13/QĐ-TH"}])
    assert (
        cells(table(papers.build(old, "evidence-list"), "Danh mục minh chứng"))[0][3] == "Số 13/QĐ-TH, ngày 05/09/2026"
    )


# --- paper


@pytest.mark.parametrize("framework", [NEW, OLD])
def test_every_paper_is_a4_with_the_margins_of_the_decree(framework):
    for form in papers.list_forms(framework):
        word = docx.Document(BytesIO(papers.write(small_assessment(framework), form.id, "docx")))
        for section in word.sections:
            assert sorted((round(section.page_width.mm), round(section.page_height.mm))) == [210, 297], form.id
            assert 20 <= round(section.top_margin.mm) <= 25
            assert 30 <= round(section.left_margin.mm) <= 35
            assert 15 <= round(section.right_margin.mm) <= 20


def test_every_form_says_where_it_comes_from_and_how_sure_that_is():
    for form in papers.list_forms():
        assert form.source
        assert form.confidence.endswith(".")
    assert papers.list_forms(OLD)[0].id == "report-2018"
    assert papers.default_form(small_assessment(OLD)) == "report-2018"
    assert papers.default_form(small_assessment()) == "tt57-bieu-1"
