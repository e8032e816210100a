"""Ways into somebody else's account: letters under another's name, one's own unlocked screen, guessing, a flood of names."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from caitien.web.schools import resets
from caitien.web.schools.invitations import Guest, invite
from caitien.web.schools.models import Membership
from web.invented import make_user


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def teacher(school):
    """A teacher with a verified address, to whom a letter about her password can be sent."""
    from allauth.account.models import EmailAddress

    user = make_user("vi-thi-sim", "Vi Thị Sim", school, "staff")
    user.email = "sim@example.edu.vn"
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.mark.parametrize("said", ["https://caitien.example.edu.vn", "caitien.example.edu.vn"])
def test_a_letter_asked_for_under_another_name_leads_to_the_address_of_the_installation(
    teacher, settings, mailoutbox, said
):
    settings.ALLOWED_HOSTS, settings.SITE_URL, settings.HTTPS = ["*"], said, True
    sent = Client().post(reverse("account_reset_password"), {"email": teacher.email}, headers={"host": "bay.example"})
    assert sent.status_code == 302
    assert "bay.example" not in mailoutbox[0].body + mailoutbox[0].subject
    link = next(word for word in mailoutbox[0].body.split() if "/password/reset/key/" in word)
    assert link.startswith("https://caitien.example.edu.vn/tai-khoan/")
    assert Client().get(urlsplit(link).path).status_code == 302  # and is a right one


def test_without_an_address_of_the_installation_the_letter_keeps_that_of_the_request(teacher, settings, mailoutbox):
    settings.SITE_URL = ""
    Client().post(reverse("account_reset_password"), {"email": teacher.email})
    assert "http://testserver/tai-khoan/" in mailoutbox[0].body


def test_the_code_on_paper_has_a_whole_address_though_the_setting_has_no_scheme(browser, school, settings):
    settings.SITE_URL, settings.HTTPS = "caitien.example.edu.vn", True
    page = browser.post(reverse("schools:invite", args=[school.slug]), {"role": "staff", "labels": "Vi Thị Sim"})
    assert "https://caitien.example.edu.vn/moi/" in page.content.decode()


def test_an_unlocked_screen_gives_no_link_to_a_new_password_of_its_owner(browser, secretary, school):
    mine = Membership.objects.get(user=secretary)
    answer = browser.post(reverse("schools:member_reset", args=[school.slug, mine.pk]))
    assert answer.status_code == 409
    assert "đổi mật khẩu ở trang Tài khoản" in answer.content.decode()
    with pytest.raises(resets.Refused):
        resets.make(mine, mine)


def test_wrong_codes_behind_the_schools_address_do_not_shut_a_right_link(school, secretary):
    made = invite(school, Membership.objects.get(user=secretary), [Guest("staff", label="Vi Thị Sim")], school.pk)[0]
    pupil = Client()
    for _ in range(25):
        pupil.post(reverse("join:code"), {"code": "BBBB-BBBB"})
    assert pupil.post(reverse("join:code"), {"code": made.code}).status_code == 429
    assert Client().get(reverse("join:open", args=[made.token])).status_code == 302


def test_many_names_tried_do_not_empty_the_count_of_one(teacher):
    """The cache that counts has room: its usual 300 entries are thrown away at random when there are more."""
    cache.set("counted", 5)
    for number in range(700):
        cache.set(f"name-{number}", 1)
    assert cache.get("counted") == 5
    assert sum(cache.get(f"name-{number}") is not None for number in range(700)) == 700


def test_who_was_removed_a_minute_ago_comes_in_by_no_invitation_that_he_made(school):
    chair = make_user("hieu-truong", "Nông Thị Mơ", school, "chair")
    going = make_user("thu-ky-cu", "Vàng A Tủa", school, "secretary")
    made = invite(school, Membership.objects.get(user=going), [Guest("secretary", label="Bạn")], school.pk)[0]
    boss = Client()
    boss.force_login(chair)
    boss.post(reverse("schools:member_remove", args=[school.slug, Membership.objects.get(user=going).pk]))
    again = Client()
    again.force_login(going)
    again.get(reverse("join:open", args=[made.token]))
    assert again.post(reverse("join:accept")).status_code == 410
    assert not Membership.objects.filter(user=going).exists()


@pytest.mark.parametrize("fields", [{"role": "chair"}, {"role": "vice_chair"}, {"role": "superuser"}, {"role": ""}])
def test_a_secretary_gives_herself_nothing_more(browser, secretary, school, fields):
    make_user("hieu-truong", "Nông Thị Mơ", school, "chair")
    mine = Membership.objects.get(user=secretary)
    more = {"is_superuser": "1", "user": str(secretary.pk), "school": str(school.pk)}
    assert browser.post(reverse("schools:member_role", args=[school.slug, mine.pk]), fields | more).status_code == 409
    answer = browser.post(reverse("schools:invite", args=[school.slug]), fields | more | {"labels": "Tôi"})
    assert answer.status_code in (409, 422)
    mine.refresh_from_db()
    secretary.refresh_from_db()
    assert (mine.role, secretary.is_superuser) == ("secretary", False)


def test_the_account_of_a_leader_of_another_school_is_not_opened_from_here(browser, school, other_school):
    both = make_user("hai-truong", "Cầm Thị Hai", school, "viewer")
    Membership.objects.create(school=other_school, user=both, role="chair")
    member = Membership.objects.get(school=school, user=both)
    assert browser.post(reverse("schools:member_reset", args=[school.slug, member.pk])).status_code == 409
    both.is_superuser = True
    both.save()
    Membership.objects.filter(school=other_school, user=both).delete()
    assert browser.post(reverse("schools:member_reset", args=[school.slug, member.pk])).status_code == 409


def test_a_reset_link_ends_when_its_maker_may_no_longer_make_it(browser, school, other_school):
    member = Membership.objects.get(user=make_user("giao-vien", "Vi Thị Nhay", school, "staff"))
    link, token = resets.make(Membership.objects.get(school=school, role="secretary"), member)
    assert resets.find(token) == link
    Membership.objects.create(school=other_school, user=member.user, role="viewer")  # now of another school too
    assert resets.find(token) is None
