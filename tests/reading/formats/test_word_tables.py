"""Tables of a Word file: merged cells, uneven rows, tables in tables, rows struck by tracked changes."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from caitien.reading.opening import open_source
from caitien.reading.source import Paragraph, Table
from reading.bad_input.bad_files import docx


def only_table(path: Path) -> Table:
    (table,) = open_source(path).tables()
    return table


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(columns: int, *rows: str) -> str:
    grid = "<w:gridCol w:w='1000'/>" * columns
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def texts(found: Table) -> list[list[str | None]]:
    return [[c.text if c else None for c in line] for line in found.grid()]


def test_a_merged_cell_stands_once_with_its_spans(tmp_path: Path) -> None:
    document = Document()
    made = document.add_table(rows=3, cols=4)
    for r in range(3):
        for c in range(4):
            made.cell(r, c).text = f"{r}{c}"
    made.cell(0, 0).merge(made.cell(2, 0)).text = "TC 1"
    made.cell(1, 2).merge(made.cell(1, 3)).text = "Phân công"
    document.save(tmp_path / "a.docx")
    read = only_table(tmp_path / "a.docx")
    spans = {(c.row, c.column): (c.rowspan, c.colspan) for c in read.cells if (c.rowspan, c.colspan) != (1, 1)}
    assert spans == {(0, 0): (3, 1), (1, 2): (1, 2)}
    assert texts(read)[1] == ["TC 1", "11", "Phân công", "Phân công"]


def test_a_block_merged_both_ways_is_one_cell(tmp_path: Path) -> None:
    document = Document()
    made = document.add_table(rows=3, cols=3)
    made.cell(0, 0).merge(made.cell(1, 1)).text = "A"
    document.save(tmp_path / "a.docx")
    first = only_table(tmp_path / "a.docx").cells[0]
    assert (first.text, first.rowspan, first.colspan) == ("A", 2, 2)


def test_rows_that_start_late_and_end_early_keep_their_columns(tmp_path: Path) -> None:
    body = table(
        4,
        row(*map(cell, "abcd")),
        row(cell("e"), cell("f"), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
    )
    assert texts(only_table(docx(tmp_path / "a", body)))[1] == [None, "e", "f", None]


def test_a_row_that_misses_a_span_is_placed_by_its_widths(tmp_path: Path) -> None:
    wide = '<w:tcW w:w="3000" w:type="dxa"/>'
    narrow = '<w:tcW w:w="1000" w:type="dxa"/>'
    body = table(4, row(*map(cell, "abcd")), row(cell("Cộng", wide), cell("5", narrow)))
    assert texts(only_table(docx(tmp_path / "a", body)))[1] == ["Cộng", "Cộng", "Cộng", "5"]


def test_a_merge_that_nothing_began_is_a_cell_of_its_own(tmp_path: Path) -> None:
    body = table(2, row(cell("a", "<w:vMerge/>"), cell("b")), row(cell("c"), cell("d")))
    assert texts(only_table(docx(tmp_path / "a", body))) == [["a", "b"], ["c", "d"]]


def test_text_under_a_merge_is_not_read_as_word_does_not_show_it(tmp_path: Path) -> None:
    body = table(2, row(cell("a", '<w:vMerge w:val="restart"/>'), cell("b")), row(cell("cũ", "<w:vMerge/>"), cell("d")))
    read = open_source(docx(tmp_path / "a", body))
    assert texts(next(read.tables())) == [["a", "b"], ["a", "d"]]
    assert read.notes


def test_cells_and_rows_inside_content_controls_are_read(tmp_path: Path) -> None:
    inner = f"<w:sdt><w:sdtContent>{cell('b')}</w:sdtContent></w:sdt>"
    line = f"<w:sdt><w:sdtContent>{row(cell('c'), cell('d'))}</w:sdtContent></w:sdt>"
    assert texts(only_table(docx(tmp_path / "a", table(2, row(cell("a"), inner), line)))) == [["a", "b"], ["c", "d"]]


def test_a_table_inside_a_cell_becomes_lines_of_that_cell(tmp_path: Path) -> None:
    small = table(2, row(cell("Tháng 9"), cell("Họp")), row(cell("Tháng 10"), cell("Báo cáo")))
    holder = f"<w:tc><w:p/>{small}<w:p/></w:tc>"
    body = table(3, row(*map(cell, "abc")), row(cell("1"), holder, cell("2")))
    assert texts(only_table(docx(tmp_path / "a", body)))[1][1] == "Tháng 9 Họp\nTháng 10 Báo cáo"


def test_a_table_that_only_frames_another_is_looked_through(tmp_path: Path) -> None:
    plan = table(4, row(*map(cell, "abcd")), row(*map(cell, "efgh")))
    body = table(1, row(f"<w:tc><w:p><w:r><w:t>KẾ HOẠCH</w:t></w:r></w:p>{plan}<w:p/></w:tc>"))
    blocks = open_source(docx(tmp_path / "a", body)).blocks
    assert isinstance(blocks[0], Paragraph)
    assert blocks[0].text == "KẾ HOẠCH"
    assert isinstance(blocks[1], Table)
    assert texts(blocks[1]) == [list("abcd"), list("efgh")]


def test_a_row_deleted_under_track_changes_is_left_out_and_said(tmp_path: Path) -> None:
    body = table(2, row(cell("a"), cell("b")), row(cell("x"), cell("y"), properties='<w:del w:id="1" w:author="a"/>'))
    read = open_source(docx(tmp_path / "a", body))
    assert texts(next(read.tables())) == [["a", "b"]]
    assert "Track Changes" in read.notes[0]


def test_a_page_break_inside_a_row_moves_the_rows_after_it(tmp_path: Path) -> None:
    broken = "<w:tc><w:p><w:r><w:t>một</w:t><w:lastRenderedPageBreak/><w:t>hai</w:t></w:r></w:p></w:tc>"
    body = table(2, row(cell("a"), cell("b")), row(broken, broken), row(cell("c"), cell("d")))
    read = open_source(docx(tmp_path / "a", body))
    assert [c.page for c in next(read.tables()).cells] == [1, 1, 1, 1, 2, 2]
    assert read.pages == 2


def test_four_times_the_rows_take_no_more_than_about_four_times_as_long(tmp_path: Path) -> None:
    import time

    def seconds(rows: int) -> float:
        body = table(10, *[row(*[cell(f"{r}.{c}") for c in range(10)]) for r in range(rows)])
        path = docx(tmp_path / f"a{rows}", body, packed=False)
        started = time.process_time()
        assert only_table(path).row_count == rows
        return time.process_time() - started

    seconds(250)  # imports
    assert seconds(1000) < 9 * seconds(250)  # a walk that is quadratic takes sixteen times as long
