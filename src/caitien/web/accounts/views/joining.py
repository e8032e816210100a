"""From an invitation into the school: open the link or type the code, make an account or sign in, join.

The invitation is remembered in the session, so that its secret stands in no further address and signing in comes back.
Opening a link uses nothing up: programs that look at links before people do (Zalo, Messenger) do no harm.
"""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from caitien.web.accounts import attempts
from caitien.web.accounts.forms import CodeForm, NewAccountForm, is_taken
from caitien.web.accounts.usernames import proposed
from caitien.web.reminders.work import has_work
from caitien.web.schools import invitations
from caitien.web.schools.invitations import SENTENCES, CannotBeUsed, Joined
from caitien.web.schools.models import Invitation, Membership
from caitien.web.schools.views.start import WORKERS

INVITED = "invitation"
"""Key of the session: the invitation that was opened last."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Type the code from the paper."""
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if attempts.too_many(request):
            form.add_error(None, _("Đã gõ sai quá nhiều lần. Hãy đợi một giờ, hoặc mở bằng liên kết hay mã QR."))
            status = 429
        elif form.is_valid():
            if found := invitations.by_code(form.cleaned_data["code"]):
                return _remember(request, found)
            attempts.one_more(request)
            form.add_error("code", str(SENTENCES["unknown"]))
    return render(request, "accounts/invitation_code.html", {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD"])
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link, or the QR code that holds it. A right one always opens: its 256 bits need no counting, and who types
    wrong codes behind the school's one address must not lock out the others."""
    found = invitations.by_token(token)
    if found is None:
        attempts.one_more(request)
        return _cannot(request, str(SENTENCES["unknown"]), 404)
    return _remember(request, found)


def _remember(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    request.session[INVITED] = str(invitation.pk)
    return redirect("join:accept")


@sensitive_post_parameters("password1", "password2")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    """Who invites, as what; then one button for who is signed in, a form or the sign-in page for who is not."""
    found = invitations.by_key(request.session.get(INVITED)) if INVITED in request.session else None
    if found is None:
        messages.info(request, _("Hãy mở lại liên kết trong lời mời, hoặc gõ mã in trên giấy."))
        return redirect("join:code")
    if request.method == "POST" and "switch" in request.POST:
        logout(request)
        return _remember(request, found)
    member = _membership(request, found)
    if (why := invitations.why_not(found)) and member is None:
        return _cannot(request, str(SENTENCES[why]), 410)
    try:
        if request.user.is_authenticated:
            if request.method == "POST":
                return _joined(request, found, invitations.accept(found, request.user))
            return render(request, "accounts/join.html", {"invitation": found, "member": member})
        return _new_account(request, found)
    except CannotBeUsed as error:
        return _cannot(request, str(error), 410)


def _membership(request: HttpRequest, invitation: Invitation) -> Membership | None:
    if not request.user.is_authenticated:
        return None
    return Membership.objects.for_school(invitation.school).filter(user=request.user.pk).first()


def _new_account(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    name = invitation.person.name if invitation.person else ""
    form = NewAccountForm(
        request.POST or None, initial={"full_name": name, "username": proposed(name, is_taken) if name else ""}
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                user = form.make()
                done = invitations.accept(invitation, user)
        except IntegrityError:
            form.add_error("username", _("Tên đăng nhập này vừa có người lấy. Hãy chọn tên khác."))
        else:
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            record_authentication(request, user, method="password")
            messages.success(request, _("Tên đăng nhập của bạn là: %s. Hãy ghi lại cùng với mật khẩu.") % user.username)
            return _joined(request, invitation, done)
    context = {"invitation": invitation, "form": form, "oidc": settings.OIDC is not None}
    return render(request, "accounts/join.html", context, status=422 if form.errors else 200)


def _joined(request: HttpRequest, invitation: Invitation, done: Joined) -> HttpResponse:
    request.session.pop(INVITED, None)
    says: dict[str, Any] = {"school": invitation.school.name, "role": done.membership.get_role_display()}
    if done.already:
        messages.info(
            request, _("Bạn đã là thành viên của %(school)s, vai trò: %(role)s. Vai trò ấy giữ nguyên.") % says
        )
    else:
        messages.success(request, _("Bạn đã vào %(school)s, vai trò: %(role)s.") % says)
    if done.not_joined_because:
        messages.warning(
            request,
            _("Chưa nối được bạn với “%s” trong danh sách người của trường. Hãy nhờ thư ký hội đồng nối giúp.")
            % invitation.person,
        )
    if done.membership.role in WORKERS and has_work([done.membership], timezone.localdate()):
        return redirect("reminders:my_work")  # as after signing in
    return redirect("schools:home", school=invitation.school.slug)


def _cannot(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    return render(request, "accounts/cannot_join.html", {"sentence": sentence}, status=status)
