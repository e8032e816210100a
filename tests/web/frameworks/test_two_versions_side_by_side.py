"""Two versions of what is asked stand side by side."""

from __future__ import annotations

import pytest
from django.urls import reverse

from caitien.standards import available, compare, load

ADDRESS = "/khung-tieu-chuan/so-sanh/"
OLD, AMENDED, NEW = "tt17-2018-tieu-hoc", "tt17-2024-tieu-hoc", "tt57-2026-pho-thong"


@pytest.mark.parametrize(("old", "new"), [(OLD, AMENDED), (OLD, NEW)])
def test_every_row_of_the_comparison_stands_on_the_page(browser, old, new, read):
    response = browser.get(ADDRESS, {"cu": old, "moi": new})
    words, html = read(response), response.content.decode()
    rows = compare(load(old), load(new))
    assert html.count("<td data-label") == 3 * len(rows)
    for row in rows:
        for framework, code in ((old, row.old), (new, row.new)):
            if code:
                assert reverse("frameworks:criterion", args=[framework, code]) in html
        if row.change in ("changed", "moved"):
            assert row.words in words


def test_a_move_is_said_to_be_a_proposal(browser, read):
    assert "để người xác nhận" in read(browser.get(ADDRESS, {"cu": OLD, "moi": NEW}))


def test_new_before_old_is_turned_round(browser, read):
    words = read(browser.get(ADDRESS, {"cu": NEW, "moi": OLD}))
    assert "TT 17/2018 · tiểu học → TT 57/2026 · phổ thông" in words
    assert "Bản cũ được đặt ở bên trái" in words


def test_frameworks_that_have_nothing_to_do_with_each_other_say_so(browser, read):
    words = read(browser.get(ADDRESS, {"cu": "tt19-2018-mam-non", "moi": NEW}))
    assert "Hai khung này không nối tiếp nhau" in words


def test_without_a_choice_the_usual_pairs_are_offered(browser):
    html = browser.get(ADDRESS).content.decode()
    assert f"?cu={OLD}&amp;moi={NEW}" in html
    assert f"?cu={OLD}&amp;moi={AMENDED}" in html


def test_an_unknown_id_asks_to_choose(browser, read):
    assert "Hãy chọn đủ hai khung" in read(browser.get(ADDRESS, {"cu": "x", "moi": NEW}))


def test_two_criteria_stand_side_by_side_level_by_level(browser, read):
    rows = [row for row in compare(load(OLD), load(NEW)) if row.old and row.new]
    for row in (rows[0], rows[-1]):
        response = browser.get(ADDRESS, {"cu": OLD, "moi": NEW, "mot": row.old, "hai": row.new})
        words = read(response)
        assert row.words in words
        for framework, code in ((OLD, row.old), (NEW, row.new)):
            assert all(r.text in words for r in load(framework).criterion(code).requirements)
    assert browser.get(ADDRESS, {"cu": OLD, "moi": NEW, "mot": "9.9", "hai": "1.1"}).status_code == 404
    assert "không nối" in read(browser.get(ADDRESS, {"cu": OLD, "moi": NEW, "mot": "5.5", "hai": "1.1"}))


def test_any_two_can_be_compared(browser):
    ids = [info.id for info in available()]
    for one, two in zip(ids, ids[1:] + ids[:1], strict=True):
        assert browser.get(ADDRESS, {"cu": one, "moi": two}).status_code == 200
    assert browser.get(ADDRESS, {"cu": OLD, "moi": OLD}).status_code == 200
