"""The rows of the plan's table as HTML. Made here and not by template tags: sixty rows of eight cells are most of the page.

A cell shows the field's words in `.w`; where an editor has to begin with other words than those, `data-w` has them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from caitien.web.plans.fields import FIELDS, STATUSES
from caitien.web.plans.overview import Row, spent_vnd
from caitien.web.plans.table_columns import Column
from caitien.web.ui import vietnamese
from caitien.web.ui.templatetags import ui

LONGEST_AMOUNT = 40  # letters of words in the place of an amount; the action's page has them all


class Table:
    """What the rows of one page have in common. `address`: of an action's page, with NOBODY in the place of its key.

    `picks`: rows have a box to be chosen by, and can be moved.
    """

    def __init__(self, columns: Sequence[Column], address: str, *, picks: bool = False) -> None:
        self.columns, self.address, self.picks = columns, address, picks
        self.phrases = _phrases()
        self.labels = {column.key: escape(str(column.label)) for column in columns}  # looked up once, not once a cell

    def row(self, row: Row) -> SafeString:
        """The whole row."""
        cells = "".join(self.cells(row).values())
        return mark_safe(f'<tr data-id="{row.action.pk}" data-v="{row.action.version}">{self._pick(row)}{cells}</tr>')  # noqa: S308

    def cells(self, row: Row) -> dict[str, str]:
        """The cells of a row by the key of their column."""
        return {column.key: _cell(self, column, row, self.phrases) for column in self.columns}

    def _pick(self, row: Row) -> str:
        if not self.picks:
            return ""
        label = escape(self.phrases["pick"] % {"name": _name(row.action)})
        return f'<td class="pick"><input type="checkbox" class="checkbox checkbox-sm" name="chon" value="{row.action.pk}" form="chon" aria-label="{label}"></td>'


NOBODY = "00000000-0000-0000-0000-000000000000"


def findings_mark(row: Row, address: str) -> str:
    """How grave the findings of a row are, how many, as a link to them; "" of none."""
    if not row.findings:
        return ""
    count = f' <span class="small">×{len(row.findings)}</span>' if len(row.findings) > 1 else ""
    return f'<a href="{address}#canh-bao" class="row-link">{_severity(row.worst or "hint")}{count}</a>'


def _cell(table: Table, column: Column, row: Row, phrases: dict[str, str]) -> str:
    if column.key == "noidung":
        return _content(table, row, phrases)
    shown = CELLS.get(column.key)
    inside, more = shown(row, phrases) if shown else _words(row, str(column.field))
    css = f"{column.css} is-empty".strip() if not inside and column.key not in NEVER_EMPTY else column.css
    inside = inside or phrases["nothing"]
    return f'<td class="{css}" data-label="{table.labels[column.key]}"{more}>{inside}</td>'


NEVER_EMPTY = ("nguoi", "han", "mucdo")  # that these say nothing is news on a phone too


def _content(table: Table, row: Row, phrases: dict[str, str]) -> str:
    action = row.action
    address = table.address.replace(NOBODY, str(action.pk))
    words = action.content or ""
    shown = words or action.weakness or phrases["no_content"]
    raw = "" if words else ' data-w=""'
    mark = findings_mark(row, address)
    mark = f'<p class="f">{mark}</p>' if mark else ""
    return f'<th scope="row" class="c-text"{raw}><a class="row-link w" href="{address}">{escape(shown)}</a>{mark}</th>'


Shown = tuple[str, str]  # what stands in the cell ("" of nothing), and further attributes of it


def _criteria(row: Row, phrases: dict[str, str]) -> Shown:
    codes = row.action.criteria
    chips = "".join(f'<span class="chip">{escape(str(code))}</span>' for code in codes)
    return (f'<span class="chip-list">{chips}</span>' if codes else ""), _raw(", ".join(map(str, codes)))


def _responsible(row: Row, phrases: dict[str, str]) -> Shown:
    if not row.action.responsible:
        return phrases["ownerless"], ""
    return _span("; ".join(row.action.responsible)), ""


def _collaborators(row: Row, phrases: dict[str, str]) -> Shown:
    return _span("; ".join(row.action.collaborators)), ""


def _period(row: Row, phrases: dict[str, str]) -> Shown:
    action = row.action
    text, start, end = action.period_text, action.period_start, action.period_end
    if not text and not end and not start:
        return phrases["timeless"], ""
    said = all(vietnamese.names_day(text, one) for one in (start, end) if one)
    derived = "" if text and said and (start or end) else vietnamese.derived_period(start, end)
    if text and not derived and not (start or end):
        derived = "" if action.period_kind in ("recurrent", "ongoing", "none") else phrases["no_day"]
    beneath = f'<span class="d">{escape(derived)}</span>' if derived else ""
    return _span(text or "") + beneath, "" if text else _raw("")


def _status(row: Row, phrases: dict[str, str]) -> Shown:
    action = row.action
    soon = phrases["soon"] if row.soon else ""
    percent = (
        f' <span class="small muted">{action.progress_percent}%</span>'
        if action.progress_percent is not None and row.status == "in_progress"
        else ""
    )
    return phrases.get(f"status {row.status}", phrases["status None"]) + soon + percent, _raw(
        action.progress_status or ""
    )


def _percent(row: Row, phrases: dict[str, str]) -> Shown:
    percent = row.action.progress_percent
    return ("" if percent is None else f"{percent}%"), _raw("" if percent is None else str(percent))


def _budget(row: Row, phrases: dict[str, str]) -> Shown:
    action = row.action
    raw = _raw(FIELDS["budget"].shown(action)) + (' data-sum=""' if action.budget_lines else "")
    if action.budget_vnd is None:
        text = action.budget_text or ""
        cut = text if len(text) <= LONGEST_AMOUNT else f"{text[:LONGEST_AMOUNT]}…"
        return (f'<span class="muted small">{escape(cut)}</span>' if text else ""), raw
    return vietnamese.number(action.budget_vnd), raw


def _spent(row: Row, phrases: dict[str, str]) -> Shown:
    return vietnamese.number(spent_vnd(row.action)), ""


def _sources(row: Row, phrases: dict[str, str]) -> Shown:
    return _span("; ".join(row.action.funding_sources)), ' data-sum=""' if row.action.budget_lines else ""


def _evidence(row: Row, phrases: dict[str, str]) -> Shown:
    expected, at_hand = row.action.expected_evidence, {entry["text"] for entry in row.action.evidence_at_hand or []}
    if not expected:
        return "", ""
    there = sum(text in at_hand for text in expected)
    count = phrases["evidence"] % {"there": there, "all": len(expected)}
    return f'<span class="d{" toned tone-success" if there == len(expected) else ""}">{count}</span>' + _span(
        "\n".join(expected)
    ), ""


CELLS: dict[str, Callable[[Row, dict[str, str]], Shown]] = {
    "ma": _criteria, "nguoi": _responsible, "phoihop": _collaborators, "han": _period, "mucdo": _status,
    "phantram": _percent, "kinhphi": _budget, "dachi": _spent, "nguon": _sources, "minhchung": _evidence,
}  # fmt: skip


def _words(row: Row, field: str) -> Shown:
    return _span(FIELDS[field].shown(row.action)), ""


def _span(words: str) -> str:
    return f'<span class="w">{escape(words)}</span>' if words else ""


def _raw(words: str) -> str:
    return f' data-w="{escape(words)}"'


def _name(action: Any) -> str:
    """The action in a few words, for labels that are read aloud."""
    said = action.content or action.weakness or _("chưa có nội dung")
    return " ".join([*map(str, action.criteria), said if len(said) <= 40 else f"{said[:40]}…"])


_kept: dict[tuple[str | None, Any], Any] = {}


def _phrases() -> dict[str, str]:
    """The words that rows say again and again, in the reader's language, looked up once."""
    return _once(
        "phrases",
        lambda: {
            "pick": _("Chọn %(name)s"),
            "no_content": _("Mục chưa có nội dung"),
            "ownerless": f'<span class="missing">{_("chưa có người phụ trách")}</span>',
            "timeless": f'<span class="missing">{_("chưa có thời gian")}</span>',
            "no_day": _("chưa rõ ngày"),
            "soon": f" {ui.mark(_('sắp đến hạn'), 'warning', 'clock')}",
            **{f"status {status}": str(ui.status(status)) for status in (*STATUSES, None)},
            "evidence": _("có %(there)s/%(all)s"),
            "nothing": f'<span class="muted" aria-hidden="true">–</span><span class="sr-only">{_("chưa ghi")}</span>',
        },
    )


def _severity(severity: str) -> str:
    return str(_once(("severity", severity), lambda: str(ui.severity(severity))))


def _once(what: Any, make: Callable[[], Any]) -> Any:
    key = (get_language(), what)
    if key not in _kept:
        _kept[key] = make()
    return _kept[key]
