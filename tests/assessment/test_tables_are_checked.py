"""School data: sums are computed, shares follow, what does not agree is one sentence; no number ever decides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caitien.assessment.model import TableData
from caitien.assessment.tables_checking import table_findings
from caitien.assessment.tables_filling import filled
from caitien.assessment.tables_loading import tables_for
from caitien.assessment.tables_model import SchoolTables, TableRow
from caitien.assessment.tables_numbers import shown, typed

YEAR = "2025-2026"
GRADES = ("grade-6", "grade-7", "grade-8", "grade-9")


@pytest.fixture(scope="module")
def thcs() -> SchoolTables:
    tables = tables_for("tt57-2026-pho-thong", "thcs")
    assert tables is not None
    return tables


def _year(**rows: float | None) -> dict[str, dict[str, int | float | None]]:
    return {row.replace("_", "-"): {YEAR: value} for row, value in rows.items()}


def _rules(tables: SchoolTables, *data: TableData) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in table_findings(tables, YEAR, data):
        found.setdefault(one.rule, []).append(one.message)
    return found


def test_a_sum_is_computed_and_not_typed(thcs: SchoolTables) -> None:
    data = [TableData(table="classes", cells=_year(grade_6=4, grade_7=4, grade_8=3, grade_9=3))]
    cell = filled(thcs, YEAR, data).cell("classes", "total", YEAR)
    assert (cell.value, cell.origin, cell.differs) == (14, "sum", False)
    assert "total" not in data[0].cells


def test_half_a_sum_is_no_sum(thcs: SchoolTables) -> None:
    data = [TableData(table="classes", cells=_year(grade_6=4, grade_7=None))]
    assert filled(thcs, YEAR, data).cell("classes", "total", YEAR).value is None


def test_a_typed_sum_that_differs_stands_beside_the_computed_one(thcs: SchoolTables) -> None:
    data = TableData(table="classes", cells=_year(grade_6=4, grade_7=4, grade_8=3, grade_9=3, total=15))
    cell = filled(thcs, YEAR, [data]).cell("classes", "total", YEAR)
    assert (cell.value, cell.computed, cell.differs) == (15, 14, True)
    (said,) = _rules(thcs, data)["sum-differs"]
    assert said == ("Bảng 1, Cộng, năm học 2025-2026: đã ghi 15 nhưng cộng các phần là 14; hãy sửa một trong hai.")


def test_a_typed_sum_less_than_the_parts_known_so_far_is_doubtful(thcs: SchoolTables) -> None:
    assert "sum-differs" in _rules(thcs, TableData(table="classes", cells=_year(grade_6=9, grade_7=9, total=15)))
    assert "sum-differs" not in _rules(thcs, TableData(table="classes", cells=_year(grade_6=4, total=15)))


def test_teachers_are_typed_once_and_found_in_both_tables(thcs: SchoolTables) -> None:
    data = [
        TableData(table="staff-now", cells={"teachers": {"total": 28}}),
        TableData(table="classes", cells=_year(grade_6=4, grade_7=4, grade_8=3, grade_9=3)),
        TableData(table="staff-years", cells={"teachers": {"2024-2025": 27}}),
    ]
    sheet = filled(thcs, YEAR, data)
    assert sheet.cell("staff-years", "teachers", YEAR).origin == "same"
    assert sheet.cell("staff-years", "per-class", YEAR).value == 2.0
    assert sheet.cell("staff-years", "teachers", "2024-2025").value == 27
    assert sheet.cell("staff-years", "teachers", "2023-2024").value is None
    printed = {one.table: one for one in sheet.as_data()}
    assert printed["staff-years"].cells["teachers"] == {"2024-2025": 27, YEAR: 28}
    other = TableData(table="staff-years", cells={"teachers": {YEAR: 30}})
    assert "số đã ghi ở bảng khác là 28" in _rules(thcs, data[0], other)["same-differs"][0]


def test_a_share_is_computed_and_a_rounded_one_is_accepted(thcs: SchoolTables) -> None:
    pupils = _year(grade_6=120, grade_7=110, grade_8=100, grade_9=90, right_age=415)
    assert filled(thcs, YEAR, [TableData(table="pupils", cells=pupils)]).cell(
        "pupils", "right-age-rate", YEAR
    ).value == pytest.approx(98.81)
    for rate, doubtful in ((98.8, False), (99, False), (90, True)):
        data = TableData(table="pupils", cells=pupils | _year(right_age_rate=rate))
        assert ("quotient-differs" in _rules(thcs, data)) is doubtful


@pytest.mark.parametrize(
    ("table", "row", "value", "rule"),
    [
        ("pupils", "female", -3, "negative"),
        ("pupils", "female", 12.5, "not-whole"),
        ("pupils", "new", 999_999_999, "too-much"),
        ("results", "study-good", 101, "too-much"),
        ("pupils", "female", 0, "unusual"),
        ("pupils", "per-class", 96, "unusual"),
        ("head", "public", 7, "not-a-flag"),
    ],
)
def test_an_absurd_number_is_asked_about(thcs: SchoolTables, table: str, row: str, value: float, rule: str) -> None:
    column = "value" if table == "head" else YEAR
    assert rule in _rules(thcs, TableData(table=table, cells={row: {column: value}}))


def test_a_thousand_that_excel_read_as_one_is_recognised(thcs: SchoolTables) -> None:
    (said,) = _rules(thcs, TableData(table="pupils", cells=_year(total=1.234)))["not-whole"]
    assert "có phải là 1.234?" in said


def test_more_girls_than_pupils_is_said(thcs: SchoolTables) -> None:
    (said,) = _rules(thcs, TableData(table="pupils", cells=_year(total=400, female=410)))["more-than"]
    assert said == ("Bảng 4a, Tổng số học sinh – Nữ, năm học 2025-2026: 410 lớn hơn “Tổng số học sinh” (400).")


def test_more_women_than_staff_and_too_many_qualifications_are_said(thcs: SchoolTables) -> None:
    data = TableData(
        table="staff-now", cells={"teachers": {"total": 20, "female": 21, "below": 1, "standard": 15, "above": 6}}
    )
    said = _rules(thcs, data)["more-than"]
    assert any("cột Tổng số (20)" in one for one in said)
    assert any("Ba mức trình độ đào tạo cộng lại là 22, quá 20" in one for one in said)


def test_rates_of_one_choice_are_never_more_than_a_hundred(thcs: SchoolTables) -> None:
    data = TableData(table="results", cells=_year(study_good=60, study_fair=35, study_below=12))
    assert "Các tỉ lệ học tập cộng lại là 107, quá 100" in _rules(thcs, data)["more-than"][0]


def test_a_number_three_times_last_years_is_asked_about(thcs: SchoolTables) -> None:
    data = TableData(table="pupils", cells={"grade-6": {"2024-2025": 120, YEAR: 1200}})
    assert "từ 120 (2024-2025) thành 1.200 (2025-2026)" in _rules(thcs, data)["sudden-change"][0]


def test_what_is_missing_is_said_row_by_row_but_not_for_years_not_begun(thcs: SchoolTables) -> None:
    said = _rules(thcs, TableData(table="classes", cells=_year(grade_6=4)))["number-missing"]
    assert len(said) == 3
    assert all("2025-2026" in one and "2024-2025" not in one for one in said)


def test_numbers_of_rows_and_tables_that_the_form_does_not_have_are_kept_and_said(thcs: SchoolTables) -> None:
    data = [
        TableData(table="xưa", cells={"a": {"b": 1}}),
        TableData(table="classes", cells={"grade-10": {YEAR: 3}, "grade-6": {"tháng 9": 4, "2019-2020": 5}}),
    ]
    assert len(_rules(thcs, *data)["not-in-form"]) == 3


def test_numbers_of_before_this_school_year_are_old(thcs: SchoolTables) -> None:
    data = TableData(table="staff-now", cells={"teachers": {"total": 20}}, as_of="2025-05-31")
    assert "31/05/2025" in _rules(thcs, data)["old-numbers"][0]
    assert "old-numbers" not in _rules(thcs, data.model_copy(update={"as_of": "2025-09-05"}))
    assert "no-date" in _rules(thcs, data.model_copy(update={"as_of": "tháng 9"}))


def test_no_finding_comes_of_a_table_filled_in_well(thcs: SchoolTables) -> None:
    years = ("2023-2024", "2024-2025", YEAR)
    data = TableData(table="classes", cells={row: dict.fromkeys(years, 4) for row in GRADES})
    assert [f.rule for f in table_findings(thcs, YEAR, [data]) if f.place.table == "classes"] == []


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1.234", 1234), ("1 234", 1234), ("12,5", 12.5), ("12,5%", 12.5), ("12.5", 12.5), ("98,0 %", 98), ("1.234,5", 1234.5),
        ("-3", -3), ("không", 0), ("14 em", 14), ("1.234.567", 1234567), ("", None), ("-", None), ("…", None),
    ],
)  # fmt: skip
def test_numbers_are_read_the_vietnamese_way(words: str, value: float | None) -> None:
    assert typed(words, TableRow(id="a", title="A", kind="percent")).value == value


@pytest.mark.parametrize("words", ["mười hai", "12/5/2026", "12 - 15", "1.23.4", "5 7"])
def test_what_is_no_number_is_kept_as_words_with_a_doubt(words: str) -> None:
    made = typed(words, TableRow(id="a", title="A"))
    assert made.value is None
    assert made.text == words
    assert made.doubt


def test_a_percent_sign_in_a_row_of_counts_is_doubtful() -> None:
    assert typed("98%", TableRow(id="a", title="A")).doubt


@given(st.integers(-(10**9), 10**9) | st.floats(-(10**6), 10**6).map(lambda n: round(n, 3)))
def test_a_number_as_shown_is_read_back(number: float) -> None:
    assert typed(shown(number), TableRow(id="a", title="A", kind="decimal")).value == pytest.approx(number, abs=1e-9)


@given(st.text(max_size=60), st.sampled_from(["integer", "decimal", "percent", "text", "flag"]))
def test_nothing_typed_is_lost(words: str, kind: str) -> None:
    made = typed(words, TableRow(id="a", title="A", kind=kind))  # type: ignore[arg-type]
    letters = "".join(c for c in words if c.isalnum())
    assert made.value is not None or made.text is not None or not letters


@given(st.lists(st.integers(0, 60), min_size=4, max_size=4), st.permutations(GRADES))
def test_the_sum_is_that_of_its_parts_in_any_order(numbers: list[int], order: list[str]) -> None:
    tables = tables_for("tt57-2026-pho-thong", "thcs")
    assert tables is not None
    given_ = dict(zip(GRADES, numbers, strict=True))
    data = TableData(table="classes", cells={row: {YEAR: given_[row]} for row in order})
    assert filled(tables, YEAR, [data]).cell("classes", "total", YEAR).value == sum(numbers)
