"""Wrong codes and links are counted by the address they come from; right ones are not: a whole school sits behind one."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest

LIMITS = {"wrong-code": "20/h/ip"}
"""A code is one of seven thousand million; at twenty an hour nobody finds one by trying."""


def too_many(request: HttpRequest) -> bool:
    """Whether so many wrong codes came from this address that no more are looked at for now."""
    return not ratelimit.consume(
        request, app="caitien", action="wrong-code", config=LIMITS, dry_run=True, limit_get=True
    )


def one_more(request: HttpRequest) -> None:
    ratelimit.consume(request, app="caitien", action="wrong-code", config=LIMITS, limit_get=True)
