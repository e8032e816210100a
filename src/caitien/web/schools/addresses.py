"""Addresses that people carry away: on paper, in a message. They begin as the administrator says, where she says it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from caitien.web.reminders.addresses import said


def public(request: HttpRequest, name: str, *args: Any) -> str:
    """The whole address of a page: under CAITIEN_URL when it is set, else under the name by which this request came."""
    path = reverse(name, args=args)
    return said() + path if said() else request.build_absolute_uri(path)
