"""Headers, cookies, sign-in: what keeps strangers out and scripts from running."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from caitien.web.accounts.models import User
from web.invented import PASSWORD, make_user


def settings_with(**environment: str) -> dict[str, str]:
    """A few settings of a server started with these variables."""
    names = (
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
        "ALLOWED_HOSTS",
        "DEBUG",
        "DATABASES",
    )
    code = f"from caitien.web import settings as s\nfor n in {names!r}: print(n, repr(getattr(s, n, None)))"
    env = {**os.environ, **environment}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True)
    return dict(line.split(" ", 1) for line in done.stdout.splitlines())


def test_no_page_may_run_inline_scripts_or_styles(browser, plan):
    response = browser.get(reverse("plans:plan", args=[plan.school.slug, plan.pk]))
    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", ["plan", "findings", "action", "action_edit", "progress"])
def test_no_page_has_inline_scripts_styles_or_handlers(browser, plan, name):
    keys = [plan.school.slug, plan.pk] + ([plan.actions.first().pk] if "action" in name or name == "progress" else [])
    html = browser.get(reverse(f"plans:{name}", args=keys)).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
    assert "|safe" not in html


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_every_answer_has_its_headers(client, db, header, value):
    assert client.get(reverse("account_login")).headers[header] == value


def test_pages_of_a_school_are_not_kept_by_shared_caches(browser, plan):
    assert "private" in browser.get(reverse("plans:plan", args=[plan.school.slug, plan.pk])).headers["Cache-Control"]


def test_a_form_without_its_token_is_refused_in_vietnamese(secretary, plan):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(secretary)
    response = strict.post(reverse("plans:dismiss", args=[plan.school.slug, plan.pk]), {"mark": "x"})
    assert response.status_code == 403
    assert "Trang này đã mở quá lâu" in response.content.decode()


def test_nobody_opens_an_account_by_herself(client, db):
    response = client.post(reverse("account_signup"), {"username": "la", "password1": PASSWORD, "password2": PASSWORD})
    assert response.status_code == 200
    assert not User.objects.exists()


@pytest.mark.parametrize("login", ["thu-ky", "thu-ky@example.edu.vn"])
def test_one_signs_in_by_user_name_or_e_mail(client, secretary, login):
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=secretary, email="thu-ky@example.edu.vn", verified=True, primary=True)
    response = client.post(reverse("account_login"), {"login": login, "password": PASSWORD})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(secretary.pk)


def test_guessing_passwords_is_slowed_down(client, secretary, settings, tmp_path):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }
    answers = [client.post(reverse("account_login"), {"login": "thu-ky", "password": f"sai-{n}"}) for n in range(12)]
    assert client.post(reverse("account_login"), {"login": "thu-ky", "password": PASSWORD}).status_code != 302
    assert len(answers) == 12


def test_after_signing_in_one_is_sent_to_no_stranger(client, secretary):
    url = f"{reverse('account_login')}?next=https://example.com/"
    response = client.post(url, {"login": "thu-ky", "password": PASSWORD, "next": "https://example.com/"})
    assert "example.com" not in response.headers.get("Location", "")


def test_over_https_cookies_are_secure():
    found = settings_with(CAITIEN_HTTPS="1", CAITIEN_HOSTS="cai-tien.example.vn")
    assert found["SESSION_COOKIE_SECURE"] == found["CSRF_COOKIE_SECURE"] == "True"
    assert int(found["SECURE_HSTS_SECONDS"]) >= 31_536_000
    assert found["ALLOWED_HOSTS"] == "['cai-tien.example.vn']"


def test_without_a_word_it_answers_to_this_machine_only_and_hides_tracebacks():
    found = settings_with()
    assert "localhost" in found["ALLOWED_HOSTS"]
    assert "*" not in found["ALLOWED_HOSTS"]
    assert found["DEBUG"] == "False"


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path, monkeypatch):
    from caitien.web.data_folder import secret_key

    monkeypatch.delenv("CAITIEN_SECRET_KEY", raising=False)
    first = secret_key(tmp_path)
    assert first == secret_key(tmp_path)
    assert len(first) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_a_key_that_a_crash_left_empty_is_made_again(tmp_path, monkeypatch):
    from caitien.web.data_folder import secret_key

    monkeypatch.delenv("CAITIEN_SECRET_KEY", raising=False)
    (tmp_path / "secret-key").touch()
    assert len(secret_key(tmp_path)) >= 50


def test_sqlite_is_in_wal_mode_and_keeps_foreign_keys(tmp_path):
    import sqlite3

    from caitien.web.databases import SQLITE_PRAGMAS, database

    found = database("", tmp_path)
    connection = sqlite3.connect(found["NAME"])
    connection.executescript(SQLITE_PRAGMAS)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_postgresql_address_is_understood():
    from caitien.web.databases import database

    found = database("postgresql://cai%40tien:m%2Fk@db.example:6543/truong?sslmode=require", Path("x"))
    assert found["USER"] == "cai@tien"
    assert found["PASSWORD"] == "m/k"
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "6543", "truong")
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_another_database_is_refused():
    from django.core.exceptions import ImproperlyConfigured

    from caitien.web.databases import database

    with pytest.raises(ImproperlyConfigured):
        database("mysql://x", Path("x"))


@pytest.mark.parametrize(("url", "status"), [("/khong-co/", 404), ("/truong/khong-co/", 404)])
def test_a_page_that_is_not_there_says_so_in_vietnamese(browser, url, status):
    response = browser.get(url)
    assert response.status_code == status
    assert "Không tìm thấy trang này" in response.content.decode()


def test_a_mistake_of_the_program_says_that_it_is_not_the_readers(browser, plan, monkeypatch):
    def breaks(*_args, **_more):
        raise RuntimeError("hỏng")

    monkeypatch.setattr("caitien.web.plans.views.plan.rows_of", breaks)
    browser.raise_request_exception = False
    response = browser.get(reverse("plans:plan", args=[plan.school.slug, plan.pk]))
    assert response.status_code == 500
    html = response.content.decode()
    assert "không phải của bạn" in html
    assert "RuntimeError" not in html


def test_who_may_not_is_told_who_may(school, plan):
    viewer = Client()
    viewer.force_login(make_user("xem", "", school, "viewer"))
    response = viewer.get(reverse("plans:action_edit", args=[school.slug, plan.pk, plan.actions.first().pk]))
    assert response.status_code == 403
    assert "Thư ký hội đồng" in response.content.decode()
