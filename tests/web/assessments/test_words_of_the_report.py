"""The words of parts I and III are written part by part; what two people write is joined or shown; proposals are only proposals."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caitien.web.assessments.editing import save
from caitien.web.assessments.models import LevelReview
from caitien.web.assessments.report_parts import PARTS
from caitien.web.assessments.values import to_value
from web.assessments.made import assess
from web.invented import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment(school, secretary):
    return assess(school, secretary)


def address(assessment, part=None):
    where = {"school": assessment.school.slug, "assessment": assessment.pk}
    return reverse("assessments:report_part", kwargs=where | {"part": part}) if part else reverse("assessments:report", kwargs=where)  # fmt: skip


def head(assessment):
    assessment.refresh_from_db()
    return assessment.head


def test_a_part_is_written_and_stands_in_the_value(browser, assessment):
    sent = {"version": "1", "overview_advantages": "Đội ngũ trẻ.\nPhụ huynh ủng hộ.", "overview_setting": ""}
    assert browser.post(address(assessment, "boi-canh"), sent).status_code == 302
    assert head(assessment)["overview"] == {"advantages": "Đội ngũ trẻ.\nPhụ huynh ủng hộ."}
    assert to_value(assessment).overview.advantages.startswith("Đội ngũ trẻ.")
    assert "Phụ huynh ủng hộ." in browser.get(address(assessment)).content.decode()


def test_two_who_write_different_parts_and_sentences_are_joined(browser, assessment):
    one = address(assessment, "boi-canh")
    browser.post(one, {"version": "1", "overview_setting": "Xã vùng cao. Đường khó đi. Dân thưa."})
    browser.post(one, {"version": "2", "overview_setting": "Xã vùng cao biên giới. Đường khó đi. Dân thưa."})
    browser.post(one, {"version": "2", "overview_setting": "Xã vùng cao. Đường khó đi. Dân thưa, nghèo."})
    browser.post(one, {"version": "1", "overview_pupils": "Học sinh dân tộc thiểu số."})
    found = head(assessment)["overview"]
    assert found["setting"] == "Xã vùng cao biên giới. Đường khó đi. Dân thưa, nghèo."
    assert found["pupils"] == "Học sinh dân tộc thiểu số."


def test_two_who_write_one_sentence_are_shown_both_and_choose(browser, assessment):
    url = address(assessment, "muc-dich")
    browser.post(url, {"version": "1", "overview_purpose": "Để cải tiến."})
    clash = browser.post(url, {"version": "1", "overview_purpose": "Để báo cáo.", "overview_scope": "Cả trường."})
    assert clash.status_code == 409
    page = clash.content.decode()
    assert "Để cải tiến." in page
    assert "Để báo cáo." in page
    assert "Cả trường." in page
    both = {
        "version": "2",
        "overview_purpose": "Để báo cáo.",
        "chon_overview_purpose": "ca-hai",
        "overview_scope": "Cả trường.",
    }
    assert browser.post(url, both).status_code == 302
    assert head(assessment)["overview"] == {"purpose": "Để cải tiến.\nĐể báo cáo.", "scope": "Cả trường."}


def test_a_proposal_is_shown_as_one_and_stored_only_when_it_is_saved(browser, assessment):
    url = address(assessment, "muc-dich")
    page = browser.get(url).content.decode()
    assert "không phải lời của thông tư" in page
    taken = browser.post(url, {"version": "1", "goi-y": "overview.purpose", "overview_scope": "đang viết dở"})
    assert "Xác định mức đạt được" in taken.content.decode().split("overview_scope")[0]
    assert "đang viết dở" in taken.content.decode()
    assert head(assessment) == {}


def test_the_schools_own_facts_are_offered(browser, assessment, school):
    school.phone, school.address = "0212 000 000", "Bản Mòng"
    school.save()
    page = browser.get(address(assessment, "chung")).content.decode()
    assert "Điện thoại: 0212 000 000" in page
    assert "Bản Mòng" in page


def test_a_conclusion_is_offered_from_the_judgements(browser, assessment, secretary):
    assert "tự đánh giá 1/15" not in browser.get(address(assessment, "ket-luan")).content.decode()
    level = LevelReview.objects.get(review__assessment=assessment, criterion="1.3", level=1)
    save(level, {"judged": "not_met"}, seen=1, user=secretary)
    assert "Nhà trường đã tự đánh giá 1/15 tiêu chí" in browser.get(address(assessment, "ket-luan")).content.decode()


def test_a_day_that_is_none_is_refused_and_the_rest_stays_typed(browser, assessment):
    sent = {"version": "1", "council_decision_number": "32/QĐ", "council_decision_date": "31/02/2026"}
    answer = browser.post(address(assessment, "quyet-dinh"), sent)
    assert answer.status_code == 422
    assert "không phải là một ngày" in answer.content.decode()
    assert "32/QĐ" in answer.content.decode()
    assert head(assessment) == {}
    right = sent | {"council_decision_date": "10/09/2026"}
    answer = browser.post(address(assessment, "quyet-dinh"), right)
    assert answer.headers["Location"].endswith("/hoi-dong/")
    assert head(assessment)["council_decision"] == {"number": "32/QĐ", "date": "2026-09-10"}


def test_legal_bases_are_offered_and_warned_of(browser, assessment):
    url = address(assessment, "can-cu")
    page = browser.get(url)
    assert page.context["suggested_bases"]
    key = page.context["suggested_bases"][0].key
    taken = browser.post(url, {"version": "1", "can-cu": key, "legal_bases-rows": "0"})
    assert key in taken.content.decode()
    row = {
        "legal_bases-rows": "1",
        "legal_bases-0-at": "",
        "legal_bases-0-kind": "Thông tư",
        "legal_bases-0-number": "17/2018/TT-BGDĐT",
    }
    browser.post(url, {"version": "1", **row})
    assert head(assessment)["legal_bases"][0]["number"] == "17/2018/TT-BGDĐT"
    assert "hết hiệu lực" in browser.get(url).content.decode()


def test_abbreviations_are_found_and_their_meanings_filled_in(browser, assessment, secretary):
    words = "CBQL và GV thực hiện chương trình XYZK."
    browser.post(address(assessment, "qua-trinh"), {"version": "1", "overview_process": words})
    url = address(assessment, "chu-viet-tat")
    page = browser.get(url)
    shorts = {row["one"].short: row["value"] for row in page.context["rows"]}
    assert shorts["XYZK"] == ""
    assert shorts["CBQL"].lower() == "cán bộ quản lý"
    sent = {"version": "2", "chu": ["CBQL", "XYZK", "GD&ĐT"], "nghia": [shorts["CBQL"], "Xây yêu kính", "Giáo dục và Đào tạo"],
            "san-CBQL": shorts["CBQL"]}  # fmt: skip
    assert browser.post(url, sent).status_code == 302
    assert head(assessment)["abbreviations"] == {"XYZK": "Xây yêu kính", "GD&ĐT": "Giáo dục và Đào tạo"}
    browser.post(url, {"version": "3", "chu": ["XYZK"], "nghia": [""]})
    assert head(assessment)["abbreviations"] == {"GD&ĐT": "Giáo dục và Đào tạo"}


def test_two_who_explain_one_abbreviation_are_told(browser, assessment):
    url = address(assessment, "chu-viet-tat")
    browser.post(url, {"version": "1", "chu": ["XYZK"], "nghia": ["một"]})
    clash = browser.post(url, {"version": "1", "chu": ["XYZK", "ABCK"], "nghia": ["hai", "khác"]})
    assert clash.status_code in (409, 422)
    page = clash.content.decode()
    assert "một" in page
    assert "hai" in page
    assert "khác" in page
    assert head(assessment)["abbreviations"] == {"XYZK": "một"}


def test_a_meaning_without_a_short_form_is_asked_for(browser, assessment):
    answer = browser.post(address(assessment, "chu-viet-tat"), {"version": "1", "chu": [""], "nghia": ["Công đoàn"]})
    assert answer.status_code == 422
    assert "Công đoàn" in answer.content.decode()


def test_an_approved_report_keeps_its_words(browser, assessment):
    assessment.state = "approved"
    assessment.save()
    for part in ("muc-dich", "chu-viet-tat"):
        sent = {"version": "1", "overview_purpose": "Khác", "chu": ["A"], "nghia": ["B"]}
        assert browser.post(address(assessment, part), sent).status_code == 409
    assert head(assessment) == {}


@pytest.mark.parametrize("part", [part.slug for part in PARTS])
def test_each_part_opens_and_says_who_may_write(browser, client, assessment, school, part):
    assert browser.get(address(assessment, part)).status_code == 200
    client.force_login(make_user("nguoi-xem", "", school, "viewer"))
    assert client.get(address(assessment, part)).status_code == 403


def test_few_questions_to_the_database(browser, assessment):
    browser.get(address(assessment))
    with CaptureQueriesContext(connection) as asked:
        browser.get(address(assessment))
    assert len(asked) <= 8
