"""`caitien read`: a plan out of a file, as a table on the screen or as its JSON."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from caitien.plan.model import Action, ImprovementPlan

QUIET_SECONDS = 1.0  # reading says nothing about its progress before this

STATUSES = {
    "done": "✓ Hoàn thành",
    "in_progress": "◐ Đang thực hiện",
    "not_started": "○ Chưa hoàn thành",
    "overdue": "! Quá hạn",
    "dropped": "– Không thực hiện",
}
SEVERITIES = {"error": "Lỗi", "warning": "Cảnh báo", "hint": "Gợi ý"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="TỆP", help="tệp DOCX, PDF, XLSX, TXT, hoặc kế hoạch JSON")
    parser.add_argument("--format", choices=["table", "json"], default="table", help="cách in ra (mặc định: table)")
    parser.add_argument("-o", "--output", metavar="TỆP_RA", help="ghi ra tệp thay vì màn hình")


def run(args: argparse.Namespace) -> int:
    plan = load(args.file)
    if args.format == "json":
        _write(plan.to_json() + "\n", args.output)
        return 0
    if args.output:
        with _opened(args.output) as stream:
            print_table(plan, stream, width=160)
        return 0
    print_table(plan, sys.stdout)
    return 0


def load(file: str) -> ImprovementPlan:
    """The plan of a file: a plan value in JSON is loaded, any other file is read. Raises CaiTienError."""
    from caitien.plan.interchange import parse_plan

    path = Path(file)
    if path.suffix.lower() == ".json" and path.is_file():
        return parse_plan(path.read_bytes())
    from caitien.reading.guarded import read_guarded  # a file that eats memory or time takes only its reader with it

    teller = _Teller()
    try:
        plan, _ = read_guarded(path, on_progress=teller)
        return parse_plan(plan)
    finally:
        teller.close()


class _Teller:
    """Says on standard error how far reading is, once it takes longer than a second."""

    def __init__(self) -> None:
        self.last = time.monotonic()
        self.said = False

    def __call__(self, share: float, phrase: str) -> None:
        now = time.monotonic()
        if now - self.last < (QUIET_SECONDS if not self.said or not sys.stderr.isatty() else 0.1):
            return
        self.last = now
        end = "\r" if sys.stderr.isatty() else "\n"
        print(f"{phrase}… {share:.0%}".ljust(60), end=end, file=sys.stderr, flush=True)
        self.said = True

    def close(self) -> None:
        if self.said and sys.stderr.isatty():
            print(" " * 60, end="\r", file=sys.stderr, flush=True)


def print_table(plan: ImprovementPlan, stream: Any, width: int | None = None) -> None:
    """The plan for eyes: what the paper is, a row an action, what is doubtful, and the sum of it in one line."""
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(file=stream, width=width, highlight=False, soft_wrap=False)
    if not console.is_terminal and width is None and "COLUMNS" not in os.environ:
        console.width = max(console.width, 120)
    for line in _about(plan):
        console.print(escape(line))
    table = Table(box=box.SIMPLE_HEAD, show_lines=console.width >= 140, padding=(0, 1), expand=True)
    wide = console.width >= 110
    people, time = (None, None) if wide else (14, 11)
    table.add_column("Mục", justify="right", no_wrap=True)
    table.add_column("Tiêu chí", overflow="fold")
    table.add_column("Nội dung", ratio=5, overflow="fold")
    table.add_column("Người phụ trách", ratio=2 if wide else None, width=people, overflow="fold")
    table.add_column("Thời gian", ratio=2 if wide else None, width=time, overflow="fold")
    if wide or any(a.resources.budget_vnd for a in plan.actions):
        table.add_column("Kinh phí", justify="right", no_wrap=True)
    if wide or any(a.progress.status for a in plan.actions):
        table.add_column("Mức độ", overflow="fold")
    titles = {str(c.header) for c in table.columns}
    doubtful = {f.action for f in plan.findings if f.action is not None and f.severity != "hint"}
    for index, action in enumerate(plan.actions):
        cells = {
            "Mục": f"{action.number if action.number is not None else index + 1}{' !' if index in doubtful else ''}",
            "Tiêu chí": ", ".join(action.criteria) or "–",
            "Nội dung": action.content or action.weakness or action.objective or "; ".join(action.measures) or "–",
            "Người phụ trách": "; ".join(action.responsible) or "–",
            "Thời gian": action.period.text or "–",
            "Kinh phí": _money(action),
            "Mức độ": STATUSES.get(action.progress.status or "", "–"),
        }
        table.add_row(*[escape(text) for title, text in cells.items() if title in titles])
    console.print(table)
    for finding in plan.findings:
        console.print(escape(f"{SEVERITIES[finding.severity]}: {finding.message}"))
    console.print(escape(summary(plan)))


def summary(plan: ImprovementPlan) -> str:
    """ "Đọc được 32 mục, 7 chỗ cần xem"."""
    count = len(plan.findings)
    return f"Đọc được {len(plan.actions)} mục, " + (f"{count} chỗ cần xem." if count else "không có chỗ nào cần xem.")


def _about(plan: ImprovementPlan) -> list[str]:
    school = plan.school.name or "Chưa đọc được tên trường"
    year = f"năm học {plan.school_year}" if plan.school_year else "chưa đọc được năm học"
    lines = [f"{school} · {year}"]
    if plan.title:
        lines.append(plan.title)
    if plan.issues:
        lines.append(f"{len(plan.issues)} vấn đề trọng tâm · {len(plan.monitoring)} đợt giám sát")
    return lines


def _money(action: Action) -> str:
    from caitien.plan.money import format_vnd

    vnd = action.resources.budget_vnd
    if vnd == 0:
        return "Không"
    return format_vnd(vnd).removesuffix(" đồng") if vnd is not None else "–"


def _write(text: str, output: str | None) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    with _opened(output) as stream:
        stream.write(text)


def _opened(output: str) -> Any:
    from caitien.errors import WritingError

    try:
        return Path(output).open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise WritingError(f"Không ghi được tệp {output} ({error.strerror}). Hãy chọn chỗ khác để ghi.") from None
