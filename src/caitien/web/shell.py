"""The frame of every page: which school, which year, where one can go. A context processor for base.html."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse


def shell(request: HttpRequest) -> dict[str, Any]:
    """`shell` for base.html when the page is of a school; nothing otherwise.

    A view may set `request.plan` before rendering: the year and its state then stand at the top.
    """
    school = getattr(request, "school", None)
    if school is None:
        return {}
    plan = getattr(request, "plan", None)
    home = reverse("schools:home", args=[school.slug])
    return {
        "shell": {
            "school": school,
            "school_year": plan.year.name if plan is not None and plan.year else None,
            "school_year_state": plan.get_state_display() if plan is not None else None,
            "years": getattr(request, "plan_years", None),
            "home_url": home,
            "nav": _nav(request, home),
        }
    }


def _nav(request: HttpRequest, home: str) -> list[dict[str, Any]]:
    from django.utils.translation import gettext as _

    namespace = request.resolver_match.namespace if request.resolver_match else ""
    places = [
        ("plan", "plan", _("Kế hoạch"), home, ("plans", "schools")),
        ("documents", "documents", _("Tài liệu"), _imports(request), ("documents",)),
        ("frameworks", "target", _("Tiêu chuẩn"), reverse("frameworks:list"), ("frameworks",)),
    ]
    return [
        {"key": key, "label": label, "icon": icon, "url": url, "current": namespace in spaces, "bottom": True}
        for key, icon, label, url, spaces in places
        if url
    ]


def _imports(request: HttpRequest) -> str | None:
    from django.urls import NoReverseMatch

    try:
        return reverse("documents:list", args=[request.school.slug])  # type: ignore[attr-defined]
    except NoReverseMatch:
        return None
