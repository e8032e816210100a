"""The chair approves the report: what is not ready is said, what was approved is printed, its evidence is held until it is reopened."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caitien.standards import load
from caitien.web.assessments import approving
from caitien.web.assessments.editing import Locked, save
from caitien.web.assessments.models import (
    Assessment,
    AssessmentEvent,
    CouncilMember,
    LevelReview,
    ReportCitation,
)
from caitien.web.assessments.papers import value_on_paper
from caitien.web.evidence import services
from caitien.web.evidence.models import Evidence
from web.assessments.made import FRAMEWORK, assess
from web.invented import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair(school):
    return make_user("hieu-truong", "Tòng Thị Pâng", school, "chair")


@pytest.fixture
def office(chair) -> Client:
    client = Client()
    client.force_login(chair)
    return client


@pytest.fixture
def assessment(school, secretary):
    """One judged criterion with verified evidence, another evidence only in use."""
    found = assess(school, secretary)
    for name, criteria in (("Kế hoạch chuyển đổi số", ["1.3"]), ("Sổ theo dõi thiết bị", ["4.1"])):
        row = services.create(school, secretary, name)
        services.use(row, load(FRAMEWORK), criteria, secretary)
        services.take_step(school, row.pk, "verified", user=secretary)
    level = LevelReview.objects.get(review__assessment=found, criterion="1.3", level=1)
    words = {"description": "Đã số hóa hồ sơ (MC.1.3.01).", "judged": "met"}
    save(level, words, seen=level.version, user=secretary)
    return found


def address(assessment, name="approval"):
    return reverse(f"assessments:{name}", kwargs={"school": assessment.school.slug, "assessment": assessment.pk})


def approved(office, assessment, **more):
    page = office.get(address(assessment))
    sent = {"dang-thay": page.context["mark"], "ngay": "10/10/2026", "so": "45/BC-THSL", "ly-do": "Kịp hạn", **more}
    return office.post(address(assessment), sent)


def test_what_is_not_ready_is_said_before_and_a_reason_is_asked_for(office, assessment):
    page = office.get(address(assessment)).content.decode()
    assert "phiếu tiêu chí chưa duyệt" in page
    assert "Chưa nhận định xong" in page
    assert "còn thiếu 5 người" in page
    refused = approved(office, assessment, **{"ly-do": " "})
    assert refused.status_code == 422
    assert "Hãy ghi lý do vẫn phê duyệt" in refused.content.decode()
    assert "45/BC-THSL" in refused.content.decode()
    assert not ReportCitation.objects.exists()


def test_it_is_approved_with_day_number_and_reason(office, assessment):
    assert approved(office, assessment).status_code == 302
    assessment.refresh_from_db()
    assert assessment.state == "approved"
    assert assessment.head["document"] == {"date": "2026-10-10", "number": "45/BC-THSL"}
    assert assessment.dates_done["report"] == "2026-10-10"
    assert "Kịp hạn" in AssessmentEvent.objects.get(kind="report_approved").note
    assert assessment.approved_value["document"]["number"] == "45/BC-THSL"


def test_every_evidence_that_is_cited_or_used_is_held_with_its_places(office, assessment):
    approved(office, assessment)
    places = {one.evidence.code: one.places for one in ReportCitation.objects.select_related("evidence")}
    assert places == {
        "MC.1.3.01": ["Tiêu chí 1.3, Mức 1"],
        "MC.4.1.01": ["Danh mục minh chứng, tiêu chí 4.1"],
    }


def test_evidence_that_an_approved_report_cites_is_not_taken_away_until_it_is_reopened(
    office, assessment, school, secretary
):
    approved(office, assessment)
    row = Evidence.objects.get(code="MC.4.1.01")
    with pytest.raises(services.Cited) as refused:
        services.remove(school, row.pk, user=secretary)
    assert "Tự đánh giá 2026-2027 (Danh mục minh chứng, tiêu chí 4.1)" in str(refused.value)
    office.post(address(assessment, "reopen"), {"ly-do": "Sửa số liệu"})
    assert not ReportCitation.objects.exists()
    assert services.remove(school, row.pk, user=secretary).removed_at


def test_what_was_approved_is_what_is_printed(office, assessment, school, secretary):
    approved(office, assessment)
    assessment.refresh_from_db()
    row = Evidence.objects.get(code="MC.1.3.01")
    services.save_fields(school, row.pk, {"name": "Tên đổi sau khi duyệt"}, seen=row.version, user=secretary)
    CouncilMember.objects.create(school=school, assessment=assessment, name="Vào sau")
    value = value_on_paper(Assessment.objects.get(pk=assessment.pk))
    assert [one.name for one in value.evidence if one.code == "MC.1.3.01"] == ["Kế hoạch chuyển đổi số"]
    assert value.council.members == []
    office.post(address(assessment, "reopen"), {"ly-do": "Sửa"})
    value = value_on_paper(Assessment.objects.select_related("year", "school").get(pk=assessment.pk))
    assert "Tên đổi sau khi duyệt" in [one.name for one in value.evidence]


def test_nothing_of_an_approved_report_is_changed(office, assessment, secretary):
    approved(office, assessment)
    level = LevelReview.objects.get(review__assessment=assessment, criterion="1.3", level=1)
    with pytest.raises(Locked):
        save(level, {"description": "Khác"}, seen=level.version, user=secretary)


def test_who_saw_another_text_does_not_approve_this_one(office, assessment, secretary):
    mark = office.get(address(assessment)).context["mark"]
    level = LevelReview.objects.get(review__assessment=assessment, criterion="2.1", level=1)
    save(level, {"description": "Vừa viết thêm."}, seen=level.version, user=secretary)
    answer = approved(office, assessment, **{"dang-thay": mark})
    assert answer.status_code == 409
    assert "vừa có người sửa" in answer.content.decode()
    assert "Kịp hạn" in answer.content.decode()
    assert approved(office, assessment).status_code == 302


def test_a_report_in_which_nothing_is_judged_cannot_be_approved(office, school, secretary):
    empty = assess(school, secretary, year="2025-2026")
    page = office.get(address(empty))
    assert page.context["impossible"]
    assert "dang-thay" not in page.content.decode()
    report = approving.report_of(empty, load(FRAMEWORK))
    sent = {"dang-thay": report.mark, "ngay": "10/10/2026", "ly-do": "Cứ duyệt"}
    assert office.post(address(empty), sent).status_code == 409
    empty.refresh_from_db()
    assert empty.state == "working"


@pytest.mark.parametrize("day", ["", "31/02/2026", "01/01/2099", "x"])
def test_a_day_that_is_none_or_has_not_come_is_refused(office, assessment, day):
    answer = approved(office, assessment, ngay=day)
    assert answer.status_code == 422
    assert 'id="ngay-loi"' in answer.content.decode()
    assert not ReportCitation.objects.exists()


def test_two_clicks_approve_once(office, assessment):
    mark = office.get(address(assessment)).context["mark"]
    for expected in (302, 409):
        assert approved_with(office, assessment, mark).status_code == expected
    assert AssessmentEvent.objects.filter(kind="report_approved").count() == 1


def approved_with(office, assessment, mark):
    return office.post(address(assessment), {"dang-thay": mark, "ngay": "10/10/2026", "ly-do": "Kịp hạn"})


def test_it_is_published_and_reopened_with_a_reason(office, assessment):
    assert office.post(address(assessment, "publish"), {"ngay": "11/10/2026"}).status_code == 409
    approved(office, assessment)
    sent = {"ngay": "11/10/2026", "o-dau": "Trang của trường"}
    assert office.post(address(assessment, "publish"), sent).status_code == 302
    assessment.refresh_from_db()
    assert (assessment.state, assessment.dates_done["publication"]) == ("published", "2026-10-11")
    assert office.post(address(assessment, "reopen"), {"ly-do": ""}).status_code == 422
    assert office.post(address(assessment, "reopen"), {"ly-do": "Sai số liệu"}).status_code == 302
    assessment.refresh_from_db()
    assert (assessment.state, assessment.approved_value, assessment.dates_done) == ("working", None, {})
    kinds = list(AssessmentEvent.objects.filter(assessment=assessment).values_list("kind", flat=True))
    assert kinds[-3:] == ["report_approved", "report_published", "report_reopened"]


def test_a_secretary_sees_what_is_lacking_and_may_not_approve(browser, assessment):
    page = browser.get(address(assessment))
    assert page.status_code == 200
    assert "chưa duyệt" in page.content.decode()
    for name in ("approval", "publish", "reopen"):
        assert browser.post(address(assessment, name), {"ngay": "10/10/2026", "ly-do": "x"}).status_code == 403


def test_an_evidence_taken_away_at_that_moment_stops_the_approval(office, assessment, school, secretary, monkeypatch):
    """Between reading and holding somebody removes an evidence: nothing is approved."""
    framework = load(FRAMEWORK)
    report = approving.report_of(assessment, framework)
    row = Evidence.objects.get(code="MC.4.1.01")
    row.removed_at = date(2026, 1, 1)
    monkeypatch.setattr(approving, "report_of", lambda *_: report)
    Evidence.everything.filter(pk=row.pk).update(removed_at="2026-01-01T00:00:00Z")
    with pytest.raises(approving.Changed):
        approving.approve(
            assessment, framework, day=date(2026, 10, 10), number="", reason="x", mark=report.mark, user=secretary
        )
    assert not ReportCitation.objects.exists()


def test_the_page_asks_as_often_for_much_as_for_little(office, assessment, school, secretary):
    def asked():
        office.get(address(assessment))
        with CaptureQueriesContext(connection) as queries:
            office.get(address(assessment))
        return len(queries)

    before = asked()
    for number in range(6):
        row = services.create(school, secretary, f"Minh chứng {number}")
        services.use(row, load(FRAMEWORK), ["1.3", "2.1"], secretary)
    assert asked() == before <= 17  # all of the report is read: eleven questions whatever the size


def test_the_page_of_an_evidence_says_which_report_cites_it(office, browser, assessment):
    approved(office, assessment)
    row = Evidence.objects.get(code="MC.1.3.01")
    url = reverse("evidence:remove", args=[assessment.school.slug, row.pk])
    answer = browser.post(url, {"ly-do": "Nhầm"})
    assert answer.status_code in (409, 422)
    assert "Tiêu chí 1.3, Mức 1" in answer.content.decode()
    row.refresh_from_db()
    assert row.removed_at is None


def test_the_service_too_approves_only_what_was_seen(assessment, chair):
    with pytest.raises(approving.Changed):
        approving.approve(
            assessment, load(FRAMEWORK), day=date(2026, 10, 10), number="", reason="x", mark="other", user=chair
        )
    assert Assessment.objects.get(pk=assessment.pk).state == "working"
