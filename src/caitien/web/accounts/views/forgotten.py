"""A forgotten password: what to do with e-mail and without; the link that a leader of the school made."""

from __future__ import annotations

from typing import Any

from allauth.account.views import PasswordResetView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from caitien.web.accounts import attempts
from caitien.web.accounts.forms import NewPasswordForm
from caitien.web.schools import resets


class ForgottenView(PasswordResetView):
    """The page "Quên mật khẩu": first the way that always works, then e-mail where this server sends any."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sends = settings.EMAIL_BACKEND != "django.core.mail.backends.filebased.EmailBackend"
        return super().get_context_data(**kwargs) | {"sends_mail": sends}


@sensitive_post_parameters("password1", "password2")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a new password by the link of a leader. Her other sessions end; a second factor stays as it was.

    A right link always opens (256 bits need no counting): one pupil behind the school's address cannot lock others out.
    """
    link = resets.find(token)
    if link is None:
        attempts.one_more(request)
        return render(request, "accounts/cannot_reset.html", status=404)
    form = NewPasswordForm(request.POST or None, user=link.user)
    if request.method == "POST" and form.is_valid():
        if not resets.use(link, form.cleaned_data["password1"]):
            return render(request, "accounts/cannot_reset.html", status=404)
        if request.user.is_authenticated:
            logout(request)
        messages.success(request, _("Đã đặt mật khẩu mới. Hãy đăng nhập bằng tên “%s”.") % link.user.username)
        return redirect("account_login")
    context = {"form": form, "link": link}
    return render(request, "accounts/reset.html", context, status=422 if form.errors else 200)
