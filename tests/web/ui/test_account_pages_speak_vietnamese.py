"""The pages of signing in and of one's account are in Vietnamese, in our own look."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

ENGLISH = re.compile(
    r"\b(Login|Sign|Password|Email|Username|Forgot|Change|Authenticator|Recovery|Remember|Activate|Confirm|Your|the|please)\b"
)


def words(response) -> str:
    body = re.sub(r"<(script|head|nav|footer)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_reset_password_done"])
def test_pages_before_signing_in(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert "plain-card" in response.content.decode()
    assert not ENGLISH.findall(words(response))


@pytest.mark.parametrize("name", ["account_email", "account_change_password", "mfa_index", "account_logout"])
def test_pages_of_ones_account(browser, name):
    response = browser.get(reverse(name))
    assert response.status_code == 200
    assert not ENGLISH.findall(words(response))


def test_the_authenticator_app_can_be_turned_on(browser, secretary):
    asked_again = browser.get(reverse("mfa_activate_totp"), follow=True)
    assert not ENGLISH.findall(words(asked_again))
    browser.post(reverse("account_reauthenticate"), {"password": "mat-khau-thu-9"})
    response = browser.get(reverse("mfa_activate_totp"))
    assert "Mở ứng dụng xác thực trên điện thoại" in words(response)
    assert 'class="qr" src="data:image/svg+xml' in response.content.decode()


@pytest.mark.django_db
def test_a_wrong_password_says_what_to_do(client):
    response = client.post(reverse("account_login"), {"login": "ai-do", "password": "khong-dung"})
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy gõ lại." in words(response)


def test_the_compiled_words_are_those_of_the_source():
    from pathlib import Path

    from babel.messages.mofile import read_mo
    from babel.messages.pofile import read_po

    def words_of(catalog):
        first = [(m.id if isinstance(m.id, str) else m.id[0], "".join(m.string)) for m in catalog]
        return {words: said for words, said in first if words}

    folder = Path(__file__).parents[3] / "src/caitien/web/locale/vi/LC_MESSAGES"
    with (folder / "django.po").open("rb") as source, (folder / "django.mo").open("rb") as compiled:
        assert words_of(read_po(source)) == words_of(read_mo(compiled))
