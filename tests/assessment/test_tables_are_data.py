"""Tables of school data are files: what stands in them is what a school sees; a slip is named with its line and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from caitien.assessment.tables_loading import PACKAGED, check_tables_file, table_sets, tables_for
from caitien.standards import available, load
from caitien.standards.problems import FrameworkFileError

SMALL = """schema: caitien.tables/1
id: nho
title: Bảng thử
frameworks: [tt57]
levels: [thcs]
years: 3
known: true
mark: single
source: Mẫu thử
tables:
  - id: classes
    title: Số lớp
    where: Mẫu thử
    mark: single
    by_year: true
    rows:
      - {id: six, title: Khối 6}
      - {id: seven, title: Khối 7}
      - {id: total, title: Cộng, sum_of: [six, seven]}
"""


def _mistake(tmp_path: Path, text: str) -> str:
    file = tmp_path / "nho.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FrameworkFileError) as caught:
        check_tables_file(file)
    return "\n".join(str(problem) for problem in caught.value.problems)


def test_lower_secondary_schools_have_the_seven_tables_of_the_form() -> None:
    tables = tables_for("tt57-2026-pho-thong", "thcs")
    assert tables is not None
    assert tables.known
    sizes = {table.id: len(table.rows) for table in tables.tables}
    assert sizes == {
        "head": 15, "classes": 5, "rooms": 20, "staff-now": 5, "staff-years": 6, "pupils": 23, "results": 8,
    }  # fmt: skip
    numbered = [row for row in tables.table("pupils").rows if row.number and row.number.isdigit()]  # type: ignore[union-attr]
    assert len(numbered) == 11


def test_every_framework_has_tables_for_each_of_its_levels() -> None:
    for info in available():
        for level in load(info.id).school_levels:
            assert tables_for(info.id, level) is not None, (info.id, level)


def test_a_level_whose_form_was_never_seen_says_so() -> None:
    for level in ("mam_non", "tieu_hoc", "thpt", "gdtx", "th_thcs"):
        tables = tables_for("tt57-2026-pho-thong", level)
        assert tables is not None
        assert not tables.known
        assert tables.mark == "gap"
        assert "Chưa biết" in (tables.note or "")


def test_the_frameworks_of_2018_show_five_years() -> None:
    tables = tables_for("tt17-2018-tieu-hoc", "tieu_hoc")
    assert tables is not None
    classes = tables.table("classes")
    assert classes is not None
    assert tables.columns(classes, "2025-2026")[0] == "2021-2022"
    assert len(tables.columns(classes, "2025-2026")) == 5
    assert [row.id for row in classes.rows] == ["grade-1", "grade-2", "grade-3", "grade-4", "grade-5", "total"]


def test_a_shared_table_lets_go_what_hangs_on_tables_that_are_not_there() -> None:
    tables = tables_for("tt57-2026-mam-non", "mam_non")
    assert tables is not None
    assert tables.table("classes") is None
    years = tables.table("staff-years")
    assert years is not None
    assert next(row for row in years.rows if row.id == "per-class").quotient is None


def test_a_file_of_a_schools_own_takes_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "tt57-thcs.yaml").write_text(SMALL.replace("id: nho", "id: tt57-thcs"), encoding="utf-8")
    with pytest.raises(FrameworkFileError, match="không có bảng “head” trong tệp “tt57-thcs”"):
        tables_for("tt57-2026-pho-thong", "thcs", [tmp_path])  # others share what this one no longer has
    (tmp_path / "tt57-thcs.yaml").unlink()
    own = (PACKAGED / "tt57-thcs.yaml").read_text(encoding="utf-8").replace("Số điểm trường", "Số điểm trường lẻ")
    (tmp_path / "tt57-thcs.yaml").write_text(own, encoding="utf-8")
    tables = tables_for("tt57-2026-pho-thong", "thcs", [tmp_path])
    assert tables is not None
    assert any(row.title == "Số điểm trường lẻ" for row in tables.tables[0].rows)
    assert tables_for("tt57-2026-pho-thong", "tieu_hoc", [tmp_path]) is not None


def test_a_good_file_is_accepted(tmp_path: Path) -> None:
    file = tmp_path / "nho.yaml"
    file.write_text(SMALL, encoding="utf-8")
    assert check_tables_file(file).tables[0].rows[2].sum_of == ("six", "seven")


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("sum_of: [six, seven]", "sum_of: [six, eight]", "eight"),
        ("{id: seven, title: Khối 7}", "{id: six, title: Khối 7}", "dùng hai lần"),
        ("{id: six, title: Khối 6}", "{id: six, title: Khối 6, sum_of: [total]}", "từ chính nó"),
        ("by_year: true", "by_year: false", "columns"),
        ("{id: six, title: Khối 6}", "{id: six, titel: Khối 6}", "titel"),
        ("{id: six, title: Khối 6}", "{id: 'six-{grade}', title: Khối 6}", "grades"),
        ("{id: six, title: Khối 6}", "{id: six, title: Khối 6, same_as: {cell: staff/six}}", "staff/six"),
        ("mark: single\nsource", "mark: sure\nsource", "sure"),
    ],
)
def test_a_slip_is_named_with_its_line(tmp_path: Path, good: str, bad: str, said: str) -> None:
    message = _mistake(tmp_path, SMALL.replace(good, bad, 1))
    assert said in message
    assert "nho.yaml, dòng" in message


def test_every_packaged_file_is_right_and_named_after_its_id() -> None:
    assert {one.id for one in table_sets()} == {path.stem for path in PACKAGED.glob("*.yaml")}
