"""What the page of an action says in a way of its own: where something is kept, as words with at most one inert link."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from caitien.web.plans.action_page import link_of

register = template.Library()


@register.filter
def co_lien_ket(text: str | None) -> SafeString:
    """Words with the address among them as a link; it opens apart and learns nothing of the page it was opened from."""
    words = text or ""
    link = link_of(words)
    if not link:
        return format_html("{}", words)
    before, _, after = words.partition(link)
    return format_html(
        '{}<a href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>{}', before, link, link, after
    )
