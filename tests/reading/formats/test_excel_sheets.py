"""An Excel workbook as blocks: title lines, tables, bands, merged cells, hidden parts, numbers as they are shown."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font

from caitien.reading.formats.excel_numbers import shown
from caitien.reading.opening import open_source
from caitien.reading.source import Paragraph, SourceDocument, Table
from reading.bad_input.bad_files import xlsx

HEADER = ["TT", "Tiêu chí", "Nội dung", "Thời gian", "Kinh phí"]


def saved(
    tmp_path: Path, *rows: list[object] | None, bold: tuple[int, ...] = (), merge: tuple[str, ...] = ()
) -> SourceDocument:
    """A workbook of one sheet with these rows (None is a blank one), some in bold, some ranges merged."""
    book = Workbook()
    sheet = book.active
    for r, row in enumerate(rows, start=1):
        for c, value in enumerate(row or [], start=1):
            sheet.cell(r, c, value).font = Font(bold=r in bold)
    for area in merge:
        sheet.merge_cells(area)
    book.save(tmp_path / "a.xlsx")
    return open_source(tmp_path / "a.xlsx")


def shape(document: SourceDocument) -> list[str | list[list[str]]]:
    return [
        b.text if isinstance(b, Paragraph) else [[c.text if c else "" for c in line] for line in b.grid()]
        for b in document.blocks
    ]


def test_lines_above_and_below_the_table_are_paragraphs(tmp_path: Path) -> None:
    read = saved(
        tmp_path,
        ["TRƯỜNG THCS SƠN CA"],
        ["KẾ HOẠCH CẢI TIẾN"],
        None,
        HEADER,
        [1, "1.2", "Họp", "HK I", 0],
        None,
        ["HIỆU TRƯỞNG"],
    )
    assert shape(read) == [
        "TRƯỜNG THCS SƠN CA",
        "KẾ HOẠCH CẢI TIẾN",
        [HEADER, ["1", "1.2", "Họp", "HK I", "0"]],
        "HIỆU TRƯỞNG",
    ]


def test_a_title_right_above_its_table_is_a_paragraph(tmp_path: Path) -> None:
    read = saved(tmp_path, ["KẾ HOẠCH"], HEADER, [1, "1.2", "Họp", "HK I", 0])
    assert [type(b) for b in read.blocks] == [Paragraph, Table]


def test_a_band_inside_the_table_stays_in_it(tmp_path: Path) -> None:
    band = ["Tiêu chuẩn 1. Tổ chức và quản lý nhà trường"]
    read = saved(
        tmp_path, HEADER, band, [1, "1.2", "a", "b", 0], band, [2, "2.1", "c", "d", 0], merge=("A2:E2", "A4:E4")
    )
    (table,) = read.tables()
    assert table.row_count == 5
    assert next(c for c in table.cells if c.row == 1).colspan == 5


def test_blank_rows_do_not_cut_the_table(tmp_path: Path) -> None:
    read = saved(tmp_path, HEADER, [1, "1.2", "a", "b", 0], None, ["Tiêu chuẩn 2"], [2, "2.1", "c", "d", 0], bold=(1,))
    (table,) = read.tables()
    assert table.row_count == 4


def test_a_second_table_with_its_own_header_is_another_one(tmp_path: Path) -> None:
    read = saved(
        tmp_path,
        HEADER,
        [1, "1.2", "a", "b", 0],
        None,
        ["VI. GIÁM SÁT"],
        ["Đợt", "Nội dung", "Kết quả"],
        ["Cuối HK I", "x", "y"],
        bold=(1, 5),
    )
    assert [type(b) for b in read.blocks] == [Table, Paragraph, Table]


def test_cells_merged_down_stand_once(tmp_path: Path) -> None:
    read = saved(tmp_path, HEADER, ["I", "1", "a", "b", 0], [None, "2", "c", "d", 0], merge=("A2:A3",))
    (table,) = read.tables()
    merged = next(c for c in table.cells if c.text == "I")
    assert (merged.row, merged.column, merged.rowspan) == (1, 0, 2)


def test_columns_and_rows_that_hold_nothing_are_left_out(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    for c, value in ((2, "a"), (5, "b"), (9, "c")):
        sheet.cell(100, c, value)
        sheet.cell(101, c, value)
    book.save(tmp_path / "a.xlsx")
    (table,) = open_source(tmp_path / "a.xlsx").tables()
    assert (table.row_count, table.column_count) == (2, 3)


def test_every_visible_sheet_is_a_page_and_hidden_ones_are_said(tmp_path: Path) -> None:
    book = Workbook()
    for name in ("Kế hoạch", "Giám sát", "Danh mục"):
        sheet = book.create_sheet(name)
        for row in (HEADER, [1, 2, 3, 4, 5]):
            sheet.append(row)
    book["Danh mục"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    read = open_source(tmp_path / "a.xlsx")
    assert [(t.title, t.page) for t in read.tables()] == [("Kế hoạch", 1), ("Giám sát", 2)]
    assert read.pages == 2
    assert any("Danh mục" in note for note in read.notes)


def test_hidden_rows_are_left_out_and_said(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(HEADER)
    book.active.append([1, 2, 3, 4, 5])
    book.active.row_dimensions[2].hidden = True
    book.save(tmp_path / "a.xlsx")
    read = open_source(tmp_path / "a.xlsx")
    assert next(read.tables()).row_count == 1
    assert "ẩn" in read.notes[0]


def test_a_formula_that_was_never_computed_is_said(tmp_path: Path) -> None:
    read = saved(tmp_path, HEADER, [1, "1.2", "a", "b", 5], ["Cộng", None, None, None, "=SUM(E2:E2)"])
    assert next(read.tables()).row_count == 3
    assert "công thức" in read.notes[0]


def test_numbers_and_dates_are_text_as_shown_with_the_number_beside(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    for c, (value, format) in enumerate(
        [
            (27499000, "#,##0"),
            (date(2025, 10, 15), "dd/mm/yyyy"),
            (datetime(2025, 11, 1), "mmm-yy"),
            (0.25, "0%"),
            (3, "General"),
        ],
        start=1,
    ):
        sheet.cell(1, c, value).number_format = format
        sheet.cell(2, c, "x")
    book.save(tmp_path / "a.xlsx")
    cells = next(open_source(tmp_path / "a.xlsx").tables()).cells[:5]
    assert [c.text for c in cells] == ["27.499.000", "15/10/2025", "11/2025", "25%", "3"]
    assert [c.number for c in cells] == [27499000, None, None, 0.25, 3]


@pytest.mark.parametrize(
    ("value", "format", "text"),
    [
        (27499000, '#,##0 "đồng"', "27.499.000 đồng"),
        (1234567.5, '_-* #,##0.00\\ "₫"_-;-* #,##0.00', "1.234.567,50 ₫"),
        (1.1, "0.00", "1.10"),
        (1.2, "General", "1.2"),
        (18.5, "#,##0.##", "18,5"),
        (-5, "#,##0;(#,##0)", "(5)"),
        (0, '#,##0;-#,##0;"-"', "-"),
        (7, "00", "07"),
        (3, '"Tiêu chí "0', "Tiêu chí 3"),
        (45931, "[$-42A]dd mmmm yyyy", "01/10/2025"),
        (45931, "dd-mmm", "01/10"),
        (45931, "d/m/yy", "1/10/2025"),
        (45931.5, "dd/mm/yyyy hh:mm", "01/10/2025 12:00"),
        (0.25, "h:mm", "6:00"),
        (5, "@", "5"),
    ],
)
def test_a_number_is_shown_as_its_format_says(value: float, format: str, text: str) -> None:
    assert shown(float(value), format)[0] == text


@given(st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=12))
def test_no_format_and_no_number_breaks_the_reader(value: float, format: str) -> None:
    text, number = shown(value, format)
    assert isinstance(text, str)
    assert number is None or number == value


def test_strings_with_runs_and_breaks_are_read(tmp_path: Path) -> None:
    rich = "<is><r><t>Hạn </t></r><r><t>30/11</t></r></is>"
    cell = f'<c r="A1" t="inlineStr">{rich}</c><c r="B1" t="inlineStr"><is><t>a_x000D_&#10;b</t></is></c>'
    read = open_source(xlsx(tmp_path / "a", f'<sheetData><row r="1">{cell}</row></sheetData>'))
    assert [c.text for t in read.tables() for c in t.cells] == ["Hạn 30/11", "a\nb"]


def test_cells_without_references_are_counted_from_the_left(tmp_path: Path) -> None:
    cells = "".join(f'<c t="inlineStr"><is><t>{x}</t></is></c>' for x in "abc")
    read = open_source(xlsx(tmp_path / "a", f"<sheetData><row>{cells}</row><row>{cells}</row></sheetData>"))
    assert shape(read) == [[["a", "b", "c"], ["a", "b", "c"]]]


def test_a_merge_as_wide_as_the_sheet_does_no_harm(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>KẾ HOẠCH</t></is></c></row>'
    rest = '<row r="3"><c r="A3"><v>1</v></c><c r="B3"><v>2</v></c></row>'
    merge = '<mergeCells><mergeCell ref="A1:XFD2"/></mergeCells>'
    read = open_source(xlsx(tmp_path / "a", f"<sheetData>{cells}{rest}</sheetData>{merge}"))
    assert read.blocks
