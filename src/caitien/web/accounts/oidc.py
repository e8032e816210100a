"""Sign-in with accounts that a school has elsewhere (OpenID Connect), when this installation is told of a provider.

Environment: CAITIEN_OIDC_URL (of the issuer), CAITIEN_OIDC_CLIENT_ID, CAITIEN_OIDC_SECRET, CAITIEN_OIDC_NAME (on the
button), CAITIEN_OIDC_ORIGINS (other origins that its sign-in pages use, separated by commas). Imports no Django.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

PROVIDER = "oidc"


@dataclass(frozen=True, slots=True)
class SingleSignOn:
    """`app`: the provider as django-allauth wants it; `origins`: where the sign-in form may lead."""

    app: dict[str, Any]
    origins: list[str]


class IncompleteError(ValueError):
    """Some of the settings are there and others are not: said when the server starts."""


def single_sign_on(environment: Mapping[str, str]) -> SingleSignOn | None:
    """The provider of the environment; None when none is named. Raises IncompleteError when half of it is."""
    url = environment.get("CAITIEN_OIDC_URL", "").strip()
    client = environment.get("CAITIEN_OIDC_CLIENT_ID", "").strip()
    if not url and not client:
        return None
    if not url or not client:
        raise IncompleteError("CAITIEN_OIDC_URL và CAITIEN_OIDC_CLIENT_ID phải có cả hai, hoặc bỏ cả hai.")
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.netloc:
        raise IncompleteError(f"CAITIEN_OIDC_URL phải là một địa chỉ https://…, không phải “{url}”.")
    app = {
        "provider_id": PROVIDER,
        "name": environment.get("CAITIEN_OIDC_NAME", "").strip() or parts.netloc,
        "client_id": client,
        "secret": environment.get("CAITIEN_OIDC_SECRET", ""),
        "settings": {"server_url": url},
    }
    more = [part.strip() for part in environment.get("CAITIEN_OIDC_ORIGINS", "").split(",") if part.strip()]
    return SingleSignOn(app, [f"{parts.scheme}://{parts.netloc}", *more])
