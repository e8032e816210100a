"""Biểu 1: its four parts, its tables, levels that are computed, what is not judged, and codes that stay where they were written."""

from __future__ import annotations

import pypdfium2
import pytest

from assessment.invented_assessment import big_assessment, small_assessment
from caitien.assessment.model import SelfAssessment
from caitien.errors import WritingError
from caitien.writing import assessment as papers
from caitien.writing import render
from caitien.writing.document import Document, Heading, Paragraph, Run, SignatureBlock, Table, plain_lines
from writing.files import W, docx_xml

FORM = "tt57-bieu-1"


def report(value: SelfAssessment | None = None) -> Document:
    return papers.build(value or small_assessment(), FORM)


def table(document: Document, name: str) -> Table:
    return next(t for t in document.tables() if t.name == name)


def cells(found: Table) -> list[list[str]]:
    return [[c.text for c in row.cells] for row in found.rows]


def judged(*levels: tuple[str, int, str | None], **changes) -> SelfAssessment:
    reviews: dict[str, list[dict]] = {}
    for code, level, word in levels:
        reviews.setdefault(code, []).append({"level": level, "judged": word, "description": "Có."})
    made = [{"code": code, "levels": own} for code, own in reviews.items()]
    return SelfAssessment.model_validate({"framework": "tt57-2026-pho-thong", "criteria": made, **changes})


def test_parts_stand_in_the_order_of_the_form():
    document = report()
    headings = [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 1]
    assert headings == [
        "DANH MỤC CHỮ VIẾT TẮT",
        "PHẦN I. TỔNG QUAN",
        "PHẦN II. TỰ ĐÁNH GIÁ",
        "PHẦN III. KẾT LUẬN",
        "PHẦN IV. PHỤ LỤC",
    ]
    lines = list(plain_lines(document))
    assert lines.index("DANH SÁCH VÀ CHỮ KÝ THÀNH VIÊN HỘI ĐỒNG TỰ ĐÁNH GIÁ") < lines.index("MỤC LỤC")


def test_every_criterion_has_its_table_of_three_columns():
    document = report()
    for code in ("1.1", "2.3", "4.3"):
        found = table(document, f"Tiêu chí {code}")
        assert [c.text for c in found.header[0].cells] == [
            "Mức",
            "Hiện trạng, kết quả kèm mã minh chứng",
            "Đánh giá (Đạt/Không đạt)",
        ]
        assert [row[0] for row in cells(found)] == ["Mức 1", "Mức 2"]


def test_what_nobody_judged_is_chua_xet_and_never_khong_dat():
    document = report(judged(("1.1", 1, "met"), ("1.2", 1, "not_met")))
    assert [row[2] for row in cells(table(document, "Tiêu chí 1.1"))] == ["Đạt", "Chưa xét"]
    assert [row[2] for row in cells(table(document, "Tiêu chí 1.2"))] == ["Không đạt", "Chưa xét"]
    assert [row[2] for row in cells(table(document, "Tiêu chí 1.3"))] == ["Chưa xét", "Chưa xét"]
    summary = {row[0].split(".")[1]: row[1:] for row in cells(table(document, "Kết quả tiêu chuẩn 1"))}
    assert summary == {"1": ["", "x", "Chưa xét"], "2": ["x", "", ""], "3": ["Chưa xét"], "4": ["Chưa xét"]}
    lines = list(plain_lines(document))
    assert "Kết luận: Tiêu chí 1.1 đạt Mức 1; Mức 2 chưa xét." in lines
    assert "Kết luận: Tiêu chí 1.2 không đạt Mức 1." in lines
    assert "Kết luận: Tiêu chí 1.3 chưa xét." in lines


def test_shares_of_standards_have_a_line_of_sums_and_two_columns_more_while_something_is_not_judged():
    found = table(report(judged(("1.1", 1, "met"), ("1.2", 1, "not_met"))), "Tổng hợp theo tiêu chuẩn")
    assert [c.text for c in found.header[0].cells][2:] == ["Không đạt", "Mức 1", "Mức 2", "Chưa xét"]
    assert cells(found)[0] == ["Tiêu chuẩn 1", "4", "1", "25", "1", "25", "0", "0", "2", "50"]
    assert cells(found)[-1] == ["Cộng", "15", "1", "6,7", "1", "6,7", "0", "0", "13", "86,7"]
    done = table(report(big_assessment()), "Tổng hợp theo tiêu chuẩn")
    assert [c.text for c in done.header[0].cells][2:] == ["Không đạt", "Mức 1", "Mức 2"]
    assert cells(done)[-1] == ["Cộng", "15", "0", "0", "2", "13,3", "13", "86,7"]


def test_the_level_of_the_school_is_computed_and_its_conditions_are_said():
    lines = "\n".join(plain_lines(report(big_assessment())))
    assert "Cơ sở giáo dục tự đánh giá: đạt Mức 1." in lines
    assert "- Điều kiện Mức 2 không đạt: 7 trong 8 tiêu chí bắt buộc đạt Mức 2, cần đủ 8. Không đạt: 4.2." in lines


def test_while_criteria_are_not_judged_there_is_no_conclusion():
    lines = "\n".join(plain_lines(report(judged(("1.1", 1, "met")))))
    assert "Cơ sở giáo dục tự đánh giá: chưa kết luận, vì còn tiêu chí chưa xét (1.1, 1.2, 1.3," in lines
    assert "Cơ sở giáo dục tự đánh giá: chưa đạt" not in lines


def test_when_nothing_can_change_it_any_more_the_school_is_below_level_1():
    lines = "\n".join(plain_lines(report(judged(("1.3", 1, "not_met")))))
    assert "Cơ sở giáo dục tự đánh giá: chưa đạt Mức 1." in lines


def test_a_level_that_somebody_wrote_into_the_value_is_not_believed():
    value = small_assessment(level_reached=2, level=2)
    assert "chưa kết luận" in "\n".join(plain_lines(report(value)))


def test_codes_stay_inside_the_sentence_and_lead_to_the_list():
    document = report()
    cell = table(document, "Tiêu chí 1.1").rows[0].cells[1]
    text = cell.text
    assert "chính quyền xã (MC.1.1.01)." in text
    links = [r for p in cell.paragraphs for r in p.runs if r.link]
    assert {r.text for r in links} >= {"MC.1.1.01", "MC.1.1.02"}
    anchors = {p.anchor: p.text for row in table(document, "Danh mục minh chứng").rows for p in row.cells[1].paragraphs}
    assert all(anchors[r.link[1:]] == r.text for r in links)


def test_a_code_that_no_evidence_has_is_printed_and_is_no_link():
    value = judged(("1.1", 1, "met"))
    value.criteria[0].levels[0].description = "Có kế hoạch (MC.1.1.99)."
    document = report(value)
    runs = table(document, "Tiêu chí 1.1").rows[0].cells[1].paragraphs[0].runs
    assert "".join(r.text for r in runs) == "Có kế hoạch (MC.1.1.99)."
    assert not any(r.link for r in runs)
    assert render(document, "pdf").startswith(b"%PDF")


def test_links_work_in_both_files():
    document = report()
    xml = docx_xml(render(document, "docx"))
    names = {b.get(f"{W}name") for b in xml.iter(f"{W}bookmarkStart")}
    led = {h.get(f"{W}anchor") for h in xml.iter(f"{W}hyperlink")}
    assert led <= names
    assert any(name.startswith("mc_") for name in led)
    fields = [i.text for i in xml.iter(f"{W}instrText") if "HYPERLINK" in i.text]
    assert ' HYPERLINK "https://kho.truong.example/minh-chung/2026/001" ' in fields
    assert b"kho.truong.example/minh-chung/2026/001" in render(document, "pdf")


def test_the_list_of_evidence_has_exactly_five_columns():
    found = table(report(), "Danh mục minh chứng")
    assert [c.text for c in found.header[0].cells] == [
        "TT",
        "Mã minh chứng",
        "Tên minh chứng",
        "Định dạng, vị trí lưu trữ hoặc đường dẫn điện tử",
        "Ghi chú",
    ]
    assert all(len(row.cells) == 5 for row in found.rows)
    assert [row.cells[1].text for row in found.rows][:4] == ["MC.1.1.01", "MC.1.1.02", "MC.1.1.03", "MC.1.2.01"]


def test_abbreviations_of_the_text_are_listed():
    found = table(report(), "Chữ viết tắt")
    assert ["1", "CBQL", "Cán bộ quản lý"] in cells(found)


def test_what_the_school_has_not_said_is_a_dotted_line():
    lines = list(plain_lines(report(SelfAssessment(framework="tt57-2026-pho-thong"))))
    assert any(line.startswith("a) Tên cơ sở giáo dục: ……") for line in lines)
    assert "Báo cáo không dùng chữ viết tắt." in lines


def test_the_demand_of_a_level_is_called_our_summary_unless_the_circular_is_attached():
    from caitien.standards.official import OfficialCriterion, OfficialText

    words = OfficialText("tt57-2026-pho-thong", "x", {"1.1": OfficialCriterion("1.1", "…", {1: "Lời của Thông tư."})})
    with_words = papers.build(small_assessment(), FORM, papers.Asked(official=words))
    lines = list(plain_lines(with_words))
    assert "Mức 1: Lời của Thông tư." in lines
    assert any(line.startswith("Mức 2 (tóm tắt yêu cầu): ") for line in lines)


def test_the_head_of_the_school_signs_and_the_report_goes_up():
    block = next(b for b in report().blocks if isinstance(b, SignatureBlock))
    assert (block.role, block.name) == (("HIỆU TRƯỞNG",), "Vi Thị Hồng Mai")
    assert block.recipients[0] == "- UBND xã Suối Ngàn;"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (SelfAssessment(), "chưa ghi khung tiêu chuẩn"),
        (judged(("9.9", 1, "met")), "tiêu chí “9.9”"),
        (judged(("1.1", 3, "met")), "Mức 3"),
        (judged(("1.1", 1, "met"), ("1.1", 1, None)), "ghi hai lần"),
        (judged(standards=[{"code": "7"}]), "tiêu chuẩn “7”"),
        (judged(framework="tt17-2018-tieu-hoc"), "Hãy dùng mẫu “report-2018”"),
        (judged(framework="tt99"), "tt99"),
    ],
)
def test_what_does_not_go_with_the_framework_is_refused_in_one_sentence(value, said):
    from caitien.errors import CaiTienError

    with pytest.raises(CaiTienError, match=said) as caught:
        report(value)
    assert "\n" not in str(caught.value)


def test_unknown_forms_and_formats_are_refused():
    with pytest.raises(WritingError, match="tt57-bieu-1"):
        papers.build(small_assessment(), "tt57-bieu1")
    with pytest.raises(WritingError, match="docx, pdf"):
        papers.write(small_assessment(), FORM, "xlsx")
    with pytest.raises(WritingError, match="không viết riêng"):
        papers.build(small_assessment(), FORM, papers.Asked(criterion="1.1"))


def test_school_data_come_from_the_value_with_sums_and_nothing_is_left_out():
    document = report()
    classes = cells(table(document, "Số lớp học"))
    assert classes[0] == ["Khối lớp 6", "4", "4", "3"]
    assert classes[-1] == ["Cộng", "16", "16", "14"]
    staff = table(document, "Cán bộ quản lý, giáo viên, nhân sự hỗ trợ tại thời điểm tự đánh giá")
    assert [c.text for c in staff.header[0].cells][-1] == "Trình độ đào tạo"
    assert [c.text for c in staff.header[1].cells] == ["Chưa đạt chuẩn", "Đạt chuẩn", "Trên chuẩn"]
    own = table(document, "Bảng thu-vien")
    assert cells(own) == [["dau-sach", "1.480", "1.492,5"], ["luot-muon", "", ""]]
    lines = list(plain_lines(document))
    assert "Nguồn: Phần mềm của nhà trường; số liệu đến ngày 30/05/2027." in lines


def test_numbers_in_rows_that_a_form_does_not_name_are_printed_too():
    value = small_assessment(tables=[{"table": "classes", "cells": {"lop-ghep": {"2026-2027": 2}}}])
    extra = table(report(value), "Số lớp học: số liệu khác")
    assert cells(extra) == [["lop-ghep", "2"]]


def test_covers_have_no_page_number_and_the_next_page_has():
    document = pypdfium2.PdfDocument(render(report(), "pdf"))
    first = [page.get_textpage().get_text_bounded().split()[0] for page in document]
    assert first[0] == first[1] == "ỦY"
    assert first[2:6] == ["3", "4", "5", "6"]
    headers = [s.findall(f"{W}headerReference") for s in docx_xml(render(report(), "docx")).iter(f"{W}sectPr")]
    ids = [{h.get(f"{W}type"): h.get(next(k for k in h.attrib if k.endswith("}id"))) for h in own} for own in headers]
    assert [own["default"] for own in ids] == ["rId5", "rId5", "rId4"]


def test_a_run_with_a_strange_address_breaks_no_file():
    nasty = 'https://x.example/"} #panic("no") \\h <w:t>&'
    value = small_assessment(evidence=[{"code": "MC.1.1.01", "name": "Kế hoạch", "place": nasty}])
    document = report(value)
    assert docx_xml(render(document, "docx")) is not None
    assert render(document, "pdf").startswith(b"%PDF")
    shown = table(document, "Danh mục minh chứng").rows[0].cells[3]
    assert shown.text == nasty


def test_a_tree_with_hostile_words_is_written_as_they_are():
    words = '#panic("x") *b* $a$ <w:p/> ]]> \x07 \u202e @ref \\ "'
    value = small_assessment(conclusion={"summary": words, "to_commune": [words]})
    value.criteria[0].levels[0].description = f"{words} (MC.1.1.01)"
    value.council.members[0].name = words
    document = report(value)
    text = "".join(t.text or "" for t in docx_xml(render(document, "docx")).iter(f"{W}t"))
    assert '#panic("x") *b* $a$ <w:p/> ]]>' in text
    assert render(document, "pdf").startswith(b"%PDF")


def test_links_and_anchors_of_the_tree_can_be_used_by_any_form():
    blocks = (
        Paragraph((Run("đi tới", link="#noi_den"),)),
        Paragraph((Run("nơi đến"),), anchor="noi_den"),
        Heading("I. Mục"),
    )
    document = Document("Thử", blocks)
    assert render(document, "pdf").startswith(b"%PDF")
    assert docx_xml(render(document, "docx")).find(f".//{W}hyperlink").get(f"{W}anchor") == "noi_den"
