"""Secrets in addresses that need no sign-in: whose they are, and a mark that only this installation can make.

Nothing secret is stored: the mark follows from the installation's secret key, so a copy of the database opens nothing.
"""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

MARK = 16  # bytes, 128 bits
LENGTH = 43  # letters of a token: the key of a user and the mark in base64, without "="


def make(purpose: str, user: UUID, seed: str = "") -> str:
    """A token of 43 letters for a purpose. Another seed makes another token, and the old one is worth nothing."""
    return urlsafe_b64encode(user.bytes + _mark(purpose, user, seed)).decode().rstrip("=")


def whose(token: str) -> UUID | None:
    """The user whom a token names; None when it is no token. It proves nothing yet: see `is_true`."""
    if len(token) != LENGTH or not token.isascii():
        return None
    try:
        return UUID(bytes=urlsafe_b64decode(token + "=")[:16])
    except (ValueError, binascii.Error):
        return None


def is_true(token: str, purpose: str, user: UUID, seed: str = "") -> bool:
    """Whether this installation made the token for this purpose, user and seed."""
    return constant_time_compare(token, make(purpose, user, seed))


def _mark(purpose: str, user: UUID, seed: str) -> bytes:
    return salted_hmac(f"caitien.reminders.{purpose}", f"{user.hex}:{seed}", algorithm="sha256").digest()[:MARK]
