"""The rows of the list of evidence as HTML: made here, since fifty rows of template tags take half the time of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from django.utils import timezone
from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from caitien.web.evidence.listed import Row
from caitien.web.evidence.models import Evidence
from caitien.web.ui import vietnamese
from caitien.web.ui.templatetags.ui import icon, mark

State = Evidence.State
STATES: dict[str, tuple[str, str]] = {
    State.SUBMITTED: ("warning", "clock"),
    State.VERIFIED: ("success", "check"),
    State.REJECTED: ("error", "x"),
    State.EXPIRED: ("error", "alert"),
    State.REPLACED: ("muted", "history"),
}
"""State -> tone and drawing; `evidence/_state.html` shows the same in templates."""
LONGEST_NAME, LONGEST_ISSUER = 240, 80


def rows_html(rows: Sequence[Row], here: str, *, may_choose: bool) -> SafeString:
    """The `<tr>` of each row. `here`: the address of the list, below which that of an evidence is."""
    said = _Words()
    return mark_safe("".join(_row(row, here, said, may_choose=may_choose) for row in rows))  # noqa: S308  every word is escaped below


class _Words:
    """What is the same in every row: asked of the language, and drawn, once."""

    def __init__(self) -> None:
        self.choose, self.code, self.criteria = escape(_("Chọn")), escape(_("Mã")), escape(_("Tiêu chí"))
        self.files, self.by = escape(_("Tệp")), escape(_("Nộp"))
        self.codeless, self.free, self.fileless = (
            f'<span class="missing">{escape(words)}</span>'
            for words in (_("chưa có mã"), _("chưa gắn tiêu chí"), _("chưa có tệp"))
        )
        self.sensitive = f' <span class="mark tone-muted">{icon("lock")}{escape(_("giữ kín"))}</span>'
        self.dead = f" {mark(_('đường dẫn hỏng'), 'error', 'alert')}"
        self.expired = f" {mark(_('đã hết hạn'), 'error', 'clock')}"
        self.states = {state: mark(str(State(state).label), *how) for state, how in STATES.items()}


def _row(row: Row, here: str, said: _Words, *, may_choose: bool) -> str:
    one = row.evidence
    name = escape(_short(one.name, LONGEST_NAME))
    pick = (
        f'<td class="pick"><label class="check"><input class="checkbox" type="checkbox" name="chon" value="{one.pk}">'
        f'<span class="sr-only">{said.choose} {name}</span></label></td>'
        if may_choose
        else ""
    )
    code = _chip(one.code) if one.code else said.codeless
    used = f'<span class="chip-list">{"".join(map(_chip, row.used))}</span>' if row.used else said.free
    offered = f' <span class="muted small">{escape(_offered(len(row.offered)))}</span>' if row.offered else ""
    return (
        f'<tr>{pick}<td class="tight" data-label="{said.code}">{code}</td>'
        f'<th scope="row"><a class="row-link" href="{here}{one.pk}/">{name}</a>{_about(one)}'
        f"{said.sensitive if one.sensitive else ''}{_excerpt(row.excerpt, here)}</th>"
        f'<td data-label="{said.criteria}">{used}{offered}</td>'
        f'<td data-label="{said.files}">{escape(row.files) or said.fileless}{said.dead if row.dead else ""}</td>'
        f"<td>{said.states[one.state]}{_until(row, said)}</td>"
        f'<td class="small" data-label="{said.by}">{escape(one.by)} '
        f'<span class="muted">{vietnamese.day(timezone.localtime(one.created_at))}</span></td></tr>'
    )


def _about(one: Any) -> str:
    """Number, day and issuer on a line of their own."""
    first = " ".join(part for part in (one.number, vietnamese.day(one.date) if one.date else "") if part)
    parts = [part for part in (first, _short(one.issuer, LONGEST_ISSUER)) if part]
    return f'<span class="evidence-of muted small">{escape(" · ".join(parts))}</span>' if parts else ""


def _until(row: Row, said: _Words) -> str:
    if row.expired:
        return "" if row.evidence.state == State.EXPIRED else said.expired
    if row.expiring:
        words = _("đến %(day)s") % {"day": vietnamese.day(row.evidence.valid_until)}
        return f' <span class="muted small">{escape(words)}</span>'
    return ""


def _excerpt(excerpt: Any, here: str) -> str:
    """Where the words stand that were looked for, the words marked; the file's name leads to the page in it."""
    if excerpt is None:
        return ""
    of = escape(_short(excerpt.file, 60))
    if of and excerpt.page:
        of += escape(", " + _("trang %(page)s") % {"page": excerpt.page})
    if of and excerpt.attachment:
        place = f"&amp;trang={excerpt.page}#trang-{excerpt.page}" if excerpt.page else ""
        of = f'<a href="{here}tep/{excerpt.attachment}/?tim={quote(excerpt.asked)}{place}">{of}</a>'
    words = "".join(f"<mark>{escape(part)}</mark>" if found else escape(part) for part, found in excerpt.parts)
    return f'<span class="evidence-snippet small">{": ".join(filter(None, [of, words]))}</span>'


def _chip(code: str) -> str:
    return f'<span class="chip">{escape(code)}</span>'


def _short(text: str, most: int) -> str:
    return Truncator(text).chars(most) if len(text) > most else text


def _offered(many: int) -> str:
    """How many criteria it is suggested for (of a check, the same Vietnamese words are hints)."""
    return npgettext("tiêu chí", "%(n)s gợi ý", "%(n)s gợi ý", many) % {"n": many}
