"""Two answers are told apart at a glance: what one says and the other does not is marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from caitien.web.documents.mends import mended
from caitien.web.ui.differences import differences


def marked(*texts: str, items: bool = False) -> list[list[str]]:
    return [[words for words, differs in parts if differs] for parts in differences(texts, items=items)]


def test_another_person_is_marked_whole():
    texts = ("Trịnh Văn Hữu; Lèng Thị Thơm", "Trịnh Văn Hữu; Lù Quốc Thịnh")
    assert marked(*texts, items=True) == [["Lèng Thị Thơm"], ["Lù Quốc Thịnh"]]


def test_a_typing_slip_in_capitals_is_no_difference():
    assert marked("Trịnh Văn Hữu; Lê Thị Mai", "TRịnh Văn Hữu", items=True) == [["Lê Thị Mai"], []]


def test_the_order_of_people_is_no_difference():
    assert marked("Hà Văn Pó; Lò Thị Mẩy", "Lò Thị Mẩy, Hà Văn Pó", items=True) == [[], []]


def test_a_longer_time_is_marked_where_it_is_longer():
    assert marked("09 – 08", "09") == [["08"], []]


def test_neighbours_that_differ_are_one_mark():
    assert marked("Trước ngày 15/10/2025", "Trước Tết") == [["ngày 15/10/2025"], ["Tết"]]


@given(st.lists(st.text(), min_size=1, max_size=4), st.booleans())
def test_no_word_is_lost_or_changed(texts, items):
    cut = differences(texts, items=items)
    assert ["".join(words for words, _ in parts) for parts in cut] == texts


def test_the_page_marks_them(browser, at):
    page = browser.get(at("review"), {"cau": "1.responsible"}).content.decode()
    assert '<mark class="differs">Hà Văn Pó</mark>' in page


def test_a_finding_that_only_repeats_the_answers_is_not_shown(browser, at):
    assert "hai người phụ trách." not in browser.get(at("review"), {"cau": "1.responsible"}).content.decode()


def test_the_word_that_lost_its_letters_is_offered_and_taken(browser, at, imported):
    page = browser.get(at("review"), {"cau": "4.content"}).content.decode()
    assert "Sửa thành “cha mẹ”" in page
    browser.post(at("answer"), {"cau": "4.content", "chon": "mend"})
    imported.refresh_from_db()
    assert imported.decisions["rows"]["4"] == {"content": "Họp cha mẹ học sinh"}


def test_a_list_is_mended_line_by_line():
    words, value = mended("measures", ["Họp cha m học sinh;", "Ghi biên bản."])
    assert words == "“cha mẹ”"
    assert value == ["Họp cha mẹ học sinh;", "Ghi biên bản."]


def test_where_no_word_is_sure_nothing_is_offered():
    assert mended("content", "Rà soát kế hoạch") is None
    assert mended("period", {"text": "HK I"}) is None
