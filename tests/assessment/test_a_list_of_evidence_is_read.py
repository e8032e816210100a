"""A list of evidence out of a file: five columns of 2026, six of 2018, a school's own; doubled codes are said, nothing is lost."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caitien.assessment.evidence_list_reading import joined, read_rows, rows_of_lines
from caitien.assessment.model import EvidenceEntry, SelfAssessment
from caitien.errors import ReadingError
from caitien.reading.evidence_list import read_evidence_list
from caitien.standards import load
from caitien.writing import assessment as papers

NEW = load("tt57-2026-pho-thong")
OLD = load("tt17-2018-tieu-hoc")
FIVE = ["TT", "Mã minh chứng", "Tên minh chứng", "Định dạng, vị trí lưu trữ hoặc đường dẫn điện tử", "Ghi chú"]
SIX = ["TT", "Mã minh chứng", "Tên minh chứng", "Số, ngày ban hành, hoặc thời điểm khảo sát", "Nơi ban hành hoặc nhóm, cá nhân thực hiện", "Ghi chú"]  # fmt: skip


def _rules(rows: list[list[str]]) -> list[str]:
    return [one.rule for one in read_rows([FIVE, *rows], NEW).findings]


def test_the_five_columns_of_2026() -> None:
    made = read_rows(
        [
            ["DANH MỤC MINH CHỨNG", "", "", "", ""],
            FIVE,
            ["(1)", "(2)", "(3)", "(4)", "(5)"],
            ["1", "MC.1.1.01", "Chiến lược phát triển", "PDF, Drive của trường", ""],
            ["2", "MC.1.3.02", "Sổ tài sản", "Bản giấy, phòng kế toán", "có 2 quyển"],
        ],
        NEW,
    )
    assert [(e.code, e.name, e.place, e.note, e.criteria) for e in made.entries] == [
        ("MC.1.1.01", "Chiến lược phát triển", "PDF, Drive của trường", None, ["1.1"]),
        ("MC.1.3.02", "Sổ tài sản", "Bản giấy, phòng kế toán", "có 2 quyển", ["1.3"]),
    ]
    assert made.findings == []


def test_the_six_columns_of_2018_with_number_and_date_in_one() -> None:
    made = read_rows(
        [SIX, ["1", "[H1-1.1-01]", "Quyết định thành lập", "Số 12/QĐ-UBND ngày 10/9/2019", "UBND huyện Sao Mai", ""]],
        OLD,
    )
    (entry,) = made.entries
    assert (entry.number, entry.date, entry.issuer) == ("12/QĐ-UBND", "2019-09-10", "UBND huyện Sao Mai")
    assert entry.criteria == ["1.1"]


def test_bands_give_their_criterion_and_are_no_entries() -> None:
    made = read_rows(
        [
            FIVE,
            ["Tiêu chuẩn 1: Quản trị nhà trường"] * 5,
            ["Tiêu chí 1.2: Cơ cấu tổ chức", "", "", "", ""],
            ["1", "", "Quyết định phân công", "", ""],
            ["", "Tiêu chí 1.3", "", "", ""],
            ["2", "MC.1.1.05", "Kế hoạch tháng", "", ""],
        ],
        NEW,
    )
    assert [(e.code, e.criteria) for e in made.entries] == [(None, ["1.2"]), ("MC.1.1.05", ["1.1", "1.3"])]


def test_a_code_again_with_the_same_name_is_one_evidence_of_two_criteria() -> None:
    rows = [
        ["Tiêu chí 1.1", "", "", "", ""],
        ["1", "MC.1.1.01", "Chiến lược", "", ""],
        ["Tiêu chí 1.4", "", "", "", ""],
        ["2", "MC.1.1.01", "Chiến  lược", "PDF", ""],
    ]
    made = read_rows([FIVE, *rows], NEW)
    (entry,) = made.entries
    assert (entry.criteria, entry.place) == (["1.1", "1.4"], "PDF")


def test_a_code_again_with_another_name_is_said_and_both_are_kept() -> None:
    made = read_rows([FIVE, ["1", "MC.1.1.01", "Chiến lược", "", ""], ["2", "MC.1.1.01", "Biên bản", "", ""]], NEW)
    assert [e.name for e in made.entries] == ["Chiến lược", "Biên bản"]
    (one,) = made.findings
    assert (one.rule, one.severity, one.place.evidence) == ("same-code-twice", "error", 1)


@pytest.mark.parametrize(
    ("words", "code", "old", "rule"),
    [
        ("MC.1.1.01; [H1-1.1-01]", "MC.1.1.01", ["[H1-1.1-01]"], None),
        ("[H1-1.1-01]", None, ["[H1-1.1-01]"], "not-a-code"),
        ("MC.1.1.01, MC.1.1.02", "MC.1.1.01", ["MC.1.1.02"], "two-codes"),
        ("mã số 5", None, ["mã số 5"], "not-a-code"),
        ("", None, [], None),
    ],
)
def test_codes_of_other_lists_are_kept_as_old_codes(
    words: str, code: str | None, old: list[str], rule: str | None
) -> None:
    made = read_rows([FIVE, ["1", words, "Chiến lược", "", ""]], NEW)
    assert (made.entries[0].code, made.entries[0].old_codes) == (code, old)
    assert [one.rule for one in made.findings] == ([rule] if rule else [])


def test_columns_of_a_schools_own_go_into_the_note() -> None:
    rows = [["STT", "Mã MC", "Tên minh chứng", "Hộp số", "Tình trạng", "Tiêu chí", "Người giữ"],
            ["1", "MC.1.1.01", "Chiến lược", "3", "Đã xác nhận", "1.1, 1.4, 9.9", "Cô Mận"]]  # fmt: skip
    made = read_rows(rows, NEW)
    (entry,) = made.entries
    assert entry.note == "Hộp số: 3; Người giữ: Cô Mận"
    assert (entry.state, entry.criteria) == ("verified", ["1.1", "1.4"])
    assert [one.rule for one in made.findings] == ["not-in-framework"]


def test_a_row_without_a_name_is_kept_and_said() -> None:
    made = read_rows([FIVE, ["1", "MC.1.1.01", "", "tủ 3", ""]], NEW)
    assert made.entries[0].place == "tủ 3"
    assert [one.rule for one in made.findings] == ["no-name"]
    assert _rules([["7", "", "", "", ""]]) == []


def test_a_table_that_is_no_list_of_evidence_gives_nothing() -> None:
    made = read_rows([["TT", "Họ và tên", "Chức vụ"], ["1", "Trần Văn Mít", "Tổ trưởng"]], NEW)
    assert not made.found_headings
    assert made.entries == []


def test_joining_fills_what_is_empty_and_keeps_what_was_there() -> None:
    here = [EvidenceEntry(code="MC.1.1.01", name="Chiến lược", place="Tủ 1", criteria=["1.1"])]
    there = [
        EvidenceEntry(code="MC.1.1.01", name="Chiến lược", place="Tủ 2", number="5/CL", criteria=["1.4"]),
        EvidenceEntry(code="MC.1.1.01", name="Biên bản"),
        EvidenceEntry(code="MC.1.1.02", name="Sổ họp"),
    ]
    result, findings = joined(here, there)
    assert [(e.name, e.place, e.number) for e in result] == [
        ("Chiến lược", "Tủ 1", "5/CL"), ("Biên bản", None, None), ("Sổ họp", None, None),
    ]  # fmt: skip
    assert result[0].criteria == ["1.1", "1.4"]
    assert [one.rule for one in findings] == ["says-otherwise", "same-code-twice"]
    assert here[0].number is None


def _book(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read() -> None:
    made = read_evidence_list(_book(["Danh mục"], FIVE, [1, "MC.1.1.01", "Chiến lược", "PDF", None]), NEW)
    assert [(e.code, e.name) for e in made.entries] == [("MC.1.1.01", "Chiến lược")]


def test_a_file_without_a_list_is_refused_with_what_it_needs() -> None:
    with pytest.raises(ReadingError, match="Không tìm thấy danh mục minh chứng"):
        read_evidence_list(_book(["Khối", "Số lớp"], [6, 4]), NEW)


@pytest.mark.parametrize("file_format", ["docx", "xlsx", "pdf"])
def test_the_list_that_we_write_is_read_back(file_format: Any) -> None:
    entries = [
        EvidenceEntry(code=f"MC.1.{c}.{n:02d}", name=f"Hồ sơ số {n} của tiêu chí 1.{c}", place="Bản giấy, văn phòng")
        for c in (1, 2, 3, 4)
        for n in range(1, 11)
    ]
    value = SelfAssessment(framework=NEW.id, school_year="2025-2026", evidence=entries)
    form = next(f.id for f in papers.list_forms(NEW.id) if "evidence" in f.id or "minh-chung" in f.id)
    made = read_evidence_list(papers.write(value, form, file_format), NEW)
    assert [(e.code, e.name, e.place) for e in made.entries] == [(e.code, e.name, e.place) for e in entries]


def test_a_paste_is_rows_of_cells() -> None:
    rows = rows_of_lines("TT\tMã minh chứng\tTên minh chứng\n1\tMC.1.1.01\tChiến lược\n\n")
    assert read_rows(rows, NEW).entries[0].code == "MC.1.1.01"


CELLS = st.sampled_from(
    ["", "1", "MC.1.1.01", "MC.1.3.02", "[H1-1.1-01]", "Chiến lược", "Sổ họp tổ", "Tiêu chí 1.3", "bản giấy", "=1+1"]
)


@given(st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=8))
def test_no_word_of_a_row_is_lost(rows: list[list[str]]) -> None:
    made = read_rows([FIVE, *rows], NEW)
    kept = " ".join(entry.model_dump_json() for entry in made.entries)
    kept += " ".join(f"{one.message} {one.quote}" for one in made.findings)
    for row in rows:
        for column, cell in enumerate(row):
            if column and len(cell) > 1 and not cell.startswith("Tiêu chí"):
                assert cell in kept


def test_a_criterion_named_in_the_first_row_of_its_evidence_holds_for_the_rows_under_it() -> None:
    rows = [
        ["Tiêu chí", "Mã minh chứng", "Tên minh chứng"],
        ["Tiêu chí 1.1", "[H1-1.1-01]", "Chiến lược"],
        ["", "H1 - 1.1 - 4", "Sổ nghị quyết"],
        ["Tiêu chí 1.2", "", "Biên bản họp"],
        ["", "", "Quyết định thành lập"],
    ]
    assert [one.criteria for one in read_rows(rows, OLD).entries] == [["1.1"], ["1.1"], ["1.2"], ["1.2"]]


def test_a_list_of_2018_read_with_the_framework_of_2026_says_first_which_framework_to_choose() -> None:
    rows = [FIVE, ["1", "[H1-1.1-01]", "Chiến lược", "", ""], ["2", "[H1-1.1-02]", "Kế hoạch", "", ""]]
    first = read_rows(rows, NEW).findings[0]
    assert first.rule == "other-framework"
    assert "chọn khung 2018" in first.message
    assert "other-framework" not in [one.rule for one in read_rows(rows, OLD).findings]
    mostly_new = [FIVE, ["1", "MC.1.1.01", "Chiến lược", "", ""], ["2", "[H1-1.1-02]", "Kế hoạch", "", ""]]
    assert "other-framework" not in [one.rule for one in read_rows(mostly_new, NEW).findings]
