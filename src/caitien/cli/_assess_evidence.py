"""`caitien assess evidence`: a list of evidence out of a file into a self-assessment."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caitien.assessment.model import SelfAssessment


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("value", metavar="VALUE.json", help="bản tự đánh giá dạng JSON; “-” là đọc từ đầu vào chuẩn")
    parser.add_argument(
        "--from", dest="source", metavar="TỆP", required=True, help="danh mục minh chứng: XLSX, DOCX hoặc PDF"
    )
    parser.add_argument("-o", "--output", metavar="TỆP.json", required=True, help="tệp .json của bản mới")


def run(args: argparse.Namespace, value: SelfAssessment) -> int:
    """Exit code 0; 2 (raised) for a value without framework and a file without a list of evidence."""
    from caitien.assessment.evidence_list_reading import joined
    from caitien.cli.write import save
    from caitien.errors import AssessmentFormatError
    from caitien.reading.evidence_list import read_evidence_list
    from caitien.standards import load

    output = Path(args.output)
    if output.suffix.lower() != ".json":
        raise AssessmentFormatError("Hãy đặt tên tệp viết ra kết thúc bằng .json.")
    if not value.framework:
        raise AssessmentFormatError("Bản tự đánh giá không ghi khung tiêu chuẩn (framework) nên chưa đọc được mã.")
    read = read_evidence_list(Path(args.source), load(value.framework))
    entries, findings = joined(value.evidence, read.entries)
    save(output, value.model_copy(update={"evidence": entries}).to_json().encode())
    new = len(entries) - len(value.evidence)
    print(f"Đã viết {output}: đọc {len(read.entries)} minh chứng, thêm {new}, có sẵn {len(value.evidence)}.")
    for one in [*read.findings, *findings]:
        print(f"  {one.message}  [{one.rule}]", file=sys.stderr)
    return 0
