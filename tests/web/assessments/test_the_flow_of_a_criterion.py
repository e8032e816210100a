"""A sheet is written, submitted, returned with a reason or approved: who may, what is asked before, what is locked."""

from __future__ import annotations

import pytest
from django.test import Client

from caitien.web.assessments.flow import take_step
from caitien.web.assessments.models import Assessment, AssessmentEvent
from caitien.web.schools.not_now import NotNow
from caitien.web.schools.roles import Role
from web.assessments.sheets import Sheet
from web.invented import make_user


@pytest.fixture
def sheet(school, secretary):
    return Sheet(school, secretary)


@pytest.fixture
def member(school):
    client = Client()
    client.force_login(make_user("gv", "Giàng A Páo", school, "member"))
    return client


def step(client, sheet, kind, **more):
    return client.post(sheet.url(f"criterion_{kind}"), more)


def test_a_member_submits_and_withdraws_a_leader_returns_and_approves(browser, member, sheet):
    assert step(member, sheet, "submitted").status_code == 302
    assert step(member, sheet, "withdrawn").status_code == 302
    step(member, sheet, "submitted", note="Đã xong")
    assert step(member, sheet, "approved").status_code == 403
    assert step(browser, sheet, "returned", note="Thiếu số liệu").status_code == 302
    assert "Thiếu số liệu" in member.get(sheet.url()).content.decode()
    step(member, sheet, "submitted")
    assert step(browser, sheet, "approved").status_code == 302
    kinds = AssessmentEvent.objects.filter(review=sheet.review).order_by("at", "id").values_list("kind", flat=True)
    assert list(kinds) == ["submitted", "withdrawn", "submitted", "returned", "submitted", "approved"]
    assert sheet.review.state == "approved"


@pytest.mark.parametrize("role", ["monitor", "staff", "viewer"])
def test_who_only_looks_takes_no_step(sheet, school, role):
    client = Client()
    client.force_login(make_user(role, "", school, role))
    assert role in Role.values
    assert step(client, sheet, "submitted").status_code == 403
    html = client.get(sheet.url()).content.decode()
    assert "data-words" not in html
    assert "/buoc/" not in html


def test_returning_needs_a_reason(browser, sheet):
    step(browser, sheet, "submitted")
    answer = step(browser, sheet, "returned", note="  ")
    assert answer.status_code == 422
    assert "Hãy ghi lý do" in answer.content.decode()
    assert sheet.review.state == "submitted"


def test_a_step_that_does_not_lead_from_here_says_so(browser, sheet):
    answer = step(browser, sheet, "approved")
    assert answer.status_code == 409
    assert "đang ở tình trạng “đang viết”" in answer.content.decode()
    with pytest.raises(NotNow):
        take_step(sheet.assessment, "1.3", "withdrawn", user=None)


def test_what_is_lacking_is_told_before_submitting_and_does_not_refuse(browser, sheet):
    html = browser.get(sheet.url()).content.decode()
    for said in ("Mức 1 chưa có hiện trạng, kết quả.", "Mức 1 chưa nhận định", "Chưa có minh chứng nào."):
        assert said in html
    assert step(browser, sheet, "submitted").status_code == 302


def test_above_a_level_that_is_not_met_nothing_is_lacking(browser, sheet):
    sheet.form(browser, description="Chưa có kế hoạch.", judged="not_met")
    assert "Mức 2 chưa có hiện trạng" not in browser.get(sheet.url()).content.decode()


def test_a_whole_sheet_is_ready(browser, sheet):
    sheet.evidence("Kế hoạch", state="verified")
    for number in (1, 2):
        sheet.form(browser, number, description="Có (MC.1.3.01).", judged="met")
    assert "Phiếu đã đủ để nộp." in browser.get(sheet.url()).content.decode()


def test_a_submitted_sheet_is_read_and_not_written(browser, sheet):
    sheet.form(browser, description="Có.")
    step(browser, sheet, "submitted")
    html = browser.get(sheet.url()).content.decode()
    assert "Phiếu đã nộp, đang chờ duyệt." in html
    assert "data-words" not in html
    answer = sheet.form(browser, description="Sửa lén")
    assert answer.status_code == 409
    assert "Sửa lén" in answer.content.decode()  # given back
    said = sheet.send(browser, {"row": sheet.level(), "words": "Sửa lén", "version": sheet.level().version}).json()
    assert said["results"][0]["status"] == "locked"
    assert sheet.level().description == "Có."


def test_evidence_of_a_submitted_sheet_can_still_be_verified(browser, sheet):
    row = sheet.evidence("Kế hoạch")
    step(browser, sheet, "submitted")
    browser.post(sheet.url("criterion_verify"), {"evidence": row.pk})
    row.refresh_from_db()
    assert row.state == "verified"


def test_an_approved_report_locks_every_sheet(browser, sheet):
    Assessment.objects.update(state="approved")
    assert "đã phê duyệt nên phiếu không sửa được" in browser.get(sheet.url()).content.decode()
    assert step(browser, sheet, "submitted").status_code == 409
    assert sheet.form(browser, description="x").status_code == 409


def test_leaders_say_who_writes(browser, member, sheet):
    sent = {"version": 1, "writers": "Lò Thị Mẩy; Tổ Văn phòng\nLò Thị Mẩy"}
    assert member.post(sheet.url("criterion_writers"), sent).status_code == 403
    browser.post(sheet.url("criterion_writers"), sent)
    assert sheet.review.writers == ["Lò Thị Mẩy", "Tổ Văn phòng"]


def test_comments_are_said_corrected_and_taken_back(browser, member, sheet):
    browser.post(sheet.url("criterion_comments"), {"text": "Xem lại <b>số liệu</b>"})
    browser.post(sheet.url("criterion_comments"), {"text": "Xem lại <b>số liệu</b>"})
    one = sheet.review.comments.get()
    assert "Xem lại &lt;b&gt;số liệu&lt;/b&gt;" in member.get(sheet.url()).content.decode()
    mine = sheet.url("criterion_comment", comment=one.pk)
    assert member.post(mine, {"text": "Lời khác"}).status_code == 404
    browser.post(mine, {"text": "Xem lại số học sinh"})
    assert browser.post(mine, {"text": " "}).status_code == 422
    browser.post(mine, {"rut": "1"})
    html = member.get(sheet.url()).content.decode()
    assert "Lời này đã được rút lại." in html
    assert "số học sinh" not in html
    assert browser.post(sheet.url("criterion_comments"), {"text": ""}).status_code == 422


def test_next_and_previous_criterion(browser, sheet):
    html = browser.get(sheet.url()).content.decode()
    assert sheet.url().replace("1.3", "1.2") in html
    assert sheet.url().replace("1.3", "1.4") in html
