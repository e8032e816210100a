"""`caitien manage`: an administrative command of the web application (migrate, createsuperuser, create_school, …)."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="tên lệnh và tham số của lệnh")


def run(args: argparse.Namespace) -> int:
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caitien.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["caitien manage", *args.arguments])
    return 0
