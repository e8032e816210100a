"""A framework on paper, to tick by hand."""

from __future__ import annotations

import logging

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from caitien.errors import WritingError
from caitien.web.frameworks import seen
from caitien.web.frameworks.access import signed_in
from caitien.web.frameworks.paper import written
from caitien.web.plans.forms_of_documents import FORMATS

log = logging.getLogger(__name__)


@require_safe
@signed_in
def checklist(request: HttpRequest, framework: str, format: str) -> HttpResponse:
    """The checklist as a file to keep: DOCX, PDF or XLSX."""
    if format not in FORMATS:
        raise Http404
    found = seen.framework_or_404(framework)
    try:
        content = written(found.id, format)
    except WritingError as error:
        log.error("%s", error)
        messages.error(request, _("Chưa viết được phiếu đối chiếu. Hãy thử lại, hoặc chọn dạng tệp khác."))
        return redirect("frameworks:framework", framework=found.id)
    return HttpResponse(
        content,
        content_type=FORMATS[format],
        headers={
            "Content-Disposition": f'attachment; filename="phieu-doi-chieu-{found.id}.{format}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
