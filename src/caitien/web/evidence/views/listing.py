"""The list of evidence: what there is, what waits, what is lacking. Found, filtered, sorted, page by page."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from caitien.plan.text import sort_key
from caitien.web.evidence.choosing import ONLY, ORDERS, STATES, TYPES, Choice, years_since
from caitien.web.evidence.criteria import Current, current, without_evidence
from caitien.web.evidence.list_rows import rows_html
from caitien.web.evidence.listed import counts_of, page_of
from caitien.web.evidence.undoing import last_change
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.models import Membership
from caitien.web.schools.roles import Capability, may

MOST_AT_ONCE = 500
"""Of evidence that one press of a button changes."""


@require_safe
@school_view(Capability.VIEW_EVIDENCE)
def evidence_list(request: SchoolRequest) -> HttpResponse:
    """The list, or of an htmx request its rows alone."""
    role = request.membership.role
    choice, today = Choice.from_query(request.GET), timezone.localdate()
    now, counts = current(request.school), counts_of(request.school)
    page = page_of(
        request.school,
        choice,
        now,
        _number(request.GET.get("trang", "")),
        today,
        total=counts["total"],
        sensitive_too=may(role, Capability.OPEN_SENSITIVE),
    )
    here = reverse("evidence:list", args=[request.school.slug])

    def address(**other: str) -> str:
        query = urlencode(choice.query(**other))
        return f"{here}?{query}" if query else here

    context: dict[str, Any] = {
        "page": page,
        "choice": choice,
        "counts": counts,
        "now": now,
        "here": here,
        "query": urlencode(choice.query()),
        "pages": _pages(page.number, page.pages),
        "rows_html": rows_html(page.rows, here, may_choose=may(role, Capability.EDIT_EVIDENCE)),
        "orders": [(word, label, address(order=word)) for word, (label, _by) in ORDERS.items()],
        "may_edit": may(role, Capability.EDIT_EVIDENCE),
        "may_verify": may(role, Capability.VERIFY_EVIDENCE),
        "may_submit": may(role, Capability.SUBMIT_EVIDENCE),
        "most_at_once": MOST_AT_ONCE,
        "urls": {"waiting": f"{here}?tt=cho", "all": here},
        "waiting_only": choice.query() == {"tt": "cho"},
    }
    if request.htmx and request.htmx.target == "danh-muc":
        return render(request, "evidence/_table.html", context)
    return render(
        request,
        "evidence/list.html",
        {
            **context,
            "lacking": without_evidence(request.school, now),
            "filter": _filter(request, choice, now, counts["oldest"]),
            "last_change": last_change(request),
        },
    )


def _filter(request: SchoolRequest, choice: Choice, now: Current, oldest: Any) -> dict[str, Any]:
    members = Membership.objects.filter(school=request.school)
    named = members.values_list("user_id", "user__full_name", "user__username")
    people = sorted(((str(key), full_name or name) for key, full_name, name in named), key=lambda one: sort_key(one[1]))
    return {
        "states": [(word, label) for word, (_state, label) in STATES.items()],
        "only": list(ONLY.items()),
        "types": [(word, label) for word, (label, _kinds) in TYPES.items()],
        "criteria": now.choices(),
        "people": people,
        "years": years_since(oldest, timezone.localdate()),
    }


def ids_of(said: Iterable[str]) -> list[UUID]:
    """Keys that a form sent; what is none is passed over."""
    found = []
    for one in list(said)[:MOST_AT_ONCE]:
        with suppress(ValueError):
            found.append(UUID(one))
    return found


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 9 else 1


def _pages(number: int, pages: int) -> list[int]:
    """The numbers that the foot of the list shows; 0 stands for those left out."""
    near = sorted({1, pages, *range(max(1, number - 2), min(pages, number + 2) + 1)})
    shown: list[int] = []
    for one in near:
        if shown and one > shown[-1] + 1:
            shown.append(0)
        shown.append(one)
    return shown
