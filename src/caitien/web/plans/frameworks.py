"""The framework a plan goes by, and the titles of its standards."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from caitien.errors import FrameworkError


def framework(name: str | None) -> Any | None:
    """The framework with this id (the library keeps it once loaded); None when there is none such."""
    if not name:
        return None
    from caitien.standards import load

    try:
        return load(name)
    except FrameworkError:
        return None


def standard_titles(name: str | None) -> dict[str, str]:
    """Code of a standard to its title, in order; "M4" stands for the items of Level 4 of the 2018 circulars."""
    found = framework(name)
    if found is None:
        return {}
    titles = {standard.code: standard.title for standard in found.standards}
    if found.level_items:
        titles["M4"] = _("Các mục của Mức 4")
    return titles


def criterion_titles(name: str | None, codes: list[str]) -> list[tuple[str, str]]:
    """Codes with the titles of their criteria ("" when the framework has no such criterion)."""
    found = framework(name)
    return [(code, (criterion.title if found and (criterion := found.criterion(code)) else "")) for code in codes]
