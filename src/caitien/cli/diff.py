"""`caitien diff`: two plans side by side, as sentences or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caitien.plan.comparing import Change

COUNTED = (("added", "thêm"), ("removed", "bỏ"), ("changed", "sửa"), ("moved", "chuyển chỗ"))
KINDS = {"added": "+ Thêm", "removed": "− Bỏ", "changed": "~ Sửa", "moved": "↕ Chuyển"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="CŨ", help="kế hoạch cũ: JSON, DOCX, PDF, XLSX hoặc TXT")
    parser.add_argument("new", metavar="MỚI", help="kế hoạch mới: JSON, DOCX, PDF, XLSX hoặc TXT")
    parser.add_argument("--format", choices=["table", "json"], default="table", help="cách in ra (mặc định: table)")


def run(args: argparse.Namespace) -> int:
    from caitien.cli.read import load
    from caitien.plan.comparing import compare

    changes = compare(load(args.old), load(args.new))
    if args.format == "json":
        json.dump([change.to_dict() for change in changes], sys.stdout, ensure_ascii=False, indent=2)
        print()
        return 0
    _print(changes)
    return 0


def _print(changes: list[Change]) -> None:
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    if not changes:
        print("Hai kế hoạch giống nhau.")
        return
    console = Console(highlight=False)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), expand=True)
    table.add_column("Thay đổi", no_wrap=True)
    table.add_column("Ở đâu, từ gì sang gì", ratio=1, overflow="fold")
    renumbered = [c for c in changes if c.kind == "changed" and c.field == "number"]
    few = len(renumbered) <= 3  # a row put in between changes every number after it
    for change in changes:
        if few or change.field != "number":
            table.add_row(KINDS[change.kind], escape(change.sentence))
    if not few:
        table.add_row(KINDS["changed"], f"{len(renumbered)} mục được đánh số lại.")
    console.print(table)
    counts = Counter[str](change.kind for change in changes)
    said = ", ".join(f"{word} {counts[kind]}" for kind, word in COUNTED if counts[kind])
    console.print(f"{len(changes)} thay đổi: {said}.")
