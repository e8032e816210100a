"""`caitien manage create_school`: a school and the account of its first person, who can then import last year's plan."""

from __future__ import annotations

import getpass
import re
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from caitien.plan.text import fold, one_space
from caitien.web.accounts.models import User
from caitien.web.schools.models import Membership, School
from caitien.web.schools.roles import Role


class Command(BaseCommand):
    help = "Tạo một trường và tài khoản của người đầu tiên trong trường."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="tên trường, ví dụ “Trường Tiểu học Suối Lim”")
        parser.add_argument("--level", choices=School.Level.values, default="", help="cấp học")
        parser.add_argument("--slug", help="tên trong địa chỉ; mặc định suy từ tên trường")
        parser.add_argument("--username", required=True, help="tên đăng nhập của người đầu tiên")
        parser.add_argument("--full-name", default="", help="họ và tên")
        parser.add_argument("--role", choices=Role.values, default=Role.SECRETARY, help="vai trò (mặc định: thư ký)")

    def handle(self, *args: Any, **options: Any) -> None:
        name = one_space(options["name"])
        slug = options["slug"] or re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:80]
        if not slug:
            raise CommandError("Tên trường không có chữ nào; hãy ghi lại.")
        if School.objects.filter(slug=slug).exists():
            raise CommandError(f"Đã có trường với địa chỉ “{slug}”; hãy chọn địa chỉ khác bằng --slug.")
        with transaction.atomic():
            user = User.objects.filter(username=options["username"]).first() or self._new_user(options)
            school = School.objects.create(slug=slug, name=name, level=options["level"])
            Membership.objects.create(school=school, user=user, role=options["role"])
        self.stdout.write(f"Đã tạo {name} (/truong/{slug}/); {user.username} là {Role(options['role']).label}.")

    def _new_user(self, options: dict[str, Any]) -> User:
        user = User(username=options["username"], full_name=one_space(options["full_name"]))
        password = getpass.getpass("Mật khẩu: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            user.full_clean(exclude=["password"])
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        user.set_password(password)
        user.save()
        return user
