"""The page of school data shows every table, how far it is filled in, and says honestly when a form is not known."""

from __future__ import annotations

import pytest

from caitien.web.assessments.school_data_writing import write
from web.school_data.numbers import NOW, address, classes


def page(browser, assessment) -> str:
    return browser.get(address(assessment, "data")).content.decode()


def test_every_table_of_the_form_is_there(browser, assessment):
    html = page(browser, assessment)
    for title in ("1. Số lớp học", "2. Cơ cấu khối công trình", "4a. Học sinh: số liệu chung", "4c. Kết quả giáo dục"):
        assert title in html
    assert "7 bảng, chưa có số nào." in html


def test_it_says_how_complete_each_is_and_what_is_doubtful(browser, assessment, secretary):
    write(assessment, [], [classes(grade_6={NOW: 4}, grade_7={NOW: -4})], user=secretary)
    html = page(browser, assessment)
    assert "2/12 ô" in html
    assert "1 lỗi" in html
    assert "1 chỗ cần xem lại" in html


def test_a_level_whose_form_is_not_known_says_so_and_what_can_be_done(browser, assessment, school):
    school.level = "tieu_hoc"
    school.save()
    html = page(browser, assessment)
    assert "Chưa biết bảng số liệu của trường tiểu học" in html
    assert "đặt một tệp mô tả bảng vào thư mục “tables”" in html
    assert "1. Số lớp học" in html  # what is shared can be filled in all the same


def test_a_school_of_several_levels_chooses(browser, assessment, school):
    school.level = "th_thcs"
    school.save()
    assert "dùng tạm các bảng giống trường trung học cơ sở" in page(browser, assessment)
    browser.post(address(assessment, "data_level"), {"cap": "thcs"})
    html = page(browser, assessment)
    assert "4c. Kết quả giáo dục trung học cơ sở" in html
    assert "dùng tạm" not in html


def test_a_level_that_is_not_offered_is_refused_with_a_sentence(browser, assessment):
    response = browser.post(address(assessment, "data_level"), {"cap": "dai-hoc"}, follow=True)
    assert "Hãy chọn một cấp học trong danh sách." in response.content.decode()


def test_numbers_come_back_with_their_tables(browser, assessment, secretary):
    write(assessment, [], [classes(grade_6={NOW: 4})], user=secretary)
    browser.post(address(assessment, "data_level"), {"cap": "thpt"})
    assert "số mà mẫu đang dùng không có" in page(browser, assessment)
    browser.post(address(assessment, "data_level"), {"cap": "thcs"})
    html = page(browser, assessment)
    assert "1/12 ô" in html
    assert "số mà mẫu đang dùng không có" not in html


OWN = """\
schema: caitien.tables/1
id: tt57-tieu-hoc
title: "Bảng số liệu trường tiểu học"
frameworks: [tt57]
levels: [tieu_hoc]
years: 3
known: true
mark: single
source: "Bản ký"
tables:
  - {id: pupils-own, number: "9", title: "Bảng của tỉnh", where: "Biểu 1", mark: single, by_year: true, rows: [{id: a, title: "Dòng A"}]}
"""


@pytest.fixture
def own_file(tmp_path, monkeypatch):
    monkeypatch.setenv("CAITIEN_TABLES", str(tmp_path))
    return tmp_path / "tt57-tieu-hoc.yaml"


def test_an_own_file_takes_the_place_of_what_is_not_known(browser, assessment, school, own_file):
    school.level = "tieu_hoc"
    school.save()
    own_file.write_text(OWN, encoding="utf-8")
    html = page(browser, assessment)
    assert "9. Bảng của tỉnh" in html
    assert "Chưa biết bảng số liệu" not in html


def test_a_slip_in_an_own_file_is_named_and_our_tables_go_on(browser, assessment, own_file):
    own_file.write_text(OWN.replace("rows: [{id: a,", "rows: [{idd: a,"), encoding="utf-8")
    html = page(browser, assessment)
    assert "có lỗi nên chưa được dùng" in html
    assert "tt57-tieu-hoc.yaml, dòng" in html
    assert str(own_file.parent) not in html
    assert "1. Số lớp học" in html


def test_another_year_is_one_click_away_from_a_table_too(browser, assessment, school, secretary):
    from web.assessments.made import assess

    other = assess(school, secretary, year="2025-2026")
    html = browser.get(address(assessment, "data_table", table="classes")).content.decode()
    assert f'href="{address(other, "data")}"' in html
