"""Levels are tried on the board: nothing is stored, and what was not tried is as it stands."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from assessment.invented_assessment import small_assessment
from caitien.standards import load, read_judgements
from caitien.standards.judging import judge
from caitien.web.assessments import trying
from caitien.web.assessments.models import LevelReview
from caitien.web.frameworks.trying import judgements
from web.assessments.filled import filled

FRAMEWORK = "tt57-2026-pho-thong"


def judged_as(raw):
    return judge(load(FRAMEWORK), read_judgements(load(FRAMEWORK), raw))


@pytest.mark.parametrize(
    ("judged", "choice"),
    [
        ({}, ""),
        ({"1": "met"}, "1c"),
        ({"1": "not_met"}, "0"),
        ({"1": "met", "2": "not_met"}, "1"),
        ({"1": "met", "2": "met"}, "2"),
        ({"2": "met"}, ""),
    ],
)
def test_a_criterion_begins_as_it_is_judged(judged, choice):
    assert trying.as_they_are(judged_as({"1.1": judged}))["1.1"] == choice


def test_what_was_tried_and_not_changed_gives_the_level_that_there_is():
    """For every criterion as it stands, the engine says the same of the choices as of the judgements."""
    framework = load(FRAMEWORK)
    for said in ("met", "not_met", "not_judged"):
        raw = {code: {"1": "met", "2": said} for code in framework.codes}
        now = judge(framework, read_judgements(framework, raw))
        again = judge(framework, read_judgements(framework, judgements(framework, trying.as_they_are(now))))
        assert (again.level, again.possible) == (now.level, now.possible)


def test_a_link_that_names_one_criterion_leaves_the_others_as_they_stand():
    framework = load(FRAMEWORK)
    now = trying.as_they_are(judged_as({"1.1": {"1": "met"}, "1.2": {"1": "not_met"}}))
    tried = trying.tried(framework, now, {"tc-1.2": "2"})
    assert (tried["1.1"], tried["1.2"], tried["1.3"]) == ("1c", "2", "")


def test_as_met_is_the_choice_that_reaches_a_level():
    framework = load(FRAMEWORK)
    assert trying.as_met(framework, "1.3", 1) == "tc-1.3=1c"
    assert trying.as_met(framework, "1.3", 2) == "tc-1.3=2"


@pytest.fixture
def assessment(school, secretary):
    return filled(school, secretary, value=small_assessment())


def address(assessment) -> str:
    return reverse("assessments:try_levels", args=[assessment.school.slug, assessment.pk])


def said(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode().split("<main", 1)[-1]).split())


def test_a_tried_judgement_moves_the_answer_and_stores_nothing(browser, assessment):
    before = list(LevelReview.objects.order_by("pk").values())
    response = browser.get(address(assessment) + "?tat-ca=2")
    assert response.status_code == 200
    assert "thử, không lưu Mức 2: đạt, mức cao nhất của khung. Hiện nay: Mức 1: còn thiếu 11 điều." in said(response)
    assert list(LevelReview.objects.order_by("pk").values()) == before


def test_the_page_says_where_it_was_tried_differently(browser, assessment):
    page = said(browser.get(address(assessment) + "?tc-1.2=1c"))
    assert "Mức 1: còn thiếu 10 điều." in page
    assert "Thử khác ở: 1.2" in page
    assert "Hiện nay: Không đạt Mức 1" in page


def test_a_script_gets_the_answer_alone(browser, assessment):
    answer = browser.get(address(assessment) + "?tc-1.2=1c", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in answer
    assert 'id="ket-qua"' in answer


def test_nonsense_in_the_address_is_as_it_stands(browser, assessment):
    page = said(browser.get(address(assessment) + "?tc-1.2=9&tc-9.9=1&tat=x&tc-1.1="))
    assert "Mức 1: còn thiếu" in page


def test_nothing_is_posted_here(browser, assessment):
    assert browser.post(address(assessment)).status_code == 405
