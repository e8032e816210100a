"""Sums, shares and numbers of other tables are shown as computed and not typed twice; what differs is marked with both."""

from __future__ import annotations

import pytest

from caitien.assessment.model import TableData
from caitien.web.assessments.school_data_writing import write
from web.school_data.numbers import NOW, address, cell, classes, send, stored

ALL = {f"grade_{n}": {NOW: 4} for n in (6, 7, 8, 9)}


@pytest.fixture
def filled(assessment, secretary):
    write(assessment, [], [classes(**ALL)], user=secretary)
    return assessment


def now(browser, assessment, table="classes"):
    return browser.get(address(assessment, "data_cells", table=table)).json()["cells"]


def test_a_sum_is_shown_and_nothing_is_stored_for_it(browser, filled):
    found = now(browser, filled)[f"total/{NOW}"]
    assert (found["w"], found["p"], found["k"]) == ("", "16", "is-computed")
    assert "total" not in stored(filled)


def test_a_sum_typed_as_it_is_computed_is_not_kept(browser, filled):
    send(browser, filled, cell("total", NOW, "16", version=1))
    assert "total" not in stored(filled)
    send(browser, filled, cell("grade-6", NOW, "5", version=1))
    assert now(browser, filled)[f"total/{NOW}"]["p"] == "17"  # it goes on following its parts


def test_a_block_pasted_with_its_total_keeps_the_parts_only(browser, assessment):
    send(browser, assessment, *[cell(f"grade-{n}", NOW, "4") for n in (6, 7, 8, 9)], cell("total", NOW, "16"))
    assert sorted(stored(assessment)) == ["grade-6", "grade-7", "grade-8", "grade-9"]


def test_a_typed_sum_that_differs_is_marked_with_both(browser, filled):
    answer = send(browser, filled, cell("total", NOW, "17", version=1))
    found = answer["cells"][f"total/{NOW}"]
    assert found["w"] == "17"
    assert "cộng ra 16" in found["n"]
    assert "is-wrong" in found["k"]
    assert "đã ghi 17 nhưng cộng các phần là 16" in answer["findings"]
    html = browser.get(address(filled, table="classes")).content.decode()
    assert "cộng ra 16" in html
    assert 'href="#o-total--2026-2027"' in html


def test_a_number_of_another_table_is_taken_from_there_with_a_link(browser, filled, secretary):
    staff = TableData(table="staff-now", cells={"teachers": {"total": 32}})
    write(filled, [], [staff], user=secretary)
    found = now(browser, filled, "staff-years")
    teachers = found[f"teachers/{NOW}"]
    assert teachers["p"] == "32"
    assert "từ bảng 3a" in teachers["n"]
    assert "/so-lieu/bang/staff-now/#o-teachers--total" in teachers["n"]
    assert found[f"per-class/{NOW}"]["p"] == "2"  # 32 teachers, 16 classes


def test_a_share_that_was_rounded_is_shown_with_both_and_not_warned_about(browser, assessment):
    sent = [
        {"action": "pupils", "field": f"{row}/{NOW}", "words": words, "version": 0}
        for row, words in (("total", "600"), ("right-age", "577"), ("right-age-rate", "96,2"))
    ]
    found = send(browser, assessment, *sent, table="pupils")["cells"][f"right-age-rate/{NOW}"]
    assert found["w"] == "96,2"
    assert "tính ra 96,17" in found["n"]
    assert "is-wrong" not in found["k"]
