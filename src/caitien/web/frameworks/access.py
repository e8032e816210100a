"""Who sees the pages of frameworks: everybody who signed in. Who changes this installation: its administrators."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from caitien.errors import FrameworkError
from caitien.web.frameworks import own
from caitien.web.schools.guard import LAST_SCHOOL
from caitien.web.schools.models import Membership

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Guards a page that is of no school. The rail is that of the school where the reader was last (one query).

    A framework that is not there, or whose file does not load, is "not found".
    """

    @wraps(view)
    def inner(request: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        own.refresh()
        membership = _membership(request)
        if membership is not None:
            request.membership, request.school = membership, membership.school
        try:
            response = view(request, **kwargs)
        except FrameworkError as error:
            raise Http404(str(error)) from None
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return inner


def administrators(view: View) -> View:
    """As `signed_in`, for those who look after this installation; others get 403 with one sentence."""

    @signed_in
    @wraps(view)
    def inner(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not may_administer(request.user):
            raise PermissionDenied(
                _("Việc này dành cho người quản trị hệ thống. Hãy gửi văn bản cho người đã cài Cải Tiến ở nơi bạn.")
            )
        return view(request, **kwargs)

    return inner


def may_administer(user: Any) -> bool:
    return bool(user.is_staff or user.is_superuser)


def _sign_in_first(request: Any) -> HttpResponse:
    """To the sign-in page and back; a request of a script gets 401, so that the page one sees stays as it is."""
    if request.htmx:
        return HttpResponse(status=401)
    reading = request.method in ("GET", "HEAD")
    return redirect_to_login(request.get_full_path() if reading else reverse("frameworks:list"))


def _membership(request: HttpRequest) -> Membership | None:
    last_first = Case(When(school__slug=request.session.get(LAST_SCHOOL, ""), then=Value(0)), default=Value(1))
    mine = Membership.objects.filter(user=request.user).select_related("school")  # type: ignore[misc]
    return mine.order_by(last_first, "school__name").first()
