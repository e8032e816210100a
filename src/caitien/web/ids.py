"""Keys: UUIDv7, so that rows sort by the time they were made and never clash between servers."""

from __future__ import annotations

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new key. Migrations name this function: keep it where it is."""
    return uuid7()
