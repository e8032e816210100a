"""Codes of evidence are found in sentences, given in order, and never given twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caitien.assessment.evidence_codes import citation, cited, in_order, made, next_code, renumbered, segments, written
from caitien.standards import load

NEW = load("tt57-2026-pho-thong").evidence
OLD = load("tt17-2018-tieu-hoc").evidence


def codes(text, style=NEW):
    return [one.code for one in cited(text, style)]


def test_a_sentence_names_its_evidence():
    text = "Trường có kế hoạch (MC.1.1.01, MC.1.1.02) và công khai (MC.1.4.11)."
    assert codes(text) == ["MC.1.1.01", "MC.1.1.02", "MC.1.4.11"]
    first = cited(text, NEW)[0]
    assert text[first.start : first.end] == "MC.1.1.01"
    assert first.criterion == "1.1"


def test_old_codes_stand_in_brackets_or_not():
    assert codes("Đã có [H1-1.1-01]; H12-3.2-05.", OLD) == ["[H1-1.1-01]", "[H12-3.2-05]"]


@pytest.mark.parametrize("text", ["MC.1.3.5", "MC.1.3.01234", "XMC.1.3.05", "MC 1.3.05", "mc.1.3.05", ""])
def test_what_only_looks_like_a_code_is_none(text):
    assert codes(text) == []


def test_a_text_in_pieces():
    assert segments("Có (MC.1.1.01).", NEW) == [("Có (", None), ("MC.1.1.01", "MC.1.1.01"), (").", None)]


@given(st.text(alphabet="MC.105 ([H-]), ă\n", max_size=80))
def test_the_pieces_joined_are_the_text(text):
    for style in (NEW, OLD):
        assert "".join(words for words, _ in segments(text, style)) == text


def test_the_next_code_is_one_more_than_the_highest_ever_given():
    assert next_code("1.3", [], NEW) == "MC.1.3.01"
    assert next_code("1.3", ["MC.1.3.01", "MC.1.3.07", "MC.1.4.30"], NEW) == "MC.1.3.08"
    assert next_code("1.3", ["MC.1.3.99"], NEW) == "MC.1.3.100"
    assert next_code("1.1", ["[H1-1.1-03]"], OLD, box=2) == "[H2-1.1-04]"


@given(st.lists(st.integers(1, 30), max_size=40))
def test_no_code_is_given_twice(gone):
    used = [made("2.1", number, NEW) for number in gone]
    assert next_code("2.1", used, NEW) not in used


def test_a_criterion_that_no_code_can_name_is_refused():
    with pytest.raises(ValueError, match="không phải mã tiêu chí"):
        made("1", 1, NEW)


def test_codes_are_cited_as_each_framework_does():
    assert citation(["MC.1.1.01", "MC.1.1.02"], NEW) == "(MC.1.1.01, MC.1.1.02)"
    assert citation(["[H1-1.1-01]", "H1-1.1-02"], OLD) == "[H1-1.1-01]; [H1-1.1-02]"
    assert citation([], NEW) == ""


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 5), st.integers(1, 120)), min_size=1, max_size=6))
def test_what_is_cited_is_found_again(parts):
    wanted = [made(f"{standard}.{criterion}", number, NEW) for standard, criterion, number in parts]
    assert codes(f"Trường đã làm {citation(wanted, NEW)}.") == wanted


def test_a_list_moves_to_a_new_framework():
    old = [("[H1-1.1-01]", "1.1"), ("[H1-1.2-01]", "1.2"), ("[H1-1.1-02]", "1.1"), ("[H1-1.1-01]", "2.1")]
    assert renumbered(old, ["MC.1.1.04"], NEW) == {
        "[H1-1.1-01]": "MC.1.1.05",
        "[H1-1.2-01]": "MC.1.2.01",
        "[H1-1.1-02]": "MC.1.1.06",
    }


def test_the_order_of_a_list_is_that_of_the_criteria():
    mixed = ["MC.2.1.01", "không có mã", "MC.1.10.02", "MC.1.2.100", "MC.1.2.99"]
    assert in_order(mixed, NEW) == ["MC.1.2.99", "MC.1.2.100", "MC.1.10.02", "MC.2.1.01", "không có mã"]


def test_a_typed_code_is_written_as_the_framework_does():
    assert written(" H1-1.1-01 ", OLD) == "[H1-1.1-01]"
    assert written("MC.1.1.1", NEW) is None
