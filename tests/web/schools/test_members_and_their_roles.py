"""Thành viên: who may change whom is a table; what was done stands in the history and can be taken back."""

from __future__ import annotations

from itertools import product

import pytest
from django.urls import reverse

from caitien.web.schools import members
from caitien.web.schools.models import Membership
from caitien.web.schools.ranks import RANK, Deed, refusal, roles_to_give
from caitien.web.schools.roles import Capability, Role, may
from web.invented import make_user
from web.schools.conftest import said, signed_in


def at(name, school, *keys):
    return reverse(f"schools:{name}", args=[school.slug, *keys])


def membership(school, user) -> Membership:
    return Membership.objects.get(school=school, user=user)


def test_every_role_has_a_rank():
    assert set(RANK) == set(Role)


@pytest.mark.parametrize(("actor", "target", "to"), list(product(Role, [*Role, None], [*Role, None])))
def test_nobody_reaches_above_herself(actor, target, to):
    """With other chairs and leaders about, what is refused is exactly what goes above one's own rank."""
    refused = refusal(Deed(actor, target, to, chairs=2, leaders=5)) is not None
    above = any(role is not None and RANK[role] > RANK[actor] for role in (target, to))
    assert refused == (above or not may(actor, Capability.MANAGE_MEMBERS))


@pytest.mark.parametrize("to", [role for role in [*Role, None] if role != Role.CHAIR])
def test_the_last_chair_stays(to):
    assert "duy nhất" in refusal(Deed(Role.CHAIR, Role.CHAIR, to, chairs=1, leaders=3))
    assert refusal(Deed(Role.CHAIR, Role.CHAIR, to, chairs=2, leaders=3)) is None


@pytest.mark.parametrize("to", [Role.STAFF, Role.VIEWER, None])
def test_the_last_leader_stays(to):
    assert "người cuối cùng" in refusal(Deed(Role.SECRETARY, Role.SECRETARY, to, chairs=0, leaders=1))


def test_a_secretary_invites_the_first_chair_and_no_second():
    assert Role.CHAIR in roles_to_give(Role.SECRETARY, chairs=0)
    assert Role.VICE_CHAIR not in roles_to_give(Role.SECRETARY, chairs=0)
    assert Role.CHAIR not in roles_to_give(Role.SECRETARY, chairs=1)
    assert set(roles_to_give(Role.CHAIR, chairs=1)) == set(Role)


def test_she_cannot_make_herself_chair_even_where_there_is_none():
    assert refusal(Deed(Role.SECRETARY, Role.SECRETARY, Role.CHAIR, chairs=0, leaders=1)) is not None


def test_a_role_is_changed_and_the_history_says_by_whom(chairs_browser, school, chair, teacher):
    row = membership(school, teacher)
    page = chairs_browser.post(at("member_role", school, row.pk), {"role": "secretary"}, follow=True)
    assert "Vi Thị Sim nay là: Thư ký hội đồng (trước là: Giáo viên, nhân viên)" in said(page)
    row.refresh_from_db()
    assert row.role == "secretary"
    newest = row.history.latest()
    assert (newest.history_user, newest.history_change_reason) == (chair, "đổi vai trò")


def test_a_secretary_cannot_touch_the_chair(browser, school, chair):
    row = membership(school, chair)
    for name, sent in (("member_role", {"role": "viewer"}), ("member_remove", {}), ("member_reset", {})):
        response = browser.post(at(name, school, row.pk), sent)
        assert response.status_code == 409
        assert "vai trò cao hơn bạn" in said(response)
    row.refresh_from_db()
    assert row.role == "chair"


@pytest.mark.parametrize("role", ["", "king", "CHAIR"])
def test_a_role_that_is_none_is_said(chairs_browser, school, teacher, role):
    response = chairs_browser.post(at("member_role", school, membership(school, teacher).pk), {"role": role})
    assert response.status_code == 409
    assert "Hãy chọn một vai trò trong danh sách" in said(response)


def test_the_last_chair_is_not_sent_away_by_herself(chairs_browser, school, chair):
    response = chairs_browser.post(at("member_remove", school, membership(school, chair).pk))
    assert response.status_code == 409
    assert "duy nhất của trường" in said(response)


def test_who_is_sent_away_sees_nothing_and_can_be_let_in_again(chairs_browser, school, teacher):
    theirs = signed_in(teacher)
    assert theirs.get(at("profile", school)).status_code == 200
    page = chairs_browser.post(at("member_remove", school, membership(school, teacher).pk), follow=True)
    assert "Cho vào lại" in said(page)
    assert theirs.get(at("profile", school)).status_code == 404
    (record,) = members.removed(school)
    chairs_browser.post(at("member_restore", school, record.pk))
    assert theirs.get(at("profile", school)).status_code == 200
    assert membership(school, teacher).role == "staff"
    assert members.removed(school) == []


def test_who_is_back_is_not_let_in_twice(chairs_browser, school, teacher):
    chairs_browser.post(at("member_remove", school, membership(school, teacher).pk))
    (record,) = members.removed(school)
    chairs_browser.post(at("member_restore", school, record.pk))
    assert chairs_browser.post(at("member_restore", school, record.pk)).status_code == 409
    assert Membership.objects.filter(school=school, user=teacher).count() == 1


def test_a_secretary_cannot_bring_back_a_chair(browser, chairs_browser, school, chair):
    second = make_user("hieu-truong-2", "", school, "chair")
    chairs_browser.post(at("member_remove", school, membership(school, second).pk))
    (record,) = members.removed(school)
    response = browser.post(at("member_restore", school, record.pk))
    assert response.status_code == 409
    assert "cao hơn vai trò của chính mình" in said(response)


def test_a_leader_who_lost_her_role_a_moment_ago_does_nothing(school, secretary, teacher):
    """Her page was open; the rules look at the role she has now."""
    stale = membership(school, secretary)
    Membership.objects.filter(pk=stale.pk).update(role="viewer")
    with pytest.raises(members.Refused, match="Việc này dành cho"):
        members.change_role(stale, membership(school, teacher).pk, "viewer")


def test_two_chairs_cannot_send_each_other_away(school, chair):
    other = make_user("hieu-truong-2", "", school, "chair")
    first, second = membership(school, chair), membership(school, other)
    members.remove(first, second.pk)
    with pytest.raises(members.Refused):
        members.remove(second, first.pk)


def test_one_user_of_two_schools_switches_between_them(school, other_school, secretary, browser):
    Membership.objects.create(school=other_school, user=secretary, role="chair")
    page = said(browser.get(reverse("home")))
    assert "Bạn tham gia 2 trường" in page
    assert "Thư ký hội đồng" in page
    assert "Hiệu trưởng, chủ tịch hội đồng" in page


def test_the_list_shows_a_member_only_what_she_may_do(teachers_browser, chairs_browser, school, teacher, chair):
    key = membership(school, chair).pk
    assert at("member_role", school, key) not in teachers_browser.get(at("members", school)).content.decode()
    html = chairs_browser.get(at("members", school)).content.decode()
    assert at("member_remove", school, key) not in html  # she is the last chair
    assert at("member_remove", school, membership(school, teacher).pk) in html


def test_the_help_page_says_who_gives_which_role(client, db):
    page = said(client.get(reverse("roles_help")))
    assert "Ai mời và trao được vai trò nào" in page
    assert "Không ai trao được vai trò cao hơn vai trò của chính mình" in page


def test_every_reason_that_the_program_writes_can_be_said_in_both_languages():
    import re
    from pathlib import Path

    from caitien.web import schools
    from caitien.web.schools.reasons import REASONS

    folder = Path(schools.__file__).parent
    written = {
        found
        for file in folder.rglob("*.py")
        for found in re.findall(r'_change_reason = "([^"]+)"', file.read_text("utf-8"))
    }
    assert written == {str(reason) for reason in REASONS}
