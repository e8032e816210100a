"""Many people added from pasted lines; one taken away by mistake brought back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caitien.web.schools import adding
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.models import Person
from caitien.web.schools.not_now import NotNow
from caitien.web.schools.roles import Capability
from caitien.web.schools.views.people import present


@school_view(Capability.MANAGE_PEOPLE)
def people_add(request: SchoolRequest) -> HttpResponse:
    """A list pasted from Word or Excel; who is there already is not added twice."""
    typed, error = request.POST.get("lines", ""), ""
    if request.method == "POST":
        try:
            added = adding.add_many(request.school, typed, user=request.user)
        except NotNow as refused:
            error = str(refused)
        else:
            if added.new:
                said = {"n": len(added.new), "who": adding.shown(added.new)}
                messages.success(request, _("Đã thêm %(n)s dòng: %(who)s.") % said)
            if added.known:
                said = {"n": len(added.known), "who": adding.shown(added.known)}
                messages.info(request, _("%(n)s dòng đã có sẵn: %(who)s.") % said)
            return redirect("schools:people", school=request.school.slug)
    context = {"typed": typed, "error": error, "most": adding.MOST_LINES}
    return render(request, "schools/people_add.html", context, status=422 if error else 200)


@require_POST
@school_view(Capability.MANAGE_PEOPLE)
def person_remove(request: SchoolRequest, person: UUID) -> HttpResponse:
    row = own(present(request.school), request, person)
    name = row.name
    record = adding.remove(row, user=request.user)
    back = reverse("schools:person_restore", args=[request.school.slug, record.pk])
    messages.success(request, _("Đã bỏ %s khỏi danh sách.") % name, extra_tags=f"undo {back}")
    return redirect("schools:people", school=request.school.slug)


@require_POST
@school_view(Capability.MANAGE_PEOPLE)
def person_restore(request: SchoolRequest, gone: UUID) -> HttpResponse:
    record = Person.history.filter(school=request.school, history_id=gone, history_type="-").first()
    if record is None:
        raise Http404
    row = adding.bring_back(record, user=request.user)
    messages.success(request, _("Đã lấy lại %s.") % row.name)
    return redirect("schools:person", school=request.school.slug, person=row.pk)
