"""Last year's report begins this year's tables: what it says of the same years is carried, shown as such, and compared."""

from __future__ import annotations

import pytest

from caitien.assessment.model import TableData
from caitien.web.assessments.school_data_carrying import carry
from caitien.web.assessments.school_data_writing import write
from web.assessments.made import assess
from web.school_data.numbers import LAST, OLD, address, classes, stored


@pytest.fixture
def before(school, secretary):
    made = assess(school, secretary, year=LAST)
    staff = TableData(table="staff-now", cells={"teachers": {"total": 30}}, as_of="2025-09-05", source="Hồ sơ")
    write(made, [], [classes(grade_6={"2023-2024": 2, OLD: 3, LAST: 4}), staff], user=secretary)
    return made


def test_it_is_offered_with_a_preview_and_one_click(browser, before, assessment):
    page = browser.get(address(assessment, "data")).content.decode()
    assert "Bản tự đánh giá 2025-2026 đã có số của các năm trước." in page
    preview = browser.get(address(assessment, "data_carry")).content.decode()
    assert "4 ô trống sẽ nhận số" in preview
    assert stored(assessment) == {}
    done = browser.post(address(assessment, "data_carry"), follow=True).content.decode()
    assert "Đã chuyển" in done
    assert stored(assessment) == {"grade-6": {OLD: 3, LAST: 4}}  # the oldest year stands in last year's report
    assert stored(assessment, "staff-years") == {"teachers": {LAST: 30}}


def test_nothing_that_was_typed_is_written_over(browser, before, assessment, secretary):
    write(assessment, [], [classes(grade_6={OLD: 7})], user=secretary)
    preview = browser.get(address(assessment, "data_carry")).content.decode()
    assert "Đang ghi khác với báo cáo năm trước" in preview
    browser.post(address(assessment, "data_carry"))
    assert stored(assessment)["grade-6"] == {OLD: 7, LAST: 4}


def test_a_second_time_there_is_nothing_to_do(before, assessment, secretary):
    assert carry(assessment, secretary) is not None
    assert carry(assessment, secretary) is None


def test_a_year_that_is_as_in_last_years_report_says_so(browser, before, assessment, secretary):
    carry(assessment, secretary)
    html = browser.get(address(assessment, table="classes")).content.decode()
    assert html.count("như báo cáo 2025-2026") == 2


def test_a_number_that_is_another_than_in_last_years_report_says_so(browser, before, assessment, secretary):
    write(assessment, [], [classes(grade_6={OLD: 7})], user=secretary)
    assert "báo cáo 2025-2026 ghi 3" in browser.get(address(assessment, table="classes")).content.decode()


def test_without_a_report_of_last_year_nothing_is_offered(browser, assessment):
    assert "data_carry" not in browser.get(address(assessment, "data")).content.decode()
    assert "Năm trước chưa có số liệu nào" in browser.get(address(assessment, "data_carry")).content.decode()


def test_what_the_profile_of_the_school_knows_is_not_typed_again(browser, school, assessment):
    school.province, school.head_name = "Lào Cai", "Nông Thị Lụa"
    school.save()
    assert "Hồ sơ trường đã có 2 mục" in browser.get(address(assessment, table="head")).content.decode()
    html = browser.post(address(assessment, "data_profile"), follow=True).content.decode()
    assert "Đã điền 2 ô từ hồ sơ trường." in html
    assert 'value="Nông Thị Lụa"' in html
    assert "Hồ sơ trường đã có" not in html
