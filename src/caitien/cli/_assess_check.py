"""`caitien assess check`: what is doubtful in a self-assessment, as sentences or as JSON."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caitien.assessment.checking import Findings
    from caitien.assessment.model import SelfAssessment

_WORDS = (("error", "LỖI", "lỗi"), ("warning", "CẢNH BÁO", "cảnh báo"), ("hint", "GỢI Ý", "gợi ý"))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from caitien.cli.check import _day

    parser.add_argument("value", metavar="VALUE.json", help="bản tự đánh giá dạng JSON; “-” là đọc từ đầu vào chuẩn")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="dạng in ra (mặc định: text)")
    parser.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="soát như thể hôm nay là ngày này")
    parser.add_argument("--framework", metavar="ID", help="khung tiêu chuẩn (mặc định: khung ghi trong tệp)")
    parser.add_argument("--strict", action="store_true", help="trả về mã 1 khi có lỗi")


def run(args: argparse.Namespace, value: SelfAssessment) -> int:
    """Exit code 0; 1 with --strict when there is an error; 2 (raised) for a value that cannot be checked."""
    from caitien.assessment.checking import check_assessment
    from caitien.assessment.findings import counted
    from caitien.errors import AssessmentFormatError
    from caitien.standards import load

    framework_id = args.framework or value.framework
    if not framework_id:
        raise AssessmentFormatError("Bản tự đánh giá không ghi khung tiêu chuẩn; hãy thêm --framework MÃ_KHUNG.")
    found = check_assessment(value, load(framework_id), args.today or date.today())
    counts = counted(one for findings in found.values() for one in findings)
    if args.format == "json":
        parts = {part: [one.to_dict() for one in findings] for part, findings in found.items()}
        print(json.dumps({"file": args.value, "summary": counts, "findings": parts}, ensure_ascii=False, indent=2))
    else:
        print(_text(found, counts))
    return 1 if args.strict and counts["error"] else 0


def _text(found: Findings, counts: dict[str, int]) -> str:
    from caitien.assessment.checking import PARTS

    lines = [", ".join(f"{counts[severity]} {word}" for severity, _, word in _WORDS)]
    titles = {severity: title for severity, title, _ in _WORDS}
    for part, findings in found.items():
        if findings:
            lines += ["", PARTS[part].upper()]
        lines += [f"  {titles[one.severity]}: {one.message}  [{one.rule}]" for one in findings]
    return "\n".join(lines)
