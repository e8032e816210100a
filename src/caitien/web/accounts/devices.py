"""The line by which a browser names itself, in words that its owner knows. Words in, words out."""

from __future__ import annotations

from django.utils.translation import gettext as _

_BROWSERS = (  # the first that is found: others put the older names into theirs too
    ("Zalo", "Zalo"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("CocCoc", "Cốc Cốc"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Edg", "Microsoft Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


def said(user_agent: str | None) -> str:
    """ "Mozilla/5.0 (Linux; Android 9; …) … Chrome/…" is "Chrome, Android"."""
    text = user_agent or ""
    browser = next((name for word, name in _BROWSERS if word in text), "")
    system = next((name for word, name in _SYSTEMS if word in text), "")
    return ", ".join(part for part in (browser, system) if part) or _("Máy không rõ loại")
