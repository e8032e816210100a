"""Judgements are tried: the engine answers with a level, reasons, and what blocks the next; nothing is stored."""

from __future__ import annotations

import pytest
from django.urls import reverse

from caitien.standards import available, judge, load, read_judgements
from caitien.web.frameworks import trying

NEW = "tt57-2026-pho-thong"
ADDRESS = f"/khung-tieu-chuan/{NEW}/tinh-thu/"


def choose(value: str, **other: str) -> dict[str, str]:
    codes = load(NEW).codes
    return {f"tc-{code}": other.get(code.replace(".", "_"), value) for code in codes}


def test_nothing_chosen_is_not_judged_and_never_not_met(browser, read):
    words = read(browser.get(ADDRESS))
    assert "Trường chưa đạt Mức 1. Nếu mọi nội dung chưa xét đều đạt, trường có thể đạt Mức 2." in words
    assert "đã xét 0 trong 15" in words


def test_all_at_level_1_is_level_1_and_what_blocks_level_2_is_named(browser, read):
    words = read(browser.get(ADDRESS, choose("1")))
    assert "Trường đạt Mức 1." in words
    assert "Còn thiếu gì để đạt Mức 2" in words


def test_one_mandatory_criterion_that_fails_is_the_reason(browser, read):
    response = browser.get(ADDRESS, choose("2") | {"tc-1.4": "0"})
    words = read(response)
    assert "Trường chưa đạt Mức 1." in words
    assert "Còn thiếu gì để đạt Mức 1" in words
    assert 'option value="0" selected' in response.content.decode()


def test_met_with_the_next_not_judged_is_told_apart_from_not_met(browser, read):
    open_above, failed_above = (read(browser.get(ADDRESS, choose(value))) for value in ("1c", "1"))
    assert "có thể đạt Mức 2" in open_above
    assert "có thể đạt Mức 2" not in failed_above


@pytest.mark.parametrize("info", available(), ids=lambda info: info.id)
def test_everything_at_the_highest_level_is_the_highest_level(browser, info, read):
    framework = load(info.id)
    top = framework.levels[-1]
    words = read(browser.get(reverse("frameworks:try_levels", args=[info.id]), {"tat-ca": top.number}))
    assert f"Trường đạt {top.title}." in words


@pytest.mark.parametrize("info", available(), ids=lambda info: info.id)
def test_every_choice_is_one_that_the_engine_takes(info):
    framework = load(info.id)
    titles = {level.number: level.title for level in framework.levels}
    for code in framework.codes:
        criterion = framework.criterion(code)
        offered = trying.choices(criterion, titles)
        assert len(offered) == 1 + 2 * len(criterion.levels)
        for value, _words in offered:
            judge(framework, read_judgements(framework, trying.judgements(framework, {code: value})))


def test_words_that_are_no_choice_are_not_judged(browser, read):
    words = read(browser.get(ADDRESS, {"tc-1.1": "'; drop", "tc-9.9": "2", "tat-ca": "²"}))
    assert "đã xét 0 trong 15" in words


def test_htmx_gets_the_answer_alone(browser):
    html = browser.get(ADDRESS, choose("2"), headers={"HX-Request": "true"}).content.decode()
    assert 'id="ket-qua"' in html
    assert "<select" not in html


def test_a_set_with_points_is_tried_with_points(browser, monkeypatch, read):
    from pathlib import Path

    from caitien import standards

    folder = Path(standards.__file__).parent / "examples"
    monkeypatch.setenv("CAITIEN_FRAMEWORKS", str(folder))
    address = reverse("frameworks:try_levels", args=["mau-chuyen-doi-so"])
    response = browser.get(address)
    assert 'type="number"' in response.content.decode()
    codes = [c.code for c in standards.load("mau-chuyen-doi-so").criteria if c.max_points]
    assert "Chưa tính được" not in read(browser.get(address, {f"tc-{codes[0]}": "1,5"}))
    assert "phải" in read(browser.get(address, {f"tc-{codes[0]}": "nhiều"}))
