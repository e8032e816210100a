"""What a principal would ask about a plan that is brought for approval: counts with their words. Nothing here forbids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

SHOWN = 3
"""Rows named in a question; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Question:
    """`sentence`: what would be asked; `rows`: the first actions it is about; `more`: how many others; `where`: the page
    that shows them all: an address name of plans, and its query."""

    sentence: str
    rows: Sequence[Any] = ()
    more: int = 0
    where: str = "plan"
    query: str = ""


def questions(rows: Sequence[Any], errors: int, to_decide: Sequence[Any]) -> list[Question]:
    """Questions about a plan, gravest first. `rows`: its actions; `errors`: open errors of soát lỗi."""
    asked = []
    if not rows:
        asked.append(Question(_("Kế hoạch chưa có mục nào.")))
    if errors:
        asked.append(Question(_("Soát lỗi còn %(count)s lỗi chưa sửa.") % {"count": errors}, where="findings"))
    open_ones = sum(not one.get("settled") for one in to_decide if isinstance(one, dict))
    if open_ones:
        asked.append(
            Question(
                _("Còn %(count)s chỗ của kế hoạch năm trước chờ quyết định.") % {"count": open_ones}, where="decisions"
            )
        )
    asked += [
        _about(rows_without, sentence, query)
        for rows_without, sentence, query in (
            ([r for r in rows if not r.responsible], _("%(count)s mục chưa có người phụ trách."), "?loc=ownerless"),
            ([r for r in rows if not r.ends_on and r.period_kind in UNDATED], _("%(count)s mục chưa có hạn."), ""),
            (
                [r for r in rows if r.budget_vnd is None and not r.budget_text],
                _("%(count)s mục chưa ghi kinh phí."),
                "?loc=moneyless",
            ),
            (
                [r for r in rows if not r.expected_evidence],
                _("%(count)s mục chưa ghi minh chứng dự kiến."),
                "?loc=evidenceless",
            ),
            ([r for r in rows if not (r.content or "").strip()], _("%(count)s mục chưa có nội dung."), ""),
        )
        if rows_without
    ]
    return asked


UNDATED = ("none", "unknown")
"""Kinds of period that say no time at all; "cả năm học" or "thường xuyên" do."""


def _about(rows: Iterable[Any], sentence: str, query: str) -> Question:
    found = list(rows)
    return Question(sentence % {"count": len(found)}, found[:SHOWN], max(0, len(found) - SHOWN), query=query)
