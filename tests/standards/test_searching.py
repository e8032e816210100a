"""Words are found with or without Vietnamese marks, the likeliest first."""

from __future__ import annotations

import pytest

from caitien import standards


@pytest.mark.parametrize("words", ["kế hoạch cải tiến", "ke hoach cai tien", "KẾ HOẠCH  CẢI TIẾN", "cai tien ke hoach"])
def test_words_are_found_without_marks_and_in_any_case(words: str) -> None:
    codes = {(h.framework, h.criterion) for h in standards.search(words)}
    assert {(f"tt57-2026-{kind}", "1.4") for kind in ("mam-non", "pho-thong", "gdtx")} <= codes


def test_a_title_that_has_the_words_side_by_side_comes_first() -> None:
    first = standards.search("giao duc dia phuong")[0]
    assert (first.criterion, first.place) == ("5.3", "title")


def test_words_with_their_marks_come_before_words_without() -> None:
    hits = standards.search("đạo", ["tt18-2018-trung-hoc"])
    with_marks = ["đạo" in hit.text.lower() for hit in hits if hit.place == "requirement"]
    assert True in with_marks
    assert False in with_marks
    assert with_marks == sorted(with_marks, reverse=True)


def test_a_word_begins_where_a_word_of_the_text_begins() -> None:
    assert standards.search("inh chứng") == []
    assert standards.search("minh chứng")


def test_only_the_frameworks_asked_for_are_searched() -> None:
    assert {h.framework for h in standards.search("thư viện", ["tt17-2018-tieu-hoc"])} == {"tt17-2018-tieu-hoc"}


@pytest.mark.parametrize("words", ["", "   ", "...", "xyzzy"])
def test_nothing_is_found_where_nothing_is_asked_or_held(words: str) -> None:
    assert standards.search(words) == []


def test_indicators_evidence_and_level_four_items_are_found_too() -> None:
    places = {h.place for h in standards.search("tỷ lệ chuyên cần")}
    assert "indicator" in places
    assert any(h.place == "evidence" for h in standards.search("biên bản kiểm kê"))
    assert "M4.3" in {h.criterion for h in standards.search("thư viện hiện đại")}
