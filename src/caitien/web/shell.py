"""The frame of every page: which school, which year, where one can go. A context processor for base.html."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy, pgettext_lazy

from caitien.web.schools.roles import Capability, may


def shell(request: HttpRequest) -> dict[str, Any]:
    """`shell` for base.html when the page is of a school; nothing otherwise.

    A view may set `request.plan` or `request.assessment` before rendering: the year and its state then stand at the top.
    """
    school = getattr(request, "school", None)
    if school is None:
        return {}
    plan = getattr(request, "plan", None)
    assessment = getattr(request, "assessment", None)
    membership = getattr(request, "membership", None)
    home = reverse("schools:home", args=[school.slug])
    return {
        "shell": {
            "school": school,
            **_year(plan, assessment),
            "years": getattr(request, "assessment_years" if assessment is not None else "plan_years", None),
            "home_url": home,
            "amendment": SimpleLazyObject(partial(_amendment, plan)),
            "may_amend": membership is not None and may(membership.role, Capability.AMEND_PLAN),
            "nav": _nav(request),
        }
    }


def _year(plan: Any, assessment: Any) -> dict[str, Any]:
    """The year that the page speaks of, and in which state its plan or self-assessment is."""
    shown = assessment if assessment is not None else plan
    return {
        "school_year": shown.year.name if shown is not None and shown.year else None,
        "school_year_state": shown.get_state_display() if shown is not None else None,
    }


def _amendment(plan: Any) -> Any:
    """The amendment under way in the plan of the page (asked only when the page shows it)."""
    from caitien.web.plans.editing import open_amendment
    from caitien.web.plans.states import AMENDABLE

    if plan is None or plan.state not in AMENDABLE or not getattr(plan, "is_amended", True):
        return None
    if hasattr(plan, "amended_why"):  # of `plan_of`, which has asked
        return {"number": plan.amended_number, "reason": plan.amended_why, "plan_id": plan.pk}
    return open_amendment(plan)


PLACES: tuple[tuple[str, str, Any, str, tuple[str, ...], bool], ...] = (
    # key of the drawing, name of the page, its word, of a school?, namespaces that belong to it, in the bottom bar of a phone?
    ("my-work", "reminders:my_work", gettext_lazy("Việc của tôi"), "", ("reminders",), True),
    ("plan", "schools:home", gettext_lazy("Kế hoạch"), "school", ("plans",), True),
    ("assessment", "assessments:home", gettext_lazy("Tự đánh giá"), "school", ("assessments",), True),
    ("evidence", "evidence:list", gettext_lazy("Minh chứng"), "school", ("evidence",), True),
    ("documents", "documents:list", gettext_lazy("Tài liệu"), "school", ("documents",), False),
    ("target", "frameworks:list", pgettext_lazy("the standards", "Tiêu chuẩn"), "", ("frameworks",), False),
    ("school", "schools:profile", gettext_lazy("Trường"), "school", ("schools",), False),
)
"""The rail. A page that this version does not have is left out."""


def _nav(request: HttpRequest) -> list[dict[str, Any]]:
    namespace = request.resolver_match.namespace if request.resolver_match else ""
    found = []
    for icon, name, label, of, spaces, bottom in PLACES:
        try:
            url = reverse(name, args=[request.school.slug] if of else [])  # type: ignore[attr-defined]
        except NoReverseMatch:
            continue
        found.append(
            {"key": icon, "label": label, "icon": icon, "url": url, "current": namespace in spaces, "bottom": bottom}
        )
    return found
