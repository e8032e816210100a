"""A self-assessment begins: from the framework, from last year's, from a file; once, however often it is asked for."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from caitien.standards import load
from caitien.web.assessments.beginning import begin, carried_over
from caitien.web.assessments.editing import save, saved
from caitien.web.assessments.models import (
    Assessment,
    AssessmentEvent,
    CouncilMember,
    LevelReview,
    SchoolTable,
    Weakness,
    WorkingGroup,
)
from caitien.web.evidence import services
from caitien.web.evidence.models import Evidence
from caitien.web.plans.models import Issue
from web.assessments.made import FRAMEWORK, assess

pytestmark = pytest.mark.django_db
EARLIER = "tt17-2024-tieu-hoc"


def address(school, name="new", **more):
    return reverse(f"assessments:{name}", kwargs={"school": school.slug, **more})


def written(assessment, code, level, words, user):
    row = LevelReview.objects.get(review__assessment=assessment, criterion=code, level=level)
    return save(row, {"description": words}, seen=row.version, user=user).row


def member(assessment, name, user, **fields):
    row = CouncilMember(school=assessment.school, assessment=assessment, name=name, **fields)
    saved(row, user)
    return row


@pytest.fixture
def last_year(school, secretary):
    """2026-2027 with a council, words, data and weaknesses."""
    found = assess(school, secretary)
    member(found, "Lò Thị Mẩy", secretary, role="chair", post="Hiệu trưởng")
    member(found, "Quàng Văn Ín", secretary, role="secretary")
    group = WorkingGroup(
        school=school, assessment=found, name="Nhóm 1", members=["Quàng Văn Ín"], criteria=["1.1", "1.3"]
    )
    saved(group, secretary)
    written(found, "1.3", 1, "Kế hoạch có đủ.", secretary)
    head = {"overview": {"purpose": "Cải tiến", "period": "Năm học 2026-2027"}, "council_decision": {"number": "12/QĐ"}}
    save(found, {"head": head}, seen=found.version, user=secretary)
    for text, standard in (("Thiết bị cũ", "4"), ("Chưa lấy ý kiến phụ huynh", "1")):
        saved(Weakness(school=school, assessment=found, standard=standard, criteria=["1.3"], text=text), secretary)
    table = SchoolTable(school=school, assessment=found, table="classes", cells={"grade-1": {"2026-2027": 3}})
    saved(table, secretary)
    return found


def test_a_school_without_one_is_told_how_to_begin(browser, school):
    page = browser.get(address(school, "home"))
    assert page.status_code == 200
    assert "Bắt đầu tự đánh giá năm học" in page.content.decode()


def test_the_framework_in_force_is_proposed_and_those_of_2018_can_be_chosen(browser, school):
    context = browser.get(address(school), {"nam": "2026-2027"}).context
    assert context["framework"].id == FRAMEWORK
    assert [one.proposed for one in context["frameworks"]] == [True, False, False]
    assert {EARLIER, "tt17-2018-tieu-hoc"} < {one.id for one in context["frameworks"]}


def test_it_begins_and_the_newest_year_is_where_one_lands(browser, school):
    answer = browser.post(address(school), {"nam": "2026-2027", "khung": FRAMEWORK})
    assert answer.status_code == 302
    found = Assessment.objects.get()
    assert found.year.name == "2026-2027"
    assert found.criteria.count() == 15
    assert str(found.pk) in browser.get(address(school, "home")).headers["Location"]


def test_asked_for_twice_it_is_made_once(browser, school):
    for _click in range(2):
        assert browser.post(address(school), {"nam": "2026-2027", "khung": FRAMEWORK}).status_code == 302
    assert Assessment.objects.count() == 1
    assert AssessmentEvent.objects.filter(kind="created").count() == 1


def test_nothing_is_stored_by_looking(browser, school, last_year):
    browser.get(address(school), {"nam": "2027-2028", "mang": "texts"})
    assert Assessment.objects.count() == 1


def test_all_that_was_chosen_comes_over_and_no_judgement(browser, school, last_year, secretary):
    answer = browser.post(
        address(school),
        {"nam": "2027-2028", "khung": FRAMEWORK, "tu": last_year.pk, "da-chon": "1",
         "mang": ["council", "texts", "words", "tables", "weaknesses"]},
    )  # fmt: skip
    new = Assessment.objects.get(year__name="2027-2028")
    assert answer.headers["Location"] == address(school, "beginning", assessment=new.pk)
    assert [one.name for one in new.members.all()] == ["Lò Thị Mẩy", "Quàng Văn Ín"]
    assert new.groups.get().criteria == ["1.1", "1.3"]
    assert LevelReview.objects.get(review__assessment=new, criterion="1.3", level=1).description == "Kế hoạch có đủ."
    assert new.head["overview"]["purpose"] == "Cải tiến"
    assert not new.head["overview"]["period"]
    assert not new.head["council_decision"]["number"]
    assert new.weaknesses.count() == 2
    assert new.tables.get().cells == {"grade-1": {"2026-2027": 3}}
    said = browser.get(address(school, "beginning", assessment=new.pk)).content.decode()
    assert "Số và ngày quyết định thành lập hội đồng không chuyển" in said


def test_what_was_not_chosen_stays_behind(browser, school, last_year):
    browser.post(
        address(school),
        {"nam": "2027-2028", "khung": FRAMEWORK, "tu": last_year.pk, "da-chon": "1", "mang": ["council", ""]},
    )
    new = Assessment.objects.get(year__name="2027-2028")
    assert new.members.count() == 2
    assert (new.weaknesses.count(), new.tables.count()) == (0, 0)
    assert not LevelReview.objects.filter(review__assessment=new).exclude(description="").exists()


def test_a_weakness_that_work_has_ended_is_not_carried(school, secretary, last_year, plan):
    issue = Issue.objects.create(school=school, plan=plan, position=1, weakness="Thiết bị cũ")
    action = plan.actions.first()
    action.issue, action.progress_status = issue, "done"
    action.save()
    row = last_year.weaknesses.get(text="Thiết bị cũ")
    save(row, {"issue_id": issue.pk}, seen=row.version, user=secretary)
    found = carried_over(last_year, load(FRAMEWORK), "2027-2028", ["weaknesses"])
    assert found.weaknesses == 1
    plan.actions.filter(issue=issue).update(progress_status="in_progress")
    assert carried_over(last_year, load(FRAMEWORK), "2027-2028", ["weaknesses"]).weaknesses == 2


def test_under_another_framework_criteria_go_by_the_crosswalk_and_what_is_lost_is_said(school, secretary):
    old = assess(school, secretary, year="2025-2026", framework=EARLIER)
    group = WorkingGroup(school=school, assessment=old, name="Nhóm 1", criteria=["1.1", "1.2"])
    saved(group, secretary)
    written(old, "1.1", 1, "Chiến lược đã ban hành.", secretary)
    new, is_new = begin(school, "2026-2027", load(FRAMEWORK), secretary, before=old, parts=["council", "texts"])
    assert is_new
    assert new.groups.get().criteria
    assert set(new.groups.get().criteria) <= set(load(FRAMEWORK).codes)
    texts = [one.description for one in LevelReview.objects.filter(review__assessment=new).exclude(description="")]
    assert texts
    assert all("[Tiêu chí 1.1, Mức 1, TT 17/2018" in text and "Chiến lược đã ban hành." in text for text in texts)
    assert "bảng chuyển" in AssessmentEvent.objects.get(assessment=new, kind="created").note


# --- from a file


def a_file(**more):
    value = {
        "schema": "caitien.assessment/1",
        "school_year": "2026-2027",
        "framework": FRAMEWORK,
        "criteria": [
            {"code": "1.3", "state": "approved",
             "levels": [{"level": 1, "description": "Đã số hóa (MC.1.3.07).", "judged": "met"}]},
            {"code": "9.9", "levels": []},
            {"code": "2.1", "levels": [{"level": 1, "description": "Chưa đủ.", "judged": "not_met"}]},
        ],
        "evidence": [{"code": "MC.1.3.07", "name": "Kế hoạch chuyển đổi số", "criteria": ["1.3"], "state": "verified"}],
        **more,
    }  # fmt: skip
    return SimpleUploadedFile("tdg.json", json.dumps(value, ensure_ascii=False).encode(), "application/json")


def test_met_without_verified_evidence_comes_in_as_not_judged_and_is_told(browser, school):
    answer = browser.post(address(school, "from_file"), {"tep": a_file()})
    new = Assessment.objects.get()
    assert answer.headers["Location"] == address(school, "beginning", assessment=new.pk)
    level = LevelReview.objects.get(review__assessment=new, criterion="1.3", level=1)
    assert (level.description, level.judged) == ("Đã số hóa (MC.1.3.07).", "")
    assert level.review.state == "writing"
    assert LevelReview.objects.get(review__assessment=new, criterion="2.1", level=1).judged == "not_met"
    note = AssessmentEvent.objects.get(kind="created").note
    assert "1.3 Mức 1" in note
    assert "9.9" in note


def test_evidence_of_the_file_keeps_its_code_and_waits_to_be_verified(browser, school):
    browser.post(address(school, "from_file"), {"tep": a_file()})
    row = Evidence.objects.get()
    assert (row.code, row.state) == ("MC.1.3.07", "submitted")
    assert row.uses.get().criterion == "1.3"


def test_a_code_that_is_anothers_is_not_taken(browser, school, secretary):
    mine = services.create(school, secretary, "Quy chế khác")
    services.use(mine, load(FRAMEWORK), ["1.3"], secretary)
    taken = [{"code": "MC.1.3.01", "name": "Kế hoạch chuyển đổi số", "criteria": ["1.3"]}]
    browser.post(address(school, "from_file"), {"tep": a_file(evidence=taken)})
    mine.refresh_from_db()
    assert mine.code == "MC.1.3.01"
    assert Evidence.objects.exclude(pk=mine.pk).get().code == "MC.1.3.02"
    assert "MC.1.3.01" in AssessmentEvent.objects.get(kind="created").note


def test_what_is_proven_here_stays_met(browser, school, secretary):
    proof = services.create(school, secretary, "Kế hoạch")
    services.use(proof, load(FRAMEWORK), ["1.3"], secretary)
    services.take_step(school, proof.pk, "verified", user=secretary)
    browser.post(address(school, "from_file"), {"tep": a_file()})
    assert LevelReview.objects.get(criterion="1.3", level=1).judged == "met"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x00\x01", "JSON"),
        (b"{}", "schema"),
        (b'{"schema": "caitien.assessment/1", "school_year": "2026-2027", "criteria": []}', "khung"),
        (b'{"schema": "caitien.assessment/1", "framework": "tt57-2026-pho-thong"}', "năm học"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_sentence(browser, school, content, said):
    answer = browser.post(address(school, "from_file"), {"tep": SimpleUploadedFile("a.json", content)})
    assert answer.status_code == 422
    assert said in answer.context["problem"]
    assert not Assessment.objects.exists()


def test_letters_that_no_database_takes_do_no_harm(browser, school):
    ugly = [{"code": "1.3", "levels": [{"level": 1, "description": "a\x00b", "judged": None}], "writers": ["x" * 999]}]
    assert browser.post(address(school, "from_file"), {"tep": a_file(criteria=ugly)}).status_code == 302
    assert LevelReview.objects.get(criterion="1.3", level=1).description == "ab"


def test_a_year_that_has_one_is_not_written_over(browser, school, last_year):
    answer = browser.post(address(school, "from_file"), {"tep": a_file()})
    assert answer.status_code == 422
    assert "2026-2027" in answer.context["problem"]
    assert Assessment.objects.count() == 1


def test_who_only_looks_is_told_who_begins(client, school):
    from web.invented import make_user

    client.force_login(make_user("nguoi-xem", "", school, "viewer"))
    page = client.get(address(school, "home"))
    assert page.status_code == 200
    assert 'name="khung"' not in page.content.decode()
    assert client.post(address(school), {"nam": "2026-2027", "khung": FRAMEWORK}).status_code == 403
