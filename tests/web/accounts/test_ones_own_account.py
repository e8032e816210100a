"""The account of each: where it is signed in, the second factor, all in Vietnamese."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from caitien.web.accounts.devices import said as device
from web.invented import PASSWORD
from web.ui.test_account_pages_speak_vietnamese import ENGLISH, words


def sign_in(name="thu-ky", agent="Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36") -> Client:
    client = Client(headers={"User-Agent": agent})
    client.post(reverse("account_login"), {"login": name, "password": PASSWORD})
    return client


def test_all_machines_are_listed_and_the_others_signed_out(secretary):
    phone = sign_in(agent="Mozilla/5.0 (Linux; Android 9; SM-J260G) Chrome/96.0 Mobile Safari/537.36")
    laptop = sign_in()
    page = words(laptop.get(reverse("usersessions_list")))
    assert "Tài khoản của bạn đang mở trên 2 máy" in page
    assert "Chrome, Android" in page
    assert "Chrome, Windows máy này" in page
    assert not ENGLISH.findall(page.replace("Windows", ""))
    after = laptop.post(reverse("usersessions_list"), follow=True)
    assert "Đã đăng xuất các máy khác" in words(after)
    assert phone.get(reverse("account_change_password")).status_code == 302
    assert laptop.get(reverse("account_change_password")).status_code == 200


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X) AppleWebKit Version/15.0 Mobile Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 8.1; vivo) Chrome/100 Mobile Safari/537.36 Zalo android/12", "Zalo, Android"),
        ("Mozilla/5.0 (Windows NT 6.1) coc_coc_browser/90 Chrome/84 Safari/537", "Cốc Cốc, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120", "Microsoft Edge, Windows"),
        ("", "Máy không rõ loại"),
        ("curl/8", "Máy không rõ loại"),
    ],
)
def test_a_machine_is_named_in_words_its_owner_knows(agent, said):
    assert device(agent) == said


def test_the_second_factor_from_turning_on_to_turning_off(secretary):
    """Turn it on, sign in with it, lose the phone and use a recovery code, turn it off: every page in Vietnamese."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    def now_of(secret: str) -> str:
        import time

        return format_hotp_value(hotp_value(secret, int(time.time()) // 30))

    client = sign_in()
    seen = [client.get(reverse("mfa_index")), client.get(reverse("account_reauthenticate"))]
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    form = client.get(reverse("mfa_activate_totp"))
    assert form.status_code == 200, form.headers
    seen.append(form)
    seen.append(client.post(reverse("mfa_activate_totp"), {"code": "000000"}))
    secret = form.context["form"].secret
    seen.append(client.post(reverse("mfa_activate_totp"), {"code": now_of(secret)}, follow=True))
    seen.append(client.get(reverse("mfa_view_recovery_codes")))
    seen.append(client.get(reverse("mfa_generate_recovery_codes")))
    from allauth.mfa.models import Authenticator

    spare = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    again = sign_in()
    assert "_auth_user_id" not in again.session
    seen.append(again.get(reverse("mfa_authenticate")))
    seen.append(again.post(reverse("mfa_authenticate"), {"code": "12345678"}))
    again.post(reverse("mfa_authenticate"), {"code": spare[0]})
    assert "_auth_user_id" in again.session
    seen.append(again.get(reverse("mfa_index")))
    seen.append(client.get(reverse("mfa_deactivate_totp")))
    seen.append(client.post(reverse("mfa_deactivate_totp"), follow=True))
    assert "_auth_user_id" in sign_in().session
    for number, response in enumerate(seen):
        assert response.status_code == 200, number
        page = words(response).replace("Google Authenticator", "").replace("Microsoft Authenticator", "")
        assert not ENGLISH.findall(page), (number, page)


def test_who_tries_passwords_too_often_is_told_so_in_vietnamese(client, db, settings, tmp_path):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }
    for number in range(31):
        response = client.post(reverse("account_login"), {"login": f"ai-{number}", "password": "sai-mat-khau"})
    assert response.status_code == 429
    assert "Đã thử quá nhiều lần" in words(response)


def test_the_sign_in_page_leads_to_the_code_and_to_help(client, db):
    html = client.get(reverse("account_login")).content.decode()
    assert reverse("join:code") in html
    assert reverse("account_reset_password") in html


def test_a_stranger_who_wants_an_account_is_told_how(client, db):
    assert "Tài khoản ở đây do trường mời" in words(client.get(reverse("account_signup")))


def test_my_schools_are_one_click_from_everywhere(browser, plan):
    html = browser.get(reverse("plans:plan", args=[plan.school.slug, plan.pk])).content.decode()
    assert f'href="{reverse("my_schools")}"' in html
    assert "Trường Tiểu học Sông Lam" in words(browser.get(reverse("my_schools")))


def test_who_lost_phone_and_codes_is_helped_on_the_server(secretary, capsys):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.core.management import CommandError, call_command

    TOTP.activate(secretary, generate_totp_secret())
    assert "_auth_user_id" not in sign_in().session
    call_command("turn_off_second_factor", "THU-KY")
    assert "Đã tắt xác thực hai bước của thu-ky" in capsys.readouterr().out
    assert "_auth_user_id" in sign_in().session
    call_command("turn_off_second_factor", "thu-ky")
    assert "không có gì để tắt" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Không có tài khoản"):
        call_command("turn_off_second_factor", "ai-do")
