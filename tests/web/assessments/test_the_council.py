"""The council: what the circular asks is checked one by one; members and groups are changed, ordered, brought back."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caitien.web.assessments import council_editing
from caitien.web.assessments.editing import save
from caitien.web.assessments.models import CouncilMember, CriterionReview, WorkingGroup
from caitien.web.schools.models import Person
from web.assessments.made import assess
from web.invented import make_user

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def assessment(school, secretary):
    return assess(school, secretary)


def address(assessment, name="council", **more):
    return reverse(
        f"assessments:{name}", kwargs={"school": assessment.school.slug, "assessment": assessment.pk, **more}
    )


def member(assessment, name, role="member", **fields):
    row = CouncilMember(name=name, role=role, **fields)
    return council_editing.add(assessment, row, None)


def group(assessment, name, criteria=(), members=(), leader=""):
    row = WorkingGroup(name=name, criteria=list(criteria), members=list(members), leader=leader)
    return council_editing.add(assessment, row, None)


def writers(assessment, code):
    return CriterionReview.objects.get(assessment=assessment, code=code).writers


def faults(browser, assessment):
    return {one.id: one.fault for one in browser.get(address(assessment)).context["faults"]}


def test_every_fault_is_named_until_none_is_left(browser, assessment):
    found = faults(browser, assessment)
    assert found["size"] == "Hội đồng có 0 thành viên, còn thiếu 5 người."
    roles = ["chair", "vice_chair", "secretary", "member"]
    for number, role in enumerate(roles):
        member(assessment, f"Người {number}", role, tasks=["Viết"])
    assert faults(browser, assessment)["odd"] == "Hội đồng có 4 thành viên, là số chẵn: hãy thêm hoặc bớt một người."
    member(assessment, "Người thứ năm")
    assert faults(browser, assessment)["everyone_has_a_task"] == "Chưa được giao việc: Người thứ năm."
    group(assessment, "Nhóm 1", list(assessment.criteria.values_list("code", flat=True)), ["Người thứ năm"])
    head = {"council_decision": {"number": "12/QĐ-TH", "date": "2026-09-10"}}
    save(assessment, {"head": head}, seen=assessment.version, user=None)
    assert faults(browser, assessment) == {}


def test_a_member_is_added_and_known_as_a_person_of_the_school(browser, assessment, school):
    person = Person.objects.create(school=school, name="Quàng Văn Ín", role_title="Tổ trưởng")
    sent = {"name": "Quàng Văn Ín", "role": "secretary", "tasks": "Ghi biên bản\nTổng hợp", "gender": "Nam"}
    assert browser.post(address(assessment, "member_add"), sent).status_code == 302
    row = CouncilMember.objects.get()
    assert (row.person, row.role, row.tasks, row.gender) == (person, "secretary", ["Ghi biên bản", "Tổng hợp"], "Nam")


def test_a_member_without_a_name_is_refused_and_what_was_typed_stays(browser, assessment):
    answer = browser.post(address(assessment, "member_add"), {"name": " ", "tasks": "Viết báo cáo"})
    assert answer.status_code == 422
    assert "Hãy ghi tên." in answer.content.decode()
    assert "Viết báo cáo" in answer.content.decode()
    long = browser.post(address(assessment, "member_add"), {"name": "x" * 201})
    assert long.status_code == 422
    assert not CouncilMember.objects.exists()


def test_two_editors_of_one_member_are_joined_or_both_shown(browser, assessment):
    row = member(assessment, "Lò Thị Mẩy", post="Giáo viên")
    url = address(assessment, "member_edit", member=row.pk)
    assert browser.post(url, {"version": 1, "name": row.name, "post": "Tổ trưởng"}).status_code == 302
    assert browser.post(url, {"version": 1, "name": "Lò Thị Mẩy Hoa", "post": "Giáo viên"}).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.post) == ("Lò Thị Mẩy Hoa", "Tổ trưởng")
    clash = browser.post(url, {"version": 1, "name": "Lò Thị Mẩy", "post": "Hiệu trưởng"})
    assert clash.status_code == 409
    assert "Hiệu trưởng" in clash.content.decode()
    assert "Tổ trưởng" in clash.content.decode()
    row.refresh_from_db()
    assert row.post == "Tổ trưởng"


def test_who_was_taken_off_is_brought_back_as_she_was(browser, assessment):
    row = member(assessment, "Lò Thị Mẩy", "chair", tasks=["Điều hành"])
    browser.post(address(assessment, "member_remove", member=row.pk))
    assert not CouncilMember.objects.exists()
    assert "Lấy lại" in browser.get(address(assessment, "council_changes")).content.decode()
    for _click in range(2):
        assert browser.post(address(assessment, "member_restore", member=row.pk)).status_code == 302
    back = CouncilMember.objects.get()
    assert (back.pk, back.name, back.role, back.tasks) == (row.pk, "Lò Thị Mẩy", "chair", ["Điều hành"])


def test_rows_are_put_in_order(browser, assessment):
    rows = [member(assessment, name) for name in "ABCD"]
    order = lambda: "".join(CouncilMember.objects.values_list("name", flat=True))  # noqa: E731
    browser.post(address(assessment, "member_move", member=rows[2].pk), {"buoc": "len"})
    assert order() == "ACBD"
    browser.post(address(assessment, "member_move", member=rows[0].pk), {"buoc": "xuong"})
    assert order() == "CABD"
    browser.post(address(assessment, "member_move", member=rows[3].pk), {"toi": "0"})
    assert order() == "DCAB"
    browser.post(address(assessment, "member_move", member=rows[3].pk), {"buoc": "len", "toi": "²"})
    assert order() == "DCAB"
    for _time in range(30):  # no room between two: all are numbered anew, in the same order
        browser.post(address(assessment, "member_move", member=rows[1].pk), {"toi": "1"})
        browser.post(address(assessment, "member_move", member=rows[0].pk), {"toi": "1"})
    assert order() == "DABC"


def test_people_of_a_group_write_its_criteria_and_follow_it(assessment):
    made = group(assessment, "Nhóm 1", ["1.1", "1.3"], ["Quàng Văn Ín"], "Lò Thị Mẩy")
    assert writers(assessment, "1.3") == ["Lò Thị Mẩy", "Quàng Văn Ín"]
    council_editing.change(made, {"members": ["Cà Văn Pản"]}, seen=1, user=None)
    assert writers(assessment, "1.3") == ["Lò Thị Mẩy", "Cà Văn Pản"]
    council_editing.take_off(WorkingGroup.objects.get(), None)
    assert writers(assessment, "1.3") == []


@pytest.mark.parametrize(
    ("now", "before", "after", "then"),
    [
        ([], [], ["A", "B"], ["A", "B"]),
        (["A", "B"], ["A", "B"], ["A", "C"], ["A", "C"]),
        (["B"], ["A", "B"], ["A", "B", "C"], ["B"]),  # narrowed by hand: she stays
        (["B"], ["A", "B"], ["A", "C"], ["A", "C"]),  # she is in none of its groups any more
        (["X"], ["A"], ["B"], ["X"]),  # named by hand, of no group
        (["X"], ["A"], ["A"], ["X"]),
    ],
)
def test_whom_somebody_chose_by_hand_stays(now, before, after, then):
    assert council_editing.followed(now, before, after) == then


def test_ticks_of_two_editors_are_joined(browser, assessment):
    one, two = group(assessment, "Nhóm 1", ["1.1"], ["A"]), group(assessment, "Nhóm 2", [], ["B"])
    url = address(assessment, "assignments")
    shown = [f"{one.pk}:1.1"]
    browser.post(url, {"da-tick": shown, "o": [*shown, f"{two.pk}:1.2"]})
    browser.post(url, {"da-tick": shown, "o": [f"{one.pk}:1.4"]})
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.criteria, two.criteria) == (["1.4"], ["1.2"])
    assert (writers(assessment, "1.1"), writers(assessment, "1.2"), writers(assessment, "1.4")) == ([], ["B"], ["A"])


def test_a_whole_standard_is_ticked_at_once_and_strange_ticks_do_nothing(browser, assessment):
    one = group(assessment, "Nhóm 1", [], ["A"])
    browser.post(
        address(assessment, "assignments"), {"ca": f"{one.pk}:2", "o": [f"{one.pk}:9.9", "rubbish", ":", "x:1.1"]}
    )
    one.refresh_from_db()
    assert one.criteria == ["2.1", "2.2", "2.3"]


def test_a_small_school_names_people_without_groups(browser, assessment):
    row = member(assessment, "Lò Thị Mẩy")
    url = address(assessment, "assignments") + "?theo=nguoi"
    browser.post(url, {"o": [f"{row.pk}:{code}" for code in assessment.criteria.values_list("code", flat=True)]})
    assert writers(assessment, "1.3") == ["Lò Thị Mẩy"]
    assert "every_criterion_has_a_writer" not in faults(browser, assessment)
    browser.post(url, {"da-tick": [f"{row.pk}:1.3"], "o": []})
    assert writers(assessment, "1.3") == []
    assert faults(browser, assessment)["every_criterion_has_a_writer"].endswith("1.3.")


def test_a_new_name_stands_in_the_groups_and_sheets_too(assessment):
    row = member(assessment, "Lo Thi May")
    group(assessment, "Nhóm 1", ["1.1"], ["Lo Thi May"])
    council_editing.change(row, {"name": "Lò Thị Mẩy"}, seen=1, user=None)
    assert WorkingGroup.objects.get().members == ["Lò Thị Mẩy"]
    assert writers(assessment, "1.1") == ["Lò Thị Mẩy"]


def test_a_council_is_proposed_from_the_people_of_the_school(browser, assessment, school):
    school.head_name, school.head_role = "Tòng Thị Pâng", "Hiệu trưởng"
    school.save()
    for name, post in (
        ("Cà Văn Pản", "Phó Hiệu trưởng"),
        ("Lường Thị Hặc", "Tổ trưởng tổ 1"),
        ("Vì Văn Ọt", "Tổ trưởng tổ 2"),
    ):
        Person.objects.create(school=school, name=name, role_title=post)
    page = browser.get(address(assessment, "council_suggest"))
    roles = [(one.name, one.role) for one in page.context["members"]]
    assert roles[:3] == [("Tòng Thị Pâng", "chair"), ("Cà Văn Pản", "vice_chair"), ("Lò Thị Mẩy", "secretary")]
    assert len(roles) == 5
    assert not CouncilMember.objects.exists()
    browser.post(address(assessment, "council_suggest"), {"nguoi": ["0", "1", "2", "3", "4", "77"], "nhom": "on"})
    assert CouncilMember.objects.count() == 5
    left = set(faults(browser, assessment))
    assert left == {"decided"}


def test_an_approved_report_keeps_its_council(browser, assessment):
    row = member(assessment, "Lò Thị Mẩy")
    assessment.state = "approved"
    assessment.save()
    for name, sent in (
        ("member_remove", {}),
        ("member_edit", {"version": "1", "name": "Khác"}),
        ("member_move", {"toi": "3"}),
    ):
        assert browser.post(address(assessment, name, member=row.pk), sent).status_code in (302, 409)
    assert browser.post(address(assessment, "member_add"), {"name": "Mới"}).status_code == 409
    assert list(CouncilMember.objects.values_list("name", flat=True)) == ["Lò Thị Mẩy"]


def test_a_member_of_another_year_is_not_found(browser, assessment, school, secretary):
    other = assess(school, secretary, year="2025-2026")
    row = member(other, "Lò Thị Mẩy")
    assert browser.get(address(assessment, "member_edit", member=row.pk)).status_code == 404
    assert browser.post(address(assessment, "member_restore", member=row.pk)).status_code == 404


@pytest.mark.parametrize("name", ["council", "assignments", "council_changes", "council_suggest"])
def test_the_pages_ask_as_often_for_many_as_for_few(browser, assessment, school, name):
    counts = []
    for many in (2, 12):
        for number in range(many):
            member(assessment, f"Người {many} {number}")
            group(assessment, f"Nhóm {many} {number}", ["1.1"], [f"Người {many} {number}"])
            Person.objects.create(school=school, name=f"Lò Văn {many} {number}")
        browser.get(address(assessment, name))
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address(assessment, name)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_who_writes_may_not_change_the_council(assessment, school):
    client = Client()
    client.force_login(make_user("thanh-vien", "", school, "member"))
    assert client.get(address(assessment)).status_code == 200
    assert "member_add" not in client.get(address(assessment)).content.decode()
    assert client.post(address(assessment, "member_add"), {"name": "X"}).status_code == 403
