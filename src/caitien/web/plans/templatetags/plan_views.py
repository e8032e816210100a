"""The switch between the views of a plan (table, board, timeline, calendar, situation), which keeps the reader's filters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from caitien.web.plans.boards import UNSAID
from caitien.web.plans.overview import Choice
from caitien.web.ui.templatetags.ui import icon
from caitien.web.ui.vietnamese import STATUS_WORDS

register = template.Library()

VIEWS = (
    ("plan", _("Bảng"), "table-cells"),
    ("board", _("Cột"), "columns"),
    ("timeline", pgettext_lazy("cách xem", "Thời gian"), "bars"),
    ("calendar", _("Lịch"), "calendar"),
    ("situation", _("Tình hình"), "chart"),
)


@register.simple_tag(takes_context=True)
def plan_views(context: template.Context) -> list[dict[str, Any]]:
    """The views of the page's plan: label, icon, address with the filters in force, and which one is seen now."""
    request, plan = context["request"], context["plan"]
    asked = filters_in_force(request.GET)
    current = request.resolver_match.url_name if request.resolver_match else ""
    found = []
    for name, label, drawing in VIEWS:
        try:
            url = reverse(f"plans:{name}", kwargs={"school": request.school.slug, "plan": plan.pk})
        except NoReverseMatch:
            continue
        found.append({"label": label, "icon": drawing, "url": url + asked, "current": name == current})
    return found


@register.simple_tag(takes_context=True)
def filters_kept(context: template.Context, **more: Any) -> str:
    """ "?tim=…&loc=…" of the filters in force, with what a view adds of its own; "" of none."""
    return filters_in_force(context["request"].GET, **more)


def filters_in_force(asked: Mapping[str, str], **more: Any) -> str:
    """The filters of a query, which all views understand alike, as the end of an address; none left empty."""
    kept = Choice.from_query(asked).query() | {name: value for name, value in more.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


@register.simple_tag
def status_icon(status: str | None) -> SafeString:
    """The status of an action as its drawing alone, with its word for the ear and for the pointer."""
    word, drawing, tone = STATUS_WORDS.get(status or "", UNSAID)
    return format_html('<span class="toned tone-{}" title="{}">{}</span>', tone, word, icon(drawing, str(word)))
