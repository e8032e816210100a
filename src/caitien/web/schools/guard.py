"""The guard of every page of a school: who asks, which school, in which role; another school's page does not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.request import RawPostDataException
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from caitien.web.schools.models import Membership, School
from caitien.web.schools.not_now import NotNow, typed
from caitien.web.schools.roles import CAPABILITIES, Capability, Role, may

View = Callable[..., HttpResponse]
LAST_SCHOOL = "last-school"
"""Key of the session: the school whose page was seen last; pages of no school keep its frame."""


class SchoolRequest(HttpRequest):
    """A request after the guard: it knows the school and the membership of who asks."""

    school: School
    membership: Membership
    user: Any
    htmx: Any


def school_view(capability: Capability, *, post: Capability | None = None) -> Callable[[View], View]:
    """Guards a view below /truong/<school>/.

    Not signed in: to the sign-in page. Not a member, or no such school: 404, so that nothing tells which it was.
    A member without `capability` (for POST: `post`, when given): 403, with the roles that have it.
    """

    def guarded(view: View) -> View:
        @wraps(view)
        def inner(request: Any, school: str, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _sign_in_first(request)
            request.membership = membership_of(request.user, school)
            request.school = request.membership.school
            if request.session.get(LAST_SCHOOL) != school:
                request.session[LAST_SCHOOL] = school
            wanted = post if post and request.method not in ("GET", "HEAD", "OPTIONS") else capability
            if not may(request.membership.role, wanted):
                raise PermissionDenied(who_may(wanted))
            _without_nul(request)
            try:
                response = view(request, **kwargs)
            except NotNow as refused:
                response = _not_now(request, refused)
            except RawPostDataException as error:  # a form sent to where a script sends JSON: its body has been read
                raise BadRequest("no form is taken here") from error
            response.headers.setdefault("Cache-Control", "private, no-cache")
            return response

        inner.capability, inner.post_capability = capability, post or capability  # type: ignore[attr-defined]
        return inner

    return guarded


def _without_nul(request: Any) -> None:
    """Takes NUL, which no database takes and nobody types, out of what the address and a form say; an address with one
    leads nowhere. A form that its view reads for itself (without the check of Django, after its size) is left to the view.
    """
    if "\0" in request.path:
        raise Http404
    names = ["GET"]
    match = request.resolver_match
    if request.method == "POST" and match is not None and not getattr(match.func, "csrf_exempt", False):
        names.append("POST")
    for name in names:
        sent = getattr(request, name)
        if any("\0" in text for key, texts in sent.lists() for text in (key, *texts)):
            clean = QueryDict(mutable=True)
            for key, texts in sent.lists():
                clean.setlist(key.replace("\0", ""), [text.replace("\0", "") for text in texts])
            setattr(request, name, clean)


def _not_now(request: Any, refused: NotNow) -> HttpResponse:
    """The sentence, with what was typed. A script gets the sentence alone, as text."""
    if request.htmx or "application/json" in request.headers.get("Accept", ""):
        return HttpResponse(str(refused), status=409, content_type="text/plain; charset=utf-8")
    back = request.headers.get("Referer", "")
    context = {
        "sentence": str(refused),
        "links": refused.links,
        "back": back if url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()) else "",
        "sent": typed(request.POST),
    }
    return render(request, "errors/not_now.html", context, status=409)


def _sign_in_first(request: Any) -> HttpResponse:
    """To the sign-in page, and back to where one was: an address that only takes POST is no place to come back to.

    A request of a script gets 401: the page with the words being typed stays as it is, and says so.
    """
    if request.htmx or "application/json" in request.headers.get("Accept", ""):
        return HttpResponse(status=401)
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    before = request.headers.get("Referer", "")
    here = request.get_host()
    if not url_has_allowed_host_and_scheme(before, {here}, require_https=request.is_secure()):
        return redirect_to_login(request.get_full_path())
    parts = urlsplit(before)
    return redirect_to_login(parts.path + (f"?{parts.query}" if parts.query else ""))


def membership_of(user: Any, slug: str) -> Membership:
    """The user's membership of the school with this slug, the school with it (one query). Http404 when there is none."""
    found = Membership.objects.select_related("school").filter(school__slug=slug, user=user).first()
    if found is None:
        raise Http404
    return found


def own(queryset: Any, request: SchoolRequest, key: UUID) -> Any:
    """The row `key` of the request's school. Http404 when it is not there or of another school."""
    row = queryset.filter(school=request.school, pk=key).first()
    if row is None:
        raise Http404
    return row


def who_may(capability: Capability) -> str:
    roles = ", ".join(str(role.label) for role in Role if role in CAPABILITIES[capability])
    return _("Việc này dành cho: %(roles)s. Hãy nhờ một người có vai trò đó, hoặc nhờ đổi vai trò của bạn.") % {
        "roles": roles
    }
