"""Đánh giá chung of a standard: its words are saved by a form or a script, two people lose none, weaknesses stand there."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from caitien.web.assessments import weaknesses
from caitien.web.assessments.models import Assessment, SchoolTable, StandardReview, Weakness
from caitien.web.evidence import services
from web.assessments.filled import prove
from web.assessments.made import FRAMEWORK, assess
from web.invented import make_user

OLD = "tt17-2018-tieu-hoc"


@pytest.fixture
def assessment(school):
    return assess(school)


def address(assessment, name="standard", code="1") -> str:
    return reverse(f"assessments:{name}", args=[assessment.school.slug, assessment.pk, code])


def row(assessment, code="1") -> StandardReview:
    return StandardReview.objects.get(assessment=assessment, code=code)


def words(response) -> str:
    main = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def labels(response) -> list[str]:
    return re.findall(r'<label for="o-\w+">([^<]+)</label>', response.content.decode())


def test_it_asks_for_what_the_report_of_2026_prints(browser, assessment):
    assert labels(browser.get(address(assessment))) == [
        "Điểm mạnh nổi bật",
        "Xu hướng 03 năm học liên tiếp",
        "Vấn đề ưu tiên cải tiến",
    ]


def test_it_asks_for_what_the_report_of_2018_prints(browser, school):
    page = browser.get(address(assess(school, framework=OLD)))
    assert labels(page) == ["Mở đầu", "Kết luận"]
    assert 'id="han-che"' not in page.content.decode()  # a weakness written for the standard would be printed nowhere


def test_under_2026_it_asks_for_weaknesses(browser, assessment):
    assert 'id="han-che"' in browser.get(address(assessment)).content.decode()


def test_a_form_saves_its_texts(browser, assessment, secretary):
    sent = {
        "strengths": "Kế hoạch sát\r\n\r\nĐội ngũ ổn định",
        "trend": "Tăng nhẹ",
        "priorities": "Dữ liệu",
        "version": 1,
    }
    page = browser.post(address(assessment), sent, follow=True)
    assert "Đã lưu lúc" in words(page)
    saved = row(assessment)
    assert (saved.strengths, saved.trend, saved.priorities) == (
        ["Kế hoạch sát", "Đội ngũ ổn định"],
        "Tăng nhẹ",
        ["Dữ liệu"],
    )
    assert StandardReview.history.filter(id=saved.pk).latest().history_user == secretary


def test_two_people_who_write_in_different_texts_are_joined(browser, assessment):
    browser.post(address(assessment), {"trend": "Tăng nhẹ", "version": 1})
    browser.post(address(assessment), {"trend": "", "strengths": "Kế hoạch sát", "version": 1})
    saved = row(assessment)
    assert (saved.trend, saved.strengths) == ("Tăng nhẹ", ["Kế hoạch sát"])


def test_two_people_who_write_in_one_text_see_both_and_choose(browser, assessment):
    browser.post(address(assessment), {"trend": "Tăng nhẹ.", "version": 1})
    page = browser.post(address(assessment), {"trend": "Giảm.", "strengths": "Kế hoạch sát", "version": 1})
    assert page.status_code == 409
    assert "Tăng nhẹ." in words(page)
    assert "Giảm." in words(page)
    saved = row(assessment)
    assert (saved.trend, saved.strengths) == ("Tăng nhẹ.", ["Kế hoạch sát"])
    browser.post(address(assessment), {"trend": "Giảm.", "chon_trend": "ca-hai", "version": saved.version})
    assert row(assessment).trend == "Tăng nhẹ.\nGiảm."


def test_what_is_too_long_is_refused_and_not_lost(browser, assessment):
    page = browser.post(address(assessment), {"trend": "x" * 30_001, "strengths": "Kế hoạch sát", "version": 1})
    assert page.status_code == 422
    assert "Hãy rút gọn" in words(page)
    assert "x" * 30_001 in page.content.decode()
    assert "Kế hoạch sát" in page.content.decode()


def test_a_script_saves_as_on_the_page_of_a_criterion(browser, assessment):
    key = str(row(assessment).pk)

    def send(field, text, version, **more):
        cells = [{"action": key, "field": field, "words": text, "version": version, **more}]
        body = json.dumps({"cells": cells})
        return browser.post(address(assessment, "standard_words"), body, "application/json").json()["results"][0]

    assert send("trend", "Tăng nhẹ.", 1)["status"] == "saved"
    assert send("priorities", "Dữ liệu\nThiết bị", 1)["status"] == "saved"
    clash = send("trend", "Giảm.", 1)
    assert (clash["status"], clash["raw"], clash["mine"]) == ("clash", "Tăng nhẹ.", "Giảm.")
    assert send("description", "x", 1)["status"] == "gone"
    assert row(assessment).priorities == ["Dữ liệu", "Thiết bị"]


def test_what_is_no_request_of_the_script_is_told(browser, assessment):
    for body in ("", "[]", '{"cells": []}', '{"cells": [{"action": 1}]}'):
        response = browser.post(address(assessment, "standard_words"), body, "application/json")
        assert response.status_code == 400
        assert response.json()["error"]


def test_an_approved_report_is_read_and_not_written(browser, assessment):
    Assessment.objects.update(state="approved")
    page = browser.get(address(assessment))
    assert "<textarea" not in page.content.decode().split("<main", 1)[1]
    assert browser.post(address(assessment), {"trend": "Tăng"}).status_code == 409


def test_who_only_reads_sees_the_words_with_cited_evidence_as_links(assessment, school, secretary):
    from caitien.standards import load

    evidence = prove(school, load(FRAMEWORK), ["1.1"], secretary, "Kế hoạch giáo dục nhà trường")
    StandardReview.objects.filter(assessment=assessment, code="1").update(
        trend=f"Tăng ({evidence.code}), giảm (MC.1.1.77)."
    )
    viewer = Client()
    viewer.force_login(make_user("khach", "Vi Thị Khách", school, "viewer"))
    html = viewer.get(address(assessment)).content.decode()
    assert reverse("evidence:evidence", args=[school.slug, evidence.pk]) in html
    assert "Danh mục không có minh chứng MC.1.1.77." in html


def test_a_code_that_is_not_verified_is_a_doubt_beside_the_text(browser, assessment, school, secretary):
    from caitien.standards import load

    evidence = prove(school, load(FRAMEWORK), ["1.1"], secretary, "Sổ họp", verified=False)
    browser.post(address(assessment), {"trend": f"Tăng ({evidence.code}).", "version": 1})
    assert f"{evidence.code} “Sổ họp”: " in words(browser.get(address(assessment)))


def test_evidence_is_offered_while_writing_only_with_a_code(browser, assessment, school, secretary):
    from caitien.standards import load

    services.create(school, secretary, "Kế hoạch chưa có mã")
    prove(school, load(FRAMEWORK), ["2.1"], secretary, "Kế hoạch giáo dục")
    found = browser.get(address(assessment, "standard_cite"), {"q": "ke hoach"}).json()["results"]
    assert [(one["code"], one["cite"], one["name"]) for one in found] == [
        ("MC.2.1.01", "(MC.2.1.01)", "Kế hoạch giáo dục")
    ]


def test_last_years_words_stand_beside(browser, assessment, school):
    before = assess(school, year="2025-2026")
    StandardReview.objects.filter(assessment=before, code="1").update(trend="Năm trước tăng mạnh.")
    page = words(browser.get(address(assessment)))
    assert "Năm học 2025-2026 viết" in page
    assert "Năm trước tăng mạnh." in page


def test_the_schools_numbers_of_three_years_stand_beside(browser, assessment):
    assessment.school.level = "thcs"
    assessment.school.save()
    cells = {"grade-6": {"2024-2025": 100, "2025-2026": 110, "2026-2027": 120}}
    SchoolTable.objects.create(school=assessment.school, assessment=assessment, table="pupils", cells=cells)
    page = words(browser.get(address(assessment)))
    assert "Học sinh: số liệu chung Số liệu 2024-2025 2025-2026 2026-2027" in page
    assert "Khối lớp 6 (học sinh) 100 110 120" in page


def test_the_code_of_a_criterion_leads_to_its_standard(browser, assessment):
    assert "Tiêu chuẩn 1:" in words(browser.get(address(assessment, code="1.3")))
    assert browser.get(address(assessment, code="9")).status_code == 404


# --- weaknesses


def add(assessment, query="?tieu-chuan=1") -> str:
    return reverse("assessments:weakness_add", args=[assessment.school.slug, assessment.pk]) + query


def of(weakness, name) -> str:
    return reverse(f"assessments:{name}", args=[weakness.school.slug, weakness.assessment_id, weakness.pk])


def test_a_weakness_is_added_with_cause_priority_and_criteria(browser, assessment):
    sent = {"text": "Dữ liệu lệch", "cause": "Chưa phân công", "priority": "high", "criteria": ["1.3", "1.4"]}
    page = browser.post(add(assessment), sent, follow=True)
    assert "ưu tiên cao 1.3 1.4 Nguyên nhân: Chưa phân công" in words(page)
    saved = Weakness.objects.get()
    assert (saved.standard, saved.criterion, saved.criteria) == ("1", "", ["1.3", "1.4"])


def test_an_empty_weakness_is_refused_with_what_was_typed(browser, assessment):
    page = browser.post(add(assessment), {"text": " ", "cause": "Chưa phân công"})
    assert page.status_code == 422
    assert "Hãy viết hạn chế." in words(page)
    assert "Chưa phân công" in page.content.decode()
    assert not Weakness.objects.exists()


def test_criteria_of_another_standard_are_refused(browser, assessment):
    page = browser.post(add(assessment), {"text": "Dữ liệu lệch", "criteria": ["2.1"]})
    assert page.status_code == 422
    assert "Tiêu chuẩn này không có tiêu chí 2.1." in words(page)


def test_without_a_standard_one_is_asked_for(browser, assessment):
    assert "Hạn chế thuộc tiêu chuẩn nào?" in words(browser.get(add(assessment, "")))


def test_under_2018_a_weakness_stands_on_the_sheet_of_a_criterion(browser, school):
    assessment = assess(school, framework=OLD)
    browser.post(add(assessment, "?tieu-chi=1.1"), {"text": "Kế hoạch chậm"})
    saved = Weakness.objects.get()
    assert (saved.standard, saved.criterion) == ("", "1.1")


def test_two_people_who_change_one_weakness_see_both_and_lose_nothing(browser, assessment):
    row = weaknesses.create(assessment, user=None, text="Dữ liệu lệch", standard="1", criteria=["1.3"])
    weaknesses.change(row, {"text": "Dữ liệu lệch 14 em"}, seen=1, user=None)
    sent = {"text": "Số liệu chưa khớp", "cause": "Chưa phân công", "priority": "", "criteria": ["1.4"], "version": 1}
    page = browser.post(of(row, "weakness_edit"), sent)
    assert page.status_code == 409
    hidden = dict(
        re.findall(r'<textarea class="hidden" name="(\w+)"[^>]*>\n?([^<]*)</textarea>', page.content.decode())
    )
    chosen = hidden | {"chon_text": "ca-hai", "version": 2}
    browser.post(of(row, "weakness_edit"), chosen)
    row.refresh_from_db()
    assert (row.text, row.cause, row.criteria) == ("Dữ liệu lệch 14 em\nSố liệu chưa khớp", "Chưa phân công", ["1.4"])


def test_what_was_taken_away_is_offered_back(browser, assessment):
    row = weaknesses.create(assessment, user=None, text="Dữ liệu lệch", standard="1")
    page = browser.post(of(row, "weakness_do"), {"do": "remove"}, follow=True)
    assert "1 hạn chế đã bỏ" in words(page)
    assert not Weakness.objects.exists()
    browser.post(of(row, "weakness_do"), {"do": "restore"})
    assert Weakness.objects.get().text == "Dữ liệu lệch"


def test_they_are_put_in_order(browser, assessment):
    first = weaknesses.create(assessment, user=None, text="một", standard="1")
    weaknesses.create(assessment, user=None, text="hai", standard="1")
    browser.post(of(first, "weakness_do"), {"do": "xuong"})
    assert list(Weakness.objects.values_list("text", flat=True)) == ["hai", "một"]
