"""`caitien evidence check`: whether a package of evidence is as it was when it was made."""

from __future__ import annotations

import argparse
from pathlib import Path

SHOWN = 20  # paths of a kind


def add_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="what", metavar="VIỆC", required=True)
    check = kinds.add_parser(
        "check", help="kiểm tra một gói minh chứng (tệp ZIP, hoặc thư mục đã giải nén) còn nguyên vẹn"
    )
    check.add_argument("package", type=Path, metavar="GÓI", help="tệp ZIP, hoặc thư mục đã giải nén")


def run(args: argparse.Namespace) -> int:
    """0: whole. 1: files are changed or missing. Raises PackageError (2) when it is no package."""
    from caitien.packing.checking import check_package

    found = check_package(args.package)
    for word, paths in (
        ("Đã bị sửa hoặc hỏng", found.changed),
        ("Thiếu", found.missing),
        ("Không có trong danh sách", found.unlisted),
    ):
        for path in paths[:SHOWN]:
            print(f"{word}: {path}")
        if len(paths) > SHOWN:
            print(f"… và {len(paths) - SHOWN} tệp nữa.")
    if found.is_whole:
        print(f"Gói còn nguyên vẹn: {found.good} tệp đúng mã kiểm SHA-256.")
        return 0
    print(
        f"Gói không còn nguyên vẹn: {found.good} tệp đúng, {len(found.changed)} tệp khác, {len(found.missing)} tệp thiếu."
    )
    return 1
