"""`caitien standards checklist`: a framework as a paper to tick."""

from __future__ import annotations

import argparse
from pathlib import Path

from caitien.errors import WritingError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="MÃ_KHUNG", help="ví dụ tt57-2026-pho-thong")
    parser.add_argument("-o", "--output", required=True, metavar="TỆP", help="tệp .docx, .pdf hoặc .xlsx sẽ viết ra")


def run(args: argparse.Namespace) -> int:
    from caitien.cli._standards_attach import attached
    from caitien.standards import load
    from caitien.writing.checklist import framework_checklist

    framework = load(args.id)
    output = Path(args.output)
    content = framework_checklist(framework, output.suffix.lower().lstrip("."), attached(framework.id))
    try:
        output.write_bytes(content)
    except OSError as error:
        raise WritingError(f"Không ghi được tệp {output}: {error.strerror or error}.") from None
    print(f"Đã viết {output} ({len(content) / 1024:.0f} KB).")
    return 0
