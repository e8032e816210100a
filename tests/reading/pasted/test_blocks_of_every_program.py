"""A block of a plan is the same actions, whichever program it was copied from."""

from __future__ import annotations

import pytest

from caitien.reading.pasted import Pasted, cells, read_pasted
from reading.pasted.clipboards import HEADINGS, PROGRAMS, ROWS, excel, excel_text, word


def read(text: str | None = None, html: str | None = None, **more: object) -> Pasted:
    return read_pasted(text, html, school_year="2026-2027", **more)  # type: ignore[arg-type]


def said(pasted: Pasted) -> list[tuple[object, ...]]:
    return [
        (a.number, a.criteria, a.content, a.measures, a.period.start, a.period.end, a.responsible, a.resources.budget_vnd)
        for a in pasted.actions
    ]  # fmt: skip


EXPECTED = [
    (1, ["1.2"], "Hội đồng trường họp đúng định kỳ", ["Lập lịch họp cả năm", "Ghi biên bản từng phiên"], "2026-09", "2026-09", ["Hiệu trưởng"], 0),
    (2, ["2.3"], "Giáo viên dùng được phần mềm soạn bài", ["Mở 02 lớp tập huấn", "Dự giờ, góp ý"], "2026-10", "2026-12", ["Quàng Văn Thiện", "Tổ 1"], 2_500_000),
    (3, ["3.5"], "Đủ máy tính cho phòng tin học", ["Lập tờ trình", "Tham mưu UBND xã"], None, "2026-11-15", ["Kế toán"], 27_499_000),
]  # fmt: skip


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_rows_are_those_that_were_copied(program: str) -> None:
    pasted = read(html=PROGRAMS[program]())
    assert said(pasted) == EXPECTED
    assert [c.header for c in pasted.columns] == HEADINGS
    assert {c.how for c in pasted.columns} == {"heading"}
    assert (pasted.left_out, pasted.findings) == ([], [])


def test_the_plain_text_alone_gives_the_same_rows() -> None:
    assert said(read(excel_text())) == EXPECTED


@pytest.mark.parametrize("program", PROGRAMS)
def test_both_together_as_browsers_hand_them_over(program: str) -> None:
    assert said(read(excel_text(), PROGRAMS[program]())) == EXPECTED


@pytest.mark.parametrize("program", PROGRAMS)
def test_without_its_headings_the_columns_are_told_by_what_stands_in_them(program: str) -> None:
    pasted = read(html=PROGRAMS[program](ROWS[0], ROWS[1:]))
    fields = [c.field for c in pasted.columns]
    assert fields == ["number", "criteria", "content", "measures", "period", "responsible", "budget"]
    assert {c.how for c in pasted.columns} == {"content"}
    assert said(pasted) == EXPECTED


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_grid_is_the_cells_as_they_stand(program: str) -> None:
    assert cells(None, PROGRAMS[program]()) == [HEADINGS, *ROWS]
    assert cells(excel_text(), None) == [HEADINGS, *ROWS]


def test_the_block_that_the_preview_carries_along_reads_back_the_same() -> None:
    first = read(html=word())
    second = read(html=first.block)
    assert (said(second), second.columns, second.block) == (said(first), first.columns, first.block)


def test_merged_cells_count_for_each_row_they_cover() -> None:
    html = """<table><tr><td>Tiêu chí</td><td>Điểm yếu</td><td>Biện pháp</td><td>Thời gian</td></tr>
    <tr><td rowspan=2>1.4</td><td rowspan="2">Thiết bị dạy học còn thiếu</td><td>Mua bộ thí nghiệm</td><td>9/2026</td></tr>
    <tr><td>Sửa phòng bộ môn</td><td>11/2026</td></tr></table>"""
    assert [(a.criteria, a.weakness, a.measures, a.period.end) for a in read(html=html).actions] == [
        (["1.4"], "Thiết bị dạy học còn thiếu", ["Mua bộ thí nghiệm"], "2026-09"),
        (["1.4"], "Thiết bị dạy học còn thiếu", ["Sửa phòng bộ môn"], "2026-11"),
    ]


def test_the_name_of_a_standard_across_the_table_holds_for_the_rows_below_it() -> None:
    html = """<table><tr><th>TC</th><th>Nội dung</th><th>Thời gian</th><th>Phụ trách</th></tr>
    <tr><td colspan=4><b>Tiêu chuẩn 3: Cơ sở vật chất</b></td></tr><tr><td>2</td><td>Sửa mái lớp học</td><td>10/2026</td><td>Bảo vệ</td></tr></table>"""
    pasted = read(html=html)
    assert pasted.actions[0].criteria == ["3.2"]
    assert [f.rule for f in pasted.findings] == ["band"]


def test_lists_in_cells_keep_their_items() -> None:
    html = "<table><tr><td>Nội dung</td><td>Biện pháp</td><td>Hạn</td></tr><tr><td>Thư viện thân thiện</td><td><ol><li>Lập danh mục<li>Mua <b>sách</b><ul><li>truyện</ul></ol></td><td>12/2026</td></tr></table>"
    assert read(html=html).actions[0].measures == ["Lập danh mục", "Mua sách", "truyện"]


def test_deleted_and_hidden_words_are_told_and_not_taken() -> None:
    html = (
        "<table><tr><td>Nội dung</td><td>Hạn</td></tr><tr><td><del>Mua 3</del><ins>Mua 5</ins> ti vi</td><td>10/2026</td></tr>"
        "<tr style='display:none'><td>Việc đang ẩn</td><td>1/2027</td></tr></table>"
    )
    pasted = read(html=html)
    assert [a.content for a in pasted.actions] == ["Mua 5 ti vi"]
    hidden = [f for f in pasted.findings if f.rule == "hidden-text"]
    assert hidden[0].quote == "Mua 3\nViệc đang ẩn\n1/2027"
    assert [f.quote for f in read(html=pasted.block).findings] == ["Mua 3\nViệc đang ẩn\n1/2027"]


def test_a_table_that_only_frames_another_is_looked_through() -> None:
    html = f"<table><tr><td><p>Kế hoạch</p>{excel()}</td></tr></table>"
    assert said(read(html=html)) == EXPECTED


def test_a_markdown_table_and_bare_lines_are_rows_too() -> None:
    marked = read("| Nội dung | Hạn | Người phụ trách |\n|---|---|---|\n| Mua ti vi | 15/10/2026 | Kế toán |")
    assert [(a.content, a.period.end) for a in marked.actions] == [("Mua ti vi", "2026-10-15")]
    lines = read("- Mua sách cho thư viện\n- Tổ chức ngày hội đọc sách\n")
    assert [a.content for a in lines.actions] == ["Mua sách cho thư viện", "Tổ chức ngày hội đọc sách"]
    steps = read("1. Mua sách cho thư viện\n- Lập danh mục\n- Duyệt giá\n2. Tổ chức ngày hội đọc sách")
    assert [(a.content, a.measures) for a in steps.actions] == [
        ("Mua sách cho thư viện", ["Lập danh mục", "Duyệt giá"]),
        ("Tổ chức ngày hội đọc sách", []),
    ]


def test_a_list_of_paragraphs_from_word_is_a_row_each() -> None:
    html = "<p class=MsoNormal>Mua sách<o:p></o:p></p><p class=MsoNormal>Sửa cổng trường</p>"
    assert [a.content for a in read("Mua sách\r\nSửa cổng trường", html).actions] == ["Mua sách", "Sửa cổng trường"]


def test_quotes_that_are_words_of_a_cell_stay() -> None:
    assert cells('"Trường xanh" đẹp\t"a ""b"" c"\n"hai\ndòng"\t"nguyên"', None) == [
        ['"Trường xanh" đẹp', 'a "b" c'],
        ["hai\ndòng", '"nguyên"'],
    ]


def test_empty_cells_keep_their_places_and_empty_ends_are_cut() -> None:
    assert cells("a\t\tb\t\t\n\t\tc\t\t\n\t\t\t\t\n", None) == [["a", "", "b"], ["", "", "c"]]


def test_two_columns_of_people_and_two_of_times_are_told_apart() -> None:
    text = (
        "1.2\tHội đồng trường họp đúng định kỳ\t01/9/2026\t30/9/2026\tHiệu trưởng\tTổ 1, Công đoàn\tNgân sách\n"
        "2.3\tGiáo viên soạn được bài trên máy\t05/10/2026\t31/12/2026\tQuàng Văn Thiện\tTổ 2\tXã hội hóa\n"
    )
    pasted = read(text)
    assert [c.field for c in pasted.columns] == ["criteria", "content", "period_start", "period_end", "responsible", "collaborators", "funding_sources"]  # fmt: skip
    assert [(a.period.start, a.period.end) for a in pasted.actions] == [("2026-09-01", "2026-09-30"), ("2026-10-05", "2026-12-31")]  # fmt: skip


def test_rows_of_sums_and_names_of_standards_do_not_mislead_the_guess() -> None:
    text = "I\tTiêu chuẩn 1: Tổ chức\t\t\n1\tMua ti vi cho lớp 5\tTrong tháng 10\t5.000.000\n2\tSửa mái nhà xe\tTrong học kỳ I\t12.000.000\n\tCộng\t\t17.000.000\n"
    pasted = read(text)
    assert [c.field for c in pasted.columns] == ["number", "content", "period", "budget"]
    assert [a.content for a in pasted.actions] == ["Mua ti vi cho lớp 5", "Sửa mái nhà xe"]
