"""The plan as columns by status: what is at which stage?"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caitien.web.plans import boards
from caitien.web.plans.forms import ProgressForm
from caitien.web.plans.views.context import plan_of
from caitien.web.plans.views.seen import seen
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability, may
from caitien.web.ui.templatetags.ui import icon
from caitien.web.ui.vietnamese import STATUS_WORDS


@require_safe
@school_view(Capability.VIEW_PLAN)
def board(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """A column a status; `?cot=overdue` says which one a phone shows first."""
    found = seen(request, plan_of(request, plan))
    context = {
        "board": boards.board(found.shown, found.today, request.GET.get("cot", "")),
        "reports": [(value, STATUS_WORDS[value][0], icon(STATUS_WORDS[value][1])) for value in ProgressForm.REPORTED],
        "may_report": may(request.membership.role, Capability.REPORT_PROGRESS),
    }
    return render(request, "plans/board.html", found.context | context)
