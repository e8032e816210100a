"""`caitien assess tables`: the school data of a self-assessment as a workbook, and an edited workbook back into it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caitien.assessment.model import SelfAssessment
    from caitien.assessment.tables_model import SchoolTables


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("value", metavar="VALUE.json", help="bản tự đánh giá dạng JSON; “-” là đọc từ đầu vào chuẩn")
    parser.add_argument("--from", dest="source", metavar="TỆP.xlsx", help="đưa số trong tệp Excel đã sửa vào bản này")
    parser.add_argument(
        "-o", "--output", metavar="TỆP", required=True, help="tệp .xlsx của các bảng; với --from: tệp .json của bản mới"
    )


def run(args: argparse.Namespace, value: SelfAssessment) -> int:
    """Exit code 0; 2 (raised) for a value without framework, level or school year, and a file that is none of ours."""
    from caitien.cli.write import save
    from caitien.errors import AssessmentFormatError

    output = Path(args.output)
    wanted = ".json" if args.source else ".xlsx"
    if output.suffix.lower() != wanted:
        raise AssessmentFormatError(f"Hãy đặt tên tệp viết ra kết thúc bằng {wanted}.")
    tables, year = _tables(value)
    if args.source:
        return _back(args.source, output, value, tables)
    from caitien.writing.tables_workbook import tables_workbook

    save(output, tables_workbook(tables, year, value.tables, value.school.name or ""))
    print(f"Đã viết {output}: {len(tables.tables)} bảng, năm học {year}.")
    if tables.note and not tables.known:
        print(f"Lưu ý: {tables.note}", file=sys.stderr)
    return 0


def _back(source: str, output: Path, value: SelfAssessment, tables: SchoolTables) -> int:
    from caitien.cli.write import save
    from caitien.reading.tables_workbook import read_tables, taken_over

    read = read_tables(Path(source), tables)
    made = value.model_copy(update={"tables": taken_over(value.tables, read)})
    save(output, made.to_json().encode())
    numbers = sum(len(row) for one in read.data for row in one.cells.values())
    print(f"Đã viết {output}: nhận {numbers} số từ {source}.")
    for one in read.findings:
        print(f"  {one.message}  [{one.rule}]", file=sys.stderr)
    return 0


def _tables(value: SelfAssessment) -> tuple[SchoolTables, str]:
    from caitien.assessment.tables_loading import tables_for
    from caitien.errors import AssessmentFormatError
    from caitien.plan.periods import years_of

    years = years_of(value.school_year)
    if years is None:
        raise AssessmentFormatError("Bản tự đánh giá chưa ghi năm học (school_year), như 2025-2026.")
    level = value.tables_level or value.school.level
    tables = tables_for(value.framework, level) if value.framework else None
    if tables is None:
        raise AssessmentFormatError(
            "Chưa biết dùng bảng số liệu nào: hãy ghi khung tiêu chuẩn (framework) và cấp học (school.level) trong tệp."
        )
    return tables, f"{years[0]}-{years[1]}"
