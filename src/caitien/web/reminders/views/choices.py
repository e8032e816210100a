"""Nhắc việc: how I want to be reminded, and my private calendar. And the page where one stops the letters."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from caitien.web.reminders import feed, tokens
from caitien.web.reminders.addresses import is_local
from caitien.web.reminders.digest import LEADERS, STOP, digest_of, message
from caitien.web.reminders.forms import ChoiceForm
from caitien.web.reminders.frame import put_in_frame
from caitien.web.reminders.models import ReminderChoice
from caitien.web.reminders.school_work import school_work
from caitien.web.reminders.sending import mail_folder
from caitien.web.reminders.work import memberships_of, work_of
from caitien.web.schools.roles import Capability, may


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def choices(request: HttpRequest) -> HttpResponse:
    """My choice of letters; the address of my calendar, made, renewed or closed by a button."""
    choice = ReminderChoice.objects.filter(user=request.user).first() or ReminderChoice(user=request.user)
    asked = request.POST.get("calendar", "") if request.method == "POST" else ""
    form = ChoiceForm(request.POST if request.method == "POST" and not asked else None, instance=choice)
    if asked in ("new", "off"):
        return _calendar(request, choice, asked)
    if request.method == "POST" and form.is_valid():
        if choice._state.adding:  # another tab may have made the row meanwhile
            ReminderChoice.objects.update_or_create(user=request.user, defaults=form.cleaned_data)
        else:
            choice.save(update_fields=[*form.cleaned_data, "changed_at"])
        messages.success(request, _("Đã ghi cách nhắc việc."))
        return redirect("reminders:choices")
    memberships = list(memberships_of([request.user.pk]))
    put_in_frame(request, memberships)
    address = feed.address_of(choice, request)
    context = {
        "form": form,
        "choice": choice,
        "email": request.user.email,
        "address": address,
        "webcal": address.replace("https://", "webcal://", 1).replace("http://", "webcal://", 1),
        "local_only": is_local(address),
        "no_mail_server": mail_folder() is not None,
        "leads": [m for m in memberships if may(m.role, Capability.EDIT_PLAN)],
    }
    return render(request, "reminders/choices.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD"])
@login_required
@never_cache
def letter(request: HttpRequest) -> HttpResponse:
    """The letter that I would get today, as text."""
    today = timezone.localdate()
    choice = ReminderChoice.objects.filter(user=request.user).first() or ReminderChoice(user=request.user)
    memberships = list(memberships_of([request.user.pk]))
    put_in_frame(request, memberships)
    digest = None
    if memberships:
        schools = school_work([m.school for m in memberships if m.role in LEADERS], today)
        digest = digest_of(request.user, work_of(memberships, today)[request.user.pk], schools)
    written = message(digest, choice.language, today) if digest else None
    return render(request, "reminders/letter.html", {"letter": written, "choice": choice})


@csrf_exempt  # a mail program stops the letters by itself (RFC 8058): the token is the proof, and it can do nothing else
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """One click stops the letters. Opening the page does not: mail scanners open every link of a letter."""
    user = tokens.whose(token)
    if user is None or not tokens.is_true(token, STOP, user) or not _is_user(user):
        raise Http404
    stopped = request.method == "POST"
    if stopped:
        ReminderChoice.objects.update_or_create(user_id=user, defaults={"digest": ReminderChoice.Digest.OFF})
    answer = render(request, "reminders/stop.html", {"stopped": stopped})
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _calendar(request: Any, choice: ReminderChoice, asked: str) -> HttpResponse:
    choice, _made = ReminderChoice.objects.get_or_create(user=request.user)
    if asked == "new":
        again = bool(choice.calendar_seed)
        feed.renew(choice)
        said = _("Đã đổi địa chỉ lịch; địa chỉ cũ không dùng được nữa.") if again else _("Đã tạo địa chỉ lịch.")
    else:
        choice.calendar_seed = ""
        choice.save(update_fields=["calendar_seed", "changed_at"])
        said = _("Đã tắt lịch; địa chỉ cũ không dùng được nữa.")
    messages.success(request, said)
    return redirect("reminders:choices")


def _is_user(key: Any) -> bool:
    from caitien.web.accounts.models import User

    return User.objects.filter(pk=key).exists()
