"""`caitien assess dates`: what is due when in a school year, and how many days are left."""

from __future__ import annotations

import argparse
from datetime import date


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from caitien.cli.check import _day

    parser.add_argument("year", metavar="NĂM_HỌC", help="ví dụ 2026-2027")
    parser.add_argument(
        "--framework", metavar="MÃ_KHUNG", default="tt57", help="khung tiêu chuẩn (mặc định: Thông tư 57/2026)"
    )
    parser.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="tính như thể hôm nay là ngày này")


def run(args: argparse.Namespace) -> int:
    """Exit code 0; 2 (raised) for what is no school year, or a framework without a calendar."""
    from caitien.assessment.calendar import dues
    from caitien.errors import AssessmentFormatError
    from caitien.standards import MARK_WORDS

    try:
        found = dues(args.framework, args.year, args.today or date.today())
    except ValueError as error:
        raise AssessmentFormatError(str(error)) from None
    if not found:
        raise AssessmentFormatError(f"Chưa có lịch cho khung “{args.framework}”.")
    for due in found:
        print(f"{due.last_day:%d/%m/%Y}  {due.words:<22} {due.title}\n{'':12}{due.source} ({MARK_WORDS[due.mark]})")
    return 0
