"""All tables leave as one Excel file; filled in, it comes back with a preview, and nothing is stored before it is accepted."""

from __future__ import annotations

import re
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from caitien.assessment.model import TableData
from caitien.web.assessments.school_data_writing import write
from web.school_data.numbers import LAST, NOW, address, classes, stored


@pytest.fixture
def book(browser, assessment, secretary):
    """The file as the school fetches it: four classes in grade 6 this year."""
    text = TableData(table="pupils", texts={"new": {NOW: '=HYPERLINK("http://x")'}})
    write(assessment, [], [classes(grade_6={NOW: 4}), text], user=secretary)
    response = browser.get(address(assessment, "data_workbook"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="so-lieu-2026-2027.xlsx"'
    return openpyxl.load_workbook(BytesIO(response.content))


def place(book, sheet: str, row: str, column: str):
    """A cell of the file by the hidden ids."""
    found = next(one for one in book.worksheets if one.title.startswith(sheet))
    r = next(cell.row for cell in found["A"] if cell.value == row)
    heads = next(cell.row for cell in found["A"] if cell.value == "#columns")
    c = next(cell.column for cell in found[heads] if cell.value == column)
    return found.cell(r, c)


def sent(book) -> SimpleUploadedFile:
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("số liệu.xlsx", out.getvalue())


def preview(browser, assessment, file) -> str:
    response = browser.post(address(assessment, "data_take_in"), {"file": file})
    return response.content.decode()


def accept(browser, assessment, html: str, **answers: str):
    read = re.search(r'name="read" value="([^"]+)"', html)[1]
    return browser.post(address(assessment, "data_take_in"), {"read": read, **answers})


def test_the_file_has_the_numbers_and_no_formula_of_anybodys(book):
    assert place(book, "1 ", "grade-6", NOW).value == 4
    words = place(book, "4a", "new", NOW)
    assert (words.value, words.data_type) == ('=HYPERLINK("http://x")', "s")


def test_the_preview_says_each_cell_and_stores_nothing(browser, assessment, book):
    place(book, "1 ", "grade-6", NOW).value = 5
    place(book, "1 ", "grade-7", LAST).value = "1.234"
    html = preview(browser, assessment, sent(book))
    assert "2 ô sẽ thay đổi" in html
    assert "Khối lớp 6, năm học 2026-2027" in html
    assert "<strong>1.234</strong>" in html
    assert stored(assessment) == {"grade-6": {NOW: 4}}
    done = accept(browser, assessment, html)
    assert done.status_code == 302
    assert stored(assessment) == {"grade-6": {NOW: 5}, "grade-7": {LAST: 1234}}


def test_a_file_without_changes_says_so(browser, assessment, book):
    html = preview(browser, assessment, sent(book))
    assert "không có gì khác với số đang có" in html
    assert "Đưa vào" not in html


def test_what_is_not_understood_is_listed_and_kept_as_words(browser, assessment, book):
    place(book, "1 ", "grade-8", NOW).value = "chừng 4"
    html = preview(browser, assessment, sent(book))
    assert "1 chỗ không hiểu" in html
    assert "“chừng 4” không phải là một số" in html


def test_what_the_web_changed_meanwhile_elsewhere_stays(browser, assessment, book, colleague):
    now = classes(grade_6={NOW: 4})
    write(assessment, [now], [classes(grade_6={NOW: 4}, grade_9={NOW: 3})], user=colleague)
    place(book, "1 ", "grade-7", NOW).value = 4
    html = preview(browser, assessment, sent(book))
    assert "1 ô sẽ thay đổi" in html
    accept(browser, assessment, html)
    assert stored(assessment) == {"grade-6": {NOW: 4}, "grade-7": {NOW: 4}, "grade-9": {NOW: 3}}


@pytest.mark.parametrize(("answer", "kept"), [("mine", 5), ("theirs", 6)])
def test_a_cell_that_both_changed_is_asked_about(browser, assessment, book, colleague, answer, kept):
    write(assessment, [classes(grade_6={NOW: 4})], [classes(grade_6={NOW: 6})], user=colleague)
    place(book, "1 ", "grade-6", NOW).value = 5
    html = preview(browser, assessment, sent(book))
    assert "Cả tệp và trang web cùng sửa" in html
    unanswered = accept(browser, assessment, html)
    assert unanswered.status_code == 422
    assert "hãy chọn số nào được giữ" in unanswered.content.decode()
    assert stored(assessment) == {"grade-6": {NOW: 6}}
    accept(browser, assessment, html, **{f"o|classes|grade-6|{NOW}": answer})
    assert stored(assessment) == {"grade-6": {NOW: kept}}


def test_what_somebody_wrote_while_one_looked_is_asked_about(browser, assessment, book, colleague):
    place(book, "1 ", "grade-6", NOW).value = 5
    html = preview(browser, assessment, sent(book))
    write(assessment, [classes(grade_6={NOW: 4})], [classes(grade_6={NOW: 6})], user=colleague)
    again = accept(browser, assessment, html)
    assert again.status_code == 422
    assert "Số trong tệp:" in again.content.decode()
    assert stored(assessment) == {"grade-6": {NOW: 6}}


def test_the_file_of_another_year_says_so(browser, assessment, school, secretary, book):
    from web.assessments.made import assess

    other = assess(school, secretary, year="2027-2028")
    html = preview(browser, other, sent(book))
    assert "Tệp này là của năm học 2026-2027" in html


def test_an_answer_that_is_not_ours_is_refused(browser, assessment):
    response = browser.post(address(assessment, "data_take_in"), {"read": "x"})
    assert response.status_code == 422
    assert "Hãy chọn lại tệp" in response.content.decode()


def test_the_answer_of_another_assessment_is_refused(browser, assessment, school, secretary, book):
    from web.assessments.made import assess

    place(book, "1 ", "grade-6", NOW).value = 5
    html = preview(browser, assessment, sent(book))
    other = assess(school, secretary, year="2027-2028")
    assert accept(browser, other, html).status_code == 422
    assert stored(other) == {}


def own_xlsx() -> bytes:
    book, out = openpyxl.Workbook(), BytesIO()
    book.active["A1"] = "Danh sách lớp"
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "không phải tệp số liệu"),
        (b"PK\x03\x04 hong", "tệp"),
        (b"", "tệp"),
        (own_xlsx(), "Đây không phải tệp số liệu tải về từ phần mềm"),
        (b"x" * (8 * 1024 * 1024 + 1), "quá lớn đối với tệp số liệu"),
    ],
    ids=("pdf", "broken", "empty", "somebody's own", "huge"),
)
def test_a_wrong_file_gets_its_sentence(browser, assessment, content, said):
    response = browser.post(address(assessment, "data_take_in"), {"file": SimpleUploadedFile("a.xlsx", content)})
    assert response.status_code == 422
    assert said in response.content.decode()


def test_no_file_gets_a_sentence(browser, assessment):
    response = browser.post(address(assessment, "data_take_in"), {})
    assert response.status_code == 422
    assert "Chưa chọn tệp" in response.content.decode()
