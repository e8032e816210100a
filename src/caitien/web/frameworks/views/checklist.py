"""A framework on paper, to tick by hand."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from caitien.web.frameworks import seen
from caitien.web.frameworks.access import signed_in
from caitien.web.frameworks.paper import written
from caitien.web.plans.forms_of_documents import FORMATS


@require_safe
@signed_in
def checklist(request: HttpRequest, framework: str, format: str) -> HttpResponse:
    """The checklist as a file to keep: DOCX, PDF or XLSX."""
    if format not in FORMATS:
        raise Http404
    found = seen.framework_or_404(framework)
    return HttpResponse(
        written(found.id, format),
        content_type=FORMATS[format],
        headers={
            "Content-Disposition": f'attachment; filename="phieu-doi-chieu-{found.id}.{format}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
