"""A step that would take the proof from judgements "met": refused with where, and one button that takes those back first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from caitien.web.assessments.models import LevelReview
from caitien.web.assessments.proof import MET, resting_on, withdraw_met
from caitien.web.evidence.models import Evidence
from caitien.web.evidence.services import StillProves
from caitien.web.evidence.views.listing import ids_of
from caitien.web.schools.guard import SchoolRequest, who_may
from caitien.web.schools.roles import Capability, may

AGAIN = "bo-nhan-dinh"
"""Name of the hidden fields that name the judgements to be taken back."""


def stepped(
    request: SchoolRequest, row: Evidence, step: Callable[[], Any], *, criterion: tuple[str, str] | None = None
) -> HttpResponse | None:
    """Takes a step. None when it is done; else the page that says which judgements stand on it (409).

    `criterion`: (framework, code) of which alone the step takes the proof; None: of all.
    """
    asked = ids_of(request.POST.getlist(AGAIN))
    try:
        with transaction.atomic():
            if asked:
                _withdraw(request, asked)
            step()
    except StillProves as refused:
        levels = [one for one in resting_on(row) if criterion is None or (one.framework, one.criterion) == criterion]
        sent = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in ("csrfmiddlewaretoken", AGAIN)
        ]
        context = {
            "evidence": row,
            "levels": levels,
            "sentence": str(refused),
            "sent": sent,
            "again": AGAIN,
            "may_withdraw": may(request.membership.role, Capability.WRITE_ASSESSMENT),
        }
        return render(request, "evidence/still_proves.html", context, status=409)
    return None


def _withdraw(request: SchoolRequest, keys: list[Any]) -> None:
    if not may(request.membership.role, Capability.WRITE_ASSESSMENT):
        raise PermissionDenied(who_may(Capability.WRITE_ASSESSMENT))
    levels = LevelReview.objects.for_school(request.school).filter(pk__in=keys, judged=MET)
    rows = list(levels.select_related("review__assessment__year"))
    for one in rows:
        one.review.assessment.school = request.school
    withdraw_met(rows, request.user, gettext_noop("Minh chứng duy nhất không còn dùng được"))


def withdrawn_words(request: SchoolRequest) -> str:
    """What is added to the answer when judgements were taken back."""
    count = len(ids_of(request.POST.getlist(AGAIN)))
    return " " + _("Đã bỏ %(n)s nhận định “Đạt”.") % {"n": count} if count else ""
