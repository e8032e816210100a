"""What django-allauth asks us: who may open an account, what a user is called, where the links of its letters lead."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.conf import settings
from django.http import HttpRequest

from caitien.web.accounts.models import User
from caitien.web.reminders.addresses import site


class _Named(NamedTuple):
    """Who writes the letter, as the templates of allauth ask for it."""

    name: str
    domain: str


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from a school, never from a stranger's sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Links lead to the address that the administrator said, whatever name the request came under.

        Anybody can ask for a letter to somebody else; where its link leads must not follow from what he sends.
        """
        came_under, ours = allauth_context.request.build_absolute_uri("/"), site()
        if ours:
            context = {
                name: f"{ours}/{value.removeprefix(came_under)}"
                if isinstance(value, str) and value.startswith(came_under)
                else value
                for name, value in context.items()
            }
        domain = urlsplit(ours or came_under).netloc
        super().send_mail(template_prefix, email, {**context, "current_site": _Named(settings.MFA_TOTP_ISSUER, domain)})


def display_name(user: User) -> str:
    return user.get_full_name()
