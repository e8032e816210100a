"""`caitien standards carry`: a plan of an old framework under a new one, everything proposed until a person confirms."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from caitien.errors import WritingError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("plan", metavar="KẾ_HOẠCH", help="kế hoạch JSON; DOCX, PDF, XLSX, TXT cũng được")
    parser.add_argument("--to", required=True, metavar="MÃ_KHUNG", help="khung mới, ví dụ tt57-2026-pho-thong")
    parser.add_argument("-o", "--output", metavar="TỆP_RA", help="ghi kế hoạch đã chuyển (JSON) ra tệp")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="cách in (mặc định: text)")


def run(args: argparse.Namespace) -> int:
    from caitien.cli.read import load
    from caitien.plan.model import ImprovementPlan
    from caitien.standards import carry

    carried = carry(load(args.plan).to_dict(), args.to)
    plan = ImprovementPlan.model_validate(carried.plan)
    if args.output:
        try:
            Path(args.output).write_text(plan.to_json() + "\n", encoding="utf-8")
        except OSError as error:
            raise WritingError(f"Không ghi được tệp {args.output}: {error.strerror or error}.") from None
    if args.format == "json":
        proposals = [proposal.to_dict() for proposal in carried.proposals]
        answer = {"plan": plan.to_dict(), "proposals": proposals, "warnings": list(carried.warnings)}
        json.dump(answer, sys.stdout, ensure_ascii=False, indent=2)
        print()
        return 0
    print(
        f"{carried.plan['carried']['from']} → {plan.framework}: {len(carried.proposals)} đề xuất, chưa có gì được xác nhận."
    )
    for kind, head in (("action", "Hoạt động"), ("issue", "Vấn đề trọng tâm"), ("evidence", "Mã minh chứng")):
        own = [p for p in carried.proposals if p.kind == kind]
        if own:
            print(f"\n{head}")
        for p in own:
            number = f"{int(p.place.rpartition('/')[2]) + 1}. " if kind != "evidence" else ""
            print(f"  {number}{p.old} → {', '.join(p.new) or '?'}  ({p.reason})")
    print()
    for warning in carried.warnings:
        print(f"- {warning}")
    return 0
