"""The switch between the views of a plan (table, board, timeline, calendar, situation), which keeps the reader's filters."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

register = template.Library()

VIEWS = (
    ("plan", _("Bảng"), "table-cells"),
    ("board", _("Cột"), "columns"),
    ("timeline", _("Thời gian"), "bars"),
    ("calendar", _("Lịch"), "calendar"),
    ("situation", _("Tình hình"), "chart"),
)
SHARED = ("tim", "loc", "nguoi", "tc", "nguon", "muc")
"""What a reader asks of any view alike: words, one of the counts, owner, criterion, source of money, status."""


@register.simple_tag(takes_context=True)
def plan_views(context: template.Context) -> list[dict[str, Any]]:
    """The views of the page's plan: label, icon, address with the filters in force, and which one is seen now."""
    request, plan = context["request"], context["plan"]
    asked = filters_in_force(request.GET)
    current = request.resolver_match.url_name if request.resolver_match else ""
    found = []
    for name, label, icon in VIEWS:
        try:
            url = reverse(f"plans:{name}", kwargs={"school": request.school.slug, "plan": plan.pk})
        except NoReverseMatch:
            continue
        found.append({"label": label, "icon": icon, "url": url + asked, "current": name == current})
    return found


@register.simple_tag(takes_context=True)
def filters_kept(context: template.Context, **more: Any) -> str:
    """ "?tim=…&loc=…" of the filters in force, with what a view adds of its own; "" of none."""
    return filters_in_force(context["request"].GET, **more)


def filters_in_force(asked: Any, **more: Any) -> str:
    """The shared filters of a query as the end of an address; those left empty are left out."""
    kept = [(name, value) for name in SHARED for value in asked.getlist(name) if value]
    kept += [(name, value) for name, value in more.items() if value not in (None, "")]
    return f"?{urlencode(kept)}" if kept else ""
