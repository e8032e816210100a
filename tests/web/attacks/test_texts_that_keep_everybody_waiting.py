"""Texts made so that comparing or recognising them takes minutes: answered at once, since one thread holds all others up."""

from __future__ import annotations

import time

import pytest

from caitien.assessment.abbreviations import abbreviations
from caitien.assessment.model import CriterionReview, LevelReview, SelfAssessment
from caitien.web.assessments.joining import joined_lines, joined_text
from caitien.web.evidence.file_names import is_of_a_machine

DOTTED = "." * 29_990
SAME, OTHER = "Có. ", "Không. "
ALTERNATING = (SAME + OTHER) * 900, (OTHER + SAME) * 900


def seconds(does) -> float:
    start = time.perf_counter()
    does()
    return time.perf_counter() - start


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        (DOTTED + "a", DOTTED + "b", DOTTED + "c"),
        (".)" * 14_000 + "a", ".)" * 14_000 + "b", ".)" * 14_000 + "c"),
        ("." * 15_000 + ")" * 14_000 + "a", "." * 15_000 + ")" * 14_000 + "b", "x"),
        (SAME * 1_800, *ALTERNATING),
        ("\n" * 20_000 + "a", "\n" * 20_000 + "b", "\n" * 20_000 + "c"),
        (" . " * 9_000, " . " * 8_999 + "a", " . " * 8_998 + "b"),
    ],
)
def test_two_texts_are_joined_or_shown_at_once(base, mine, theirs):
    assert seconds(lambda: joined_text(base, mine, theirs)) < 2


def test_lines_that_are_all_alike_are_shown_side_by_side():
    assert seconds(lambda: joined_lines(["a"] * 1_500, ["a", "b"] * 750, ["b", "a"] * 750)) < 2


def test_sentences_are_still_joined():
    base = "Trường có kế hoạch (MC.1.3.05). Kế hoạch được duyệt… Kết quả tốt!\nCuối năm sơ kết."
    mine = base.replace("duyệt…", "duyệt ngày 5/9…")
    theirs = base.replace("Cuối năm", "Cuối năm học")
    assert joined_text(base, mine, theirs) == mine.replace("Cuối năm", "Cuối năm học")
    assert joined_text(base, base + "a", base + "b") is None


@pytest.mark.parametrize(
    "name", ["_" * 1_999 + "x", ". " * 999 + "x", "IMG" + "_.(" * 600 + "x", "IMG " + "at " * 600 + "x"]
)
def test_a_name_of_two_thousand_signs_is_no_cameras(name):
    assert seconds(lambda: is_of_a_machine(name)) < 1


@pytest.mark.parametrize(
    "text", ["1" * 29_000, "MC." * 9_900, "." * 29_000, "AB" * 14_000 + "a", "AB(" + " " * 29_000 + "x"]
)
def test_abbreviations_of_a_text_without_blanks_are_found_at_once(text):
    value = SelfAssessment(criteria=[CriterionReview(code="1.3", levels=[LevelReview(level=1, description=text)])])
    assert seconds(lambda: abbreviations(value)) < 1
