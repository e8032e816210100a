"""Inviting people into the school: one by one or a sheet for many; what is open, used, expired; taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caitien.plan.text import one_space
from caitien.web.schools import invitations
from caitien.web.schools.addresses import public
from caitien.web.schools.guard import SchoolRequest, own, school_view
from caitien.web.schools.invitations import Guest, Made
from caitien.web.schools.members import count_of
from caitien.web.schools.models import Invitation, Person
from caitien.web.schools.not_now import NotNow
from caitien.web.schools.qr import qr
from caitien.web.schools.ranks import roles_to_give
from caitien.web.schools.roles import Capability, Role
from caitien.web.schools.views.people import in_order, present

SHOWN = 60  # of the newest invitations
USUAL = Role.STAFF


@school_view(Capability.MANAGE_MEMBERS)
def invitation_list(request: SchoolRequest) -> HttpResponse:
    """Whom have we invited, and who has come?"""
    now = timezone.now()
    rows = list(Invitation.objects.for_school(request.school).select_related("person", "created_by", "used_by")[:SHOWN])
    shown = sorted(((row, invitations.state(row, now)) for row in rows), key=lambda one: one[1] != "open")
    counted = {state: sum(found == state for _row, found in shown) for state in ("open", "used", "expired", "revoked")}
    return render(request, "schools/invitations.html", {"invitations": shown, "counted": counted, **_choices(request)})


def _choices(request: SchoolRequest) -> dict[str, Any]:
    """What the form offers: people without an account, and roles that she may give."""
    waiting = set(
        Invitation.objects.for_school(request.school)
        .filter(used_at=None, revoked_at=None, expires_at__gt=timezone.now())
        .exclude(person=None)
        .values_list("person", flat=True)
    )
    free = present(request.school).filter(kind=Person.Kind.PERSON, left_on=None, user=None)
    return {
        "people": [(one, one.pk in waiting) for one in in_order(free)],
        "roles": roles_to_give(request.membership.role, chairs=count_of(request.school).chairs),
        "batch": uuid4(),
        "usual": USUAL,
        "most": invitations.MOST_AT_ONCE,
    }


@school_view(Capability.MANAGE_MEMBERS)
def invite(request: SchoolRequest) -> HttpResponse:
    """The form; sent, the invitations with their links and codes, in this answer and never again: a sheet to print."""
    if request.method != "POST":
        chosen = request.GET.getlist("nguoi")
        return render(request, "schools/invite.html", {**_choices(request), "chosen": chosen})
    batch = _key(request.POST.get("batch")) or uuid4()
    if Invitation.objects.for_school(request.school).filter(batch=batch).exists():
        return _made_before(request)
    guests, errors = _guests(request)
    if errors:
        context = {**_choices(request), "batch": batch, "errors": errors, "chosen": request.POST.getlist("person"),
                   "typed": request.POST.get("labels", ""), "role_chosen": request.POST.get("role", "")}  # fmt: skip
        return render(request, "schools/invite.html", context, status=422)
    try:
        made = invitations.invite(request.school, request.membership, guests, batch)
    except invitations.MadeBefore:  # by the other of two clicks
        return _made_before(request)
    response = render(request, "schools/invitation_sheet.html", _sheet(request, made))
    response.headers["Cache-Control"] = "no-store"
    return response


def _made_before(request: SchoolRequest) -> HttpResponse:
    messages.warning(
        request,
        _("Các lời mời này đã được tạo. Mã chỉ hiện một lần: nếu chưa kịp in, hãy thu hồi rồi tạo lại."),
    )
    return redirect("schools:invitations", school=request.school.slug)


def _guests(request: SchoolRequest) -> tuple[list[Guest], list[str]]:
    errors = []
    role = request.POST.get("role", "")
    if role not in Role.values:
        errors.append(_("Hãy chọn vai trò cho những người được mời."))
    keys = [key for text in request.POST.getlist("person") if (key := _key(text))]
    free = present(request.school).filter(kind=Person.Kind.PERSON, user=None)
    people = in_order(free.filter(pk__in=keys))
    if len(people) < len(set(keys)):
        errors.append(_("Có người vừa được nối với một tài khoản hoặc vừa bị gộp. Hãy xem lại danh sách."))
    labels = [line for text in request.POST.get("labels", "").splitlines() if (line := one_space(text))]
    too_long = [label for label in labels if len(label) > 200]
    if too_long:
        errors.append(_("“%s…” dài quá. Mỗi dòng chỉ ghi tên một người.") % too_long[0][:60])
    guests = [Guest(role, person=one) for one in people] + [Guest(role, label=label) for label in labels]
    if not guests:
        errors.append(_("Hãy chọn ít nhất một người, hoặc ghi tên người được mời, mỗi dòng một người."))
    if len(guests) > invitations.MOST_AT_ONCE:
        errors.append(_("Mỗi lần mời được nhiều nhất %s người. Hãy chia làm nhiều lần.") % invitations.MOST_AT_ONCE)
    return guests, errors


def _sheet(request: SchoolRequest, made: list[Made]) -> dict[str, Any]:
    cards = []
    for each in made:
        address = public(request, "join:open", each.token)
        who = each.invitation.person.name if each.invitation.person else each.invitation.label
        cards.append({"made": each, "who": who, "address": address, "qr": qr(address, _("Mã QR của lời mời"))})
    return {
        "cards": cards,
        "expires": made[0].invitation.expires_at,
        "type_at": public(request, "join:code"),
    }


def _key(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


@require_POST
@school_view(Capability.MANAGE_MEMBERS)
def invitation_revoke(request: SchoolRequest, invitation: UUID) -> HttpResponse:
    row = own(Invitation.objects.select_related("person"), request, invitation)
    if not invitations.revoke(row):
        raise NotNow(_("Lời mời này đã được dùng, đã hết hạn hoặc đã thu hồi rồi. Hãy tải lại danh sách."))
    messages.success(request, _("Đã thu hồi lời mời cho %s. Liên kết và mã của lời mời đó không dùng được nữa.") % row)
    return redirect("schools:invitations", school=request.school.slug)
