"""Last year's numbers begin this year's; two people who fill in one table lose no number."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from caitien.assessment.model import TableData
from caitien.assessment.tables_carrying import carried
from caitien.assessment.tables_filling import filled
from caitien.assessment.tables_loading import tables_for
from caitien.assessment.tables_merging import merge_tables
from caitien.assessment.tables_model import last_years

TABLES = tables_for("tt57-2026-pho-thong", "thcs")
assert TABLES is not None
OLD, NEW = "2024-2025", "2025-2026"
ROWS = ("grade-6", "grade-7", "grade-8", "grade-9", "total")

numbers = st.dictionaries(
    st.sampled_from(ROWS),
    st.dictionaries(st.sampled_from(last_years(NEW, 5)), st.integers(0, 99) | st.none(), max_size=5),
)


def test_a_year_moves_on_and_the_new_year_is_empty() -> None:
    data = [TableData(table="classes", cells={"grade-6": {"2022-2023": 5, "2023-2024": 4, OLD: 3}}, as_of="2025-05-31")]
    (made,) = carried(data, TABLES, OLD, NEW)
    assert made.cells == {"grade-6": {"2023-2024": 4, OLD: 3}}
    assert made.as_of is None
    assert data[0].cells["grade-6"]["2022-2023"] == 5


def test_teachers_of_last_year_are_written_down_when_the_table_of_now_moves_on() -> None:
    data = [TableData(table="staff-now", cells={"teachers": {"total": 28}}, as_of="2025-05-31")]
    made = {one.table: one for one in carried(data, TABLES, OLD, NEW)}
    assert made["staff-years"].cells["teachers"] == {OLD: 28}
    assert made["staff-now"].as_of == "2025-05-31"  # so that the page can say that it is old
    sheet = filled(TABLES, NEW, [*made.values(), TableData(table="staff-now", cells={"teachers": {"total": 30}})])
    assert [sheet.cell("staff-years", "teachers", year).value for year in (OLD, NEW)] == [28, 30]


def test_what_the_form_does_not_have_goes_over_untouched() -> None:
    strange = TableData(table="riêng", cells={"a": {"b": 1}}, texts={"c": {"d": "chữ"}})
    assert carried([strange], TABLES, OLD, NEW) == [strange]


@given(numbers)
def test_years_that_both_reports_show_are_the_same_in_both(cells: dict[str, dict[str, int | float | None]]) -> None:
    data = [TableData(table="classes", cells=cells)]
    before, after = filled(TABLES, OLD, data), filled(TABLES, NEW, carried(data, TABLES, OLD, NEW))
    for row in ROWS:
        for year in ("2023-2024", OLD):
            assert before.cell("classes", row, year).value == after.cell("classes", row, year).value
        assert after.cell("classes", row, NEW).value is None


def test_two_people_in_different_cells_both_keep_their_numbers() -> None:
    base = [TableData(table="classes", cells={"grade-6": {NEW: 4}})]
    mine = [TableData(table="classes", cells={"grade-6": {NEW: 5}})]
    theirs = [TableData(table="classes", cells={"grade-6": {NEW: 4}, "grade-7": {NEW: 3}})]
    merged = merge_tables(base, mine, theirs)
    assert merged.tables[0].cells == {"grade-6": {NEW: 5}, "grade-7": {NEW: 3}}
    assert not merged.clashes


def test_the_same_cell_written_twice_is_a_clash_and_theirs_stands() -> None:
    def at(value: int | None) -> list[TableData]:
        return [TableData(table="classes", cells={"grade-6": {NEW: value}})]

    merged = merge_tables(at(4), at(5), at(None))
    assert merged.tables[0].cells == {}
    (clash,) = merged.clashes
    assert (clash.base, clash.mine, clash.theirs) == (4, 5, None)
    assert clash.sentence == "Ô này vừa được người khác sửa thành để trống, bạn ghi 5; hãy chọn một số."


@given(numbers, numbers, numbers)
def test_every_number_that_somebody_wrote_is_in_the_table_or_in_a_clash(
    base: dict[str, dict[str, int | float | None]],
    mine: dict[str, dict[str, int | float | None]],
    theirs: dict[str, dict[str, int | float | None]],
) -> None:
    made = merge_tables(*([TableData(table="classes", cells=one)] for one in (base, mine, theirs)))
    clashes = {(clash.row, clash.column): clash for clash in made.clashes}
    stands = made.tables[0].cells
    for row in ROWS:
        for year in last_years(NEW, 5):
            old, own, other = (one.get(row, {}).get(year) for one in (base, mine, theirs))
            now = stands.get(row, {}).get(year)
            if (row, year) in clashes:
                clash = clashes[row, year]
                assert (clash.mine, clash.theirs, now) == (own, other, other)
            else:
                assert now == (own if own != old else other)


@given(numbers)
def test_what_nobody_changed_stays(cells: dict[str, dict[str, int | float | None]]) -> None:
    data = [TableData(table="classes", cells=cells)]
    kept = {row: own for row, line in cells.items() if (own := {c: v for c, v in line.items() if v is not None})}
    assert merge_tables(data, data, data).tables[0].cells == kept
