"""`caitien assess check-tables`: whether a file of tables of school data is right, or each mistake with its line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="TỆP.yaml", type=Path, help="tệp định nghĩa các bảng số liệu")


def run(args: argparse.Namespace) -> int:
    """Exit code 0 for a right file, 2 for one with mistakes: each on a line of its own."""
    from caitien.assessment.tables_loading import check_tables_file
    from caitien.standards.problems import FrameworkFileError

    try:
        made = check_tables_file(args.file)
    except FrameworkFileError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return 2
    rows = sum(len(table.rows) for table in made.tables)
    print(f"{args.file}: đúng; “{made.title}”, {len(made.tables)} bảng, {rows} dòng, {made.years} năm học.")
    return 0
