"""Sign-in with an account of elsewhere (OpenID Connect): only where it is configured, only for who is invited or joined it."""

from __future__ import annotations

import html
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from caitien.web.accounts.oidc import IncompleteError, single_sign_on

TESTS = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def seen(tmp_path_factory) -> dict:
    folder = tmp_path_factory.mktemp("oidc")
    env = {**os.environ, "CAITIEN_DATA": str(folder), "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path])}
    env.pop("CAITIEN_DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "web.accounts.signing_on"], env=env, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_the_button_stands_on_the_sign_in_page(seen):
    assert "Đăng nhập bằng Sở GD&ĐT Sông Lam" in html.unescape(seen["login"])
    assert "Đăng nhập bằng Sở GD&ĐT Sông Lam" in html.unescape(seen["join"])


def test_the_form_may_lead_to_the_provider_and_nowhere_else(seen):
    origin = seen["away"].removesuffix("/authorize")
    directive = next(part for part in seen["policy"].split(";") if part.strip().startswith("form-action"))
    assert directive.split() == ["form-action", "'self'", origin]


def test_a_stranger_opens_no_account(seen):
    assert "Cần lời mời của trường" in seen["stranger"]
    assert seen["users after stranger"] == 0


def test_who_is_invited_comes_in_without_a_password(seen):
    assert seen["user"] == ["vithisim", "Vi Thị Sim", False]
    assert seen["role"] == "staff"
    assert seen["joined"]
    assert "Bạn đang đăng nhập là Vi Thị Sim" in html.unescape(seen["invited"])


def test_the_next_time_she_just_signs_in(seen):
    assert seen["again"]


def test_the_same_address_opens_nobodys_account(seen):
    assert seen["same address"] is None


def test_every_page_is_in_vietnamese(seen):
    for name in ("before", "connections", "stranger"):
        for english in ("Continue", "third-party", "Sign Up", "Sign In", "currently"):
            assert english not in seen[name], name


def test_nothing_else_breaks(seen):
    assert seen["pages"] == dict.fromkeys(seen["pages"], 200) | {"home": 302}


def test_without_a_provider_nothing_of_it_is_loaded(client, db):
    from django.conf import settings
    from django.urls import reverse

    assert settings.OIDC is None
    assert "allauth.socialaccount" not in settings.INSTALLED_APPS
    assert "Đăng nhập bằng" not in client.get(reverse("account_login")).content.decode()


@pytest.mark.parametrize(
    "environment",
    [
        {"CAITIEN_OIDC_URL": "https://id.example.vn"},
        {"CAITIEN_OIDC_CLIENT_ID": "cai-tien"},
        {"CAITIEN_OIDC_URL": "id.example.vn", "CAITIEN_OIDC_CLIENT_ID": "cai-tien"},
    ],
)
def test_half_a_configuration_is_said_when_the_server_starts(environment):
    with pytest.raises(IncompleteError, match="CAITIEN_OIDC_URL"):
        single_sign_on(environment)


def test_without_a_name_the_button_names_the_host():
    found = single_sign_on({"CAITIEN_OIDC_URL": "https://id.example.vn/realms/a", "CAITIEN_OIDC_CLIENT_ID": "c"})
    assert found.app["name"] == "id.example.vn"
    assert found.origins == ["https://id.example.vn"]
