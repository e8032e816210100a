"""`caitien serve`: the web application for a school."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="địa chỉ nghe; 0.0.0.0 để máy khác trong mạng vào được (mặc định: %(default)s)",
    )
    parser.add_argument("--port", type=int, default=8000, help="cổng (mặc định: %(default)s)")
    parser.add_argument("--workers", type=int, default=1, help="số tiến trình phục vụ (mặc định: %(default)s)")
    parser.add_argument(
        "--remind", action="store_true", help="mỗi ngày, từ 6 giờ 30, gửi thư nhắc việc (như lệnh caitien remind)"
    )


def run(args: argparse.Namespace) -> int:
    from caitien.web.serving import serve

    return serve(args.host, args.port, max(1, args.workers), remind=args.remind)
