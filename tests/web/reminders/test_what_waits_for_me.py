"""Chờ bạn: what waits for somebody's decision."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from caitien.plan import ImprovementPlan
from caitien.web.documents.models import Import, ImportedFile
from caitien.web.evidence import services as evidence
from caitien.web.plans.life import take_step
from caitien.web.reminders.waiting import RUNS_OUT, waiting_for
from caitien.web.reminders.work import work_of_user
from caitien.web.schools.models import Invitation, Membership
from web.invented import make_user
from web.reminders.conftest import TODAY, make_plan


@pytest.fixture
def user(school):
    return make_user("ai-do", "Ai Đó", school, "chair")


def kinds(user) -> list[str]:
    return [one.kind for one in waiting_for(work_of_user(user, TODAY), timezone.now())]


def be(user, role: str) -> None:
    Membership.objects.filter(user=user).update(role=role)


def test_a_plan_that_was_submitted_waits_for_the_chair_alone(user, school):
    make_plan(school, state="submitted")
    assert kinds(user) == ["plan"]
    be(user, "secretary")
    assert kinds(user) == []


def test_a_plan_that_came_back_waits_for_who_submits_it_with_the_reason(user, school):
    plan = make_plan(school, state="draft")
    take_step(plan, "submitted", user=user)
    take_step(plan, "returned", user=user, note="Thiếu số liệu\nphòng máy")
    be(user, "secretary")
    (line,) = waiting_for(work_of_user(user, TODAY), timezone.now())
    assert line.kind == "returned"
    assert "đã bị trả lại: Thiếu số liệu phòng máy" in line.label
    be(user, "staff")
    assert kinds(user) == []
    be(user, "secretary")
    take_step(plan, "submitted", user=user)
    assert kinds(user) == []


def test_a_plan_of_another_school_does_not(user, other_school):
    make_plan(other_school, state="submitted")
    assert kinds(user) == []


def test_a_file_to_review_waits_for_who_may_import(user, school):
    file = ImportedFile.objects.create(school=school, name="cu.docx", format="docx", size=1, sha256="0" * 64)
    Import.objects.create(school=school, file=file, state="review", plan_value=ImprovementPlan().to_dict(), source={})
    assert kinds(user) == ["import"]
    be(user, "staff")
    assert kinds(user) == []


def invitation(school, **fields):
    now = timezone.now()
    fields = {"expires_at": now + timedelta(days=1)} | fields
    number = Invitation.objects.count()
    return Invitation.objects.create(
        school=school, role="staff", token_hash=f"{number}" * 64, code_hash=f"{number}" * 64, **fields
    )


def test_invitations_that_run_out_soon_are_one_line(user, school):
    now = timezone.now()
    invitation(school)
    invitation(school)
    invitation(school, expires_at=now + RUNS_OUT + timedelta(hours=1))
    invitation(school, expires_at=now - timedelta(hours=1))
    invitation(school, used_at=now)
    invitation(school, revoked_at=now)
    (line,) = waiting_for(work_of_user(user, TODAY), now)
    assert line.label.startswith("2 lời mời")


def test_a_plan_of_a_past_year_that_is_still_open(user, school, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_a, **_k: TODAY)
    make_plan(school, year="2025-2026")
    assert kinds(user) == ["past-year"]
    make_plan(school, year="2026-2027")
    assert kinds(user) == []


def test_evidence_that_was_refused_waits_for_who_handed_it_in_with_the_reason(user, school):
    be(user, "staff")
    secretary = make_user("thu-ky-mc", "Thư Ký", school, "secretary")
    row = evidence.create(school, user, "Biên bản họp tổ")
    assert kinds(user) == []
    evidence.take_step(school, row.pk, "rejected", user=secretary, note="Thiếu dấu\nđỏ")
    (line,) = waiting_for(work_of_user(user, TODAY), timezone.now())
    assert line.kind == "evidence-rejected"
    assert "Biên bản họp tổ" in line.label
    assert line.label.endswith("Thiếu dấu đỏ")
    assert line.url.endswith(f"/minh-chung/{row.pk}/")
    assert "evidence-rejected" not in kinds(secretary)


def test_evidence_to_verify_is_one_line_for_who_verifies(user, school):
    teacher = make_user("co-giao-mc", "Cô Giáo", school, "staff")
    for name in ("Ảnh", "Biên bản"):
        evidence.create(school, teacher, name)
    assert kinds(teacher) == []
    (line,) = waiting_for(work_of_user(user, TODAY), timezone.now())
    assert line.kind == "evidence"
    assert line.label.startswith("2 ")
    assert line.url.endswith("?tt=cho")


def test_sheets_to_approve_and_sheets_sent_back_are_a_line_each_while_the_report_is_written(user, school):
    from caitien.web.assessments.models import Assessment, CriterionReview
    from web.assessments.made import assess

    made = assess(school, user)
    CriterionReview.objects.filter(assessment=made, code__in=["1.1", "1.2"]).update(state="submitted")
    CriterionReview.objects.filter(assessment=made, code="1.3").update(state="returned")
    found = {one.kind: one for one in waiting_for(work_of_user(user, TODAY), timezone.now())}
    assert found["sheets"].label.startswith("2 ")
    assert found["sheets"].url.endswith("?loc=da-nop#bang")
    assert found["sheets-returned"].label.startswith("1 ")
    be(user, "staff")
    assert not {"sheets", "sheets-returned"} & set(kinds(user))
    be(user, "chair")
    Assessment.objects.update(state="approved")
    assert not {"sheets", "sheets-returned"} & set(kinds(user))
