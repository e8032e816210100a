"""Who wrote which cells when, and any of it comes back."""

from __future__ import annotations

from datetime import timedelta

from caitien.web.assessments.models import SchoolTable
from caitien.web.assessments.school_data_writing import write
from web.school_data.numbers import NOW, address, cell, classes, send, stored


def test_saves_that_follow_each_other_are_one_sitting_with_its_cells(browser, assessment):
    for n, version in ((6, 0), (7, 1), (8, 2)):
        send(browser, assessment, cell(f"grade-{n}", NOW, str(n), version=version))
    html = browser.get(address(assessment, "data_history", table="classes")).content.decode()
    assert "1 lần ghi số" in html
    assert "3 ô thay đổi" in html
    assert "Khối lớp 6, năm học 2026-2027" in html
    assert "Lò Thị Mẩy" in html


def test_another_person_or_another_hour_is_another_sitting(browser, assessment, colleague):
    send(browser, assessment, cell("grade-6", NOW, "4"))
    write(assessment, [classes(grade_6={NOW: 4})], [classes(grade_6={NOW: 5})], user=colleague)
    assert "2 lần ghi số" in browser.get(address(assessment, "data_history", table="classes")).content.decode()
    send(browser, assessment, cell("grade-7", NOW, "4", version=2), cell("grade-8", NOW, "4", version=2))
    old = SchoolTable.history.filter(version__lte=2)
    for line in old:
        SchoolTable.history.filter(pk=line.pk).update(history_date=line.history_date - timedelta(hours=2))
    assert "3 lần ghi số" in browser.get(address(assessment, "data_history", table="classes")).content.decode()


def test_what_was_typed_and_taken_back_at_once_is_no_change(browser, assessment):
    send(browser, assessment, cell("grade-6", NOW, "4"))
    send(browser, assessment, cell("grade-6", NOW, "", version=1))
    assert "chưa có ai ghi số" in browser.get(address(assessment, "data_history", table="classes")).content.decode()


def test_a_version_comes_back(browser, assessment, colleague):
    send(browser, assessment, cell("grade-6", NOW, "4"))
    write(assessment, [classes(grade_6={NOW: 4})], [classes(grade_7={NOW: 5})], user=colleague)
    back = address(assessment, "data_restore", table="classes", version=1)
    html = browser.post(back, {"version": 2}, follow=True).content.decode()
    assert "Đã khôi phục: 2 ô trở lại như trước." in html
    assert stored(assessment) == {"grade-6": {NOW: 4}}


def test_what_somebody_wrote_since_one_looked_is_not_written_over(browser, assessment, colleague):
    send(browser, assessment, cell("grade-6", NOW, "4"))
    send(browser, assessment, cell("grade-6", NOW, "5", version=1))
    write(assessment, [classes(grade_6={NOW: 5})], [classes(grade_6={NOW: 6})], user=colleague)
    back = address(assessment, "data_restore", table="classes", version=1)
    html = browser.post(back, {"version": 2}, follow=True).content.decode()
    assert "nên chưa khôi phục" in html
    assert stored(assessment) == {"grade-6": {NOW: 6}}


def test_a_version_that_never_was_is_not_found(browser, assessment):
    send(browser, assessment, cell("grade-6", NOW, "4"))
    assert browser.post(address(assessment, "data_restore", table="classes", version=99)).status_code == 404
