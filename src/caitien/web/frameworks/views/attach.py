"""The official text of a framework: is it here, what did it settle? Administrators attach it and take it off."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from caitien.errors import FrameworkError, ReadingError
from caitien.web.documents.intake import clean_name
from caitien.web.documents.views import FORM_OVERHEAD, most_bytes, too_large
from caitien.web.frameworks import attached, seen
from caitien.web.frameworks.access import administrators


def _bounded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuses a body that is too large by what its head says, before a byte of it is read."""

    @wraps(view)
    def inner(request: HttpRequest, framework: str) -> HttpResponse:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if request.method == "POST" and length > most_bytes() + FORM_OVERHEAD:
            return _page(request, framework, too_large(length), 422)
        return view(request, framework)

    return inner


@csrf_exempt  # checked within: the check would read the whole body before its size is judged
@require_http_methods(["GET", "HEAD", "POST"])
@administrators
@_bounded
@csrf_protect
def attach(request: HttpRequest, framework: str) -> HttpResponse:
    """What is attached and what it told; a file sent here is read, compared and kept. A bad file changes nothing."""
    found = seen.framework_or_404(framework)
    if request.method != "POST":
        return _page(request, found.id)
    file = request.FILES.get("file")
    if file is None:
        return _page(request, found.id, _("Chưa chọn tệp. Hãy thả tệp vào khung, hoặc bấm chọn tệp trên máy."), 422)
    try:
        attached.attach(found.id, clean_name(file.name), file.read(), request.user.get_full_name())  # type: ignore[union-attr]
    except (ReadingError, FrameworkError) as error:
        return _page(request, found.id, str(error), 422)
    messages.success(request, _("Đã gắn nguyên văn. Dưới đây là kết quả đối chiếu."))
    return redirect("frameworks:attach", framework=found.id)


@require_POST
@administrators
def forget(request: HttpRequest, framework: str) -> HttpResponse:
    """Take the official text off; our summaries stay."""
    found = seen.framework_or_404(framework)
    if attached.forget(found.id):
        messages.success(request, _("Đã gỡ nguyên văn khỏi cài đặt này. Tệp gốc vẫn ở máy của bạn, có thể gắn lại."))
    return redirect("frameworks:attach", framework=found.id)


def _page(request: HttpRequest, framework: str, refusal: str = "", status: int = 200) -> HttpResponse:
    found = seen.framework_or_404(framework)
    official = attached.attached(found.id)
    record = attached.record_of(found.id) if official else None
    context: dict[str, Any] = {
        "framework": found,
        "total": len(found.codes),
        "official": official,
        "record": record,
        "report": record["report"] if record else None,
        "at": parse_datetime(record["at"]) if record else None,
        "refusal": refusal,
    }
    return render(request, "frameworks/attach.html", context, status=status)
