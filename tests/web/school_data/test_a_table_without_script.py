"""A table is a plain form: one button saves it, and what cannot be saved comes back as it was typed."""

from __future__ import annotations

import pytest
from django.test import Client

from caitien.web.assessments.models import Assessment, SchoolTable
from caitien.web.assessments.school_data_writing import write
from web.invented import make_user
from web.school_data.numbers import LAST, NOW, address, classes, stored


@pytest.fixture
def url(assessment) -> str:
    return address(assessment, table="classes")


def form(version: int = 0, **more: str) -> dict[str, str]:
    return {"version": str(version), "source": "", "as_of": "", **more}


def test_numbers_are_typed_as_people_write_them(browser, assessment, url):
    sent = form(
        **{
            f"o/grade-6/{NOW}": "4",
            f"o/grade-7/{NOW}": "1.234",
            f"o/grade-8/{NOW}": "12,5",
            f"o/grade-9/{NOW}": "không",
        }
    )
    response = browser.post(url, sent, follow=True)
    assert "Đã lưu 4 ô." in response.content.decode()
    assert stored(assessment) == {
        "grade-6": {NOW: 4},
        "grade-7": {NOW: 1234},
        "grade-8": {NOW: 12.5},
        "grade-9": {NOW: 0},
    }
    html = response.content.decode()
    assert 'value="1.234"' in html
    assert 'value="12,5"' in html


def test_words_where_a_number_is_wanted_stay_and_are_marked(browser, assessment, url):
    html = browser.post(url, form(**{f"o/grade-6/{NOW}": "khoảng 4"}), follow=True).content.decode()
    assert 'value="khoảng 4"' in html
    assert "chưa phải số" in html
    assert "“khoảng 4” không phải là một số; hãy ghi lại" in html
    assert SchoolTable.objects.get().texts == {"grade-6": {NOW: "khoảng 4"}}


def test_source_and_day_are_kept(browser, assessment, url):
    browser.post(url, form(source="Cơ sở dữ liệu ngành", as_of="5/9/2026"))
    row = SchoolTable.objects.get()
    assert (row.source, row.as_of) == ("Cơ sở dữ liệu ngành", "2026-09-05")


def test_a_day_that_is_none_is_said_and_all_that_was_typed_comes_back(browser, assessment, url):
    sent = form(as_of="31/02/2026", source="Sổ đăng bộ", **{f"o/grade-6/{NOW}": "4"})
    response = browser.post(url, sent)
    html = response.content.decode()
    assert response.status_code == 422
    assert "“31/02/2026” không phải là một ngày. Hãy ghi như 31/05/2026." in html
    assert 'value="31/02/2026"' in html
    assert 'value="Sổ đăng bộ"' in html
    assert stored(assessment) == {"grade-6": {NOW: 4}}  # what was right is saved already


def test_a_cell_that_is_far_too_long_comes_back_with_a_sentence(browser, assessment, url):
    response = browser.post(url, form(**{f"o/grade-6/{NOW}": "a" * 2_001, f"o/grade-7/{NOW}": "3"}))
    assert response.status_code == 422
    assert "Hãy viết ngắn lại" in response.content.decode()
    assert "a" * 2_001 in response.content.decode()
    assert stored(assessment) == {"grade-7": {NOW: 3}}


def test_two_who_filled_in_different_cells_both_keep_them(browser, assessment, url, colleague):
    write(assessment, [], [classes(grade_9={LAST: 3})], user=colleague)
    browser.post(url, form(version=0, **{f"o/grade-6/{NOW}": "4", f"o/grade-9/{LAST}": ""}))
    assert stored(assessment) == {"grade-9": {LAST: 3}, "grade-6": {NOW: 4}}


def test_two_who_wrote_one_cell_are_both_shown_and_the_second_save_decides(browser, assessment, url, colleague):
    write(assessment, [], [classes(grade_6={NOW: 5})], user=colleague)
    response = browser.post(url, form(version=0, **{f"o/grade-6/{NOW}": "4"}))
    html = response.content.decode()
    assert response.status_code == 422
    assert 'value="4"' in html
    assert "người khác vừa ghi 5" in html
    assert stored(assessment) == {"grade-6": {NOW: 5}}
    browser.post(url, form(version=1, **{f"o/grade-6/{NOW}": "4"}))
    assert stored(assessment) == {"grade-6": {NOW: 4}}


def test_two_sources_are_both_shown(browser, assessment, url, colleague):
    data = classes(grade_6={NOW: 5}).model_copy(update={"source": "Sổ điểm"})
    write(assessment, [], [data], user=colleague)
    response = browser.post(url, form(version=0, source="Cơ sở dữ liệu ngành"))
    assert response.status_code == 422
    assert "Người khác vừa ghi “Sổ điểm”" in response.content.decode()
    assert 'value="Cơ sở dữ liệu ngành"' in response.content.decode()
    assert SchoolTable.objects.get().source == "Sổ điểm"


def test_what_is_sent_for_no_cell_of_the_form_is_not_stored(browser, assessment, url):
    browser.post(url, form(**{"o/grade-13/2026-2027": "4", "o/grade-6/1999-2000": "7", "o/": "1"}))
    assert stored(assessment) == {}


def test_an_approved_report_is_locked(browser, assessment, url):
    Assessment.objects.update(state=Assessment.State.APPROVED)
    response = browser.post(url, form(**{f"o/grade-6/{NOW}": "4"}))
    assert response.status_code == 409
    assert "đã phê duyệt nên không sửa được" in response.content.decode()
    html = browser.get(url).content.decode()
    assert "sheet-input" not in html
    assert "đã phê duyệt nên không sửa được" in html


def test_who_only_looks_sees_numbers_and_no_inputs(assessment, url, school, secretary):
    write(assessment, [], [classes(grade_6={NOW: 4})], user=secretary)
    looker = Client()
    looker.force_login(make_user("nhan-vien", "", school, "staff"))
    html = looker.get(url).content.decode()
    assert "sheet-input" not in html
    assert '<span class="sheet-read" id="o-grade-6--2026-2027">4</span>' in html


def test_a_table_that_is_not_in_the_form_is_not_found(browser, assessment):
    assert browser.get(address(assessment, table="khong-co")).status_code == 404
