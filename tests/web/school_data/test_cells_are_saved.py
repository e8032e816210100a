"""Cells of a table are saved one by one, each with its own answer; what was done is taken back in one gesture."""

from __future__ import annotations

import json

import pytest

from caitien.web.assessments.models import Assessment, SchoolTable
from caitien.web.assessments.school_data_writing import write
from web.school_data.numbers import LAST, NOW, address, cell, classes, send, stored


def test_a_cell_is_saved_and_the_table_as_it_is_now_comes_back(browser, assessment):
    answer = send(browser, assessment, cell("grade-6", NOW, "1.204"))
    assert answer["results"] == [{"status": "saved", "version": 1}]
    assert answer["v"] == 1
    assert answer["cells"][f"grade-6/{NOW}"]["w"] == "1.204"
    assert stored(assessment) == {"grade-6": {NOW: 1204}}


def test_the_same_again_is_nothing_new(browser, assessment):
    send(browser, assessment, cell("grade-6", NOW, "4"))
    answer = send(browser, assessment, cell("grade-6", NOW, " 4 ", version=1))
    assert answer["results"] == [{"status": "same", "version": 1}]
    assert answer["batch"] is None


def test_cells_of_two_people_are_both_kept(browser, assessment, colleague):
    write(assessment, [], [classes(grade_7={NOW: 3})], user=colleague)
    answer = send(browser, assessment, cell("grade-6", NOW, "4", version=0))
    assert answer["results"][0]["status"] == "saved"
    assert answer["cells"][f"grade-7/{NOW}"]["w"] == "3"  # what the other wrote is seen at once
    assert stored(assessment) == {"grade-7": {NOW: 3}, "grade-6": {NOW: 4}}


def test_one_cell_of_two_people_is_a_clash_with_both_and_who_and_when(browser, assessment, colleague):
    write(assessment, [], [classes(grade_6={NOW: 1234})], user=colleague)
    answer = send(browser, assessment, cell("grade-6", NOW, "4", version=0), cell("grade-8", NOW, "2", version=0))
    clash, other = answer["results"]
    assert (clash["status"], clash["mine"], clash["theirs"], clash["who"]) == ("clash", "4", "1.234", "Vàng A Sử")
    assert other["status"] == "saved"  # one clash does not keep the others from being saved
    assert stored(assessment)["grade-6"] == {NOW: 1234}
    settled = send(browser, assessment, cell("grade-6", NOW, "4", version=clash["version"]))
    assert settled["results"][0]["status"] == "saved"
    assert stored(assessment)["grade-6"] == {NOW: 4}


def test_words_that_arrived_without_an_answer_are_no_clash_with_oneself(browser, assessment):
    send(browser, assessment, cell("grade-6", NOW, "4"))
    answer = send(browser, assessment, cell("grade-6", NOW, "5", version=0, before="4"))
    assert answer["results"][0]["status"] == "saved"
    assert stored(assessment) == {"grade-6": {NOW: 5}}


def test_a_cell_written_twice_in_one_request_ends_with_the_last(browser, assessment):
    answer = send(browser, assessment, cell("grade-6", NOW, "4"), cell("grade-6", NOW, "5", before="4"))
    assert [one["status"] for one in answer["results"]] == ["saved", "saved"]
    assert stored(assessment) == {"grade-6": {NOW: 5}}


def test_an_emptied_cell_is_empty_again(browser, assessment):
    send(browser, assessment, cell("grade-6", NOW, "4"))
    send(browser, assessment, cell("grade-6", NOW, "", version=1))
    assert stored(assessment) == {}


@pytest.mark.parametrize("field", ["grade-13/2026-2027", "grade-6/", "", "grade-6/" + "x" * 100])
def test_a_cell_that_is_not_there_is_answered_with_a_sentence(browser, assessment, field):
    answer = send(browser, assessment, {**cell("a", "b", "4"), "field": field})
    assert answer["results"][0]["status"] == "error"
    assert "hãy tải lại trang" in answer["results"][0]["say"]
    assert stored(assessment) == {}


def test_source_and_day_are_cells_too(browser, assessment):
    answer = send(
        browser,
        assessment,
        {"action": "classes", "field": "#source", "words": "Sổ đăng bộ", "version": 0},
        {"action": "classes", "field": "#as-of", "words": "tháng trước", "version": 0},
    )
    assert [one["status"] for one in answer["results"]] == ["saved", "error"]
    assert "Hãy ghi như 31/05/2026" in answer["results"][1]["say"]
    assert answer["source"] == "Sổ đăng bộ"


def test_one_gesture_is_taken_back_and_done_again(browser, assessment):
    send(browser, assessment, cell("grade-6", NOW, "4"))
    pasted = send(browser, assessment, *[cell(f"grade-{n}", LAST, str(n), version=1) for n in (6, 7, 8, 9)])
    undo = address(assessment, "data_undo", table="classes", batch=pasted["batch"])
    done = browser.post(undo, headers={"Accept": "application/json"}).json()
    assert stored(assessment) == {"grade-6": {NOW: 4}}
    assert done["cells"][f"grade-7/{LAST}"]["w"] == ""
    again = address(assessment, "data_undo", table="classes", batch=done["batch"])
    browser.post(again, headers={"Accept": "application/json"})
    assert stored(assessment)["grade-9"] == {LAST: 9}


def test_taking_back_leaves_what_another_wrote_since(browser, assessment, colleague):
    mine = send(browser, assessment, cell("grade-6", NOW, "4"), cell("grade-7", NOW, "4"))
    now = classes(grade_6={NOW: 4}, grade_7={NOW: 4})
    write(assessment, [now], [classes(grade_6={NOW: 9}, grade_7={NOW: 4})], user=colleague)
    undo = address(assessment, "data_undo", table="classes", batch=mine["batch"])
    done = browser.post(undo, headers={"Accept": "application/json"}).json()
    assert stored(assessment) == {"grade-6": {NOW: 9}}
    assert "1 ô giữ nguyên" in done["say"]


def test_without_script_taking_back_goes_to_the_table(browser, assessment):
    mine = send(browser, assessment, cell("grade-6", NOW, "4"))
    response = browser.post(address(assessment, "data_undo", table="classes", batch=mine["batch"]), follow=True)
    assert "Đã hoàn tác." in response.content.decode()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        '{"cells": []}',
        '{"cells": [1]}',
        '{"cells": {"a": 1}}',
        '{"cells": [{"field": "grade-6/2026-2027", "words": 4, "version": 0}]}',
        '{"cells": [{"field": "grade-6/2026-2027", "words": "4", "version": -1}]}',
        '{"cells": [{"field": "grade-6/2026-2027", "words": "4", "version": true}]}',
        "[" * 100_000,
    ],
)
def test_a_request_that_is_none_gets_a_sentence(browser, assessment, body):
    response = browser.post(
        address(assessment, "data_cells", table="classes"),
        body,
        content_type="application/json",
        headers={"Accept": "application/json"},
    )
    assert response.status_code == 400
    assert response.json()["error"].endswith((".", "lưu."))
    assert SchoolTable.objects.count() == 0


def test_too_many_cells_at_once_are_refused_with_what_to_do(browser, assessment):
    body = json.dumps({"cells": [cell("grade-6", NOW, "4")] * 1_001})
    response = browser.post(address(assessment, "data_cells", table="classes"), body, content_type="application/json")
    assert response.status_code == 413
    assert "Hãy chia thành nhiều lần" in response.json()["error"]


def test_an_approved_report_answers_every_cell(browser, assessment):
    Assessment.objects.update(state=Assessment.State.APPROVED)
    answer = send(browser, assessment, cell("grade-6", NOW, "4"))
    assert answer["results"][0]["status"] == "locked"
    assert "đã phê duyệt" in answer["results"][0]["say"]


def test_letters_that_no_database_takes_are_left_out(browser, assessment):
    answer = send(browser, assessment, cell("grade-6", NOW, "4\0"), cell("grade-7", NOW, "\ud83d năm"))
    assert [one["status"] for one in answer["results"]] == ["saved", "saved"]
    assert stored(assessment)["grade-6"] == {NOW: 4}
