"""The command line. One file a command; nothing heavy is imported before a command runs.

A command file has `add_arguments(parser)` and `run(args) -> int`; its line in COMMANDS registers it.
Exit codes: 0 done, 2 bad input or bad usage (one Vietnamese sentence on standard error).
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from caitien import __version__

COMMANDS = {
    "read": "đọc một kế hoạch (DOCX, PDF, XLSX, TXT) và in ra bảng hoặc JSON",
    "check": "soát lỗi một kế hoạch",
    "write": "viết văn bản chính thức (DOCX, PDF, XLSX) từ một kế hoạch JSON",
    "assess": "viết báo cáo, phiếu, danh mục, quyết định, kế hoạch của tự đánh giá từ JSON",
    "evidence": "kiểm tra một gói minh chứng còn nguyên vẹn",
    "diff": "so hai kế hoạch: thêm, bỏ, sửa, chuyển chỗ những gì",
    "next-year": "lập kế hoạch năm học sau từ kế hoạch năm nay, kèm những việc phải quyết định",
    "schema": "in JSON Schema của kế hoạch, của tự đánh giá",
    "level": "xét mức của trường từ các nhận định, kèm lý do (JSON hoặc JSON Lines)",
    "standards": "liệt kê và xem các khung tiêu chuẩn",
    "serve": "chạy ứng dụng web",
    "remind": "gửi thư nhắc những việc quá hạn, sắp đến hạn; chạy mỗi ngày một lần",
    "demo": "chạy ứng dụng web với các trường và tài liệu mẫu",
    "manage": "chạy một lệnh quản trị của ứng dụng web (migrate, createsuperuser, …)",
}


def main(argv: list[str] | None = None) -> int:
    """Run one command. Returns the exit code; never lets a traceback reach a user for a mistake of hers."""
    arguments = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = _parser(arguments)
    args = parser.parse_args(arguments)
    if not getattr(args, "run", None):
        parser.print_help()
        return 0
    from caitien.errors import CaiTienError

    try:
        return int(args.run(args) or 0)
    except CaiTienError as error:
        print(f"caitien: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130


def _parser(arguments: list[str]) -> argparse.ArgumentParser:
    """The parser; only the command that was asked for is imported."""
    parser = argparse.ArgumentParser(
        prog="caitien", description="Cải Tiến: kế hoạch cải tiến chất lượng của nhà trường."
    )
    parser.add_argument("--version", action="version", version=f"caitien {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="LỆNH", title="các lệnh")
    chosen = next((a for a in arguments if not a.startswith("-")), None)
    for name, summary in COMMANDS.items():
        sub = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        if name == chosen:
            module = import_module(f"caitien.cli.{name.replace('-', '_')}")
            module.add_arguments(sub)
            sub.set_defaults(run=module.run)
    return parser
