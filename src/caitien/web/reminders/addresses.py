"""The address of this installation as people type it, for what leaves the browser: e-mails, calendars, printed lists."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

NOT_FOR_OTHERS = ("localhost", "127.0.0.1", "[::1]", "testserver")


def said() -> str:
    """What CAITIEN_URL says, with the scheme that it may have left out; "" when it says nothing."""
    found: str = settings.SITE_URL
    if not found or re.match(r"https?://", found):
        return found
    return f"{'https' if settings.HTTPS else 'http'}://{found}"


def site() -> str:
    """ "https://caitien.example.edu.vn", without a slash at the end; "" when nobody said it.

    CAITIEN_URL says it; else, when it is served over HTTPS, the first of CAITIEN_HOSTS that is a name and not this machine
    only. Without HTTPS a port belongs to the address, which no setting says: a link without it would lead nowhere.
    """
    if found := said():
        return found
    for host in settings.ALLOWED_HOSTS if settings.HTTPS else ():
        if host not in NOT_FOR_OTHERS and not host.startswith((".", "*")):
            return f"https://{host}"
    return ""


def absolute(path: str, request: Any = None) -> str:
    """The whole address of a page; of the request's host when no address was set; "" when neither is known."""
    base = site()
    if base:
        return base + path
    return str(request.build_absolute_uri(path)) if request is not None else ""


def is_local(address: str) -> bool:
    """Whether a whole address means this machine alone: another machine that opens it finds itself."""
    host = urlsplit(address).hostname or ""
    return host in ("localhost", "127.0.0.1", "::1")
