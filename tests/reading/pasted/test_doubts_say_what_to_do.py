"""A cell that is not understood says what is wrong and what was perhaps meant."""

from __future__ import annotations

import pytest

from caitien.reading.pasted import CellFinding, Pasted, read_pasted
from caitien.reading.pasted_people import names_in, nearest_name


def read(text: str, **more: object) -> Pasted:
    return read_pasted(text, None, school_year="2026-2027", **more)  # type: ignore[arg-type]


def doubt(heading: str, cell: str) -> CellFinding | None:
    pasted = read(f"Nội dung\t{heading}\tPhụ trách\nMua thiết bị dạy học\t{cell}\tKế toán\n")
    (row,) = pasted.rows
    return row.findings[0] if row.findings else None


@pytest.mark.parametrize(
    ("printed", "rule", "words", "suggestion"),
    [
        ("31/02", "unread-period", "tháng 2 chỉ có 28 hoặc 29 ngày", "28/02"),
        ("31/04/2027", "unread-period", "tháng 4 chỉ có 30 ngày", "30/04/2027"),
        ("29/02/2027", "unread-period", "tháng 2 chỉ có 28 ngày", "28/02/2027"),
        ("Trước 31/11/2026", "unread-period", "tháng 11 chỉ có 30 ngày", "Trước 30/11/2026"),
        ("10/15/2026", "unread-period", "ngày 15/10/2026", "15/10/2026"),
        ("Tháng 13", "unread-period", "không có tháng 13", None),
        ("15/12/2026 - 01/10/2026", "unread-period", "kết thúc đứng trước", "01/10/2026 - 15/12/2026"),
        ("Sep-26", "unread-period", "tiếng Anh", "9/2026"),
        ("05-Sep", "unread-period", "tiếng Anh", "05/9/2026"),
        ("46280", "unread-period", "dạng số của Excel", "15/09/2026"),
        ("khi có kinh phí", "unread-period", "hãy ghi tháng hoặc ngày", None),
        ("09 – 05", "spans-year", "09/2026 – 05/2027", None),
        ("Trước 15/10/2025", "other-year", "năm học trước", "Trước 15/10/2026"),
        ("9/2024 - 5/2025", "other-year", "năm học trước", "9/2026 - 5/2027"),
        ("Tháng 3/2025", "other-year", "năm học trước", "Tháng 3/2027"),
        ("#######", "narrow-cell", "cột trong Excel quá hẹp", None),
        ("#REF!", "formula-error", "công thức bị lỗi", None),
    ],
)
def test_times(printed: str, rule: str, words: str, suggestion: str | None) -> None:
    found = doubt("Thời gian", printed)
    assert found is not None
    assert (found.rule, found.suggestion, found.field) == (rule, suggestion, "period")
    assert words in found.message


@pytest.mark.parametrize("printed", ["Tháng 10/2026", "HK I", "Cả năm học", "Trước 15/10/2026", "Thường xuyên", "9/2026 - 5/2027", "Năm 2027"])  # fmt: skip
def test_times_that_are_understood_say_nothing(printed: str) -> None:
    assert doubt("Thời gian", printed) is None


@pytest.mark.parametrize(
    ("printed", "rule", "suggestion"),
    [
        ("một triệu rưỡi", "unread-amount", "1.500.000 đồng"),
        ("Hai mươi bảy triệu bốn trăm nghìn đồng", "unread-amount", "27.400.000 đồng"),
        ("2.75E+07", "unread-amount", "27.500.000 đồng"),
        ("15", "unread-amount", "15 triệu đồng"),
        ("10 triệu - 15 triệu", "unread-amount", None),
        ("18.500", "small-amount", "18.500.000 đồng"),
        ("#####", "narrow-cell", None),
    ],
)
def test_amounts(printed: str, rule: str, suggestion: str | None) -> None:
    found = doubt("Kinh phí", printed)
    assert found is not None
    assert (found.rule, found.suggestion, found.field) == (rule, suggestion, "budget")


@pytest.mark.parametrize("printed", ["27.499.000", "18,5 triệu", "Không", "0", "Chưa xác định", "Chi khác", "500.000đ"])
def test_amounts_that_are_understood_say_nothing(printed: str) -> None:
    assert doubt("Kinh phí", printed) is None


def test_a_column_in_thousands_needs_no_word_about_small_numbers() -> None:
    assert doubt("Kinh phí (nghìn đồng)", "18.500") is None


def test_words_for_a_criterion_that_are_no_code_are_kept_in_the_note() -> None:
    pasted = read("Tiêu chí\tNội dung\tThời gian\nvề thư viện\tMua sách\t10/2026\n")
    assert pasted.actions[0].note == "Tiêu chí ghi: về thư viện"
    assert pasted.rows[0].findings[0].rule == "unread-criterion"


def test_too_many_columns_are_left_out_with_what_stood_there() -> None:
    pasted = read("Nội dung\tHạn\tMàu\tĐơn vị tính\nMua sách\t10/2026\txanh\tquyển\nSửa bàn\t11/2026\t\tbộ\n")
    assert [(left.column.header, left.cells) for left in pasted.left_out] == [
        ("Màu", [(1, "xanh")]),
        ("Đơn vị tính", [(1, "quyển"), (2, "bộ")]),
    ]
    assert [a.model_dump().get("extra") for a in pasted.actions] == [None, None]


def test_a_column_goes_where_a_person_says() -> None:
    text = "Nội dung\tHạn\tMàu\tĐơn vị tính\nMua sách\t10/2026\txanh\tquyển\n"
    pasted = read(text, columns=["objective", None, "note", "note"])
    (action,) = pasted.actions
    assert (action.content, action.objective, action.note, action.period.end) == (
        None,
        "Mua sách",
        "xanh\nquyển",
        "2026-10",
    )
    assert [c.how for c in pasted.columns] == ["chosen", "heading", "chosen", "chosen"]
    assert read(text, columns=["", "", "", ""]).findings[0].rule == "no-action"


def test_words_corrected_by_a_person_are_read_in_place_of_the_cell() -> None:
    text = "Nội dung\tHạn\tKinh phí\nMua sách\t31/02\tmột triệu rưỡi\n"
    pasted = read(
        text, corrections={(1, "period"): "28/02/2027", (1, "budget"): "1.500.000 đồng", (1, "responsible"): "Thư viện"}
    )
    (action,) = pasted.actions
    assert (action.period.end, action.resources.budget_vnd, action.responsible) == (
        "2027-02-28",
        1_500_000,
        ["Thư viện"],
    )
    assert pasted.rows[0].findings == []


def test_a_person_can_say_whether_the_first_row_is_a_heading() -> None:
    text = "Việc\tAi\nMua sách\tThư viện\n"
    assert [a.content for a in read(text, first_row_is_heading=False).actions] == ["Việc", "Mua sách"]
    assert [c.header for c in read(text, first_row_is_heading=True).columns] == ["Việc", "Ai"]


def test_the_nought_that_excel_dropped_is_put_back_and_told() -> None:
    pasted = read("Tiêu chí\tNội dung\tHạn\n1.9\tMua sách\t10/2026\n1.1\tSửa bàn\t11/2026\n")
    assert [a.criteria for a in pasted.actions] == [["1.9"], ["1.10"]]
    assert [f.rule for f in pasted.rows[1].findings] == ["criterion-by-order"]


def test_rows_that_are_no_action_say_why() -> None:
    pasted = read(
        "TT\tNội dung\tHạn\tKinh phí\n(1)\t(2)\t(3)\t(4)\n1\tMua sách\t10/2026\t2.000.000\n\tTổng cộng\t\t2.000.000\n2\t\tTháng 11\t\n"
    )
    assert [(f.rule, f.row) for f in pasted.findings] == [("numbering", 1), ("total", 3), ("row-set-aside", 4)]
    assert len(pasted.actions) == 1


def test_names_of_persons_are_told_from_posts_and_groups() -> None:
    text = "Cô Lường Thị Hoa (tổ trưởng); Tổ Toán; Ban Giám Hiệu\nPhó hiệu trưởng Quàng Minh; Đoàn thanh niên, GVCN; Hà Thị Tố"
    assert names_in(text) == ["Lường Thị Hoa", "Quàng Minh", "Hà Thị Tố"]


def test_a_name_with_a_slip_is_near_the_one_it_means() -> None:
    known = ["Lường Thị Hoa", "Hà Thị Tố", "Hà Thị Tơ"]
    assert nearest_name("Luong Thi Hoa", known) == "Lường Thị Hoa"
    assert nearest_name("Ha Thi To", known) is None  # two could be meant
    assert nearest_name("Bàn Văn Dần", known) is None
