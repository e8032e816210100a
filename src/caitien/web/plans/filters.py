"""The filter of a plan's views: what one can choose from, in words. One form for table, board, timeline and calendar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caitien.web.plans.fields import STATUSES as STATUS_WORDS
from caitien.web.plans.frameworks import criterion_titles, standard_titles
from caitien.web.plans.overview import STATUSES, UNKNOWN, Choice, criteria_in_order, owners, sources

ONLY_WORDS = {
    "overdue": gettext_lazy("quá hạn"),
    "soon": gettext_lazy("đến hạn trong 14 ngày"),
    "ownerless": gettext_lazy("chưa có người phụ trách"),
    "evidenceless": gettext_lazy("chưa nêu minh chứng"),
    "moneyless": gettext_lazy("chưa rõ kinh phí"),
    "money": gettext_lazy("có kinh phí"),
    "flagged": gettext_lazy("có cảnh báo"),
}
"""The counts that are filters too. Statuses have a list of their own."""


def filter_options(plan: Any, actions: Sequence[Any], choice: Choice) -> dict[str, Any]:
    """`filter` for plans/_filter.html: every list one can choose from. `actions`: all of the plan.

    What is chosen is in its list even when no action has it any more, so that the form says what the page shows.
    """
    return {
        "only": list(ONLY_WORDS.items()) + _if_chosen(choice.only, ONLY_WORDS, STATUS_WORDS.get(choice.only)),
        "statuses": [(one, STATUS_WORDS["" if one == UNKNOWN else one]) for one in STATUSES],
        "owners": _with(choice.owner, owners(actions)),
        "sources": _with(choice.source, sources(actions)),
        "criteria": (codes := _criteria(plan.framework, actions))
        + _if_chosen(choice.criterion, dict(codes), choice.criterion),
    }


def _with(chosen: str, found: list[str]) -> list[str]:
    return found if not chosen or chosen in found else [*found, chosen]


def _if_chosen(chosen: str, known: Any, words: Any) -> list[tuple[str, Any]]:
    return [(chosen, words or chosen)] if chosen and chosen not in known else []


def _criteria(framework: str | None, actions: Sequence[Any]) -> list[tuple[str, str]]:
    """Standards and criteria that the plan answers: each standard before its criteria."""
    codes = criteria_in_order(actions)
    titles = standard_titles(framework)
    used = {action.standard for action in actions if action.standard}
    found = [
        (code, _("%(code)s. %(title)s (cả tiêu chuẩn)") % {"code": code, "title": title} if code != "M4" else title)
        for code, title in titles.items()
        if code in used
    ]
    return found + [(code, f"{code} {_short(title)}".strip()) for code, title in criterion_titles(framework, codes)]


def _short(title: str, most: int = 60) -> str:
    return title if len(title) <= most else f"{title[: most - 1].rstrip()}…"
