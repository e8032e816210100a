"""Người của trường: found, added, renamed, in groups, left, joined to accounts."""

from __future__ import annotations

import pytest
from django.urls import reverse

from caitien.web.plans.models import Involvement
from caitien.web.schools.models import GroupMember, Membership, Person
from caitien.web.schools.people import Directory
from web.invented import make_user
from web.schools.conftest import said

SENT = {"name": "Cầm Thị Lả", "role_title": "Kế toán", "kind": "person", "aliases": "", "email": ""}


def at(name, school, *keys):
    return reverse(f"schools:{name}", args=[school.slug, *keys])


def test_people_stand_in_the_order_of_given_names_then_groups(browser, school):
    for name in ("Vi Thị Sim", "Đinh Văn Ước", "Lò Văn An", "Hà Thị Ân", "Cầm Thị Đào", "Cầm Thị Dung"):
        Person.objects.create(school=school, name=name)
    Person.objects.create(school=school, name="Ban giám hiệu", kind="group")
    page = said(browser.get(at("people", school)))
    wanted = ["Lò Văn An", "Hà Thị Ân", "Cầm Thị Dung", "Cầm Thị Đào", "Vi Thị Sim", "Đinh Văn Ước", "Ban giám hiệu"]
    assert sorted(wanted, key=page.rindex) == wanted


@pytest.mark.parametrize("asked", ["sim", "VI THI", "giao vien", "Giáo viên", "cô sim", "sim vi"])
def test_somebody_is_found_with_diacritics_or_without(browser, school, sim, asked):
    sim.aliases = ["Cô Sim"]
    sim.save()
    Person.objects.create(school=school, name="Lò Văn An")
    page = said(browser.get(at("people", school), {"tim": asked}))
    assert "Vi Thị Sim" in page
    assert "Lò Văn An" not in page


def test_nobody_found_says_what_to_do(browser, school, sim):
    assert "Không có ai như vậy" in said(browser.get(at("people", school), {"tim": "không có tên này"}))


def test_who_owns_how_much_is_counted(browser, plan, school):
    page = browser.get(at("people", school))
    team = next(p for p in page.context["people"] if p.name == "Tổ chuyên môn")
    assert (team.owns, team.unfinished) == (1, 0)  # its action is done
    head = next(p for p in page.context["people"] if p.name == "Lò Thị Mẩy")
    assert (head.owns, head.unfinished) == (1, 1)


def test_a_closed_plan_counts_no_more(browser, plan, school):
    plan.state = "closed"
    plan.save()
    assert {p.owns for p in browser.get(at("people", school)).context["people"]} == {0}


def test_an_action_that_was_taken_away_counts_no_more(browser, plan, school):
    from django.utils import timezone

    plan.actions.update(removed_at=timezone.now())
    assert {p.owns for p in browser.get(at("people", school)).context["people"]} == {0}


def test_a_persons_page_shows_what_she_owns(browser, plan, school):
    head = Person.objects.for_school(school).get(name="Lò Thị Mẩy")
    page = said(browser.get(at("person", school, head.pk)))
    assert "Hiệu trưởng · phụ trách 1 mục, 1 mục chưa xong" in page
    assert "Rà soát kế hoạch chiến lược" in page


def test_somebody_is_added_with_the_ways_plans_write_her(browser, school, secretary):
    response = browser.post(at("person_add", school), SENT | {"aliases": "Đ/c Lả\nKT; cô  Lả"})
    assert response.status_code == 302
    found = Person.objects.for_school(school).get()
    assert found.aliases == ["Đ/c Lả", "KT", "cô Lả"]
    assert found.history.get().history_user == secretary
    assert Directory.of(school).match("Cô Lả") == found


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"name": "   "}, "Hãy ghi họ và tên"),
        ({"email": "la@"}, "Đây không phải là một địa chỉ thư"),
        ({"aliases": "cô Sim"}, "“cô Sim” đang là cách ghi của Vi Thị Sim"),
        ({"aliases": "VI THỊ SIM"}, "Nếu hai dòng là một người, hãy dùng “Gộp”"),
        ({"kind": "may"}, "may"),
    ],
)
def test_wrong_words_are_said_and_stay(browser, school, sim, sent, sentence):
    sim.aliases = ["Cô Sim"]
    sim.save()
    response = browser.post(at("person_add", school), SENT | {"role_title": "Văn thư"} | sent)
    assert response.status_code == 422
    assert sentence in said(response)
    assert "Văn thư" in response.content.decode()
    assert Person.objects.for_school(school).count() == 1


def test_a_second_one_of_the_same_name_is_asked_about(browser, school, sim):
    response = browser.post(at("person_add", school), SENT | {"name": "VI THỊ SIM"})
    assert response.status_code == 422
    assert "Trường đã có “Vi Thị Sim”" in said(response)
    assert browser.post(at("person_add", school), SENT | {"name": "Vi Thị Sim", "really": "1"}).status_code == 302
    assert Person.objects.for_school(school).filter(name="Vi Thị Sim").count() == 2


def test_a_changed_name_leaves_the_old_one_as_an_alias(browser, school, sim):
    browser.post(at("person_edit", school, sim.pk), SENT | {"name": "Vi Thị Hoa Sim", "role_title": "Giáo viên"})
    sim.refresh_from_db()
    assert sim.aliases == ["Vi Thị Sim"]
    assert Directory.of(school).match("Vi Thị Sim") == sim


def test_a_group_has_people_and_lets_them_go(browser, school, sim):
    team = Person.objects.create(school=school, name="Tổ 4-5", kind="group")
    browser.post(at("group_members", school, team.pk), {"person": [sim.pk, sim.pk, "rác"]})
    assert GroupMember.objects.for_school(school).get().person == sim
    assert "Vi Thị Sim" in said(browser.get(at("person", school, team.pk)))
    assert "Tổ 4-5" in said(browser.get(at("person", school, sim.pk)))
    browser.post(at("group_members", school, team.pk), {"person": sim.pk, "out": "1"})
    assert not GroupMember.objects.for_school(school).exists()


def test_a_person_has_no_members_and_a_group_no_account(browser, school, sim, teacher):
    other = Person.objects.create(school=school, name="Lò Văn An")
    response = browser.post(at("group_members", school, sim.pk), {"person": other.pk})
    assert response.status_code == 409
    assert "là một người, không phải tổ, nhóm" in said(response)
    team = Person.objects.create(school=school, name="Tổ 4-5", kind="group")
    assert "Tổ, nhóm không nối với tài khoản" in said(
        browser.post(at("person_account", school, team.pk), {"user": teacher.pk})
    )


def test_nobody_chosen_is_said(browser, school):
    team = Person.objects.create(school=school, name="Tổ 4-5", kind="group")
    response = browser.post(at("group_members", school, team.pk), {})
    assert response.status_code == 409
    assert "Hãy chọn ít nhất một người" in said(response)


def test_people_of_another_school_join_no_group(browser, school, other_school):
    team = Person.objects.create(school=school, name="Tổ 4-5", kind="group")
    stranger = Person.objects.create(school=other_school, name="Người Lạ")
    assert browser.post(at("group_members", school, team.pk), {"person": stranger.pk}).status_code == 409
    assert not GroupMember.objects.exists()


def test_who_left_keeps_her_history_and_what_is_open_is_listed(browser, plan, school):
    head = Person.objects.for_school(school).get(name="Lò Thị Mẩy")
    response = browser.post(at("person_left", school, head.pk), {"left_on": "01/08/2026"}, follow=True)
    assert "Còn 1 mục chưa xong đứng tên người này" in said(response)
    assert "rời trường ngày 01/08/2026" in said(response)
    assert Involvement.objects.for_school(school).filter(person=head).exists()
    assert head.name not in [p.name for p in browser.get(at("people", school)).context["people"]]
    assert head.name in [p.name for p in browser.get(at("people", school), {"loc": "da-roi"}).context["people"]]
    browser.post(at("person_left", school, head.pk), {"back": "1"})
    head.refresh_from_db()
    assert head.left_on is None


def test_a_day_that_no_calendar_has_is_said_and_stays(browser, school, sim):
    response = browser.post(at("person_left", school, sim.pk), {"left_on": "31/02/2026"})
    assert response.status_code == 422
    assert "Không có ngày “31/02/2026” trong lịch" in said(response)
    assert 'value="31/02/2026"' in response.content.decode()
    sim.refresh_from_db()
    assert sim.left_on is None


def test_a_person_is_joined_to_the_account_of_a_member_and_parted(browser, school, sim, teacher):
    browser.post(at("person_account", school, sim.pk), {"user": teacher.pk})
    sim.refresh_from_db()
    assert sim.user == teacher
    assert "giao-vien" in said(browser.get(at("people", school)))
    browser.post(at("person_account", school, sim.pk), {"part": "1"})
    sim.refresh_from_db()
    assert sim.user is None


@pytest.mark.parametrize("key", ["", "rác", "00000000-0000-7000-8000-000000000000", "stranger"])
def test_only_accounts_of_this_school_are_joined(browser, school, other_school, sim, key):
    stranger = make_user("nguoi-la", "", other_school, "chair")
    response = browser.post(at("person_account", school, sim.pk), {"user": stranger.pk if key == "stranger" else key})
    assert response.status_code == 409
    assert "không phải của một thành viên trong trường" in said(response)
    sim.refresh_from_db()
    assert sim.user is None


def test_one_account_is_one_person(browser, school, sim, teacher):
    Person.objects.create(school=school, name="Cô Sim lớp 5", user=teacher)
    response = browser.post(at("person_account", school, sim.pk), {"user": teacher.pk})
    assert "Tài khoản này đã nối với Cô Sim lớp 5" in said(response)


def test_teachers_see_people_and_change_nobody(teachers_browser, school, sim):
    html = teachers_browser.get(at("person", school, sim.pk)).content.decode()
    assert at("person_edit", school, sim.pk) not in html
    assert at("person_left", school, sim.pk) not in html
    assert Membership.objects.for_school(school).count() == 1


def test_who_says_who_she_is_waits_where_people_are_kept(browser, school, sim, teacher):
    from caitien.web.reminders.models import IdentityClaim

    assert "chờ xác nhận" not in said(browser.get(at("people", school)))
    IdentityClaim.objects.create(school=school, user=teacher, person=sim)
    assert "1 người nói mình là ai, chờ xác nhận" in said(browser.get(at("people", school)))
