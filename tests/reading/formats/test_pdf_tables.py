"""Tables of a PDF: ruled in every way that programs draw, turned, over pages, and with rules missing."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from caitien.reading.opening import open_source
from caitien.reading.source import SourceDocument, Table
from reading.bad_input.bad_files import pdf_page_of
from reading.formats.pdf_files import HEADER, ROWS, made, many_rows, plan, table


def words(text: str) -> str:
    return " ".join(text.split())


def rows(found: Table) -> list[list[str]]:
    return [[words(c.text) if c else "" for c in line] for line in found.grid()]


def expected(source: list[tuple[str, ...]] = ROWS) -> list[list[str]]:
    return [list(HEADER)] + [[words(c) for c in row] for row in source]


def read(path: Path, body: str, page: str = "") -> SourceDocument:
    return open_source(made(path / "a.pdf", body, page))


RULED = {
    "lines": "",
    "thick lines": "stroke: 2pt,",
    "grey lines": "stroke: gray,",
    "dashed lines": "stroke: (dash: 'dashed'),".replace("'", '"'),
    "dotted lines": "stroke: (dash: 'dotted'),".replace("'", '"'),
    "shaded cells": "fill: (x, y) => if calc.odd(y) { silver },",
    "no frame on the left and right": "stroke: (x, y) => (y: 0.5pt, left: if x > 0 { 0.5pt }),",
    "columns ruled, rows not": "stroke: (x, y) => (x: 0.5pt, top: if y < 2 { 0.5pt }, bottom: if y == 0 { 0.5pt }), row-gutter: 0pt, inset: (y: 9pt),",
    "rows ruled, columns not": "stroke: (y: 0.5pt), inset: (x: 9pt, y: 5pt),",
    "not ruled at all": "stroke: none, inset: (x: 9pt, y: 9pt),",
}


@pytest.mark.parametrize("kind", RULED)
def test_every_row_and_cell_is_found_however_it_is_ruled(kind: str, tmp_path: Path) -> None:
    rows_of = many_rows(8)
    (found,) = read(tmp_path, plan(rows_of, more=RULED[kind])).tables()
    assert rows(found) == expected(rows_of)


def test_cells_merged_over_columns_and_rows_keep_their_spans(tmp_path: Path) -> None:
    body = table(
        "table.cell(rowspan: 2)[TT]", "table.cell(rowspan: 2)[Tiêu chí]", "table.cell(colspan: 2)[Phân công]", "table.cell(rowspan: 2)[Hạn]",
        "Phụ trách", "Phối hợp", "table.cell(colspan: 5)[Tiêu chuẩn 1]", "table.cell(rowspan: 2)[1]", "1.2", "a", "b", "c", "1.3", "d", "e", "f",
    )  # fmt: skip
    (found,) = read(tmp_path, body).tables()
    spans = {c.text: (c.row, c.column, c.rowspan, c.colspan) for c in found.cells if c.rowspan * c.colspan > 1}
    assert spans == {
        "TT": (0, 0, 2, 1),
        "Tiêu chí": (0, 1, 2, 1),
        "Phân công": (0, 2, 1, 2),
        "Hạn": (0, 4, 2, 1),
        "Tiêu chuẩn 1": (2, 0, 1, 5),
        "1": (3, 0, 2, 1),
    }


def test_a_table_over_pages_continues_with_its_repeated_header(tmp_path: Path) -> None:
    document = read(tmp_path, plan(many_rows(40)), page='numbering: "1 / 1"')
    tables = list(document.tables())
    assert len(tables) > 1
    assert [t.continues for t in tables] == [False] + [True] * (len(tables) - 1)
    assert [rows(t)[0] for t in tables] == [list(HEADER)] * len(tables)
    assert [r[0] for t in tables for r in rows(t)[1:]] == [str(i) for i in range(1, 41)]


def test_page_numbers_and_running_heads_do_not_come_between(tmp_path: Path) -> None:
    document = read(tmp_path, plan(many_rows(40)), page='numbering: "— 1 —", header: [Trường THCS Sơn Ca]')
    assert document.pages > 1
    assert [p.text for p in document.paragraphs()] == ["Trường THCS Sơn Ca"]
    assert all(t.continues for t in list(document.tables())[1:])


def test_two_tables_with_words_between_are_two(tmp_path: Path) -> None:
    document = read(tmp_path, plan() + "\nVI. Giám sát nội bộ\n" + plan())
    assert [t.continues for t in document.tables()] == [False, False]


def test_a_page_that_shows_fewer_columns_keeps_the_columns_of_the_table(tmp_path: Path) -> None:
    tall = many_rows(3)
    band = "table.cell(colspan: 5)[Tiêu chuẩn 2: Cán bộ quản lý]"
    body = table(*HEADER, *[c for row in tall for c in row], more="") + "#pagebreak()\n" + table(band)
    tables = list(read(tmp_path, body).tables())
    assert len(tables) == 1 or [t.column_count for t in tables] == [5, 5]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_turned_by_its_viewer_setting_is_read_upright(turn: int, tmp_path: Path) -> None:
    path = made(tmp_path / "a.pdf", plan())
    pdf = pypdfium2.PdfDocument(path)
    pdf[0].set_rotation(turn)
    pdf.save(tmp_path / "b.pdf")
    document = open_source(tmp_path / "b.pdf")
    assert rows(next(document.tables())) == expected()


def test_a_table_set_sideways_on_its_page_is_read_and_its_boxes_are_where_it_shows(tmp_path: Path) -> None:
    body = f"#rotate(-90deg, reflow: true)[#block(width: 16cm)[{plan()}]]"
    document = open_source(made(tmp_path / "a.pdf", body.replace("#table", "#table")))
    (found,) = document.tables()
    assert rows(found) == expected()
    width, height = document.page_sizes[0]
    first, last = found.cells[0].boxes[0], found.cells[-1].boxes[0]
    assert all(0 <= b.x0 < b.x1 <= width and 0 <= b.top < b.bottom <= height for c in found.cells for b in c.boxes)
    assert first.top > last.top  # sideways, the first column is the lowest


def test_words_standing_on_end_in_a_narrow_heading_are_read(tmp_path: Path) -> None:
    body = table(
        "table.cell()[#rotate(-90deg, reflow: true)[Tiêu chí]]",
        "Điểm yếu",
        "Hạn",
        "1.2",
        "a",
        "b",
        columns="(1cm, 1fr, 1fr)",
    )
    (found,) = read(tmp_path, body).tables()
    assert rows(found)[0] == ["Tiêu chí", "Điểm yếu", "Hạn"]


def test_a_watermark_is_left_out_and_said(tmp_path: Path) -> None:
    mark = "foreground: rotate(45deg, text(60pt, fill: silver)[BẢN NHÁP])"
    document = read(tmp_path, plan(), page=mark)
    assert rows(next(document.tables())) == expected()
    assert not list(document.paragraphs())
    assert "Chữ chìm" in document.notes[0]


def test_borders_drawn_as_thin_filled_shapes_are_rules(tmp_path: Path) -> None:
    """As Word's own PDF export draws them: one filled shape for each side of each cell."""
    parts = []
    for y in (700, 660, 620):
        for x in (50, 200, 350):
            parts += [f"{x} {y} 150 0.48 re f", f"{x} {y - 40} 0.48 40 re f"]
        parts.append(f"500 {y - 40} 0.48 40 re f")
    parts += [f"{x} 580 150 0.48 re f" for x in (50, 200, 350)]
    texts = [f"BT /F1 10 Tf {60 + 150 * c} {680 - 40 * r} Td (r{r}c{c}) Tj ET" for r in range(3) for c in range(3)]
    document = open_source(pdf_page_of(tmp_path / "a.pdf", "\n".join(parts + texts).encode()))
    (found,) = document.tables()
    assert rows(found) == [[f"r{r}c{c}" for c in range(3)] for r in range(3)]


def test_double_rules_are_one_rule(tmp_path: Path) -> None:
    parts = []
    for y in (700, 660, 620):
        parts += [f"50 {y} m 500 {y} l S", f"50 {y - 2} m 500 {y - 2} l S"]
    for x in (50, 200, 350, 500):
        parts += [f"{x} 700 m {x} 620 l S", f"{x + 2} 700 m {x + 2} 620 l S"]
    texts = [f"BT /F1 10 Tf {60 + 150 * c} {680 - 40 * r} Td (r{r}c{c}) Tj ET" for r in range(2) for c in range(3)]
    (found,) = open_source(pdf_page_of(tmp_path / "a.pdf", "\n".join(parts + texts).encode())).tables()
    assert rows(found) == [[f"r{r}c{c}" for c in range(3)] for r in range(2)]


def test_white_rules_that_nobody_sees_make_no_table(tmp_path: Path) -> None:
    parts = (
        ["1 1 1 RG"]
        + [f"50 {y} m 500 {y} l S" for y in (700, 660)]
        + [f"{x} 700 m {x} 660 l S" for x in (50, 200, 500)]
    )
    texts = ["BT /F1 10 Tf 60 680 Td (Ke hoach) Tj ET"]
    assert not list(open_source(pdf_page_of(tmp_path / "a.pdf", "\n".join(parts + texts).encode())).tables())


def test_every_cell_knows_its_place_on_the_page(tmp_path: Path) -> None:
    (found,) = read(tmp_path, plan()).tables()
    boxes = {(c.row, c.column): c.boxes[0] for c in found.cells}
    assert all(len(c.boxes) == 1 and c.boxes[0].page == 1 for c in found.cells)
    assert boxes[(0, 0)].x0 == pytest.approx(42.5, abs=1)
    assert boxes[(0, 0)].x1 == pytest.approx(boxes[(0, 1)].x0, abs=1)
    assert boxes[(0, 0)].bottom == pytest.approx(boxes[(1, 0)].top, abs=1)


def test_a_frame_round_the_page_is_no_table(tmp_path: Path) -> None:
    document = read(tmp_path, "Kế hoạch cải tiến chất lượng", page="background: rect(width: 90%, height: 90%)")
    assert [p.text for p in document.paragraphs()] == ["Kế hoạch cải tiến chất lượng"]
    assert not list(document.tables())
