"""What django-allauth asks us about accounts of elsewhere. Loaded only when a provider is configured."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from caitien.plan.text import one_space
from caitien.web.accounts.forms import is_taken
from caitien.web.accounts.usernames import proposed
from caitien.web.accounts.views.joining import INVITED
from caitien.web.schools import invitations


class SocialAdapter(DefaultSocialAccountAdapter):
    """An account of elsewhere opens an account here only for who holds an invitation; others join it to the one they have."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        key = request.session.get(INVITED)
        found = invitations.by_key(key) if key else None
        return found is not None and invitations.why_not(found) is None

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        """Family name first, and a user name without diacritics, as for everybody else."""
        user = sociallogin.user
        name = data.get("name") or " ".join(filter(None, [data.get("last_name"), data.get("first_name")]))
        user.full_name = one_space(name)[:200]
        user.email = data.get("email") or ""
        user.username = proposed(user.full_name, is_taken) or proposed(user.email.split("@")[0], is_taken) or ""
        return user
