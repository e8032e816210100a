"""`caitien assess`: the papers of a self-assessment (DOCX, PDF, XLSX) from its JSON, and its abbreviations."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from caitien.cli import _assess_check, _assess_dates, _assess_evidence, _assess_form, _assess_tables

if TYPE_CHECKING:
    from caitien.assessment.model import SelfAssessment


_ON_A_VALUE = {"check": _assess_check.run, "tables": _assess_tables.run, "evidence": _assess_evidence.run}
_BY_THEMSELVES = {"dates": _assess_dates.run, "check-tables": _assess_form.run}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="VIỆC", title="các việc", required=True)
    write = actions.add_parser("write", help="viết một văn bản của tự đánh giá")
    write.add_argument("value", metavar="VALUE.json", help="bản tự đánh giá dạng JSON; “-” là đọc từ đầu vào chuẩn")
    write.add_argument(
        "--form", metavar="MẪU", help="mã của mẫu (xem: caitien assess forms); bỏ trống: báo cáo của khung"
    )
    write.add_argument("--criterion", metavar="MÃ", help="chỉ viết phiếu của một tiêu chí, ví dụ 1.3")
    write.add_argument("-o", "--output", metavar="TỆP", required=True, help="tệp .docx, .pdf hoặc .xlsx sẽ viết ra")
    _assess_check.add_arguments(
        actions.add_parser("check", help="soát một bản tự đánh giá: hội đồng, nhận định, minh chứng, số liệu")
    )
    _assess_tables.add_arguments(actions.add_parser("tables", help="bảng số liệu ra tệp Excel, và tệp đã sửa trở lại"))
    _assess_evidence.add_arguments(
        actions.add_parser("evidence", help="đưa danh mục minh chứng của một tệp vào bản tự đánh giá")
    )
    _assess_dates.add_arguments(actions.add_parser("dates", help="lịch của năm học và số ngày còn lại"))
    _assess_form.add_arguments(
        actions.add_parser("check-tables", help="kiểm tra một tệp định nghĩa bảng số liệu tự viết")
    )
    forms = actions.add_parser("forms", help="liệt kê các mẫu văn bản của tự đánh giá")
    forms.add_argument("--framework", metavar="MÃ_KHUNG", help="chỉ những mẫu đi với một khung")
    shorts = actions.add_parser("abbreviations", help="liệt kê chữ viết tắt trong một bản tự đánh giá")
    shorts.add_argument("value", metavar="VALUE.json", help="bản tự đánh giá dạng JSON; “-” là đọc từ đầu vào chuẩn")


def run(args: argparse.Namespace) -> int:
    if args.action in _ON_A_VALUE:
        return _ON_A_VALUE[args.action](args, _read(args.value))
    if args.action in _BY_THEMSELVES:
        return _BY_THEMSELVES[args.action](args)
    return {"write": _write, "forms": _forms, "abbreviations": _abbreviations}[args.action](args)


def _write(args: argparse.Namespace) -> int:
    from caitien.cli._standards_attach import attached
    from caitien.cli.write import file_format_of, save
    from caitien.writing import assessment as papers

    output = Path(args.output)
    file_format = file_format_of(output)
    value = _read(args.value)
    form = args.form or papers.default_form(value)
    official = attached(value.framework) if value.framework else None
    content = papers.write(value, form, file_format, papers.Asked(criterion=args.criterion, official=official))
    save(output, content)
    print(f"Đã viết {output} ({len(content) / 1024:.0f} KB).")
    return 0


def _forms(args: argparse.Namespace) -> int:
    from caitien.writing import assessment as papers

    for form in papers.list_forms(args.framework):
        print(
            f"{form.id:<17} {form.title} ({', '.join(form.formats)})\n{'':17} {form.source}\n{'':17} {form.confidence}"
        )
    return 0


def _abbreviations(args: argparse.Namespace) -> int:
    from caitien.assessment.abbreviations import abbreviations

    for one in abbreviations(_read(args.value)):
        proposals = f" (có thể là: {'; '.join(one.proposals)})" if one.proposals else ""
        print(f"{one.short:<12} {one.count:>5}  {one.meaning or '……'}{proposals}")
    return 0


def _read(name: str) -> SelfAssessment:
    """The self-assessment in a JSON file, or on standard input for "-". Raises AssessmentFormatError."""
    from caitien.assessment.interchange import parse_assessment
    from caitien.errors import AssessmentFormatError

    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except FileNotFoundError:
        raise AssessmentFormatError(f"Không tìm thấy tệp {name}.") from None
    except OSError as error:
        raise AssessmentFormatError(f"Không mở được tệp {name}: {error.strerror or error}.") from None
    return parse_assessment(content)
