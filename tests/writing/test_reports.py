"""The papers beside the plan: progress report, table of adjustments, an action's sheet; the same words in every format."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from caitien import writing
from caitien.cli import main
from caitien.errors import WritingError
from caitien.plan import ImprovementPlan
from caitien.plan.comparing import compare
from caitien.writing.action_sheet import ProgressEntry, action_sheet
from caitien.writing.adjustments import adjustments_document, adjustments_of
from caitien.writing.document import Document, Letterhead, Table, Title, plain_lines
from caitien.writing.forms.progress_report import progress_report
from writing.files import docx_text, pdf_text, squeezed
from writing.sample_plan import sample_plan

ON = date(2026, 11, 22)


def amended() -> Document:
    old, new = sample_plan(), sample_plan()
    new.actions[1].period.text, new.actions[1].period.end = "Trước 30/11/2026", "2026-11-30"
    new.actions[4].responsible = ["Lương Quốc Thịnh", "Nguyễn Thị Hường"]
    new.document.signer.name = "Lương Quốc Thịnh"
    del new.actions[8]
    changes = compare(old, new)
    return adjustments_document(
        new, adjustments_of(changes, "Thiếu giáo viên", "Đặng Thị Ngọc Ánh", date(2026, 11, 20)), ON
    )


def sheet(**changes) -> Document:
    entries = [
        ProgressEntry(date(2026, 11, 5), "Trưởng bản", "Đã họp", None, None),
        ProgressEntry(date(2026, 10, 1), "Nguyễn Thị Hường", "Đã lấy 412 phiếu", "in_progress", 40),
    ]
    return action_sheet(sample_plan(**changes), 0, ON, entries)


PAPERS = {"report": lambda: progress_report(sample_plan(), ON), "adjustments": amended, "sheet": sheet}


def table(document: Document, name: str) -> list[list[str]]:
    found = next(t for t in document.tables() if t.name == name)
    return [[c.text for c in row.cells] for row in found.rows]


@pytest.mark.parametrize("paper", PAPERS)
def test_word_and_pdf_say_what_the_tree_says(paper):
    document = PAPERS[paper]()
    said = list(plain_lines(document))
    assert docx_text(writing.render(document, "docx")) == squeezed("".join(said))
    headers = [squeezed("".join(c.text for row in t.header for c in row.cells)) for t in document.tables()]
    left = pdf_text(writing.render(document, "pdf"), headers)
    for line in sorted(map(squeezed, said), key=len, reverse=True):
        assert line in left, line
        left = left.replace(line, "\n", 1)
    assert left.strip() == ""


@pytest.mark.parametrize("paper", PAPERS)
def test_excel_has_every_table_on_a_sheet_the_main_one_first(paper):
    document = PAPERS[paper]()
    book = openpyxl.load_workbook(BytesIO(writing.render(document, "xlsx")))
    main_table = next(t for t in document.tables() if t.main)
    assert book.sheetnames[0] == main_table.name
    assert len(book.sheetnames) == len(list(document.tables())) + 1
    said = {str(c.value) for row in book.worksheets[0].iter_rows() for c in row if c.value is not None}
    assert all(c.text in said for row in main_table.rows for c in row.cells if c.text and c.number is None)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_has_the_letterhead_of_the_school_and_not_the_number_of_the_plan(paper):
    head = next(b for b in PAPERS[paper]().blocks if isinstance(b, Letterhead))
    assert head.issuer == "TRƯỜNG TIỂU HỌC HOA BAN TRẮNG"
    assert "35/KH" not in head.number
    assert head.place_and_date == "Mường Sang, ngày 22 tháng 11 năm 2026"


# --- the progress report


def test_the_report_counts_by_standard_and_status():
    rows = table(progress_report(sample_plan(), ON), "Số nội dung theo tiêu chuẩn")
    assert rows[0] == ["Tiêu chuẩn 1", "4", "1", "3", "0", "0", "1"]
    assert rows[-1] == ["Cộng", "13", "1", "7", "5", "0", "2"]
    assert [r[0] for r in rows[4:]] == ["Mục riêng của Mức 4", "Cộng"]


def test_the_report_says_it_in_words():
    said = list(plain_lines(progress_report(sample_plan(), ON)))
    assert "Kế hoạch có 13 nội dung cải tiến: hoàn thành 1 (7,7%), đang thực hiện 7, chưa hoàn thành 5." in said
    assert "Quá hạn: 2 nội dung; đến hạn trong 14 ngày tới: 2 nội dung." in said


def test_the_report_names_what_is_late_the_oldest_first():
    rows = table(progress_report(sample_plan(), ON), "Nội dung quá hạn")
    assert [(r[0], r[2], r[3]) for r in rows] == [("1", "31/10/2026", "22"), ("6", "17/01/2027", "")]


def test_a_report_of_an_earlier_day_has_nothing_late_by_date():
    plan = sample_plan(actions=[a.model_dump() for a in sample_plan().actions if a.progress.status != "overdue"])
    said = list(plain_lines(progress_report(plan, date(2026, 9, 10))))
    assert "Đến ngày 10/09/2026 không có nội dung nào quá hạn." in said


def test_the_report_adds_money_by_source():
    rows = table(progress_report(sample_plan(), ON), "Kinh phí theo nguồn")
    assert rows[0] == ["Xã hội hóa", "2", "1.240.000.000"]
    assert rows[-1] == ["Cộng", "", "1.489.199.000"]
    assert "Ngoài ra 4 nội dung chưa xác định kinh phí." in plain_lines(progress_report(sample_plan(), ON))


def test_proposals_are_given_or_come_from_monitoring_or_are_left_to_write():
    given = plain_lines(progress_report(sample_plan(), ON, ["Bổ sung 01 nhân viên y tế"]))
    assert "- Bổ sung 01 nhân viên y tế" in given
    monitored = sample_plan(monitoring=[{"round": "Cuối học kỳ I", "adjustment": "Gia hạn mục 10"}])
    assert "- Gia hạn mục 10" in plain_lines(progress_report(monitored, ON))
    assert "…" * 32 in plain_lines(progress_report(sample_plan(), ON))


def test_an_empty_plan_gives_a_report_that_says_so():
    assert "Kế hoạch chưa có nội dung cải tiến nào." in plain_lines(progress_report(ImprovementPlan(), ON))


def test_the_command_writes_the_report_as_of_today(tmp_path, capsys):
    path = tmp_path / "a.json"
    path.write_text(sample_plan().to_json(), encoding="utf-8")
    assert main(["write", str(path), "--form", "progress-report", "-o", str(tmp_path / "bc.docx")]) == 0
    assert f"tínhđếnngày{date.today():%d/%m/%Y}" in docx_text((tmp_path / "bc.docx").read_bytes())


# --- the table of adjustments


def test_an_amendment_says_what_from_to_why_who_and_when():
    rows = table(amended(), "Bảng điều chỉnh")
    assert rows[0][1:5] == ["Toàn văn", "Người ký", "Đặng Thị Ngọc Ánh", "Lương Quốc Thịnh"]
    assert rows[1] == [
        "2",
        "Mục 2",
        "Thời gian",
        "Trước 15/10/2026",
        "Trước 30/11/2026",
        "Thiếu giáo viên",
        "Đặng Thị Ngọc Ánh",
        "20/11/2026",
    ]
    assert rows[2][2:5] == ["Người phụ trách", "Lương Quốc Thịnh", "Lương Quốc Thịnh\nNguyễn Thị Hường"]


def test_a_row_taken_out_is_told_whole():
    row = table(amended(), "Bảng điều chỉnh")[-1]
    assert row[1:3] == ["Mục 9", "Bỏ"]
    assert row[3].split("\n")[0] == "Hoàn thiện kế hoạch giáo dục cá nhân"
    assert "Thời gian: Quý IV/2026" in row[3]
    assert row[4] == ""


def test_no_amendment_is_a_table_to_fill_in():
    document = adjustments_document(sample_plan(), [], ON)
    assert len(table(document, "Bảng điều chỉnh")) == 1
    assert writing.render(document, "pdf")


# --- an action's sheet


def test_the_sheet_has_every_field_that_is_filled():
    rows = dict(table(sheet(), "Mục 1"))
    assert rows["Điểm yếu"].startswith("Việc rà soát")
    assert rows["Biện pháp"].count("\n") == 2
    assert rows["Hạn"] == "31/10/2026"
    assert rows["Người phối hợp"] == "- Tổ trưởng chuyên môn\n- Ban đại diện cha mẹ học sinh"
    assert rows["Mức độ thực hiện"] == "Đang thực hiện (50%)\nĐã thực hiện xong lần một"


def test_the_sheet_has_the_reports_in_order_and_lines_to_write_on():
    rows = table(sheet(), "Quá trình thực hiện")
    assert rows[0] == ["01/10/2026", "Nguyễn Thị Hường", "Đang thực hiện", "40%", "Đã lấy 412 phiếu"]
    assert rows[1][0] == "05/11/2026"
    assert len(rows) >= 5
    assert rows[-1] == [""] * 5


def test_the_sheet_of_a_carried_action_tells_the_years_before():
    action = sample_plan().actions[0].model_dump() | {
        "continues": {"school_year": "2025-2026", "number": 7},
        "prior": [{"school_year": "2025-2026", "status": "in_progress", "percent": 50, "result": "Đã họp."}],
    }
    document = action_sheet(sample_plan(actions=[action]), 0, ON)
    assert dict(table(document, "Mục 1"))["Tiếp nối"] == "Mục 7 của kế hoạch năm học 2025-2026"
    assert table(document, "Quá trình thực hiện")[0] == ["Năm học 2025-2026", "", "Đang thực hiện", "50%", "Đã họp"]


def test_an_action_that_is_not_there_is_refused():
    with pytest.raises(WritingError, match="không có mục thứ 99"):
        action_sheet(sample_plan(), 98, ON)


def test_kinds_of_paper_are_named():
    kinds = [next(b.kind for b in make().blocks if isinstance(b, Title)) for make in PAPERS.values()]
    assert kinds == ["BÁO CÁO", "BẢNG TỔNG HỢP", "PHIẾU THEO DÕI", "BÁO CÁO", "PHIẾU THEO DÕI"]
    assert all(isinstance(t, Table) and t.header for make in PAPERS.values() for t in make().tables())


def lived() -> ImprovementPlan:
    """The sample in the middle of its year: ticks, values, budget lines and evidence at hand in its first action."""
    plan = sample_plan().to_dict()
    action = plan["actions"][0]
    action["measures_done"] = [{"text": action["measures"][0], "on": "2026-09-12", "by": "Đặng Thị Ngọc Ánh"}]
    action["indicator_values"] = [
        {"text": action["indicators"][1], "unit": "%", "baseline": "61", "target": "80", "actual": "74"}
    ]
    action["evidence_at_hand"] = [
        {"text": action["expected_evidence"][1], "on": "2026-10-02", "by": None, "note": "Tủ 3"}
    ]
    action["resources"]["lines"] = [
        {"amount_vnd": 2_500_000, "source": "Ngân sách", "spent_vnd": 300_000, "note": "in phiếu"}
    ]
    return ImprovementPlan.model_validate(plan)


PAPERS |= {
    "report of the middle of the year": lambda: progress_report(lived(), ON, photos={0: 3}),
    "sheet of the middle of the year": lambda: action_sheet(
        lived(), 0, ON, [ProgressEntry(date(2026, 11, 5), "Trưởng bản", "Đã họp", None, None, photos=2)]
    ),
}


@pytest.mark.parametrize("paper", [name for name in PAPERS if "middle" in name])
def test_what_was_ticked_reached_and_spent_is_the_same_in_word_and_pdf(paper):
    test_word_and_pdf_say_what_the_tree_says(paper)


def test_the_report_counts_ticks_values_evidence_photographs_and_money_spent():
    document = progress_report(lived(), ON, photos={0: 3})
    result = table(document, "Kết quả từng nội dung")[0][7]
    for words in (
        "Đã thu thập 412 phiếu góp ý.",
        "Đã làm 1/3 biện pháp.",
        "từ 61, mục tiêu 80, đạt 74 %",
        "Đã có 1/2 minh chứng.",
        "3 ảnh.",
    ):
        assert words in result
    money = {row[0]: row[2:] for row in table(document, "Kinh phí theo nguồn")}
    assert money["Ngân sách"][-1] == "300.000"


def test_without_money_spent_the_report_has_no_column_for_it():
    assert len(table(progress_report(sample_plan(), ON), "Kinh phí theo nguồn")[0]) == 3


def test_the_sheet_says_who_did_what_and_where_the_evidence_is():
    facts = dict(table(action_sheet(lived(), 0, ON), "Mục 1"))
    assert facts["Biện pháp đã làm"] == "Lập lịch rà soát vào tháng 9 và tháng 5 (12/09/2026, Đặng Thị Ngọc Ánh)"
    assert facts["Minh chứng đã có"] == "Biên bản họp Hội đồng trường (02/10/2026, Tủ 3)"
    assert facts["Các khoản kinh phí"] == "Ngân sách: dự kiến 2.500.000 đồng, đã chi 300.000 đồng (in phiếu)"
