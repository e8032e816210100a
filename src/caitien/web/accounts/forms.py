"""The forms of who comes in: the code of an invitation, a new account, a new password after a reset link."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caitien.plan.text import fold, one_space
from caitien.web.accounts.models import User
from caitien.web.accounts.usernames import proposed

ALLOWED = re.compile(r"[A-Za-z0-9._-]+")


def is_taken(username: str) -> bool:
    return User.objects.filter(username__iexact=username).exists()


class CodeForm(forms.Form):
    """The short code from the paper."""

    code = forms.CharField(
        label=gettext_lazy("Mã mời"),
        max_length=60,
        error_messages={"required": gettext_lazy("Hãy gõ mã 8 chữ in trên giấy mời.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "mono",
                "placeholder": "XXXX-XXXX",
            }
        ),
    )


class _NewPassword(forms.Form):
    password1 = forms.CharField(
        label=gettext_lazy("Mật khẩu"),
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("Ít nhất 8 ký tự, không phải chỉ toàn số, không giống tên của bạn."),
        error_messages={"required": gettext_lazy("Hãy đặt một mật khẩu.")},
    )
    password2 = forms.CharField(
        label=gettext_lazy("Gõ lại mật khẩu"),
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("Hãy gõ lại mật khẩu lần nữa.")},
    )

    person: Callable[[], User]  # whose password it will be: it must not be like her name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("Hai lần gõ không giống nhau. Hãy gõ lại cả hai ô."))
        elif first:
            try:
                validate_password(first, self.person())
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned


class NewPasswordForm(_NewPassword):
    """A new password for a user who has an account."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def person(self) -> User:
        return self.user


class NewAccountForm(_NewPassword):
    """A new account: a name, a user name (proposed when left empty), a password twice. No e-mail is needed."""

    full_name = forms.CharField(
        label=gettext_lazy("Họ và tên"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Hãy ghi họ và tên.")},
    )
    username = forms.CharField(
        label=gettext_lazy("Tên đăng nhập"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=gettext_lazy("Chữ không dấu và số. Để trống thì lấy từ họ và tên."),
    )
    field_order = ("full_name", "username", "password1", "password2")

    def clean_full_name(self) -> str:
        name = one_space(self.cleaned_data["full_name"])
        if not re.search(r"[^\W\d_]", name):
            raise ValidationError(_("Hãy ghi họ và tên bằng chữ."))
        return name

    def clean_username(self) -> str:
        name = one_space(self.cleaned_data["username"])
        if not name:
            return ""  # proposed in `clean`, when the full name is known to be good
        if not ALLOWED.fullmatch(name):
            better = proposed(name, is_taken)
            hint = _(" Ví dụ: %s.") % better if better else ""
            raise ValidationError(
                _("Tên đăng nhập chỉ gồm chữ không dấu, số, dấu chấm, gạch nối, không có khoảng trắng.") + hint
            )
        if is_taken(name):
            raise ValidationError(
                _("Đã có người dùng tên “%(name)s”. Ví dụ còn trống: %(free)s.")
                % {"name": name, "free": proposed(name, is_taken)}
            )
        return name

    def clean(self) -> dict[str, Any]:
        if "full_name" in self.cleaned_data and self.cleaned_data.get("username") == "":
            if found := proposed(self.cleaned_data["full_name"], is_taken):
                self.cleaned_data["username"] = found
            else:
                self.add_error("username", _("Hãy đặt một tên đăng nhập bằng chữ không dấu, ví dụ: %s.") % "nguyenvana")
        return super().clean()

    def person(self) -> User:
        """The user to be, so that the password is not like her name."""
        name = self.cleaned_data.get("full_name", "")
        return User(username=self.cleaned_data.get("username") or fold(name), full_name=name)

    def make(self) -> User:
        """The new user. Raises IntegrityError when somebody took the user name a moment ago."""
        user = self.person()
        user.username = self.cleaned_data["username"]
        user.set_password(self.cleaned_data["password1"])
        user.save(force_insert=True)
        return user
