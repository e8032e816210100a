"""Exports: the plan as an official document."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from caitien.web.plans.forms_of_documents import FORMATS, file_name, forms, with_letterhead, written
from caitien.web.plans.values import to_value
from caitien.web.plans.views.context import plan_of, rows_of_plan
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.roles import Capability


@require_safe
@school_view(Capability.EXPORT_PLAN)
def export(request: SchoolRequest, plan: UUID, form: str, format: str) -> HttpResponse:
    """The plan in one of the forms, as a file to keep."""
    if form not in forms() or format not in FORMATS:
        raise Http404
    found = plan_of(request, plan, years=False)
    value = with_letterhead(to_value(found, rows_of_plan(found)), request.school)
    return HttpResponse(
        written(value, form, format),
        content_type=FORMATS[format],
        headers={
            "Content-Disposition": f'attachment; filename="{file_name(value, form, format)}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
