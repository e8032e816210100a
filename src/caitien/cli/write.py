"""`caitien write`: an official document (DOCX, PDF, XLSX) from a plan's JSON."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caitien.plan import ImprovementPlan


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("plan", nargs="?", metavar="PLAN.json", help="kế hoạch dạng JSON; “-” là đọc từ đầu vào chuẩn")
    parser.add_argument("--form", metavar="MẪU", help="mã của mẫu (xem --list-forms); bỏ trống thì chọn theo kế hoạch")
    parser.add_argument("-o", "--output", metavar="TỆP", help="tệp .docx, .pdf hoặc .xlsx sẽ viết ra")
    parser.add_argument("--list-forms", action="store_true", help="liệt kê các mẫu rồi thôi")


def run(args: argparse.Namespace) -> int:
    from caitien import writing
    from caitien.errors import WritingError

    if args.list_forms:
        for form in writing.list_forms():
            print(f"{form.id:<16} {form.title}\n{'':16} {form.source}\n{'':16} {form.confidence}")
        return 0
    if not args.plan or not args.output:
        raise WritingError("Hãy cho biết tệp kế hoạch và tệp cần viết: caitien write KE-HOACH.json -o VAN-BAN.docx")
    output = Path(args.output)
    file_format = file_format_of(output)
    plan = _read_plan(args.plan)
    content = writing.write(plan, args.form or writing.default_form(plan), file_format)
    save(output, content)
    print(f"Đã viết {output} ({len(content) / 1024:.0f} KB).")
    return 0


def file_format_of(output: Path) -> str:
    """The format that the file's name asks for. Raises WritingError for any other."""
    from caitien.errors import WritingError
    from caitien.writing import FORMATS

    wanted = output.suffix.lower().lstrip(".")
    if wanted not in FORMATS:
        said = f"“.{wanted}”" if wanted else "không có đuôi"
        raise WritingError(f"Không viết được tệp {said}. Hãy đặt tên tệp kết thúc bằng .docx, .pdf hoặc .xlsx.")
    return wanted


def _read_plan(name: str) -> ImprovementPlan:
    """The plan in a JSON file, or on standard input for "-". Raises PlanFormatError with one sentence."""
    from caitien.errors import PlanFormatError
    from caitien.plan.interchange import parse_plan

    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except FileNotFoundError:
        raise PlanFormatError(f"Không tìm thấy tệp {name}.") from None
    except OSError as error:
        raise PlanFormatError(f"Không mở được tệp {name}: {error.strerror or error}.") from None
    return parse_plan(content)


def save(output: Path, content: bytes) -> None:
    """Write beside and rename, so that a file half written never stands under the name. Raises WritingError."""
    from caitien.errors import WritingError

    beside = output.with_name(f".{output.name}.tmp")
    try:
        beside.write_bytes(content)
        beside.replace(output)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise WritingError(f"Không ghi được tệp {output}: {error.strerror or error}.") from None
