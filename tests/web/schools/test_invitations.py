"""Invitations: made for many, shown once, opened by link or code, used once, for seven days."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from caitien.web.accounts.models import User
from caitien.web.accounts.usernames import proposed
from caitien.web.schools import invitations
from caitien.web.schools.invitations import Guest, invite
from caitien.web.schools.models import Invitation, Membership, Person
from web.invented import make_user
from web.reminders.conftest import make_action, make_plan
from web.schools.conftest import said, signed_in

NEW = {"full_name": "Vi Thị Sim", "username": "", "password1": "hoa-ban-trang-9", "password2": "hoa-ban-trang-9"}


def at(name, school, *keys):
    return reverse(f"schools:{name}", args=[school.slug, *keys])


@pytest.fixture
def made(school, chair_member, sim):
    """An invitation for Sim as a teacher."""
    return invite(school, chair_member, [Guest("staff", person=sim)], uuid4())[0]


def open_it(made, client=None) -> Client:
    client = client or Client()
    assert client.get(reverse("join:open", args=[made.token])).headers["Location"] == reverse("join:accept")
    return client


def test_the_sheet_has_a_card_for_each_with_code_and_qr(chairs_browser, school, sim):
    sent = {"role": "staff", "person": [sim.pk], "labels": "Cô  Lả\n\nThầy An\n", "batch": uuid4()}
    response = chairs_browser.post(at("invite", school), sent)
    page = said(response)
    assert "3 giấy mời" in page
    assert all(name in page for name in ("Vi Thị Sim", "Cô Lả", "Thầy An", "http://testserver/moi/"))
    codes = re.findall(r"\b[A-Z]{4}-[A-Z]{4}\b", page)
    assert len(set(codes)) == 3
    assert response.content.decode().count('<svg class="qr"') == 3
    assert response.headers["Cache-Control"] == "no-store"


def test_only_hashes_are_kept(chairs_browser, school, made):
    row = Invitation.objects.values().get()
    kept = " ".join(map(str, row.values()))
    assert made.token not in kept
    assert made.code not in kept
    assert len(row["token_hash"]) == len(row["code_hash"]) == 64
    page = chairs_browser.get(at("invitations", school)).content.decode()
    assert made.token not in page
    assert made.code_shown not in page


def test_a_form_sent_twice_invites_once(chairs_browser, school):
    sent = {"role": "staff", "labels": "Cô Lả", "batch": uuid4()}
    chairs_browser.post(at("invite", school), sent)
    page = said(chairs_browser.post(at("invite", school), sent, follow=True))
    assert "Mã chỉ hiện một lần" in page
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Hãy chọn ít nhất một người"),
        ({"role": ""}, "Hãy chọn vai trò"),
        ({"role": "king", "labels": "Cô Lả"}, "Hãy chọn vai trò"),
        ({"labels": "x" * 201}, "dài quá"),
        ({"labels": "\n".join(f"Cô {n}" for n in range(201))}, "nhiều nhất 200 người"),
        ({"person": ["00000000-0000-7000-8000-000000000000"]}, "Hãy xem lại danh sách"),
    ],
)
def test_a_wrong_form_says_what_to_do_and_keeps_the_names(chairs_browser, school, sent, sentence):
    response = chairs_browser.post(at("invite", school), {"role": "staff"} | sent)
    assert response.status_code == 422
    assert sentence in said(response)
    assert sent.get("labels", "") in response.content.decode()
    assert not Invitation.objects.exists()


def test_somebody_of_another_school_is_not_invited(chairs_browser, school, other_school):
    stranger = Person.objects.create(school=other_school, name="Người Lạ")
    assert chairs_browser.post(at("invite", school), {"role": "staff", "person": stranger.pk}).status_code == 422


def test_a_secretary_gives_no_role_above_her_own(browser, school, chair):
    response = browser.post(at("invite", school), {"role": "chair", "labels": "Ai đó"})
    assert response.status_code == 409
    assert "cao hơn vai trò của chính mình" in said(response)
    assert not Invitation.objects.exists()


def test_codes_are_typed_in_many_ways(made):
    code = made.code
    spaced = f" {code[:2].lower()} {code[2:4]} - {code[4:].lower()}. "
    for typed in (
        code,
        made.code_shown,
        code.lower(),
        spaced,
        code.replace("B", "8").replace("S", "5").replace("Z", "2"),
    ):
        assert invitations.by_code(typed) == made.invitation


def test_codes_have_no_letters_to_confuse():
    for _ in range(300):
        code = invitations.new_code()
        assert len(code) == 8
        assert not set(code) & set("OIQUVWAEGY01") - {"V"}
        assert "DD" not in code


@pytest.mark.parametrize("typed", ["", "   ", "ABC", "ZZZZZZZZ", "không có", "💥" * 9, "x" * 60])
def test_a_wrong_code_says_what_to_do(db, typed):
    response = Client().post(reverse("join:code"), {"code": typed})
    assert response.status_code == 422
    assert "Hãy" in said(response)


def test_guessing_codes_is_stopped(made):
    client = Client()
    for _ in range(20):
        client.post(reverse("join:code"), {"code": "BBBB-BBBB"})
    response = client.post(reverse("join:code"), {"code": made.code})
    assert response.status_code == 429
    assert "Hãy đợi một giờ" in said(response)


def test_right_codes_are_not_counted_against_a_school_behind_one_address(made):
    for _ in range(30):
        assert Client().post(reverse("join:code"), {"code": made.code}).status_code == 302


def test_looking_at_a_link_uses_nothing_up(made):
    for _ in range(3):
        open_it(made)
    assert invitations.state(Invitation.objects.get()) == "open"


def test_who_has_no_account_makes_one_and_is_in(school, made, sim):
    client = open_it(made)
    page = client.get(reverse("join:accept"))
    assert "Mời Vi Thị Sim vào trường trên Cải Tiến, vai trò: Giáo viên, nhân viên" in said(page)
    assert 'value="vithisim"' in page.content.decode()
    after = client.post(reverse("join:accept"), NEW, follow=True)
    assert "Tên đăng nhập của bạn là: vithisim" in said(after)
    assert "Bạn đã vào Trường Tiểu học Sông Lam, vai trò: Giáo viên, nhân viên" in said(after)
    user = User.objects.get(username="vithisim")
    assert (user.full_name, user.email) == ("Vi Thị Sim", "")
    sim.refresh_from_db()
    assert sim.user == user
    assert Membership.objects.get(school=school, user=user).role == "staff"
    assert client.get(at("profile", school)).status_code == 200


def test_who_has_work_waiting_sees_it_first(school, made, sim):
    make_action(make_plan(school, year=None), "Sắp xếp thư viện", responsible=["Vi Thị Sim"])
    answer = open_it(made).post(reverse("join:accept"), NEW)
    assert answer.headers["Location"] == reverse("reminders:my_work")


def test_who_has_none_sees_the_school(school, made):
    answer = open_it(made).post(reverse("join:accept"), NEW)
    assert answer.headers["Location"] == reverse("schools:home", args=[school.slug])


def test_the_history_says_how_she_came(school, made):
    open_it(made).post(reverse("join:accept"), NEW)
    record = Membership.history.get(history_type="+", history_change_reason="nhận lời mời")
    assert record.history_user == record.user == User.objects.get(username="vithisim")


def test_the_new_account_can_sign_in(made):
    open_it(made).post(reverse("join:accept"), NEW)
    client = Client()
    assert client.post(reverse("account_login"), {"login": "vithisim", "password": NEW["password1"]}).status_code == 302
    assert "_auth_user_id" in client.session


def test_who_has_an_account_signs_in_and_joins(school, other_school, made):
    make_user("sim-cu", "Vi Thị Sim", other_school, "member")
    client = open_it(made)
    sign_in = f"{reverse('account_login')}?next={reverse('join:accept')}"
    assert sign_in in client.get(reverse("join:accept")).content.decode()
    answer = client.post(sign_in, {"login": "sim-cu", "password": "mat-khau-thu-9", "next": reverse("join:accept")})
    assert answer.headers["Location"] == reverse("join:accept")
    assert "Bạn đang đăng nhập là Vi Thị Sim (sim-cu)" in said(client.get(reverse("join:accept")))
    client.post(reverse("join:accept"))
    assert User.objects.get(username="sim-cu").memberships.count() == 2


def test_who_is_not_her_signs_out_and_the_invitation_is_still_there(made, secretary):
    client = open_it(made, signed_in(secretary))
    answer = client.post(reverse("join:accept"), {"switch": "1"})
    assert answer.headers["Location"] == reverse("join:accept")
    assert "Tạo tài khoản" in said(client.get(reverse("join:accept")))


def test_a_member_keeps_her_role_and_the_invitation_stays_for_another(school, chair_member, secretary):
    made = invite(school, chair_member, [Guest("viewer", label="ai cũng được")], uuid4())[0]
    client = open_it(made, signed_in(secretary))
    page = said(client.post(reverse("join:accept"), follow=True))
    assert "Bạn đã là thành viên của Trường Tiểu học Sông Lam, vai trò: Thư ký hội đồng. Vai trò ấy giữ nguyên." in page
    assert invitations.state(Invitation.objects.get()) == "open"


def test_a_member_who_is_the_invited_person_is_joined_to_her(school, made, sim, teacher):
    open_it(made, signed_in(teacher)).post(reverse("join:accept"))
    sim.refresh_from_db()
    assert sim.user == teacher
    assert invitations.state(Invitation.objects.get()) == "used"


def test_a_person_with_another_account_is_not_taken_over(school, made, sim, teacher):
    sim.user = teacher
    sim.save()
    page = said(open_it(made).post(reverse("join:accept"), NEW | {"username": "ke-khac"}, follow=True))
    assert "Chưa nối được bạn với “Vi Thị Sim" in page
    sim.refresh_from_db()
    assert sim.user == teacher
    assert Membership.objects.filter(school=school, user__username="ke-khac").exists()


def test_an_account_of_who_left_the_school_makes_room(school, made, sim):
    sim.user = make_user("sim-cu")
    sim.save()
    open_it(made).post(reverse("join:accept"), NEW)
    sim.refresh_from_db()
    assert sim.user.username == "vithisim"


def test_it_is_used_once(made):
    open_it(made).post(reverse("join:accept"), NEW)
    response = open_it(made).post(reverse("join:accept"), NEW | {"username": "nguoi-thu-hai"})
    assert response.status_code == 410
    assert "Lời mời này đã có người dùng" in said(response)
    assert not User.objects.filter(username="nguoi-thu-hai").exists()


def test_who_was_quicker_has_it_and_the_other_makes_no_account(made, monkeypatch):
    """Both saw the form; the row is taken in one step."""
    client = open_it(made)
    monkeypatch.setattr(invitations, "why_not", lambda _invitation: None)
    Invitation.objects.update(used_at=timezone.now())
    response = client.post(reverse("join:accept"), NEW)
    assert response.status_code == 410
    assert not User.objects.filter(username="vithisim").exists()


def test_after_seven_days_it_is_over(made):
    assert made.invitation.expires_at - made.invitation.created_at <= timedelta(days=7, seconds=5)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    response = open_it(made).get(reverse("join:accept"))
    assert response.status_code == 410
    assert "đã hết hạn (mỗi lời mời dùng được 7 ngày)" in said(response)


def test_taken_back_it_opens_nothing(chairs_browser, school, made):
    page = said(chairs_browser.post(at("invitation_revoke", school, made.invitation.pk), follow=True))
    assert "Đã thu hồi lời mời cho Vi Thị Sim" in page
    assert "Nhà trường đã thu hồi lời mời này" in said(open_it(made).get(reverse("join:accept")))
    assert chairs_browser.post(at("invitation_revoke", school, made.invitation.pk)).status_code == 409


@pytest.mark.parametrize("change", ["removed", "lowered"])
def test_who_may_not_invite_any_more_lets_nobody_in(school, chair_member, secretary, change):
    by = Membership.objects.get(user=secretary)
    made = invite(school, by, [Guest("secretary", label="phó")], uuid4())[0]
    if change == "removed":
        by.delete()
    else:
        Membership.objects.filter(pk=by.pk).update(role="staff")
    response = open_it(made).get(reverse("join:accept"))
    assert response.status_code == 410
    assert "Người mời bạn không còn quyền" in said(response)


@pytest.mark.parametrize("token", ["x", "a" * 43, "không-có", "tham-gia2"])
def test_a_wrong_link_says_what_to_do(db, token):
    response = Client().get(reverse("join:open", args=[token]))
    assert response.status_code == 404
    assert "Không có lời mời nào như vậy" in said(response)


def test_without_an_invitation_the_page_asks_for_one(db):
    response = Client().get(reverse("join:accept"), follow=True)
    assert "Hãy mở lại liên kết trong lời mời, hoặc gõ mã in trên giấy" in said(response)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"full_name": ""}, "Hãy ghi họ và tên"),
        ({"full_name": "123"}, "Hãy ghi họ và tên bằng chữ"),
        ({"full_name": "x" * 201}, "200"),
        ({"username": "Vi Thị Sim"}, "Tên đăng nhập chỉ gồm chữ không dấu"),
        ({"username": "giao-vien"}, "Đã có người dùng tên “giao-vien”"),
        ({"username": "GIAO-VIEN"}, "Đã có người dùng tên"),
        ({"password1": "", "password2": ""}, "Hãy đặt một mật khẩu"),
        ({"password2": "khac-hoan-toan-9"}, "Hai lần gõ không giống nhau"),
        ({"password1": "ngan9", "password2": "ngan9"}, "Mật khẩu ngắn quá. Hãy đặt ít nhất 8 ký tự"),
        ({"password1": "1234567890", "password2": "1234567890"}, "Mật khẩu"),
        ({"password1": "password1", "password2": "password1"}, "Mật khẩu"),
        ({"password1": "vithisim1", "password2": "vithisim1"}, "Mật khẩu"),
        ({"full_name": "李小龍", "username": ""}, "Hãy đặt một tên đăng nhập"),
    ],
)
def test_a_wrong_account_form_says_what_to_do_and_keeps_the_name(made, teacher, sent, sentence):
    client = open_it(made)
    response = client.post(reverse("join:accept"), NEW | sent)
    assert response.status_code == 422
    assert sentence in said(response)
    assert not re.search(r"\b(This|password is|The|must)\b", said(response))
    assert (sent | {"full_name": NEW["full_name"]})["full_name"][:100] in response.content.decode()
    assert NEW["password1"] not in response.content.decode()
    assert invitations.state(Invitation.objects.get()) == "open"


def test_sign_up_without_an_invitation_stays_closed(db):
    Client().post(reverse("account_signup"), {"username": "la", "password1": "hoa-ban-9-x", "password2": "hoa-ban-9-x"})
    Client().post(reverse("join:accept"), NEW)
    assert not User.objects.exists()


def test_a_name_is_proposed_that_nobody_has():
    taken = {"lothimay", "lothimay2"}
    assert proposed("Lò Thị Mẩy", taken.__contains__) == "lothimay3"
    assert proposed("Đặng Ước", taken.__contains__) == "danguoc"
    assert proposed("李小龍", taken.__contains__) == ""


def test_many_invitations_ask_the_database_as_little_as_few(school, chair_member):
    def asked(many):
        with CaptureQueriesContext(connection) as queries:
            invite(school, chair_member, [Guest("staff", label=f"Cô {n}") for n in range(many)], uuid4())
        return len(queries)

    asked(1)
    assert asked(3) == asked(60) <= 8


def test_addresses_begin_as_the_administrator_says(chairs_browser, school, settings):
    settings.SITE_URL = "https://cai-tien.example.edu.vn"
    page = chairs_browser.post(at("invite", school), {"role": "staff", "labels": "Cô Lả"}).content.decode()
    assert 'value="https://cai-tien.example.edu.vn/moi/' in page
    assert "testserver" not in page


def test_who_is_invited_anew_has_one_way_in(school, chair_member, made, sim):
    again = invite(school, chair_member, [Guest("staff", person=sim)], uuid4())[0]
    assert "Nhà trường đã thu hồi lời mời này" in said(open_it(made).get(reverse("join:accept")))
    assert open_it(again).get(reverse("join:accept")).status_code == 200


def test_what_waits_stands_first(chairs_browser, school, chair_member, made):
    newer = invite(school, chair_member, [Guest("staff", label="Cô Lả")], uuid4())[0]
    invitations.revoke(newer.invitation)
    rows = chairs_browser.get(at("invitations", school)).context["invitations"]
    assert [(row.pk, state) for row, state in rows] == [(made.invitation.pk, "open"), (newer.invitation.pk, "revoked")]
