"""Who wrote what, from what to what; an older text comes back; last year's text is copied over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from caitien.web.assessments.models import LevelReview
from web.assessments.sheets import Sheet
from web.invented import make_user


@pytest.fixture
def sheet(school, secretary):
    return Sheet(school, secretary)


def write(client, sheet, words, level=1):
    sheet.send(client, {"row": sheet.level(level), "words": words, "version": sheet.level(level).version})


def history(client, sheet):
    return client.get(sheet.url("criterion_history"))


def test_what_is_written_in_one_go_is_one_change(browser, sheet):
    for words in ("Nhà", "Nhà trường", "Nhà trường có kế hoạch"):
        write(browser, sheet, words)
    (change,) = history(browser, sheet).context["changes"]
    assert [(one.before, one.after) for one in change.fields] == [("", "Nhà trường có kế hoạch")]
    assert change.who.username == "thu-ky"


def test_another_person_or_a_long_pause_is_another_change(browser, sheet, school):
    write(browser, sheet, "Một.")
    LevelReview.history.update(history_date=LevelReview.history.first().history_date - timedelta(hours=1))
    write(browser, sheet, "Một. Hai.")
    other = Client()
    other.force_login(make_user("pho", "Mùa A Sình", school, "vice_chair"))
    write(other, sheet, "Một. Hai. Ba.")
    changes = history(browser, sheet).context["changes"]
    assert [change.fields[0].after for change in changes] == ["Một. Hai. Ba.", "Một. Hai.", "Một."]


def test_an_older_text_comes_back_and_the_newer_stays_in_the_history(browser, sheet):
    write(browser, sheet, "Bản cũ, viết kỹ.")
    record = LevelReview.history.filter(id=sheet.level().pk).latest().pk
    LevelReview.history.update(history_date=LevelReview.history.first().history_date - timedelta(hours=1))
    write(browser, sheet, "")
    answer = browser.post(sheet.url("criterion_restore", record=record), {"cot": "description"})
    assert answer.status_code == 302
    assert sheet.level().description == "Bản cũ, viết kỹ."
    assert "lấy lại bản cũ" in history(browser, sheet).content.decode()


def test_a_change_is_taken_back_unless_somebody_wrote_since(browser, sheet, school):
    write(browser, sheet, "Bản một.")
    before = LevelReview.history.filter(id=sheet.level().pk).latest().pk
    write(browser, sheet, "Bản hai.")
    taken = {"cot": "description", "tu": sheet.level().version}
    other = Client()
    other.force_login(make_user("pho", "", school, "vice_chair"))
    write(other, sheet, "Bản ba.")
    answer = browser.post(sheet.url("criterion_restore", record=before), taken)
    assert answer.status_code == 409
    assert sheet.level().description == "Bản ba."
    write(other, sheet, "Bản hai.")
    browser.post(sheet.url("criterion_restore", record=before), {**taken, "tu": sheet.level().version})
    assert sheet.level().description == "Bản một."


def test_a_line_of_another_sheet_is_not_found(browser, sheet, other_school):
    foreign = Sheet(other_school, sheet.user)
    record = LevelReview.history.filter(id=foreign.level().pk).first().pk
    assert browser.post(sheet.url("criterion_restore", record=record)).status_code == 404


@pytest.fixture
def last_year(sheet, school, secretary, browser):
    last = Sheet(school, secretary, year="2025-2026")
    last.form(browser, description="Năm trước có kế hoạch (MC.1.3.01).")
    return last


def test_last_years_text_stands_beside_and_is_copied_into_an_empty_one(browser, sheet, last_year):
    html = browser.get(sheet.url()).content.decode()
    assert "Năm học 2025-2026 đã viết" in html
    assert "Chép sang Mức 1" in html
    browser.post(sheet.url("criterion_copy", level=1), {"nguon": last_year.level().pk})
    assert sheet.level().description == "Năm trước có kế hoạch (MC.1.3.01)."


def test_it_is_never_copied_over_words(browser, sheet, last_year):
    write(browser, sheet, "Năm nay.")
    assert "Nối vào cuối Mức 1" in browser.get(sheet.url()).content.decode()
    answer = browser.post(sheet.url("criterion_copy", level=1), {"nguon": last_year.level().pk})
    assert answer.status_code == 409
    browser.post(sheet.url("criterion_copy", level=1), {"nguon": last_year.level().pk, "noi": "1"})
    assert sheet.level().description == "Năm nay.\nNăm trước có kế hoạch (MC.1.3.01)."


def test_the_old_framework_is_found_by_the_crosswalk_and_codes_become_new_ones(browser, sheet, school, secretary):
    from caitien.web.evidence.codes import keep_old_code

    old = Sheet(school, secretary, "1.6", "tt17-2018-tieu-hoc", year="2025-2026")
    old.form(browser, description="Hồ sơ đầy đủ [H1-1.6-01], sổ [H1-1.6-09].")
    keep_old_code(sheet.evidence("Hồ sơ", state="verified"), "[H1-1.6-01]", "2025-2026", secretary)
    html = browser.get(sheet.url()).content.decode()
    assert "tiêu chí tương ứng là đề xuất" in html
    assert "Chép sang Mức 2" in html
    browser.post(sheet.url("criterion_copy", level=2), {"nguon": old.level().pk})
    assert sheet.level(2).description == "Hồ sơ đầy đủ (MC.1.3.01), sổ [H1-1.6-09]."


def test_a_text_of_another_school_is_not_found(browser, sheet, other_school):
    foreign = Sheet(other_school, sheet.user, year="2025-2026")
    assert browser.post(sheet.url("criterion_copy", level=1), {"nguon": foreign.level().pk}).status_code == 404
    assert browser.post(sheet.url("criterion_copy", level=1), {"nguon": "x"}).status_code == 404
