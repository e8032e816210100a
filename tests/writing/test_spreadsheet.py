"""XLSX: the plan on the first sheet, real numbers, merged cells, print setup."""

from __future__ import annotations

from io import BytesIO

import openpyxl

from caitien import writing
from writing.sample_plan import sample_plan


def book(form: str):
    return openpyxl.load_workbook(BytesIO(writing.write(sample_plan(), form, "xlsx")))


def test_the_plan_is_the_first_sheet_and_the_words_the_last():
    assert book("tt57-bieu-2").sheetnames == [
        "Kế hoạch cải tiến chất lượng",
        "Vấn đề trọng tâm",
        "Giám sát nội bộ",
        "Thuyết minh",
    ]


def test_amounts_are_numbers():
    sheet = book("plan-weakness").worksheets[0]
    amounts = {
        c.value: c.number_format for row in sheet.iter_rows() for c in row if isinstance(c.value, int) and c.value > 99
    }
    assert amounts == {27499000: "#,##0", 3200000: "#,##0"}


def test_the_header_is_frozen_filtered_and_printed_on_every_page():
    sheet = book("tt57-bieu-2").worksheets[0]
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:J17"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet["B4"].value == "Nội dung cải tiến"
    assert sheet["B5"].alignment.wrap_text


def test_standards_are_merged_down():
    merged = {str(area) for area in book("plan-weakness").worksheets[0].merged_cells.ranges}
    assert {"A5:A8", "A9:A10", "A11:A13", "A14:A16"} <= merged


def test_no_excel_name_or_text_is_too_long():
    plan = sample_plan(actions=[{"content": "dài " * 20_000}])
    sheet = openpyxl.load_workbook(BytesIO(writing.write(plan, "tt57-bieu-2", "xlsx"))).worksheets[0]
    assert len(sheet["B5"].value) == 32_767
