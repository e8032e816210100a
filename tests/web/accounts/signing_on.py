"""Run as a program of its own, with CAITIEN_OIDC_* set: an installation with a provider, walked through by a browser.

Prints one line of JSON with what was seen. Settings are read once a process, so this cannot be part of the others.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4


def main() -> None:
    from web.accounts.provider import CLIENT, Provider

    provider = Provider({"sub": "u1", "name": "Vi Thị Sim", "email": "sim@example.edu.vn", "email_verified": True})
    os.environ |= {
        "CAITIEN_OIDC_URL": provider.url, "CAITIEN_OIDC_CLIENT_ID": CLIENT, "CAITIEN_OIDC_SECRET": "bi-mat",
        "CAITIEN_OIDC_NAME": "Sở GD&ĐT Sông Lam", "DJANGO_SETTINGS_MODULE": "caitien.web.settings",
    }  # fmt: skip
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
    seen = walk(provider)
    provider.stop()
    json.dump(seen, sys.stdout)


def walk(provider: Any) -> dict[str, Any]:
    from django.test import Client
    from django.urls import reverse

    from caitien.web.accounts.models import User
    from caitien.web.schools.invitations import Guest, invite
    from caitien.web.schools.models import Membership, Person
    from web.invented import PASSWORD, make_school, make_user

    def sign_on(client: Client, next_url: str = "") -> Any:
        page = client.get(reverse("openid_connect_login", args=["oidc"]), {"next": next_url} if next_url else {})
        seen.setdefault("before", page.content.decode())
        away = client.post(reverse("openid_connect_login", args=["oidc"]) + (f"?next={next_url}" if next_url else ""))
        address = urlsplit(away.headers["Location"])
        seen["away"] = address._replace(query="").geturl()
        state = parse_qs(address.query)["state"][0]
        return client.get(reverse("openid_connect_callback", args=["oidc"]), {"code": "c", "state": state}, follow=True)

    seen: dict[str, Any] = {}
    login = Client().get(reverse("account_login"))
    seen["login"], seen["policy"] = login.content.decode(), login.headers["Content-Security-Policy"]

    seen["stranger"] = sign_on(Client()).content.decode()
    seen["users after stranger"] = User.objects.count()

    school = make_school("th-song-lam", "Trường Tiểu học Sông Lam")
    chair = make_user("hieu-truong", "", school, "chair")
    sim = Person.objects.create(school=school, name="Vi Thị Sim")
    made = invite(school, Membership.objects.get(user=chair), [Guest("staff", person=sim)], uuid4())[0]
    guest = Client()
    guest.get(reverse("join:open", args=[made.token]))
    seen["join"] = guest.get(reverse("join:accept")).content.decode()
    seen["invited"] = sign_on(guest, reverse("join:accept")).content.decode()
    guest.post(reverse("join:accept"))
    user = User.objects.exclude(pk=chair.pk).get()
    seen["user"] = [user.username, user.full_name, user.has_usable_password()]
    seen["role"] = Membership.objects.get(user=user).role
    sim.refresh_from_db()
    seen["joined"] = sim.user_id == user.pk

    again = Client()
    sign_on(again)
    seen["again"] = again.session.get("_auth_user_id") == str(user.pk)

    provider.claims = {"sub": "u2", "name": "Ai Đó", "email": "hieu-truong@example.edu.vn", "email_verified": True}
    chair.email = "hieu-truong@example.edu.vn"
    chair.save()
    stranger = Client()
    sign_on(stranger)
    seen["same address"] = stranger.session.get("_auth_user_id")

    connecting = Client()
    connecting.post(reverse("account_login"), {"login": "hieu-truong", "password": PASSWORD})
    page = connecting.get(reverse("socialaccount_connections"))
    seen["connections"] = page.content.decode()
    seen["pages"] = {
        name: connecting.get(reverse(name)).status_code
        for name in ("account_email", "account_change_password", "usersessions_list", "mfa_index", "home")
    }
    return seen


if __name__ == "__main__":
    main()
