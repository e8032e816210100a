"""`caitien remind`: the e-mails that remind people of what is late or due; to be run once a day."""

from __future__ import annotations

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", default="", metavar="TÊN", help="chỉ gửi cho người có tên đăng nhập này")
    parser.add_argument("--try", dest="try_only", action="store_true", help="chỉ cho biết sẽ gửi cho ai, không gửi")


def run(args: argparse.Namespace) -> int:
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caitien.web.settings")
    import django

    django.setup()
    from caitien.web.reminders.running import run as run_once

    lines, ok = run_once(only=args.only, try_only=args.try_only)
    for line in lines:
        print(line, file=sys.stdout if ok else sys.stderr)
    return 0 if ok else 1
