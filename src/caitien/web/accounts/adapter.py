"""What django-allauth asks us: who may open an account, what a user is called."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from caitien.web.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from a school, never from a stranger's sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def display_name(user: User) -> str:
    return user.get_full_name()
