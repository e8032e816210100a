"""Any text on the clipboard is read or refused with a sentence, and every cell of it comes out somewhere."""

from __future__ import annotations

import re
import time
from html import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from caitien.errors import ReadingError
from caitien.plan.text import fold
from caitien.reading.limits import Limits
from caitien.reading.pasted import Pasted, cells, read_pasted
from caitien.reading.pasted_columns import COLUMN_FIELDS

WORDS = [
    "", "1", "2.", "1.2", "1,1", "Tiêu chí 2.3", "Tiêu chuẩn 2: Nhân sự", "Nội dung", "Thời gian", "Người phụ trách", "Kinh phí", "STT", "Biện pháp",
    "Mua sắm thiết bị dạy học", "chưa đủ sách", "- Lập danh mục\n- Mua", "31/02", "09 – 05", "Tháng 10/2026", "HK I", "Hiệu trưởng", "Lò Thị Mai; Tổ 2",
    "Không", "-", "x", "một triệu rưỡi", "27.499.000", "2,5 triệu", "Tổng cộng", "Hoàn thành", "(1)", "(2)", "(3)", "####", "#REF!", "Ghi chú", "Phối hợp: Công đoàn",
    "Ngân sách", "a", "b)", "NT", "…", "và các em", "Đợt 1", "Nguồn", "Minh chứng", "Kết quả", "🙂", "Ảnh \"đẹp\"",
]  # fmt: skip
CELL = st.sampled_from(WORDS) | st.text(max_size=12)
GRID = st.integers(1, 7).flatmap(lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), min_size=1, max_size=7))
FIELDS = st.lists(st.none() | st.just("") | st.sampled_from(sorted(COLUMN_FIELDS)), max_size=7)


def as_html(grid: list[list[str]]) -> str:
    rows = ("".join(f"<td>{escape(c).replace(chr(10), '<br>')}</td>" for c in row) for row in grid)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def words(text: str) -> set[str]:
    """The words of a cell; the numbers and letters that begin the items of a list are drawn anew wherever it is printed."""
    lines = (re.sub(r"^\s*\(?(\d{1,2}|[a-zđ])[.)]\s+", "", line) for line in text.splitlines())
    return set(re.findall(r"\w+", fold(" ".join(lines))))


def outcome(text: str | None, html: str | None, **more: object) -> Pasted | str:
    """What is read, or the code with which it is refused; the refusal is a sentence."""
    try:
        return read_pasted(text, html, school_year="2026-2027", **more)  # type: ignore[arg-type]
    except ReadingError as error:
        return error.code if str(error).endswith(".") else str(error)


def refused_well(got: Pasted | str) -> bool:
    return not isinstance(got, str) or got.startswith("paste_") or got == "legacy_font"


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [s for v in value.values() for s in strings(v)]
    return [s for v in value for s in strings(v)] if isinstance(value, list) else [str(value)]


def told(pasted: Pasted) -> set[str]:
    """The words of all actions, headings, left-out columns and findings of a block."""
    found: list[str] = []
    for row in pasted.rows:
        found.append("\n".join(strings(row.action.model_dump())))
        found += [f.quote for f in row.findings]
        if row.action.criteria:
            found += [row.texts.get("criteria", ""), row.texts.get("standard", "")]
        found.append(row.texts.get("standard", ""))
    for column in pasted.columns:
        found.append(column.header)
    for left in pasted.left_out:
        found += [text for _, text in left.cells]
    found += [f.quote for f in pasted.findings]
    return set(re.findall(r"\w+", fold(" ".join(found))))


@settings(max_examples=300, deadline=None)
@given(GRID, FIELDS, st.sampled_from([None, True, False]))
@example([["Tổng cộng", "1.000.000"]], [], None)
@example([["Người phụ trách", "Nội dung"], ["Không", "Mua ti vi"]], [], None)
def test_every_cell_is_in_an_action_a_column_left_out_or_a_finding(
    grid: list[list[str]], columns: list[str | None], heading: bool | None
) -> None:
    pasted = outcome(None, as_html(grid), columns=columns, first_row_is_heading=heading)
    assert refused_well(pasted)
    if isinstance(pasted, str):
        return
    kept = cells(None, as_html(grid))
    everything = told(pasted)
    for row in kept:
        for cell in row:
            assert words(cell) <= everything, (cell, pasted)


@settings(max_examples=200, deadline=None)
@given(st.none() | st.text(max_size=300), st.none() | st.text(max_size=300))
def test_any_text_is_read_or_refused_with_a_sentence(text: str | None, html: str | None) -> None:
    assert refused_well(outcome(text, html))


TAGS = ["<table>", "</table>", "<tr>", "</tr>", "<td>", "<td rowspan=3>", "<td colspan=0 rowspan=0>", "</td>", "<p>", "<br>", "<li>", "<ul>", "</ul>", "<ol start=99999999999>",
        "<span style='mso-list:Ignore'>", "</span>", "<del>", "</del>", "<script>", "</script>", "<style>", "</style>", "<!--", "-->", "<![if !x]>", "<![endif]>", "&nbsp;", "&#0;",
        "&#xD800;", "<o:p>", "<th hidden>", "<td style=display:none>", "\ue000" + "0\ue001", "\0"]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(TAGS) | st.sampled_from(WORDS), max_size=40).map("".join))
def test_broken_markup_never_breaks_reading(html: str) -> None:
    assert refused_well(outcome(None, html))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.text(alphabet='a"\t\n\r |', max_size=6), min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_excel_writes_is_read_back_cell_by_cell(grid: list[list[str]]) -> None:
    from caitien.plan.text import lines_of
    from caitien.reading.limits import Watch
    from caitien.reading.pasted_text import split_tabs

    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if re.search(r'[\t\r\n"]', text) else text

    written = "".join("\t".join(cell(c) for c in row) + "\r\n" for row in grid)
    got = split_tabs(written, Watch())
    assert [[lines_of(c) for c in row] for row in got] == [[lines_of(c) for c in row] for row in grid]


HOSTILE = {
    "nested tables": "<table><tr><td>" * 100_000 + "x",
    "nested divisions": "<div>" * 200_000 + "x",
    "open comments": "<!--" * 200_000,
    "open tags": "<td " * 200_000,
    "great spans": "<table>" + "<tr><td rowspan=9999 colspan=9999>x" * 3_000,
    "many cells": "<table><tr>" + "<td>x" * 100_000,
    "entities": '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><p>&d;</p>' + "&amp;" * 200_000,
    "scripts": "<script>while(1){}</script>" * 20_000 + "<p>Mua sách</p>",
    "lists": "<ol>" * 50_000 + "<li>x" * 50_000,
    "marks": "<span style='mso-list:Ignore'>" * 50_000 + "x",
    "one long word": "<p>" + "a" * 3_000_000,
    "attributes": "<td " + "a='b' " * 300_000 + ">x",
    "spaces": "<td>" + "&nbsp; " * 500_000 + "x",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_markup_costs_a_sentence_at_most(kind: str) -> None:
    began = time.monotonic()
    assert refused_well(outcome(None, HOSTILE[kind]))
    assert time.monotonic() - began < 7


HOSTILE_TEXT = {
    "quotes": '"""\t' * 200_000,
    "open quotes": '"a\t' * 200_000,
    "tabs": "\t" * 900_000,
    "lines": "a\n" * 900_000,
    "bars": "|" * 900_000,
    "a long cell of numbers": "Thời gian\tNội dung\n" + "1/" * 9_000 + "\tMua",
    "a long cell of money": "Kinh phí\tNội dung\n" + "1.000 " * 3_000 + "\tMua",
    "a long cell of people": "Phụ trách\tNội dung\n" + "Lò Thị Mai (" * 1_500 + "\tMua",
    "a long cell of criteria": "Tiêu chí\tNội dung\n" + "1.2, " * 3_500 + "\tMua",
    "a long cell of dashes": "Biện pháp\tNội dung\n" + "- " * 9_000 + "\tMua",
    "a long time": "Thời gian\tNội dung\n" + "tháng " * 3_000 + "\tMua",
}


@pytest.mark.parametrize("kind", HOSTILE_TEXT)
def test_hostile_text_costs_a_sentence_at_most(kind: str) -> None:
    began = time.monotonic()
    assert refused_well(outcome(HOSTILE_TEXT[kind], None))
    assert time.monotonic() - began < 7


def test_what_is_too_large_is_refused_with_what_to_do() -> None:
    for text, code in (
        ("Mua sách\tHiệu trưởng\n" * 501, "paste_too_many_rows"),
        ("\t".join("abcdefghijklmnopqrstuvwxyz" * 3) + "\n", "paste_too_many_columns"),
        ("Mua\t" + "sách " * 5_000, "paste_long_cell"),
        (" \n\t\n", "paste_empty"),
    ):
        with pytest.raises(ReadingError) as refused:
            read_pasted(text, None, school_year=None)
        assert refused.value.code == code
    with pytest.raises(ReadingError) as refused:
        read_pasted("a" * 100, None, school_year=None, limits=Limits(text_chars=50))
    assert refused.value.code == "paste_too_large"


def test_a_picture_alone_is_told_apart_from_nothing() -> None:
    with pytest.raises(ReadingError) as refused:
        read_pasted("", '<img src="data:image/png;base64,AAAA">', school_year=None)
    assert refused.value.code == "paste_picture"


def test_old_fonts_are_refused_with_the_way_out() -> None:
    with pytest.raises(ReadingError) as refused:
        read_pasted(
            "Néi dung\tThêi gian\nX©y dùng kÕ ho¹ch c¶i tiÕn chÊt l­îng gi¸o dôc\tTh¸ng 9", None, school_year=None
        )
    assert refused.value.code == "legacy_font"
