"""`caitien schema`: the JSON Schema of a value."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("value", choices=["plan", "assessment"], help="giá trị cần xem lược đồ")


def run(args: argparse.Namespace) -> int:
    import json

    if args.value == "assessment":
        from caitien.assessment.model import SelfAssessment

        schema = SelfAssessment.model_json_schema(by_alias=True)
    else:
        from caitien.plan import ImprovementPlan

        schema = ImprovementPlan.model_json_schema(by_alias=True)
    print(
        json.dumps(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema},
            ensure_ascii=False,
            indent=2,
        )
    )
    return 0
