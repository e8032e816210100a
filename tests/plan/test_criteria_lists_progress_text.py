"""Criteria, items of lists, progress, and text for comparing and sorting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caitien.plan.criteria import parse_criteria, parse_standard
from caitien.plan.lists import join_lines, split_items
from caitien.plan.progress import parse_progress
from caitien.plan.text import fold, one_space, sort_key, squash


@pytest.mark.parametrize(
    ("printed", "standard", "criteria"),
    [
        ("2,3", "3", ["3.2", "3.3"]),
        ("1-3", "2", ["2.1", "2.2", "2.3"]),
        ("10", "1", ["1.10"]),
        ("TC 1.2", None, ["1.2"]),
        ("I.2", None, ["1.2"]),
        ("1.2a", None, ["1.2"]),
        ("1.1-1.3", None, ["1.1", "1.2", "1.3"]),
        ("Tiêu chí 2.1; 2.3", None, ["2.1", "2.3"]),
        ("2.1, 3", None, ["2.1", "2.3"]),
        ("Tiêu chuẩn 2\nTiêu chí 2.3", None, ["2.3"]),
        ("Tiêu chí 4 - Tiêu chuẩn 2", None, ["2.4"]),
        ("Tiêu chí 1.2: Hội đồng trường (Điều 10)", None, ["1.2"]),
        ("1", "M4", ["M4.1"]),
        ("M4.1", None, ["M4.1"]),
        ("Đội ngũ 35 giáo viên", "2", []),
        ("9.9", None, []),
        ("", None, []),
    ],
)
def test_criteria_are_read(printed: str, standard: str | None, criteria: list[str]) -> None:
    assert parse_criteria(printed, standard) == criteria


@pytest.mark.parametrize("printed", ["9.9", "Tiêu chí 9.9", "0.3", "TC 9.12."])
def test_a_code_that_no_framework_has_is_not_read_as_another(printed):
    assert parse_criteria(printed, "2") == []


@pytest.mark.parametrize(
    ("printed", "standard"),
    [
        ("I", "1"),
        ("Tiêu chuẩn 2: Cán bộ quản lý", "2"),
        ("ĐG \nMức 4", "M4"),
        ("IV.", "4"),
        ("TC1", "1"),
        ("1.1", None),
        ("Tổng", None),
    ],
)
def test_standards_are_read(printed: str, standard: str | None) -> None:
    assert parse_standard(printed) == standard


@given(st.text(max_size=60), st.sampled_from([None, "1", "4", "M4"]))
def test_codes_read_again_are_the_same_codes(text: str, standard: str | None) -> None:
    codes = parse_criteria(text, standard)
    assert parse_criteria("; ".join(codes)) == codes


def test_bullets_begin_items_and_hyphens_within_do_not() -> None:
    text = "- Hồ sơ cảnh quan xanh -\nsạch - đẹp;\n- Biên bản\nnghiệm thu"
    assert split_items(text, wrapped=True) == ["Hồ sơ cảnh quan xanh - sạch - đẹp;", "Biên bản nghiệm thu"]


def test_lines_of_the_author_are_items_unless_they_go_on() -> None:
    assert split_items("Tổ chức hội thi\nXây dựng kế hoạch\ntheo từng tháng") == [
        "Tổ chức hội thi",
        "Xây dựng kế hoạch theo từng tháng",
    ]


def test_numbers_and_letters_of_lists_are_not_part_of_the_item() -> None:
    assert split_items("1. Một\n2) Hai\na) Ba\n+ Bốn\n• Năm") == ["Một", "Hai", "Ba", "Bốn", "Năm"]
    assert split_items("1.2 lần mỗi tháng") == ["1.2 lần mỗi tháng"]


def test_words_cut_at_a_hyphen_are_put_together() -> None:
    assert join_lines(["2023-", "2024"]) == "2023-2024"
    assert join_lines(["xanh -", "sạch"]) == "xanh - sạch"


@given(st.text(max_size=120), st.booleans())
def test_no_item_holds_words_that_the_cell_has_not(text: str, wrapped: bool) -> None:
    assert len(squash("".join(split_items(text, wrapped=wrapped)))) <= len(squash(text))


@pytest.mark.parametrize(
    ("printed", "status", "percent"),
    [
        ("Đã thực \nhiện xong", "done", None),
        ("Hoàn thành", "done", None),
        ("100%", "done", 100),
        ("Đã triển khai một phần, tiếp tục điều chỉnh", "in_progress", None),
        ("Đang thực hiện (60%)", "in_progress", 60),
        ("Đã rà soát quy trình", "in_progress", None),
        ("Chưa hoàn thành", "not_started", None),
        ("0%", "not_started", 0),
        ("Không thực hiện", "dropped", None),
        ("Quá hạn", "overdue", None),
        ("100% học sinh được học", None, None),
        ("", None, None),
    ],
)
def test_progress_is_read(printed: str, status: str | None, percent: int | None) -> None:
    progress = parse_progress(printed)
    assert (progress.status, progress.percent) == (status, percent)


def test_text_is_folded_for_comparing_and_sorted_as_in_a_dictionary() -> None:
    assert fold("Tiêu  CHUẨN\nĐặc biệt") == "tieu chuan dac biet"
    assert sorted(["đa", "dã", "da", "ân", "ăn", "an", "Ba"], key=sort_key) == [
        "an",
        "ăn",
        "ân",
        "Ba",
        "da",
        "dã",
        "đa",
    ]


@given(st.text(max_size=60))
def test_normal_text_stays_as_it_is(text: str) -> None:
    once = one_space(text)
    assert one_space(once) == once
    assert fold(fold(text)) == fold(text)
