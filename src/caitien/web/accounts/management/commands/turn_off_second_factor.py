"""`caitien manage turn_off_second_factor NAME`: for who lost the phone and the recovery codes. Run on the server."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser

from caitien.web.accounts.models import User


class Command(BaseCommand):
    help = "Tắt xác thực hai bước của một tài khoản (người dùng mất điện thoại và mất cả mã dự phòng)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="tên đăng nhập")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username__iexact=options["username"]).first()
        if user is None:
            raise CommandError(f"Không có tài khoản “{options['username']}”.")
        many, _ = Authenticator.objects.filter(user=user).delete()
        if not many:
            self.stdout.write(f"Tài khoản {user.username} không bật xác thực hai bước; không có gì để tắt.")
            return
        self.stdout.write(
            f"Đã tắt xác thực hai bước của {user.username}. Nhắc người đó bật lại ở trang Xác thực hai bước."
        )
