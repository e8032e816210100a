"""`caitien manage send_reminders`: the digests that are owed today. The same as `caitien remind`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from caitien.web.reminders.running import run


class Command(BaseCommand):
    help = "Gửi thư nhắc việc cho những người đến ngày nhận; chạy mỗi ngày một lần."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", default="", help="chỉ gửi cho người có tên đăng nhập này")
        parser.add_argument("--try", dest="try_only", action="store_true", help="chỉ cho biết sẽ gửi cho ai, không gửi")

    def handle(self, *args: Any, **options: Any) -> None:
        lines, ok = run(only=options["only"], try_only=options["try_only"])
        for line in lines:
            self.stdout.write(line)
        if not ok:
            raise CommandError("Có thư chưa gửi được.")
