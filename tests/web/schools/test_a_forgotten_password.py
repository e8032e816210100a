"""Without e-mail: a leader of the school makes a link, used once within a day, for whom she may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caitien.web.schools import resets
from caitien.web.schools.models import Membership, ResetLink
from web.invented import PASSWORD
from web.schools.conftest import said

NEW = {"password1": "hoa-ban-trang-9", "password2": "hoa-ban-trang-9"}


def membership(school, user) -> Membership:
    return Membership.objects.get(school=school, user=user)


@pytest.fixture
def link(school, chair_member, teacher):
    """The address that the chair gives to the teacher."""
    return reverse("join:reset", args=[resets.make(chair_member, membership(school, teacher))[1]])


def signs_in(username, password) -> bool:
    return Client().post(reverse("account_login"), {"login": username, "password": password}).status_code == 302


def test_the_leader_sees_the_link_once(chairs_browser, school, teacher):
    address = reverse("schools:member_reset", args=[school.slug, membership(school, teacher).pk])
    response = chairs_browser.post(address)
    assert response.headers["Cache-Control"] == "no-store"
    html = response.content.decode()
    assert "http://testserver/mat-khau-moi/" in html
    assert '<svg class="qr"' in html
    token = html.split("/mat-khau-moi/")[1].split("/")[0]
    assert token not in str(list(ResetLink.objects.values()))


def test_she_chooses_a_new_password_and_her_other_machines_are_signed_out(link, teacher):
    other_machine = Client()
    other_machine.post(reverse("account_login"), {"login": "giao-vien", "password": PASSWORD})
    assert other_machine.get(reverse("account_change_password")).status_code == 200
    client = Client()
    assert "Cho tài khoản giao-vien của Vi Thị Sim" in said(client.get(link))
    after = client.post(link, NEW, follow=True)
    assert "Đã đặt mật khẩu mới. Hãy đăng nhập bằng tên “giao-vien”" in said(after)
    assert signs_in("giao-vien", NEW["password1"])
    assert not signs_in("giao-vien", PASSWORD)
    assert other_machine.get(reverse("account_change_password")).status_code == 302


def test_the_history_says_who_made_it_and_that_it_was_used(link, school, chair, teacher):
    Client().post(link, NEW)
    said_of = [(r.history_change_reason, r.history_user) for r in membership(school, teacher).history.all()]
    assert ("đặt mật khẩu mới bằng liên kết", teacher) in said_of
    assert any(reason == "tạo liên kết đặt lại mật khẩu" for reason, _ in said_of)


def test_it_is_used_once(link):
    Client().post(link, NEW)
    response = Client().post(link, NEW | {"password1": "thu-lan-hai-8", "password2": "thu-lan-hai-8"})
    assert response.status_code == 404
    assert "chỉ dùng được một lần, trong 24 giờ" in said(response)
    assert signs_in("giao-vien", NEW["password1"])


def test_after_a_day_it_is_over(link):
    assert ResetLink.objects.get().expires_at <= timezone.now() + timedelta(hours=24)
    ResetLink.objects.update(expires_at=timezone.now())
    assert Client().get(link).status_code == 404


def test_a_newer_link_ends_the_older(link, school, chair_member, teacher):
    _, token = resets.make(chair_member, membership(school, teacher))
    assert Client().get(link).status_code == 404
    assert Client().get(reverse("join:reset", args=[token])).status_code == 200


def test_a_link_of_who_leads_no_more_opens_nothing(link, chair_member):
    Membership.objects.filter(pk=chair_member.pk).update(role="viewer")
    assert Client().get(link).status_code == 404


def test_two_different_passwords_are_said(link):
    response = Client().post(link, NEW | {"password2": "khac-di-mot-chut-9"})
    assert response.status_code == 422
    assert "Hai lần gõ không giống nhau" in said(response)
    assert signs_in("giao-vien", PASSWORD)


def test_nobody_of_a_higher_role(school, secretary, chair):
    with pytest.raises(resets.Refused, match="vai trò cao hơn bạn"):
        resets.make(membership(school, secretary), membership(school, chair))


def test_nobody_who_also_belongs_where_she_does_not_lead(school, other_school, chair_member, teacher):
    Membership.objects.create(school=other_school, user=teacher, role="viewer")
    with pytest.raises(resets.Refused, match="một trường khác mà bạn không quản lý"):
        resets.make(chair_member, membership(school, teacher))
    Membership.objects.create(school=other_school, user=chair_member.user, role="secretary")
    assert resets.make(chair_member, membership(school, teacher))


def test_nobody_who_stands_higher_in_the_other_school(school, other_school, chair_member, teacher):
    Membership.objects.create(school=other_school, user=teacher, role="chair")
    Membership.objects.create(school=other_school, user=chair_member.user, role="secretary")
    with pytest.raises(resets.Refused, match="vai trò cao hơn bạn"):
        resets.make(chair_member, membership(school, teacher))


@pytest.mark.parametrize("mark", ["is_superuser", "is_staff"])
def test_no_administrator_of_the_server(school, chair_member, teacher, mark):
    setattr(teacher, mark, True)
    teacher.save()
    with pytest.raises(resets.Refused, match="quản trị hệ thống"):
        resets.make(chair_member, membership(school, teacher))


def test_a_second_factor_stays(link, teacher):
    """Who got hold of the link alone does not get in."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(teacher, generate_totp_secret())
    Client().post(link, NEW)
    client = Client()
    client.post(reverse("account_login"), {"login": "giao-vien", "password": NEW["password1"]})
    assert "_auth_user_id" not in client.session


def test_the_page_for_who_forgot_says_whom_to_ask(client, db, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    page = said(client.get(reverse("account_reset_password")))
    assert "Nhờ hiệu trưởng, phó chủ tịch hoặc thư ký hội đồng" in page
    assert "Máy chủ này chưa gửi được thư điện tử" in page


def test_with_mail_the_page_has_its_form(client, db, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert "Gửi liên kết" in said(client.get(reverse("account_reset_password")))


def test_who_tries_many_links_does_not_lock_out_who_holds_the_right_one(link):
    """A school sits behind one address; and nobody finds 256 bits by trying."""
    client = Client()
    for _ in range(25):
        assert client.get(reverse("join:reset", args=["x" * 43])).status_code == 404
    assert client.get(link).status_code == 200


def test_who_makes_links_for_herself_is_not_offered_it(chairs_browser, school, chair):
    html = chairs_browser.get(reverse("schools:members", args=[school.slug])).content.decode()
    assert reverse("schools:member_reset", args=[school.slug, membership(school, chair).pk]) not in html
