"""Words are found in the frameworks, with or without marks; htmx gets the results alone."""

from __future__ import annotations

import re

from django.urls import reverse

from caitien.standards import search

ADDRESS = "/khung-tieu-chuan/tim/"


def test_words_without_marks_are_found_and_marked(browser):
    html = browser.get(ADDRESS, {"chu": "ke hoach cai tien", "khung": "tt57-2026-pho-thong"}).content.decode()
    hits = search("ke hoach cai tien", ["tt57-2026-pho-thong"])
    assert f"{len(hits)} chỗ có “ke hoach cai tien”" in html
    assert reverse("frameworks:criterion", args=["tt57-2026-pho-thong", hits[0].criterion]) in html
    assert '<mark class="quote text-inherit">Kế</mark> <mark class="quote text-inherit">hoạch</mark>' in html
    assert '<mark class="quote text-inherit">kết</mark>' not in html


def test_many_hits_come_page_by_page_and_none_is_lost(browser):
    hits, seen, number = search("nha truong"), [], 0
    while len(seen) < len(hits):
        number += 1
        html = browser.get(ADDRESS, {"chu": "nha truong", "trang": number}).content.decode()
        found = re.findall(r'<li class="panel">', html)
        assert found, number
        seen += found
    assert len(seen) == len(hits)
    assert number > 1


def test_nothing_found_says_what_to_try(browser, read):
    assert "Không thấy “thủy văn học”" in read(browser.get(ADDRESS, {"chu": "thủy văn học"}))


def test_words_of_a_reader_are_never_markup(browser):
    html = browser.get(ADDRESS, {"chu": "<script>alert(1)</script>", "khung": "<b>", "trang": "x"}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_htmx_gets_the_results_alone_and_a_reader_without_it_the_page(browser):
    fragment = browser.get(ADDRESS, {"chu": "thu vien"}, headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith('<section class="stack-tight" id="ket-qua"')
    assert "<!doctype html>" in browser.get(ADDRESS, {"chu": "thu vien"}).content.decode()
    back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<!doctype html>" in browser.get(ADDRESS, {"chu": "thu vien"}, headers=back).content.decode()


def test_an_endless_question_is_cut_short(browser):
    assert browser.get(ADDRESS, {"chu": "a " * 3000}).status_code == 200
