"""Who has an account in the school and in which role; roles changed, members sent away and let in again, passwords reset."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caitien.plan.text import sort_key
from caitien.web.schools import members, names, resets
from caitien.web.schools.addresses import public
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.models import Membership, Person
from caitien.web.schools.not_now import NotNow
from caitien.web.schools.qr import qr
from caitien.web.schools.ranks import RANK, Deed, refusal
from caitien.web.schools.reasons import said
from caitien.web.schools.roles import Capability, Role
from caitien.web.schools.views.offered import allowed

SHOWN_EVENTS = 10


@school_view(Capability.VIEW_SCHOOL)
def member_list(request: SchoolRequest) -> HttpResponse:
    """Everybody with an account here, leaders first; what may be done with each is said by the rules."""
    may_do = allowed(request)
    rows = list(Membership.objects.for_school(request.school).select_related("user"))
    counted = members.count(row.role for row in rows)
    people = {p.user_id: p for p in Person.objects.for_school(request.school).exclude(user=None)}
    rows.sort(key=lambda row: (-RANK[row.role], sort_key(names.given_name_first(str(row.user)))))
    shown = []
    for row in rows:
        deed = Deed(request.membership.role, row.role, None, *counted)
        roles = [role for role in Role if role == row.role or not refusal(deed._replace(to=role))]
        shown.append(
            {
                "row": row,
                "person": people.get(row.user_id),
                "roles": roles if may_do["members"] and len(roles) > 1 else [],
                "may_go": may_do["members"] and not refusal(deed),
                "may_reset": may_do["members"]
                and row.user_id != request.user.pk
                and RANK[row.role] <= RANK[request.membership.role],
            }
        )
    return render(
        request,
        "schools/members.html",
        {
            "members": shown,
            "leaders": counted.leaders,
            "allowed": may_do,
            "removed": members.removed(request.school) if may_do["members"] else [],
            "events": _events(request) if may_do["members"] else [],
            "no_chair": counted.chairs == 0,
        },
    )


def _events(request: SchoolRequest) -> list[Any]:
    records = Membership.history.filter(school=request.school).select_related("user", "history_user")
    newest = records.order_by("-history_date", "-history_id")[:SHOWN_EVENTS]
    return [(record, said(record.history_change_reason)) for record in newest]


@require_POST
@school_view(Capability.MANAGE_MEMBERS)
def member_role(request: SchoolRequest, member: UUID) -> HttpResponse:
    row = own(Membership.objects.all(), request, member)
    role = request.POST.get("role", "")
    if role not in Role.values:
        raise NotNow(_("Hãy chọn một vai trò trong danh sách."))
    changed, before = members.change_role(request.membership, row.pk, role)
    if before == role:
        messages.info(request, _("%s vẫn giữ vai trò cũ.") % changed.user)
    else:
        messages.success(
            request,
            _("%(who)s nay là: %(now)s (trước là: %(before)s).")
            % {"who": changed.user, "now": changed.get_role_display(), "before": Role(before).label},
        )
    return redirect("schools:members", school=request.school.slug)


@require_POST
@school_view(Capability.MANAGE_MEMBERS)
def member_remove(request: SchoolRequest, member: UUID) -> HttpResponse:
    row = own(Membership.objects.select_related("user"), request, member)
    who, herself = str(row.user), row.user_id == request.user.pk
    record = members.remove(request.membership, row.pk)
    undo = reverse("schools:member_restore", args=[request.school.slug, record.pk])
    messages.success(
        request,
        _("%s không còn vào được trường. Việc đứng tên người đó vẫn giữ nguyên.") % who,
        extra_tags="" if herself else f"undo {undo}",
    )
    return redirect("home") if herself else redirect("schools:members", school=request.school.slug)


@require_POST
@school_view(Capability.MANAGE_MEMBERS)
def member_restore(request: SchoolRequest, removed: UUID) -> HttpResponse:
    record = Membership.history.filter(school=request.school, history_id=removed, history_type="-").first()
    if record is None:
        raise Http404
    if record.user_id is None or not Membership.history.filter(user_id=record.user_id).exists():
        raise NotNow(_("Tài khoản này không còn nữa. Hãy gửi một lời mời mới."))
    row = members.restore(request.membership, record)
    messages.success(
        request, _("%(who)s đã vào lại trường, vai trò: %(role)s.") % {"who": row.user, "role": row.get_role_display()}
    )
    return redirect("schools:members", school=request.school.slug)


@require_POST
@school_view(Capability.MANAGE_MEMBERS)
def member_reset(request: SchoolRequest, member: UUID) -> HttpResponse:
    """A link with which the member chooses a new password. Shown in this answer and never again."""
    row = own(Membership.objects.select_related("user"), request, member)
    link, token = resets.make(request.membership, row)
    address = public(request, "join:reset", token)
    context = {
        "member": row,
        "link": link,
        "address": address,
        "qr": qr(address, _("Mã QR của liên kết đặt lại mật khẩu")),
    }
    response = render(request, "schools/reset_link.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
