"""`caitien check FILE`: what is wrong with a plan, as sentences or as JSON."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from caitien.errors import CaiTienError

if TYPE_CHECKING:
    from caitien.plan.model import Finding, ImprovementPlan

_GROUPS = (("error", "LỖI", "lỗi"), ("warning", "CẢNH BÁO", "cảnh báo"), ("hint", "GỢI Ý", "gợi ý"))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="kế hoạch: DOCX, PDF, XLSX, TXT, hoặc JSON của caitien read")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="dạng in ra (mặc định: text)")
    parser.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="soát như thể hôm nay là ngày này")
    parser.add_argument("--framework", metavar="ID", help="khung tiêu chuẩn (mặc định: khung mà kế hoạch dùng)")
    parser.add_argument("--strict", action="store_true", help="trả về mã 1 khi có lỗi")


def run(args: argparse.Namespace) -> int:
    """Exit code 0; 1 with --strict when there is an error; 2 (raised) for a file that cannot be read."""
    from caitien.checking import check, summary, with_readers_findings
    from caitien.standards import load

    plan = _plan(args.file)
    framework = load(args.framework) if args.framework else None
    found = check(plan, framework=framework, today=args.today or date.today())
    findings = with_readers_findings(found, plan)
    counts = summary(findings)
    if args.format == "json":
        answer = {"file": args.file, "summary": counts, "findings": [f.model_dump(mode="json") for f in findings]}
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        print(_text(findings, counts))
    return 1 if args.strict and counts["error"] else 0


def _text(findings: list[Finding], counts: dict[str, int]) -> str:
    lines = [", ".join(f"{counts[severity]} {word}" for severity, _, word in _GROUPS)]
    for severity, title, _ in _GROUPS:
        group = [f for f in findings if f.severity == severity]
        if group:
            lines += ["", title]
        for finding in group:
            lines.append(f"  {finding.message}  [{finding.rule}]")
            lines += [f"      → {fix.label}" for fix in finding.fixes]
    return "\n".join(lines)


def _plan(file: str) -> ImprovementPlan:
    """The plan of a JSON, or the plan that a document holds. Raises CaiTienError."""
    path = Path(file)
    if path.suffix.lower() != ".json":
        from caitien.cli.read import load

        return load(file)
    from caitien.plan.interchange import parse_plan

    try:
        return parse_plan(path.read_bytes())
    except OSError as error:
        raise CaiTienError(f"Không mở được tệp {file}: hãy kiểm tra tên và quyền đọc.") from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” không phải là ngày dạng YYYY-MM-DD") from error
