"""School data leaves as a workbook and comes back cell by cell, however the workbook was treated meanwhile."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any
from unicodedata import normalize

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caitien.assessment.model import TableData
from caitien.assessment.tables_loading import tables_for
from caitien.assessment.tables_model import SchoolTables, last_years
from caitien.errors import ReadingError
from caitien.reading.tables_workbook import TablesRead, read_tables, taken_over
from caitien.writing.tables_workbook import tables_workbook

YEAR = "2025-2026"


def _tables() -> SchoolTables:
    tables = tables_for("tt57-2026-pho-thong", "thcs")
    assert tables is not None
    return tables


TABLES = _tables()


def _sample() -> list[TableData]:
    return [
        TableData(table="head", texts={"province": {"value": "Tỉnh Sao Mai"}, "phone": {"value": "0909 000 111"}}, cells={"public": {"value": 1}}),
        TableData(
            table="classes",
            cells={f"grade-{g}": dict.fromkeys(last_years(YEAR, 3), g) for g in (6, 7, 8, 9)},
            source="Sổ đăng bộ",
            as_of="2025-10-05",
        ),
        TableData(table="staff-now", cells={"teachers": {"total": 28, "female": 20}}),
        TableData(table="pupils", cells={"total": {YEAR: 1234}}, texts={"new": {YEAR: "khoảng 300"}}),
        TableData(table="results", cells={"study-good": {YEAR: 12.5, "2024-2025": 30}}),
    ]  # fmt: skip


def _edited(edit: Callable[[Any], None], data: list[TableData] | None = None) -> TablesRead:
    book = openpyxl.load_workbook(BytesIO(tables_workbook(TABLES, YEAR, data or _sample(), "Trường THCS Sao Mai")))
    edit(book)
    out = BytesIO()
    book.save(out)
    return read_tables(out.getvalue(), TABLES)


def _plain(data: list[TableData]) -> dict[str, Any]:
    return {
        one.table: (one.cells, one.texts, one.source, one.as_of)
        for one in data
        if one.cells or one.texts or one.source or one.as_of
    }


def _sheet(book: Any, start: str) -> Any:
    return next(sheet for sheet in book.worksheets if sheet.title.startswith(start))


def _row(sheet: Any, key: str) -> int:
    return next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == key)


def _column(sheet: Any, key: str) -> int:
    line = _row(sheet, "#columns")
    return next(c for c in range(1, sheet.max_column + 1) if sheet.cell(line, c).value == key)


def test_out_and_in_is_the_same_and_says_nothing() -> None:
    made = _edited(lambda book: None)
    assert _plain(made.data) == _plain(_sample())
    assert [f.rule for f in made.findings] == ["not-a-number"]  # "khoảng 300", which was no number before either


def test_a_computed_cell_is_not_typed_when_the_file_comes_back_and_follows_its_parts() -> None:
    def edit(book: Any) -> None:
        sheet = _sheet(book, "1 ")
        assert sheet.cell(_row(sheet, "total"), _column(sheet, YEAR)).value == 30
        sheet.cell(_row(sheet, "grade-6"), _column(sheet, YEAR), 8)

    made = {one.table: one for one in _edited(edit).data}
    assert made["classes"].cells["grade-6"][YEAR] == 8
    assert "total" not in made["classes"].cells


def test_a_computed_cell_that_somebody_wrote_over_is_typed() -> None:
    def edit(book: Any) -> None:
        sheet = _sheet(book, "1 ")
        sheet.cell(_row(sheet, "total"), _column(sheet, YEAR), 31)

    made = {one.table: one for one in _edited(edit).data}
    assert made["classes"].cells["total"] == {YEAR: 31}


def test_lines_put_in_and_sheets_renamed_and_moved_harm_nothing() -> None:
    def edit(book: Any) -> None:
        sheet = _sheet(book, "1 ")
        sheet.insert_rows(_row(sheet, "grade-8"), 2)
        sheet.cell(_row(sheet, "grade-8") - 1, 3, "Lớp ghép")
        sheet.cell(_row(sheet, "grade-8") - 1, 4, 2)
        sheet.title = "so lop cua truong"
        _sheet(book, "4a").sheet_state = "hidden"
        book.move_sheet(sheet, 3)

    made = _edited(edit)
    assert _plain(made.data) == _plain(_sample())
    (added,) = [f for f in made.findings if f.rule == "row-added"]
    assert added.quote == "Lớp ghép | 2"
    assert "so lop cua truong" in added.message


def test_columns_put_in_harm_nothing() -> None:
    def edit(book: Any) -> None:
        sheet = _sheet(book, "1 ")
        sheet.insert_cols(5)
        sheet.insert_cols(1)

    assert _plain(_edited(edit).data) == _plain(_sample())


@pytest.mark.parametrize(
    ("written", "format", "value"),
    [
        ("1.234", None, 1234), ("12,5", None, 12.5), ("12,5%", None, 12.5), (0.125, "0.0%", 12.5), (12.5, None, 12.5),
        ("1.234,5", None, 1234.5), (" 98 ", "@", 98), ("'", None, None), ("-", None, None), ("không", None, 0),
    ],
)  # fmt: skip
def test_numbers_however_they_were_typed(written: object, format: str | None, value: float | None) -> None:
    def edit(book: Any) -> None:
        sheet = _sheet(book, "4c")
        cell = sheet.cell(_row(sheet, "study-fair"), _column(sheet, YEAR), written)
        if format:
            cell.number_format = format

    made = {one.table: one for one in _edited(edit).data}
    assert made["results"].cells.get("study-fair", {}).get(YEAR) == value


def test_what_is_no_number_is_kept_as_words_with_its_place() -> None:
    def edit(book: Any) -> None:
        sheet = _sheet(book, "1 ")
        sheet.cell(_row(sheet, "grade-6"), _column(sheet, YEAR), "bốn lớp")

    made = _edited(edit)
    assert {one.table: one for one in made.data}["classes"].texts == {"grade-6": {YEAR: "bốn lớp"}}
    said = next(f.message for f in made.findings if f.rule == "not-a-number" and f.place.table == "classes")
    assert "ô F9 (Khối lớp 6): “bốn lớp” không phải là một số" in said


def test_a_date_that_excel_made_of_a_number_is_said() -> None:
    def edit(book: Any) -> None:
        from datetime import datetime

        sheet = _sheet(book, "4c")
        sheet.cell(_row(sheet, "study-fair"), _column(sheet, YEAR), datetime(2026, 5, 12)).number_format = "d/m/yyyy"

    made = _edited(edit)
    assert any("12/5/2026" in f.message for f in made.findings if f.rule == "not-a-number")


def test_a_formula_is_its_result_and_one_without_result_is_said() -> None:
    def edit(book: Any) -> None:
        sheet = _sheet(book, "1 ")
        sheet.cell(_row(sheet, "grade-6"), _column(sheet, YEAR), "=2+2")

    made = _edited(edit)
    assert any(f.rule == "no-result" and "công thức chưa có kết quả" in f.message for f in made.findings)


def test_words_that_look_like_a_formula_stay_words() -> None:
    data = [
        TableData(table="head", texts={"website": {"value": '=HYPERLINK("x")'}, "commune": {"value": "@Xã _x0041_"}})
    ]
    content = tables_workbook(TABLES, YEAR, data)
    assert b"<f>" not in b"".join(
        zipfile.ZipFile(BytesIO(content)).read(n) for n in zipfile.ZipFile(BytesIO(content)).namelist()
    )
    assert _plain(read_tables(content, TABLES).data) == _plain(data)


def test_headings_are_locked_and_cells_for_numbers_are_not() -> None:
    book = openpyxl.load_workbook(BytesIO(tables_workbook(TABLES, YEAR, _sample())))
    sheet = _sheet(book, "3a")
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not sheet.protection.insertRows
    teachers = _row(sheet, "teachers")
    assert sheet.cell(teachers, 3).protection.locked
    assert not sheet.cell(teachers, _column(sheet, "total")).protection.locked
    assert sheet.column_dimensions["A"].hidden


def test_what_the_file_has_no_place_for_stays_and_what_was_emptied_goes() -> None:
    before = [*_sample(), TableData(table="riêng", cells={"a": {"b": 1}})]
    before[1].cells["grade-6"]["2019-2020"] = 9

    def edit(book: Any) -> None:
        sheet = _sheet(book, "1 ")
        sheet.cell(_row(sheet, "grade-7"), _column(sheet, YEAR)).value = None
        sheet.delete_rows(_row(sheet, "grade-9"))

    read = _edited(edit, before)
    after = {one.table: one for one in taken_over(before, read)}
    assert after["classes"].cells["grade-6"]["2019-2020"] == 9
    assert YEAR not in after["classes"].cells["grade-7"]
    assert after["classes"].cells["grade-9"][YEAR] == 9
    assert after["riêng"].cells == {"a": {"b": 1}}
    assert [f.place.row for f in read.findings if f.rule == "row-gone"] == ["grade-9"]


def test_words_beside_a_number_that_did_not_change_stay() -> None:
    before = [TableData(table="classes", cells={"grade-6": {YEAR: 4}}, texts={"grade-6": {YEAR: "gồm 1 lớp ghép"}})]
    assert taken_over(before, _edited(lambda book: None, before)) == before


def test_a_line_copied_with_other_numbers_is_said() -> None:
    def edit(book: Any) -> None:
        sheet = _sheet(book, "1 ")
        end = sheet.max_row + 1
        for c in range(1, 8):
            sheet.cell(end, c, sheet.cell(_row(sheet, "grade-6"), c).value)
        sheet.cell(end, _column(sheet, YEAR), 77)

    made = _edited(edit)
    (said,) = [f for f in made.findings if f.rule == "same-row-twice"]
    assert said.quote == "77"
    assert {one.table: one for one in made.data}["classes"].cells["grade-6"][YEAR] == 6


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 hello", b"PK\x03\x04 half", b"just words", b"\xff\xd8\xff\xe0"])
def test_a_file_that_is_none_of_ours_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(ReadingError):
        read_tables(content, TABLES)


def test_somebody_elses_workbook_is_refused_with_what_to_do() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "Khối 6"
    out = BytesIO()
    book.save(out)
    with pytest.raises(ReadingError, match="hãy tải tệp Excel của các bảng số liệu"):
        read_tables(out.getvalue(), TABLES)


def test_a_sheet_of_somebodys_own_beside_ours_is_said() -> None:
    def edit(book: Any) -> None:
        book.create_sheet("nháp")["B2"] = "ghi chú của tôi"

    (said,) = [f for f in _edited(edit).findings if f.rule == "not-our-sheet"]
    assert said.quote == "ghi chú của tôi"


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Cf", "Zl", "Zp")), min_size=1, max_size=40
).map(lambda text: " ".join(normalize("NFC", text).split()))
NUMBERS = st.integers(0, 10**9) | st.floats(0, 10**6, allow_nan=False).map(lambda n: round(n, 4))


@st.composite
def _any_data(draw: st.DrawFn) -> list[TableData]:
    data = []
    for table in TABLES.tables:
        cells: dict[str, dict[str, int | float | None]] = {}
        texts: dict[str, dict[str, str]] = {}
        for row in draw(st.lists(st.sampled_from(table.rows), max_size=5, unique_by=lambda row: row.id)):
            for column in draw(st.sets(st.sampled_from(TABLES.columns(table, YEAR)))):
                if row.kind == "text":
                    if words := draw(WORDS):
                        texts.setdefault(row.id, {})[column] = words
                elif row.kind == "flag":
                    cells.setdefault(row.id, {})[column] = draw(st.sampled_from([0, 1]))
                else:
                    cells.setdefault(row.id, {})[column] = draw(NUMBERS)
        source = draw(st.none() | st.just("Sổ đăng bộ"))
        data.append(TableData(table=table.id, cells=cells, texts=texts, source=source))
    return data


@given(_any_data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_numbers_and_words_come_back_as_they_went(data: list[TableData]) -> None:
    assert _plain(read_tables(tables_workbook(TABLES, YEAR, data), TABLES).data) == _plain(data)


@pytest.mark.parametrize("written", ["1e999", "-1e999", "nan", "1e300"])
def test_a_number_that_no_school_has_is_kept_as_words_and_asked_about(written: str) -> None:
    book = tables_workbook(TABLES, YEAR, [TableData(table="classes", cells={"grade-6": {YEAR: 77771}})])
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v>77771</v>", f"<v>{written}</v>".encode()))
    read = read_tables(out.getvalue(), TABLES)
    (classes,) = [one for one in read.data if one.table == "classes"]
    assert classes.cells == {}
    assert list(classes.texts) == ["grade-6"]
    assert [one.rule for one in read.findings] == ["not-a-number"]
