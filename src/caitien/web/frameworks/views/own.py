"""A province's own set of standards: administrators upload it as one file, and take it out again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caitien.errors import FrameworkError
from caitien.web.frameworks import own
from caitien.web.frameworks.access import administrators

MOST_BYTES = 2 * 1024 * 1024  # the bound of a framework file (standards/marked_yaml.py)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators
def own_frameworks(request: HttpRequest) -> HttpResponse:
    """What was uploaded here; a file sent here is checked and put in, or every mistake is said with its line."""
    from caitien.standards import FrameworkFileError

    if request.method != "POST":
        return _page(request)
    file = request.FILES.get("file")
    if file is None:
        return _page(request, [_("Chưa chọn tệp. Hãy thả tệp vào khung, hoặc bấm chọn tệp trên máy.")])
    if file.size is None or file.size > MOST_BYTES:
        return _page(request, [_("Tệp lớn hơn 2 MB; một khung tiêu chuẩn không lớn như vậy.")])
    try:
        framework = own.install(file.read())
    except FrameworkFileError as error:
        return _page(request, [str(problem) for problem in error.problems])
    except FrameworkError as error:
        return _page(request, [str(error)])
    messages.success(request, _("Đã thêm khung “%(title)s”.") % {"title": framework.short_title})
    return redirect("frameworks:framework", framework=framework.id)


@require_POST
@administrators
def remove_own(request: HttpRequest, framework: str) -> HttpResponse:
    """Take an uploaded framework out; those of the package cannot be taken out."""
    if not own.remove(framework):
        raise Http404
    messages.success(
        request, _("Đã bỏ khung “%(id)s” khỏi cài đặt này. Tải tệp lên lại là có lại.") % {"id": framework}
    )
    return redirect("frameworks:own")


def _page(request: HttpRequest, mistakes: list[str] | None = None) -> HttpResponse:
    context = {"installed": own.installed(), "mistakes": mistakes}
    return render(request, "frameworks/own.html", context, status=422 if mistakes else 200)
