"""The tabs of a self-assessment (board, council, school data, weaknesses, report, calendar); marks of judgements and states."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from caitien.web.assessments.board import JUDGED, STATES
from caitien.web.ui.templatetags.ui import mark

register = template.Library()

TABS: tuple[tuple[str, Any, str, tuple[str, ...]], ...] = (
    # page, its word, its drawing, other pages on which it is the one that is seen
    ("board", _("Bảng mức"), "target", ("try_levels", "findings", "changes", "criterion", "standard")),
    ("council", _("Hội đồng"), "users", ()),
    ("data", _("Số liệu"), "table-cells", ()),
    ("coverage", _("Hạn chế và cải tiến"), "link", ("weakness", "weakness_add", "weakness_edit")),
    ("report", pgettext_lazy("tự đánh giá", "Báo cáo"), "documents", ("documents",)),
    ("calendar", _("Lịch"), "calendar", ()),
)


@register.simple_tag(takes_context=True)
def assessment_tabs(context: template.Context) -> list[dict[str, Any]]:
    """The tabs of the page's assessment: label, icon, address, which is seen now. A page that is not there is left out.

    `tab` in the context says which is the current one, when the name of the page does not.
    """
    request, assessment = context["request"], context["assessment"]
    here = context.get("tab") or (request.resolver_match.url_name if request.resolver_match else "")
    found = []
    for name, label, drawing, others in TABS:
        try:
            url = reverse(f"assessments:{name}", kwargs={"school": request.school.slug, "assessment": assessment.pk})
        except NoReverseMatch:
            continue
        found.append({"label": label, "icon": drawing, "url": url, "current": here == name or here in others})
    return found


@register.simple_tag
def judged_mark(value: str) -> SafeString:
    """A judgement as word, icon and colour."""
    return _made("judged", value, get_language() or "")


@register.simple_tag
def state_mark(value: str) -> SafeString:
    """The state of a sheet as word, icon and colour."""
    return _made("state", value, get_language() or "")


@lru_cache(maxsize=64)
def _made(kind: str, value: str, language: str) -> SafeString:
    """Made once in a language: a board shows each of them dozens of times."""
    return SafeString(mark(*(JUDGED if kind == "judged" else STATES)[value]))
