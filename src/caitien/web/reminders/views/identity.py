"""Tôi là ai trong trường: a user says which person of the school she is; a leader agrees."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caitien.web.reminders.identity import alike, claim, free_people, settle, still_open
from caitien.web.reminders.models import IdentityClaim
from caitien.web.schools.guard import SchoolRequest, school_view
from caitien.web.schools.models import Person
from caitien.web.schools.roles import Capability, may


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.VIEW_SCHOOL)
def who_am_i(request: SchoolRequest) -> HttpResponse:
    """The people of the school whom no account is joined to; the one with my name first."""
    error = ""
    if request.method == "POST":
        request.membership.user = request.user
        try:
            person, joined = claim(request.membership, UUID(request.POST.get("person", "")))
        except (ValueError, Person.DoesNotExist):
            error = _("Hãy chọn một người trong danh sách.")
        else:
            said = (
                _("Đã nối tài khoản của bạn với “%(person)s”.")
                if joined
                else _("Đã gửi. Khi hiệu trưởng hoặc thư ký xác nhận bạn là “%(person)s”, việc của bạn sẽ hiện ở đây.")
            )
            messages.success(request, said % {"person": person})
            return redirect("reminders:my_work")
    people = free_people(request.school)
    proposed = alike(request.user, people)
    mine = Person.objects.for_school(request.school).filter(user=request.user).first()
    context = {
        "people": [person for person in people if proposed is None or person.pk != proposed.pk],
        "proposed": proposed,
        "mine": mine,
        "error": error,
        "at_once": may(request.membership.role, Capability.MANAGE_PEOPLE),
    }
    return render(request, "reminders/who_am_i.html", context, status=422 if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@school_view(Capability.MANAGE_PEOPLE)
def claims(request: SchoolRequest) -> HttpResponse:
    """Who says that she is whom; a leader who knows her agrees or not."""
    if request.method == "POST":
        answer = request.POST.get("answer")
        try:
            if answer not in ("yes", "no"):
                raise ValueError(answer)
            found = settle(request.school, UUID(request.POST.get("claim", "")), agreed=answer == "yes", by=request.user)
        except IdentityClaim.DoesNotExist:
            raise Http404 from None
        except ValueError:
            messages.error(request, _("Hãy bấm “Đúng” hoặc “Không phải” ở một dòng."))
            return _list(request, 422)
        words = {"account": found.user.get_full_name(), "person": found.person}
        if found.agreed:
            messages.success(request, _("Đã nối tài khoản của %(account)s với “%(person)s”.") % words)
        else:
            messages.success(request, _("Đã trả lời: %(account)s không phải là “%(person)s”.") % words)
        return redirect(reverse("reminders:claims", args=[request.school.slug]))
    return _list(request)


def _list(request: SchoolRequest, status: int = 200) -> HttpResponse:
    return render(request, "reminders/claims.html", {"claims": list(still_open([request.school]))}, status=status)
