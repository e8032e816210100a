"""`caitien next-year`: the draft of next year's plan, and what people have to decide about it."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caitien.planning import NextYear


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("plan", metavar="KẾ_HOẠCH", help="kế hoạch năm nay: JSON, DOCX, PDF, XLSX hoặc TXT")
    parser.add_argument("--to", required=True, metavar="NĂM_HỌC", help="năm học mới, ví dụ 2026-2027")
    parser.add_argument("--framework", metavar="MÃ_KHUNG", help="khung tiêu chuẩn mới; bỏ trống là giữ khung cũ")
    parser.add_argument("-o", "--output", metavar="TỆP_RA", help="ghi kế hoạch mới (JSON) ra tệp")
    parser.add_argument("--on", metavar="NGÀY", help="ngày lập kế hoạch, ví dụ 2026-09-01 (mặc định: hôm nay)")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="cách in (mặc định: text)")


def run(args: argparse.Namespace) -> int:
    from caitien.cli.read import load
    from caitien.planning import next_year

    made = next_year(load(args.plan), to_year=args.to, today=_day(args.on), framework=args.framework)
    if args.output:
        _save(made, Path(args.output))
    if args.format == "json":
        answer = {
            "plan": made.plan.to_dict(),
            "decisions": [decision.to_dict() for decision in made.decisions],
            "carried": [{"old": link.old, "new": link.new, "number": link.number} for link in made.carried],
            "finished": [{"old": link.old, "number": link.number} for link in made.finished],
            "dropped": [{"old": link.old, "number": link.number} for link in made.dropped],
            "warnings": list(made.warnings),
        }
        json.dump(answer, sys.stdout, ensure_ascii=False, indent=2)
        print()
        return 0
    _print(made)
    if args.output:
        print(f"\nĐã viết {args.output}. In ra văn bản: caitien write {args.output} -o KE-HOACH.docx")
    return 0


def _day(said: str | None) -> date:
    from caitien.errors import CaiTienError

    if said is None:
        return date.today()
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise CaiTienError(f"“{said}” không phải một ngày; hãy ghi như 2026-09-01.") from None


def _print(made: NextYear) -> None:
    from caitien.planning.decisions import KIND_WORDS

    plan = made.plan
    print(
        f"Kế hoạch năm học {plan.school_year}: {plan.school.name or 'chưa rõ trường'}, khung {plan.framework or 'chưa rõ'}."
    )
    counts = f"Chuyển tiếp {len(made.carried)} mục, {len(made.finished)} mục đã hoàn thành"
    print(counts + (f", {len(made.dropped)} mục đã dừng" if made.dropped else "") + ".")
    print(f"{len(made.decisions)} việc cần quyết định.")
    last = None
    for decision in made.decisions:
        if decision.kind != last:
            count = sum(d.kind == decision.kind for d in made.decisions)
            print(f"\n{KIND_WORDS[decision.kind]} ({count})")
            last = decision.kind
        print(f"  - {decision.sentence}")
    if made.warnings:
        print("\nLưu ý")
        for warning in made.warnings:
            print(f"  - {warning}")


def _save(made: NextYear, output: Path) -> None:
    from caitien.errors import WritingError

    beside = output.with_name(f".{output.name}.tmp")
    try:
        beside.write_text(made.plan.to_json() + "\n", encoding="utf-8")
        beside.replace(output)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise WritingError(f"Không ghi được tệp {output}: {error.strerror or error}.") from None
