"""The review asks one thing after the other, keeps every answer at once, and can be left and taken up again."""

from __future__ import annotations

import html
import re

from caitien.web.documents import decisions as deciding
from caitien.web.documents.models import Import
from caitien.web.plans.models import Plan
from caitien.web.plans.values import to_value


def words(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_the_first_line_counts(browser, at):
    assert "Đọc được 6 mục, 6 chỗ cần quyết định" in words(browser.get(at("review")))


def test_it_begins_with_school_year_and_framework(browser, at):
    page = words(browser.get(at("review")))
    assert "Kế hoạch này của trường nào, năm học nào, theo khung nào?" in page


def test_an_answer_is_kept_and_the_next_question_comes(browser, at, imported):
    response = browser.post(at("answer"), {"cau": "1.responsible", "chon": "both"})
    assert response.status_code == 302
    assert response["Location"].endswith("?cau=3.period")
    imported.refresh_from_db()
    assert imported.decisions["rows"]["1"] == {"responsible": ["Lò Thị Mẩy", "Hà Văn Pó"]}


def test_an_answer_is_still_there_the_next_day(browser, at):
    browser.post(at("answer"), {"cau": "3.period", "chu": "Trước 20/12/2025"})
    page = words(browser.get(at("review"), {"cau": "3.period"}))
    assert "đã quyết định" in page
    assert "Trước 20/12/2025 hạn 20/12/2025" in page


def test_an_empty_answer_asks_again(browser, at, imported):
    response = browser.post(at("answer"), {"cau": "3.period", "chu": " "}, follow=True)
    assert "Hãy chọn một ý" in words(response)
    imported.refresh_from_db()
    assert imported.decisions == {}


def test_the_same_answer_twice_is_one_answer(browser, at, imported):
    browser.post(at("answer"), {"cau": "1.responsible", "chon": "other1"})
    response = browser.post(at("answer"), {"cau": "1.responsible", "chon": "other1"})
    assert response["Location"].endswith("?cau=3.period")


def test_a_second_reviewer_is_shown_what_the_first_decided_and_loses_no_word(browser, at, imported):
    browser.post(at("answer"), {"cau": "1.responsible", "chon": "other1"})
    page = words(browser.post(at("answer"), {"cau": "1.responsible", "chu": "Quàng Thị Ín"}, follow=True))
    assert "Chỗ này vừa được quyết định ở một trang khác" in page
    assert "Bạn vừa ghi: “Quàng Thị Ín”." in page
    assert "Người phụ trách: Hà Văn Pó" in page
    imported.refresh_from_db()
    assert imported.decisions["rows"]["1"] == {"responsible": ["Hà Văn Pó"]}


def test_a_decision_can_be_opened_again(browser, at, imported):
    browser.post(at("answer"), {"cau": "1.responsible", "chon": "other1"})
    browser.post(at("answer"), {"cau": "1.responsible", "chon": "reopen"})
    imported.refresh_from_db()
    assert "1.responsible" not in imported.decisions["settled"]


def test_a_column_is_named_for_all_rows_at_once(browser, at, imported):
    browser.post(at("answer"), {"cau": "cot.5", "chon": "note"})
    imported.refresh_from_db()
    made = deciding.apply(imported.plan_value, imported.decisions)
    assert [action.note for action in made.actions[:4]] == ["KH-01", None, None, "KH-04"]


def test_all_sure_rows_are_taken_with_one_click(browser, at, imported):
    response = browser.post(at("take_sure"), follow=True)
    assert "Đã nhận 2 mục chắc chắn" in words(response)
    imported.refresh_from_db()
    assert imported.decisions["seen"] == [0, 2]
    assert imported.decisions["settled"] == {"2.period": "keep"}


def test_any_field_of_any_row_can_be_typed_anew(browser, at, imported):
    browser.post(at("edit_row"), {"muc": "1", "o": "budget", "chu": "2,5 triệu"})
    page = words(browser.get(at("review"), {"muc": "1"}))
    assert "2,5 triệu 2.500.000 đồng" in page
    assert "đã sửa" in page


def test_a_row_can_be_left_out_and_taken_in_again(browser, at):
    browser.post(at("drop_row"), {"muc": "2"})
    assert "Đọc được 5 mục, 5 chỗ cần quyết định" in words(browser.get(at("review")))
    browser.post(at("drop_row"), {"muc": "2", "lai": "1"})
    assert "Đọc được 6 mục, 6 chỗ cần quyết định" in words(browser.get(at("review")))


def test_a_school_year_that_is_none_is_refused(browser, at, facts):
    response = browser.post(at("facts"), facts | {"school_year": "2025-2027"})
    assert response.status_code == 422
    assert "Năm học gồm hai năm liền nhau" in words(response)


def test_facts_are_corrected(browser, at, imported, facts):
    browser.post(
        at("facts"),
        facts
        | {
            "date": "10/9/2025",
            "bases-TOTAL_FORMS": "1",
            "bases-0-kind": "Thông tư",
            "bases-0-number": "17/2018/TT-BGDĐT",
        },
    )
    imported.refresh_from_db()
    made = deciding.apply(imported.plan_value, imported.decisions)
    assert made.document.date == "2025-09-10"
    assert made.legal_bases[0].number == "17/2018/TT-BGDĐT"


def test_words_that_are_being_typed_show_their_dates(browser, at):
    assert "từ 05/09/2025 đến 17/01/2026" in words(browser.get(at("derive"), {"o": "period", "chu": "HK I"}))
    assert "Chưa suy ra được ngày" in words(browser.get(at("derive"), {"o": "period", "chu": "lúc nào rảnh"}))


def test_nothing_enters_the_plan_before_the_facts_are_confirmed(browser, at):
    response = browser.post(at("accept"), follow=True)
    assert "hãy xác nhận năm học và khung tiêu chuẩn" in words(response)
    assert not Plan.objects.exists()


def test_accepting_makes_the_plan_and_lands_on_it(browser, at, imported, facts):
    browser.post(at("facts"), facts)
    browser.post(at("answer"), {"cau": "1.responsible", "chon": "other1"})
    response = browser.post(at("accept"))
    plan = Plan.objects.get()
    assert response["Location"].endswith(f"/ke-hoach/{plan.pk}/")
    value = to_value(plan)
    assert value.actions[1].responsible == ["Hà Văn Pó"]
    assert "two-owners" not in [finding.rule for finding in value.findings]
    assert "lost-letters" in [finding.rule for finding in value.findings]
    imported.refresh_from_db()
    assert (imported.state, imported.plan) == (Import.State.ACCEPTED, plan)


def test_a_second_plan_of_the_same_year_is_asked_about(browser, at, school, plan, facts):
    browser.post(at("facts"), facts)
    response = browser.post(at("accept"))
    assert response.status_code == 409
    assert "Trường đã có một kế hoạch năm học 2025-2026" in words(response)
    assert Plan.objects.count() == 1
    browser.post(at("accept"), {"second": "1"})
    assert Plan.objects.count() == 2


def test_an_accepted_import_is_not_reviewed_again(browser, at, facts):
    browser.post(at("facts"), facts)
    browser.post(at("accept"))
    assert browser.post(at("answer"), {"cau": "1.responsible", "chon": "both"}).status_code == 404
    assert "đã được đưa vào kế hoạch" in words(browser.get(at("review"), follow=True))


def test_throwing_away_leaves_no_row_and_no_file(browser, at, imported, own_folder, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = browser.post(at("discard"), follow=True)
    assert "Đã bỏ bản nhập “ke-hoach.docx”" in words(response)
    assert not Import.objects.exists()
    assert not [path for path in own_folder.rglob("*") if path.is_file()]


def test_two_reviewers_at_once_lose_nothing(browser, at, imported):
    from caitien.web.documents.views_review import _change

    stale = Import.objects.get(pk=imported.pk)
    browser.post(at("answer"), {"cau": "1.responsible", "chon": "both"})
    _change(stale, lambda decided: deciding.see(decided, [0]))
    imported.refresh_from_db()
    assert imported.decisions["settled"] == {"1.responsible": "both"}
    assert 0 in imported.decisions["seen"]
