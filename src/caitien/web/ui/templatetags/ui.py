"""Tags and filters for Vietnamese school pages: icon, status, code chip, period, money, field, confirm, drop zone, …"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms, template
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from caitien.plan.text import one_space
from caitien.reading.limits import DEFAULT_LIMITS
from caitien.web.ui import vietnamese

register = template.Library()

THEMES = {"caitien": _("Sáng"), "caitien-dark": _("Tối")}
THEME_COOKIE = "caitien-theme"


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing of the sprite. Without a label it is decoration and hidden from screen readers."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="icon" {}><use href="{}#{}"/></svg>', spoken, static("icons.svg"), name)


def _mark(word: str, drawing: str, tone: str) -> SafeString:
    return format_html('<span class="mark tone-{}">{}{}</span>', tone, icon(drawing), word)


@register.simple_tag
def status(value: str | None) -> SafeString:
    """The status of an action as word, icon and colour."""
    return _mark(*vietnamese.STATUS_WORDS.get(value or "", (_("Chưa rõ"), "question", "muted")))


@register.simple_tag
def severity(value: str) -> SafeString:
    """How grave a finding is, as word, icon and colour."""
    return _mark(*vietnamese.SEVERITY_WORDS.get(value, vietnamese.SEVERITY_WORDS["hint"]))


@register.simple_tag
def mark(word: str, tone: str = "muted", drawing: str = "info") -> SafeString:
    """Any other state as word, icon and colour (tone: success, info, warning, error, muted, primary)."""
    return _mark(word, drawing, tone)


@register.simple_tag
def code(value: object) -> SafeString:
    """A code ("1.2", "MC.1.3.05") as a monospaced chip."""
    return format_html('<span class="chip">{}</span>', value) if value not in (None, "") else mark_safe("")


@register.simple_tag
def codes(values: list[str] | None) -> SafeString:
    """Several codes as chips."""
    chips = format_html_join("", '<span class="chip">{}</span>', ((v,) for v in values or []))
    return format_html('<span class="chip-list">{}</span>', chips)


@register.simple_tag
def people(values: list[str] | None, missing: str = "") -> SafeString:
    """Names one after the other, or the words that say there is nobody."""
    if not values:
        return format_html('<span class="missing">{}</span>', missing or _("chưa có người phụ trách"))
    return format_html("{}", "; ".join(str(v) for v in values))


@register.simple_tag
def period(value: Any) -> SafeString:
    """A period as printed, with the dates derived from it beneath. Takes a plan Period, a dict, or any object alike."""
    text, start, end = (_get(value, name) for name in ("text", "start", "end"))
    said = all(vietnamese.names_day(text, one) for one in (start, end) if one)
    derived = "" if text and said else vietnamese.derived_period(start, end)
    if not text and not derived:
        return format_html('<span class="missing">{}</span>', _("chưa có thời gian"))
    if not text or text == derived:
        return format_html("{}", derived or text)
    beneath = format_html('<span class="muted small">{}</span>', derived) if derived else ""
    return format_html("<span>{}</span>{}{}", text, mark_safe("<br>") if derived else "", beneath)


def _get(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else getattr(value, name, None)


@register.simple_tag
def money(value: int | None) -> str:
    """Whole đồng in words of a school: "27.499.000 đồng"."""
    return vietnamese.money(value)


@register.filter
def dong(value: int | None) -> str:
    """27499000 -> "27.499.000 đồng"."""
    return vietnamese.money(value)


@register.filter
def trieu(value: int | None) -> str:
    """27499000 -> "27,5 triệu đồng"."""
    return vietnamese.money_short(value)


@register.filter
def so(value: int | float | None) -> str:
    """1234 -> "1.234"."""
    return vietnamese.number(value)


@register.filter
def ngay(value: object) -> str:
    """A date, datetime or ISO text -> dd/mm/yyyy (month alone: mm/yyyy)."""
    return vietnamese.day(_local(value))


@register.filter
def ngay_gio(value: datetime | None) -> str:
    """A datetime -> "22/11/2026 14:05" in the school's time zone."""
    return vietnamese.day_and_time(_local(value))


@register.filter
def kich_thuoc(value: int | None) -> str:
    """Bytes -> "3,4 MB"."""
    return vietnamese.file_size(value)


@register.filter
def neu_ngay(text: str | None, iso: str | None) -> bool:
    """Whether the words already name the day, so that it need not be said twice."""
    return vietnamese.names_day(text, iso)


def _local(value: Any) -> Any:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.inclusion_tag("components/count_chip.html")
def count_chip(
    label: str, count: object = "", url: str = "", active: bool = False, tone: str = "", icon: str = ""
) -> dict[str, Any]:
    """A count that is also a filter: "4 quá hạn"."""
    return {"label": label, "count": count, "url": url, "active": active, "tone": tone, "icon": icon}


@register.inclusion_tag("components/empty.html")
def empty(title: str, text: str = "", url: str = "", label: str = "", icon: str = "documents") -> dict[str, Any]:
    """An empty page: what is not there yet, and what to do first."""
    return {"title": title, "text": text, "url": url, "label": label, "icon": icon}


@register.inclusion_tag("components/finding.html")
def finding_card(finding: Any) -> dict[str, Any]:
    """What is doubtful or wrong, with the words concerned quoted."""
    word, drawing, tone = vietnamese.SEVERITY_WORDS.get(
        _get(finding, "severity") or "", vietnamese.SEVERITY_WORDS["hint"]
    )
    return {"finding": finding, "tone": tone, "icon": drawing, "word": word}


CLASS_OF_WIDGET: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "options"),
    (forms.CheckboxInput, "checkbox"),
    (forms.RadioSelect, "options"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file-input"),
    (forms.Widget, "input"),
)


@register.inclusion_tag("components/field.html")
def field(bound: forms.BoundField, label: str = "") -> dict[str, Any]:
    """Label, input, help and error of one form field, joined for screen readers."""
    widget = bound.field.widget
    css = next(name for kind, name in CLASS_OF_WIDGET if isinstance(widget, kind))
    attributes = {"class": f"{widget.attrs.get('class', '')} {css}{f' {css}-error' if bound.errors else ''}".strip()}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    described = [
        f"{bound.id_for_label}_{part}"
        for part, there in (("error", bound.errors), ("helptext", bound.help_text))
        if there
    ]
    if described and not bound.use_fieldset:
        attributes["aria-describedby"] = " ".join(described)
    return {
        "field": bound,
        "label": label or bound.label,
        "input": bound.as_widget(attrs=attributes),
        "optional": not bound.field.required and getattr(bound.form, "mark_optional", True),
        "single_check": isinstance(widget, forms.CheckboxInput),
    }


@register.inclusion_tag("components/form_fields.html")
def form_fields(form: forms.BaseForm) -> dict[str, Any]:
    """All fields of a form, with the errors that belong to none of them on top."""
    return {"form": form}


@register.inclusion_tag("components/confirm.html", takes_context=True)
def confirm(
    context: template.Context, url: str, label: str, text: str, yes: str, icon: str = "trash", tone: str = "error"
) -> dict[str, Any]:
    """A button that asks once more before it posts to `url`. Works without JavaScript."""
    return {
        "url": url,
        "label": label,
        "text": text,
        "yes": yes,
        "icon": icon,
        "tone": tone,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/drop_zone.html")
def drop_zone(
    name: str = "file", accept: str = ".docx,.pdf,.xlsx,.txt", title: str = "", text: str = ""
) -> dict[str, Any]:
    """A target for a file: drop it, or choose it. Stands inside a form of the page."""
    most = DEFAULT_LIMITS.file_bytes
    return {"name": name, "accept": accept, "title": title, "text": text, "most": most, "most_mb": most // 1024 // 1024}


@register.simple_tag
def own_name(language: str) -> str:
    """What a language calls itself, whole letters (Django's own names have their tone marks apart)."""
    return one_space(get_language_info(language)["name_local"])


@register.simple_tag
def link_to(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page, or "" when this version has no such page."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def chosen_theme(context: template.Context) -> str:
    """The theme the reader chose ("caitien", "caitien-dark"), or "" to follow the machine."""
    request = context.get("request")
    chosen = request.COOKIES.get(THEME_COOKIE, "") if request else ""
    return chosen if chosen in THEMES else ""
